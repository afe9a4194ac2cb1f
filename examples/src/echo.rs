//! An executor that wraps another one and prints what it sends.

use futures_core::Stream;
use mizzle::{
    Error,
    dialect::Dialect,
    render::Statement,
    run::{BeginOf, BoxFuture, Done, Executor, InSnapshot, Query, Transactions, Tx},
};

use crate::Show;

/// A pool, connection or transaction whose statements are printed before they run.
#[derive(Debug, Clone, Copy)]
pub struct Echo<E>(pub E);

impl<D: Dialect, E: Executor<D>> Executor<D> for Echo<E> {
    fn fetch<'e, R: Send + 'static>(self, query: Query<D, R>) -> impl Stream<Item = Result<R, Error>> + Send + 'e
    where
        Self: 'e,
    {
        print(&query.statement);
        self.0.fetch(query)
    }

    async fn execute(self, statement: Statement) -> Result<Done, Error> {
        print(&statement);
        self.0.execute(statement).await
    }

    async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<D, R>>) -> Result<Vec<R>, Error> {
        queries.iter().for_each(|query| print(&query.statement));
        self.0.fetch_batch(queries).await
    }

    async fn execute_batch(self, statements: Vec<Statement>) -> Result<Done, Error> {
        statements.iter().for_each(print);
        self.0.execute_batch(statements).await
    }

    async fn snapshot<W: InSnapshot<D>>(self, work: W) -> Result<W::Output, Error> {
        self.0.snapshot(Echo(work)).await
    }

    async fn atomic<W: InSnapshot<D>>(self, work: W) -> Result<W::Output, Error> {
        println!("  BEGIN");
        let result = self.0.atomic(Echo(work)).await;
        println!("  {}", if result.is_ok() { "COMMIT" } else { "ROLLBACK" });
        result
    }
}

impl<D: Dialect, W: InSnapshot<D>> InSnapshot<D> for Echo<W> {
    type Output = W::Output;

    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Result<W::Output, Error>>
    where
        Self: 'e,
    {
        self.0.run(Echo(executor))
    }
}

impl<E: Transactions> Transactions for Echo<E> {
    type Dialect = E::Dialect;

    async fn transaction_with<T, Err, F>(self, begin: impl BeginOf<E::Dialect>, work: F) -> Result<T, Err>
    where
        Err: From<Error>,
        F: AsyncFnOnce(Tx<'_, E::Dialect>) -> Result<T, Err>,
    {
        println!("  BEGIN");
        let result = self.0.transaction_with(begin, work).await;
        println!("  {}", if result.is_ok() { "COMMIT" } else { "ROLLBACK" });
        result
    }
}

/// What begins a line of its own in a long query.
const CLAUSES: [&str; 11] = [
    " FROM ",
    " INNER JOIN ",
    " LEFT JOIN ",
    " WHERE ",
    " GROUP BY ",
    " HAVING ",
    " ORDER BY ",
    " SET ",
    " VALUES ",
    " ON CONFLICT ",
    " RETURNING ",
];

/// What begins a line of its own in a table's definition.
const DEFINITIONS: [&str; 4] = [" \"", " UNIQUE ", " CONSTRAINT ", " FOREIGN KEY "];

fn print(statement: &Statement) {
    println!("  {}", in_lines(&statement.sql));
    if !statement.values.is_empty() {
        let values: Vec<String> = statement.values.iter().map(Show::show).collect();
        println!("    -- {}", values.join(", "));
    }
}

fn in_lines(sql: &str) -> String {
    if sql.starts_with("CREATE TABLE") {
        DEFINITIONS.iter().fold(sql.to_owned(), |sql, part| sql.replace(&format!(",{part}"), &format!(",\n   {part}")))
    } else if sql.len() > 100 {
        let sql = CLAUSES.iter().fold(sql.to_owned(), |sql, clause| sql.replace(clause, &format!("\n   {clause}")));
        sql.replace("DO UPDATE\n    SET", "DO UPDATE SET")
    } else {
        sql.to_owned()
    }
}
