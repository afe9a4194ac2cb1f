//! Inserts, updates, deletes, a transaction.

use mizzle::{Error, prelude::*};
use mizzle_examples::{Echo, heading, rows};

use crate::{
    Db,
    tables::{Comment, NewPost, NewUser, Post, Status, User, UserPatch},
};

pub async fn insert_users(db: Db<'_>) -> Result<(), Error> {
    heading("Insert, column by column; a required one that is missing does not compile");
    let ada = User::insert()
        .values((User::name.set("Ada"), User::email.set("ada@example.com")))
        .returning(User::id)
        .fetch_one(db)
        .await?;

    heading("Insert a struct, read back what the database made of it");
    let bob = NewUser { karma: Some(25), inviter_id: Some(ada), ..NewUser::new("Bob", "bob@example.com") };
    let bob = User::insert().row(bob).returning(User::all()).fetch_one(db).await?;
    rows(&["id", "name", "karma", "is_active"], [(bob.id, bob.name, bob.karma, bob.is_active)]);

    heading("Insert many");
    let guests = ["Cleo", "Dan"].map(|name| NewUser {
        inviter_id: Some(bob.id),
        ..NewUser::new(name, format!("{}@example.com", name.to_lowercase()))
    });
    let inserted = User::insert().rows(guests).execute(db).await?;
    println!("  {inserted} rows");
    Ok(())
}

pub async fn insert_posts(db: Db<'_>) -> Result<(), Error> {
    let post = |title, author, views| NewPost {
        views: Some(views),
        status: Some(Status::Published),
        ..NewPost::new(title, author)
    };
    heading("Posts and comments");
    let posts = [
        post("Why Rust", 1, 150),
        post("Notes on SQL", 1, 40),
        post("Rust and SQL", 2, 320),
        post("Gardening", 2, 7),
        NewPost::new("Unfinished", 2),
    ];
    Post::insert().rows(posts).execute(db).await?;
    for (post, text) in [(1, "Convincing."), (3, "More, please!"), (3, "What about joins?")] {
        Comment::insert().values((Comment::post_id.set(post), Comment::text.set(text))).execute(db).await?;
    }
    Ok(())
}

pub async fn upsert(db: Db<'_>) -> Result<(), Error> {
    heading("Upsert: the target must be unique, or it does not compile");
    let user = User::insert()
        .row(NewUser::new("Ada Lovelace", "ada@example.com"))
        .on_conflict(User::email)
        .do_update(User::name.set(excluded(User::name)))
        .returning((User::id, User::name))
        .fetch_one(db)
        .await?;
    rows(&["id", "name"], [user]);
    Ok(())
}

pub async fn update(db: Db<'_>) -> Result<(), Error> {
    heading("Increment and toggle; without `.filter(..)` or `.all_rows()` it does not compile");
    let dan = User::update()
        .set((User::karma.set(User::karma + 5), User::is_active.set(!User::is_active)))
        .filter(User::name.eq("Dan"))
        .returning((User::name, User::karma, User::is_active))
        .fetch_all(db)
        .await?;
    rows(&["name", "karma", "is_active"], dan);

    heading("Patch: what is `None` stays as it is");
    let patch = UserPatch { email: Some("cleo@example.org".to_owned()), ..UserPatch::default() };
    let changed = User::update().set(patch).filter(User::name.eq("Cleo")).execute(db).await?;
    println!("  {changed} row");
    Ok(())
}

pub async fn roll_back(db: Db<'_>) -> Result<(), Error> {
    heading("A transaction: Ada gives away more karma than she has, so nothing happens");
    match db.transaction(async |tx| give_karma(tx, 1, 2, 1_000).await).await {
        Err(error @ Error::CheckViolation(_)) => println!("  {error}"),
        other => other?,
    }

    let karma = User::query()
        .filter(User::id.in_([1, 2]))
        .select((User::name, User::karma))
        .order_by(User::id)
        .fetch_all(db)
        .await?;
    rows(&["name", "karma"], karma);
    Ok(())
}

async fn give_karma(tx: Tx<'_, Sqlite>, from: i64, to: i64, karma: i64) -> Result<(), Error> {
    let tx = Echo(tx);
    User::update().set(User::karma.set(User::karma + karma)).filter(User::id.eq(to)).execute(tx).await?;
    User::update().set(User::karma.set(User::karma - karma)).filter(User::id.eq(from)).execute(tx).await?;
    Ok(())
}

pub async fn delete(db: Db<'_>) -> Result<(), Error> {
    heading("Delete the drafts");
    let drafts =
        Post::delete().filter(Post::status.eq(Status::Draft)).returning((Post::id, Post::title)).fetch_all(db).await?;
    rows(&["id", "title"], drafts);
    Ok(())
}
