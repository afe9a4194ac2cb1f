//! Rows that are inserted together with those that belong to them.

use mizzle::{Error, prelude::*};
use mizzle_tests::Result;
use uuid::Uuid;

use super::{database, model::*, recorded::Recorded};
use crate::Db;

type Answer<T> = std::result::Result<T, Error>;

fn ann() -> NewUser {
    NewUser::new("Ann", "ann@example.org")
}

/// Everything that is there.
async fn all(db: &Db) -> Result<(Vec<User>, Vec<Post>, Vec<Comment>)> {
    let users = User::query().order_by(User::id).fetch_all(db).await?;
    let posts = Post::query().order_by(Post::id).fetch_all(db).await?;
    Ok((users, posts, Comment::query().order_by(Comment::id).fetch_all(db).await?))
}

#[tokio::test]
async fn a_parent_with_a_child() -> Result {
    let db = empty().await?;
    let recorded = Recorded::new(&db);
    let (user, posts): (User, Vec<Post>) = User::insert()
        .values((User::name.set("Ann"), User::email.set("a@x.y")))
        .with(User::posts().values((Post::title.set("Hello"), Post::category.set("c"))))
        .fetch_one(recorded)
        .await?;
    let [post] = &posts[..] else { panic!("{posts:?}") };
    assert_eq!((user.name.as_str(), post.title.as_str(), post.views), ("Ann", "Hello", 0));
    assert_eq!(post.author_id, user.id);
    assert_eq!(all(&db).await?, (vec![user], posts, vec![]));
    let sent = recorded.sent();
    when! { Sqlite; assert_eq!(sent, [
        r#"INSERT INTO "users" ("name", "email") VALUES (?, ?) RETURNING "users"."id", "users"."name", "users"."email", "users"."age", "users"."is_active", "users"."created_at", "users"."manager_id""#,
        r#"INSERT INTO "posts" ("title", "category", "author_id") VALUES (?, ?, ?) RETURNING "posts"."id", "posts"."title", "posts"."category", "posts"."views", "posts"."discount", "posts"."author_id""#,
    ]); }
    when! { Postgres; assert_eq!(sent, [
        r#"INSERT INTO "users" ("name", "email") VALUES ($1, $2) RETURNING "users"."id", "users"."name", "users"."email", "users"."age", "users"."is_active", "users"."created_at", "users"."manager_id""#,
        r#"INSERT INTO "posts" ("title", "category", "author_id") VALUES ($1, $2, $3) RETURNING "posts"."id", "posts"."title", "posts"."category", "posts"."views", "posts"."discount", "posts"."author_id""#,
    ]); }
    when! { MySql; assert_eq!(sent, [
        "INSERT INTO `users` (`name`, `email`) VALUES (?, ?)",
        "SELECT `users`.`id`, `users`.`name`, `users`.`email`, `users`.`age`, `users`.`is_active`, `users`.`created_at`, `users`.`manager_id` FROM `users` WHERE `users`.`id` IN (?)",
        "INSERT INTO `posts` (`title`, `category`, `author_id`) VALUES (?, ?, ?)",
        "SELECT `posts`.`id`, `posts`.`title`, `posts`.`category`, `posts`.`views`, `posts`.`discount`, `posts`.`author_id` FROM `posts` WHERE `posts`.`author_id` IN (?)",
    ]); }
    when! { MariaDb; assert_eq!(sent, [
        "INSERT INTO `users` (`name`, `email`) VALUES (?, ?) RETURNING `users`.`id`, `users`.`name`, `users`.`email`, `users`.`age`, `users`.`is_active`, `users`.`created_at`, `users`.`manager_id`",
        "INSERT INTO `posts` (`title`, `category`, `author_id`) VALUES (?, ?, ?) RETURNING `posts`.`id`, `posts`.`title`, `posts`.`category`, `posts`.`views`, `posts`.`discount`, `posts`.`author_id`",
    ]); }
    Ok(())
}

