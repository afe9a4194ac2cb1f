//! Rows that are inserted together, whose keys the database holds otherwise than they are given, or that have none.

use chrono::{DateTime, NaiveDateTime, Utc};
use mizzle::prelude::*;
use mizzle_tests::{Result, TestDatabase as _, needs};

use super::{database, recorded::Recorded};

table! {
    #[derive(Debug, Clone, PartialEq)]
    Event (insert = NewEvent, has_many(notes = Note::event, seats = Seat::event)) {
        starts: DateTime<Utc> [primary_key],
        name: String,
    }

    #[derive(Debug, Clone, PartialEq)]
    Note (insert = NewNote) {
        id: i64 [primary_key, auto_increment],
        event: DateTime<Utc> [references = Event::starts, relation = of],
        text: String,
    }

    /// A part of its key is a moment.
    #[derive(Debug, Clone, PartialEq)]
    Seat (insert = NewSeat, primary_key(event, taken)) {
        event: DateTime<Utc> [references = Event::starts, relation = of],
        taken: NaiveDateTime,
        number: i32,
    }
}

/// A moment with more decimals than most databases hold.
fn moment(second: u32) -> DateTime<Utc> {
    let nanos = 123_456_789 + i64::from(second) * 1_000_000_000;
    DateTime::from_timestamp_nanos(1_700_000_000_000_000_000 + nanos)
}

#[tokio::test]
async fn moments_that_are_cut() -> Result {
    let db = database(&mizzle::schema! { Event, Note, Seat }).await?;
    let (first, notes) = Event::insert()
        .row(NewEvent::new(moment(0), "first"))
        .with(Event::notes().values_for(|_| ["a", "b"].map(|text| (Note::text.set(text),))))
        .fetch_one(&db)
        .await?;
    assert!(notes.iter().all(|note| note.event == first.starts));
    let loaded = Event::query().with(Event::notes().order_by(Note::id)).fetch_one(&db).await?;
    assert_eq!(loaded, (first, notes));

    let events: Vec<(Event, Vec<Seat>)> = Event::insert()
        .rows([3, 1, 2].map(|n| NewEvent::new(moment(n), format!("event {n}"))))
        .with(Event::seats().rows(|event| {
            let taken = |second| moment(second).naive_utc();
            [(9, 1), (7, 2)].map(|(second, number)| NewSeat::new(event.starts, taken(second), number))
        }))
        .fetch_all(&db)
        .await?;
    assert_eq!(events.iter().map(|(event, _)| &*event.name).collect::<Vec<_>>(), ["event 3", "event 1", "event 2"]);
    for (event, seats) in &events {
        assert_eq!(
            seats.iter().map(|seat| (seat.event, seat.number)).collect::<Vec<_>>(),
            [1, 2].map(|n| (event.starts, n))
        );
        let seats = Seat::query().filter(Seat::event.eq(event.starts)).order_by(Seat::number).fetch_all(&db).await?;
        assert_eq!(seats.len(), 2);
        assert!(events.iter().any(|(_, of)| *of == seats));
    }
    Ok(())
}

table! {
    #[derive(Debug, Clone, PartialEq)]
    Price (insert = NewPrice, has_many(tags = Tag::price)) {
        amount: String [primary_key],
    }

    #[derive(Debug, Clone, PartialEq)]
    Tag (insert = NewTag) {
        price: String,
        word: String,
    }
}

/// Whose texts the database changes: it fills them up, or makes capitals of them.
#[tokio::test]
async fn texts_that_are_changed() -> Result {
    let db = database(&mizzle::schema! { Tag }).await?;
    when! { Postgres; db.run("CREATE TABLE price (amount char(8) PRIMARY KEY)").await?; }
    when! { OnDuplicateKey; db.run("CREATE TABLE price (amount varchar(8) COLLATE utf8mb4_general_ci PRIMARY KEY)").await?; }
    when! { Sqlite; db.run("CREATE TABLE price (amount text COLLATE NOCASE PRIMARY KEY)").await?; }
    when! { OnDuplicateKey; db.run("CREATE TRIGGER up BEFORE INSERT ON price FOR EACH ROW SET NEW.amount = UPPER(NEW.amount)").await?; }
    let prices: Vec<(Price, Vec<Tag>)> = Price::insert()
        .rows(["b", "a", "c"].map(NewPrice::new))
        .with(
            Price::tags()
                .rows(|price| ["x", "y"].map(|word| NewTag::new("", format!("{word}{}", price.amount.trim())))),
        )
        .fetch_all(&db)
        .await?;
    let words: Vec<Vec<String>> =
        prices.iter().map(|(_, tags)| tags.iter().map(|tag| tag.word.to_lowercase()).collect()).collect();
    assert_eq!(words, [["xb", "yb"], ["xa", "ya"], ["xc", "yc"]]);
    assert!(prices.iter().all(|(price, tags)| tags.iter().all(|tag| tag.price == price.amount)));
    Ok(())
}

