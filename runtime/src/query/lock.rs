//! `FOR UPDATE`, `FOR SHARE`.

use super::{
    projection::All,
    scope::{InScope, LocksRows},
    select::Select,
    state::{CanLock, Locked},
};
use crate::{
    dialect::{Dialect, LocksOfTables, RowLocks},
    render::Fragment,
    table::Source,
    value::NotNull,
};

/// How strong a lock is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    Update,
    Share,
}

/// What happens if another transaction has a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Waiting {
    #[default]
    Wait,
    NoWait,
    SkipLocked,
}

/// A lock of the rows that a query returns.
#[derive(Debug, Clone)]
pub(crate) struct Lock {
    strength: Strength,
    /// The tables whose rows are locked; none: all.
    of: Vec<&'static str>,
    waiting: Waiting,
}

impl Lock {
    pub(crate) fn write(&self, out: &mut Fragment) {
        out.sql(match self.strength {
            Strength::Update => " FOR UPDATE",
            Strength::Share => out.syntax().spelling.for_share,
        });
        let mut separator = " OF ";
        for table in &self.of {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.name(table);
        }
        out.sql(match self.waiting {
            Waiting::Wait => "",
            Waiting::NoWait => " NOWAIT",
            Waiting::SkipLocked => " SKIP LOCKED",
        });
    }
}

/// Tables of the scope `S` whose rows can be locked: `User::all()`, or a tuple of these.
pub trait LockedTables<S, I> {
    /// Their names in the query.
    fn names(self) -> Vec<&'static str>;
}

impl<S: InScope<T, I, Null: NeverMissing>, I, T: Source> LockedTables<S, I> for All<T> {
    fn names(self) -> Vec<&'static str> {
        vec![T::NAME]
    }
}

macro_rules! tuples {
    ($($table:ident $index:ident),+) => {
        impl<Scope, $($table: LockedTables<Scope, $index>, $index),+> LockedTables<Scope, ($($index,)+)> for ($($table,)+) {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn names(self) -> Vec<&'static str> {
                let ($($table,)+) = self;
                let mut names = Vec::new();
                $(names.append(&mut $table.names());)+
                names
            }
        }
    };
}

tuples!(A IA);
tuples!(A IA, B IB);
tuples!(A IA, B IB, C IC);

/// A table whose rows are certainly there.
#[diagnostic::on_unimplemented(
    message = "the rows of an outer join cannot be locked: there may be none",
    label = "on the nullable side of an outer join"
)]
pub trait NeverMissing {}
#[diagnostic::do_not_recommend]
impl NeverMissing for NotNull {}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    fn locked(mut self, strength: Strength, of: Vec<&'static str>) -> Select<D, S, R, Locked<X>> {
        *self.parts.lock() = Some(Lock { strength, of, waiting: Waiting::default() });
        Self::of_parts(self.parts, self.decode)
    }

    /// `FOR UPDATE`: locks the rows until the transaction ends, as if they were about to be changed. SQLite has no
    /// locks of rows: begin the transaction with `Begin::Immediate` there.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "jobs")] struct Job { #[column(primary_key)] id: i64, done: bool }
    /// let next = Job::query::<Postgres>().filter(!Job::done).order_by(Job::id).limit(1).for_update().skip_locked();
    /// assert!(next.to_sql().sql.ends_with("LIMIT 1 FOR UPDATE SKIP LOCKED"));
    /// # }
    /// ```
    pub fn for_update(self) -> Select<D, S, R, Locked<X>>
    where
        X: CanLock,
        D::Name: RowLocks,
        S: LocksRows<D::Name>,
    {
        self.locked(Strength::Update, Vec::new())
    }

    /// `FOR SHARE`: nobody else can change the rows until the transaction ends.
    pub fn for_share(self) -> Select<D, S, R, Locked<X>>
    where
        X: CanLock,
        D::Name: RowLocks,
        S: LocksRows<D::Name>,
    {
        self.locked(Strength::Share, Vec::new())
    }

    /// `FOR UPDATE OF`: locks the rows of some tables: `.for_update_of(User::all())`. PostgreSQL and MySQL have it.
    pub fn for_update_of<T: LockedTables<S, I>, I>(self, tables: T) -> Select<D, S, R, Locked<X>>
    where
        X: CanLock,
        D::Name: LocksOfTables,
    {
        self.locked(Strength::Update, tables.names())
    }

    /// `FOR SHARE OF`: the same for [`for_share`](Self::for_share).
    pub fn for_share_of<T: LockedTables<S, I>, I>(self, tables: T) -> Select<D, S, R, Locked<X>>
    where
        X: CanLock,
        D::Name: LocksOfTables,
    {
        self.locked(Strength::Share, tables.names())
    }
}

/// A query that locks its rows.
#[diagnostic::on_unimplemented(
    message = "`.skip_locked()` and `.no_wait()` come after `.for_update()` or `.for_share()`",
    label = "locks nothing yet"
)]
pub trait Locks {}
#[diagnostic::do_not_recommend]
impl<X> Locks for Locked<X> {}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    fn waiting(mut self, waiting: Waiting) -> Self {
        if let Some(lock) = self.parts.lock() {
            lock.waiting = waiting;
        }
        self
    }

    /// Leaves out rows that another transaction has locked.
    pub fn skip_locked(self) -> Self
    where
        X: Locks,
    {
        self.waiting(Waiting::SkipLocked)
    }

    /// Does not wait for rows that another transaction has locked: they are an
    /// [`Error::Serialization`](crate::Error::Serialization).
    pub fn no_wait(self) -> Self
    where
        X: Locks,
    {
        self.waiting(Waiting::NoWait)
    }
}
