//! Data-modifying CTEs.

use mizzle_tests::needs;

#[needs(WritingCtes)]
mod writes {
    use mizzle::{Error, prelude::*};
    use mizzle_tests::{Gallery, Result};

    use crate::{D, Db, suite::model::*};

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "archive", insert = NewArchived)]
    struct Archived {
        #[column(primary_key)]
        id: i64,
        #[column(unique)]
        title: String,
        #[column(default = 0)]
        views: i64,
        note: Option<String>,
    }

    /// The model's tables with their rows, and an empty archive.
    async fn with_archive() -> Result<Db> {
        let db = filled().await?;
        mizzle::schema! { Archived }.create_tables(&db).await?;
        Ok(db)
    }

    #[tokio::test]
    async fn move_rows() -> Result {
        let db = with_archive().await?;
        let gone = Post::delete()
            .filter(Post::views.lt(100))
            .returning(row!({ id: Post::id, title: Post::title, views: Post::views }))
            .cte(alias!(gone));
        let archive = Archived::insert::<D>().from_query(
            (Archived::id, Archived::title, Archived::views),
            gone.query().filter(gone.views.gt(0)).select((gone.id, gone.title, gone.views)),
        );
        let mut gallery = Gallery::new(&db);
        gallery.add("move", archive.to_sql()).await?;
        mizzle_tests::assert_snapshot!("write_cte_move", gallery.text());
        assert_eq!(archive.execute(&db).await?, 2);
        let moved = Archived::query().order_by(Archived::id).select((Archived::title, Archived::views)).fetch_all(&db);
        assert_eq!(moved.await?, [("Bread".to_owned(), 20), ("Elm_trees".to_owned(), 5)]);
        // All that the write found are gone, also what was not read.
        let left = Post::query().order_by(Post::id).select(Post::title).fetch_all(&db).await?;
        assert_eq!(left, ["AI and you", "Cheese", "Databases"]);
        Ok(())
    }

    #[tokio::test]
    async fn read_and_join() -> Result {
        let db = with_archive().await?;
        let seen = Post::update()
            .set(Post::views.add_assign(1))
            .filter(Post::author_id.in_([1, 2]))
            .returning(row!({ id: Post::id, author: Post::author_id, views: Post::views }))
            .cte(alias!(seen));
        let rows = User::query::<D>()
            .inner_join_to(&seen)
            .on(seen.author.eq(User::id))
            .select((User::name, seen.views))
            .order_by(seen.id);
        let expected =
            [("Ann", 301), ("Ann", 21), ("Bob", 151), ("Bob", 701)].map(|(name, views)| (name.to_owned(), views));
        assert_eq!(rows.fetch_all(&db).await?, expected);
        // The table is seen as it was before the statement; what was written, by the CTE alone.
        let before = seen.query().inner_join::<Post>().on(Post::id.eq(seen.id)).filter(Post::id.eq(1));
        assert_eq!(before.select((Post::views, seen.views)).fetch_one(&db).await?, (301, 302));
        // It happens once, however often it is read, and in whatever part of the statement.
        let most = Post::query::<D>().filter(Post::id.in_(seen.query().select(seen.id)));
        let most = most.filter(Post::views.lt(seen.query().select(seen.views.max()).coalesce(0)));
        assert_eq!(most.count(&db).await?, 4);
        assert_eq!(Post::query().filter(Post::id.eq(1)).select(Post::views).fetch_one(&db).await?, 303);
        // Of the first row or of none: all rows are written.
        assert_eq!(seen.query().order_by(seen.id).select(seen.views).fetch_one(&db).await?, 304);
        assert!(!seen.query().filter(seen.views.lt(0)).exists(&db).await?);
        assert_eq!(Post::query().filter(Post::id.eq(4)).select(Post::views).fetch_one(&db).await?, 705);
        Ok(())
    }

    #[tokio::test]
    async fn inside_of_subqueries() -> Result {
        let db = with_archive().await?;
        // WITH of a write stands only before the whole statement.
        let bob = User::update()
            .set(User::age.set(30))
            .filter(User::name.eq("Bob"))
            .returning(row!({ id: User::id, age: User::age }))
            .cte(alias!(bob));
        let inner = bob.query().select(row!({ id: bob.id })).derived(alias!(inner));
        let titles = Post::query::<D>().inner_join_to(&inner).on(inner.id.eq(Post::author_id)).order_by(Post::id);
        let titles = titles.select(Post::title);
        let mut gallery = Gallery::new(&db);
        gallery.add("in a derived table", titles.to_sql()).await?;
        assert_eq!(titles.fetch_all(&db).await?, ["Cheese", "Databases"]);
        let read = bob.query().filter(bob.age.eq(30)).select(row!({ id: bob.id })).cte(alias!(read));
        let posts = Post::update::<D>()
            .set(Post::category.set("of Bob"))
            .filter(Post::author_id.in_(read.query().select(read.id)))
            .returning(Post::id)
            .fetch_all(&db);
        assert_eq!(posts.await?.len(), 2);
        let both = bob.query().select(bob.id).union_all(User::query().filter(User::id.eq(1)).select(User::id));
        gallery.add("in a union", both.to_sql()).await?;
        assert_eq!(both.order_by_output(|id| id.asc()).fetch_all(&db).await?, [1, 2]);
        mizzle_tests::assert_snapshot!("write_cte_inside", gallery.text());
        Ok(())
    }

    #[tokio::test]
    async fn one_feeds_another() -> Result {
        let db = with_archive().await?;
        let author = User::insert()
            .values((User::name.set("Eve"), User::email.set("eve@example.org")))
            .returning(row!({ id: User::id }))
            .cte(alias!(author));
        let post = Post::insert()
            .from_query(
                (Post::title, Post::category, Post::author_id),
                author.query().select((value("First"), value("tech"), author.id)),
            )
            .returning(row!({ id: Post::id, author: Post::author_id }))
            .cte(alias!(post));
        let made = post.query().inner_join_to(&author).on(author.id.eq(post.author)).select((author.id, post.id));
        let mut gallery = Gallery::new(&db);
        gallery.add("a user and a post", made.to_sql()).await?;
        mizzle_tests::assert_snapshot!("write_cte_feeds", gallery.text());
        let (author, post) = made.fetch_one(&db).await?;
        let row = Post::query().filter(Post::id.eq(post)).select((Post::title, Post::author_id)).fetch_one(&db).await?;
        assert_eq!(row, ("First".to_owned(), author));
        Ok(())
    }

    #[tokio::test]
    async fn read_by_nothing() -> Result {
        let db = with_archive().await?;
        let gone = Comment::delete().filter(Comment::post_id.eq(1)).returning(Comment::all()).cte(alias!(gone));
        let users = User::query::<D>().filter(User::id.le(2)).with_cte(&gone);
        let mut gallery = Gallery::new(&db);
        gallery.add("read by nothing", users.to_sql()).await?;
        let both = User::query::<D>().select(User::id).union(Post::query().select(Post::id)).with_cte(&gone);
        gallery.add("of a union", both.to_sql()).await?;
        mizzle_tests::assert_snapshot!("write_cte_alone", gallery.text());
        assert_eq!(users.fetch_all(&db).await?.len(), 2);
        assert_eq!(Comment::query().count(&db).await?, 2);
        Ok(())
    }

    #[tokio::test]
    async fn that_write_nothing() -> Result {
        let db = with_archive().await?;
        let nothing = UserPatch::default();
        let none =
            User::update().set(nothing).filter(User::id.eq(1)).returning(row!({ id: User::id })).cte(alias!(none));
        assert_eq!(none.query().select(none.id).fetch_all::<&Db>(&db).await?, [0_i64; 0]);
        let rows: [NewArchived; 0] = [];
        let none = Archived::insert().rows(rows).returning(Archived::all()).cte(alias!(none));
        assert_eq!(none.query().fetch_all::<&Db>(&db).await?, []);
        Ok(())
    }

    #[tokio::test]
    async fn of_several_statements() -> Result {
        let db = with_archive().await?;
        // Rows that set different columns are inserted apart if an upsert changes what they set.
        let rows = [
            NewArchived { views: Some(5), ..NewArchived::new(1, "one") },
            NewArchived { note: Some("n".into()), ..NewArchived::new(2, "two") },
        ];
        let insert = Archived::insert().rows(rows).on_conflict(Archived::id).do_update_all();
        let made = insert.returning(row!({ id: Archived::id, note: Archived::note })).cte(alias!(made));
        let query = made.query().select((made.id, made.note)).order_by(made.id);
        let mut gallery = Gallery::new(&db);
        gallery.add("several", query.to_sql()).await?;
        mizzle_tests::assert_snapshot!("write_cte_several", gallery.text());
        assert_eq!(query.fetch_all(&db).await?, [(1, None), (2, Some("n".to_owned()))]);
        let rows = [(1, 7), (2, 8)];
        let each = Archived::update()
            .set_each(Archived::id, Archived::views, rows)
            .returning(Archived::all())
            .cte(alias!(each));
        assert_eq!(each.query().select(each.views.sum()).fetch_one(&db).await?, Some(15));
        Ok(())
    }

    #[tokio::test]
    async fn names_and_errors() -> Result {
        let db = with_archive().await?;
        // A CTE of the name of a table would hide it, from writes too.
        let archive = Post::delete().filter(Post::id.eq(2)).returning(row!({ id: Post::id, title: Post::title }));
        let archive = archive.cte(alias!(archive));
        let columns = (Archived::id, Archived::title);
        let insert = Archived::insert::<D>().from_query(columns, archive.query().select((archive.id, archive.title)));
        assert_eq!(insert.clone().execute(&db).await?, 1);
        assert_eq!(insert.execute(&db).await?, 0);
        // A violation in a CTE is known by its table.
        let twice = Archived::insert().values((Archived::id.set(9), Archived::title.set("Bread")));
        let twice = twice.returning(row!({ id: Archived::id })).cte(alias!(twice)).materialized();
        let error = twice.query().fetch_all::<&Db>(&db).await.unwrap_err();
        assert!(matches!(&error, Error::UniqueViolation(v) if v.columns == ["title"]), "{error:?}");
        // Prepared.
        let add = prepare(|(id, title): (Param<i64>, Param<String>)| {
            let row = Archived::insert().values((Archived::id.set(id), Archived::title.set(title)));
            let row = row.returning(row!({ id: Archived::id, title: Archived::title })).cte(alias!(row));
            row.query().select((row.id, row.title)).with_cte(&row)
        });
        for id in [20, 21] {
            assert_eq!(add.fetch_one(&db, (id, format!("t{id}"))).await?, (id, format!("t{id}")));
        }
        assert_eq!(Archived::query().count(&db).await?, 3);
        Ok(())
    }

    /// The rows of a data-modifying CTE in the other writes.
    #[tokio::test]
    async fn update_and_delete_by_it() -> Result {
        let db = with_archive().await?;
        let gone = Comment::delete().all_rows().returning(row!({ post: Comment::post_id })).cte(alias!(gone));
        let counts =
            gone.query().group_by(gone.post).select(row!({ post: gone.post, n: count_star() })).derived(alias!(n));
        let update =
            Post::update::<D>().from_query(&counts).set(Post::views.set(counts.n)).filter(counts.post.eq(Post::id));
        assert_eq!(update.execute(&db).await?, 3);
        let views = Post::query().order_by(Post::id).limit(4).select(Post::views).fetch_all(&db).await?;
        assert_eq!(views, [2, 20, 1, 1]);
        let dan =
            Post::delete().filter(Post::author_id.eq(4)).returning(row!({ author: Post::author_id })).cte(alias!(dan));
        // The foreign key is checked when the whole statement is done.
        let delete = User::delete::<D>().using_query(&dan).filter(dan.author.eq(User::id));
        assert_eq!(delete.execute(&db).await?, 1);
        assert_eq!((User::query().count(&db).await?, Post::query().count(&db).await?), (3, 4));
        Ok(())
    }
}
