//! The rows that a relation leads to, in expressions: `User::posts().any()`, `User::posts().count()`.

use super::{BelongsTo, CardinalityOf, HasMany, HasOne, Relation};
use crate::{
    Error,
    dialect::Dialect,
    expr::{Aggregate, AggregateExpr, Averageable, Avg, Max, Min, Node, Sum, Summable},
    query::{
        Conditions, Exists, Filter, Outer, Parts, Scalar, Select, exists, not_exists, read_scope,
        state::{OneGroup, Rows, Selectable, Selected},
    },
    render::{Fragment, Marking},
    run::Decode,
    table::{Column, ColumnId, Flag, Source, SourceId, Table},
    value::FieldType,
};

/// A subquery of the rows that the relation `R` leads to.
pub type RelatedRows<D, R, Row = <R as Relation>::To, X = Rows> =
    Select<D, (<R as Relation>::To, Outer<<R as Relation>::From>), Row, X>;

/// One aggregate of the rows that the relation `R` leads to.
pub type RelatedValue<D, R, Row> = Scalar<RelatedRows<D, R, Row, Selected<OneGroup>>, Row>;

/// What a table is called inside, where a relation leads back to it: one of these that is not used further inside.
const ALIASES: [&str; 4] = ["related", "related_2", "related_3", "related_4"];

/// An alias that is free. Beyond the usual ones, each is made once for a query and stays: nobody nests that deep.
fn alias(is_free: impl Fn(&str) -> bool) -> &'static str {
    let usual = ALIASES.iter().copied().find(|alias| is_free(alias));
    usual.unwrap_or_else(|| {
        let more = (5_usize..).map(|n| format!("related_{n}")).find(|alias| is_free(alias));
        more.unwrap_or_default().leak()
    })
}

/// Something of the rows of `R`: a clause in which their columns are marked.
fn clause<D: Dialect>(write: impl FnOnce(&mut Fragment)) -> Fragment {
    let mut clause = Fragment::clause(D::SYNTAX);
    clause.remember(Marking::Columns);
    write(&mut clause);
    clause
}

fn condition<D: Dialect, R: Relation, F: Filter<D, (R::To,), I>, I>(filter: F) -> Fragment {
    clause::<D>(|out| filter.add_to(&mut Conditions::all(out)))
}

fn value<D: Dialect, R: Relation, V: FieldType>(
    rows: RelatedRows<D, R>,
    decode: Decode<D, V>,
) -> RelatedValue<D, R, V> {
    Scalar::of(Select::<D, (), ()>::of_parts(rows.parts, decode))
}

fn read_value<D: Dialect, V: FieldType>(row: &mut D::Row<'_>) -> Result<V, Error> {
    V::read(row)
}

/// The rows for which the condition holds, `selection` of them.
fn rows<D: Dialect, R: Relation>(relation: R, condition: Fragment, selection: Option<Fragment>) -> RelatedRows<D, R> {
    let (from, to, link) = (R::From::NAME, R::To::NAME, relation.link());
    let returns = <<<R::From as Source>::Id as SourceId>::Is<<R::To as Source>::Id> as Flag>::VALUE;
    let is_free = |alias: &str| {
        alias != to && !condition.names(alias) && !selection.as_ref().is_some_and(|selection| selection.names(alias))
    };
    let alias = returns.then(|| alias(is_free));
    let called = |part: Fragment| match alias {
        Some(alias) => part.with_source(to, alias),
        None => part,
    };
    let mut parts = Parts::from_called::<R::To>(alias, D::SYNTAX);
    parts.outer::<R::From>();
    parts.filter_linked((alias.unwrap_or(to), link.other.name), (from, link.own.name), called(condition));
    if let Some(selection) = selection {
        parts.selection().append(called(selection));
        parts.one_row = true;
    }
    Select::<D, (), ()>::of_parts(parts, read_scope::<D, (R::To,)>)
}

