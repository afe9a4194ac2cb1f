//! Writes that only some databases have, or that are spelled in several ways.

use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::{database, model::*};
use crate::Db;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "items", insert = NewItem, update = ItemPatch)]
struct Item {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(unique)]
    code: String,
    #[column(default = 7)]
    stock: i64,
    note: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "defaults", insert = NewDefaults)]
struct Defaults {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(default = 3)]
    a: i64,
    b: Option<String>,
}

async fn items() -> Result<Db> {
    let db = database(&mizzle::schema! { Item }).await?;
    let rows = [NewItem::new("a"), NewItem { stock: Some(1), ..NewItem::new("b") }];
    Item::insert().rows(rows).execute(&db).await?;
    Ok(db)
}

async fn stock(db: &Db) -> Result<Vec<(String, i64, Option<String>)>> {
    let rows = Item::query().order_by(Item::id).select((Item::code, Item::stock, Item::note));
    Ok(rows.fetch_all(db).await?)
}

fn row(code: &str, stock: i64, note: Option<&str>) -> (String, i64, Option<String>) {
    (code.to_owned(), stock, note.map(str::to_owned))
}

#[tokio::test]
async fn rows_that_set_different_columns() -> Result {
    let db = items().await?;
    let rows = [
        NewItem { note: Some("n".into()), ..NewItem::new("c") },
        NewItem { stock: Some(2), ..NewItem::new("d") },
        NewItem { id: Some(90), ..NewItem::new("e") },
    ];
    assert_eq!(Item::insert().rows(rows).execute(&db).await?, 3);
    let expected = [row("a", 7, None), row("b", 1, None), row("c", 7, Some("n")), row("d", 2, None), row("e", 7, None)];
    assert_eq!(stock(&db).await?, expected);
    Ok(())
}

#[tokio::test]
async fn rows_of_nothing_but_defaults() -> Result {
    let db = database(&mizzle::schema! { Defaults }).await?;
    Defaults::insert().row(NewDefaults::new()).execute(&db).await?;
    Defaults::insert().rows([NewDefaults::new(), NewDefaults::new()]).execute(&db).await?;
    Defaults::insert()
        .rows([NewDefaults::new(), NewDefaults { a: Some(1), ..NewDefaults::new() }])
        .execute(&db)
        .await?;
    let rows = Defaults::query().order_by(Defaults::id).select((Defaults::a, Defaults::b)).fetch_all(&db).await?;
    assert_eq!(rows, [(3, None), (3, None), (3, None), (3, None), (1, None)]);
    Ok(())
}

#[needs(OnDuplicateKey)]
#[tokio::test]
async fn on_duplicate_key_update() -> Result {
    let db = items().await?;
    let new = |code: &str, stock| NewItem { stock: Some(stock), note: Some("new".into()), ..NewItem::new(code) };
    let changed = Item::insert()
        .rows([new("a", 5), new("c", 6)])
        .on_duplicate_key_update((Item::stock.set(Item::stock + inserted(Item::stock)), Item::note.set("old")))
        .execute(&db)
        .await?;
    assert_eq!(changed, 3, "one inserted, one changed, which counts twice");
    assert_eq!(stock(&db).await?, [row("a", 12, Some("old")), row("b", 1, None), row("c", 6, Some("new"))]);
    let patch = ItemPatch { stock: Some(0), ..ItemPatch::default() };
    Item::insert().row(new("b", 9)).on_duplicate_key_update(patch).execute(&db).await?;
    Item::insert().row(new("c", 9)).on_duplicate_key_update(ItemPatch::default()).execute(&db).await?;
    assert_eq!(stock(&db).await?[1..], [row("b", 0, None), row("c", 6, Some("new"))]);
    Ok(())
}

#[needs(OnDuplicateKey)]
#[tokio::test]
async fn on_duplicate_key_of_selected_rows() -> Result {
    let db = items().await?;
    let query = Item::query().select((Item::code, Item::stock + 100));
    let upsert = Item::insert()
        .from_query((Item::code, Item::stock), query)
        .on_duplicate_key_update(Item::stock.set(excluded(Item::stock)));
    upsert.execute(&db).await?;
    assert_eq!(stock(&db).await?, [row("a", 107, None), row("b", 101, None)]);
    Ok(())
}

