// A PostgreSQL server, for the cases that are about it: the one of `scripts/databases`.

use sqlx::PgPool;

/// Runs a program on PostgreSQL, in a schema of its own with these tables.
fn execute_on_postgres(program: impl AsyncFnOnce(&PgPool) -> Result<(), Error>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let url = std::env::var("POSTGRES_URL").unwrap_or("postgres://postgres@127.0.0.1:54329/mizzle".to_owned());
    let name = format!("mizzle_test_ui_{}_{:p}", std::process::id(), &url);
    let result = runtime.block_on(async {
        let server = PgPool::connect(&url).await?;
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {name}"))).execute(&server).await?;
        let options = server.connect_options().as_ref().clone().options([("search_path", &name)]);
        let db = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect_with(options).await?;
        schema! { User, Post }.create_tables(&db).await?;
        let result = program(&db).await;
        sqlx::query(sqlx::AssertSqlSafe(format!("DROP SCHEMA {name} CASCADE"))).execute(&server).await?;
        result
    });
    result.expect("a program that compiles also runs: is the server there? `scripts/databases start postgres`");
}
