//! ORDER BY.

use super::{
    clause::{NotAggregated, ORDER_BY},
    group::WithoutValues,
    projection::HoldsTogether,
    stands_in::{Fits, StandsIn, Unfit},
    state::{SelectedIn, SortedBy},
};
use crate::{
    dialect::Dialect,
    expr::{Expr, ExprIn, Render, for_each_expression},
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

/// One or several sort keys in the scope `S`: `Bare` are the expressions without their directions, `H` is what they hold.
/// Both are inferred, so that a wrong key is one error.
pub trait SortKeys<D: Dialect, S, I, Bare, H, Fit> {
    /// Renders them.
    fn keys(self, to: &mut SortList<'_>);
}

impl<D: Dialect, S, I, E: ExprIn<S, I> + Render<D>> SortKeys<D, S, I, E, E::Aggregates, Fits> for Order<E> {
    fn keys(self, to: &mut SortList<'_>) {
        to.push::<D, E>(self);
    }
}

macro_rules! expressions {
    ([$($generic:ident),*] $expression:ty) => {
        impl<Db: Dialect, Scope, At, $($generic),*> SortKeys<Db, Scope, At, Self, <Self as Expr>::Aggregates, Fits> for $expression
        where
            Self: ExprIn<Scope, At> + Render<Db>,
        {
            fn keys(self, to: &mut SortList<'_>) {
                to.push::<Db, Self>(self.asc());
            }
        }
    };
}

for_each_expression!(expressions);
expressions!([T] crate::expr::Param<T>);

impl<D: Dialect, S, I, Bare, H, K> SortKeys<D, S, I, Bare, H, Unfit> for K {
    fn keys(self, _: &mut SortList<'_>) {}
}

/// Sort keys of rows as they are in a table: of a write.
#[diagnostic::on_unimplemented(
    message = "this is not something to order by",
    label = "`{Self}` is neither a column nor an expression, with or without `.asc()` or `.desc()`"
)]
pub trait RowOrder<D: Dialect, S, I> {
    /// Renders them.
    fn row_keys(self, to: &mut SortList<'_>);
}

impl<D, S, I, Bare, H, K> RowOrder<D, S, (I, Bare, H)> for K
where
    D: Dialect,
    K: StandsIn<ORDER_BY> + SortKeys<D, S, I, Bare, H, K::Fit>,
    H: HoldsTogether<All: NotAggregated>,
{
    fn row_keys(self, to: &mut SortList<'_>) {
        self.keys(to);
    }
}

/// Keys of DISTINCT ON.
#[diagnostic::on_unimplemented(
    message = "this is not something to order by",
    label = "`{Self}` is neither a column nor an expression, with or without `.asc()` or `.desc()`"
)]
pub trait DistinctKeys<D: Dialect, S, I> {
    /// Renders them.
    fn distinct_keys(self, to: &mut SortList<'_>);
}

impl<D, S, I, Bare, H, K> DistinctKeys<D, S, (I, Bare, H)> for K
where
    D: Dialect,
    K: StandsIn<ORDER_BY> + SortKeys<D, S, I, Bare, H, K::Fit>,
    (Bare,): WithoutValues,
    H: HoldsTogether<All: NotAggregated>,
{
    fn distinct_keys(self, to: &mut SortList<'_>) {
        self.keys(to);
    }
}

/// A key that may be left out at run time.
impl<D, S, I, Bare, H, K> SortKeys<D, S, I, Bare, H, Fits> for Option<K>
where
    D: Dialect,
    K: StandsIn<ORDER_BY> + SortKeys<D, S, I, Bare, H, K::Fit>,
{
    fn keys(self, to: &mut SortList<'_>) {
        if let Some(keys) = self {
            keys.keys(to);
        }
    }
}

/// Keys whose number is known only at run time.
impl<D, S, I, Bare, H, K> SortKeys<D, S, I, Bare, H, Fits> for Vec<K>
where
    D: Dialect,
    K: StandsIn<ORDER_BY> + SortKeys<D, S, I, Bare, H, K::Fit>,
{
    fn keys(self, to: &mut SortList<'_>) {
        self.into_iter().for_each(|keys| keys.keys(to));
    }
}

macro_rules! tuples {
    ($($key:ident $index:ident $bare:ident $holds:ident),+) => {
        impl<Db: Dialect, Scope, $($key, $index, $bare, $holds),+>
            SortKeys<Db, Scope, ($($index,)+), ($($bare,)+), ($($holds,)+), Fits> for ($($key,)+)
        where
            $($key: StandsIn<ORDER_BY> + SortKeys<Db, Scope, $index, $bare, $holds, $key::Fit>,)+
        {
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
}

tuples!(A IA BA HA);
tuples!(A IA BA HA, B IB BB HB);
tuples!(A IA BA HA, B IB BB HB, C IC BC HC);
tuples!(A IA BA HA, B IB BB HB, C IC BC HC, D ID BD HD);
tuples!(A IA BA HA, B IB BB HB, C IC BC HC, D ID BD HD, E IE BE HE);
tuples!(A IA BA HA, B IB BB HB, C IC BC HC, D ID BD HD, E IE BE HE, F IF BF HF);
tuples!(A IA BA HA, B IB BB HB, C IC BC HC, D ID BD HD, E IE BE HE, F IF BF HF, G IG BG HG);
tuples!(A IA BA HA, B IB BB HB, C IC BC HC, D ID BD HD, E IE BE HE, F IF BF HF, G IG BG HG, H IH BH HH);
