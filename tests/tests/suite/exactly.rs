//! Which rows belong to a row, said all at once: `set_links` and `set`, from several sides and for many rows.

use std::{pin::Pin, time::Duration};

use mizzle::{Error, prelude::*};
use mizzle_tests::{Result, TestDatabase as _, needs};
use tokio::time::timeout;

use crate::Db;

table! {
    #[derive(Debug, Clone, PartialEq)]
    Reader (insert = NewReader, has_many(
        books(Book, through(Loan::reader_id, Loan::book_id)),
        cards = Card::reader_id,
    )) {
        id: i64 [primary_key],
    }

    #[derive(Debug, Clone, PartialEq)]
    Book (insert = NewBook) {
        id: i64 [primary_key],
    }

    /// Whom and what it links need not be there.
    #[derive(Debug, Clone, PartialEq)]
    Loan (primary_key(reader_id, book_id)) {
        reader_id: i64,
        book_id: i64,
        days: i32 [default = 14],
    }

    #[derive(Debug, Clone, PartialEq)]
    Card (insert = NewCard) {
        id: i64 [primary_key],
        reader_id: Option<i64> [references = Reader::id],
    }
}

/// Readers 1 and 2, cards 1 to 3.
async fn filled() -> Result<Db> {
    let db = Db::empty(2).await?;
    mizzle::schema! { Reader, Book, Loan, Card }.create_tables(&db).await?;
    Reader::insert().rows([1, 2].map(NewReader::new)).execute(&db).await?;
    Card::insert().rows([1, 2, 3].map(NewCard::new)).execute(&db).await?;
    Ok(db)
}

async fn lent(db: &Db, reader: i64) -> Result<Vec<i64>> {
    let loans = Loan::query().filter(Loan::reader_id.eq(reader)).order_by(Loan::book_id);
    Ok(loans.select(Loan::book_id).fetch_all(db).await?)
}

async fn cards(db: &Db) -> Result<Vec<Option<i64>>> {
    Ok(Card::query().order_by(Card::id).select(Card::reader_id).fetch_all(db).await?)
}

