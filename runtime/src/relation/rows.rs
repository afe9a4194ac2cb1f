//! The rows that a relation leads to, in expressions: `User::posts().any()`, `User::posts().count()`.

use super::{Rel, Relation, TablesIn};
use crate::{
    Error,
    dialect::Dialect,
    expr::{Aggregate, AggregateExpr, Averageable, Avg, Max, Min, Node, Sum, Summable},
    query::{
        Conditions, Exists, Filter, Outer, Scalar, Select, exists, not_exists, read_scope,
        state::{OneGroup, Rows, Selectable, Selected},
    },
    render::{Fragment, Marking},
    run::Decode,
    table::Source,
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

fn condition<D: Dialect, R: Relation, F: Filter<D, R::Scope, I>, I>(filter: F) -> Fragment {
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
fn rows<D: Dialect, R: Relation>(
    relation: Rel<R>,
    condition: Fragment,
    selection: Option<Fragment>,
) -> RelatedRows<D, R> {
    let (from, to, link) = (R::From::NAME, R::To::NAME, relation.key_link());
    let filter = relation.condition::<D>(clause::<D>(|_| {}));
    let texts = || [Some(&condition), filter.as_ref(), selection.as_ref()].into_iter().flatten();
    let is_free = |alias: &str| ![to, link.table].contains(&alias) && !texts().any(|text| text.names(alias));
    // SQLite ignores the case of names.
    let again = [to, link.table].into_iter().find(|name| name.eq_ignore_ascii_case(from));
    let alias = again.map(|name| (name, alias(is_free)));
    let called = |name: &str| alias.filter(|(again, _)| *again == name).map(|(_, alias)| alias);
    let renamed = |part: Fragment| match alias {
        Some((name, alias)) => part.with_source(name, alias),
        None => part,
    };
    let mut parts = relation.rows_called((called(to), called(link.table)), D::SYNTAX);
    parts.outer::<R::From>();
    let (condition, filter, selection) = (renamed(condition), filter.map(renamed), selection.map(renamed));
    parts.filter_linked((called(link.table).unwrap_or(link.table), link.other), (from, link.own));
    for condition in filter.into_iter().chain([condition]) {
        parts.filter_text(condition);
    }
    if let Some(selection) = selection {
        parts.selection().append(selection);
        parts.one_row = true;
    }
    Select::<D, (), ()>::of_parts(parts, read_scope::<D, (R::To,)>)
}

impl<R: Relation> Rel<R> {
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
    pub fn any<D: Dialect>(self) -> Exists<RelatedRows<D, R>>
    where
        R::Scope: TablesIn<D::Name>,
    {
        exists(rows::<D, R>(self, clause::<D>(|_| {}), None))
    }

    /// Whether it leads to any row for which a condition holds.
    pub fn any_where<D: Dialect, F: Filter<D, R::Scope, At>, At>(self, filter: F) -> Exists<RelatedRows<D, R>>
    where
        R::Scope: TablesIn<D::Name>,
    {
        exists(rows::<D, R>(self, condition::<D, R, F, At>(filter), None))
    }

    /// Whether it leads to no row: NOT EXISTS.
    pub fn none<D: Dialect>(self) -> Exists<RelatedRows<D, R>>
    where
        R::Scope: TablesIn<D::Name>,
    {
        not_exists(rows::<D, R>(self, clause::<D>(|_| {}), None))
    }

    /// Whether it leads to no row for which a condition holds.
    pub fn none_where<D: Dialect, F: Filter<D, R::Scope, At>, At>(self, filter: F) -> Exists<RelatedRows<D, R>>
    where
        R::Scope: TablesIn<D::Name>,
    {
        not_exists(rows::<D, R>(self, condition::<D, R, F, At>(filter), None))
    }

    /// Whether a condition holds for all rows that it leads to, which may be none.
    pub fn all_where<D: Dialect, F: Filter<D, R::Scope, At>, At>(self, filter: F) -> Exists<RelatedRows<D, R>>
    where
        R::Scope: TablesIn<D::Name>,
    {
        let condition = condition::<D, R, F, At>(filter);
        if condition.is_empty() {
            // It holds for each of them.
            return not_exists(rows::<D, R>(self, clause::<D>(|out| out.sql("1 = 0")), None));
        }
        let otherwise = clause::<D>(|out| {
            out.sql("(");
            out.append(condition);
            out.sql(") IS NOT TRUE");
        });
        not_exists(rows::<D, R>(self, otherwise, None))
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
    pub fn count<D: Dialect>(self) -> RelatedValue<D, R, i64>
    where
        R::Scope: TablesIn<D::Name>,
    {
        let count = clause::<D>(|out| out.sql("count(*)"));
        value::<D, R, _>(rows::<D, R>(self, clause::<D>(|_| {}), Some(count)), read_value::<D, i64>)
    }

    /// How many rows it leads to for which a condition holds.
    pub fn count_where<D: Dialect, F: Filter<D, R::Scope, At>, At>(self, filter: F) -> RelatedValue<D, R, i64>
    where
        R::Scope: TablesIn<D::Name>,
    {
        let count = clause::<D>(|out| out.sql("count(*)"));
        value::<D, R, _>(rows::<D, R>(self, condition::<D, R, F, At>(filter), Some(count)), read_value::<D, i64>)
    }

    /// One aggregate of the rows that it leads to: `User::posts().value(Post::views.max())`.
    pub fn value<D, A, At, V>(self, aggregate: A) -> RelatedValue<D, R, V>
    where
        D: Dialect,
        R::Scope: TablesIn<D::Name>,
        A: Selectable<D, R::Scope, Rows, At, V, Selected<OneGroup>>,
        V: FieldType,
    {
        let selection = clause::<D>(|out| aggregate.render(out));
        value::<D, R, _>(rows::<D, R>(self, clause::<D>(|_| {}), Some(selection)), A::read)
    }

    /// The sum of an expression over the rows that it leads to; of no rows it is NULL.
    pub fn sum<D, E, At, V>(self, expression: E) -> RelatedValue<D, R, V>
    where
        D: Dialect,
        R::Scope: TablesIn<D::Name>,
        E: AggregateExpr<Base: Summable>,
        Node<Aggregate<Sum, <E::Base as Summable>::Sum>, (E,)>:
            Selectable<D, R::Scope, Rows, At, V, Selected<OneGroup>>,
        V: FieldType,
    {
        self.value(AggregateExpr::sum(expression))
    }

    /// The average of an expression over the rows that it leads to; of no rows it is NULL.
    pub fn avg<D, E, At, V>(self, expression: E) -> RelatedValue<D, R, V>
    where
        D: Dialect,
        R::Scope: TablesIn<D::Name>,
        E: AggregateExpr<Base: Averageable>,
        Node<Aggregate<Avg, <E::Base as Averageable>::Average>, (E,)>:
            Selectable<D, R::Scope, Rows, At, V, Selected<OneGroup>>,
        V: FieldType,
    {
        self.value(AggregateExpr::avg(expression))
    }

    /// The smallest value of an expression over the rows that it leads to; of no rows it is NULL.
    pub fn min<D, E, At, V>(self, expression: E) -> RelatedValue<D, R, V>
    where
        D: Dialect,
        R::Scope: TablesIn<D::Name>,
        E: AggregateExpr,
        Node<Aggregate<Min, E::Base>, (E,)>: Selectable<D, R::Scope, Rows, At, V, Selected<OneGroup>>,
        V: FieldType,
    {
        self.value(AggregateExpr::min(expression))
    }

    /// The largest value of an expression over the rows that it leads to; of no rows it is NULL.
    pub fn max<D, E, At, V>(self, expression: E) -> RelatedValue<D, R, V>
    where
        D: Dialect,
        R::Scope: TablesIn<D::Name>,
        E: AggregateExpr,
        Node<Aggregate<Max, E::Base>, (E,)>: Selectable<D, R::Scope, Rows, At, V, Selected<OneGroup>>,
        V: FieldType,
    {
        self.value(AggregateExpr::max(expression))
    }
}
