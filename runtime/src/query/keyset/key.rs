//! The keys of a cursor: what they may be, and what they must be together.

use super::SteadyKey;
use crate::{
    Error,
    dialect::Dialect,
    expr::{ExprIn, Level, Node, Render},
    hash,
    query::{
        order::{Direction, Order, SortKey},
        output::FromItem,
    },
    render::Fragment,
    run::RowReader,
    table::{Col, Column, ColumnId, ColumnSet, Flag, No, SourceId},
    value::{DataType, FieldType, NotNull, SqlValue, Value},
};

/// A key that is rendered.
#[derive(Debug, Clone)]
pub struct Written {
    expression: Fragment,
    pub(super) direction: Direction,
    pub(super) data_type: DataType,
}

impl Written {
    /// As it is selected.
    pub(super) fn write(&self, out: &mut Fragment) {
        out.append_copy(&self.expression);
    }

    /// As it is sorted by and compared: an enum that sorts by the places of its words, but compares as text, as text.
    pub(super) fn compared(&self) -> Fragment {
        let spelling = &self.expression.syntax().spelling;
        if !matches!(self.data_type, DataType::Enum(_)) || spelling.enums_compare_as_sorted {
            return self.expression.clone();
        }
        let (open, close) = (spelling.cast)(self.data_type, DataType::Text);
        let mut text = self.expression.part();
        text.sql(open);
        text.append_copy(&self.expression);
        text.sql(close);
        text
    }

    /// As a key of ORDER BY.
    pub(super) fn sort_key(&self, backward: bool) -> SortKey {
        SortKey::new(self.compared(), if backward { self.direction.reversed() } else { self.direction })
    }

    /// Whether it is JSON to the database, which does not compare as it sorts.
    pub(super) fn is_document(&self) -> bool {
        match self.data_type {
            DataType::Json | DataType::JsonText => true,
            DataType::Array(_) => !self.expression.syntax().spelling.lists_are_arrays,
            _ => false,
        }
    }

    /// Adds to the identity of a list of keys.
    pub(super) fn hash(&self, before: u64) -> u64 {
        self.expression.hash(hash::and(before, format!("{:?} {:?}", self.direction, self.data_type).as_bytes()))
    }
}

/// Something that can be a key of a cursor: a column or an expression, with or without a direction. `V` is its value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key of a cursor",
    label = "expected columns or expressions, with `.asc()` or `.desc()`"
)]
pub trait CursorKey<D: Dialect, S, I, V>: ColumnSet {
    /// Renders it.
    fn write(self, keys: &mut Vec<Written>);
}

/// The nullness of a key that is never NULL.
#[diagnostic::on_unimplemented(
    message = "a key of a cursor cannot be NULL, which compares with nothing",
    label = "can be NULL: leave it out, or use `.coalesce(..)`"
)]
pub trait NeverNullKey {}
#[diagnostic::do_not_recommend]
impl NeverNullKey for NotNull {}

/// Whether an expression holds an aggregate, which a page of rows has not.
#[diagnostic::on_unimplemented(
    message = "a page by keys is made of rows: aggregates are not allowed",
    label = "holds an aggregate"
)]
pub trait OfRows {}
#[diagnostic::do_not_recommend]
impl OfRows for No {}

impl<D: Dialect, S, I, E> CursorKey<D, S, I, E::Base> for Order<E>
where
    E: ExprIn<S, I, Aggregates: OfRows, Null: NeverNullKey, Base: Clone> + Render<D> + ColumnSet + SteadyKey,
{
    fn write(self, keys: &mut Vec<Written>) {
        let (key, direction) = self.into_parts();
        let mut expression = Fragment::clause(D::SYNTAX);
        let parentheses = E::LEVEL.needs_parentheses_in(Level::Comparison);
        expression.sql(if parentheses { "(" } else { "" });
        key.render(&mut expression);
        expression.sql(if parentheses { ")" } else { "" });
        keys.push(Written { expression, direction, data_type: E::Base::TYPE });
    }
}

macro_rules! bare {
    ($([$($generic:ident),*] $key:ty;)*) => {$(
        impl<Db: Dialect, Scope, At, Val, $($generic),*> CursorKey<Db, Scope, At, Val> for $key
        where
            Order<Self>: CursorKey<Db, Scope, At, Val>,
            Self: ColumnSet,
        {
            fn write(self, keys: &mut Vec<Written>) {
                Order::in_direction(self, Direction::Asc).write(keys);
            }
        }
    )*};
}

