//! Tables in several modules, with keys and relations across them.

use mizzle::prelude::*;
use mizzle_tests::Result;

use super::database;

mod people {
    pub(crate) mod staff {
        use mizzle::prelude::*;

        #[derive(Table, Debug, Clone, PartialEq)]
        #[table(name = "person", insert = NewPerson, has_many(loans = crate::suite::modules::library::Loan::reader_id))]
        pub(crate) struct Person {
            #[column(primary_key, auto_increment)]
            pub(crate) id: i64,
            pub(crate) name: String,
        }
    }

    pub(crate) use staff::Person as Reader;
}

mod library {
    use mizzle::prelude::*;

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(insert = NewBook, has_many(loans = Loan::book_isbn))]
    pub(crate) struct Book {
        #[column(primary_key)]
        pub(crate) isbn: super::Isbn,
        pub(super) title: String,
    }

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(primary_key(book_isbn, reader_id))]
    pub(crate) struct Loan {
        #[column(references = Book::isbn, relation = book, on_delete = cascade)]
        book_isbn: super::Isbn,
        #[column(references = super::people::Reader::id)]
        reader_id: i64,
        pub(super) days: Option<i32>,
    }

    pub(super) async fn lend(db: &crate::Db, isbn: super::Isbn, reader: i64) -> Result<(), mizzle::Error> {
        let row = (Loan::book_isbn.set(isbn), Loan::reader_id.set(reader));
        Loan::insert().values(row).execute(db).await.map(drop)
    }

    /// How many books each reader has.
    pub(super) fn loans_of_readers()
    -> Select<crate::D, (super::people::Reader, mizzle::query::Maybe<Loan>), (super::people::Reader, Option<Loan>)>
    {
        super::people::Reader::query().left_join::<Loan>().on(super::people::Reader::loans())
    }
}

use library::{Book, Loan};
use people::{Reader, staff::NewPerson};

#[derive(SqlValue, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isbn {
    digits: String,
}

fn isbn(digits: &str) -> Isbn {
    Isbn { digits: digits.to_owned() }
}

#[tokio::test]
async fn keys_and_relations_across_modules() -> Result {
    let db = database(&mizzle::schema! { Loan, Book, people::staff::Person }).await?;
    Reader::insert().rows(["Ann", "Bob"].map(NewPerson::new)).execute(&db).await?;
    for title in ["A", "B"] {
        Book::insert().row(library::NewBook::new(isbn(title), title)).execute(&db).await?;
    }
    library::lend(&db, isbn("B"), 1).await?;
    let unknown = library::lend(&db, isbn("C"), 1).await;
    assert!(unknown.is_err_and(|error| error.is_foreign_key_violation()));
    let rows = library::loans_of_readers()
        .left_join::<Book>()
        .on(Loan::book())
        .select((Reader::name, Book::title, Loan::days, Book::isbn))
        .order_by(Reader::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows, [("Ann".into(), Some("B".into()), None, Some(isbn("B"))), ("Bob".into(), None, None, None)]);
    let lent = Book::query().inner_join::<Loan>().on(Book::loans()).inner_join::<Reader>().on(Loan::reader());
    let (book, loan, reader) = lent.fetch_one(&db).await?;
    assert_eq!((book.title.as_str(), loan.days, reader.name.as_str()), ("B", None, "Ann"));
    Book::delete().filter(Book::isbn.eq(isbn("B"))).execute(&db).await?;
    assert_eq!(Loan::query().count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn tables_inside_of_a_function() -> Result {
    #[derive(Table, Debug, PartialEq)]
    struct Local {
        #[column(primary_key)]
        id: i64,
        #[column(references = Local::id)]
        other_id: Option<i64>,
    }
    alias!(Else = Local);
    let db = database(&mizzle::schema! { Local }).await?;
    Local::insert().values((Local::id.set(1),)).execute(&db).await?;
    Local::insert().values((Local::id.set(2), Local::other_id.set(1))).execute(&db).await?;
    let rows = Local::query().inner_join::<Else>().on(Else.id.eq(Local::other_id)).fetch_all(&db).await?;
    assert_eq!(rows, [(Local { id: 2, other_id: Some(1) }, Local { id: 1, other_id: None })]);
    Ok(())
}
