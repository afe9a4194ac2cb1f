//! UNION, INTERSECT, EXCEPT: the rows of two queries as those of one.

use std::marker::PhantomData;

use super::{
    output::ResultRow,
    parts::Parts,
    scope::{Correlates, InScope, Lacks, Outer, Own, ProvidedBy, TopLevel},
    select::Select,
    sides::SetOperator,
    state::{Combined, Complete, State, Unlocked},
    subquery::{GroupedEntry, GroupedSubquery},
};
use crate::{
    Error,
    dialect::{Dialect, SetsWithRepeats},
    table::{Source, Table},
    value::{FieldType, NotNull, Nullness, SqlValue},
};

/// The scope of a set operation: no tables, but those of the query around it that one of the sides names.
#[derive(Debug)]
pub struct Sides<O>(PhantomData<fn() -> O>);

/// A list of tables of the query around: `T` and the rest of them.
#[derive(Debug)]
pub struct Names<T, Rest>(PhantomData<fn() -> (T, Rest)>);

/// A list of tables of the query around: [`Names`] or `()`.
pub trait NamesList {
    /// The list with another one behind it.
    type Append<L: NamesList>: NamesList;
}

impl NamesList for () {
    type Append<L: NamesList> = L;
}

impl<T, Rest: NamesList> NamesList for Names<T, Rest> {
    type Append<L: NamesList> = Names<T, Rest::Append<L>>;
}

/// The scope of one side.
pub trait SideScope {
    /// The tables of the query around it that it names.
    type Outer: NamesList;
}

impl<O: NamesList> SideScope for Sides<O> {
    type Outer = O;
}

/// The scope of both sides together.
type Both<A, B> = Sides<<<A as SideScope>::Outer as NamesList>::Append<<B as SideScope>::Outer>>;

impl TopLevel for Sides<()> {}
impl<T, Rest> TopLevel for Sides<Names<T, Rest>> where Outer<T>: Own {}

impl<Around> Correlates<Around, ()> for Sides<()> {}
impl<Around, T, Rest, I, J> Correlates<Around, (I, J)> for Sides<Names<T, Rest>>
where
    Outer<T>: ProvidedBy<Around, I>,
    Sides<Rest>: Correlates<Around, J>,
{
}

impl<K> GroupedSubquery<K, ()> for Sides<()> {}
impl<K, T, Rest, I, J> GroupedSubquery<K, (I, J)> for Sides<Names<T, Rest>>
where
    Outer<T>: GroupedEntry<K, I>,
    Sides<Rest>: GroupedSubquery<K, J>,
{
}

/// Clauses that use columns say in their own words that a set operation has none of them.
#[diagnostic::do_not_recommend]
impl<O, T, Called> InScope<T, (), Called> for Sides<O> {
    type Null = NotNull;
}

impl<O, T: Source> Lacks<T> for Sides<O> {}

/// The types of the columns of one side; `Types` are those of the other one, and `M` can hold both.
#[diagnostic::on_unimplemented(
    message = "the two sides select different columns: `{Self}` and `{Types}`",
    label = "selects `{Types}`, the first side `{Self}`"
)]
pub trait SameColumns<Types, M> {}

/// A column of one side; `T` is the one of the other side.
#[diagnostic::on_unimplemented(
    message = "the two sides select different columns: `{Self}` and `{T}`",
    label = "selects `{T}` where the first side selects `{Self}`"
)]
pub trait SameColumn<T> {
    /// What can hold both: an `Option` if one of them is.
    type Column;
}

#[diagnostic::do_not_recommend]
impl<A: FieldType<Base: SameBase<B::Base>>, B: FieldType> SameColumn<B> for A {
    type Column = <<A::Null as Nullness>::Or<B::Null> as Nullness>::Of<A::Base>;
}

/// A row of a table among the types of what a query selects: it counts as one column.
#[derive(Debug)]
pub struct TableRow<T>(std::marker::PhantomData<T>);

#[diagnostic::do_not_recommend]
impl<T> SameColumn<TableRow<T>> for TableRow<T> {
    type Column = TableRow<T>;
}

