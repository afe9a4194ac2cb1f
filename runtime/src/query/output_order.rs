//! ORDER BY of the columns that a query returns.

use super::{
    order::{Order, SortKey, SortList},
    output::ResultRow,
    parts::Parts,
    select::Select,
    state::{HasOutput, State},
};
use crate::{
    dialect::Dialect,
    render::Fragment,
    table::{Col, Column},
};

/// What the columns belong to that `.order_by_output(..)` gives: the result of the query.
#[derive(Debug)]
pub struct Outputs;

/// Collects sort keys that are columns of the result.
#[derive(Debug)]
pub struct OutputList<'a> {
    parts: &'a mut Parts,
    keys: Vec<SortKey>,
}

impl OutputList<'_> {
    /// Adds the column at a place, from 0.
    fn push<E>(&mut self, place: usize, order: &Order<E>) {
        let mut column = Fragment::clause(self.parts.syntax());
        if order.nulls().is_some() && !self.parts.syntax().spelling.nulls_order {
            // What takes the place of NULLS LAST is an expression, in which a number is no column.
            self.parts.name_columns();
            column.sql("c");
        }
        column.number(place as u64 + 1);
        self.keys.push(order.of(column));
    }
}

/// Columns of the result of a query, with their directions.
#[diagnostic::on_unimplemented(
    message = "a result is ordered by its columns, and this is none",
    label = "expected a column that the closure is given, with `.asc()` or `.desc()`, or a tuple of these"
)]
pub trait OutputKeys {
    /// Adds them.
    fn keys(self, to: &mut OutputList<'_>);
}

#[diagnostic::do_not_recommend]
impl<C: Column> OutputKeys for Order<Col<C, Outputs>> {
    fn keys(self, to: &mut OutputList<'_>) {
        to.push(C::INDEX, &self);
    }
}

#[diagnostic::do_not_recommend]
impl<C: Column> OutputKeys for Col<C, Outputs> {
    fn keys(self, to: &mut OutputList<'_>) {
        to.push(C::INDEX, &Order::ascending(self));
    }
}

#[diagnostic::do_not_recommend]
impl<C: Column> OutputKeys for &'static Col<C, Outputs> {
    fn keys(self, to: &mut OutputList<'_>) {
        OutputKeys::keys(*self, to);
    }
}

macro_rules! tuples {
    ($($key:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($key: OutputKeys),+> OutputKeys for ($($key,)+) {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn keys(self, to: &mut OutputList<'_>) {
                let ($($key,)+) = self;
                $($key.keys(to);)+
            }
        }
    };
}

tuples!(A);
tuples!(A, B);
tuples!(A, B, C);
tuples!(A, B, C, D);
tuples!(A, B, C, D, E);
tuples!(A, B, C, D, E, F);
tuples!(A, B, C, D, E, F, G);
tuples!(A, B, C, D, E, F, G, H);

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    /// Sorts by columns of the result: a closure picks them out of the row, by name or by place. It comes after
    /// `.select(..)`, and is the only order of a [`union`](Self::union).
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let query = User::query::<Sqlite>()
    ///     .select(row!({ id: User::id, rank: User::name.length() * 10 }))
    ///     .order_by_output(|row| (row.rank.desc(), row.id));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."id", length("users"."name") * ? FROM "users" ORDER BY 2 DESC, 1"#
    /// );
    /// let query = User::query::<Sqlite>().select((User::id, User::name)).order_by_output(|(_, name)| name.desc());
    /// assert_eq!(query.to_sql().sql, r#"SELECT "users"."id", "users"."name" FROM "users" ORDER BY 2 DESC"#);
    /// ```
    ///
    /// To the database, an expression that is repeated in `.order_by(..)` is another one if it holds values.
    pub fn order_by_output<K: OutputKeys, I>(mut self, keys: impl FnOnce(&'static R::Columns<Outputs>) -> K) -> Self
    where
        R: ResultRow<I>,
        State<X>: HasOutput,
    {
        self.parts.begin_order_of_output();
        let mut list = OutputList { parts: &mut self.parts, keys: Vec::new() };
        keys(R::result_columns::<Outputs>()).keys(&mut list);
        let keys = list.keys;
        self.parts.add_order(|list: &mut SortList<'_>| keys.into_iter().for_each(|key| list.push_key(key)));
        self
    }
}
