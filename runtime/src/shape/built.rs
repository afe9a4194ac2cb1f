//! Rows that become a shape.

use std::{any::TypeId, marker::PhantomData};

use super::{Fields, Shape};
use crate::{
    Error,
    dialect::Dialect,
    relation::{Above, KeyOf, KeyPlace, Levels, Plan, Together, Way},
    run::{BoxFuture, Decode, Executor},
};

/// The rows of a query as a shape `T` with these fields.
pub(super) struct Built<T, F> {
    pub(super) fields: F,
    pub(super) marker: PhantomData<fn() -> T>,
}

impl<T, F: Clone> Clone for Built<T, F> {
    fn clone(&self) -> Self {
        Built { fields: self.fields.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Shape<D>, F: Fields<D, Values = T::Fields>> Plan<D> for Built<T, F> {
    type Row = F::Row;
    type Keys = F::Keys;
    type Loaded = F::Loaded;
    type With = T;

    fn columns(&self) -> Vec<KeyOf> {
        let mut columns = Vec::new();
        self.fields.add_columns(&mut columns);
        columns
    }

    fn read(&self, row: &mut D::Row<'_>) -> Result<F::Row, Error> {
        F::read(row)
    }

    fn read_keys(places: &[KeyPlace], row: &mut D::Row<'_>) -> Result<F::Keys, Error> {
        F::read_keys(&mut places.iter(), row)
    }

    fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
        keys: Vec<F::Keys>,
        way: Way,
    ) -> BoxFuture<'e, Result<Vec<F::Loaded>, Error>> {
        self.fields.load(executor, keys, way)
    }

    fn add_to(&self, together: &mut Together<D>, above: &Above) {
        self.fields.add_to(together, above, &mut 0);
    }

    fn take(self, levels: &mut Levels<'_, '_, D>, keys: Vec<F::Keys>) -> Result<Vec<F::Loaded>, Error> {
        self.fields.take(levels, keys)
    }

    fn join(row: F::Row, loaded: F::Loaded) -> T {
        T::build(F::join(row, loaded))
    }

    fn shape(&self) -> Option<TypeId> {
        Some(TypeId::of::<T>())
    }

    fn alone(&self) -> Option<Decode<D, T>> {
        F::nothing().map(|_| read_alone::<D, T, F> as Decode<D, T>)
    }
}

/// Reads a shape without relations.
fn read_alone<D: Dialect, T: Shape<D>, F: Fields<D, Values = T::Fields>>(row: &mut D::Row<'_>) -> Result<T, Error> {
    let nothing = F::nothing().ok_or(Error::RowNotFound)?;
    Ok(T::build(F::join(F::read(row)?, nothing)))
}

/// Stands for the plan of what is no shape, which no query has.
pub(super) struct Unbuilt<T>(pub(super) PhantomData<fn() -> T>);

impl<T> Clone for Unbuilt<T> {
    fn clone(&self) -> Self {
        Unbuilt(PhantomData)
    }
}

impl<D: Dialect, T: Send + 'static> Plan<D> for Unbuilt<T> {
    type Row = T;
    type Keys = ();
    type Loaded = ();
    type With = T;

    fn columns(&self) -> Vec<KeyOf> {
        Vec::new()
    }

    fn read(&self, _: &mut D::Row<'_>) -> Result<T, Error> {
        Err(Error::RowNotFound)
    }

    fn read_keys(_: &[KeyPlace], _: &mut D::Row<'_>) -> Result<(), Error> {
        Ok(())
    }

    fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        _: E,
        keys: Vec<()>,
        _: Way,
    ) -> BoxFuture<'e, Result<Vec<()>, Error>> {
        Box::pin(std::future::ready(Ok(keys)))
    }

    fn add_to(&self, _: &mut Together<D>, _: &Above) {}

    fn take(self, _: &mut Levels<'_, '_, D>, keys: Vec<()>) -> Result<Vec<()>, Error> {
        Ok(keys)
    }

    fn join(row: T, (): ()) -> T {
        row
    }
}
