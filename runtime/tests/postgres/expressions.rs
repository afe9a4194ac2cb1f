//! Functions and operators that PostgreSQL spells in its own way.

use mizzle::{dialect::Postgres, prelude::*};
use rust_decimal::Decimal;
use sqlx::PgPool;

use crate::{Result, database::with_tables};

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Size {
    Small,
    Large,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "items", insert = NewItem, dialect = Postgres)]
struct Item {
    #[column(primary_key, auto_increment)]
    id: i64,
    name: String,
    count: i32,
    weight: f32,
    price: Decimal,
    sold: bool,
    size: Option<Size>,
}

async fn filled(test: impl AsyncFnOnce(&PgPool) -> Result) -> Result {
    with_tables(1, &mizzle::schema! { Item }, async |db| {
        let item = |name: &str, count, weight, size| NewItem {
            size,
            ..NewItem::new(name, count, weight, Decimal::new(i64::from(count) * 10 + 5, 1), count > 2)
        };
        let items = [
            item("Äpfel", 2, 0.25, Some(Size::Small)),
            item("50%_off", 3, 1.5, None),
            item("it's", -7, 2.0, Some(Size::Large)),
        ];
        Item::insert().rows(items).execute(db).await?;
        test(db).await
    })
    .await
}

#[tokio::test]
async fn aggregates_have_the_types_that_they_say() -> Result {
    filled(async |db| {
        let sums = Item::query().select((Item::count.sum(), Item::id.sum(), Item::weight.sum(), Item::price.sum()));
        assert_eq!(sums.fetch_one(db).await?, (Some(-2), Some(6), Some(3.75), Some(Decimal::new(-5, 1))));
        let averages = Item::query().select((Item::count.avg(), Item::weight.avg(), Item::price.avg()));
        let (count, weight, price) = averages.fetch_one(db).await?;
        assert_eq!((count, weight), (Some(-2.0 / 3.0), Some(1.25)));
        assert_eq!(price.map(|price| price.round_dp(4)), Some(Decimal::new(-1667, 4)));
        let some =
            Item::query().select((Item::count.sum().filter(Item::sold.eq(true)), count_star().filter(Item::sold)));
        assert_eq!(some.fetch_one(db).await?, (Some(3), 1));
        let distinct = Item::query().select((Item::count.sum().distinct(), Item::name.max(), Item::count.min()));
        assert_eq!(distinct.fetch_one(db).await?, (Some(-2), Some("Äpfel".to_owned()), Some(-7)));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn texts() -> Result {
    filled(async |db| {
        let query = Item::query().order_by(Item::id).select((
            Item::name.substring(2, 3),
            Item::name.length(),
            Item::name.lower().concat("!"),
        ));
        let rows = query.fetch_all(db).await?;
        assert_eq!(rows[0], ("pfe".to_owned(), 5, "äpfel!".to_owned()));
        assert_eq!(rows[1], ("0%_".to_owned(), 7, "50%_off!".to_owned()));
        assert_eq!(Item::query().filter(Item::name.contains("%_")).count(db).await?, 1);
        assert_eq!(Item::query().filter(Item::name.ilike("IT_S")).count(db).await?, 1);
        assert_eq!(Item::query().filter(Item::name.like("IT_S")).count(db).await?, 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn numbers() -> Result {
    filled(async |db| {
        let query = Item::query().filter(Item::id.eq(3)).select((
            Item::count / 2,
            Item::count % 2,
            Item::weight.cast::<f64>().round(1),
            Item::sold.cast::<i64>(),
            Item::sold.cast::<i16>(),
            Item::count.cast::<String>(),
            Item::count.abs(),
        ));
        let row = query.fetch_one(db).await?;
        assert_eq!((row.0, row.1, row.2), (-3, -1, 2.0));
        assert_eq!((row.3, row.4, row.5, row.6), (0, 0, "-7".to_owned(), 7));
        let random = Item::query().select(random()).fetch_all(db).await?;
        assert!(random.iter().all(|x| (0.0..1.0).contains(x)), "{random:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn null_and_lists() -> Result {
    filled(async |db| {
        let count = async |query: Select<Postgres, (Item,), Item>| query.count(db).await;
        assert_eq!(count(Item::query().filter(Item::size.is_same_as(Size::Small))).await?, 1);
        assert_eq!(count(Item::query().filter(Item::size.is_different_from(Size::Small))).await?, 2);
        assert_eq!(count(Item::query().filter(Item::size.in_([Size::Small, Size::Large]))).await?, 2);
        assert_eq!(count(Item::query().filter(Item::id.in_(Vec::<i64>::new()))).await?, 0);
        assert_eq!(count(Item::query().filter(Item::id.not_in(Vec::<i64>::new()))).await?, 3);
        assert_eq!(count(Item::query().filter(Item::size.in_(Vec::<Size>::new()))).await?, 0);
        let sizes = Item::query().order_by((Item::size.desc().nulls_last(), Item::id)).select(Item::size);
        assert_eq!(sizes.fetch_all(db).await?, [Some(Size::Large), Some(Size::Small), None]);
        Item::update().set(Item::size.set(None)).all_rows().execute(db).await?;
        assert_eq!(count(Item::query().filter(Item::size.is_null())).await?, 3);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn many_rows_in_one_transaction() -> Result {
    filled(async |db| {
        // Seven parameters a row: more than fit into one statement.
        let rows =
            (0..12_000).map(|n| NewItem { size: Some(Size::Large), ..NewItem::new("x", n, 0.0, Decimal::ONE, false) });
        assert_eq!(Item::insert().rows(rows).execute(db).await?, 12_000);
        assert_eq!(Item::query().filter(Item::name.eq("x")).count(db).await?, 12_000);
        Ok(())
    })
    .await
}
