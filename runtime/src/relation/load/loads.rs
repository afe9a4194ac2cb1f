//! Several relations that are loaded side by side.

use super::{
    super::link::Key,
    Above, Level, Levels, LoadedFrom, Related, Together, Way,
    places::{KeyOf, KeyPlace},
};
use crate::{
    Error,
    dialect::Dialect,
    relation::Relation,
    run::{BoxFuture, Executor, RowReader},
    table::{ColumnId, Digit, Flag, No, Source, SourceId},
};

/// The keys of one row, by which each relation finds its rows: `None` is NULL.
pub(super) type Keys<const N: usize> = [Option<Key>; N];

/// Relations that are loaded for the same rows, as a tuple.
pub trait Loads<D: Dialect>: Sized + Clone + Send + Sync + 'static {
    /// The keys of a row.
    type Keys: Default + Send + 'static;
    /// What is loaded for a row.
    type Loaded: Send + 'static;
    /// A row with what is loaded for it.
    type With<R: Send + 'static>: Send + 'static;

    /// The keys that the rows must have.
    fn columns(&self) -> Vec<KeyOf>;

    /// Reads the keys of a row.
    ///
    /// # Errors
    /// [`Error::Decode`] if a column holds another kind of value.
    fn read_keys<R: RowReader>(places: &[KeyPlace], row: &mut R) -> Result<Self::Keys, Error>;

    /// Loads them for rows with these keys.
    fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
        keys: Vec<Self::Keys>,
        way: Way,
    ) -> BoxFuture<'e, Result<Vec<Self::Loaded>, Error>>;

    /// Adds them to one statement, below a level.
    fn add_to(&self, together: &mut Together<D>, above: &Above);

    /// Takes what that statement found, for rows with these keys.
    ///
    /// # Errors
    /// As `load`.
    fn take(self, levels: &mut Levels<'_, '_, D>, keys: Vec<Self::Keys>) -> Result<Vec<Self::Loaded>, Error>;

    /// Puts a row and what is loaded for it together.
    fn join<R: Send + 'static>(row: R, loaded: Self::Loaded) -> Self::With<R>;
}

impl<D: Dialect> Loads<D> for () {
    type Keys = ();
    type Loaded = ();
    type With<R: Send + 'static> = R;

    fn columns(&self) -> Vec<KeyOf> {
        Vec::new()
    }

    fn read_keys<R: RowReader>(_: &[KeyPlace], _: &mut R) -> Result<(), Error> {
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

    fn join<R: Send + 'static>(row: R, (): ()) -> R {
        row
    }
}

/// Relations after which another one is loaded, which is none of them.
pub trait LoadOnce<A> {
    /// All of them.
    type Loads;

    /// Adds it.
    fn and(self, relation: A) -> Self::Loads;
}

impl<A> LoadOnce<A> for () {
    type Loads = (A,);

    fn and(self, relation: A) -> (A,) {
        (relation,)
    }
}

/// Relations beside which there is a place for another one: fewer than eight.
#[diagnostic::on_unimplemented(
    message = "at most eight relations are loaded side by side",
    label = "the ninth: a `#[derive(Shape)]` struct has as many as you like"
)]
pub trait HasPlace {}
#[diagnostic::do_not_recommend]
impl HasPlace for () {}

/// Never called: `HasPlace` refuses the ninth.
impl<A, B, C, D, E, F, G, H, New> LoadOnce<New> for (A, B, C, D, E, F, G, H) {
    type Loads = Self;

    fn and(self, _: New) -> Self {
        self
    }
}

/// Rows beside which relations are loaded.
#[diagnostic::on_unimplemented(
    message = "a shape says what is loaded: a relation is a field of it",
    label = "not loaded beside a shape"
)]
pub trait TakesRelations {}
#[diagnostic::do_not_recommend]
impl TakesRelations for () {}

/// The truth whether a relation is loaded already.
#[diagnostic::on_unimplemented(message = "this relation is loaded twice", label = "the same relation a second time")]
pub trait First {}
#[diagnostic::do_not_recommend]
impl First for No {}

type Both<A, B> = <A as Flag>::And<B>;
type Id<R> = <<R as Relation>::From as Source>::Id;

/// Whether it loads the same relation as `B`.
pub trait SameRelation<B> {
    /// The truth.
    type Is: Flag;
}

impl<D: Dialect, R: Relation, Row, X, L, N, R2: Relation, Row2, X2, L2, N2>
    SameRelation<Related<D, R2, Row2, X2, L2, N2>> for Related<D, R, Row, X, L, N>
{
    type Is = Both<
        <Id<R> as SourceId>::Is<Id<R2>>,
        Both<<R::Kind as Digit>::Is<R2::Kind>, <R::Place as ColumnId>::Is<R2::Place>>,
    >;
}

