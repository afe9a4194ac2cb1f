//! Transactions that run again: with real conflicts.

use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

use mizzle::{Error, prelude::*, run::Retry};
use mizzle_tests::{Result, TestDatabase as _, needs};

use crate::Db;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "accounts", insert = NewAccount)]
struct Account {
    #[column(primary_key)]
    id: i64,
    balance: i64,
}

async fn accounts(connections: u32) -> Result<Db> {
    let db = Db::empty(connections).await?;
    mizzle::schema! { Account }.create_tables(&db).await?;
    Account::insert().rows([NewAccount::new(1, 0), NewAccount::new(2, 0)]).execute(&db).await?;
    Ok(db)
}

async fn balance(db: &Db, id: i64) -> Result<i64> {
    Ok(Account::query().filter(Account::id.eq(id)).select(Account::balance).fetch_one(db).await?)
}

/// Patient enough for many that want the same row.
const PATIENT: Retry = Retry {
    attempts: 1000,
    first_pause: std::time::Duration::from_millis(1),
    longest_pause: std::time::Duration::from_millis(50),
};

/// Reads a balance, and writes what it makes of it.
async fn add_one(tx: Tx<'_, crate::D>, id: i64) -> std::result::Result<(), Error> {
    let before = Account::query().filter(Account::id.eq(id)).select(Account::balance).fetch_one(tx).await?;
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    Account::update().set(Account::balance.set(before + 1)).filter(Account::id.eq(id)).execute(tx).await?;
    Ok(())
}

#[needs(IsolationLevels)]
#[tokio::test]
async fn no_update_is_lost() -> Result {
    use mizzle::run::Isolation;
    const TASKS: u32 = 4;
    const TIMES: u32 = 5;
    let db = accounts(TASKS).await?;
    static ATTEMPTS: AtomicU32 = AtomicU32::new(0);
    let tasks = (0..TASKS).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            for _ in 0..TIMES {
                db.retry_with(PATIENT, Isolation::Serializable, async |tx| {
                    ATTEMPTS.fetch_add(1, SeqCst);
                    add_one(tx, 1).await
                })
                .await?;
            }
            Ok::<_, Error>(())
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await??;
    }
    assert_eq!(balance(&db, 1).await?, i64::from(TASKS * TIMES));
    assert!(ATTEMPTS.load(SeqCst) > TASKS * TIMES, "there was no conflict: this proves nothing");
    Ok(())
}

#[needs(RowLocks)]
#[tokio::test]
async fn a_deadlock_ends_well() -> Result {
    let db = accounts(2).await?;
    static ATTEMPTS: AtomicU32 = AtomicU32::new(0);
    let both_have_one = tokio::sync::Barrier::new(2);
    let (pool, both_have_one) = (&db, &both_have_one);
    let both = |first: i64, second: i64| {
        pool.retry(async move |tx| {
            let add =
                |id: i64| Account::update().set(Account::balance.set(Account::balance + 1)).filter(Account::id.eq(id));
            add(first).execute(tx).await?;
            if ATTEMPTS.fetch_add(1, SeqCst) < 2 {
                both_have_one.wait().await;
            }
            add(second).execute(tx).await
        })
    };
    let (a, b) = tokio::join!(both(1, 2), both(2, 1));
    assert_eq!((a?, b?), (1, 1));
    assert_eq!((balance(&db, 1).await?, balance(&db, 2).await?), (2, 2));
    assert_eq!(ATTEMPTS.load(SeqCst), 3);
    Ok(())
}

#[needs(RowLocks)]
#[tokio::test]
async fn a_deadlock_says_so() -> Result {
    let db = accounts(2).await?;
    let both_have_one = tokio::sync::Barrier::new(2);
    let (db, both_have_one) = (&db, &both_have_one);
    let one = |first: i64, second: i64| async move {
        db.transaction(async |tx| {
            let add =
                |id: i64| Account::update().set(Account::balance.set(Account::balance + 1)).filter(Account::id.eq(id));
            add(first).execute(tx).await?;
            both_have_one.wait().await;
            let result = add(second).execute(tx).await;
            if result.is_err() {
                // Nothing of the lost transaction can be gone on with.
                assert!(add(1).execute(tx).await.is_err());
            }
            result
        })
        .await
    };
    let (a, b) = tokio::join!(one(1, 2), one(2, 1));
    assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
    let error = a.and(b).err().ok_or("one of them lost")?;
    assert!(matches!(&error, Error::Deadlock(_)), "{error:?}");
    assert!(error.to_string().starts_with("two transactions waited for each other"), "{error}");
    assert!(error.is_retryable());
    assert_eq!((balance(db, 1).await?, balance(db, 2).await?), (1, 1));
    Ok(())
}

#[tokio::test]
async fn runs_in_a_spawned_task_with_captured_data() -> Result {
    let db = accounts(1).await?;
    let (pool, given) = (db.clone(), vec![1, 2]);
    let task = tokio::spawn(async move {
        pool.retry(async |tx| {
            for id in &given {
                add_one(tx, *id).await?;
            }
            Ok(given.len())
        })
        .await
    });
    assert_eq!(task.await??, 2);
    assert_eq!((balance(&db, 1).await?, balance(&db, 2).await?), (1, 1));
    Ok(())
}

#[tokio::test]
async fn another_error_is_not_tried_again() -> Result {
    let db = accounts(1).await?;
    let attempts = AtomicU32::new(0);
    let error = db
        .retry(async |tx| {
            attempts.fetch_add(1, SeqCst);
            Account::insert().row(NewAccount::new(1, 0)).execute(tx).await
        })
        .await;
    assert!(error.is_err_and(|error| error.is_unique_violation()));
    assert_eq!(attempts.load(SeqCst), 1);
    Ok(())
}

#[tokio::test]
async fn the_last_error_counts() -> Result {
    let db = accounts(1).await?;
    let attempts = AtomicU32::new(0);
    let retry = Retry { attempts: 3, ..PATIENT };
    let result: std::result::Result<(), Error> = db
        .retry_with(retry, <crate::D as mizzle::run::Driver>::Begin::default(), async |tx| {
            let attempt = attempts.fetch_add(1, SeqCst);
            Account::update().set(Account::balance.set(9)).all_rows().execute(tx).await?;
            Err(Error::serialization(format!("conflict {attempt}")))
        })
        .await;
    assert!(result.is_err_and(|error| error.to_string().contains("conflict 2")));
    assert_eq!((attempts.load(SeqCst), balance(&db, 1).await?), (3, 0));
    Ok(())
}
