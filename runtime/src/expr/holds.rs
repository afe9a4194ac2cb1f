//! What an expression holds that not every clause allows: aggregates, window functions.

use std::marker::PhantomData;

use crate::table::{No, Yes};

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
    type Aggregate;
    /// Whether it holds a window function.
    type Window;
}

/// A window function, and whether there is an aggregate too.
#[derive(Debug)]
pub struct Windowed<A>(PhantomData<A>);

impl Holds for No {
    type Or<H: Holds> = H;
    type WithAggregate = Yes;
    type WithWindow = Windowed<No>;
    type Aggregate = NoAggregate;
    type Window = NoWindow;
}

impl Holds for Yes {
    type Or<H: Holds> = H::WithAggregate;
    type WithAggregate = Yes;
    type WithWindow = Windowed<Yes>;
    type Aggregate = AnAggregate;
    type Window = NoWindow;
}

impl Holds for Windowed<No> {
    type Or<H: Holds> = H::WithWindow;
    type WithAggregate = Windowed<Yes>;
    type WithWindow = Self;
    type Aggregate = NoAggregate;
    type Window = AWindow;
}

impl Holds for Windowed<Yes> {
    type Or<H: Holds> = Self;
    type WithAggregate = Self;
    type WithWindow = Self;
    type Aggregate = AnAggregate;
    type Window = AWindow;
}

/// There is an aggregate. These types are apart from those that ask for them, so that rustc shows the words about them.
#[derive(Debug)]
pub struct AnAggregate;
/// There is no aggregate.
#[derive(Debug)]
pub struct NoAggregate;
/// There is a window function.
#[derive(Debug)]
pub struct AWindow;
/// There is no window function.
#[derive(Debug)]
pub struct NoWindow;

/// What can stand inside of an aggregate: no other one, and no window function.
#[diagnostic::on_unimplemented(message = "aggregates cannot be nested", label = "already an aggregate")]
pub trait NotNested {}
impl<H: Holds> NotNested for H
where
    H::Aggregate: NoneInAggregate,
    H::Window: NoWindowInAggregate,
{
}

/// No aggregate inside of another.
#[diagnostic::on_unimplemented(message = "aggregates cannot be nested", label = "already an aggregate")]
pub trait NoneInAggregate {}
#[diagnostic::do_not_recommend]
impl NoneInAggregate for NoAggregate {}

/// No window function inside of an aggregate.
#[diagnostic::on_unimplemented(
    message = "an aggregate cannot hold a window function",
    label = "holds a window function: select it in a derived table first"
)]
pub trait NoWindowInAggregate {}
#[diagnostic::do_not_recommend]
impl NoWindowInAggregate for NoWindow {}

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
