//! Foreign keys of several columns, and their relations.

use mizzle::prelude::*;
use mizzle_tests::Result;

use super::database;
use crate::Db;

table! {
    #[derive(Debug, Clone, PartialEq)]
    Order (
        insert = NewOrder,
        primary_key(shop, number),
        has_many(lines = (Line::shop, Line::number), replaced_lines = (Line::shop, Line::replaces), cheap((Line::shop, Line::number), filter = Line::cents.lt(100))),
        has_one(invoice = (Invoice::shop, Invoice::number)),
    ) {
        shop: String,
        number: i32,
        customer: String,
    }

    #[derive(Debug, Clone, PartialEq)]
    #[table(name = "order_lines")]
    Line (
        foreign_key(columns(shop, number), references(Order::shop, Order::number), relation = order, on_delete = cascade),
        foreign_key(
            name = "replaced_order",
            columns(shop, replaces), references(Order::shop, Order::number), relation = replaced
        ),
    ) {
        id: i64 [primary_key],
        shop: String,
        number: i32,
        replaces: Option<i32>,
        cents: i64,
    }

    #[derive(Debug, Clone, PartialEq)]
    Invoice (
        primary_key(shop, number),
        foreign_key(columns(number, shop), references(Order::number, Order::shop), relation = order),
    ) {
        shop: String,
        number: i32,
        paid: bool,
    }
}

/// Orders 1 and 2 in two shops, with lines and an invoice.
async fn filled() -> Result<Db> {
    let db = database(&mizzle::schema! { Order, Line, Invoice }).await?;
    for (shop, number, customer) in [("x", 1, "Ann"), ("x", 2, "Bob"), ("y", 1, "Cid"), ("y", 2, "Dan")] {
        let order = (Order::shop.set(shop), Order::number.set(number), Order::customer.set(customer));
        Order::insert().values(order).execute(&db).await?;
    }
    let lines = [(1, "x", 1, None, 50), (2, "x", 1, Some(2), 500), (3, "y", 1, None, 70), (4, "y", 2, Some(1), 900)];
    for (id, shop, number, replaces, cents) in lines {
        let (id, shop, number) = (Line::id.set(id), Line::shop.set(shop), Line::number.set(number));
        let line = (id, shop, number, Line::replaces.set(replaces), Line::cents.set(cents));
        Line::insert().values(line).execute(&db).await?;
    }
    let invoice = (Invoice::shop.set("y"), Invoice::number.set(1), Invoice::paid.set(true));
    Invoice::insert().values(invoice).execute(&db).await?;
    Ok(db)
}

#[tokio::test]
async fn both_ways() -> Result {
    let db = filled().await?;
    let orders: Vec<(Order, Vec<Line>, Option<Invoice>)> = Order::query()
        .with(Order::lines().order_by(Line::id))
        .with(Order::invoice())
        .order_by((Order::shop, Order::number))
        .fetch_all(&db)
        .await?;
    let found: Vec<_> = orders
        .iter()
        .map(|(order, lines, invoice)| {
            (&*order.customer, lines.iter().map(|line| line.id).collect(), invoice.as_ref().map(|i| i.paid))
        })
        .collect();
    let expected =
        [("Ann", vec![1, 2], None), ("Bob", vec![], None), ("Cid", vec![3], Some(true)), ("Dan", vec![4], None)];
    assert_eq!(found, expected);
    let lines: Vec<(i64, Order, Option<Order>)> = Line::query()
        .select(Line::id)
        .with(Line::order())
        .with(Line::replaced())
        .order_by(Line::id)
        .fetch_all(&db)
        .await?;
    let found: Vec<_> = lines
        .iter()
        .map(|(id, order, replaced)| (*id, &*order.customer, replaced.as_ref().map(|order| &*order.customer)))
        .collect();
    assert_eq!(found, [(1, "Ann", None), (2, "Ann", Some("Bob")), (3, "Cid", None), (4, "Dan", Some("Cid"))]);
    Ok(())
}

#[tokio::test]
async fn limited_and_nested() -> Result {
    let db = filled().await?;
    type Lines = Vec<(i64, Option<String>)>;
    let invoices: Vec<(Invoice, (Order, Lines))> = Invoice::query()
        .with(
            Invoice::order().with(
                Order::lines()
                    .order_by(Line::cents.desc())
                    .limit(1)
                    .select(Line::id)
                    .with(Line::replaced().select(Order::customer)),
            ),
        )
        .fetch_all(&db)
        .await?;
    assert_eq!(invoices.len(), 1);
    assert_eq!(invoices[0].1.1, [(3, None)]);
    let most = Order::lines().order_by(Line::cents.desc()).limit(1).select(Line::cents);
    let orders = Order::query().select(Order::customer).with(most).order_by(Order::customer).fetch_all(&db).await?;
    let expected = [("Ann", vec![500]), ("Bob", vec![]), ("Cid", vec![70]), ("Dan", vec![900])];
    assert_eq!(orders, expected.map(|(customer, cents)| (customer.to_owned(), cents)));
    Ok(())
}

