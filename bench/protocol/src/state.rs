//! A peer at work on one workload: its data, and what its tables must hold.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    iter,
    time::{Duration, Instant},
};

use crate::{
    Peer, Post, Result, Tree, User,
    fixture::Fixture,
    workload::{HAIR_COLOR, Inputs, Kind, PAGE, parent_key, run, turn_key},
};

pub(crate) struct State {
    pub(crate) kind: Kind,
    fixture: Fixture,
    inputs: Inputs,
    /// What `users` must hold after the writes so far.
    users: BTreeMap<i64, User>,
    turn: u64,
}

/// What an amount of operations took.
pub(crate) struct Took {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
}

impl State {
    /// Fills the tables, does the workload a few times and compares every row with what it must be.
    pub(crate) async fn check<P: Peer>(peer: &mut P, kind: Kind) -> Result<Self> {
        let mut state =
            State { kind, fixture: kind.fixture(), inputs: Inputs::new(kind), users: BTreeMap::new(), turn: 0 };
        state.fill(peer).await?;
        if kind.writes() {
            // Each user at least once, and several inserts.
            state.write(peer, if let Kind::Insert(_) = kind { 3 } else { 1010 }).await?;
            state.check_writes(peer).await?;
        } else {
            state.check_reads(peer).await?;
        }
        Ok(state)
    }

    /// Times `count` operations, and checks what they wrote.
    pub(crate) async fn run<P: Peer>(&mut self, peer: &mut P, count: u64) -> Result<Took> {
        // Each batch of writes finds the same table.
        if self.kind.writes() {
            self.fill(peer).await?;
        }
        // What an emptied table or a long pause makes the first operations wait for, such as new plans, is not timed.
        self.write(peer, (count / 10).clamp(1, 20)).await?;
        let took = self.write(peer, count).await?;
        if self.kind.writes() {
            self.check_writes(peer).await?;
        }
        Ok(took)
    }

    async fn fill<P: Peer>(&mut self, peer: &mut P) -> Result<()> {
        self.users = self.fixture.users.iter().map(|user| (user.id, user.clone())).collect();
        peer.fill(&self.fixture).await
    }

    async fn write<P: Peer>(&mut self, peer: &mut P, count: u64) -> Result<Took> {
        let turns = self.turn..self.turn + count;
        let (cpu, start) = (cpu_time(), Instant::now());
        run(peer, self.kind, &self.inputs, turns.clone()).await?;
        let took = Took { wall: start.elapsed(), cpu: cpu_time() - cpu };
        self.turn = turns.end;
        for turn in turns {
            self.expect_write(turn);
        }
        Ok(took)
    }

    /// Does in memory what one operation must have done in the database.
    fn expect_write(&mut self, turn: u64) {
        match self.kind {
            Kind::Insert(_) => {
                for row in self.inputs.rows() {
                    let id = self.users.len() as i64 + 1;
                    let user = User { id, name: row.name.clone(), hair_color: row.hair_color.clone() };
                    self.users.insert(id, user);
                }
            }
            Kind::Upsert => {
                let user = self.inputs.user(turn);
                self.users.insert(user.id, user.clone());
            }
            Kind::Update => {
                let user = self.inputs.user(turn);
                if let Some(row) = self.users.get_mut(&user.id) {
                    row.name.clone_from(&user.name);
                }
            }
            _ => {}
        }
    }

    async fn check_writes<P: Peer>(&self, peer: &mut P) -> Result<()> {
        same("users", sorted(peer.users().await?), self.users.values().cloned().collect())
    }

    async fn check_reads<P: Peer>(&self, peer: &mut P) -> Result<()> {
        match self.kind {
            Kind::Load(_) => same("users", sorted(peer.users().await?), self.fixture.users.clone())?,
            Kind::Join => self.check_join(peer).await?,
            Kind::Nested(..) => same("trees", trees(peer.nested().await?), trees(self.expected_trees()))?,
            Kind::NestedOne => {
                let expected = trees(self.expected_trees());
                for turn in 0..20 {
                    let key = parent_key(turn);
                    let expected = expected[key as usize - 1].clone();
                    same("tree", trees(vec![peer.nested_one(key).await?]), vec![expected])?;
                }
            }
            _ => {
                for turn in 0..20 {
                    self.check_key(peer, turn_key(turn)).await?;
                }
            }
        }
        Ok(())
    }

    async fn check_key<P: Peer>(&self, peer: &mut P, key: i64) -> Result<()> {
        let place = key as usize;
        let users = &self.fixture.users;
        match self.kind {
            Kind::Point => same("user", vec![peer.user(key).await?.into()], vec![users[place - 1].clone()]),
            Kind::Page => {
                let page: Vec<User> = peer.page(key).await?.into_iter().map(Into::into).collect();
                same("page", page, users[place..].iter().take(PAGE).cloned().collect())
            }
            Kind::Count => {
                let count = self.fixture.posts.iter().filter(|post| post.user_id == key).count();
                same("count", vec![peer.count(key).await?], vec![count as i64])
            }
            _ => Ok(()),
        }
    }

