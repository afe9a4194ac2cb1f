//! Relations with conditions that only PostgreSQL has.

use mizzle::prelude::*;
use mizzle_tests::Result;

use crate::suite::database;

#[derive(Table, Debug, PartialEq)]
#[table(name = "shops", dialect = Postgres, has_many(fruits(Item::shop_id, filter = Item::name.ilike("%fruit"))))]
struct Shop {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "items", dialect = Postgres)]
struct Item {
    #[column(primary_key)]
    id: i64,
    #[column(references = Shop::id)]
    shop_id: i64,
    name: String,
}

#[tokio::test]
async fn a_condition_of_one_database() -> Result {
    let db = database(&mizzle::schema! { Shop, Item }).await?;
    Shop::insert().values(Shop::id.set(1)).execute(&db).await?;
    for (id, name) in [(1, "Grapefruit"), (2, "Apple"), (3, "FRUIT")] {
        let item = (Item::id.set(id), Item::shop_id.set(1), Item::name.set(name));
        Item::insert().values(item).execute(&db).await?;
    }
    let (_, fruits) = Shop::query().with(Shop::fruits().order_by(Item::id)).fetch_one(&db).await?;
    assert_eq!(fruits.iter().map(|item| item.id).collect::<Vec<_>>(), [1, 3]);
    let count = Shop::query().select(Shop::fruits().count_where(Item::id.gt(1))).fetch_one(&db).await?;
    assert_eq!(count, 1);
    Ok(())
}
