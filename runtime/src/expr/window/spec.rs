//! A window: which rows are looked at, and in which order.

use std::marker::PhantomData;

use super::{
    frame::{
        Bound, Excluding, Exclusion, Frame, FrameUpTo, FramesInDialect, GroupsFrame, IsFrame, NoFrame, NoFrameYet,
        RangeFrame, RangeOver, RowsFrame,
    },
    keys::{NoKeys, OrderKeys, OrderedBy, Partition, PartitionKeys, list},
};
use crate::{
    dialect::Dialect,
    expr::{Expr, ExprIn, Holds, IntoExpr, Node, Render},
    query::{GroupedBy, WithoutValues},
    render::Fragment,
    table::Flag,
    value::{NotNull, Nullable},
};

/// A window: the keys of PARTITION BY, those of ORDER BY, and a frame.
#[derive(Debug, Clone, Copy)]
pub struct Window<P, O, F> {
    partition: P,
    order: O,
    frame: F,
}

/// No keys, neither of PARTITION BY nor of ORDER BY.
pub type Absent = Node<NoKeys, ()>;

/// How far a window is written, in errors: rustc shows the words of a trait only if its `Self` is not the window itself.
#[derive(Debug)]
pub struct So<O, F>(PhantomData<(O, F)>);

/// A window that can still be sorted.
#[diagnostic::on_unimplemented(
    message = "this window has an order already, or a frame, which comes after it",
    label = "one `.order_by(..)` takes a tuple of keys, and comes before the frame"
)]
pub trait Unsorted {}
#[diagnostic::do_not_recommend]
impl Unsorted for So<Absent, NoFrame> {}

/// A window that is sorted.
#[diagnostic::on_unimplemented(
    message = "GROUPS needs a window with an order: `.order_by(..)` first",
    label = "groups are rows that sort alike, and this window has no order"
)]
pub trait IsSorted {}
#[diagnostic::do_not_recommend]
impl<K, F> IsSorted for So<Node<OrderedBy, K>, F> {}

