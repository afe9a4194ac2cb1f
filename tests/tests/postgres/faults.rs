//! PostgreSQL goes away in the middle: the errors say so, and the pool recovers when it is back.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicBool, Ordering::SeqCst},
    time::{Duration, Instant},
};

use mizzle::{Error, prelude::*};
use mizzle_tests::{Result, TestDatabase as _};
use sqlx::{PgPool, postgres::PgPoolOptions};
use tempfile::TempDir;

use crate::suite::numbers::{integers, numbers};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "pairs", insert = NewPair)]
struct Pair {
    #[column(primary_key, auto_increment)]
    id: i64,
    left: bool,
}

#[tokio::test]
async fn a_connection_that_is_terminated() -> Result {
    let db = PgPool::empty(2).await?;
    mizzle::schema! { Pair }.create_tables(&db).await?;
    let result = db
        .transaction(async |tx| {
            Pair::insert().row(NewPair::new(true)).execute(tx).await?;
            let backend = sql!(i64, "pg_backend_pid()::bigint");
            let backend = Pair::query().select(backend).fetch_one(tx).await?;
            sqlx::query("SELECT pg_terminate_backend($1::int)").bind(backend).execute(&db).await?;
            Pair::query().count(tx).await
        })
        .await;
    assert!(matches!(&result, Err(Error::Connection { .. })), "{result:?}");
    assert_eq!(Pair::query().count(&db).await?, 0, "what was not committed is not there");
    Ok(())
}

#[tokio::test]
async fn a_connection_that_is_lost_stays_so() -> Result {
    let db = numbers(2).await?;
    let mut lost = db.acquire().await?;
    let id = lost.fetch_all(integers("SELECT pg_backend_pid()")).await?;
    db.run(&format!("SELECT pg_terminate_backend({})", id[0])).await?;
    for _ in 0..2 {
        let error = lost.fetch_all(integers("SELECT 1")).await;
        assert!(matches!(error, Err(Error::Connection { .. })), "{error:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_server_that_cannot_be_reached() -> Result {
    let options = PgPool::empty(1).await?.connect_options();
    for elsewhere in [options.as_ref().clone().port(1), options.as_ref().clone().database("no such database")] {
        let pool = PgPoolOptions::new().acquire_timeout(Duration::from_secs(1)).connect_lazy_with(elsewhere);
        let error = pool.fetch_all(integers("SELECT 1")).await;
        assert!(matches!(error, Err(Error::Connection { .. })), "{error:?}");
    }
    Ok(())
}

/// A server of one's own, started by `scripts/databases` on another port.
struct OwnServer {
    directory: TempDir,
    port: u16,
}

impl OwnServer {
    fn start() -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = OwnServer { directory: tempfile::tempdir()?, port };
        server.script("start")?;
        Ok(server)
    }

    fn script(&self, command: &str) -> Result {
        let script: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/databases");
        let output = Command::new(script)
            .args([command, "postgres"])
            .env_remove("POSTGRES_URL")
            .env("POSTGRES_PORT", self.port.to_string())
            .env("MIZZLE_DATABASES", self.directory.path())
            .output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("scripts/databases {command} postgres: {}", String::from_utf8_lossy(&output.stderr)).into())
    }

    async fn pool(&self) -> Result<PgPool> {
        let url = format!("postgres://postgres@127.0.0.1:{}/mizzle", self.port);
        Ok(PgPoolOptions::new().max_connections(4).acquire_timeout(Duration::from_secs(2)).connect(&url).await?)
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        if let Err(error) = self.script("stop") {
            eprintln!("{error}");
        }
    }
}

/// Writes pairs of rows until told to stop: how many pairs were committed, and the errors.
async fn write_pairs(db: PgPool, stop: &AtomicBool) -> (u64, Vec<Error>) {
    let (mut committed, mut errors) = (0, Vec::new());
    while !stop.load(SeqCst) {
        let pair = db.transaction(async |tx| {
            Pair::insert().row(NewPair::new(true)).execute(tx).await?;
            Pair::insert().row(NewPair::new(false)).execute(tx).await
        });
        match pair.await {
            Ok(_) => committed += 1,
            Err(error) => {
                errors.push(error);
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
    (committed, errors)
}

async fn until_it_answers(db: &PgPool) -> Result {
    let start = Instant::now();
    while let Err(error) = Pair::query().count(db).await {
        if start.elapsed() > Duration::from_secs(20) {
            return Err(error.into());
        }
        assert!(matches!(error, Error::Connection { .. }), "{error:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_server_is_killed_in_the_middle_of_a_run() -> Result {
    if std::env::var("POSTGRES_URL").is_ok() {
        eprintln!("POSTGRES_URL is set: a server from elsewhere is not killed");
        return Ok(());
    }
    static STOP: AtomicBool = AtomicBool::new(false);
    let server = tokio::task::spawn_blocking(OwnServer::start).await??;
    let db = server.pool().await?;
    mizzle::schema! { Pair }.create_tables(&db).await?;
    let writers: Vec<_> = (0..3).map(|_| tokio::spawn(write_pairs(db.clone(), &STOP))).collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    tokio::task::block_in_place(|| server.script("kill"))?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    tokio::task::block_in_place(|| server.script("start"))?;
    until_it_answers(&db).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    STOP.store(true, SeqCst);
    let (mut committed, mut errors) = (0, Vec::new());
    for writer in writers {
        let (pairs, failed) = writer.await?;
        committed += pairs;
        errors.extend(failed);
    }
    assert!(!errors.is_empty(), "nobody noticed that the server was killed");
    for error in &errors {
        assert!(matches!(error, Error::Connection { .. }), "{error:?}");
    }
    assert!(committed > 0);
    let halves = |left: bool| Pair::query().filter(Pair::left.eq(left)).count(&db);
    assert_eq!(halves(true).await?, halves(false).await?, "half a pair was committed");
    Ok(())
}
