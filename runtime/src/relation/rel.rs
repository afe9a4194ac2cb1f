//! A relation as a value: what an accessor returns.

use std::marker::PhantomData;

use super::{Between, KeyColumn, Link, LinkColumns, Relation, RelationFilter, filter};
use crate::{
    dialect::{Dialect, DialectKind, Syntax},
    query::Parts,
    render::Fragment,
    table::{Col, Column, Source, Table},
};

/// A relation of a table, as its accessor returns it: `User::posts()` is a `Rel<HasMany<User, Post, _>>`.
///
/// It is loaded (`.with(User::posts())`), asked for its rows (`User::posts().any()`), and the condition of a join.
pub struct Rel<R> {
    link: &'static Link,
    /// Adds the condition that it was declared with.
    filter: Option<fn(DialectKind, &mut Fragment)>,
    marker: PhantomData<fn() -> R>,
}

impl<R> Clone for Rel<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Rel<R> {}

impl<R> std::fmt::Debug for Rel<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Link { own, table, other, .. } = self.link;
        let mut columns = f.debug_map();
        for (own, other) in own.iter().zip(*other) {
            columns.entry(&own.name, &format_args!("{table}.{}", other.name));
        }
        columns.finish()
    }
}

impl<R: Relation> Rel<R> {
    #[doc(hidden)]
    pub fn new<Own: LinkColumns<R::From>, Other: LinkColumns<R::To>>(_: Own, _: Other) -> Self {
        let link =
            const { &Link { own: Own::COLUMNS, table: <R::To as Source>::NAME, other: Other::COLUMNS, between: None } };
        Rel { link, filter: None, marker: PhantomData }
    }

    /// `Key` is the primary key of the table that it leads to.
    #[doc(hidden)]
    pub fn through<Key: Column, Own: Column, Near: Column, Far: Column, J: Table, X>(
        _: Col<Own, R::From>,
        _: Col<Near, J>,
        _: Col<Far, X>,
    ) -> Self {
        let link = const {
            &Link {
                own: &[KeyColumn::of::<Own>()],
                table: J::NAME,
                other: &[KeyColumn::of::<Near>()],
                between: Some(Between { table: J::def, far: &KeyColumn::of::<Far>(), key: &KeyColumn::of::<Key>() }),
            }
        };
        Rel { link, filter: None, marker: PhantomData }
    }

    /// Leads only to the rows for which a condition holds.
    #[doc(hidden)]
    #[must_use]
    pub fn only<F: RelationFilter>(self) -> Self {
        self.only_in(filter::in_each_dialect::<F>)
    }

    /// The same with a condition that only some dialects can say.
    #[doc(hidden)]
    #[must_use]
    pub fn only_in(self, filter: fn(DialectKind, &mut Fragment)) -> Self {
        Rel { filter: Some(filter), ..self }
    }

    /// The columns that are equal.
    pub(crate) fn key_link(self) -> &'static Link {
        self.link
    }

    /// The condition that it was declared with, if there is one, in this empty clause.
    pub(super) fn condition<D: Dialect>(self, mut clause: Fragment) -> Option<Fragment> {
        self.filter?(D::KIND, &mut clause);
        Some(clause)
    }

    /// The rows that it leads to, of all parents; those of `To` and of a junction may have other names.
    pub(super) fn rows_called(
        self,
        (to, between): (Option<&'static str>, Option<&'static str>),
        syntax: &'static Syntax,
    ) -> Box<Parts> {
        let mut parts = Parts::from_called::<R::To>(to, syntax);
        if let Some(junction) = &self.link.between {
            parts.join_between(junction, between, to.unwrap_or(<R::To as Source>::NAME));
        }
        parts
    }

    /// All rows that it leads to, of all parents.
    pub(super) fn all_rows<D: Dialect>(self) -> Box<Parts> {
        let mut parts = self.rows_called((None, None), D::SYNTAX);
        if let Some(condition) = self.condition::<D>(Fragment::clause(D::SYNTAX)) {
            parts.filter_text(condition);
        }
        parts
    }
}
