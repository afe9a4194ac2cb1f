//! What an expression holds that not every clause allows: aggregates, window functions.

use std::marker::PhantomData;

use crate::table::{Flag, No, Yes};

/// What an expression holds, beside columns and values: nothing ([`No`]), an aggregate ([`Yes`]), or a window function
/// ([`Windowed<No>`](Windowed)), or both (`Windowed<Yes>`).
pub trait Holds: 'static {
    /// What this and another expression hold together.
    type Or<H: Holds>: Holds;
    /// The same with an aggregate.
    type WithAggregate: Holds;
    /// The same with a window function.
    type WithWindow: Holds;
    /// Whether it holds an aggregate.
    type Aggregate: Flag;
    /// Whether it holds a window function.
    type Window: Flag;
}

/// A window function, and whether there is an aggregate too.
#[derive(Debug)]
pub struct Windowed<A>(PhantomData<A>);

impl Holds for No {
    type Or<H: Holds> = H;
    type WithAggregate = Yes;
    type WithWindow = Windowed<No>;
    type Aggregate = No;
    type Window = No;
}

impl Holds for Yes {
    type Or<H: Holds> = H::WithAggregate;
    type WithAggregate = Yes;
    type WithWindow = Windowed<Yes>;
    type Aggregate = Yes;
    type Window = No;
}

impl Holds for Windowed<No> {
    type Or<H: Holds> = H::WithWindow;
    type WithAggregate = Windowed<Yes>;
    type WithWindow = Self;
    type Aggregate = No;
    type Window = Yes;
}

impl Holds for Windowed<Yes> {
    type Or<H: Holds> = Self;
    type WithAggregate = Self;
    type WithWindow = Self;
    type Aggregate = Yes;
    type Window = Yes;
}

/// Whether there is an aggregate, in errors: rustc shows the words of a trait only if its `Self` is not what was asked for.
#[derive(Debug)]
pub struct HeldAggregate<F>(PhantomData<F>);

/// Whether there is a window function, in errors.
#[derive(Debug)]
pub struct HeldWindow<F>(PhantomData<F>);

/// What can stand inside of an aggregate: no other one, and no window function.
#[diagnostic::on_unimplemented(message = "aggregates cannot be nested", label = "already an aggregate")]
pub trait NotNested {}
impl<H: Holds> NotNested for H
where
    HeldAggregate<H::Aggregate>: NoneInAggregate,
    HeldWindow<H::Window>: NoWindowInAggregate,
{
}

/// No aggregate inside of another.
#[diagnostic::on_unimplemented(message = "aggregates cannot be nested", label = "already an aggregate")]
pub trait NoneInAggregate {}
#[diagnostic::do_not_recommend]
impl NoneInAggregate for HeldAggregate<No> {}

/// No window function inside of an aggregate.
#[diagnostic::on_unimplemented(
    message = "an aggregate cannot hold a window function",
    label = "holds a window function: select it in a derived table first"
)]
pub trait NoWindowInAggregate {}
#[diagnostic::do_not_recommend]
impl NoWindowInAggregate for HeldWindow<No> {}

/// What can stand inside of a window function: columns and aggregates, but no other window function.
#[diagnostic::on_unimplemented(
    message = "window functions cannot be nested",
    label = "holds a window function inside of another: select it in a derived table first"
)]
pub trait NotWindowed {}
#[diagnostic::do_not_recommend]
impl NotWindowed for No {}
#[diagnostic::do_not_recommend]
impl NotWindowed for Yes {}