#[tokio::test]
async fn in_expressions_and_joins() -> Result {
    let db = filled().await?;
    let orders = Order::query()
        .filter(Order::lines().any())
        .select((Order::customer, Order::lines().count(), Order::cheap().count(), Order::lines().sum(Line::cents)))
        .order_by(Order::customer)
        .fetch_all(&db)
        .await?;
    let found: Vec<_> = orders.iter().map(|(name, all, cheap, _)| (&**name, *all, *cheap)).collect();
    assert_eq!(found, [("Ann", 2, 1), ("Cid", 1, 1), ("Dan", 1, 0)]);
    let joined = Line::query()
        .inner_join::<Order>()
        .on(Line::order())
        .filter(Order::customer.ne("Dan"))
        .select((Line::id, Order::customer))
        .order_by(Line::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(joined, [(1, "Ann".to_owned()), (2, "Ann".to_owned()), (3, "Cid".to_owned())]);
    let never = Order::query().filter(or((Order::lines().none(), Order::customer.eq("Ann")))).count(&db).await?;
    assert_eq!(never, 2);
    Ok(())
}

#[tokio::test]
async fn kept_by_the_database() -> Result {
    let db = filled().await?;
    let line = (Line::id.set(9), Line::shop.set("z"), Line::number.set(1), Line::cents.set(1));
    let refused = Line::insert().values(line).execute(&db).await;
    assert!(refused.as_ref().is_err_and(mizzle::Error::is_foreign_key_violation), "{refused:?}");
    Invoice::delete().all_rows().execute(&db).await?;
    Line::update().set(Line::replaces.set(None)).all_rows().execute(&db).await?;
    Order::delete().filter(Order::customer.eq("Ann")).execute(&db).await?;
    assert_eq!(Line::query().select(Line::id).order_by(Line::id).fetch_all(&db).await?, [3, 4]);
    Ok(())
}

#[tokio::test]
async fn written_together() -> Result {
    let db = filled().await?;
    let orders = [("z", 2), ("x", 3), ("z", 1)].map(|(shop, number)| NewOrder::new(shop, number, "Eve"));
    let orders: Vec<(Order, Vec<Line>, Invoice)> = Order::insert()
        .rows(orders)
        .with(Order::lines().values_for(|order| {
            let first = i64::from(order.number) * 100 + i64::from(order.shop == "x");
            [5, 4].map(|n| (Line::id.set(first + n), Line::cents.set(n)))
        }))
        .with(Order::invoice().values((Invoice::paid.set(false),)))
        .fetch_all(&db)
        .await?;
    for (order, lines, invoice) in &orders {
        assert_eq!(lines.iter().map(|line| line.cents).collect::<Vec<_>>(), [5, 4]);
        assert!(lines.iter().all(|line| (&line.shop, line.number) == (&order.shop, order.number)));
        assert_eq!((&invoice.shop, invoice.number), (&order.shop, order.number));
    }
    let keys: Vec<_> = orders.iter().map(|(order, ..)| (&*order.shop, order.number)).collect();
    assert_eq!(keys, [("z", 2), ("x", 3), ("z", 1)]);

    // By row and by key.
    assert_eq!(Order::lines().add(&orders[0].0, [1, 2]).execute(&db).await?, 2);
    assert_eq!(Order::lines().add(("x", 3), [3]).execute(&db).await?, 1);
    let order = Line::query().filter(Line::id.le(3)).order_by(Line::id).select((Line::shop, Line::number));
    assert_eq!(order.fetch_all(&db).await?, [("z".into(), 2), ("z".into(), 2), ("x".into(), 3)]);
    // Of the key that leads to the order which replaces it, one column can be NULL.
    let [z1, z2] = [&orders[2].0, &orders[0].0];
    assert_eq!(Order::replaced_lines().add(z1, [1, 2]).execute(&db).await?, 2);
    assert_eq!(Order::replaced_lines().remove(z2, [1]).execute(&db).await?, 0);
    assert_eq!(Order::replaced_lines().remove(z1, [1]).execute(&db).await?, 1);
    let replaces = Line::query().filter(Line::id.le(2)).order_by(Line::id).select((Line::shop, Line::replaces));
    assert_eq!(replaces.fetch_all(&db).await?, [("z".into(), None), ("z".into(), Some(1))]);
    Ok(())
}