    async fn check_join<P: Peer>(&self, peer: &mut P) -> Result<()> {
        let rows = peer.join(HAIR_COLOR).await?;
        let rows: Vec<(User, Option<Post>)> = rows.into_iter().map(|(u, p)| (u.into(), p.map(Into::into))).collect();
        if !rows.is_sorted_by(|(one, _), (next, _)| one.name >= next.name) {
            return Err("the joined rows are not in the descending order of names".into());
        }
        same("joined rows", sorted(rows), self.expected_join())
    }

    fn expected_join(&self) -> Vec<(User, Option<Post>)> {
        let mut rows = Vec::new();
        for user in self.fixture.users.iter().filter(|user| user.hair_color.as_deref() == Some(HAIR_COLOR)) {
            let before = rows.len();
            let first = self.fixture.posts.partition_point(|post| post.user_id < user.id);
            let posts = self.fixture.posts[first..].iter().take_while(|post| post.user_id == user.id);
            rows.extend(posts.map(|post| (user.clone(), Some(post.clone()))));
            if rows.len() == before {
                rows.push((user.clone(), None));
            }
        }
        rows
    }

    fn expected_trees(&self) -> Vec<impl Tree> {
        let Fixture { users, posts, comments } = self.fixture.clone();
        // Children stand in the order of their parents.
        let (mut posts, mut comments) = (posts.into_iter().peekable(), comments.into_iter().peekable());
        let mut comments_of =
            |post: &Post| iter::from_fn(|| comments.next_if(|next| next.post_id == post.id)).collect::<Vec<_>>();
        let mut posts_of = |user: &User| {
            let posts = iter::from_fn(|| posts.next_if(|next| next.user_id == user.id));
            posts.map(|post| (post.clone(), comments_of(&post))).collect::<Vec<_>>()
        };
        users.into_iter().map(|user| (user.clone(), posts_of(&user))).collect()
    }
}

type SortedTree = (User, Vec<(Post, Vec<crate::Comment>)>);

fn trees(trees: Vec<impl Tree>) -> Vec<SortedTree> {
    let mut trees: Vec<_> = trees.into_iter().map(Tree::tree).collect();
    for (_, posts) in &mut trees {
        posts.iter_mut().for_each(|(_, comments)| comments.sort());
        posts.sort();
    }
    trees.sort();
    trees
}

fn sorted<T: Into<U>, U: Ord>(rows: Vec<T>) -> Vec<U> {
    let mut rows: Vec<U> = rows.into_iter().map(Into::into).collect();
    rows.sort();
    rows
}

/// Says which row is the first that differs.
fn same<T: PartialEq + Debug>(what: &str, found: Vec<T>, expected: Vec<T>) -> Result<()> {
    if found == expected {
        return Ok(());
    }
    let at = found.iter().zip(&expected).take_while(|(found, expected)| found == expected).count();
    let (found_rows, rows) = (found.len(), expected.len());
    let (found, expected) = (found.get(at), expected.get(at));
    Err(format!("{what}: {found_rows} rows for {rows}; row {at} is {found:?}, not {expected:?}").into())
}

/// The time that all threads of this process have worked.
fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::key;

    #[test]
    fn the_data_is_as_large_as_its_names_say() {
        let join = State {
            kind: Kind::Join,
            fixture: Kind::Join.fixture(),
            inputs: Inputs::new(Kind::Join),
            users: BTreeMap::new(),
            turn: 0,
        };
        let rows = join.expected_join();
        assert_eq!(rows.len(), 10_000);
        assert_eq!(rows.iter().filter(|(_, post)| post.is_none()).count(), 2_500);
        let nested = Kind::Nested(100, 10, 5);
        let state = State {
            kind: nested,
            fixture: nested.fixture(),
            inputs: Inputs::new(nested),
            users: BTreeMap::new(),
            turn: 0,
        };
        let trees = trees(state.expected_trees());
        assert!(
            trees.iter().all(|(_, posts)| posts.len() == 10 && posts.iter().all(|(_, comments)| comments.len() == 5))
        );
        assert_eq!(trees.len(), 100);
    }

    #[test]
    fn turns_go_through_all_keys() {
        for keys in [1_000, 1_010, 10_000] {
            let mut seen: Vec<_> = (0..keys as u64).map(|turn| key(turn, keys)).collect();
            seen.sort();
            assert_eq!(seen, (1..=keys).collect::<Vec<_>>());
        }
    }
}