#[tokio::test]
async fn structs_and_assignments_of_any_number() -> Result {
    let db = empty().await?;
    let titles = ["one", "two", "three"].map(str::to_owned);
    let (user, posts) = User::insert()
        .row(ann())
        // Borrows, and says nothing of the key that would be kept.
        .with(User::posts().rows(|user| {
            let key = user.id + 1000;
            titles.iter().map(move |title| NewPost { views: Some(7), ..NewPost::new(title, "c", key) })
        }))
        .fetch_one(&db)
        .await?;
    assert_eq!(posts.iter().map(|post| &post.title).collect::<Vec<_>>(), titles.iter().collect::<Vec<_>>());
    assert!(posts.iter().all(|post| post.author_id == user.id && post.views == 7));

    let (bob, posts) = User::insert()
        .row(NewUser::new("Bob", "bob@example.org"))
        .with(User::posts().values_for(|user| {
            let name = user.name.clone();
            titles.iter().map(move |title| (Post::title.set(format!("{title} of {name}")), Post::category.set("c")))
        }))
        .fetch_one(&db)
        .await?;
    assert_eq!(
        posts.iter().map(|post| post.title.as_str()).collect::<Vec<_>>(),
        ["one of Bob", "two of Bob", "three of Bob"]
    );
    assert!(posts.iter().all(|post| post.author_id == bob.id));

    // None is no statement.
    let recorded = Recorded::new(&db);
    let (_, posts) = User::insert()
        .row(NewUser::new("Cid", "cid@example.org"))
        .with(User::posts().rows(|_| Vec::<NewPost>::new()).with(Post::comments().values((Comment::body.set("x"),))))
        .fetch_one(recorded)
        .await?;
    assert!(posts.is_empty());
    assert_eq!(recorded.sent().len(), if has!(InsertReturning) { 1 } else { 2 });
    Ok(())
}

#[tokio::test]
async fn deeper_and_side_by_side() -> Result {
    let db = empty().await?;
    type Boss = (User, Vec<(Post, Vec<Comment>)>, Vec<User>);
    let (boss, posts, employees): Boss = User::insert()
        .row(ann())
        .with(
            User::posts()
                .values_for(|_| ["a", "b"].map(|title| (Post::title.set(title), Post::category.set("c"))))
                .with(Post::comments().rows(|post| {
                    let bodies = if post.title == "b" { vec!["b1", "b2"] } else { vec!["a1"] };
                    bodies.into_iter().map(|body| NewComment { body: Some(body.into()), ..NewComment::new(0) })
                })),
        )
        .with(User::employees().rows(|_| [NewUser::new("Bob", "b@x.y"), NewUser::new("Cid", "c@x.y")]))
        .fetch_one(&db)
        .await?;
    let bodies: Vec<Vec<_>> =
        posts.iter().map(|(_, comments)| comments.iter().flat_map(|c| c.body.clone()).collect()).collect();
    assert_eq!(bodies, [vec!["a1"], vec!["b1", "b2"]]);
    assert!(posts.iter().all(|(post, comments)| comments.iter().all(|comment| comment.post_id == post.id)));
    assert!(employees.iter().all(|user| user.manager_id == Some(boss.id)));
    // The same as loading finds.
    let loaded: Vec<Boss> = User::query()
        .with(User::posts().order_by(Post::id).with(Post::comments().order_by(Comment::id)))
        .with(User::employees().order_by(User::id))
        .filter(User::id.eq(boss.id))
        .fetch_all(&db)
        .await?;
    assert_eq!(loaded, [(boss, posts, employees)]);
    Ok(())
}

