//! ROLLUP, CUBE, GROUPING SETS: groups, and totals over groups.

use std::marker::PhantomData;

use super::{
    clause::GroupBy,
    group::{GroupedOperation, HasKey, KeysOf},
    places::InTotals,
    scope::AllMaybe,
    stands_in::{Fits, StandsIn},
    state::CanSort,
};
use crate::{
    dialect::{Cube, Dialect, GroupingFunction, Rollup, SortedTotals},
    expr::{CheckedOperation, ExprIn, IntoExpr, Level, Node, Operation, Spelling, Types, Words, for_each_expression},
    render::Fragment,
    table::Yes,
    value::{NotNull, Nullable, Nullness},
};

/// Keys with totals: of each group, of the groups that have the first keys in common, and of everything.
#[derive(Debug, Clone, Copy)]
pub struct RolledUp<G>(G);

/// Keys with totals over all of their subsets.
#[derive(Debug, Clone, Copy)]
pub struct Cubed<G>(G);

/// The keys `K` of a query with totals, on the database `N`: any of them is NULL in some row.
#[derive(Debug)]
pub struct Totals<K, N>(PhantomData<(K, N)>);

/// `ROLLUP (a, b)`: groups by `a` and `b`, and adds a total for each `a`, in which `b` is NULL, and one of everything.
/// PostgreSQL, MySQL and MariaDB have it.
///
/// The keys and all columns become `Option`. `grouping(..)` tells the NULL of a total from that of a column. MariaDB sorts
/// totals only by what is selected, and knows their keys in window functions only behind a derived table.
///
/// ```
/// # #[cfg(feature = "postgres")] {
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "sales")] struct Sale { #[column(primary_key)] id: i64, region: String, city: String, amount: i64 }
/// let query = Sale::query::<Postgres>()
///     .group_by(rollup((Sale::region, Sale::city)))
///     .select((Sale::region, Sale::city, Sale::amount.sum()));
/// assert_eq!(
///     query.to_sql().sql,
///     concat!(
///         r#"SELECT "sales"."region", "sales"."city", CAST(sum("sales"."amount") AS bigint) FROM "sales" "#,
///         r#"GROUP BY ROLLUP ("sales"."region", "sales"."city")"#,
///     )
/// );
/// # }
/// ```
pub const fn rollup<G>(keys: G) -> RolledUp<G> {
    RolledUp(keys)
}

/// `CUBE (a, b)`: groups by `a` and `b`, by `a`, by `b`, and by nothing. PostgreSQL has it.
///
/// The keys and all columns become `Option`. `grouping(..)` tells the NULL of a total from that of a column.
pub const fn cube<G>(keys: G) -> Cubed<G> {
    Cubed(keys)
}

/// A key whose value is NULL in a total.
#[diagnostic::on_unimplemented(
    message = "this key is never NULL, but in a total every key is",
    label = "group by a column, or by an expression that can be NULL"
)]
pub trait NullInTotals {}
#[diagnostic::do_not_recommend]
impl NullInTotals for Nullable {}

/// Keys of ROLLUP and CUBE in the scope `S`, in which all columns can be NULL: an expression, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "this is not a key of ROLLUP or CUBE",
    label = "expected an expression, or a tuple of expressions"
)]
pub trait TotalKeys<S, I> {}

macro_rules! expressions {
    ([$($generic:ident),*] $expression:ty) => {
        impl<Scope, At, $($generic),*> TotalKeys<Scope, At> for $expression where Self: ExprIn<Scope, At, Null: NullInTotals> {}
    };
}

for_each_expression!(expressions);

macro_rules! tuples {
    ($($key:ident $index:ident),+) => {
        impl<Scope, $($key: TotalKeys<Scope, $index>, $index),+> TotalKeys<Scope, ($($index,)+)> for ($($key,)+) {}
    };
}

tuples!(A IA);
tuples!(A IA, B IB);
tuples!(A IA, B IB, C IC);
tuples!(A IA, B IB, C IC, D ID);
tuples!(A IA, B IB, C IC, D ID, E IE);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF);

impl<D, S, K, I, J, G> KeysOf<D, S, Totals<K, D::Name>, (I, J), S::Out, Fits> for RolledUp<G>
where
    D: Dialect<Name: Rollup>,
    S: AllMaybe,
    G: StandsIn<GroupBy> + KeysOf<D, S, K, I, S, G::Fit> + TotalKeys<S::Out, J>,
{
    fn write(self, out: &mut Fragment) {
        let (open, close) = out.syntax().spelling.rollup;
        out.begin_totals();
        out.sql(open);
        self.0.write(out);
        out.sql(close);
    }
}

impl<D, S, K, I, J, G> KeysOf<D, S, Totals<K, D::Name>, (I, J), S::Out, Fits> for Cubed<G>
where
    D: Dialect<Name: Cube>,
    S: AllMaybe,
    G: StandsIn<GroupBy> + KeysOf<D, S, K, I, S, G::Fit> + TotalKeys<S::Out, J>,
{
    fn write(self, out: &mut Fragment) {
        out.sql("CUBE (");
        self.0.write(out);
        out.sql(")");
    }
}

#[diagnostic::do_not_recommend]
impl<E, I, K: HasKey<E, I>, N> HasKey<E, InTotals<I>> for Totals<K, N> {}
impl<K, N: SortedTotals> CanSort for Totals<K, N> {}

/// `grouping(key)`
#[derive(Debug, Clone, Copy)]
pub struct Grouping;

impl<A> Operation<A> for Grouping {
    type Base = i64;
    type Aggregates = Yes;
    type Null<Any: Nullness, All: Nullness> = NotNull;
    const LEVEL: Level = Level::Atom;
}

impl<A> CheckedOperation<A> for Grouping {}
impl<I> super::reach::OverPlaces<I> for Grouping {}

impl<D: Dialect<Name: GroupingFunction>> Spelling<D> for Grouping {
    fn words(&self, types: Types) -> Words {
        match (D::SYNTAX.spelling.aggregate_cast)(types.result) {
            Some(close) => Words::Around { open: "CAST(grouping(", between: "", close },
            None => Words::call("grouping("),
        }
    }
}

/// Whether ROLLUP or CUBE made totals over a key: 1 in the rows that are totals over all of its values, otherwise 0.
/// PostgreSQL and MySQL have it.
///
/// ```
/// # #[cfg(feature = "mysql")] {
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "sales")] struct Sale { #[column(primary_key)] id: i64, region: String, amount: i64 }
/// let query = Sale::query::<MySql>()
///     .group_by(rollup(Sale::region))
///     .select((Sale::region, grouping(Sale::region), Sale::amount.sum()));
/// assert_eq!(
///     query.to_sql().sql,
///     "SELECT `sales`.`region`, grouping(`sales`.`region`), sum(`sales`.`amount`) FROM `sales` GROUP BY `sales`.`region` WITH ROLLUP"
/// );
/// # }
/// ```
pub const fn grouping<E: IntoExpr>(key: E) -> Node<Grouping, (E,)> {
    Node::new(Grouping, (key,))
}

/// Marks the key that GROUPING is about.
#[derive(Debug)]
pub struct TotalOf<I>(PhantomData<I>);

#[diagnostic::do_not_recommend]
impl<E, K: HasKey<E, I>, N, I> GroupedOperation<Totals<K, N>, (E,), TotalOf<I>> for Grouping {}
