//! What was sold, when, and for how much.

use chrono::{NaiveDate, NaiveDateTime};
use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::database::{chinook, same};
use crate::{D, chinook_model::*};

#[needs(Sqlite)]
sql_function! {
    /// The year and the month of a date.
    fn month_of(date: NaiveDateTime) -> String = "strftime('%Y-%m', {date})"
}

#[needs(Postgres)]
sql_function! {
    /// The year and the month of a date.
    fn month_of(date: NaiveDateTime) -> String = "to_char({date}, 'YYYY-MM')"
}

#[needs(!Sqlite, !Postgres)]
sql_function! {
    /// The year and the month of a date.
    fn month_of(date: NaiveDateTime) -> String = "date_format({date}, '%Y-%m')"
}

/// The start of a day.
fn day(year: i32, month: u32, day: u32) -> Result<NaiveDateTime> {
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or("no such date")?;
    Ok(date.and_time(chrono::NaiveTime::MIN))
}

#[tokio::test]
async fn revenue_by_month() -> Result {
    let db = chinook().await?;
    let rows = Invoice::query()
        .group_by(month_of(Invoice::date))
        .select((month_of(Invoice::date), count_star(), Invoice::total.sum().round(2)))
        .order_by(month_of(Invoice::date))
        .fetch_all(&db)
        .await?;
    assert_eq!((rows.len(), rows[0].0.as_str()), (60, "2021-01"));
    let month = match D::SYNTAX.name {
        "SQLite" => "strftime('%Y-%m', InvoiceDate)",
        "PostgreSQL" => "to_char(InvoiceDate, 'YYYY-MM')",
        _ => "date_format(InvoiceDate, '%Y-%m')",
    };
    let plain = format!("SELECT {month}, count(*), round(sum(Total), 2) FROM Invoice GROUP BY 1 ORDER BY 1");
    same(&db, rows, &plain).await
}

