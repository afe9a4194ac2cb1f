// A PostgreSQL server, for the cases that are about it: the one of `scripts/databases`.

include!("on_server.rs");

use sqlx::PgPool;

/// Runs a program on PostgreSQL, in a schema of its own with these tables.
fn execute_on_postgres(program: impl AsyncFnOnce(&PgPool) -> Result<(), Error>) {
    execute_on_server("POSTGRES_URL", "postgres://postgres@127.0.0.1:54329/mizzle", async |url, name| {
        let server = PgPool::connect(url).await?;
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {name}"))).execute(&server).await?;
        let options = server.connect_options().as_ref().clone().options([("search_path", name)]);
        let db = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect_with(options).await?;
        schema! { User, Post }.create_tables(&db).await?;
        let result = program(&db).await;
        sqlx::query(sqlx::AssertSqlSafe(format!("DROP SCHEMA {name} CASCADE"))).execute(&server).await?;
        result
    });
}