#[needs(OnDuplicateKey)]
#[tokio::test]
async fn on_duplicate_key_update_all() -> Result {
    let db = items().await?;
    let new = |code: &str, stock| NewItem { stock: Some(stock), note: Some("new".into()), ..NewItem::new(code) };
    Item::insert().rows([new("a", 5), new("c", 6)]).on_duplicate_key_update_all().execute(&db).await?;
    let upsert = Item::insert().rows([new("b", 8)]).on_duplicate_key_update_all().except((Item::note, Item::code));
    upsert.execute(&db).await?;
    assert_eq!(stock(&db).await?, [row("a", 5, Some("new")), row("b", 8, None), row("c", 6, Some("new"))]);
    // Rows that set other columns change other columns.
    let rows =
        [NewItem { note: Some("x".into()), ..NewItem::new("a") }, NewItem { stock: Some(1), ..NewItem::new("b") }];
    Item::insert().rows(rows).on_duplicate_key_update_all().execute(&db).await?;
    assert_eq!(stock(&db).await?[..2], [row("a", 5, Some("x")), row("b", 1, None)]);
    // There is nothing left to change.
    Item::insert()
        .row(NewItem::new("a"))
        .on_duplicate_key_update_all()
        .except((Item::code, Item::note))
        .execute(&db)
        .await?;
    let query = Item::query().filter(Item::id.gt(0)).select((Item::code, Item::stock + 100));
    let upsert = Item::insert().from_query((Item::code, Item::stock), query).on_duplicate_key_update_all();
    upsert.execute(&db).await?;
    assert_eq!(stock(&db).await?, [row("a", 105, Some("x")), row("b", 101, None), row("c", 106, Some("new"))]);
    Ok(())
}

#[needs(OnDuplicateKey, InsertReturning)]
#[tokio::test]
async fn on_duplicate_key_update_returns() -> Result {
    let db = items().await?;
    let upsert = Item::insert()
        .rows([NewItem::new("a"), NewItem::new("z")])
        .on_duplicate_key_update(Item::stock.add_assign(1))
        .returning((Item::code, Item::stock));
    assert_eq!(upsert.fetch_all(&db).await?, [("a".to_owned(), 8), ("z".to_owned(), 7)]);
    Ok(())
}

#[needs(Replace)]
#[tokio::test]
async fn replace() -> Result {
    let db = items().await?;
    Item::insert().rows([NewItem::new("b"), NewItem::new("z")]).or_replace().execute(&db).await?;
    assert_eq!(stock(&db).await?, [row("a", 7, None), row("b", 7, None), row("z", 7, None)]);
    assert_eq!(Item::query().filter(Item::id.eq(2)).count(&db).await?, 0, "the new row has a new key");
    Ok(())
}

#[needs(InsertIgnore)]
#[tokio::test]
async fn insert_ignore() -> Result {
    let db = items().await?;
    assert_eq!(Item::insert().rows([NewItem::new("a"), NewItem::new("z")]).ignore().execute(&db).await?, 1);
    assert_eq!(stock(&db).await?.len(), 3);
    Ok(())
}