/// The window of all rows: `.order_by(..)` sorts them, a frame such as `.rows_between(..)` says which of them count.
///
/// # Named windows
///
/// A window is a value: what SQL's WINDOW clause names, a `let` does. It is a copy, so that several functions can be over
/// it, and it can go on: `w.order_by(..)` leaves `w` as it is, as `OVER (w ORDER BY ..)` does. The database computes windows
/// of one text once, whether they have a name or not.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "sales")] struct Sale { #[column(primary_key)] id: i64, city: String, amount: i64 }
/// let city = partition_by(Sale::city);
/// let best_first = city.order_by(Sale::amount.desc());
/// let query = Sale::query::<Sqlite>().select((
///     Sale::amount.sum().over(city),
///     rank().over(best_first),
///     Sale::amount.lag(1).over(best_first),
/// ));
/// assert_eq!(
///     query.to_sql().sql,
///     concat!(
///         r#"SELECT sum("sales"."amount") OVER (PARTITION BY "sales"."city"), "#,
///         r#"rank() OVER (PARTITION BY "sales"."city" ORDER BY "sales"."amount" DESC), "#,
///         r#"lag("sales"."amount", 1) OVER (PARTITION BY "sales"."city" ORDER BY "sales"."amount" DESC) FROM "sales""#,
///     )
/// );
/// ```
///
/// # Examples
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "sales")] struct Sale { #[column(primary_key)] id: i64, amount: i64 }
/// let so_far = window().order_by(Sale::id).rows_between(unbounded(), current_row());
/// let query = Sale::query::<Sqlite>().select((Sale::id, Sale::amount.sum().over(so_far), count_star().over(window())));
/// assert_eq!(
///     query.to_sql().sql,
///     concat!(
///         r#"SELECT "sales"."id", sum("sales"."amount") OVER (ORDER BY "sales"."id" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), "#,
///         r#"count(*) OVER () FROM "sales""#,
///     )
/// );
/// ```
pub const fn window() -> Window<Absent, Absent, NoFrame> {
    Window { partition: Node::new(NoKeys, ()), order: Node::new(NoKeys, ()), frame: NoFrame }
}

/// The window of the rows that have a key, or all keys of a tuple, in common.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, city: String }
/// let query = User::query::<Sqlite>().select((User::id, count_star().over(partition_by(User::city))));
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."id", count(*) OVER (PARTITION BY "users"."city") FROM "users""#
/// );
/// ```
pub fn partition_by<K: PartitionKeys<L>, L>(keys: K) -> Window<Node<Partition, L>, Absent, NoFrame> {
    Window { partition: list(Partition, keys.keys()), order: Node::new(NoKeys, ()), frame: NoFrame }
}

impl<P, O, F> Window<P, O, F> {
    /// Sorts the rows of the window. Without a frame, a function then looks at the rows up to the current one, and at
    /// those that sort like it.
    pub fn order_by<K: OrderKeys<L>, L>(self, keys: K) -> Window<P, Node<OrderedBy, L>, NoFrame>
    where
        So<O, F>: Unsorted,
    {
        Window { partition: self.partition, order: list(OrderedBy, keys.keys()), frame: NoFrame }
    }

    fn frame<U>(self, frame: Frame<U>) -> Window<P, O, Frame<U>> {
        Window { partition: self.partition, order: self.order, frame }
    }

    /// `ROWS BETWEEN .. AND ..`: the frame is so many rows around the current one.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "days")] struct Day { #[column(primary_key)] id: i64, sales: i64 }
    /// let week = window().order_by(Day::id).rows_between(preceding(6), current_row());
    /// let query = Day::query::<Sqlite>().select(Day::sales.avg().over(week));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT avg("days"."sales") OVER (ORDER BY "days"."id" ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM "days""#
    /// );
    /// ```
    pub fn rows_between<S: FrameUpTo<E>, E: Bound>(self, start: S, end: E) -> Window<P, O, Frame<RowsFrame>>
    where
        F: NoFrameYet,
    {
        self.frame(Frame::new(start, end))
    }

    /// `RANGE BETWEEN .. AND ..`: the frame is the rows whose sort key is so much smaller or larger. With numbers in it
    /// there must be one sort key, itself a number.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, age: i64 }
    /// let of_like_age = window().order_by(User::age).range_between(preceding(5), following(5));
    /// let query = User::query::<Sqlite>().select((User::id, count_star().over(of_like_age)));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."id", count(*) OVER (ORDER BY "users"."age" RANGE BETWEEN 5 PRECEDING AND 5 FOLLOWING) FROM "users""#
    /// );
    /// ```
    pub fn range_between<S: FrameUpTo<E>, E: Bound>(self, start: S, end: E) -> Window<P, O, Frame<RangeFrame>>
    where
        F: NoFrameYet,
        <S::Offset as Flag>::Or<E::Offset>: RangeOver<O>,
    {
        self.frame(Frame::new(start, end))
    }

    /// `GROUPS BETWEEN .. AND ..`: the frame is so many groups of rows that sort alike. SQLite and PostgreSQL have it.
    pub fn groups_between<S: FrameUpTo<E>, E: Bound>(self, start: S, end: E) -> Window<P, O, Frame<GroupsFrame>>
    where
        F: NoFrameYet,
        So<O, F>: IsSorted,
    {
        self.frame(Frame::new(start, end))
    }

    fn exclude(self, what: Exclusion) -> Window<P, O, Excluding<F>> {
        Window { partition: self.partition, order: self.order, frame: Excluding(self.frame, what) }
    }

    /// `EXCLUDE CURRENT ROW`: the frame without the current row. SQLite and PostgreSQL have it.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, age: i64 }
    /// let others = window().rows_between(unbounded(), unbounded()).exclude_current_row();
    /// let query = User::query::<Sqlite>().select((User::id, User::age.avg().over(others)));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     concat!(
    ///         r#"SELECT "users"."id", avg("users"."age") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING "#,
    ///         r#"EXCLUDE CURRENT ROW) FROM "users""#,
    ///     )
    /// );
    /// ```
    pub fn exclude_current_row(self) -> Window<P, O, Excluding<F>>
    where
        F: IsFrame,
    {
        self.exclude(Exclusion::Current)
    }

    /// `EXCLUDE GROUP`: the frame without the current row and those that sort like it. SQLite and PostgreSQL have it.
    pub fn exclude_group(self) -> Window<P, O, Excluding<F>>
    where
        F: IsFrame,
    {
        self.exclude(Exclusion::Group)
    }

    /// `EXCLUDE TIES`: the frame without the rows that sort like the current one. SQLite and PostgreSQL have it.
    pub fn exclude_ties(self) -> Window<P, O, Excluding<F>>
    where
        F: IsFrame,
    {
        self.exclude(Exclusion::Ties)
    }
}

impl<P: Expr, O: Expr, F> Expr for Window<P, O, F> {
    type Base = bool;
    type Aggregates = <P::Aggregates as Holds>::Or<O::Aggregates>;
    type Quotient = Nullable;
}

impl<S, I, J, P: ExprIn<S, I>, O: ExprIn<S, J>, F> ExprIn<S, (I, J)> for Window<P, O, F> {
    /// What a function makes of NULLs in the keys is not NULL.
    type Null = NotNull;
}

#[diagnostic::do_not_recommend]
impl<P: Expr, O: Expr, F> IntoExpr for Window<P, O, F> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<K, I, J, P: GroupedBy<K, I>, O: GroupedBy<K, J>, F> GroupedBy<K, (I, J)> for Window<P, O, F> {}
#[diagnostic::do_not_recommend]
impl<P: WithoutValues, O: WithoutValues> WithoutValues for Window<P, O, NoFrame> {}

impl<D: Dialect, P: Render<D>, O: Render<D>, F: FramesInDialect<D>> Render<D> for Window<P, O, F> {
    fn render(self, out: &mut Fragment) {
        out.sql("(");
        let start = out.end();
        let separate = |out: &mut Fragment, before| {
            if before != start && out.end() == before {
                out.sql(" ");
            }
        };
        self.partition.render(out);
        let mut order = out.part();
        self.order.render(&mut order);
        if !order.is_empty() {
            separate(out, out.end());
            out.append(order);
        }
        if F::IS_SAID {
            separate(out, out.end());
        }
        self.frame.write(out);
        out.sql(")");
    }
}
