//! What an upsert can be in conflict on.

use crate::{
    dialect::{Dialect, DialectKind},
    render::Fragment,
    table::{Col, Column, IndexTarget, Table, UniqueIndex, UniqueOn},
};

/// What an insert can be in conflict on: a unique column, a tuple of columns that is unique, or a unique index.
#[diagnostic::on_unimplemented(
    message = "no constraint of `{T}` can conflict on this",
    label = "neither a primary key nor unique"
)]
pub trait ConflictTarget<D: Dialect, T, I> {
    /// The places of its columns in the table.
    fn places() -> Vec<usize>;

    /// Writes the columns.
    fn render(self, out: &mut Fragment);
}

impl<D: Dialect, T, I, K: TargetOf<D, T, I>> ConflictTarget<D, T, I> for K {
    fn places() -> Vec<usize> {
        K::PLACES.to_vec()
    }

    fn render(self, out: &mut Fragment) {
        self.write(out);
    }
}

/// What makes a [`ConflictTarget`]: implemented for each type of target.
#[diagnostic::on_unimplemented(
    message = "no constraint of `{T}` can conflict on this",
    label = "neither a primary key nor unique"
)]
pub trait TargetOf<D: Dialect, T, I> {
    /// The places of its columns in the table; none of an expression.
    const PLACES: &'static [usize] = &[];

    /// Writes the columns.
    fn write(self, out: &mut Fragment);
}

/// Marks a target of one column.
#[derive(Debug)]
pub struct ByColumn;
/// Marks a target of several columns: the derive declares them unique in every order.
#[derive(Debug)]
pub struct ByColumns;
/// Marks a target that is a unique index.
#[derive(Debug)]
pub struct ByIndex;

/// A column on which the table `T` can be in conflict.
#[diagnostic::on_unimplemented(
    message = "`{C}` is not unique: no constraint can conflict on it",
    label = "neither primary key nor unique"
)]
pub trait UniqueColumn<C> {}
#[diagnostic::do_not_recommend]
impl<T: UniqueOn<(C,)>, C> UniqueColumn<C> for Target<C, T> {}

/// Stands for a column in errors: rustc shows the words of [`UniqueColumn`] only if its `Self` is not the argument itself.
#[derive(Debug)]
pub struct Target<C, T>(std::marker::PhantomData<(C, T)>);

impl<D: Dialect, T: Table, C: Column> TargetOf<D, T, ByColumn> for Col<C, T>
where
    Target<C, T>: UniqueColumn<C>,
{
    const PLACES: &'static [usize] = &[C::INDEX];

    fn write(self, out: &mut Fragment) {
        out.sql("(");
        out.name(C::NAME);
        out.sql(")");
    }
}

impl<D: Dialect, T: Table + UniqueOn<M>, M: IndexTarget> TargetOf<D, T, ByIndex> for UniqueIndex<M> {
    fn write(self, out: &mut Fragment) {
        keys::<M>(D::KIND, out);
    }
}

/// Writes the keys of an index, and the condition of a partial one.
fn keys<M: IndexTarget>(dialect: DialectKind, out: &mut Fragment) {
    out.sql("(");
    for (index, key) in (M::KEYS)(dialect).unwrap_or_default().into_iter().enumerate() {
        if index > 0 {
            out.sql(", ");
        }
        out.text(&key.sql);
    }
    out.sql(")");
    if let Some(condition) = M::CONDITION.and_then(|condition| condition(dialect)) {
        out.sql(" WHERE ");
        out.text(&condition);
    }
}

macro_rules! columns {
    ($($column:ident),+) => {
        impl<Db: Dialect, Tbl: Table + UniqueOn<($($column,)+)>, $($column: Column),+> TargetOf<Db, Tbl, ByColumns> for ($(Col<$column, Tbl>,)+) {
            const PLACES: &'static [usize] = &[$($column::INDEX),+];

            fn write(self, out: &mut Fragment) {
                let mut separator = "(";
                $(
                    out.sql(std::mem::replace(&mut separator, ", "));
                    out.name($column::NAME);
                )+
                out.sql(")");
            }
        }
    };
}

columns!(A);
columns!(A, B);
columns!(A, B, C);
columns!(A, B, C, D);
