//! Frames: the rows of a window that count for the current row.

use std::marker::PhantomData;

use super::keys::OrderedBy;
use crate::{
    dialect::{Dialect, FrameExclusion, GroupsFrames},
    expr::{Expr, IntoExpr, Node, Summable},
    render::Fragment,
    table::{Flag, No, Yes},
};

/// Begins or ends a frame with the current row, or the first or last that sorts like it.
#[derive(Debug, Clone, Copy)]
pub struct CurrentRow;
/// Begins a frame with the first row of the window, or ends it with the last.
#[derive(Debug, Clone, Copy)]
pub struct Unbounded;
/// Begins or ends a frame so far before the current row.
#[derive(Debug, Clone, Copy)]
pub struct Preceding(u32);
/// Begins or ends a frame so far behind the current row.
#[derive(Debug, Clone, Copy)]
pub struct Following(u32);

/// `CURRENT ROW`, as the begin or the end of a frame.
pub const fn current_row() -> CurrentRow {
    CurrentRow
}

/// `UNBOUNDED`: the begin of the window as the begin of a frame, its end as the end.
pub const fn unbounded() -> Unbounded {
    Unbounded
}

/// `n PRECEDING`, as the begin or the end of a frame. No database counts further in each kind of frame than a `u32`.
pub const fn preceding(n: u32) -> Preceding {
    Preceding(n)
}

/// `n FOLLOWING`, as the begin or the end of a frame.
pub const fn following(n: u32) -> Following {
    Following(n)
}

/// Where a frame ends.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no end of a frame",
    label = "expected `unbounded()`, `preceding(n)`, `current_row()` or `following(n)`"
)]
pub trait Bound {
    /// Whether it counts from the current row.
    type Offset: Flag;

    /// The number that it counts, and the words after it.
    fn end(&self) -> (Option<u32>, &'static str);
}

macro_rules! bounds {
    ($($bound:ident $offset:ident |$this:ident| $end:expr;)*) => {$(
        impl Bound for $bound {
            type Offset = $offset;

            fn end(&self) -> (Option<u32>, &'static str) {
                let $this = self;
                $end
            }
        }
    )*};
}

bounds! {
    Unbounded No |_this| (None, "UNBOUNDED FOLLOWING");
    CurrentRow No |_this| (None, "CURRENT ROW");
    Preceding Yes |this| (Some(this.0), " PRECEDING");
    Following Yes |this| (Some(this.0), " FOLLOWING");
}

/// Where a frame begins that ends with `E`.
#[diagnostic::on_unimplemented(
    message = "a frame cannot begin with `{Self}` and end with `{E}`",
    label = "begins after its end"
)]
pub trait FrameUpTo<E>: Bound {
    /// The number that it counts, and the words after it.
    fn start(&self) -> (Option<u32>, &'static str) {
        self.end()
    }
}

#[diagnostic::do_not_recommend]
impl<E: Bound> FrameUpTo<E> for Unbounded {
    fn start(&self) -> (Option<u32>, &'static str) {
        (None, "UNBOUNDED PRECEDING")
    }
}
#[diagnostic::do_not_recommend]
impl<E: Bound> FrameUpTo<E> for Preceding {}

macro_rules! up_to {
    ($($start:ident $end:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl FrameUpTo<$end> for $start {}
    )*};
}

up_to! {
    CurrentRow CurrentRow;
    CurrentRow Following;
    CurrentRow Unbounded;
    Following Following;
    Following Unbounded;
}

/// Sort keys over which a RANGE frame can reach so far.
#[diagnostic::on_unimplemented(
    message = "RANGE with a number needs one sort key, itself a number",
    label = "counts from the current row's sort key: use `.rows_between(..)`, or order by one number"
)]
pub trait RangeOver<O> {}
#[diagnostic::do_not_recommend]
impl<O> RangeOver<O> for No {}
#[diagnostic::do_not_recommend]
impl<K: IntoExpr<Expr: Expr<Base: Summable>>> RangeOver<Node<OrderedBy, (K,)>> for Yes {}

