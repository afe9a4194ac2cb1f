//! What can be prepared: queries and writes.

use super::{Prepared, PreparedPage, PreparedWrite};
use crate::{
    dialect::Dialect,
    query::{
        delete::Delete,
        insert::Insert,
        keyset::KeysetPage,
        limited::LimitedWrite,
        returning::Returning,
        select::Select,
        state::CanRun,
        update::{SaysWhichRows, SetsSomething, Update},
        upsert::DoUpdate,
    },
    table::Table,
    value::Value,
};

/// A query or a write that can be prepared; `A` is what each call gives it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be prepared",
    label = "not a query, a page, an insert, an update or a delete"
)]
pub trait Preparable<A> {
    /// What it becomes.
    type Prepared;

    /// Renders it.
    fn prepare(self, bind: fn(A) -> Vec<Value>) -> Self::Prepared;
}

impl<Q: PreparableOf<A>, A> Preparable<A> for Q {
    type Prepared = Q::Prepared;

    fn prepare(self, bind: fn(A) -> Vec<Value>) -> Q::Prepared {
        self.rendered(bind)
    }
}

/// What makes something [`Preparable`]: implemented for each kind of statement.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be prepared",
    label = "not a query, a page, an insert, an update or a delete"
)]
pub trait PreparableOf<A> {
    /// What it becomes.
    type Prepared;

    /// Renders it.
    fn rendered(self, bind: fn(A) -> Vec<Value>) -> Self::Prepared;
}

impl<D: Dialect, S, R: Send + 'static, X: CanRun<S>, A> PreparableOf<A> for Select<D, S, R, X> {
    type Prepared = Prepared<D, A, R>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> Prepared<D, A, R> {
        Prepared::of_select(self, bind)
    }
}

impl<D: Dialect, R, C, A> PreparableOf<A> for KeysetPage<D, R, C> {
    type Prepared = PreparedPage<D, A, R, C>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedPage<D, A, R, C> {
        PreparedPage::new(self, bind)
    }
}

impl<D: Dialect, R: Send + 'static, A> PreparableOf<A> for Returning<D, R> {
    type Prepared = Prepared<D, A, R>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> Prepared<D, A, R> {
        {
            let decode = self.decode;
            Prepared::of_write(self.statements(), decode, bind)
        }
    }
}

impl<D: Dialect, T: Table, N, A> PreparableOf<A> for Insert<D, T, N> {
    type Prepared = PreparedWrite<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedWrite<D, A> {
        PreparedWrite::new(self.statements(), bind)
    }
}

impl<D: Dialect, T: Table, C, A> PreparableOf<A> for DoUpdate<D, T, C> {
    type Prepared = PreparedWrite<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedWrite<D, A> {
        self.finish().rendered(bind)
    }
}

impl<D: Dialect, T: Table, U: SetsSomething, G: SaysWhichRows, S, A> PreparableOf<A> for Update<D, T, U, G, S> {
    type Prepared = PreparedWrite<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedWrite<D, A> {
        PreparedWrite::new(self.statement(), bind)
    }
}

impl<D: Dialect, T: Table, G: SaysWhichRows, S, A> PreparableOf<A> for Delete<D, T, G, S> {
    type Prepared = PreparedWrite<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedWrite<D, A> {
        PreparedWrite::new([self.statement()], bind)
    }
}

impl<D: Dialect, A> PreparableOf<A> for LimitedWrite<D> {
    type Prepared = PreparedWrite<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedWrite<D, A> {
        PreparedWrite::new(self.statement(), bind)
    }
}
