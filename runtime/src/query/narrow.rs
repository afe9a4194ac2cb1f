//! Conditions on other tables that leave the type of a query alone.

use super::{
    parts::Parts,
    scope::Entry,
    select::Select,
    sets::{Names, SideScope},
    state::{Rows, Selected, State},
};
use crate::{Error, dialect::Dialect, query::tail::Clause};

/// A scope that is `S` with more tables.
#[diagnostic::on_unimplemented(
    message = "`.narrow(..)` asks for each row whether there are others: a RIGHT or FULL JOIN has more rows than that",
    label = "makes what is there already optional"
)]
pub trait Extends<S> {}

/// What `.narrow(..)` ends in.
#[diagnostic::on_unimplemented(
    message = "`.narrow(..)` only asks whether there are rows: they are not grouped, made distinct or locked",
    label = "more than joins and conditions"
)]
pub trait Narrows {}
#[diagnostic::do_not_recommend]
impl Narrows for State<Rows> {}
#[diagnostic::do_not_recommend]
impl Narrows for State<Selected<Rows>> {}

/// The tables of a query around that `.narrow(..)` names: those that it named before, `L`.
#[diagnostic::on_unimplemented(
    message = "`.narrow(..)` joins tables: it cannot name one of a query around it",
    label = "names a table by `.outer::<..>()`"
)]
pub trait NoneMoreThan<L> {}
#[diagnostic::do_not_recommend]
impl NoneMoreThan<()> for () {}
#[diagnostic::do_not_recommend]
impl<T, A: NoneMoreThan<B>, B> NoneMoreThan<Names<T, B>> for Names<T, A> {}

macro_rules! extends {
    ($([$($entry:ident),+] [$($more:ident),*];)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($entry: Entry,)+ $($more: Entry),*> Extends<($($entry,)+)> for ($($entry,)+ $($more,)*) {}
    )*};
}

extends! {
    [A] []; [A] [B]; [A] [B, C]; [A] [B, C, D]; [A] [B, C, D, E]; [A] [B, C, D, E, F]; [A] [B, C, D, E, F, G];
    [A] [B, C, D, E, F, G, H];
    [A, B] []; [A, B] [C]; [A, B] [C, D]; [A, B] [C, D, E]; [A, B] [C, D, E, F]; [A, B] [C, D, E, F, G];
    [A, B] [C, D, E, F, G, H];
    [A, B, C] []; [A, B, C] [D]; [A, B, C] [D, E]; [A, B, C] [D, E, F]; [A, B, C] [D, E, F, G];
    [A, B, C] [D, E, F, G, H];
    [A, B, C, D] []; [A, B, C, D] [E]; [A, B, C, D] [E, F]; [A, B, C, D] [E, F, G]; [A, B, C, D] [E, F, G, H];
    [A, B, C, D, E] []; [A, B, C, D, E] [F]; [A, B, C, D, E] [F, G]; [A, B, C, D, E] [F, G, H];
    [A, B, C, D, E, F] []; [A, B, C, D, E, F] [G]; [A, B, C, D, E, F] [G, H];
    [A, B, C, D, E, F, G] []; [A, B, C, D, E, F, G] [H];
    [A, B, C, D, E, F, G, H] [];
}

fn read_nothing<D: Dialect>(_: &mut D::Row<'_>) -> Result<(), Error> {
    Ok(())
}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    /// Keeps the rows that would still be there after these joins and conditions: `EXISTS (..)`. Unlike the joins
    /// themselves it leaves the type of the query alone and never repeats a row, so it can be decided at run time. An
    /// `.offset(2)` in it asks for more than two of them; an order says nothing there.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, title: String, #[column(references = User::id)] author_id: i64 }
    /// # let with_posts_about = Some("Rust");
    /// let mut query = User::query::<Sqlite>().select(User::name);
    /// if let Some(topic) = with_posts_about {
    ///     query = query.narrow(|q| q.inner_join::<Post>().on(Post::author_id.eq(User::id)).filter(Post::title.eq(topic)));
    /// }
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."name" FROM "users" WHERE EXISTS (SELECT 1 FROM "posts" WHERE "posts"."author_id" = "users"."id" AND "posts"."title" = ?)"#
    /// );
    /// ```
    pub fn narrow<S2, R2, X2>(mut self, joins: impl FnOnce(Select<D, S, (), Rows>) -> Select<D, S2, R2, X2>) -> Self
    where
        S: SideScope,
        S2: Extends<S> + SideScope<Outer: NoneMoreThan<S::Outer>>,
        State<X2>: Narrows,
    {
        let mut inner =
            joins(Select::<D, S, (), Rows>::of_parts(Parts::narrowing(&self.parts), read_nothing::<D>)).parts;
        self.parts.take_hints(&mut inner);
        self.parts.add_conditions(Clause::Filter, |conditions| conditions.write(|out| inner.write_narrowing(out)));
        self
    }
}
