//! Why mizzle does not begin savepoints through `sqlx::Transaction`.

use mizzle::prelude::*;
use mizzle_tests::{Result, all, insert, numbers, poll_times, raw};
use sqlx::Acquire as _;

/// In sqlx 0.9.0, the dropped begin of a savepoint rolls back the transaction around it: once that is mended, this
/// test fails, and mizzle may begin them as others do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlx_rolls_back_the_outer_transaction_when_a_nested_begin_is_dropped() -> Result {
    let db = &numbers(1).await?.pool;
    let mut lost = 0;
    for times in 0..6 {
        for late in [false, true] {
            db.execute(raw("DELETE FROM t")).await?;
            let mut outer = db.begin().await?;
            outer.execute(insert(1)).await?;
            let nested = async { outer.begin().await.map(drop) };
            tokio::task::block_in_place(|| poll_times(nested, times, late));
            outer.execute(insert(4)).await?;
            outer.commit().await?;
            lost += usize::from(all(db).await? != [1, 4]);
        }
    }
    assert!(lost > 0, "sqlx keeps the outer transaction now");
    Ok(())
}
