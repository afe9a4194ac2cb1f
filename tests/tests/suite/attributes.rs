//! What `#[table(..)]` and `#[column(..)]` do in a real database; `table!` says the same.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};
use mizzle::{Error, Json, dialect::DialectKind, prelude::*};
use mizzle_tests::{Result, TestDatabase as _, needs};

use super::database;
use crate::{D, Db};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(SqlValue, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OrderId(Uuid);

impl OrderId {
    fn new() -> Self {
        OrderId(Uuid::new_v4())
    }
}

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_enum(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum State {
    New,
    InTransit,
    #[sql_enum(rename = "it's there")]
    Arrived,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Address {
    street: String,
    number: Option<u8>,
}

static CLOCK: AtomicI64 = AtomicI64::new(1);

/// A clock of whole numbers, so that each reading differs.
fn tick() -> i64 {
    CLOCK.fetch_add(1, Ordering::SeqCst)
}

fn nobody() -> String {
    "nobody".to_owned()
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "orders", insert = NewOrder, update = OrderPatch)]
#[table(check(name = "positive", Order::amount.gt(0)), index(on = (Order::state.asc(), Order::amount.desc())))]
pub(crate) struct Order {
    #[column(primary_key, default_fn = OrderId::new)]
    id: OrderId,
    #[column(default = State::New)]
    state: State,
    amount: i64,
    price: f64,
    #[column(default = "it's \"new\"")]
    note: Option<String>,
    #[column(generated = Order::price * Order::amount.cast::<f64>())]
    total: f64,
    #[column(generated_virtual = Order::note.coalesce("-").upper())]
    shown: String,
    address: Option<Json<Address>>,
    #[column(default_fn = tick)]
    created: i64,
    #[column(default_fn = tick, on_update_fn = tick)]
    updated: i64,
    #[column(default = now())]
    stored_at: DateTime<Utc>,
    #[column(default_fn = nobody, on_update_fn = nobody)]
    editor: String,
}

async fn orders() -> Result<Db> {
    database(&mizzle::schema! { Order }).await
}

#[tokio::test]
async fn defaults_of_mizzle_and_of_the_database() -> Result {
    let db = orders().await?;
    Order::insert().row(NewOrder::new(2, 1.5)).execute(&db).await?;
    let first = Order::query().fetch_one(&db).await?;
    assert_eq!((first.state, first.amount, first.editor.as_str()), (State::New, 2, "nobody"));
    assert_eq!((first.note.as_deref(), first.address.clone()), (Some("it's \"new\""), None));
    assert!(first.created > 0 && first.updated > 0);
    assert!((Utc::now() - first.stored_at).num_seconds().abs() < 5);
    Order::insert().values((Order::amount.set(1), Order::price.set(1.0))).execute(&db).await?;
    let second = Order::query().filter(Order::amount.eq(1)).fetch_one(&db).await?;
    assert_ne!(first.id, second.id);
    assert!(second.created > first.created);
    let id = OrderId::new();
    let given = NewOrder { id: Some(id), created: Some(-1), editor: Some("me".into()), ..NewOrder::new(1, 0.0) };
    Order::insert().row(given).execute(&db).await?;
    let given = Order::query().filter(Order::id.eq(id)).fetch_one(&db).await?;
    assert_eq!((given.created, given.editor.as_str()), (-1, "me"));
    Ok(())
}

#[tokio::test]
async fn each_row_of_many_gets_a_default_of_its_own() -> Result {
    let db = orders().await?;
    Order::insert().rows((1..=100).map(|amount| NewOrder::new(amount, 1.0))).execute(&db).await?;
    let row = Order::query().select((Order::id.count_distinct(), Order::created.count_distinct(), count_star()));
    assert_eq!(row.fetch_one(&db).await?, (100, 100, 100));
    Ok(())
}

#[tokio::test]
async fn what_updates_write_by_themselves() -> Result {
    let db = orders().await?;
    Order::insert().row(NewOrder { editor: Some("me".into()), ..NewOrder::new(1, 1.0) }).execute(&db).await?;
    let before = Order::query().fetch_one(&db).await?;
    Order::update().set(Order::amount.set(2)).all_rows().execute(&db).await?;
    let after = Order::query().fetch_one(&db).await?;
    assert_eq!((after.amount, after.created, after.editor.as_str()), (2, before.created, "nobody"));
    assert!(after.updated > before.updated);
    let own = OrderPatch { updated: Some(-5), editor: Some("you".into()), ..OrderPatch::default() };
    Order::update().set(own).all_rows().execute(&db).await?;
    let own = Order::query().select((Order::updated, Order::editor)).fetch_one(&db).await?;
    assert_eq!(own, (-5, "you".to_owned()));
    assert_eq!(Order::update().set(OrderPatch::default()).all_rows().execute(&db).await?, 0);
    assert_eq!(Order::query().select(Order::updated).fetch_one(&db).await?, -5);
    Ok(())
}

#[tokio::test]
async fn generated_columns() -> Result {
    let db = orders().await?;
    Order::insert().row(NewOrder { note: Some(None), ..NewOrder::new(3, 2.5) }).execute(&db).await?;
    let columns = || Order::query().select((Order::total, Order::shown));
    assert_eq!(columns().fetch_one(&db).await?, (7.5, "-".to_owned()));
    Order::update().set((Order::amount.set(4), Order::note.set("careful"))).all_rows().execute(&db).await?;
    assert_eq!(columns().filter(Order::total.gt(9.0)).fetch_one(&db).await?, (10.0, "CAREFUL".to_owned()));
    Ok(())
}

#[tokio::test]
async fn newtypes_enums_and_documents() -> Result {
    let db = orders().await?;
    let address = Address { street: "Elm \"St\"".into(), number: Some(7) };
    let id = OrderId::new();
    let row = NewOrder { id: Some(id), address: Some(Json(address.clone())), ..NewOrder::new(1, 1.0) };
    Order::insert().row(NewOrder { state: Some(State::Arrived), ..row }).execute(&db).await?;
    Order::insert().row(NewOrder { state: Some(State::InTransit), ..NewOrder::new(1, 1.0) }).execute(&db).await?;
    let found =
        Order::query().filter((Order::id.in_([id, OrderId::new()]), Order::state.eq(State::Arrived))).fetch_one(&db);
    assert_eq!(found.await?.address, Some(Json(address)));
    let states = Order::query().filter(Order::state.in_([State::Arrived, State::InTransit])).select(Order::state);
    assert_eq!(states.order_by(Order::address.is_null()).fetch_all(&db).await?, [State::Arrived, State::InTransit]);
    let street = match D::SYNTAX.name {
        "SQLite" => "json_extract(address, '$.street')",
        "PostgreSQL" => "address ->> 'street'",
        _ => "json_unquote(json_extract(address, '$.street'))",
    };
    let stored =
        db.text(&format!("SELECT state, {street} FROM orders WHERE amount = 1 ORDER BY address IS NULL")).await?;
    assert_eq!(stored, [["it's there", "Elm \"St\""], ["IN_TRANSIT", "NULL"]]);
    Ok(())
}

#[tokio::test]
async fn words_that_the_enum_does_not_have() -> Result {
    let db = orders().await?;
    Order::insert().row(NewOrder::new(1, 1.0)).execute(&db).await?;
    let refused = db.run("UPDATE orders SET state = 'LOST'").await.map_err(Error::from);
    // SQLite has a CHECK for it, the others have types.
    let by_check = matches!(refused, Err(Error::CheckViolation(_)));
    assert!(refused.is_err() && by_check == (D::KIND == DialectKind::Sqlite), "{refused:?}");
    let lost = Order::query().select(sql!(State, "'LOST'")).fetch_one(&db).await;
    assert!(lost.is_err_and(|error| matches!(error, Error::Decode(_))));
    Ok(())
}

mod declared_twice {
    //! One table, written in both ways.

    use mizzle::prelude::*;

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "things", insert = NewDerived, update = DerivedPatch)]
    #[table(unique(a, b), unique_index(name = "thing_names", on = Derived::name), check(Derived::a.ge(0)))]
    pub(crate) struct Derived {
        #[column(primary_key, auto_increment)]
        pub(crate) id: i64,
        #[column(name = "the name")]
        pub(crate) name: String,
        #[column(default = 1)]
        pub(crate) a: i32,
        pub(crate) b: Option<i32>,
        #[column(generated = Derived::a + 1)]
        pub(crate) c: i32,
        #[column(references = Derived::id, on_delete = set_null)]
        pub(crate) parent_id: Option<i64>,
    }

    table! {
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) Block = "things" (
            insert = NewBlock, update = BlockPatch,
            unique(a, b), unique_index(name = "thing_names", on = Block::name), check(Block::a.ge(0)),
        ) {
            id: i64 [primary_key, auto_increment],
            name: String [name = "the name"],
            a: i32 [default = 1],
            b: Option<i32>,
            c: i32 [generated = Block::a + 1],
            parent_id: Option<i64> [references = Block::id, on_delete = set_null],
        }
    }
}