#[tokio::test]
async fn many_parents_take_no_more_statements() -> Result {
    let db = empty().await?;
    let recorded = Recorded::new(&db);
    let mut counts = Vec::new();
    for count in [2, 300] {
        let users = (0..count).map(|n| NewUser::new(format!("{count}-{n}"), format!("{count}-{n}@x.y")));
        let users: Vec<(User, Vec<(Post, Vec<Comment>)>)> = User::insert()
            .rows(users)
            .with(
                User::posts()
                    .rows(|user| {
                        ["a", "b"].map(|title| NewPost::new(format!("{title} of {}", user.name), "c", user.id))
                    })
                    .with(Post::comments().values((Comment::body.set("first"),))),
            )
            .fetch_all(recorded)
            .await?;
        for (n, (user, posts)) in users.iter().enumerate() {
            assert_eq!(user.name, format!("{count}-{n}"));
            let titles: Vec<_> = posts.iter().map(|(post, _)| post.title.clone()).collect();
            assert_eq!(titles, [format!("a of {}", user.name), format!("b of {}", user.name)]);
            let is_right = |(post, comments): &(Post, Vec<Comment>)| {
                post.author_id == user.id && comments.len() == 1 && comments[0].post_id == post.id
            };
            assert!(posts.iter().all(is_right));
        }
        counts.push(recorded.sent().len());
    }
    // MySQL inserts rows one by one whose keys it counts up, if nothing else tells which they are.
    assert_eq!(counts, if has!(InsertReturning) { [3, 3] } else { [7, 305] });
    Ok(())
}

table! {
    /// Its key comes from mizzle.
    #[derive(Debug, Clone, PartialEq)]
    Shelf (insert = NewShelf, has_many(books = Book::shelf), has_one(label = Label::shelf)) {
        id: Uuid [primary_key, default_fn = Uuid::new_v4],
        name: String,
    }

    /// Its key is given.
    #[derive(Debug, Clone, PartialEq)]
    Book (insert = NewBook, has_many(pages = Page::book)) {
        isbn: String [primary_key],
        shelf: Option<Uuid> [references = Shelf::id, relation = stands_on],
    }

    #[derive(Debug, Clone, PartialEq)]
    Page (insert = NewPage, primary_key(book, number)) {
        book: String [references = Book::isbn, relation = part_of],
        number: i32,
    }

    #[derive(Debug, Clone, PartialEq)]
    Label (insert = NewLabel) {
        shelf: Uuid [primary_key, references = Shelf::id, relation = of],
        color: String,
    }
}

table! {
    /// Two relations by one foreign key.
    #[derive(Debug, Clone, PartialEq)]
    Playlist (insert = NewPlaylist, has_many(songs = Song::playlist_id, encores = Song::playlist_id)) {
        id: i64 [primary_key, auto_increment],
        name: String,
    }

    #[derive(Debug, Clone, PartialEq)]
    Song (insert = NewSong) {
        id: i64 [primary_key, auto_increment],
        playlist_id: i64 [references = Playlist::id, relation = playlist],
        title: String,
    }
}

#[tokio::test]
async fn two_relations_by_one_key() -> Result {
    let db = database(&mizzle::schema! { Playlist, Song }).await?;
    let lists: Vec<(Playlist, Vec<Song>, Vec<Song>)> = Playlist::insert()
        .rows(["a", "b"].map(NewPlaylist::new))
        .with(
            Playlist::songs().rows(|list| ["1", "2"].map(|song| NewSong::new(list.id, format!("{}{song}", list.name)))),
        )
        .with(Playlist::encores().rows(|list| [NewSong::new(list.id, format!("{}3", list.name))]))
        .fetch_all(&db)
        .await?;
    let titles = |songs: &[Song]| songs.iter().map(|song| song.title.clone()).collect::<Vec<_>>();
    for (list, songs, encores) in &lists {
        assert_eq!(titles(songs), [format!("{}1", list.name), format!("{}2", list.name)]);
        assert_eq!(titles(encores), [format!("{}3", list.name)]);
        assert!(songs.iter().chain(encores).all(|song| song.playlist_id == list.id));
    }
    Ok(())
}

