//! ORDER BY.

use super::state::{SelectedIn, SortedBy};
use crate::{
    dialect::Dialect,
    expr::{Expr, ExprIn, Holds, Render, for_each_expression},
    render::{Fragment, Place},
};

/// The direction of a sort key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// From small to large.
    #[default]
    Asc,
    /// From large to small.
    Desc,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Direction::Asc => Direction::Desc,
            Direction::Desc => Direction::Asc,
        }
    }
}

/// Where NULLs sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nulls {
    /// Before all values.
    First,
    /// After all values.
    Last,
}

/// A sort key: an expression with a direction.
#[derive(Debug, Clone, Copy)]
pub struct Order<E> {
    expression: E,
    direction: Direction,
    nulls: Option<Nulls>,
}

impl<E> Order<E> {
    /// Another expression in the same direction.
    pub(crate) fn map<F>(self, with: impl FnOnce(E) -> F) -> Order<F> {
        Order { expression: with(self.expression), direction: self.direction, nulls: self.nulls }
    }

    /// From small to large.
    pub(crate) const fn ascending(expression: E) -> Self {
        Order { expression, direction: Direction::Asc, nulls: None }
    }

    pub(crate) const fn nulls(&self) -> Option<Nulls> {
        self.nulls
    }

    /// The key that sorts an expression, rendered, in this direction.
    pub(crate) const fn of(&self, expression: Fragment) -> SortKey {
        SortKey { expression, direction: self.direction, nulls: self.nulls }
    }

    /// The expression, in a direction.
    pub(crate) fn in_direction(expression: E, direction: Direction) -> Self {
        Order { expression, direction, nulls: None }
    }

    /// The expression and its direction.
    pub(crate) fn into_parts(self) -> (E, Direction) {
        (self.expression, self.direction)
    }

    /// NULLs before all values, whatever the direction.
    pub fn nulls_first(mut self) -> Self {
        self.nulls = Some(Nulls::First);
        self
    }

    /// NULLs after all values, whatever the direction.
    pub fn nulls_last(mut self) -> Self {
        self.nulls = Some(Nulls::Last);
        self
    }
}

/// Sort keys made of expressions. Where NULLs sort otherwise is the database's business: SQLite takes them as smallest.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, age: Option<i32> }
/// let newest_first = Direction::Desc;
/// let query = User::query::<Sqlite>().select(User::id).order_by((User::age.asc().nulls_last(), User::id.order(newest_first)));
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."id" FROM "users" ORDER BY "users"."age" NULLS LAST, "users"."id" DESC"#
/// );
/// ```
pub trait OrderExpr: Expr {
    /// From small to large.
    fn asc(self) -> Order<Self> {
        self.order(Direction::Asc)
    }

    /// From large to small.
    fn desc(self) -> Order<Self> {
        self.order(Direction::Desc)
    }

    /// In a direction that is known only at run time.
    fn order(self, direction: Direction) -> Order<Self> {
        Order::in_direction(self, direction)
    }
}

impl<E: Expr> OrderExpr for E {}

/// A sort key, rendered but for its direction.
#[derive(Debug, Clone)]
pub struct SortKey {
    pub(crate) expression: Fragment,
    direction: Direction,
    nulls: Option<Nulls>,
}

impl SortKey {
    pub(crate) const fn new(expression: Fragment, direction: Direction) -> Self {
        SortKey { expression, direction, nulls: None }
    }

    /// Writes it.
    pub(crate) fn write(self, out: &mut Fragment) {
        let has_clause = out.syntax().spelling.nulls_order;
        // Without the clause, NULL sorts before all else: often, that is as it shall be, and one key stays one.
        let as_sorted = if self.direction == Direction::Asc { Nulls::First } else { Nulls::Last };
        if let Some(nulls) = self.nulls.filter(|nulls| !has_clause && *nulls != as_sorted) {
            // False sorts before true.
            let (is_null, is_not_null) = out.null_tests();
            out.sql("(");
            out.append(self.expression.clone());
            out.sql(")");
            out.sql(if nulls == Nulls::First { is_not_null } else { is_null });
            out.sql(", ");
        }
        out.append(self.expression);
        write_direction(self.direction, self.nulls.filter(|_| has_clause), out);
    }
}

fn write_direction(direction: Direction, nulls: Option<Nulls>, out: &mut Fragment) {
    if direction == Direction::Desc {
        out.sql(" DESC");
    }
    match nulls {
        Some(Nulls::First) => out.sql(" NULLS FIRST"),
        Some(Nulls::Last) => out.sql(" NULLS LAST"),
        None => {}
    }
}

impl<E> Order<E> {
    fn into_key<D: Dialect>(self) -> SortKey
    where
        E: Render<D>,
    {
        let mut expression = Fragment::clause(D::SYNTAX);
        self.expression.render(&mut expression);
        SortKey { expression, direction: self.direction, nulls: self.nulls }
    }
}