macro_rules! relations {
    ($([$($generics:tt)*] $kind:ty;)*) => {$(
        impl<$($generics)*> $kind
        where
            Self: Relation,
        {
            /// Whether it leads to any row: EXISTS.
            ///
            /// ```
            /// use mizzle::prelude::*;
            /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key)] id: i64, name: String }
            /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: i64 }
            /// let query = User::query::<Sqlite>().filter(User::posts().any()).select(User::name);
            /// assert_eq!(
            ///     query.to_sql().sql,
            ///     r#"SELECT "users"."name" FROM "users" WHERE EXISTS (SELECT 1 FROM "posts" WHERE "posts"."author_id" = "users"."id")"#
            /// );
            /// ```
            pub fn any<D: Dialect>(self) -> Exists<RelatedRows<D, Self>> {
                exists(rows::<D, Self>(self, clause::<D>(|_| {}), None))
            }

            /// Whether it leads to any row for which a condition holds.
            pub fn any_where<D: Dialect, F: Filter<D, (<Self as Relation>::To,), At>, At>(
                self,
                filter: F,
            ) -> Exists<RelatedRows<D, Self>> {
                exists(rows::<D, Self>(self, condition::<D, Self, F, At>(filter), None))
            }

            /// Whether it leads to no row: NOT EXISTS.
            pub fn none<D: Dialect>(self) -> Exists<RelatedRows<D, Self>> {
                not_exists(rows::<D, Self>(self, clause::<D>(|_| {}), None))
            }

            /// Whether it leads to no row for which a condition holds.
            pub fn none_where<D: Dialect, F: Filter<D, (<Self as Relation>::To,), At>, At>(
                self,
                filter: F,
            ) -> Exists<RelatedRows<D, Self>> {
                not_exists(rows::<D, Self>(self, condition::<D, Self, F, At>(filter), None))
            }

            /// Whether a condition holds for all rows that it leads to, which may be none.
            pub fn all_where<D: Dialect, F: Filter<D, (<Self as Relation>::To,), At>, At>(
                self,
                filter: F,
            ) -> Exists<RelatedRows<D, Self>> {
                let condition = condition::<D, Self, F, At>(filter);
                if condition.is_empty() {
                    // It holds for each of them.
                    return not_exists(rows::<D, Self>(self, clause::<D>(|out| out.sql("1 = 0")), None));
                }
                let otherwise = clause::<D>(|out| {
                    out.sql("(");
                    out.append(condition);
                    out.sql(") IS NOT TRUE");
                });
                not_exists(rows::<D, Self>(self, otherwise, None))
            }

            /// How many rows it leads to.
            ///
            /// ```
            /// use mizzle::prelude::*;
            /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key)] id: i64, name: String }
            /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: i64 }
            /// let query = User::query::<Sqlite>().select((User::name, User::posts().count()));
            /// assert_eq!(
            ///     query.to_sql().sql,
            ///     r#"SELECT "users"."name", (SELECT count(*) FROM "posts" WHERE "posts"."author_id" = "users"."id") FROM "users""#
            /// );
            /// ```
            pub fn count<D: Dialect>(self) -> RelatedValue<D, Self, i64> {
                let count = clause::<D>(|out| out.sql("count(*)"));
                value::<D, Self, _>(rows::<D, Self>(self, clause::<D>(|_| {}), Some(count)), read_value::<D, i64>)
            }

            /// How many rows it leads to for which a condition holds.
            pub fn count_where<D: Dialect, F: Filter<D, (<Self as Relation>::To,), At>, At>(
                self,
                filter: F,
            ) -> RelatedValue<D, Self, i64> {
                let count = clause::<D>(|out| out.sql("count(*)"));
                value::<D, Self, _>(rows::<D, Self>(self, condition::<D, Self, F, At>(filter), Some(count)), read_value::<D, i64>)
            }

            /// One aggregate of the rows that it leads to: `User::posts().value(Post::views.max())`.
            pub fn value<D, A, At, V>(self, aggregate: A) -> RelatedValue<D, Self, V>
            where
                D: Dialect,
                A: Selectable<D, (<Self as Relation>::To,), Rows, At, V, Selected<OneGroup>>,
                V: FieldType,
            {
                let selection = clause::<D>(|out| aggregate.render(out));
                value::<D, Self, _>(rows::<D, Self>(self, clause::<D>(|_| {}), Some(selection)), A::read)
            }

            /// The sum of an expression over the rows that it leads to; of no rows it is NULL.
            pub fn sum<D, E, At, V>(self, expression: E) -> RelatedValue<D, Self, V>
            where
                D: Dialect,
                E: AggregateExpr<Base: Summable>,
                Node<Aggregate<Sum, <E::Base as Summable>::Sum>, (E,)>:
                    Selectable<D, (<Self as Relation>::To,), Rows, At, V, Selected<OneGroup>>,
                V: FieldType,
            {
                self.value(AggregateExpr::sum(expression))
            }

            /// The average of an expression over the rows that it leads to; of no rows it is NULL.
            pub fn avg<D, E, At, V>(self, expression: E) -> RelatedValue<D, Self, V>
            where
                D: Dialect,
                E: AggregateExpr<Base: Averageable>,
                Node<Aggregate<Avg, <E::Base as Averageable>::Average>, (E,)>:
                    Selectable<D, (<Self as Relation>::To,), Rows, At, V, Selected<OneGroup>>,
                V: FieldType,
            {
                self.value(AggregateExpr::avg(expression))
            }

            /// The smallest value of an expression over the rows that it leads to; of no rows it is NULL.
            pub fn min<D, E, At, V>(self, expression: E) -> RelatedValue<D, Self, V>
            where
                D: Dialect,
                E: AggregateExpr,
                Node<Aggregate<Min, E::Base>, (E,)>:
                    Selectable<D, (<Self as Relation>::To,), Rows, At, V, Selected<OneGroup>>,
                V: FieldType,
            {
                self.value(AggregateExpr::min(expression))
            }

            /// The largest value of an expression over the rows that it leads to; of no rows it is NULL.
            pub fn max<D, E, At, V>(self, expression: E) -> RelatedValue<D, Self, V>
            where
                D: Dialect,
                E: AggregateExpr,
                Node<Aggregate<Max, E::Base>, (E,)>:
                    Selectable<D, (<Self as Relation>::To,), Rows, At, V, Selected<OneGroup>>,
                V: FieldType,
            {
                self.value(AggregateExpr::max(expression))
            }
        }
    )*};
}

relations! {
    [C: Table, T: Table, K: Column<Value: CardinalityOf>] BelongsTo<C, T, K>;
    [P: Table, C: Table, I: ColumnId] HasOne<P, C, I>;
    [P: Table, C: Table, I: ColumnId] HasMany<P, C, I>;
}
