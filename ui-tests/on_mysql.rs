// A MySQL server, for the cases that are about it: the one of `scripts/databases`.

use sqlx::MySqlPool;

/// Runs a program on MySQL, in a database of its own with these tables.
fn execute_on_mysql(program: impl AsyncFnOnce(&MySqlPool) -> Result<(), Error>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let url = std::env::var("MYSQL_URL").unwrap_or("mysql://root@127.0.0.1:33069/mizzle".to_owned());
    let name = format!("mizzle_test_ui_{}_{:p}", std::process::id(), &url);
    let result = runtime.block_on(async {
        let server = MySqlPool::connect(&url).await?;
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&server).await?;
        let options = server.connect_options().as_ref().clone().database(&name);
        let db = sqlx::mysql::MySqlPoolOptions::new().max_connections(1).connect_with(options).await?;
        schema! { User, Post }.create_tables(&db).await?;
        let result = program(&db).await;
        sqlx::query(sqlx::AssertSqlSafe(format!("DROP DATABASE {name}"))).execute(&server).await?;
        result
    });
    result.expect("a program that compiles also runs: is the server there? `scripts/databases start mysql`");
}
