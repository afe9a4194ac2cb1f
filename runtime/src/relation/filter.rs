//! The condition that a relation is declared with: `has_many(popular(Post::author_id, filter = Post::views.gt(100)))`.

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

/// Adds a condition on the rows of the scope `S`.
#[doc(hidden)]
pub fn filter_in<D: Dialect, S, F: Filter<D, S, I>, I>(out: &mut Fragment, filter: F) {
    filter.add_to(&mut Conditions::all(out));
}
