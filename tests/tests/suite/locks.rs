//! `FOR UPDATE`, `FOR SHARE`.

use mizzle_tests::needs;

#[needs(RowLocks)]
mod of_rows {
    use mizzle::prelude::*;
    use mizzle_tests::{Result, TestDatabase as _, needs};

    use crate::Db;

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "jobs", insert = NewJob)]
    struct Job {
        #[column(primary_key)]
        id: i64,
        #[column(default = false)]
        done: bool,
    }

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "notes")]
    struct Note {
        #[column(primary_key)]
        id: i64,
        job_id: i64,
    }

    /// Five jobs, with two connections.
    async fn jobs() -> Result<Db> {
        let db = Db::empty(2).await?;
        mizzle::schema! { Job, Note }.create_tables(&db).await?;
        Job::insert().rows((1..=5).map(NewJob::new)).execute(&db).await?;
        Note::insert().values((Note::id.set(7), Note::job_id.set(1))).execute(&db).await?;
        Ok(db)
    }

    #[tokio::test]
    async fn two_workers_never_take_the_same_job() -> Result {
        let db = jobs().await?;
        let next = || Job::query().filter(!Job::done).order_by(Job::id).limit(2).for_update().skip_locked();
        let first = db
            .transaction(async |mine| {
                let first = next().fetch_all(mine).await?;
                let others = db.transaction(async |theirs| next().select(Job::id).fetch_all(theirs).await).await?;
                assert_eq!(others, [3, 4]);
                Ok(first)
            })
            .await?;
        assert_eq!(first.iter().map(|job| job.id).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(next().select(Job::id).fetch_all(&db).await?, [1, 2]);
        Ok(())
    }

    #[tokio::test]
    async fn who_does_not_wait_is_told_to_try_again() -> Result {
        let db = jobs().await?;
        let job = || Job::query().filter(Job::id.eq(1));
        db.transaction(async |tx| {
            job().for_update().fetch_one(tx).await?;
            let error = job().for_update().no_wait().fetch_one(&db).await;
            assert!(matches!(&error, Err(mizzle::Error::Serialization(_))), "{error:?}");
            assert!(error.is_err_and(|error| error.is_retryable()));
            Ok(())
        })
        .await?;
        Ok(())
    }

    #[tokio::test]
    async fn readers_share_a_row_and_keep_writers_out() -> Result {
        let db = jobs().await?;
        let job = || Job::query().filter(Job::id.eq(1));
        db.transaction(async |tx| {
            job().for_share().fetch_one(tx).await?;
            assert_eq!(job().for_share().no_wait().count(&db).await?, 1);
            assert_eq!(job().for_share().no_wait().fetch_one(&db).await?.id, 1);
            assert!(job().for_update().no_wait().fetch_one(&db).await.is_err());
            Ok(())
        })
        .await?;
        Ok(())
    }

    #[needs(LocksOfTables)]
    #[tokio::test]
    async fn only_the_rows_of_one_table_are_locked() -> Result {
        let db = jobs().await?;
        let both = Job::query().inner_join::<Note>().on(Note::job_id.eq(Job::id));
        db.transaction(async |tx| {
            both.clone().for_update_of(Note::all()).fetch_all(tx).await?;
            assert_eq!(Job::query().for_update().skip_locked().fetch_all(&db).await?.len(), 5);
            assert_eq!(Note::query().for_update().skip_locked().fetch_all(&db).await?.len(), 0);
            Ok(())
        })
        .await?;
        let optional = Job::query().left_join::<Note>().on(Note::job_id.eq(Job::id)).order_by(Job::id);
        let rows = optional.for_update_of((Job::all(),)).no_wait().fetch_all(&db).await?;
        assert_eq!((rows.len(), rows[1].1.is_none()), (5, true));
        Ok(())
    }
}
