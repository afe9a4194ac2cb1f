//! Sort keys that a user chooses by name, from a list.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{
    clause::NotAggregated,
    order::{Direction, Order, SortKeys, SortList},
    scope::InScope,
    stands_in::Fits,
};
use crate::{
    dialect::Dialect,
    expr::{ExprIn, Render},
    table::{No, Source},
};

/// A list of sort keys with names: written by [`sortable!`](crate::sortable).
pub trait Sortable: Copy + 'static {
    /// The table that they are columns of.
    type Source: Source;
    /// All of them.
    const ALL: &'static [Self];

    /// The name.
    fn name(self) -> &'static str;

    /// Adds the key.
    #[doc(hidden)]
    fn add<D: Dialect>(self, direction: Direction, to: &mut SortList<'_>);

    /// The key of this name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|key| key.name() == name)
    }

    /// From small to large.
    fn asc(self) -> Sorting<Self> {
        self.order(Direction::Asc)
    }

    /// From large to small.
    fn desc(self) -> Sorting<Self> {
        self.order(Direction::Desc)
    }

    /// In a direction that is known only at run time.
    fn order(self, direction: Direction) -> Sorting<Self> {
        Sorting { key: self, direction }
    }
}

/// A key of a [`sortable!`](crate::sortable) list and its direction, as text `name` or `-name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sorting<K> {
    /// The key.
    pub key: K,
    /// Its direction.
    pub direction: Direction,
}

impl<K: Sortable> From<K> for Sorting<K> {
    fn from(key: K) -> Self {
        key.asc()
    }
}

/// A name that is not on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownSortKey {
    /// The names that are.
    pub expected: Vec<&'static str>,
}

impl UnknownSortKey {
    #[doc(hidden)]
    pub fn of<K: Sortable>() -> Self {
        UnknownSortKey { expected: K::ALL.iter().map(|key| key.name()).collect() }
    }
}

impl fmt::Display for UnknownSortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no such sort key: there are {}", self.expected.join(", "))
    }
}

impl std::error::Error for UnknownSortKey {}

impl<K: Sortable> FromStr for Sorting<K> {
    type Err = UnknownSortKey;

    fn from_str(text: &str) -> Result<Self, UnknownSortKey> {
        let (name, direction) = match text.strip_prefix('-') {
            Some(name) => (name, Direction::Desc),
            None => (text, Direction::Asc),
        };
        K::from_name(name).map(|key| key.order(direction)).ok_or_else(UnknownSortKey::of::<K>)
    }
}

impl<K: Sortable> fmt::Display for Sorting<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.direction == Direction::Desc { "-" } else { "" })?;
        f.write_str(self.key.name())
    }
}

impl<K: Sortable> Serialize for Sorting<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Sortable> Deserialize<'de> for Sorting<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl<D: Dialect, S: InScope<K::Source, I>, I, K: Sortable> SortKeys<D, S, I, K, No, Fits> for Sorting<K> {
    fn keys(self, to: &mut SortList<'_>) {
        self.key.add::<D>(self.direction, to);
    }
}

/// An expression of a list: of the table `T` alone, so that it can be used wherever that is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something to order by",
    label = "expected an expression of `{T}`"
)]
pub trait SortOf<D: Dialect, T, I> {
    /// Adds it.
    fn sort(self, direction: Direction, to: &mut SortList<'_>);
}

impl<D: Dialect, T, I, E: ExprIn<(T,), I, Aggregates: NotAggregated> + Render<D>> SortOf<D, T, I> for E {
    fn sort(self, direction: Direction, to: &mut SortList<'_>) {
        to.push::<D, E>(Order::in_direction(self, direction));
    }
}

/// Adds an expression of a list.
#[doc(hidden)]
pub fn sort_by<D: Dialect, T: Source, E: SortOf<D, T, I>, I>(key: E, direction: Direction, to: &mut SortList<'_>) {
    key.sort(direction, to);
}

/// Declares what a user may sort a table by: an `enum` of columns and expressions with names, so that a name from outside
/// can be nothing else.
///
/// ```
/// use mizzle::{prelude::*, query::Sorting, sortable};
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// sortable!(UserSort for User { Newest = "newest" => User::id, Name = "name" => User::name.lower() });
///
/// let wanted: Sorting<UserSort> = "-name".parse()?;
/// let query = User::query::<Sqlite>().select(User::id).order_by((wanted, User::id));
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."id" FROM "users" ORDER BY lower("users"."name") DESC, "users"."id""#
/// );
///
/// let error = "password".parse::<Sorting<UserSort>>().unwrap_err();
/// assert_eq!(error.to_string(), "no such sort key: there are newest, name");
/// # Ok::<(), mizzle::query::UnknownSortKey>(())
/// ```
///
/// The enum is a sort key by itself, with a direction (`UserSort::Name.desc()`, `.order(direction)`), in an `Option` and in
/// a `Vec`, in every query that the table is part of. It and [`Sorting`] are text through `FromStr`, `Display` and serde.
#[macro_export]
macro_rules! sortable {
    (
        $(#[$meta:meta])* $vis:vis $sort:ident for $table:ty
        { $($(#[$variant_meta:meta])* $variant:ident = $name:literal => $key:expr),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        #[derive(::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash)]
        $vis enum $sort {
            $($(#[$variant_meta])* #[doc = ::core::concat!("`", $name, "`")] $variant),+
        }

        const _: () = {
            use $crate::__private as __m;

            impl __m::Sortable for $sort {
                type Source = $table;
                const ALL: &'static [Self] = &[$($sort::$variant),+];

                fn name(self) -> &'static str {
                    match self {
                        $($sort::$variant => $name),+
                    }
                }

                fn add<__D: __m::Dialect>(self, direction: __m::Direction, to: &mut __m::SortList<'_>) {
                    match self {
                        $($sort::$variant => __m::sort_by::<__D, $table, _, _>($key, direction, to)),+
                    }
                }
            }

            #[diagnostic::do_not_recommend]
            impl<__C: __m::Takes<__m::SortPart>> __m::StandsIn<__C> for $sort {
                type Fit = <__C as __m::Takes<__m::SortPart>>::Fit;
            }

            impl<__D: __m::Dialect, __S: __m::InScope<$table, __I>, __I> __m::SortKeys<__D, __S, __I, Self, __m::No, __m::Fits> for $sort {
                fn keys(self, to: &mut __m::SortList<'_>) {
                    __m::Sortable::add::<__D>(self, __m::Direction::Asc, to);
                }
            }

            impl ::core::str::FromStr for $sort {
                type Err = __m::UnknownSortKey;

                fn from_str(name: &str) -> __m::Result<Self, __m::UnknownSortKey> {
                    match name {
                        $($name => __m::Ok($sort::$variant),)+
                        _ => __m::Err(__m::UnknownSortKey::of::<Self>()),
                    }
                }
            }

            impl ::core::fmt::Display for $sort {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.write_str(__m::Sortable::name(*self))
                }
            }

            impl __m::serde::Serialize for $sort {
                fn serialize<S: __m::serde::Serializer>(&self, serializer: S) -> __m::Result<S::Ok, S::Error> {
                    serializer.serialize_str(__m::Sortable::name(*self))
                }
            }

            impl<'de> __m::serde::Deserialize<'de> for $sort {
                fn deserialize<D: __m::serde::Deserializer<'de>>(deserializer: D) -> __m::Result<Self, D::Error> {
                    let name = <::std::string::String as __m::serde::Deserialize>::deserialize(deserializer)?;
                    name.parse().map_err(<D::Error as __m::serde::de::Error>::custom)
                }
            }
        };
    };
}
