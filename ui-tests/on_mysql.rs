// A MySQL server, for the cases that are about it: the one of `scripts/databases`.

include!("on_server.rs");

use sqlx::MySqlPool;

/// Runs a program on MySQL, in a database of its own with these tables.
fn execute_on_mysql(program: impl AsyncFnOnce(&MySqlPool) -> Result<(), Error>) {
    execute_on_server("MYSQL_URL", "mysql://root@127.0.0.1:33069/mizzle", async |url, name| {
        let server = MySqlPool::connect(url).await?;
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&server).await?;
        let options = server.connect_options().as_ref().clone().database(name);
        let db = sqlx::mysql::MySqlPoolOptions::new().max_connections(1).connect_with(options).await?;
        schema! { User, Post }.create_tables(&db).await?;
        let result = program(&db).await;
        sqlx::query(sqlx::AssertSqlSafe(format!("DROP DATABASE {name}"))).execute(&server).await?;
        result
    });
}