impl<D: Dialect, E: Render<D>> Render<D> for Order<E> {
    fn render(self, out: &mut Fragment) {
        if self.nulls.is_some() && !D::SYNTAX.spelling.nulls_order {
            let mut expression = out.part();
            self.expression.render(&mut expression);
            return SortKey { expression, direction: self.direction, nulls: self.nulls }.write(out);
        }
        self.expression.render(out);
        write_direction(self.direction, self.nulls, out);
    }
}

/// Where sort keys go: into ORDER BY, or into a list of their own.
#[derive(Debug)]
pub struct SortList<'a>(To<'a>);

#[derive(Debug)]
enum To<'a> {
    /// After the keys since a place.
    Clause(&'a mut Fragment, Place),
    List(&'a mut Vec<SortKey>),
}

impl<'a> SortList<'a> {
    /// Keys that come after those in `out` since `start`.
    pub(crate) fn since(out: &'a mut Fragment, start: Place) -> Self {
        SortList(To::Clause(out, start))
    }

    /// Keys that are kept.
    pub(crate) fn kept(list: &'a mut Vec<SortKey>) -> Self {
        SortList(To::List(list))
    }

    pub(crate) fn push<D: Dialect, E: Render<D>>(&mut self, key: Order<E>) {
        match &mut self.0 {
            To::Clause(out, start) => {
                separate(out, *start);
                key.render(out);
            }
            To::List(list) => list.push(key.into_key()),
        }
    }

    /// Adds a key that is rendered.
    pub(crate) fn push_key(&mut self, key: SortKey) {
        match &mut self.0 {
            To::Clause(out, start) => {
                separate(out, *start);
                key.write(out);
            }
            To::List(list) => list.push(key),
        }
    }
}

fn separate(out: &mut Fragment, start: Place) {
    if out.end() != start {
        out.sql(", ");
    }
}

/// One or several sort keys in the scope `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something to order by",
    label = "expected a column or an expression, with `.asc()` or `.desc()`"
)]
pub trait SortKeys<D: Dialect, S, I> {
    /// The expressions without their directions.
    type Bare;
    /// Whether one holds an aggregate or a window function.
    type Aggregates: Holds;

    /// Renders them.
    fn keys(self, to: &mut SortList<'_>);
}

impl<D: Dialect, S, I, E: ExprIn<S, I> + Render<D>> SortKeys<D, S, I> for Order<E> {
    type Bare = E;
    type Aggregates = E::Aggregates;

    fn keys(self, to: &mut SortList<'_>) {
        to.push::<D, E>(self);
    }
}

macro_rules! expressions {
    ([$($generic:ident),*] $expression:ty) => {
        impl<Db: Dialect, Scope, At, $($generic),*> SortKeys<Db, Scope, At> for $expression
        where
            Self: ExprIn<Scope, At> + Render<Db>,
        {
            type Bare = Self;
            type Aggregates = <Self as Expr>::Aggregates;

            fn keys(self, to: &mut SortList<'_>) {
                to.push::<Db, Self>(self.asc());
            }
        }
    };
}

for_each_expression!(expressions);
expressions!([T] crate::expr::Param<T>);

/// A key that may be left out at run time.
impl<D: Dialect, S, I, K: SortKeys<D, S, I>> SortKeys<D, S, I> for Option<K> {
    type Bare = K::Bare;
    type Aggregates = K::Aggregates;

    fn keys(self, to: &mut SortList<'_>) {
        if let Some(keys) = self {
            keys.keys(to);
        }
    }
}

/// Keys whose number is known only at run time.
impl<D: Dialect, S, I, K: SortKeys<D, S, I>> SortKeys<D, S, I> for Vec<K> {
    type Bare = K::Bare;
    type Aggregates = K::Aggregates;

    fn keys(self, to: &mut SortList<'_>) {
        self.into_iter().for_each(|keys| keys.keys(to));
    }
}

macro_rules! tuples {
    ($($key:ident $index:ident),+) => {
        impl<Db: Dialect, Scope, $($key: SortKeys<Db, Scope, $index>, $index),+> SortKeys<Db, Scope, ($($index,)+)> for ($($key,)+) {
            type Bare = ($($key::Bare,)+);
            type Aggregates = tuples!(@or $($key::Aggregates),+);

            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn keys(self, to: &mut SortList<'_>) {
                let ($($key,)+) = self;
                $($key.keys(to);)+
            }
        }

        #[diagnostic::do_not_recommend]
        impl<Selected, $($key, $index),+> SelectedIn<Selected, ($($index,)+)> for SortedBy<($($key,)+)>
        where
            $(SortedBy<$key>: SelectedIn<Selected, $index>),+
        {
        }
    };
    (@or $first:ty) => { $first };
    (@or $first:ty, $($rest:ty),+) => { <$first as Holds>::Or<tuples!(@or $($rest),+)> };
}

tuples!(A IA);
tuples!(A IA, B IB);
tuples!(A IA, B IB, C IC);
tuples!(A IA, B IB, C IC, D ID);
tuples!(A IA, B IB, C IC, D ID, E IE);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH);
