//! What is the same on every database: functions that are generic over the dialect.

use chrono::{DateTime, Utc};
use mizzle::{Error, prelude::*, schema::Schema};
use mizzle_examples::rows;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "example_items", insert = NewItem, has_many(sales = Sale::item_id))]
pub struct Item {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(unique)]
    pub name: String,
    #[column(default = 3)]
    pub stock: i64,
    #[column(default = now())]
    pub added_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "example_sales", insert = NewSale)]
pub struct Sale {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(references = Item::id, on_delete = cascade)]
    pub item_id: i64,
    pub count: i64,
    pub paid: Payment,
}

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
#[sql_enum(name = "example_payment")]
pub enum Payment {
    Cash,
    Card,
}

static SHOP: Schema = mizzle::schema! { Item, Sale };

/// Creates the tables, sells a few things and looks at what is left.
pub async fn open<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    SHOP.drop_tables(db).await?;
    SHOP.create_tables(db).await?;
    Item::insert()
        .rows([NewItem::new("anvil"), NewItem { stock: Some(40), ..NewItem::new("nail") }])
        .execute(db)
        .await?;
    for (name, count) in [("anvil", 1), ("nail", 12), ("nail", 8)] {
        sell(db, name, count).await?;
    }
    report(db).await
}

async fn sell<D: Dialect>(db: impl Executor<D> + Copy, name: &str, count: i64) -> Result<(), Error> {
    let item = Item::query().filter(Item::name.eq(name)).select(Item::id).fetch_one(db).await?;
    Sale::insert().row(NewSale::new(item, count, Payment::Card)).execute(db).await?;
    Item::update().set(Item::stock.set(Item::stock - count)).filter(Item::id.eq(item)).execute(db).await?;
    Ok(())
}

async fn report<D: Dialect>(db: impl Executor<D>) -> Result<(), Error> {
    let sold = Item::query()
        .left_join::<Sale>()
        .on(Item::sales())
        .group_by(Item::key())
        .select((
            Item::name.concat("s"),
            Item::stock,
            Sale::count.sum(),
            Sale::count.avg().filter(Sale::paid.eq(Payment::Card)),
        ))
        .order_by(Item::stock.asc().nulls_last())
        .fetch_all(db)
        .await?;
    rows(&["item", "stock", "sold", "average by card"], sold);
    Ok(())
}

/// Drops the tables.
pub async fn close<D: Dialect>(db: impl Executor<D>) -> Result<(), Error> {
    SHOP.drop_tables(db).await
}
