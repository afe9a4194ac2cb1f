//! `alias!`: one table a second time in a query.

use super::{Source, TableIn};
use crate::{
    dialect::Dialect,
    query::{All, Key, Select},
};

/// An alias of a table, declared with [`alias!`](crate::alias).
pub trait Alias: Source {
    /// `SELECT .. FROM table AS alias`
    fn query<D: Dialect>() -> Select<D, (Self,), Self::Table>
    where
        Self::Table: TableIn<D::Name>,
    {
        Select::from_source()
    }

    /// All columns, to be selected beside other things.
    fn all() -> All<Self> {
        All::new()
    }

    /// The whole row, to group by.
    fn key() -> Key<Self> {
        Key::new()
    }
}

/// Declares another name for a table, so that a query can use it twice: `alias!(Manager = User)`.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String, manager_id: Option<i64> }
/// alias!(Manager = User);
///
/// let query = User::query::<Sqlite>().left_join::<Manager>().on(Manager.id.eq(User::manager_id)).select((User::name, Manager.name));
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."name", "Manager"."name" FROM "users" LEFT JOIN "users" AS "Manager" ON "Manager"."id" = "users"."manager_id""#
/// );
/// ```
///
/// Without a table it is a name for a query in FROM: `alias!(totals)` where the query is made
/// ([`derived`](crate::query::Select::derived), [`cte`](crate::query::Select::cte)), or `alias!(pub struct Totals);` for
/// one that functions return.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// alias!(struct Recent);
///
/// fn recent() -> DerivedTable<Sqlite, Recent, User> {
///     User::query().order_by(User::id.desc()).limit(10).derived(Recent)
/// }
///
/// let recent = recent();
/// let query = recent.query().filter(recent.name.like("A%")).select(recent.id);
/// # assert!(query.to_sql().sql.starts_with(r#"SELECT "Recent"."id" FROM (SELECT"#));
/// ```
#[macro_export]
macro_rules! alias {
    ($(#[$meta:meta])* $vis:vis struct $alias:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        $vis struct $alias;

        impl $crate::query::Name for $alias {
            type Id = $crate::__private::__alias_id!($alias);
            const NAME: &'static str = ::core::stringify!($alias);
        }
    };
    ($alias:ident) => {{
        // Named as the user says, so that errors show that name; `expect` would complain of `Totals`.
        #[allow(non_camel_case_types)]
        #[derive(Debug, Clone, Copy)]
        pub struct $alias;

        impl $crate::query::Name for $alias {
            type Id = $crate::__private::__alias_id!($alias);
            const NAME: &'static str = ::core::stringify!($alias);
        }

        $alias
    }};
    ($(#[$meta:meta])* $vis:vis $alias:ident = $table:ty) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        $vis struct $alias;

        // Nothing else of the alias is there unless it is one of a table: the bound over a lifetime, which it does not
        // need, is one that rustc does not check here, so that this is the one error.
        const _: () = $crate::__private::is_table::<$table>();

        impl $crate::table::Source for $alias
        where
            for<'table> $table: $crate::table::Table,
        {
            type Table = $table;
            type Id = $crate::__private::__alias_id!($alias);
            const NAME: &'static str = ::core::stringify!($alias);
            const ALIAS: ::core::option::Option<&'static str> = ::core::option::Option::Some(Self::NAME);
        }

        impl $crate::table::Alias for $alias where for<'table> $table: $crate::table::Table {}

        impl ::core::ops::Deref for $alias
        where
            for<'table> $table: $crate::table::Table,
        {
            type Target = <$table as $crate::table::Table>::Columns<$alias>;

            fn deref(&self) -> &Self::Target {
                <$table as $crate::table::Table>::columns::<$alias>()
            }
        }
    };
}
