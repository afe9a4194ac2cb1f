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
#[macro_export]
macro_rules! alias {
    ($(#[$meta:meta])* $vis:vis $alias:ident = $table:ty) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        $vis struct $alias;

        impl $crate::table::Source for $alias {
            type Table = $table;
            type Id = $crate::__private::__alias_id!($alias);
            const NAME: &'static str = ::core::stringify!($alias);
            const ALIAS: ::core::option::Option<&'static str> = ::core::option::Option::Some(Self::NAME);
        }

        impl $crate::table::Alias for $alias {}

        impl ::core::ops::Deref for $alias {
            type Target = <$table as $crate::table::Table>::Columns<$alias>;

            fn deref(&self) -> &Self::Target {
                <$table as $crate::table::Table>::columns::<$alias>()
            }
        }
    };
}
