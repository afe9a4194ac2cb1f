//! A relation as a value: what an accessor returns.

use std::marker::PhantomData;

use super::{
    Between, BetweenOthers, Junction, KeyColumn, KeyType, Link, LinkColumns, PrimaryKeyOf, Relation, RelationFilter,
    check::Base, filter,
};
use crate::{
    dialect::{Dialect, DialectKind, Syntax},
    query::Parts,
    render::Fragment,
    table::{Col, Column, Flag, Source, SourceId, Table},
};

/// A relation of a table, as its accessor returns it: `User::posts()` is a `Rel<HasMany<User, Post, _>>`.
///
/// It is loaded (`.with(User::posts())`), asked for its rows (`User::posts().any()`), and the condition of a join:
///
/// ```
/// use mizzle::prelude::*;
///
/// #[derive(Table, Debug, PartialEq)]
/// #[table(name = "users", has_many(
///     groups(Group, through(Membership::user_id, Membership::group_id)),
///     led(Group, through(Membership::user_id, Membership::group_id), filter = Membership::role.eq("lead")),
/// ))]
/// struct User {
///     #[column(primary_key)]
///     id: i64,
///     name: String,
/// }
///
/// #[derive(Table, Debug, PartialEq)]
/// #[table(name = "groups", has_one(lead(Membership::group_id, filter = Membership::role.eq("lead"))))]
/// struct Group {
///     #[column(primary_key)]
///     id: i64,
///     name: String,
/// }
///
/// #[derive(Table, Debug, PartialEq)]
/// #[table(name = "memberships", primary_key(user_id, group_id))]
/// struct Membership {
///     #[column(references = User::id)]
///     user_id: i64,
///     #[column(references = Group::id)]
///     group_id: i64,
///     role: String,
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
/// # let db = SqlitePool::connect("sqlite::memory:").await?;
/// # schema! { User, Group, Membership }.create_tables(&db).await?;
/// # for (id, name) in [(1, "Ann"), (2, "Bob")] { User::insert().values((User::id.set(id), User::name.set(name))).execute(&db).await?; }
/// # Group::insert().values((Group::id.set(1), Group::name.set("Readers"))).execute(&db).await?;
/// # for (user, role) in [(1, "lead"), (2, "guest")] {
/// #     Membership::insert().values((Membership::user_id.set(user), Membership::group_id.set(1), Membership::role.set(role))).execute(&db).await?;
/// # }
/// // The rows on the other side, and what the table between says of them.
/// let users: Vec<(User, Vec<(String, String)>)> = User::query()
///     .with(User::groups().select((Group::name, Membership::role)).order_by(Membership::role))
///     .order_by(User::id)
///     .fetch_all(&db)
///     .await?;
/// assert_eq!(users[1].1, [("Readers".to_owned(), "guest".to_owned())]);
///
/// let guests = User::query().filter(User::groups().any_where(Membership::role.eq("guest"))).select(User::name);
/// assert_eq!(guests.fetch_all(&db).await?, ["Bob"]);
///
/// // Those for which the condition of its declaration holds.
/// let query = User::query().select((User::name, User::led().count())).order_by(User::id);
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."name", (SELECT count(*) FROM "groups" INNER JOIN "memberships" ON "memberships"."group_id" = "groups"."id" WHERE "memberships"."user_id" = "users"."id" AND "memberships"."role" = ?) FROM "users" ORDER BY "users"."id""#
/// );
/// assert_eq!(query.fetch_all(&db).await?, [("Ann".to_owned(), 1), ("Bob".to_owned(), 0)]);
///
/// let leads = Group::query().left_join::<Membership>().on(Group::lead()).select((Group::name, Membership::user_id));
/// assert_eq!(leads.fetch_all(&db).await?, [("Readers".to_owned(), Some(1))]);
/// # Ok(()) }
/// ```
pub struct Rel<R> {
    link: &'static Link,
    /// Adds the condition that it was declared with.
    filter: Option<fn(DialectKind, &mut Fragment)>,
    marker: PhantomData<fn() -> R>,
}

/// The primary key of the table that a relation leads to.
type KeyOf<R> = <<R as Relation>::To as PrimaryKeyOf>::Key;

/// Whether two tables are the same.
type Same<A, B> = <<A as Source>::Id as SourceId>::Is<<B as Source>::Id>;

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

    /// Both columns are of the table between.
    #[doc(hidden)]
    pub fn through<Own: Column, Near: Column, Far: Column, J: Table, X: Source + Junction<J, Near>>(
        _: Col<Own, R::From>,
        _: Col<Near, J>,
        _: Col<Far, X>,
    ) -> Self
    where
        R::To: PrimaryKeyOf,
        <Same<X, J> as Flag>::And<Same<J, R::To>>: BetweenOthers<R::To>,
        Base<Near>: KeyType<Base<Own>, Near, Own>,
        Base<Far>: KeyType<Base<KeyOf<R>>, Far, KeyOf<R>>,
    {
        let link = const {
            &Link {
                own: &[KeyColumn::of::<Own>()],
                table: J::NAME,
                other: &[KeyColumn::of::<Near>()],
                between: Some(Between {
                    table: J::def,
                    far: &KeyColumn::of::<Far>(),
                    key: &KeyColumn::of::<KeyOf<R>>(),
                }),
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
        (!clause.is_empty()).then_some(clause)
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