/// What it cannot tell again is said, and nothing is inserted.
#[needs(!Sqlite)]
#[tokio::test]
async fn keys_that_are_lost() -> Result {
    let db = database(&mizzle::schema! { Tag }).await?;
    when! { Postgres;
        db.run("CREATE TABLE price (amount text PRIMARY KEY)").await?;
        db.run("CREATE FUNCTION up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.amount = NEW.amount || '!'; RETURN NEW; END $$").await?;
        db.run("CREATE TRIGGER up BEFORE INSERT ON price FOR EACH ROW EXECUTE FUNCTION up()").await?;
    }
    when! { OnDuplicateKey;
        db.run("CREATE TABLE price (amount varchar(9) PRIMARY KEY)").await?;
        db.run("CREATE TRIGGER up BEFORE INSERT ON price FOR EACH ROW SET NEW.amount = CONCAT(NEW.amount, '!')").await?;
    }
    let insert = Price::insert().rows(["b", "a"].map(NewPrice::new)).with(Price::tags().values((Tag::word.set("x"),)));
    let error = insert.fetch_all(&db).await;
    let Err(mizzle::Error::Encode(error)) = error else { panic!("{error:?}") };
    let expected = format!(
        "{} holds another value than the one that was set in `amount` of a row of `price`",
        crate::D::SYNTAX.name
    );
    assert!(error.to_string().contains(&expected), "{error}");
    assert_eq!((Price::query().count(&db).await?, Tag::query().count(&db).await?), (0, 0));
    Ok(())
}

table! {
    #[derive(Debug, Clone, PartialEq)]
    Page (insert = NewPage, has_many(words = Word::page, marks = Mark::page)) {
        id: i64 [primary_key, auto_increment],
        title: String,
    }

    /// Without a key.
    #[derive(Debug, Clone, PartialEq)]
    Word (insert = NewWord) {
        page: i64 [references = Page::id, relation = of],
        text: String,
        length: i32 [default = 3],
    }

    /// Without a primary key, but no two have the same name.
    #[derive(Debug, Clone, PartialEq)]
    Mark (insert = NewMark) {
        page: i64 [references = Page::id, relation = of],
        name: String [unique],
    }
}

#[tokio::test]
async fn rows_without_a_key() -> Result {
    let db = database(&mizzle::schema! { Page, Word, Mark }).await?;
    Page::insert()
        .row(NewPage::new("before"))
        .with(Page::words().values((Word::text.set("the"),)))
        .fetch_one(&db)
        .await?;
    let recorded = Recorded::new(&db);
    let pages: Vec<(Page, Vec<Word>, Vec<Mark>)> = Page::insert()
        .rows(["one", "two"].map(NewPage::new))
        .with(Page::words().rows(|page| {
            ["the", "a"].map(|text| NewWord { length: (page.title == "two").then_some(9), ..NewWord::new(0, text) })
        }))
        .with(Page::marks().rows(|page| ["z", "y", "x"].map(|name| NewMark::new(0, format!("{name} {}", page.title)))))
        .fetch_all(recorded)
        .await?;
    for (page, words, marks) in &pages {
        let (length, title) = (if page.title == "two" { 9 } else { 3 }, &page.title);
        assert_eq!(*words, ["the", "a"].map(|text| Word { page: page.id, text: text.into(), length }));
        assert_eq!(*marks, ["z", "y", "x"].map(|name| Mark { page: page.id, name: format!("{name} {title}") }));
    }
    assert_eq!((Word::query().count(&db).await?, Mark::query().count(&db).await?), (5, 6));
    when! { MySql; assert_eq!(recorded.sent()[3..], [
        "INSERT INTO `word` (`page`, `text`, `length`) VALUES (?, ?, DEFAULT), (?, ?, DEFAULT), (?, ?, ?), (?, ?, ?)",
        "SELECT `word`.`page`, `word`.`text`, `word`.`length` FROM `word` WHERE `word`.`page` IN (?, ?)",
        "INSERT INTO `mark` (`page`, `name`) VALUES (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?)",
        "SELECT `mark`.`page`, `mark`.`name` FROM `mark` WHERE `mark`.`name` IN (?, ?, ?, ?, ?, ?, ?, ?)",
    ]); }
    Ok(())
}
