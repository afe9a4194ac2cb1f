//! Functions that only make sense over a window.

use std::marker::PhantomData;

use super::{
    frame::NoFrame,
    keys::OrderedBy,
    number::WrittenNumber,
    over::{BeforeOver, WindowingOf, cast_of},
    spec::Window,
};
use crate::{
    dialect::{Dialect, LagDefault},
    expr::{
        Aggregate, CheckedOperation, CountFiltered, CountStar, Expr, Filtered, IntoExpr, Level, Node, Operand,
        Operation, Spelling, Types, Words,
    },
    query::PlainOperation,
    table::No,
    value::{DataType, NotNull, Nullable, Nullness, SqlValue},
};

/// A window function without its window. Never satisfied: it carries the words.
#[diagnostic::on_unimplemented(
    message = "a window function needs its window: `.over(..)`",
    label = "a window function without `.over(..)`"
)]
pub trait HasWindow {}

/// Stands for a window function in errors: rustc shows the words of [`HasWindow`] only for another type than its own.
#[derive(Debug)]
pub struct Without<F>(PhantomData<F>);

/// Stands for a window in errors: rustc shows the words of a trait only if its `Self` is not the argument itself.
#[derive(Debug)]
pub struct Shape<W>(PhantomData<W>);

/// A window function whose window must be sorted, and has no frame.
///
/// Without an order there is nothing to rank by; and which rows it looks at is not a matter of frames.
#[diagnostic::on_unimplemented(
    message = "this function goes by the order of its window, and by no frame: `.over(window().order_by(..))`",
    label = "this window has no `.order_by(..)`, or it has a frame"
)]
pub trait SortedWithoutFrame {}
#[diagnostic::do_not_recommend]
impl<P, K> SortedWithoutFrame for Shape<Window<P, Node<OrderedBy, K>, NoFrame>> {}

/// A window without a frame.
#[diagnostic::on_unimplemented(
    message = "this function looks at no frame: `.over(..)` takes a window without one",
    label = "its window has a frame"
)]
pub trait WithoutFrame {}
#[diagnostic::do_not_recommend]
impl<P, O> WithoutFrame for Shape<Window<P, O, NoFrame>> {}

/// An aggregate function that can have a window: one over all values.
#[diagnostic::on_unimplemented(
    message = "an aggregate with `DISTINCT` cannot have a window",
    label = "only over all values: leave out the `DISTINCT`"
)]
pub trait OverAllValues {}

macro_rules! over_all_values {
    ($($function:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl OverAllValues for crate::expr::$function {}
    )*};
}

over_all_values!(Count, Sum, Avg, Min, Max, VarPop, VarSamp, StddevPop, StddevSamp);

impl<F: OverAllValues, T, W> WindowingOf<W> for Aggregate<F, T> {}
impl<F: OverAllValues, T, W> WindowingOf<W> for Filtered<F, T> {}
#[diagnostic::do_not_recommend]
impl<W> WindowingOf<W> for CountStar {}
#[diagnostic::do_not_recommend]
impl<W> WindowingOf<W> for CountFiltered {}

macro_rules! as_spelled {
    ($($operation:ty),*) => {$(
        impl<D: Dialect> BeforeOver<D> for $operation {
            fn call(&self, types: Types) -> Words {
                Spelling::<D>::words(self, types)
            }
        }
    )*};
}

as_spelled!(CountStar, CountFiltered);

/// A window function, with a result of the type `T`.
pub struct Ranked<F, T>(PhantomData<fn() -> (F, T)>);

impl<F, T> Clone for Ranked<F, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F, T> Copy for Ranked<F, T> {}

impl<F: RankedFunction, T> std::fmt::Debug for Ranked<F, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(F::NAME)
    }
}

/// What a window function gives.
#[derive(Debug, Clone, Copy)]
pub enum RankedResult {
    /// A value of its argument's type, or an integer of 64 bits.
    Same,
    /// An integer, which is of 32 bits in some database.
    Integer,
    /// A number from 0 to 1, which some database rounds.
    Fraction,
}

use RankedResult::{Fraction, Integer, Same};

/// The name and the kind of a window function.
pub trait RankedFunction: 'static {
    /// The name, with a parenthesis.
    const NAME: &'static str;
    /// What some databases make something else of.
    const RESULT: RankedResult = Same;
    /// Whether it can be NULL, if `Any` says whether one of the arguments can.
    type Null<Any: Nullness>: Nullness;
}