/// The type of a column of one side, NULL aside; `T` is that of the other side.
#[diagnostic::on_unimplemented(
    message = "the two sides select different columns: `{Self}` and `{T}`",
    label = "selects `{T}` where the first side selects `{Self}`",
    note = "`.cast::<{Self}>()` converts, if that is what you mean"
)]
pub trait SameBase<T> {}
#[diagnostic::do_not_recommend]
impl<T> SameBase<T> for T {}
#[diagnostic::do_not_recommend]
impl<T> SameBase<T> for super::row::Undecided<T> {}

/// A row; `R` is the same row with columns of the types `Types`.
pub trait WithTypes<Types, R> {}

impl<T: Table> WithTypes<(TableRow<T>,), T> for T {}
impl<T: SqlValue, M> WithTypes<(M,), M> for T {}
impl<T: SqlValue, M> WithTypes<(M,), M> for Option<T> {}

macro_rules! tuples {
    ($($own:ident $other:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($own: SameColumn<$other>, $other),+> SameColumns<($($other,)+), ($($own::Column,)+)> for ($($own,)+) {}

        impl<$($own, $other),+> WithTypes<($($other,)+), ($($other,)+)> for ($($own,)+) {}
    };
}

macro_rules! all_tuples {
    (($($done:tt)*)) => {};
    (($($done:tt)*) $next:tt $($rest:tt)*) => { all_tuples!(@step ($($done)* $next) $($rest)*); };
    (@step ($(($own:ident $other:ident))+) $($rest:tt)*) => {
        tuples!($($own $other),+);
        all_tuples!(($(($own $other))+) $($rest)*);
    };
}

all_tuples!(() (A TA) (B TB) (C TC) (D TD) (E TE) (F TF) (G TG) (H TH) (J TJ) (K TK) (L TL) (M TM) (N TN) (O TO) (P TP)
    (Q TQ));

/// The row of the second side of a set operation whose first side has the row `R`: it has the same columns. `M` are the
/// types that can hold both.
#[diagnostic::on_unimplemented(
    message = "rows of the types `{R}` and `{Self}` cannot be combined: select single values, or a `row!` of them",
    label = "not rows of single values"
)]
pub trait SideOf<R, M, I> {}

impl<R2: ResultRow<I>, R: ResultRow<J>, M, I, J> SideOf<R, M, (I, J)> for R2 where R::Types: SameColumns<R2::Types, M> {}

/// A state in which a query can be a side of a set operation.
pub trait Side {}
impl<X> Side for X where State<X>: Complete + Unlocked {}

fn read<D: Dialect, R: ResultRow<K>, K>(row: &mut D::Row<'_>) -> Result<R, Error> {
    R::read_result(row)
}

impl<D: Dialect, S: SideScope, R, X> Select<D, S, R, X> {
    fn combined<S2: SideScope, R2, X2, R3>(
        self,
        operator: SetOperator,
        other: Select<D, S2, R2, X2>,
        decode: crate::run::Decode<D, R3>,
    ) -> Select<D, Both<S, S2>, R3, Combined> {
        Select::<D, S, R, X>::of_parts(Parts::combined(self.parts, operator, other.parts), decode)
    }

    /// `UNION`: the rows of both queries, each once. Both select columns of the same types; one that can be NULL on either
    /// side is an `Option`.
    ///
    /// The whole is a query again: it can be ordered by its columns, cut, counted, combined with others, be a subquery or
    /// the source of an insert. A side keeps its own order only if it has a limit.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "guests")] struct Guest { #[column(primary_key)] id: i64, name: String }
    /// let guests = Guest::query().select((Guest::id, Guest::name));
    /// let query = User::query::<Sqlite>()
    ///     .select((User::id, User::name))
    ///     .union(guests)
    ///     .order_by_output(|(_, name)| name.desc())
    ///     .limit(10);
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."id", "users"."name" FROM "users" UNION SELECT "guests"."id", "guests"."name" FROM "guests" ORDER BY 2 DESC LIMIT 10"#
    /// );
    /// ```
    pub fn union<S2, R2, X2, M, I, R3, K>(self, other: Select<D, S2, R2, X2>) -> Select<D, Both<S, S2>, R3, Combined>
    where
        S2: SideScope,
        R2: SideOf<R, M, I>,
        R: WithTypes<M, R3>,
        R3: ResultRow<K>,
        X: Side,
        X2: Side,
    {
        self.combined(SetOperator::Union, other, read::<D, R3, K>)
    }