#[tokio::test]
async fn revenue_by_genre() -> Result {
    let db = chinook().await?;
    let revenue = (InvoiceLine::unit_price * InvoiceLine::quantity.cast::<f64>()).sum().round(2);
    let rows = InvoiceLine::query()
        .inner_join::<Track>()
        .on(InvoiceLine::track())
        .left_join::<Genre>()
        .on(Track::genre())
        .group_by(Genre::name)
        .select((Genre::name, revenue, InvoiceLine::quantity.sum()))
        .order_by((revenue.desc(), Genre::name.asc()))
        .fetch_all(&db)
        .await?;
    assert_eq!(rows[0], (Some("Rock".to_owned()), Some(826.65), Some(835)));
    let plain = "
        SELECT g.Name, round(sum(l.UnitPrice * l.Quantity), 2), sum(l.Quantity)
        FROM InvoiceLine l JOIN Track t USING (TrackId) LEFT JOIN Genre g USING (GenreId)
        GROUP BY g.Name ORDER BY 2 DESC, 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn best_selling_artists() -> Result {
    let db = chinook().await?;
    let sold = InvoiceLine::quantity.sum();
    let rows = Artist::query()
        .inner_join::<Album>()
        .on(Artist::albums())
        .inner_join::<Track>()
        .on(Album::tracks())
        .inner_join::<InvoiceLine>()
        .on(Track::lines())
        .group_by(Artist::key())
        .select((Artist::id, Artist::name, sold))
        .order_by((sold.desc(), Artist::id.asc()))
        .limit(10)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows[0], (90, Some("Iron Maiden".to_owned()), Some(140)));
    let plain = "
        SELECT a.ArtistId, a.Name, sum(l.Quantity)
        FROM Artist a JOIN Album b USING (ArtistId) JOIN Track t USING (AlbumId) JOIN InvoiceLine l USING (TrackId)
        GROUP BY a.ArtistId ORDER BY 3 DESC, 1 LIMIT 10";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn average_invoice_of_the_larger_countries() -> Result {
    let db = chinook().await?;
    let rows = Invoice::query()
        .group_by(Invoice::country)
        .having(count_star().ge(10))
        .having(Invoice::total.avg().gt(5.5))
        .select(row!({
            country: Invoice::country,
            invoices: count_star(),
            average: Invoice::total.avg().round(4),
            largest: Invoice::total.max(),
        }))
        .order_by((Invoice::total.avg().round(4).desc(), Invoice::country.asc()))
        .fetch_all(&db)
        .await?;
    let rows = rows.into_iter().map(|row| (row.country, row.invoices, row.average, row.largest)).collect();
    let plain = "
        SELECT BillingCountry, count(*), round(avg(Total), 4), max(Total)
        FROM Invoice GROUP BY 1 HAVING count(*) >= 10 AND avg(Total) > 5.5 ORDER BY 3 DESC, 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn pages_of_the_invoices_of_a_quarter() -> Result {
    let db = chinook().await?;
    let quarter = Invoice::query()
        .filter(Invoice::date.ge(day(2022, 1, 1)?).and(Invoice::date.lt(day(2022, 4, 1)?)))
        .order_by((Invoice::date.desc(), Invoice::id.asc()));
    let mut ids = Vec::new();
    for page in 1.. {
        let invoices = quarter.clone().page(page, 8).fetch_all(&db).await?;
        if invoices.is_empty() {
            break;
        }
        assert!(invoices.len() == 8 || page == 3, "page {page} has {} rows", invoices.len());
        ids.extend(invoices.into_iter().map(|invoice| (invoice.id, invoice.date, invoice.total)));
    }
    assert_eq!(quarter.count(&db).await?, i64::try_from(ids.len())?);
    let plain = "
        SELECT InvoiceId, InvoiceDate, Total FROM Invoice
        WHERE InvoiceDate >= '2022-01-01' AND InvoiceDate < '2022-04-01' ORDER BY InvoiceDate DESC, InvoiceId";
    same(&db, ids, plain).await
}

#[tokio::test]
async fn two_years_side_by_side() -> Result {
    let db = chinook().await?;
    let first = Invoice::date.between(day(2021, 1, 1)?, day(2021, 12, 31)?);
    let second = Invoice::date.between(day(2022, 1, 1)?, day(2022, 12, 31)?);
    let rows = Invoice::query()
        .group_by(Invoice::country)
        .select((
            Invoice::country,
            Invoice::total.sum().filter(first).round(2),
            Invoice::total.sum().filter(second).round(2),
            count_star().filter(second),
        ))
        .order_by(Invoice::country)
        .fetch_all(&db)
        .await?;
    assert!(rows.iter().any(|row| row.1.is_none()) && rows.iter().any(|row| row.1.is_some()));
    let plain = "
        SELECT BillingCountry,
            round(sum(CASE WHEN InvoiceDate < '2022-01-01' THEN Total END), 2),
            round(sum(CASE WHEN InvoiceDate >= '2022-01-01' AND InvoiceDate < '2023-01-01' THEN Total END), 2),
            count(CASE WHEN InvoiceDate >= '2022-01-01' AND InvoiceDate < '2023-01-01' THEN 1 END)
        FROM Invoice GROUP BY 1 ORDER BY 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn invoices_that_do_not_add_up() -> Result {
    let db = chinook().await?;
    let lines = (InvoiceLine::unit_price * InvoiceLine::quantity.cast::<f64>()).sum().coalesce(0.0);
    let wrong = Invoice::query()
        .left_join::<InvoiceLine>()
        .on(Invoice::lines())
        .group_by((Invoice::id, Invoice::total))
        .having((lines - Invoice::total).abs().gt(0.001))
        .select(Invoice::id);
    assert_eq!(wrong.clone().count(&db).await?, 0);
    let rolled_back = db
        .transaction(async |tx| {
            Invoice::update()
                .set(Invoice::total.set(Invoice::total + 1.0))
                .filter(Invoice::id.eq(7))
                .execute(tx)
                .await?;
            assert_eq!(wrong.fetch_all(tx).await?, [7]);
            Err::<(), _>(mizzle::Error::RowNotFound)
        })
        .await;
    assert!(matches!(rolled_back, Err(mizzle::Error::RowNotFound)), "{rolled_back:?}");
    Ok(())
}
