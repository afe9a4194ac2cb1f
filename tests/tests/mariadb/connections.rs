//! Connections and transactions of sqlx's MySQL driver, wrapped.

use mizzle::{dialect::MariaDb, prelude::*};
use mizzle_tests::Result;
use sqlx::Connection as _;

use crate::suite::numbers::{all, insert, numbers};

#[tokio::test]
async fn they_run_queries_too() -> Result {
    let db = numbers(1).await?;
    let mut connection = db.inner().acquire().await?;
    MariaDb::new(&mut connection).execute(insert(1)).await?;
    MariaDb::new(&mut *connection).transaction(async |tx| tx.execute(insert(2)).await).await?;
    let mut outer = connection.begin().await?;
    MariaDb::new(&mut outer).execute(insert(3)).await?;
    assert_eq!(all(MariaDb::new(&mut *outer)).await?, [1, 2, 3]);
    let failed = MariaDb::new(&mut outer).execute_batch(vec![insert(4), insert(1)]).await;
    assert!(failed.is_err_and(|error| error.is_unique_violation()));
    MariaDb::new(&mut outer).execute_batch(vec![insert(5), insert(6)]).await?;
    outer.commit().await?;
    drop(connection);
    assert_eq!(all(&db).await?, [1, 2, 3, 5, 6]);
    Ok(())
}
