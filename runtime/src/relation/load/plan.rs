//! How the rows of a query are read, and what they become with what is loaded for them.

use std::any::TypeId;

use super::{Above, KeyOf, KeyPlace, Level, Levels, Loads, Together, Way};
use crate::{
    Error,
    dialect::Dialect,
    render::Fragment,
    run::{BoxFuture, Decode, Executor, RowReader as _},
};

/// How the rows of a query are read, and what they become with what is loaded for them.
pub trait Plan<D: Dialect>: Clone + Send + Sync + 'static {
    /// What is read from a row.
    type Row: Send + 'static;
    /// The keys of a row, by which relations find theirs.
    type Keys: Default + Send + 'static;
    /// What is loaded for a row.
    type Loaded: Send + 'static;
    /// What a row becomes.
    type With: Send + 'static;

    /// The keys that the rows must have.
    fn columns(&self) -> Vec<KeyOf>;

    /// Reads what the query selects.
    ///
    /// # Errors
    /// [`Error::Decode`] if a column holds another kind of value.
    fn read(&self, row: &mut D::Row<'_>) -> Result<Self::Row, Error>;

    /// Reads the keys of a row.
    ///
    /// # Errors
    /// As [`Plan::read`].
    fn read_keys(places: &[KeyPlace], row: &mut D::Row<'_>) -> Result<Self::Keys, Error>;

    /// Loads what belongs to rows with these keys.
    fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
        keys: Vec<Self::Keys>,
        way: Way,
    ) -> BoxFuture<'e, Result<Vec<Self::Loaded>, Error>>;

    /// Adds what belongs to the rows to one statement, below their level.
    fn add_to(&self, together: &mut Together<D>, above: &Above);

    /// Takes what that statement found, for rows with these keys.
    ///
    /// # Errors
    /// As [`Plan::load`].
    fn take(self, levels: &mut Levels<'_, '_, D>, keys: Vec<Self::Keys>) -> Result<Vec<Self::Loaded>, Error>;

    /// Puts a row and what is loaded for it together.
    fn join(row: Self::Row, loaded: Self::Loaded) -> Self::With;

    /// The shape that the rows become, if they become one.
    fn shape(&self) -> Option<TypeId> {
        None
    }

    /// Reads a whole row, if nothing is loaded.
    fn alone(&self) -> Option<Decode<D, Self::With>> {
        None
    }
}

/// Reads a row, and the keys that it has for its relations.
pub(super) fn read_with_keys<D: Dialect, P: Plan<D>>(
    plan: &P,
    places: &[KeyPlace],
    row: &mut D::Row<'_>,
) -> Result<(P::Row, P::Keys), Error> {
    let keys = P::read_keys(places, row)?;
    row.seek(0);
    Ok((plan.read(row)?, keys))
}

/// Puts rows and what is loaded for them together.
pub(super) fn join_all<D: Dialect, P: Plan<D>>(rows: Vec<P::Row>, loaded: Vec<P::Loaded>) -> Vec<P::With> {
    rows.into_iter().zip(loaded).map(|(row, loaded)| P::join(row, loaded)).collect()
}

/// What rows of the type `Row` become: tuples of relations, or a shape.
pub trait Planned<D: Dialect, Row>: Clone + Send + Sync + 'static {
    /// What a row becomes.
    type With: Send + 'static;

    /// Selects what a shape holds; of a tuple, `decode` reads what the query selects already.
    fn plan(
        self,
        selection: &mut Fragment,
        decode: Decode<D, Row>,
    ) -> impl Plan<D, With = Self::With> + use<Self, D, Row>;
}

macro_rules! beside {
    ($($level:ident),*) => {
        impl<Db: Dialect, Row: Send + 'static, $($level: Level<Db>),*> Planned<Db, Row> for ($($level,)*) {
            type With = <Self as Loads<Db>>::With<Row>;

            fn plan(
                self,
                _: &mut Fragment,
                decode: Decode<Db, Row>,
            ) -> impl Plan<Db, With = Self::With> + use<Db, Row, $($level),*> {
                Beside { decode, loads: self }
            }
        }
    };
}

beside!();
beside!(A);
beside!(A, B);
beside!(A, B, C);
beside!(A, B, C, D);
beside!(A, B, C, D, E);
beside!(A, B, C, D, E, F);
beside!(A, B, C, D, E, F, G);
beside!(A, B, C, D, E, F, G, H);

/// Relations beside rows.
struct Beside<D: Dialect, Row, L> {
    decode: Decode<D, Row>,
    loads: L,
}

impl<D: Dialect, Row, L: Clone> Clone for Beside<D, Row, L> {
    fn clone(&self) -> Self {
        Beside { decode: self.decode, loads: self.loads.clone() }
    }
}

impl<D: Dialect, Row: Send + 'static, L: Loads<D>> Plan<D> for Beside<D, Row, L> {
    type Row = Row;
    type Keys = L::Keys;
    type Loaded = L::Loaded;
    type With = L::With<Row>;

    fn columns(&self) -> Vec<KeyOf> {
        self.loads.columns()
    }

    fn read(&self, row: &mut D::Row<'_>) -> Result<Row, Error> {
        (self.decode)(row)
    }

    fn read_keys(places: &[KeyPlace], row: &mut D::Row<'_>) -> Result<L::Keys, Error> {
        L::read_keys(places, row)
    }

    fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
        keys: Vec<L::Keys>,
        way: Way,
    ) -> BoxFuture<'e, Result<Vec<L::Loaded>, Error>> {
        self.loads.load(executor, keys, way)
    }

    fn add_to(&self, together: &mut Together<D>, above: &Above) {
        self.loads.add_to(together, above);
    }

    fn take(self, levels: &mut Levels<'_, '_, D>, keys: Vec<L::Keys>) -> Result<Vec<L::Loaded>, Error> {
        self.loads.take(levels, keys)
    }

    fn join(row: Row, loaded: L::Loaded) -> L::With<Row> {
        L::join(row, loaded)
    }
}
