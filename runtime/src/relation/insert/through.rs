//! New rows that a junction links with those that are inserted: `.with(User::groups().values(..))`.

use super::{ForEachRow, Linked, ListOfRows, NewRelated};
use crate::{
    dialect::Dialect,
    query::{AssignmentList, InsertValues, RowOfTable},
    relation::{HasManyThrough, Many, NeedsOnly, Rel, SetsKeys},
    table::{ColumnId, InsertRow, Table},
};

impl<P: Table, J: Table, T: Table, I: ColumnId> Rel<HasManyThrough<P, J, T, I>> {
    /// One new row for each row that is inserted, as assignments, and a row of the junction that links the two. The junction
    /// must need nothing but its two keys.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(groups(Group, through(Membership::user_id, Membership::group_id))))] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "teams")] struct Group { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "memberships", primary_key(user_id, group_id))] struct Membership { #[column(references = User::id)] user_id: i64, #[column(references = Group::id)] group_id: i64 }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Group, Membership }.create_tables(&db).await?;
    /// let (ann, groups): (User, Vec<Group>) = User::insert()
    ///     .values((User::name.set("Ann"),))
    ///     .with(User::groups().values((Group::name.set("Readers"),)))
    ///     .fetch_one(&db)
    ///     .await?;
    /// assert_eq!(Membership::query().fetch_one(&db).await?.group_id, groups[0].id);
    /// # assert_eq!(ann.id, 1);
    /// # Ok(()) }
    /// ```
    pub fn values<'r, D: Dialect, V: InsertValues<D, T, At>, At>(
        self,
        values: V,
    ) -> NewRelated<'r, D, HasManyThrough<P, J, T, I>, Linked, Many, ()>
    where
        P: SetsKeys<I>,
        J::Required: NeedsOnly<P::Keys>,
    {
        NewRelated::of_row(self, row(values))
    }

    /// Any number of new rows for each row that is inserted, as assignments, and rows of the junction that link them.
    pub fn values_for<'r, D, F, V, Row, At>(
        self,
        mut rows: F,
    ) -> NewRelated<'r, D, HasManyThrough<P, J, T, I>, Linked, Many, ()>
    where
        D: Dialect,
        P: SetsKeys<I>,
        F: ForEachRow<P, V> + Send + 'r,
        V: ListOfRows<Row>,
        Row: InsertValues<D, T, At>,
        J::Required: NeedsOnly<P::Keys>,
    {
        NewRelated::of(self, move |parent, list| {
            rows(parent).list().for_each(|values| list.add(row::<D, T, _, At>(values).list));
        })
    }

    /// Any number of new rows for each row that is inserted, as structs, and rows of the junction that link them.
    pub fn rows<'r, D, F, Rows, Row>(self, rows: F) -> NewRelated<'r, D, HasManyThrough<P, J, T, I>, Linked, Many, ()>
    where
        D: Dialect,
        P: SetsKeys<I>,
        F: ForEachRow<P, Rows> + Send + 'r,
        Rows: ListOfRows<Row>,
        Row: InsertRow<Table: RowOfTable<T>>,
        J::Required: NeedsOnly<P::Keys>,
    {
        NewRelated::of_structs(self, rows)
    }
}

fn row<D: Dialect, T: Table, V: InsertValues<D, T, I>, I>(values: V) -> AssignmentList {
    let mut list = AssignmentList::of(T::def(), D::SYNTAX);
    values.assigned(&mut list);
    list
}