    /// `UNION ALL`: the rows of both queries. See [`union`](Self::union).
    pub fn union_all<S2, R2, X2, M, I, R3, K>(
        self,
        other: Select<D, S2, R2, X2>,
    ) -> Select<D, Both<S, S2>, R3, Combined>
    where
        S2: SideScope,
        R2: SideOf<R, M, I>,
        R: WithTypes<M, R3>,
        R3: ResultRow<K>,
        X: Side,
        X2: Side,
    {
        self.combined(SetOperator::UnionAll, other, read::<D, R3, K>)
    }

    /// `INTERSECT`: the rows of the first query that the second one returns too, each once.
    ///
    /// Operations happen in the order of the calls: `a.union(b).intersect(c)` is `(a UNION b) INTERSECT c`, on each database.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "guests")] struct Guest { #[column(primary_key)] id: i64, name: String }
    /// let both = User::query::<Sqlite>().select(User::name).intersect(Guest::query().select(Guest::name));
    /// assert_eq!(
    ///     both.to_sql().sql,
    ///     r#"SELECT "users"."name" FROM "users" INTERSECT SELECT "guests"."name" FROM "guests""#
    /// );
    /// ```
    pub fn intersect<S2, R2, X2, M, I>(self, other: Select<D, S2, R2, X2>) -> Select<D, Both<S, S2>, R, Combined>
    where
        S2: SideScope,
        R2: SideOf<R, M, I>,
        X: Side,
        X2: Side,
    {
        let decode = self.decode;
        self.combined(SetOperator::Intersect, other, decode)
    }

    /// `INTERSECT ALL`: a row as often as both queries return it. PostgreSQL, MySQL and MariaDB have it.
    pub fn intersect_all<S2, R2, X2, M, I>(self, other: Select<D, S2, R2, X2>) -> Select<D, Both<S, S2>, R, Combined>
    where
        D::Name: SetsWithRepeats,
        S2: SideScope,
        R2: SideOf<R, M, I>,
        X: Side,
        X2: Side,
    {
        let decode = self.decode;
        self.combined(SetOperator::IntersectAll, other, decode)
    }

    /// `EXCEPT`: the rows of the first query that the second one does not return, each once.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "guests")] struct Guest { #[column(primary_key)] id: i64, name: String }
    /// let others = User::query::<Sqlite>().select(User::name).except(Guest::query().select(Guest::name));
    /// assert_eq!(
    ///     others.to_sql().sql,
    ///     r#"SELECT "users"."name" FROM "users" EXCEPT SELECT "guests"."name" FROM "guests""#
    /// );
    /// ```
    pub fn except<S2, R2, X2, M, I>(self, other: Select<D, S2, R2, X2>) -> Select<D, Both<S, S2>, R, Combined>
    where
        S2: SideScope,
        R2: SideOf<R, M, I>,
        X: Side,
        X2: Side,
    {
        let decode = self.decode;
        self.combined(SetOperator::Except, other, decode)
    }

    /// `EXCEPT ALL`: a row as often as the first query returns it more often than the second one. PostgreSQL, MySQL and
    /// MariaDB have it.
    pub fn except_all<S2, R2, X2, M, I>(self, other: Select<D, S2, R2, X2>) -> Select<D, Both<S, S2>, R, Combined>
    where
        D::Name: SetsWithRepeats,
        S2: SideScope,
        R2: SideOf<R, M, I>,
        X: Side,
        X2: Side,
    {
        let decode = self.decode;
        self.combined(SetOperator::ExceptAll, other, decode)
    }
}
