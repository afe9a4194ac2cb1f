//! Why mizzle does not begin savepoints through `sqlx::Transaction`.

use mizzle::prelude::*;
use mizzle_tests::{Result, all, insert, numbers, poll_times, raw};
use sqlx::Acquire as _;

/// In sqlx 0.9.0, the dropped begin of a savepoint can roll back the transaction around it, if it is dropped at the
/// wrong moment: once that is mended, this test fails, and mizzle may begin them as others do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlx_rolls_back_the_outer_transaction_when_a_nested_begin_is_dropped() -> Result {
    let db = &numbers(1).await?.pool;
    for attempt in 0..600 {
        db.execute(raw("DELETE FROM t")).await?;
        let mut outer = db.begin().await?;
        outer.execute(insert(1)).await?;
        let nested = async { outer.begin().await.map(drop) };
        tokio::task::block_in_place(|| poll_times(nested, attempt % 6, attempt / 6 % 2 == 0));
        outer.execute(insert(4)).await?;
        outer.commit().await?;
        if all(db).await? != [1, 4] {
            return Ok(());
        }
    }
    Err("sqlx keeps the outer transaction now".into())
}
