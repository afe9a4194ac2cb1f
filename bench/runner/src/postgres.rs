//! A database for each peer on the PostgreSQL server, with the same tables and settings.

use std::{env, process};

use mizzle_bench_protocol::fixture::POSTGRES_TABLES;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls};

use crate::Result;

/// They are dropped with this. `scripts/databases clean` drops them as well, by the beginning of their names.
pub(crate) struct Databases {
    runtime: Runtime,
    server: String,
    names: Vec<String>,
}

impl Databases {
    pub(crate) fn create(count: usize) -> Result<Self> {
        let server = env::var("POSTGRES_URL").map_err(|_| "POSTGRES_URL is not set: where is the server?")?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let names = (0..count).map(|place| format!("mizzle_test_bench_{}_{place}", process::id())).collect();
        let databases = Databases { runtime, server, names };
        for place in 0..count {
            let name = &databases.names[place];
            databases.execute(&databases.server, &format!("CREATE DATABASE {name}"))?;
            // Writes would wait for the disk, which is not what is compared.
            databases.execute(&databases.server, &format!("ALTER DATABASE {name} SET synchronous_commit = off"))?;
            databases.execute(&databases.url(place), POSTGRES_TABLES)?;
        }
        Ok(databases)
    }

    /// Where the database of a peer is: the server's URL with another name at its end.
    pub(crate) fn url(&self, place: usize) -> String {
        let (address, parameters) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let address = match address.find("://").map(|at| at + 3) {
            Some(start) => address[start..].find('/').map_or(address, |at| &address[..start + at]),
            None => address,
        };
        let mark = if parameters.is_empty() { "" } else { "?" };
        format!("{address}/{}{mark}{parameters}", self.names[place])
    }

    pub(crate) fn version(&self) -> Result<String> {
        self.runtime.block_on(async {
            let row = connect(&self.server).await?.query_one("SHOW server_version", &[]).await?;
            Ok(row.try_get(0)?)
        })
    }

    fn execute(&self, url: &str, sql: &str) -> Result<()> {
        self.runtime.block_on(async { Ok(connect(url).await?.batch_execute(sql).await?) })
    }
}

async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.map_err(|error| format!("{url}: {error}"))?;
    tokio::spawn(connection);
    Ok(client)
}

impl Drop for Databases {
    fn drop(&mut self) {
        for name in &self.names {
            if let Err(error) = self.execute(&self.server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")) {
                eprintln!("{name} is left behind: {error}");
            }
        }
    }
}