async fn shelves() -> Result<Db> {
    database(&mizzle::schema! { Shelf, Book, Page, Label }).await
}

#[tokio::test]
async fn keys_that_no_database_makes() -> Result {
    let db = shelves().await?;
    let recorded = Recorded::new(&db);
    type Full = (Shelf, Vec<(Book, Vec<Page>)>, Label);
    let full: Vec<Full> = Shelf::insert()
        .rows((0..50).map(|n| NewShelf::new(n.to_string())))
        .with(
            // Their order is not that of their keys.
            Shelf::books()
                .rows(|shelf| ["z", "a", "m"].map(|isbn| NewBook::new(format!("{isbn}{}", shelf.name))))
                .with(Book::pages().values_for(|_| [2, 1].map(|number| (Page::number.set(number),)))),
        )
        .with(Shelf::label().row(|shelf| NewLabel::new(shelf.id, "red")))
        .fetch_all(recorded)
        .await?;
    for (n, (shelf, books, label)) in full.iter().enumerate() {
        assert_eq!((shelf.name.as_str(), label.shelf), (n.to_string().as_str(), shelf.id));
        let isbns: Vec<_> = books.iter().map(|(book, _)| book.isbn.clone()).collect();
        assert_eq!(isbns, ["z", "a", "m"].map(|isbn| format!("{isbn}{n}")));
        for (book, pages) in books {
            assert_eq!(book.shelf, Some(shelf.id));
            let page = |number| Page { book: book.isbn.clone(), number };
            assert_eq!(pages[..], [page(2), page(1)]);
        }
    }
    assert_eq!(recorded.sent().len(), if has!(InsertReturning) { 4 } else { 8 });
    assert_eq!(Page::query().count(&db).await?, 300);
    let labels = Label::query().filter(Label::color.eq("red")).count(&db).await?;
    assert_eq!(labels, 50);
    Ok(())
}

