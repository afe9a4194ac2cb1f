//! GROUP BY: its keys, and what may stand beside them.

use std::marker::PhantomData;

use super::{
    clause::{AllowedIn, GroupBy},
    projection::All,
    row::Mapped,
    scope::InScope,
    stands_in::{Fits, StandsIn, Unfit},
    state::CanSort,
};
use crate::{
    dialect::Dialect,
    expr::{
        Aggregate, Bind, CountFiltered, CountStar, ExprIn, Filtered, IntoExpr, List, Node, Over, Param, ParamList,
        Render, for_each_expression,
    },
    render::Fragment,
    table::{Col, Source, Table, Yes},
};

/// A whole row as a group key: `User::key()`. Every column of the table may then be selected.
pub struct Key<A>(PhantomData<fn() -> A>);

impl<A> Key<A> {
    pub(crate) const fn new() -> Self {
        Key(PhantomData)
    }
}

impl<A> Clone for Key<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for Key<A> {}

impl<A: Source> std::fmt::Debug for Key<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "key of {}", A::NAME)
    }
}

/// An expression that holds no plain values, so that its type says what it is.
///
/// Two expressions of one type are the same SQL then. With values in them they need not be, and even equal ones are two
/// parameters to the database.
#[diagnostic::on_unimplemented(
    message = "this expression is compared with others of the query, so it cannot hold plain values",
    label = "holds a plain value: write it into the text of a `sql!(..)`"
)]
pub trait WithoutValues {}

#[diagnostic::do_not_recommend]
impl<C, A> WithoutValues for Col<C, A> {}
#[diagnostic::do_not_recommend]
impl<A> WithoutValues for Key<A> {}
#[diagnostic::do_not_recommend]
impl<O> WithoutValues for Node<O, ()> {}

/// Keys of GROUP BY in the scope `S`: an expression, a whole row, or a tuple of these; [`rollup`](super::rollup) and
/// [`cube`](super::cube) of them. `K` are the keys as a tuple, `Grouped` is the scope of what follows.
#[diagnostic::on_unimplemented(
    message = "this is not a key to group by",
    label = "`{Self}` is neither an expression nor a row like `User::key()`"
)]
pub trait GroupKeys<D: Dialect, S, K, I, Grouped> {
    /// Writes them, separated by commas.
    fn render(self, out: &mut Fragment);
}

impl<D, S, K, I, Grouped, G> GroupKeys<D, S, K, I, Grouped> for G
where
    D: Dialect,
    G: StandsIn<GroupBy> + KeysOf<D, S, K, I, Grouped, G::Fit>,
{
    fn render(self, out: &mut Fragment) {
        self.write(out);
    }
}

/// What makes [`GroupKeys`]: implemented for each type of expression.
pub trait KeysOf<D: Dialect, S, K, I, Grouped, Fit> {
    /// Writes them, separated by commas.
    fn write(self, out: &mut Fragment);
}

macro_rules! expressions {
    ([$($generic:ident),*] $expression:ty) => {
        impl<Db: Dialect, Scope, At, $($generic),*> KeysOf<Db, Scope, (Self,), At, Scope, Fits> for $expression
        where
            Self: ExprIn<Scope, At, Aggregates: AllowedIn<GroupBy>> + Render<Db>,
            (Self,): WithoutValues,
        {
            fn write(self, out: &mut Fragment) {
                Render::<Db>::render(self, out);
            }
        }
    };
}

for_each_expression!(expressions);
expressions!([T] crate::expr::Param<T>);

impl<D: Dialect, S: InScope<A, I>, I, A: Source> KeysOf<D, S, (Self,), I, S, Fits> for Key<A> {
    fn write(self, out: &mut Fragment) {
        let def = A::Table::def();
        let mut separator = "";
        for column in
            def.columns.iter().filter(|column| def.primary_key.is_empty() || def.primary_key.contains(&column.name))
        {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.column(A::NAME, column.name);
        }
        out.whole_row(A::NAME);
    }
}