/// The keys of all rows for each relation.
fn by_relation<const N: usize>(keys: Vec<Keys<N>>) -> [Vec<Option<Key>>; N] {
    let mut each = std::array::from_fn(|_| Vec::with_capacity(keys.len()));
    for keys in keys {
        for (list, key) in each.iter_mut().zip(keys) {
            list.push(key);
        }
    }
    each
}

/// What is loaded by each relation, row by row.
macro_rules! side_by_side {
    ($first:ident $($rows:ident)*) => {{
        $(let mut $rows = $rows.into_iter();)*
        let mut all = Vec::with_capacity($first.len());
        for $first in $first {
            $(let Some($rows) = $rows.next() else { break };)*
            all.push(($first, $($rows,)*));
        }
        all
    }};
}
pub(crate) use side_by_side;

macro_rules! tuples {
    ($count:literal, $($level:ident $keys:ident $rows:ident $place:tt),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($level: SameRelation<$level>),+> TakesRelations for ($($level,)+) {}

        impl<$($level),+> LoadedFrom for ($($level,)+) {
            type State<X> = X;
        }

        impl<Db: Dialect, $($level: Level<Db>),+> Loads<Db> for ($($level,)+) {
            type Keys = Keys<$count>;
            type Loaded = ($($level::Loaded,)+);
            type With<Row: Send + 'static> = (Row, $($level::Loaded,)+);

            fn columns(&self) -> Vec<KeyOf> {
                vec![$(self.$place.columns()),+]
            }

            fn read_keys<Row: RowReader>(places: &[KeyPlace], row: &mut Row) -> Result<Self::Keys, Error> {
                Ok([$(places[$place].read(row)?),+])
            }

            fn load<'e, Ex: Executor<Db> + Copy + Sync + 'e>(
                self,
                executor: Ex,
                keys: Vec<Self::Keys>,
                way: Way,
            ) -> BoxFuture<'e, Result<Vec<Self::Loaded>, Error>> {
                Box::pin(async move {
                    let [$($keys),+] = by_relation(keys);
                    $(let $rows = self.$place.load(executor, $keys, way.clone()).await?;)+
                    Ok(side_by_side!($($rows)+))
                })
            }

            fn add_to(&self, together: &mut Together<Db>, above: &Above) {
                $(self.$place.add_to(together, above.keys($place));)+
            }

            fn take(self, levels: &mut Levels<'_, '_, Db>, keys: Vec<Self::Keys>) -> Result<Vec<Self::Loaded>, Error> {
                let [$($keys),+] = by_relation(keys);
                $(let $rows = self.$place.take(levels, $keys)?;)+
                Ok(side_by_side!($($rows)+))
            }

            fn join<Row: Send + 'static>(row: Row, loaded: Self::Loaded) -> Self::With<Row> {
                let ($($rows,)+) = loaded;
                (row, $($rows,)+)
            }
        }
    };
}

macro_rules! appends {
    ($($level:ident $place:tt),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($level: SameRelation<$level>),+> HasPlace for ($($level,)+) {}

        impl<New, $($level: SameRelation<New, Is: First>),+> LoadOnce<New> for ($($level,)+) {
            type Loads = ($($level,)+ New,);

            fn and(self, relation: New) -> Self::Loads {
                ($(self.$place,)+ relation,)
            }
        }
    };
}

tuples!(1, A ka a 0);
tuples!(2, A ka a 0, B kb b 1);
tuples!(3, A ka a 0, B kb b 1, C kc c 2);
tuples!(4, A ka a 0, B kb b 1, C kc c 2, D kd d 3);
tuples!(5, A ka a 0, B kb b 1, C kc c 2, D kd d 3, E ke e 4);
tuples!(6, A ka a 0, B kb b 1, C kc c 2, D kd d 3, E ke e 4, F kf f 5);
tuples!(7, A ka a 0, B kb b 1, C kc c 2, D kd d 3, E ke e 4, F kf f 5, G kg g 6);
tuples!(8, A ka a 0, B kb b 1, C kc c 2, D kd d 3, E ke e 4, F kf f 5, G kg g 6, H kh h 7);
appends!(A 0);
appends!(A 0, B 1);
appends!(A 0, B 1, C 2);
appends!(A 0, B 1, C 2, D 3);
appends!(A 0, B 1, C 2, D 3, E 4);
appends!(A 0, B 1, C 2, D 3, E 4, F 5);
appends!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