#[tokio::test]
async fn some_keys_are_given_and_others_count_up() -> Result {
    let db = empty().await?;
    let user = |name: &str, id| NewUser { id, ..NewUser::new(name, format!("{name}@x.y")) };
    let users = [user("a", None), user("b", Some(7000)), user("c", None), user("d", Some(6000)), user("e", None)];
    let users: Vec<(User, Vec<Post>)> = User::insert()
        .rows(users)
        .with(User::posts().values((Post::title.set("t"), Post::category.set("c"))))
        .fetch_all(&db)
        .await?;
    assert_eq!(users.iter().map(|(user, _)| user.name.as_str()).collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
    assert_eq!((users[1].0.id, users[3].0.id), (7000, 6000));
    assert!(users.iter().all(|(user, posts)| posts.len() == 1 && posts[0].author_id == user.id));

    // Those of one parent as well.
    let posts = |_: &User| {
        [3, 1, 2].map(|n| NewPost { id: (n > 1).then_some(9000 - n), ..NewPost::new(n.to_string(), "c", 0) })
    };
    let (_, posts) = User::insert().row(user("f", None)).with(User::posts().rows(posts)).fetch_one(&db).await?;
    assert_eq!(posts.iter().map(|post| post.title.as_str()).collect::<Vec<_>>(), ["3", "1", "2"]);
    Ok(())
}

#[tokio::test]
async fn all_or_nothing() -> Result {
    let db = empty().await?;
    User::insert().row(NewUser::new("Zoe", "taken@x.y")).execute(&db).await?;
    let before = all(&db).await?;
    let insert = || {
        // The last of all is refused.
        User::insert()
            .row(ann())
            .with(
                User::posts()
                    .values((Post::title.set("t"), Post::category.set("c")))
                    .with(Post::comments().values((Comment::body.set("x"),))),
            )
            .with(User::employees().rows(|_| [NewUser::new("Bob", "b@x.y"), NewUser::new("Cid", "taken@x.y")]))
    };
    let is_refused = |result: Answer<_>| matches!(result, Err(Error::UniqueViolation(_)));
    assert!(is_refused(insert().fetch_one(&db).await.map(drop)));
    assert_eq!(all(&db).await?, before);

    // In a transaction it is a savepoint: what is around it goes on.
    db.transaction(async |tx| {
        User::insert().row(NewUser::new("Yan", "yan@x.y")).execute(tx).await?;
        assert!(is_refused(insert().fetch_one(tx).await.map(drop)));
        User::insert().row(NewUser::new("Xia", "xia@x.y")).execute(tx).await.map(drop)
    })
    .await?;
    let names = User::query().select(User::name).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(names, ["Zoe", "Yan", "Xia"]);
    assert_eq!((Post::query().count(&db).await?, Comment::query().count(&db).await?), (0, 0));

    // And with it goes what was inserted.
    let result: Answer<()> = db
        .transaction(async |tx| {
            User::insert().row(ann()).with(User::posts().rows(|_| [NewPost::new("t", "c", 0)])).fetch_one(tx).await?;
            Err(Error::RowNotFound)
        })
        .await;
    assert!(result.is_err());
    assert_eq!(Post::query().count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn no_parents() -> Result {
    let db = empty().await?;
    let none = Vec::<NewUser>::new();
    let posts = || User::posts().values((Post::title.set("t"), Post::category.set("c")));
    assert_eq!(User::insert().rows(none.clone()).with(posts()).fetch_all(&db).await?, []);
    assert!(matches!(User::insert().rows(none).with(posts()).fetch_one(&db).await, Err(Error::RowNotFound)));
    Ok(())
}

/// The keys of the employees of each user.
async fn employees(db: &Db) -> Result<Vec<(i64, Vec<i64>)>> {
    let users = User::query()
        .select(User::id)
        .with(User::employees().select(User::id).order_by(User::id))
        .order_by(User::id)
        .fetch_all(db)
        .await?;
    Ok(users)
}

#[tokio::test]
async fn rows_are_added_and_taken_away() -> Result {
    let db = filled().await?;
    assert_eq!(employees(&db).await?, [(1, vec![2, 3]), (2, vec![4]), (3, vec![]), (4, vec![])]);
    let ann = User::query().filter(User::id.eq(1)).fetch_one(&db).await?;
    // Whomever they belonged to.
    assert_eq!(User::employees().add(&ann, [4, 3]).execute(&db).await?, 2);
    assert_eq!(employees(&db).await?, [(1, vec![2, 3, 4]), (2, vec![]), (3, vec![]), (4, vec![])]);
    // Only those that belong to it.
    assert_eq!(User::employees().add(2, vec![4_i64]).execute(&db).await?, 1);
    assert_eq!(User::employees().remove(&ann, [3, 4]).execute(&db).await?, 1);
    assert_eq!(employees(&db).await?, [(1, vec![2]), (2, vec![4]), (3, vec![]), (4, vec![])]);
    // Exactly these.
    assert_eq!(User::employees().set(&ann, [3, 4]).execute(&db).await?, 3);
    assert_eq!(employees(&db).await?, [(1, vec![3, 4]), (2, vec![]), (3, vec![]), (4, vec![])]);
    let recorded = Recorded::new(&db);
    assert_eq!(User::employees().set(&ann, Vec::<i64>::new()).execute(recorded).await?, 2);
    assert_eq!(employees(&db).await?, [(1, vec![]), (2, vec![]), (3, vec![]), (4, vec![])]);
    // Where rows are locked, this one is, first.
    assert_eq!(recorded.sent().len(), if has!(RowLocks) { 2 } else { 1 });
    // None is no statement.
    assert_eq!(User::employees().add(&ann, Vec::<i64>::new()).execute(recorded).await?, 0);
    assert_eq!(User::employees().remove(&ann, Vec::<i64>::new()).execute(recorded).await?, 0);
    assert!(recorded.sent().is_empty());

    User::employees().set(&ann, [2, 3]).execute(recorded).await?;
    let sent = recorded.sent();
    when! { Sqlite; assert_eq!(sent, [
        r#"UPDATE "users" SET "manager_id" = ? WHERE "users"."manager_id" = ? AND NOT ("users"."id" IN (?, ?))"#,
        r#"UPDATE "users" SET "manager_id" = ? WHERE "users"."id" IN (?, ?)"#,
    ]); }
    when! { Postgres; assert_eq!(sent, [
        r#"SELECT 1 FROM "users" WHERE "users"."id" = $1 FOR NO KEY UPDATE"#,
        r#"UPDATE "users" SET "manager_id" = $1 WHERE "users"."manager_id" = $2 AND NOT ("users"."id" = ANY($3))"#,
        r#"UPDATE "users" SET "manager_id" = $1 WHERE "users"."id" = ANY($2)"#,
    ]); }
    when! { OnDuplicateKey; assert_eq!(sent, [
        "SELECT 1 FROM `users` WHERE `users`.`id` = ? FOR UPDATE",
        "UPDATE `users` SET `manager_id` = ? WHERE `users`.`manager_id` = ? AND NOT (`users`.`id` IN (?, ?))",
        "UPDATE `users` SET `manager_id` = ? WHERE `users`.`id` IN (?, ?)",
    ]); }
    Ok(())
}

#[tokio::test]
async fn rows_with_keys_of_other_types_are_added() -> Result {
    let db = shelves().await?;
    let shelves: Vec<(Shelf, Vec<Book>)> = Shelf::insert()
        .rows([NewShelf::new("a"), NewShelf::new("b")])
        .with(Shelf::books().rows(|shelf| [1, 2].map(|n| NewBook::new(format!("{}{n}", shelf.name)))))
        .fetch_all(&db)
        .await?;
    let [(a, _), (b, books)] = &shelves[..] else { panic!("{shelves:?}") };
    assert_eq!(Shelf::books().add(a.id, [&books[0].isbn]).execute(&db).await?, 1);
    assert_eq!(Shelf::books().remove(a, ["a1"]).execute(&db).await?, 1);
    let on = |shelf: &Shelf| Book::query().filter(Book::shelf.eq(shelf.id)).select(Book::isbn).order_by(Book::isbn);
    assert_eq!(on(a).fetch_all(&db).await?, ["a2", "b1"]);
    assert_eq!(on(b).fetch_all(&db).await?, ["b2"]);
    // All or nothing: no such shelf.
    let nowhere = Shelf::books().set(Uuid::new_v4(), ["a2"]).execute(&db).await;
    assert!(matches!(nowhere, Err(Error::ForeignKeyViolation(_))), "{nowhere:?}");
    assert_eq!(on(a).fetch_all(&db).await?, ["a2", "b1"]);
    Ok(())
}

#[tokio::test]
async fn nothing_but_the_number_of_rows_comes_back() -> Result {
    let db = empty().await?;
    let posts =
        User::posts().values_for(|_| ["one", "two"].map(|title| (Post::title.set(title), Post::category.set("c"))));
    let users = [NewUser::new("Ann", "a@x.y"), NewUser::new("Bob", "b@x.y"), NewUser::new("Cid", "c@x.y")];
    assert_eq!(User::insert().rows(users).with(posts).execute(&db).await?, 3);
    let (users, posts, _) = all(&db).await?;
    assert_eq!((users.len(), posts.len()), (3, 6));
    assert!(users.iter().all(|user| posts.iter().filter(|post| post.author_id == user.id).count() == 2));
    let none: [NewUser; 0] = [];
    let post = User::posts().values((Post::title.set("t"), Post::category.set("c")));
    assert_eq!(User::insert().rows(none).with(post).execute(&db).await?, 0);
    Ok(())
}
