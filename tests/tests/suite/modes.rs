//! Levels of isolation, and transactions that only read.

use mizzle_tests::needs;

#[needs(IsolationLevels)]
mod of_transactions {
    use mizzle::{
        Error,
        prelude::*,
        run::{Isolation, Mode},
    };
    use mizzle_tests::Result;

    use crate::{
        Db,
        suite::numbers::{all, insert, numbers},
    };

    #[tokio::test]
    async fn one_that_only_reads_refuses_writes() -> Result {
        let db = &numbers(1).await?;
        for mode in [Mode::new().read_only(), Isolation::Serializable.read_only()] {
            let refused = db.transaction_with(mode, async |tx| tx.execute(insert(1)).await).await;
            assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
        }
        db.execute(insert(2)).await?;
        assert_eq!(all(db).await?, [2]);
        Ok(())
    }

    /// Whether a transaction sees what another one commits meanwhile.
    async fn sees_others(db: &Db, mode: Mode) -> Result<bool> {
        let seen = db.transaction_with(mode, async |tx| {
            let before = all(tx).await?.len();
            db.execute(insert(i64::try_from(before).unwrap_or(i64::MAX))).await?;
            Ok::<_, Error>(all(tx).await?.len() > before)
        });
        Ok(seen.await?)
    }

    #[tokio::test]
    async fn a_level_is_for_one_transaction() -> Result {
        let db = &numbers(2).await?;
        assert!(sees_others(db, Isolation::ReadUncommitted.into()).await?);
        assert!(sees_others(db, Isolation::ReadCommitted.into()).await?);
        assert!(!sees_others(db, Isolation::RepeatableRead.into()).await?);
        // The default of PostgreSQL is to see, that of the others not to.
        for _ in 0..3 {
            assert_eq!(sees_others(db, Mode::new()).await?, has!(Postgres));
        }
        Ok(())
    }

    #[tokio::test]
    async fn a_nested_one_keeps_that_of_the_outer_one() -> Result {
        let db = &numbers(1).await?;
        db.execute(insert(1)).await?;
        let nested = db.transaction_with(Mode::new().read_only(), async |tx| {
            tx.transaction_with(Isolation::Serializable, async |tx| all(tx).await).await
        });
        assert_eq!(nested.await?, [1]);
        let written = db.transaction(async |tx| {
            tx.execute(insert(2)).await?;
            tx.transaction_with(Isolation::Serializable, async |tx| tx.execute(insert(3)).await).await
        });
        written.await?;
        assert_eq!(all(db).await?, [1, 2, 3]);
        Ok(())
    }
}
