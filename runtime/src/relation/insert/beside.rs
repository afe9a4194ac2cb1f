//! Relations whose rows are inserted side by side.

use std::marker::PhantomData;

use super::{
    super::{Cardinality, Key, KeyColumn, Relation, SameRelation},
    Linked, Links, LinksRows, NewRelated, Owned, PlannedInsert, PlannedRows, PlannedThrough, RowList,
};
use crate::{
    Error,
    dialect::Dialect,
    query::{One, Several, TableOf},
    run::{BoxFuture, Executor},
    table::{ColumnId, Digit, Flag, No, Source, SourceId, Table, TableDef},
};

/// An insert of rows that are written out, all of which will be there: with those, others can be inserted.
#[diagnostic::on_unimplemented(
    message = "only rows that are certainly inserted can bring others along: `.values(..)`, `.row(..)` or `.rows(..)`",
    label = "the rows of a query, or an insert that may leave rows out"
)]
pub trait PlainInsert {}
#[diagnostic::do_not_recommend]
impl PlainInsert for One {}
#[diagnostic::do_not_recommend]
impl PlainInsert for Several {}

/// Rows that belong to those of the table `To`, and can be inserted together with them.
#[diagnostic::on_unimplemented(
    message = "these are no rows that can be inserted together with others",
    label = "expected rows of a relation, for instance `User::posts().values((Post::title.set(\"a\"),))`"
)]
pub trait Belongs<D, To> {}

#[diagnostic::do_not_recommend]
impl<D: Dialect, R: Relation, W, N, L> Belongs<D, R::From> for NewRelated<'_, D, R, W, N, L> {}

/// A table with a relation of which rows are inserted: `All` are these and those before, and so is `After` if the table is
/// `T`.
#[diagnostic::on_unimplemented(
    message = "these rows belong to a `{U}`, not to a `{T}`",
    label = "not a relation of `{T}`"
)]
pub trait BesideRow<T, U, All, After> {
    /// The relations, unchanged.
    fn beside(all: All) -> After;
}
#[diagnostic::do_not_recommend]
impl<T, All> BesideRow<T, T, All, All> for TableOf<T> {
    fn beside(all: All) -> All {
        all
    }
}
/// A second implementor keeps rustc from taking the first for the one that is meant, whatever the rows belong to.
#[diagnostic::do_not_recommend]
impl<T, All> BesideRow<T, TableOf<T>, All, All> for TableOf<TableOf<T>> {
    fn beside(all: All) -> All {
        all
    }
}

/// Relations after which another one is inserted, which is none of them; `All` are all of them.
pub trait InsertOnce<A, All> {
    /// Adds it.
    fn and(self, relation: A) -> All;
}

impl<L: InsertOnceOf<A, All>, A, All> InsertOnce<A, All> for L {
    fn and(self, relation: A) -> All {
        self.append(relation)
    }
}

/// What makes an [`InsertOnce`]: implemented for tuples.
pub trait InsertOnceOf<A, All> {
    /// Adds it.
    fn append(self, relation: A) -> All;
}

impl<A> InsertOnceOf<A, (A,)> for () {
    fn append(self, relation: A) -> (A,) {
        (relation,)
    }
}

/// Relations beside whose new rows there is a place for those of another one: fewer than six.
#[diagnostic::on_unimplemented(
    message = "rows of at most six relations are inserted side by side",
    label = "the seventh: insert its rows on their own, in the same transaction"
)]
pub trait HasPlaceForRows {}
#[diagnostic::do_not_recommend]
impl HasPlaceForRows for () {}

/// Never called: `HasPlaceForRows` refuses the seventh.
impl<A, B, C, D, E, F, New> InsertOnceOf<New, Self> for (A, B, C, D, E, F) {
    fn append(self, _: New) -> Self {
        self
    }
}

/// The truth whether rows of a relation are inserted already.
#[diagnostic::on_unimplemented(
    message = "rows of this relation are inserted already: `.values_for(|row| [..])` and `.rows(|row| [..])` insert several",
    label = "the same relation a second time"
)]
pub trait InsertedOnce {}
#[diagnostic::do_not_recommend]
impl InsertedOnce for No {}

type Both<A, B> = <A as Flag>::And<B>;
type Id<R> = <<R as Relation>::From as Source>::Id;

impl<'r, D: Dialect, R: Relation, W, N, L, R2: Relation, W2, N2, L2> SameRelation<NewRelated<'r, D, R2, W2, N2, L2>>
    for NewRelated<'_, D, R, W, N, L>
{
    type Is = Both<
        <Id<R> as SourceId>::Is<Id<R2>>,
        Both<<R::Kind as Digit>::Is<R2::Kind>, <R::Place as ColumnId>::Is<R2::Place>>,
    >;
}

/// Relations of the table `P` whose rows are inserted together with its own, as a tuple.
pub trait NewRelations<D: Dialect, P>: Send {
    /// What is to be inserted, once the keys are known.
    type Planned: PlannedInsert<D>;
    /// A row with what was inserted for it.
    type With<R: Send + 'static>: Send + 'static;

    /// Makes the rows for these, which have these primary keys.
    fn plan(self, parents: &[P], keys: &[Key]) -> Self::Planned;

    /// Puts a row and what was inserted for it together.
    fn join<R: Send + 'static>(row: R, inserted: <Self::Planned as PlannedInsert<D>>::Inserted) -> Self::With<R>;
}

/// One of them.
pub trait NewRelation<D: Dialect, P>: Send {
    /// What is to be inserted, once the keys are known.
    type Planned: PlannedInsert<D>;