impl<D: Dialect, S, K, I, Grouped, G> KeysOf<D, S, K, I, Grouped, Unfit> for G {
    fn write(self, _: &mut Fragment) {}
}

/// A place among the group keys where the expression `E` stands.
pub trait HasKey<E, I> {}

/// A place among keys, counted from 0.
#[derive(Debug)]
pub struct KeyAt<const N: usize>;

/// An expression, or what is selected, that depends on nothing but the group keys `K` and aggregates.
pub trait GroupedBy<K, I> {}

/// A column that the group keys determine.
#[diagnostic::on_unimplemented(message = "`{C}` must be in GROUP BY or inside an aggregate", label = "not grouped")]
pub trait GroupedColumn<K, C, I> {}

/// Stands for the table `A` in errors, which rustc would explain at length were it the table itself.
#[derive(Debug)]
pub struct ColumnsOfSource<A>(PhantomData<A>);

/// Marks a key that is the column itself.
#[derive(Debug)]
pub struct Itself<I>(PhantomData<I>);
/// Marks a key that is the column's whole row.
#[derive(Debug)]
pub struct ItsRow<I>(PhantomData<I>);
/// Marks a key that is an expression.
#[derive(Debug)]
pub struct KeyExpression<I>(PhantomData<I>);
/// Marks an expression whose parts are all grouped.
#[derive(Debug)]
pub struct ItsParts<I>(PhantomData<I>);
/// Marks a window function whose parts are all grouped.
#[derive(Debug)]
pub struct InWindow<I>(PhantomData<I>);
/// Marks a row whose columns are all grouped.
#[derive(Debug)]
pub struct ItsColumns<I>(PhantomData<I>);

#[diagnostic::do_not_recommend]
impl<A, C, K: HasKey<Col<C, A>, I>, I> GroupedColumn<K, C, Itself<I>> for ColumnsOfSource<A> {}
#[diagnostic::do_not_recommend]
impl<A, C, K: HasKey<Key<A>, I>, I> GroupedColumn<K, C, ItsRow<I>> for ColumnsOfSource<A> {}
impl<A, C, K, I> GroupedBy<K, I> for Col<C, A> where ColumnsOfSource<A>: GroupedColumn<K, C, I> {}

/// A table whose columns the group keys all determine.
#[diagnostic::on_unimplemented(
    message = "every column of `{T}` must be in GROUP BY: add `.group_by({T}::key())`",
    label = "selects whole rows beside groups"
)]
pub trait GroupedRow<K, T, I> {}
#[diagnostic::do_not_recommend]
impl<T, K: HasKey<Key<T>, I>, I> GroupedRow<K, T, I> for ColumnsOfSource<T> {}

/// An operation whose result the group keys determine.
#[diagnostic::on_unimplemented(
    message = "this expression must be in GROUP BY or inside an aggregate",
    label = "uses columns that are not grouped"
)]
pub trait GroupedOperation<K, A, I> {}

impl<O, A, K, I> GroupedBy<K, I> for Node<O, A> where O: GroupedOperation<K, A, I> {}
#[diagnostic::do_not_recommend]
impl<O, A, K: HasKey<Node<O, A>, I>, I> GroupedOperation<K, A, KeyExpression<I>> for O {}
impl<O: PlainOperation, A: GroupedArgs<K, I>, K, I> GroupedOperation<K, A, ItsParts<I>> for O {}
#[diagnostic::do_not_recommend]
impl<O, A: GroupedArgs<K, I>, K, I> GroupedOperation<K, A, InWindow<I>> for Over<O> {}
#[diagnostic::do_not_recommend]
impl<F, T, A, K> GroupedOperation<K, A, Yes> for Aggregate<F, T> {}
#[diagnostic::do_not_recommend]
impl<A, K> GroupedOperation<K, A, Yes> for CountStar {}
#[diagnostic::do_not_recommend]
impl<F, T, A, K> GroupedOperation<K, A, Yes> for Filtered<F, T> {}
#[diagnostic::do_not_recommend]
impl<A, K> GroupedOperation<K, A, Yes> for CountFiltered {}

/// An operation that is no aggregate function.
pub trait PlainOperation {}

