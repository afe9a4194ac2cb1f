//! Data-modifying CTEs: writes that a statement names in WITH, to read what they return.

use super::{cte::Cte, derived::Name, output::OutputRow, returning::Returning, select::Select, write::Write};
use crate::{
    dialect::{Dialect, WritingCtes},
    render::{CommonTable, Definition, Fragment},
};

impl<D: Dialect, R> Returning<D, R> {
    /// A data-modifying CTE: the write becomes a part of another statement, which reads what it returns. PostgreSQL has it.
    ///
    /// It happens once, however often the statement reads from it, and as a whole, also where not all of its rows are read.
    /// All parts of a statement see the tables as they were before it: what the write did is seen by what reads from the
    /// CTE, and not by what reads from its table. A query that reads from it writes each time it is run, also for its
    /// `count`.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, title: String, is_old: bool }
    /// # #[derive(Table)] #[table(name = "archive")] struct Archive { #[column(primary_key)] id: i64, title: String }
    /// let gone = Post::delete::<Postgres>()
    ///     .filter(Post::is_old)
    ///     .returning(row!({ id: Post::id, title: Post::title }))
    ///     .cte(alias!(gone));
    /// let archive = Archive::insert()
    ///     .from_query((Archive::id, Archive::title), gone.query().select((gone.id, gone.title)));
    /// assert_eq!(
    ///     archive.to_sql().sql,
    ///     r#"WITH "gone" ("id", "title") AS (DELETE FROM "posts" WHERE "posts"."is_old" RETURNING "posts"."id", "posts"."title") INSERT INTO "archive" ("id", "title") SELECT "gone"."id", "gone"."title" FROM "gone""#
    /// );
    /// # }
    /// ```
    pub fn cte<N: Name>(self, _: N) -> Cte<D, N, R>
    where
        D::Name: WritingCtes,
        R: OutputRow,
    {
        let table = |text| {
            let written = Definition::write(text, self.write.def, R::COLUMNS);
            CommonTable::undefined(N::NAME).defined(written)
        };
        let mut texts = texts(self.write.clone(), &self.returning);
        let only = texts.pop().unwrap_or_else(|| self.write.nothing(&self.returning));
        if texts.is_empty() {
            return Cte::of(table(only));
        }
        // Rows that need several writes: what all of these return.
        let mut all = Fragment::clause(D::SYNTAX);
        for text in texts.into_iter().chain([only]) {
            all.sql(if all.is_empty() { "SELECT * FROM " } else { " UNION ALL SELECT * FROM " });
            all.cte(&table(text), N::NAME);
        }
        Cte::of(CommonTable::undefined(N::NAME).defined(Definition::query(all)))
    }
}

fn texts(write: Write, returning: &Fragment) -> Vec<Fragment> {
    let mut texts = Vec::new();
    write.texts(Fragment::clause, Some(returning), &mut |text| texts.push(text));
    texts
}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    /// Declares a data-modifying CTE that the query does not read from: the write happens all the same. One that it, or a
    /// subquery, reads from needs no declaration. PostgreSQL has it.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, author_id: i64 }
    /// let gone = Post::delete::<Postgres>().filter(Post::author_id.eq(7)).returning(Post::all()).cte(alias!(gone));
    /// let query = User::query().with_cte(&gone).filter(User::id.ne(7));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"WITH "gone" AS (DELETE FROM "posts" WHERE "posts"."author_id" = $2 RETURNING "posts"."id", "posts"."author_id") SELECT "users"."id" FROM "users" WHERE "users"."id" <> $1"#
    /// );
    /// # }
    /// ```
    pub fn with_cte<N, R2>(mut self, cte: &Cte<D, N, R2>) -> Self
    where
        D::Name: WritingCtes,
    {
        self.parts.declare(&cte.table);
        self
    }
}