bare! {
    [C, A] Col<C, A>;
    [O, A] Node<O, A>;
}

type Both<A, B> = <A as Flag>::And<B>;

impl<C: Column, A: FromItem> ColumnSet for Col<C, A> {
    type Has<S: SourceId, K: ColumnId> = Both<<A::Id as SourceId>::Is<S>, <C::Id as ColumnId>::Is<K>>;
}

impl<O, A> ColumnSet for Node<O, A> {
    type Has<S: SourceId, K: ColumnId> = No;
}

impl<E: ColumnSet> ColumnSet for Order<E> {
    type Has<S: SourceId, K: ColumnId> = E::Has<S, K>;
}

/// The keys of a cursor: one, or a tuple of them. `C` are their values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key of a cursor",
    label = "expected columns or expressions, with `.asc()` or `.desc()`"
)]
pub trait CursorKeys<D: Dialect, S, I, C>: ColumnSet {
    /// Renders them.
    fn write_all(self, keys: &mut Vec<Written>);
}

/// Marks a key that stands alone.
#[derive(Debug)]
pub struct Single<I>(std::marker::PhantomData<I>);

macro_rules! single {
    ($([$($generic:ident),*] $key:ty;)*) => {$(
        impl<Db: Dialect, Scope, At, Val, $($generic),*> CursorKeys<Db, Scope, Single<At>, Val> for $key
        where
            Self: CursorKey<Db, Scope, At, Val>,
        {
            fn write_all(self, keys: &mut Vec<Written>) {
                self.write(keys);
            }
        }
    )*};
}

single! {
    [C, A] Col<C, A>;
    [O, A] Node<O, A>;
    [E] Order<E>;
}

/// The values of the keys: of one key its value, of a tuple a tuple.
pub trait CursorValues: Clone + Send + 'static {
    /// Reads them from a row.
    ///
    /// # Errors
    /// As [`FieldType::read`].
    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error>;

    /// The values, to be bound.
    fn into_values(self) -> Vec<Value>;
}

impl<T: SqlValue + Clone> CursorValues for T {
    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error> {
        <T as FieldType>::read(row)
    }

    fn into_values(self) -> Vec<Value> {
        vec![SqlValue::into_value(self)]
    }
}

macro_rules! tuples {
    ($($key:ident $index:ident $value:ident),+) => {
        impl<Db: Dialect, Scope, $($key: CursorKey<Db, Scope, $index, $value>, $index, $value),+>
            CursorKeys<Db, Scope, ($($index,)+), ($($value,)+)> for ($($key,)+)
        {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn write_all(self, keys: &mut Vec<Written>) {
                let ($($key,)+) = self;
                $($key.write(keys);)+
            }
        }

        impl<$($key: ColumnSet),+> ColumnSet for ($($key,)+) {
            type Has<S: SourceId, K: ColumnId> = tuples!(@or S K $($key),+);
        }

        impl<$($value: SqlValue + Clone),+> CursorValues for ($($value,)+) {
            fn read<Row: RowReader>(row: &mut Row) -> Result<Self, Error> {
                Ok(($(<$value as FieldType>::read(row)?,)+))
            }

            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn into_values(self) -> Vec<Value> {
                let ($($value,)+) = self;
                vec![$(SqlValue::into_value($value)),+]
            }
        }
    };
    (@or $s:ident $k:ident $first:ident) => { $first::Has<$s, $k> };
    (@or $s:ident $k:ident $first:ident, $($rest:ident),+) => {
        <$first::Has<$s, $k> as Flag>::Or<tuples!(@or $s $k $($rest),+)>
    };
}

tuples!(A IA VA);
tuples!(A IA VA, B IB VB);
tuples!(A IA VA, B IB VB, C IC VC);
tuples!(A IA VA, B IB VB, C IC VC, D ID VD);
tuples!(A IA VA, B IB VB, C IC VC, D ID VD, E IE VE);
tuples!(A IA VA, B IB VB, C IC VC, D ID VD, E IE VE, F IF VF);