impl<K, T> GroupedBy<K, ()> for Bind<T> {}
impl<K, T> GroupedBy<K, ()> for Param<T> {}
impl<K, T> GroupedBy<K, ()> for ParamList<T> {}
impl<K, V: IntoExpr<Expr: GroupedBy<K, I>>, I> GroupedBy<K, I> for List<V> {}

/// Arguments that the group keys determine.
pub trait GroupedArgs<K, I> {}
impl<K> GroupedArgs<K, ()> for () {}

/// What a projection is made of, under a marker of its own.
impl<K, I, E: GroupedBy<K, I>> GroupedBy<K, ItsColumns<I>> for Option<E> {}
impl<K, I, P: GroupedBy<K, I>, F, A, R> GroupedBy<K, ItsColumns<I>> for Mapped<P, F, A, R> {}
impl<K, I, T> GroupedBy<K, ItsRow<I>> for All<T> where ColumnsOfSource<T>: GroupedRow<K, T, I> {}

macro_rules! keys {
    ($($key:ident $index:ident $at:literal),+) => {
        keys!(@each ($($key),+) $($key $at),+);

        impl<Db: Dialect, Scope, $($key, $index),+> KeysOf<Db, Scope, Self, ($($index,)+), Scope, Fits> for ($($key,)+)
        where
            $($key: StandsIn<GroupBy> + KeysOf<Db, Scope, ($key,), $index, Scope, $key::Fit>,)+
        {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn write(self, out: &mut Fragment) {
                let ($($key,)+) = self;
                let mut separator = "";
                $(
                    out.sql(std::mem::replace(&mut separator, ", "));
                    $key.write(out);
                )+
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($key),+> CanSort for ($($key,)+) {}

        #[diagnostic::do_not_recommend]
        impl<Op, $($key: IntoExpr<Expr: WithoutValues>),+> WithoutValues for Node<Op, ($($key,)+)> {}
        #[diagnostic::do_not_recommend]
        impl<$($key: WithoutValues),+> WithoutValues for ($($key,)+) {}

        impl<Keys, $($key: IntoExpr, $index),+> GroupedArgs<Keys, ($($index,)+)> for ($($key,)+)
        where
            $($key::Expr: GroupedBy<Keys, $index>),+
        {
        }

    };
    (@each $all:tt $($key:ident $at:literal),+) => { $(keys!(@in $all $key $at);)+ };
    (@in ($($all:ident),+) $key:ident $at:literal) => {
        #[diagnostic::do_not_recommend]
        impl<$($all),+> HasKey<$key, KeyAt<$at>> for ($($all,)+) {}
    };
}

keys!(A IA 0);
keys!(A IA 0, B IB 1);
keys!(A IA 0, B IB 1, C IC 2);
keys!(A IA 0, B IB 1, C IC 2, D ID 3);
keys!(A IA 0, B IB 1, C IC 2, D ID 3, E IE 4);
keys!(A IA 0, B IB 1, C IC 2, D ID 3, E IE 4, F IF 5);
keys!(A IA 0, B IB 1, C IC 2, D ID 3, E IE 4, F IF 5, G IG 6);
keys!(A IA 0, B IB 1, C IC 2, D ID 3, E IE 4, F IF 5, G IG 6, H IH 7);

macro_rules! grouped_tuples {
    ($($item:ident $index:ident),+) => {
        impl<Keys, $($item: GroupedBy<Keys, $index>, $index),+> GroupedBy<Keys, ($($index,)+)> for ($($item,)+) {}
    };
}

grouped_tuples!(A IA);
grouped_tuples!(A IA, B IB);
grouped_tuples!(A IA, B IB, C IC);
grouped_tuples!(A IA, B IB, C IC, D ID);
grouped_tuples!(A IA, B IB, C IC, D ID, E IE);
grouped_tuples!(A IA, B IB, C IC, D ID, E IE, F IF);
grouped_tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG);
grouped_tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH);
grouped_tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ);
grouped_tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ, K IK);
grouped_tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ, K IK, L IL);
grouped_tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ, K IK, L IL, M IM);
