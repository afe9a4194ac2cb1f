//! What of it all is run: `bench/run sqlite point load mizzle`.

use mizzle_bench_protocol::{WORKLOADS, Workload};

use crate::{
    Result,
    peers::{Database, PEERS, Peer},
};

/// Words that name databases, workloads (or how those begin) and peers; of what no word names, all is run.
pub(crate) struct Choice {
    databases: Vec<String>,
    workloads: Vec<String>,
    peers: Vec<String>,
}

impl Choice {
    pub(crate) fn new(words: Vec<String>) -> Result<Self> {
        let mut choice = Choice { databases: Vec::new(), workloads: Vec::new(), peers: Vec::new() };
        for word in words {
            if [Database::Sqlite, Database::Postgres].iter().any(|database| database.word() == word) {
                choice.databases.push(word);
            } else if WORKLOADS.iter().any(|workload| workload.name.starts_with(&word)) {
                choice.workloads.push(word);
            } else if PEERS.iter().any(|peer| peer.name == word) {
                choice.peers.push(word);
            } else {
                return Err(format!("`{word}` is no database, workload or peer").into());
            }
        }
        Ok(choice)
    }

    pub(crate) fn is_everything(&self) -> bool {
        self.databases.is_empty() && self.workloads.is_empty() && self.peers.is_empty()
    }

    pub(crate) fn takes(&self, database: Database) -> bool {
        self.databases.is_empty() || self.databases.iter().any(|word| word == database.word())
    }

    /// The floor is always there: ratios are to it.
    pub(crate) fn takes_peer(&self, peer: &Peer) -> bool {
        self.peers.is_empty() || peer.is_floor() || self.peers.iter().any(|word| word == peer.name)
    }

    pub(crate) fn workloads(&self) -> Vec<Workload> {
        let takes = |workload: &Workload| {
            self.workloads.is_empty() || self.workloads.iter().any(|word| workload.name.starts_with(word.as_str()))
        };
        WORKLOADS.into_iter().filter(takes).collect()
    }
}
