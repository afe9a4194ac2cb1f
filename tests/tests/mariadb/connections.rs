//! Connections and transactions of sqlx's MySQL driver, wrapped; UUIDs that MariaDB refuses.

use mizzle::{Error, dialect::MariaDb, prelude::*};
use mizzle_tests::Result;
use sqlx::Connection as _;
use uuid::Uuid;

use crate::suite::{
    database,
    numbers::{all, insert, numbers},
};

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

#[derive(Table, Debug, PartialEq)]
struct Thing {
    #[column(primary_key)]
    id: Uuid,
}

#[tokio::test]
async fn a_uuid_must_be_one_by_the_standard() -> Result {
    let db = database(&mizzle::schema! { Thing }).await?;
    let insert = |id: Uuid| Thing::insert().values((Thing::id.set(id),)).execute(&db);
    let stored = [Uuid::nil(), Uuid::new_v4(), Uuid::from_u128(7)];
    for id in stored {
        insert(id).await?;
        assert_eq!(Thing::query().filter(Thing::id.eq(id)).count(&db).await?, 1);
    }
    let refused = insert(Uuid::from_u128(0xe076_17b0_dc3b_adf0_5d12_087d_67a2_19d8)).await;
    assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
    Ok(())
}