/// Runs `first` in a transaction, and `second` before that ends: it has to wait.
async fn at_the_same_time<F, S>(db: &Db, first: F, second: S) -> Result
where
    F: AsyncFnOnce(Tx<'_, crate::D>) -> std::result::Result<(), Error>,
    S: Future<Output = std::result::Result<(), Error>>,
{
    let mut second = std::pin::pin!(second);
    let waits = async |second: &mut Pin<&mut S>| timeout(Duration::from_millis(300), second).await.is_err();
    let is_waiting = db
        .transaction(async |tx| {
            first(tx).await?;
            Ok(waits(&mut second).await)
        })
        .await?;
    assert!(is_waiting);
    Ok(second.await?)
}

#[tokio::test]
async fn the_second_of_two_at_the_same_time_is_what_stays() -> Result {
    let db = &filled().await?;
    let first = async |tx: Tx<'_, crate::D>| Reader::books().set_links(1, [1, 2]).execute(tx).await;
    at_the_same_time(db, first, Reader::books().set_links(1, [3]).execute(db)).await?;
    assert_eq!(lent(db, 1).await?, [3]);

    // In a transaction of its own.
    let own = db.transaction(async |tx| Reader::books().set_links_with(1, [5], Loan::days.set(7)).execute(tx).await);
    let first = async |tx: Tx<'_, crate::D>| Reader::books().set_links(1, [3, 4]).execute(tx).await;
    at_the_same_time(db, first, own).await?;
    assert_eq!(lent(db, 1).await?, [5]);

    // None is a set as well.
    let none = Reader::books().set_links(1, Vec::<i64>::new()).execute(db);
    let first = async |tx: Tx<'_, crate::D>| Reader::books().set_links(1, [5, 6]).execute(tx).await;
    at_the_same_time(db, first, none).await?;
    assert!(lent(db, 1).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn rows_that_belong_to_one_are_set_one_after_the_other() -> Result {
    let db = &filled().await?;
    let first = async |tx: Tx<'_, crate::D>| Reader::cards().set(1, [1, 2]).execute(tx).await.map(drop);
    let second = async { Reader::cards().set(1, [3]).execute(db).await.map(|rows| assert_eq!(rows, 3)) };
    at_the_same_time(db, first, second).await?;
    assert_eq!(cards(db).await?, [None, None, Some(1)]);
    Ok(())
}

/// Whatever its transaction has seen before.
#[needs(RowLocks)]
#[tokio::test]
async fn what_was_added_meanwhile_is_taken_away() -> Result {
    let db = &filled().await?;
    db.transaction(async |tx| {
        assert_eq!(Loan::query().count(tx).await?, 0);
        Reader::books().set_links(1, [1, 2]).execute(db).await?;
        Reader::books().set_links(1, [3]).execute(tx).await
    })
    .await?;
    assert_eq!(lent(db, 1).await?, [3]);
    Ok(())
}

/// Rows that refer to it can be inserted, and those of others be set. MySQL and MariaDB lock more: the places between rows.
#[needs(Postgres)]
#[tokio::test]
async fn only_the_row_itself_is_locked() -> Result {
    let db = &filled().await?;
    db.transaction(async |tx| {
        Reader::books().set_links(1, [1]).execute(tx).await?;
        Reader::books().set_links(2, [1, 2]).execute(db).await?;
        Card::insert().values((Card::id.set(9), Card::reader_id.set(1))).execute(db).await
    })
    .await?;
    assert_eq!((lent(db, 1).await?, lent(db, 2).await?), (vec![1], vec![1, 2]));
    Ok(())
}

const MANY: i64 = 100_000;

#[tokio::test]
async fn more_links_than_a_statement_has_parameters() -> Result {
    let db = &filled().await?;
    Reader::books().link(2, [1, 2, 3 * MANY]).execute(db).await?;
    Reader::books().set_links_with(1, 0..MANY, Loan::days.set(7)).execute(db).await?;
    Reader::books().set_links(1, MANY / 2..MANY + MANY / 2).execute(db).await?;
    let loans = Loan::query().filter(Loan::reader_id.eq(1));
    let range = loans.clone().select((Loan::book_id.min(), Loan::book_id.max(), count_star()));
    assert_eq!(range.fetch_one(db).await?, (Some(MANY / 2), Some(MANY + MANY / 2 - 1), MANY));
    // Those that were there are as they were.
    assert_eq!(loans.filter(Loan::days.eq(7)).count(db).await?, MANY / 2);

    assert_eq!(Reader::books().unlink(1, 0..MANY).execute(db).await?, u64::try_from(MANY / 2)?);
    Reader::books().set_links(1, [7, MANY]).execute(db).await?;
    assert_eq!(lent(db, 1).await?, [7, MANY]);
    assert_eq!(lent(db, 2).await?, [1, 2, 3 * MANY]);
    Ok(())
}

#[tokio::test]
async fn more_rows_than_a_statement_has_parameters() -> Result {
    let db = &filled().await?;
    Card::insert().rows((4..=MANY).map(NewCard::new)).execute(db).await?;
    Reader::cards().set(2, [1, 3]).execute(db).await?;
    Reader::cards().set(1, 2..=MANY).execute(db).await?;
    let of = |reader: i64| Card::query().filter(Card::reader_id.eq(reader));
    assert_eq!((of(1).count(db).await?, of(2).count(db).await?), (MANY - 1, 1));
    Reader::cards().set(1, MANY / 2 + 1..=2 * MANY).execute(db).await?;
    assert_eq!((of(1).count(db).await?, of(2).count(db).await?), (MANY / 2, 1));
    Reader::cards().set(1, Vec::<i64>::new()).execute(db).await?;
    assert_eq!(Card::query().filter(Card::reader_id.is_null()).count(db).await?, MANY - 1);
    Ok(())
}