/// A window function that the dialect `D` has.
#[diagnostic::on_unimplemented(message = "this function is not supported by {D}", label = "not supported by {D}")]
pub trait RankedIn<D> {}

/// A window function over the window `W`.
pub trait RankedOver<W> {}

impl<F: RankedFunction, T: SqlValue, A> Operation<A> for Ranked<F, T> {
    type Base = T;
    type Aggregates = No;
    type Null<Any: Nullness, All: Nullness> = F::Null<Any>;
    const LEVEL: Level = Level::Atom;
}

impl<F: RankedFunction, T: SqlValue, A> CheckedOperation<A> for Ranked<F, T> where Without<F>: HasWindow {}
impl<F, T> PlainOperation for Ranked<F, T> {}

impl<D: Dialect, F: RankedFunction, T> Spelling<D> for Ranked<F, T> {
    fn words(&self, _: Types) -> Words {
        Words::call(F::NAME)
    }
}

impl<D: Dialect, F: RankedFunction + RankedIn<D>, T> BeforeOver<D> for Ranked<F, T> {
    fn call(&self, _: Types) -> Words {
        Words::call(F::NAME)
    }

    fn cast(result: DataType) -> (&'static str, &'static str) {
        match F::RESULT {
            Same => ("", ""),
            Integer => cast_of::<D>(result),
            Fraction if D::SYNTAX.spelling.coarse_ranks => ("CAST(", " AS double)"),
            Fraction => ("", ""),
        }
    }
}

impl<F: RankedOver<W>, T, W> WindowingOf<W> for Ranked<F, T> {}

/// Declares window functions: whether they can be NULL, what their window must be, what they need of a dialect.
macro_rules! window_functions {
    ($($(#[$meta:meta])* $name:ident $text:literal $(needs $feature:ident)?, $null:tt, over $window:ident $(, $cast:ident)?;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl RankedFunction for $name {
            const NAME: &'static str = $text;
            $(const RESULT: RankedResult = $cast;)?
            type Null<Any: Nullness> = window_functions!(@null $null Any);
        }

        impl<D: Dialect $(<Name: $feature>)?> RankedIn<D> for $name {}
        impl<W> RankedOver<W> for $name where Shape<W>: $window {}
    )*};
    (@null never $any:ident) => { NotNull };
    (@null always $any:ident) => { Nullable };
    (@null any $any:ident) => { $any };
}

/// Any window.
pub trait AnyWindow {}
impl<W> AnyWindow for W {}

window_functions! {
    /// `row_number()`
    RowNumber "row_number(", never, over WithoutFrame;
    /// `rank()`
    Rank "rank(", never, over SortedWithoutFrame;
    /// `dense_rank()`
    DenseRank "dense_rank(", never, over SortedWithoutFrame;
    /// `percent_rank()`
    PercentRank "percent_rank(", never, over SortedWithoutFrame, Fraction;
    /// `cume_dist()`
    CumeDist "cume_dist(", never, over SortedWithoutFrame, Fraction;
    /// `ntile(n)`
    Ntile "ntile(", never, over SortedWithoutFrame, Integer;
    /// `lag(x, n)`
    Lag "lag(", always, over SortedWithoutFrame;
    /// `lead(x, n)`
    Lead "lead(", always, over SortedWithoutFrame;
    /// `lag(x, n, default)`
    LagOr "lag(" needs LagDefault, any, over SortedWithoutFrame;
    /// `lead(x, n, default)`
    LeadOr "lead(" needs LagDefault, any, over SortedWithoutFrame;
    /// `first_value(x)`
    FirstValue "first_value(", always, over AnyWindow;
    /// `last_value(x)`
    LastValue "last_value(", always, over AnyWindow;
    /// `nth_value(x, n)`
    NthValue "nth_value(", always, over AnyWindow;
}

