//! The fields of a shape: what each of them reads from a row, and what is loaded for it.

use crate::{
    Error,
    dialect::Dialect,
    relation::{Above, Key, KeyOf, KeyPlace, Level, Levels, Together, Way, side_by_side},
    run::{BoxFuture, Executor},
};

/// Fields of a shape: a column or expression, a relation, or a tuple of fields.
pub trait Fields<D: Dialect>: Clone + Send + Sync + 'static {
    /// What they hold in the end.
    type Values: Send + 'static;
    /// What is read from a row.
    type Row: Send + 'static;
    /// The keys by which relations find their rows.
    type Keys: Default + Send + 'static;
    /// What is loaded.
    type Loaded: Send + 'static;

    /// Adds the keys that relations need.
    fn add_columns(&self, to: &mut Vec<KeyOf>);

    /// Reads what the query selects for them.
    ///
    /// # Errors
    /// [`Error::Decode`] if a column holds another kind of value.
    fn read(row: &mut D::Row<'_>) -> Result<Self::Row, Error>;

    /// Reads the keys, from places of which it takes its own.
    ///
    /// # Errors
    /// As [`Fields::read`].
    fn read_keys(places: &mut std::slice::Iter<'_, KeyPlace>, row: &mut D::Row<'_>) -> Result<Self::Keys, Error>;

    /// Loads what belongs to rows with these keys.
    fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
        keys: Vec<Self::Keys>,
        way: Way,
    ) -> BoxFuture<'e, Result<Vec<Self::Loaded>, Error>>;

    /// Adds what belongs to the rows to one statement, below their level, of whose keys `which` is the next.
    fn add_to(&self, together: &mut Together<D>, above: &Above, which: &mut usize);

    /// Takes what that statement found, for rows with these keys.
    ///
    /// # Errors
    /// As [`Fields::load`].
    fn take(self, levels: &mut Levels<'_, '_, D>, keys: Vec<Self::Keys>) -> Result<Vec<Self::Loaded>, Error>;

    /// What is loaded if there are no relations.
    fn nothing() -> Option<Self::Loaded>;

    /// Puts what was read and what was loaded together.
    fn join(row: Self::Row, loaded: Self::Loaded) -> Self::Values;
}

/// A relation.
#[derive(Clone)]
pub struct RelatedField<L>(pub(super) L);

impl<D: Dialect, L: Level<D>> Fields<D> for RelatedField<L> {
    type Values = L::Loaded;
    type Row = ();
    type Keys = Option<Key>;
    type Loaded = L::Loaded;

    fn add_columns(&self, to: &mut Vec<KeyOf>) {
        to.push(self.0.columns());
    }

    fn read(_: &mut D::Row<'_>) -> Result<(), Error> {
        Ok(())
    }

    fn read_keys(places: &mut std::slice::Iter<'_, KeyPlace>, row: &mut D::Row<'_>) -> Result<Option<Key>, Error> {
        places.next().map_or(Ok(None), |place| place.read(row))
    }

    fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
        keys: Vec<Option<Key>>,
        way: Way,
    ) -> BoxFuture<'e, Result<Vec<L::Loaded>, Error>> {
        self.0.load(executor, keys, way)
    }

    fn add_to(&self, together: &mut Together<D>, above: &Above, which: &mut usize) {
        self.0.add_to(together, above.keys(*which));
        *which += 1;
    }

    fn take(self, levels: &mut Levels<'_, '_, D>, keys: Vec<Option<Key>>) -> Result<Vec<L::Loaded>, Error> {
        self.0.take(levels, keys)
    }

    fn nothing() -> Option<L::Loaded> {
        None
    }

    fn join((): (), loaded: L::Loaded) -> L::Loaded {
        loaded
    }
}

/// The keys of all rows for each field.
macro_rules! by_field {
    ($keys:ident, $($field:ident $place:tt),+) => {{
        let mut columns = ($(Vec::<$field::Keys>::with_capacity($keys.len()),)+);
        for key in $keys {
            $(columns.$place.push(key.$place);)+
        }
        columns
    }};
}

macro_rules! tuples {
    ($($field:ident $keys:ident $place:tt),+) => {
        #[diagnostic::do_not_recommend]
        impl<Db: Dialect, $($field: Fields<Db>),+> Fields<Db> for ($($field,)+) {
            type Values = ($($field::Values,)+);
            type Row = ($($field::Row,)+);
            type Keys = ($($field::Keys,)+);
            type Loaded = ($($field::Loaded,)+);

            fn add_columns(&self, to: &mut Vec<KeyOf>) {
                $(self.$place.add_columns(to);)+
            }

            fn read(row: &mut Db::Row<'_>) -> Result<Self::Row, Error> {
                Ok(($($field::read(row)?,)+))
            }

            fn read_keys(
                places: &mut std::slice::Iter<'_, KeyPlace>,
                row: &mut Db::Row<'_>,
            ) -> Result<Self::Keys, Error> {
                Ok(($($field::read_keys(places, row)?,)+))
            }

            fn load<'e, Ex: Executor<Db> + Copy + Sync + 'e>(
                self,
                executor: Ex,
                keys: Vec<Self::Keys>,
                way: Way,
            ) -> BoxFuture<'e, Result<Vec<Self::Loaded>, Error>> {
                Box::pin(async move {
                    let columns = by_field!(keys, $($field $place),+);
                    $(let $keys = self.$place.load(executor, columns.$place, way.clone()).await?;)+
                    Ok(side_by_side!($($keys)+))
                })
            }

            fn add_to(&self, together: &mut Together<Db>, above: &Above, which: &mut usize) {
                $(self.$place.add_to(together, above, which);)+
            }

            fn take(self, levels: &mut Levels<'_, '_, Db>, keys: Vec<Self::Keys>) -> Result<Vec<Self::Loaded>, Error> {
                let columns = by_field!(keys, $($field $place),+);
                $(let $keys = self.$place.take(levels, columns.$place)?;)+
                Ok(side_by_side!($($keys)+))
            }

            fn nothing() -> Option<Self::Loaded> {
                Some(($($field::nothing()?,)+))
            }

            fn join(row: Self::Row, loaded: Self::Loaded) -> Self::Values {
                ($($field::join(row.$place, loaded.$place),)+)
            }
        }
    };
}

tuples!(A a 0);
tuples!(A a 0, B b 1);
tuples!(A a 0, B b 1, C c 2);
tuples!(A a 0, B b 1, C c 2, D d 3);
tuples!(A a 0, B b 1, C c 2, D d 3, E e 4);
tuples!(A a 0, B b 1, C c 2, D d 3, E e 4, F f 5);
tuples!(A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6);
tuples!(A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7);