    /// Makes the rows for these, which have these primary keys.
    fn plan(self, parents: &[P], keys: &[Key]) -> Self::Planned;
}

impl<D, R, W, N, L> NewRelated<'_, D, R, W, N, L>
where
    R: Relation,
{
    /// Makes the rows, of the table with this definition; the columns get the key of the row that they belong to.
    fn list(
        &mut self,
        def: &'static TableDef,
        foreign_key: &'static [KeyColumn],
        parents: &[R::From],
        keys: &[Key],
    ) -> RowList {
        let mut list = RowList::new(def, foreign_key);
        for (parent, key) in parents.iter().zip(keys) {
            list.begin(key.clone());
            (self.rows)(parent, &mut list);
        }
        list
    }
}

impl<D: Dialect, R: Relation, N: Cardinality, L: NewRelations<D, R::To>> NewRelation<D, R::From>
    for NewRelated<'_, D, R, Owned, N, L>
{
    type Planned = PlannedRows<R::To, N, L>;

    fn plan(mut self, parents: &[R::From], keys: &[Key]) -> Self::Planned {
        let list = self.list(R::To::def(), self.relation.key_link().other, parents, keys);
        PlannedRows { list, nested: self.nested, marker: PhantomData }
    }
}

/// `.with(..)` refuses relations of theirs, in words: that they are none here would be a second error.
impl<D: Dialect, R: LinksRows, N: Cardinality, L: Send> NewRelation<D, R::From> for NewRelated<'_, D, R, Links, N, L> {
    type Planned = PlannedRows<R::Junction, N, ()>;

    fn plan(mut self, parents: &[R::From], keys: &[Key]) -> Self::Planned {
        let list = self.list(R::Junction::def(), self.relation.key_link().other, parents, keys);
        PlannedRows { list, nested: (), marker: PhantomData }
    }
}

impl<D: Dialect, R: LinksRows, N: Cardinality, L: NewRelations<D, R::To>> NewRelation<D, R::From>
    for NewRelated<'_, D, R, Linked, N, L>
{
    type Planned = PlannedThrough<R, N, L>;

    fn plan(mut self, parents: &[R::From], keys: &[Key]) -> Self::Planned {
        let list = self.list(R::To::def(), &[], parents, keys);
        let rows = PlannedRows { list, nested: self.nested, marker: PhantomData };
        PlannedThrough { rows, link: self.relation.key_link() }
    }
}

/// Nothing, for so many rows.
#[derive(Debug)]
pub struct Nothing(usize);

impl<D: Dialect> PlannedInsert<D> for Nothing {
    type Inserted = ();

    fn insert<'e, E: Executor<D> + Copy + Sync + 'e>(self, _: E) -> BoxFuture<'e, Result<Vec<()>, Error>> {
        Box::pin(std::future::ready(Ok(vec![(); self.0])))
    }
}

impl<D: Dialect, P> NewRelations<D, P> for () {
    type Planned = Nothing;
    type With<R: Send + 'static> = R;

    fn plan(self, parents: &[P], _: &[Key]) -> Nothing {
        Nothing(parents.len())
    }

    fn join<R: Send + 'static>(row: R, (): ()) -> R {
        row
    }
}

macro_rules! tuples {
    ($($relation:ident $rows:ident $place:tt),+) => {
        impl<Db: Dialect, Parent, $($relation: NewRelation<Db, Parent>),+> NewRelations<Db, Parent> for ($($relation,)+)
        where
            $(<$relation::Planned as PlannedInsert<Db>>::Inserted: 'static),+
        {
            type Planned = ($($relation::Planned,)+);
            type With<Row: Send + 'static> = (Row, $(<$relation::Planned as PlannedInsert<Db>>::Inserted,)+);

            fn plan(self, parents: &[Parent], keys: &[Key]) -> Self::Planned {
                ($(self.$place.plan(parents, keys),)+)
            }

            fn join<Row: Send + 'static>(
                row: Row,
                inserted: <Self::Planned as PlannedInsert<Db>>::Inserted,
            ) -> Self::With<Row> {
                let ($($rows,)+) = inserted;
                (row, $($rows,)+)
            }
        }

        impl<Db: Dialect, $($relation: PlannedInsert<Db>),+> PlannedInsert<Db> for ($($relation,)+) {
            type Inserted = ($($relation::Inserted,)+);

            fn insert<'e, Ex: Executor<Db> + Copy + Sync + 'e>(
                self,
                executor: Ex,
            ) -> BoxFuture<'e, Result<Vec<Self::Inserted>, Error>>
            where
                Self: 'e,
            {
                Box::pin(async move {
                    $(let mut $rows = self.$place.insert(executor).await?.into_iter();)+
                    let mut inserted = Vec::new();
                    while let ($(Some($rows),)+) = ($($rows.next(),)+) {
                        inserted.push(($($rows,)+));
                    }
                    Ok(inserted)
                })
            }
        }
    };
}

macro_rules! appends {
    ($($relation:ident $place:tt),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($relation: SameRelation<$relation>),+> HasPlaceForRows for ($($relation,)+) {}

        impl<New, $($relation: SameRelation<New, Is: InsertedOnce>),+> InsertOnceOf<New, ($($relation,)+ New,)> for ($($relation,)+) {
            fn append(self, relation: New) -> ($($relation,)+ New,) {
                ($(self.$place,)+ relation,)
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
appends!(A 0);
appends!(A 0, B 1);
appends!(A 0, B 1, C 2);
appends!(A 0, B 1, C 2, D 3);
appends!(A 0, B 1, C 2, D 3, E 4);