#[needs(LimitedWrites)]
#[tokio::test]
async fn writes_with_an_order_and_a_limit() -> Result {
    let db = filled().await?;
    let update =
        Post::update().set(Post::views.set(-1)).filter(Post::author_id.le(2)).order_by(Post::views.desc()).limit(2);
    assert_eq!(update.execute(&db).await?, 2);
    let changed = Post::query().filter(Post::views.eq(-1)).order_by(Post::id).select(Post::id);
    assert_eq!(changed.fetch_all(&db).await?, [1, 4]);
    assert_eq!(Comment::delete().all_rows().order_by(Comment::id.desc()).limit(3).execute(&db).await?, 3);
    assert_eq!(Comment::query().select(Comment::id).fetch_all(&db).await?, [1]);
    assert_eq!(Comment::delete().filter(Comment::id.gt(0)).limit(9).execute(&db).await?, 1);
    assert_eq!(Post::update().set(PostPatch::default()).all_rows().limit(1).execute(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn an_update_from_other_tables() -> Result {
    let db = filled().await?;
    let update = Post::update()
        .from::<User>()
        .set((Post::category.set(User::name), Post::views.set(Post::views + User::id)))
        .filter((Post::author_id.eq(User::id), User::age.eq(29)));
    assert_eq!(update.execute(&db).await?, 4);
    let rows = Post::query().order_by(Post::id).select((Post::category, Post::views)).fetch_all(&db).await?;
    let expected = [("tech", 300), ("food", 20), ("Bob", 152), ("Bob", 702), ("Dan", 4), ("Dan", 9)];
    assert_eq!(rows, expected.map(|(category, views)| (category.to_owned(), views)));
    let by_alias = User::update()
        .from::<Manager>()
        .set(User::name.set(Manager.name.concat("'s ").concat(User::name)))
        .filter(Manager.id.eq(User::manager_id));
    assert_eq!(by_alias.execute(&db).await?, 3);
    let names = User::query().order_by(User::id).select(User::name).fetch_all(&db).await?;
    assert_eq!(names[..3], ["Ann", "Ann's Bob", "Ann's Cid"]);
    assert!(names[3].ends_with("Bob's Dan"), "{}", names[3]);
    Ok(())
}

#[needs(UpdateReturning)]
#[tokio::test]
async fn an_update_from_another_table_returns() -> Result {
    let db = filled().await?;
    let update = Post::update().from::<User>().set(Post::category.set(User::name));
    let update =
        update.filter((Post::author_id.eq(User::id), User::name.eq("Ann"))).returning((Post::id, Post::category));
    let mut rows = update.fetch_all(&db).await?;
    rows.sort_unstable();
    assert_eq!(rows, [(1, "Ann".to_owned()), (2, "Ann".to_owned())]);
    Ok(())
}

#[needs(Postgres)]
#[tokio::test]
async fn the_rows_of_other_tables_are_returned() -> Result {
    let db = filled().await?;
    let update = Post::update().from::<User>().set(Post::views.add_assign(1));
    let update = update.filter((Post::author_id.eq(User::id), User::name.eq("Ann")));
    let mut rows = update.returning((Post::id, User::name, Post::views)).fetch_all(&db).await?;
    rows.sort_unstable();
    assert_eq!(rows, [(1, "Ann".to_owned(), 301), (2, "Ann".to_owned(), 21)]);
    let by_alias = User::update().from::<Manager>().set(User::name.append("?")).filter(Manager.id.eq(User::manager_id));
    let mut rows = by_alias.returning((Manager.name, User::all())).fetch_all(&db).await?;
    rows.sort_by_key(|(_, user)| user.id);
    let names: Vec<_> = rows.iter().map(|(manager, user)| (manager.as_str(), user.name.as_str())).collect();
    assert_eq!(names, [("Ann", "Bob?"), ("Ann", "Cid?"), ("Bob", "Dan?")]);
    let delete = Comment::delete().using::<Post>().using::<User>().filter((
        Comment::post_id.eq(Post::id),
        Post::author_id.eq(User::id),
        Post::category.eq("tech"),
    ));
    let mut rows = delete.returning((Comment::id, Post::title, User::name)).fetch_all(&db).await?;
    rows.sort_unstable();
    let expected = [(1, "AI and you", "Ann"), (2, "AI and you", "Ann"), (4, "Databases", "Bob?")];
    assert_eq!(rows, expected.map(|(id, title, name)| (id, title.to_owned(), name.to_owned())));
    Ok(())
}

#[needs(DeleteUsing)]
#[tokio::test]
async fn a_delete_using_another_table() -> Result {
    let db = filled().await?;
    let delete = Comment::delete().using::<Post>().filter((Comment::post_id.eq(Post::id), Post::category.eq("tech")));
    assert_eq!(delete.execute(&db).await?, 3);
    assert_eq!(Comment::query().select(Comment::id).fetch_all(&db).await?, [3]);
    let by_two = Comment::delete().using::<Post>().using::<User>().filter((
        Comment::post_id.eq(Post::id),
        Post::author_id.eq(User::id),
        User::name.eq("Bob"),
    ));
    assert_eq!(by_two.execute(&db).await?, 1);
    Ok(())
}

#[needs(DeleteReturning)]
#[tokio::test]
async fn a_delete_returns() -> Result {
    let db = filled().await?;
    let deleted =
        Comment::delete().filter(Comment::id.gt(2)).returning((Comment::id, Comment::body)).fetch_all(&db).await?;
    let mut ids: Vec<i64> = deleted.into_iter().map(|(id, _)| id).collect();
    ids.sort_unstable();
    assert_eq!(ids, [3, 4]);
    Ok(())
}
