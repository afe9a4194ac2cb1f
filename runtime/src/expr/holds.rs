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
}

/// A window function, and whether there is an aggregate too.
#[derive(Debug)]
pub struct Windowed<A>(PhantomData<A>);

impl Holds for No {
    type Or<H: Holds> = H;
    type WithAggregate = Yes;
    type WithWindow = Windowed<No>;
}

impl Holds for Yes {
    type Or<H: Holds> = H::WithAggregate;
    type WithAggregate = Yes;
    type WithWindow = Windowed<Yes>;
}

impl Holds for Windowed<No> {
    type Or<H: Holds> = H::WithWindow;
    type WithAggregate = Windowed<Yes>;
    type WithWindow = Self;
}

impl Holds for Windowed<Yes> {
    type Or<H: Holds> = Self;
    type WithAggregate = Self;
    type WithWindow = Self;
}

/// Stands for a window function in errors: rustc shows the words of a trait only if its `Self` is not what was asked for.
#[derive(Debug)]
pub struct WindowFunction<A>(PhantomData<A>);

/// What can stand inside of an aggregate: no other one.
#[diagnostic::on_unimplemented(message = "aggregates cannot be nested", label = "already an aggregate")]
pub trait NotNested {}
#[diagnostic::do_not_recommend]
impl NotNested for No {}
impl<A> NotNested for Windowed<A> where WindowFunction<A>: StandsInAggregate {}

/// Never satisfied: it carries the words.
#[diagnostic::on_unimplemented(
    message = "an aggregate cannot hold a window function",
    label = "holds a window function: select it in a derived table first"
)]
pub trait StandsInAggregate {}

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