#[tokio::test]
async fn a_block_of_tables_is_the_same() -> Result {
    use declared_twice::*;
    let (derived, block) = (mizzle::schema! { Derived }, mizzle::schema! { Block });
    assert_eq!(derived.create_sql::<D>()?, block.create_sql::<D>()?);
    let db = database(&derived).await?;
    Derived::insert().row(NewDerived { b: Some(2), ..NewDerived::new("x") }).execute(&db).await?;
    Block::insert().row(NewBlock { b: Some(3), parent_id: Some(1), ..NewBlock::new("y") }).execute(&db).await?;
    Block::update().set(Block::a.set(Block::a + 5)).filter(Block::id.eq(1)).execute(&db).await?;
    Block::update().set(BlockPatch { a: Some(9), ..Default::default() }).filter(Block::id.eq(2)).execute(&db).await?;
    Derived::update()
        .set(DerivedPatch { b: Some(None), ..Default::default() })
        .filter(Derived::id.eq(2))
        .execute(&db)
        .await?;
    let a = Derived::query().order_by(Derived::id).fetch_all(&db).await?;
    let b = Block::query().order_by(Block::id).fetch_all(&db).await?;
    assert_eq!(a.len(), 2);
    for (a, b) in a.iter().zip(&b) {
        assert_eq!((a.id, &a.name, a.a, a.b, a.c, a.parent_id), (b.id, &b.name, b.a, b.b, b.c, b.parent_id));
    }
    assert_eq!((b[0].a, b[0].c, b[1].a, b[1].b, b[1].parent_id), (6, 7, 9, None, Some(1)));
    Ok(())
}

#[needs(OnConflict)]
#[tokio::test]
async fn indexes_of_both_are_conflict_targets() -> Result {
    use declared_twice::*;
    let db = database(&mizzle::schema! { Derived }).await?;
    Derived::insert().row(NewDerived::new("x")).execute(&db).await?;
    let upsert = Derived::insert().row(NewDerived::new("x")).on_conflict(Derived::name);
    assert_eq!(upsert.do_update(Derived::a.set(Derived::a + 5)).execute(&db).await?, 1);
    let upsert = Block::insert().row(NewBlock::new("x")).on_conflict(Block::name);
    assert_eq!(upsert.do_update(Block::a.set(Block::a + 5)).execute(&db).await?, 1);
    assert_eq!(Block::query().select(Block::a).fetch_all(&db).await?, [11]);
    Ok(())
}