macro_rules! constructors {
    ($($(#[$meta:meta])* $function:ident $name:ident $ty:ty;)*) => {$(
        $(#[$meta])*
        pub const fn $function() -> Node<Ranked<$name, $ty>, ()> {
            Node::new(Ranked(PhantomData), ())
        }
    )*};
}

constructors! {
    /// `row_number()`: counts the rows of a window from 1. Every database has it, as all window functions.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, city: String }
    /// let by_city = partition_by(User::city).order_by(User::id);
    /// let query = User::query::<Sqlite>().select((User::id, row_number().over(by_city)));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."id", row_number() OVER (PARTITION BY "users"."city" ORDER BY "users"."id") FROM "users""#
    /// );
    /// ```
    row_number RowNumber i64;
    /// `rank()`: the place of a row in its window's order, from 1; rows that sort alike share it, and as many places are
    /// left out after them.
    rank Rank i64;
    /// `dense_rank()`: as [`rank`], but no place is left out.
    dense_rank DenseRank i64;
    /// `percent_rank()`: the [`rank`] as a number from 0 to 1.
    percent_rank PercentRank f64;
    /// `cume_dist()`: the part of the window's rows, from 0 to 1, that sort before this one or like it.
    cume_dist CumeDist f64;
}

/// `ntile(n)`: in which of `n` parts of about the same size a row of the window is, counted from 1. Of 0 parts it is an
/// error of the database.
pub const fn ntile(parts: u32) -> Node<Ranked<Ntile, i64>, (WrittenNumber,)> {
    Node::new(Ranked(PhantomData), (WrittenNumber(parts),))
}

/// The values of other rows of a window. `.over(..)` follows.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "days")] struct Day { #[column(primary_key)] id: i64, sales: i64 }
/// let in_order = window().order_by(Day::id);
/// let query = Day::query::<Sqlite>().select((Day::sales - Day::sales.lag(1).over(in_order), Day::sales.first_value().over(in_order)));
/// assert_eq!(
///     query.to_sql().sql,
///     concat!(
///         r#"SELECT "days"."sales" - lag("days"."sales", 1) OVER (ORDER BY "days"."id"), "#,
///         r#"first_value("days"."sales") OVER (ORDER BY "days"."id") FROM "days""#,
///     )
/// );
/// ```
pub trait WindowExpr: Expr + IntoExpr {
    /// `lag(x, n)`: the value `n` rows before; NULL where there is no such row.
    fn lag(self, rows: u32) -> Node<Ranked<Lag, Self::Base>, (Self, WrittenNumber)> {
        Node::new(Ranked(PhantomData), (self, WrittenNumber(rows)))
    }

    /// `lag(x, n, default)`: the value `n` rows before, or `default` where there is no such row. MariaDB has it not.
    fn lag_or<T: Operand<Self::Base>>(
        self,
        rows: u32,
        default: T,
    ) -> Node<Ranked<LagOr, Self::Base>, (Self, WrittenNumber, T)> {
        Node::new(Ranked(PhantomData), (self, WrittenNumber(rows), default))
    }

    /// `lead(x, n)`: the value `n` rows behind; NULL where there is no such row.
    fn lead(self, rows: u32) -> Node<Ranked<Lead, Self::Base>, (Self, WrittenNumber)> {
        Node::new(Ranked(PhantomData), (self, WrittenNumber(rows)))
    }

    /// `lead(x, n, default)`: the value `n` rows behind, or `default` where there is no such row. MariaDB has it not.
    fn lead_or<T: Operand<Self::Base>>(
        self,
        rows: u32,
        default: T,
    ) -> Node<Ranked<LeadOr, Self::Base>, (Self, WrittenNumber, T)> {
        Node::new(Ranked(PhantomData), (self, WrittenNumber(rows), default))
    }

    /// `first_value(x)`: the value in the first row of the frame; NULL if the frame has none.
    fn first_value(self) -> Node<Ranked<FirstValue, Self::Base>, (Self,)> {
        Node::new(Ranked(PhantomData), (self,))
    }

    /// `last_value(x)`: the value in the last row of the frame, which is the current row unless you say otherwise:
    /// `.rows_between(unbounded(), unbounded())`.
    fn last_value(self) -> Node<Ranked<LastValue, Self::Base>, (Self,)> {
        Node::new(Ranked(PhantomData), (self,))
    }

    /// `nth_value(x, n)`: the value in row `n` of the frame, counted from 1; NULL if the frame has fewer rows. Of 0 it is
    /// an error of the database; NULL on MariaDB.
    fn nth_value(self, n: u32) -> Node<Ranked<NthValue, Self::Base>, (Self, WrittenNumber)> {
        Node::new(Ranked(PhantomData), (self, WrittenNumber(n)))
    }
}

impl<E: Expr + IntoExpr> WindowExpr for E {}
