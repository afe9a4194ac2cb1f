//! The condition that a relation is declared with: `has_many(popular(Post::author_id, filter = Post::views.gt(100)))`.

use std::marker::PhantomData;

use crate::{
    dialect::{Dialect, DialectKind, Sqlite},
    query::{Conditions, Filter},
    render::Fragment,
};

/// A condition that every dialect can say: written by the derive.
#[doc(hidden)]
pub trait RelationFilter {
    /// Adds it; `Database` is what errors call the dialect.
    fn add<Database, D: Dialect<Name = Database>>(out: &mut Fragment);
}

/// Adds the condition in this dialect.
pub(super) fn in_each_dialect<F: RelationFilter>(dialect: DialectKind, out: &mut Fragment) {
    match dialect {
        DialectKind::Sqlite => F::add::<_, Sqlite>(out),
        #[cfg(feature = "postgres")]
        DialectKind::Postgres => F::add::<_, crate::dialect::Postgres>(out),
        #[cfg(feature = "mysql")]
        DialectKind::MySql => F::add::<_, crate::dialect::MySql>(out),
        #[cfg(feature = "mysql")]
        DialectKind::MariaDb => F::add::<_, crate::dialect::MariaDb>(out),
    }
}

/// Where a condition stands: in the dialect `D`, about rows of the scope `S`.
#[doc(hidden)]
#[derive(Debug)]
pub struct RelationScope<D, S>(PhantomData<fn() -> (D, S)>);

impl<D: Dialect, S> RelationScope<D, S> {
    /// Adds a condition. It names no type, so that rustc points at the condition.
    pub fn add<F: Filter<D, S, I>, I>(out: &mut Fragment, filter: F) {
        filter.add_to(&mut Conditions::all(out));
    }
}
