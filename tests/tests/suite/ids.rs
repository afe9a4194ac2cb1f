//! The key that an insert counted up.

use mizzle_tests::needs;

#[needs(InsertId)]
mod inserted {
    use mizzle::prelude::*;
    use mizzle_tests::Result;

    use crate::suite::model::*;

    #[tokio::test]
    async fn an_insert_returns_its_id() -> Result {
        let db = empty().await?;
        let ann = User::insert().row(NewUser::new("Ann", "a")).insert_id(&db).await?;
        let bob = User::insert().values((User::name.set("Bob"), User::email.set("b"))).insert_id(&db).await?;
        assert_eq!((ann, bob), (1, 2));
        let given = User::insert().row(NewUser { id: Some(40), ..NewUser::new("Cid", "c") }).insert_id(&db).await?;
        assert_eq!(given, 40);
        let names = User::query().order_by(User::id).select((User::id, User::name)).fetch_all(&db).await?;
        assert_eq!(names, [(1, "Ann".to_owned()), (2, "Bob".to_owned()), (40, "Cid".to_owned())]);
        Ok(())
    }

    #[tokio::test]
    async fn in_a_transaction_too() -> Result {
        let db = empty().await?;
        let title = db
            .transaction(async |tx| {
                let author = User::insert().row(NewUser::new("Ann", "a")).insert_id(tx).await?;
                let post = Post::insert().row(NewPost::new("Hello", "x", author)).insert_id(tx).await?;
                Post::query()
                    .filter((Post::id.eq(post), Post::author_id.eq(author)))
                    .select(Post::title)
                    .fetch_one(tx)
                    .await
            })
            .await?;
        assert_eq!(title, "Hello");
        Ok(())
    }

    #[tokio::test]
    async fn of_a_prepared_insert() -> Result {
        let db = empty().await?;
        let add = prepare(|(name, age): (Param<String>, Param<i32>)| {
            let row = (User::name.set(name), User::email.set(name), User::age.set(age));
            User::insert().values(row).with_id()
        });
        let ann = add.insert_id(&db, ("Ann".into(), 41)).await?;
        let bob = add.clone().insert_id(&db, ("Bob".into(), 29)).await?;
        assert_eq!((ann, bob), (1, 2));
        assert_eq!(add.execute(&db, ("Cid".into(), 30)).await?, 1);
        let twice = add.insert_id(&db, ("Ann".into(), 1)).await;
        assert!(twice.is_err_and(|error| error.is_unique_violation()));
        let rows = User::query().order_by(User::id).select((User::id, User::email, User::age)).fetch_all(&db).await?;
        let expected = [(1, "Ann", 41), (2, "Bob", 29), (3, "Cid", 30)];
        assert_eq!(rows, expected.map(|(id, email, age)| (id, email.to_owned(), Some(age))));
        Ok(())
    }

    #[tokio::test]
    async fn a_violation_is_an_error() -> Result {
        let db = empty().await?;
        let row = || User::insert().row(NewUser { id: Some(1), ..NewUser::new("Ann", "a") });
        row().insert_id(&db).await?;
        assert!(row().insert_id(&db).await.is_err_and(|error| error.is_unique_violation()));
        Ok(())
    }
}
