//! The workloads: which data they need, what is done, how often it is checked.

use std::hint::black_box;

use crate::{NewUser, Peer, Result, User, fixture};
use fixture::Fixture;

/// One column of the tables of results.
#[derive(Debug, Clone, Copy)]
pub struct Workload {
    /// What commands and tables call it.
    pub name: &'static str,
    /// What it does, in a line.
    pub title: &'static str,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Load(i64),
    Join,
    /// So many users, each with so many posts, each with so many comments.
    Nested(i64, i64, i64),
    NestedOne,
    Point,
    Page,
    Count,
    Insert(i64),
    Upsert,
    Update,
}

const fn workload(name: &'static str, kind: Kind, title: &'static str) -> Workload {
    Workload { name, title, kind }
}

/// All of them, in the order of the tables.
pub const WORKLOADS: [Workload; 16] = [
    workload("point", Kind::Point, "one user of 10,000 by primary key"),
    workload("load-1", Kind::Load(1), "all users, of which there is 1"),
    workload("load-100", Kind::Load(100), "all 100 users"),
    workload("load-10000", Kind::Load(10_000), "all 10,000 users"),
    workload("join-10000", Kind::Join, "users left join posts, filtered by hair color, by name: 10,000 rows"),
    workload("nested-1", Kind::NestedOne, "one user of 1,000 by primary key, with 10 posts each with 5 comments"),
    workload("nested-100x10x5", Kind::Nested(100, 10, 5), "100 users with 10 posts each with 5 comments each"),
    workload("nested-100x10x10", Kind::Nested(100, 10, 10), "100 users with 10 posts each with 10 comments each"),
    workload("nested-10000x2x2", Kind::Nested(10_000, 2, 2), "10,000 users with 2 posts each with 2 comments each"),
    workload("page", Kind::Page, "the next 50 of 10,000 users after a key"),
    workload("count", Kind::Count, "how many posts a user has"),
    workload("insert-1", Kind::Insert(1), "insert 1 user"),
    workload("insert-100", Kind::Insert(100), "insert 100 users at once"),
    workload("insert-1000", Kind::Insert(1000), "insert 1,000 users at once"),
    workload("upsert", Kind::Upsert, "insert one user or update it, by primary key"),
    workload("update", Kind::Update, "update one column of one user, by primary key"),
];

/// Keys of the data are in `1..=KEYS`.
const KEYS: i64 = 10_000;
/// Upserts and updates write to a table of so many users.
pub(crate) const WRITTEN: i64 = 1_000;
/// Of so many users, one is loaded with what belongs to it.
const PARENTS: i64 = 1_000;
/// Upserts have a few keys more: those users are inserted first.
const UPSERTED: i64 = WRITTEN + 10;
pub(crate) const PAGE: usize = 50;
pub(crate) const HAIR_COLOR: &str = "black";

impl Kind {
    pub(crate) fn writes(self) -> bool {
        matches!(self, Kind::Insert(_) | Kind::Upsert | Kind::Update)
    }

    /// Black-haired users, which are the even ones, have 3 posts or none, by turns: 2,500 * 3 + 2,500 joined rows.
    pub(crate) fn fixture(self) -> Fixture {
        let join = |id| if id % 4 == 0 { 3 } else { id % 2 };
        match self {
            Kind::Load(users) => Fixture::new(users, |_| 0, 0),
            Kind::Nested(users, posts, comments) => Fixture::new(users, |_| posts, comments),
            Kind::NestedOne => Fixture::new(PARENTS, |_| 10, 5),
            Kind::Join | Kind::Point | Kind::Page | Kind::Count => Fixture::new(KEYS, join, 0),
            Kind::Upsert | Kind::Update => Fixture::new(WRITTEN, |_| 0, 0),
            Kind::Insert(_) => Fixture::default(),
        }
    }
}

/// What operations are given, made before they are timed.
pub(crate) struct Inputs {
    rows: Vec<NewUser>,
    users: Vec<User>,
}

impl Inputs {
    pub(crate) fn new(kind: Kind) -> Self {
        let rows = if let Kind::Insert(count) = kind { fixture::new_users(count) } else { Vec::new() };
        let users = (0..UPSERTED as u64).map(|turn| User {
            id: key(turn, if kind == Kind::Upsert { UPSERTED } else { WRITTEN }),
            name: format!("Name {turn:05}"),
            hair_color: (turn % 3 != 0).then(|| "green".to_owned()),
        });
        Inputs { rows, users: users.collect() }
    }

    pub(crate) fn rows(&self) -> &[NewUser] {
        &self.rows
    }

    pub(crate) fn user(&self, turn: u64) -> &User {
        &self.users[turn as usize % self.users.len()]
    }
}

/// A key for each turn, all over the table and the same for every peer.
pub(crate) fn key(turn: u64, keys: i64) -> i64 {
    (turn % keys as u64) as i64 * 7919 % keys + 1
}

/// Which key a turn of a point select, a page, a count has.
pub(crate) fn turn_key(turn: u64) -> i64 {
    key(turn, KEYS)
}

/// Which key a turn of a user with all that belongs to it has.
pub(crate) fn parent_key(turn: u64) -> i64 {
    key(turn, PARENTS)
}

/// The loops that are timed.
pub(crate) async fn run<P: Peer>(peer: &mut P, kind: Kind, inputs: &Inputs, turns: std::ops::Range<u64>) -> Result<()> {
    match kind {
        Kind::Load(_) => {
            for _ in turns {
                black_box(peer.users().await?);
            }
        }
        Kind::Join => {
            for _ in turns {
                black_box(peer.join(black_box(HAIR_COLOR)).await?);
            }
        }
        Kind::Nested(..) => {
            for _ in turns {
                black_box(peer.nested().await?);
            }
        }
        Kind::NestedOne => {
            for turn in turns {
                black_box(peer.nested_one(parent_key(turn)).await?);
            }
        }
        Kind::Point => {
            for turn in turns {
                black_box(peer.user(turn_key(turn)).await?);
            }
        }
        Kind::Page => {
            for turn in turns {
                black_box(peer.page(turn_key(turn)).await?);
            }
        }
        Kind::Count => {
            for turn in turns {
                black_box(peer.count(turn_key(turn)).await?);
            }
        }
        Kind::Insert(_) => {
            for _ in turns {
                peer.insert(black_box(&inputs.rows)).await?;
            }
        }
        Kind::Upsert => {
            for turn in turns {
                peer.upsert(inputs.user(turn)).await?;
            }
        }
        Kind::Update => {
            for turn in turns {
                let user = inputs.user(turn);
                peer.rename(user.id, &user.name).await?;
            }
        }
    }
    Ok(())
}