/// No frame is said.
#[derive(Debug, Clone, Copy)]
pub struct NoFrame;
/// `ROWS`
#[derive(Debug, Clone, Copy)]
pub struct RowsFrame;
/// `RANGE`
#[derive(Debug, Clone, Copy)]
pub struct RangeFrame;
/// `GROUPS`
#[derive(Debug, Clone, Copy)]
pub struct GroupsFrame;

/// A frame, counted in `U`: [`RowsFrame`], [`RangeFrame`] or [`GroupsFrame`].
#[derive(Debug, Clone, Copy)]
pub struct Frame<U> {
    start: (Option<u32>, &'static str),
    end: (Option<u32>, &'static str),
    marker: PhantomData<U>,
}

impl<U> Frame<U> {
    pub(super) fn new<S: FrameUpTo<E>, E: Bound>(start: S, end: E) -> Self {
        Frame { start: start.start(), end: end.end(), marker: PhantomData }
    }

    fn write(&self, unit: &'static str, out: &mut Fragment) {
        out.sql(unit);
        for (between, (number, words)) in [(" BETWEEN ", self.start), (" AND ", self.end)] {
            out.sql(between);
            if let Some(number) = number {
                out.number(number.into());
            }
            out.sql(words);
        }
    }
}

/// What a frame leaves out.
#[derive(Debug, Clone, Copy)]
pub enum Exclusion {
    /// The current row.
    Current,
    /// The current row and those that sort like it.
    Group,
    /// The rows that sort like the current one.
    Ties,
}

/// A frame that leaves out some rows.
#[derive(Debug, Clone, Copy)]
pub struct Excluding<F>(pub(super) F, pub(super) Exclusion);

/// A window that has no frame yet.
#[diagnostic::on_unimplemented(message = "this window has a frame already", label = "a second frame")]
pub trait NoFrameYet {}
#[diagnostic::do_not_recommend]
impl NoFrameYet for NoFrame {}

/// A frame that can leave out rows.
#[diagnostic::on_unimplemented(
    message = "EXCLUDE comes after a frame, and once",
    label = "not after a frame: `.rows_between(..)` first"
)]
pub trait IsFrame {}
#[diagnostic::do_not_recommend]
impl<U> IsFrame for Frame<U> {}

/// A frame that the dialect `D` has.
#[diagnostic::on_unimplemented(message = "this frame is not supported by {D}", label = "not supported by {D}")]
pub trait FramesInDialect<D> {
    /// Whether it writes anything.
    const IS_SAID: bool = true;

    /// Writes it.
    fn write(&self, out: &mut Fragment);
}

impl<D> FramesInDialect<D> for NoFrame {
    const IS_SAID: bool = false;

    fn write(&self, _: &mut Fragment) {}
}

impl<D> FramesInDialect<D> for Frame<RowsFrame> {
    fn write(&self, out: &mut Fragment) {
        self.write("ROWS", out);
    }
}

impl<D> FramesInDialect<D> for Frame<RangeFrame> {
    fn write(&self, out: &mut Fragment) {
        self.write("RANGE", out);
    }
}

impl<D: Dialect<Name: GroupsFrames>> FramesInDialect<D> for Frame<GroupsFrame> {
    fn write(&self, out: &mut Fragment) {
        self.write("GROUPS", out);
    }
}

impl<D: Dialect<Name: FrameExclusion>, F: FramesInDialect<D>> FramesInDialect<D> for Excluding<F> {
    fn write(&self, out: &mut Fragment) {
        FramesInDialect::<D>::write(&self.0, out);
        out.sql(match self.1 {
            Exclusion::Current => " EXCLUDE CURRENT ROW",
            Exclusion::Group => " EXCLUDE GROUP",
            Exclusion::Ties => " EXCLUDE TIES",
        });
    }
}
