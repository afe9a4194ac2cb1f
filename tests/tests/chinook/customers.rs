//! Who buys.

use mizzle::prelude::*;
use mizzle_tests::Result;

use super::database::{chinook, same};
use crate::chinook_model::*;

alias!(Neighbour = Customer);
alias!(Larger = Invoice);

#[tokio::test]
async fn top_customers_by_revenue_per_country() -> Result {
    let db = chinook().await?;
    let revenue = Invoice::total.sum().round(2);
    let rows = Customer::query()
        .inner_join::<Invoice>()
        .on(Customer::invoices())
        .group_by(Customer::key())
        .having(Invoice::total.sum().gt(40.0))
        .select((Customer::country, Customer::first_name.concat(" ").concat(Customer::last_name), revenue))
        .order_by((Customer::country.asc(), revenue.desc(), Customer::id.asc()))
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT c.Country, c.FirstName || ' ' || c.LastName, round(sum(i.Total), 2)
        FROM Customer c JOIN Invoice i USING (CustomerId)
        GROUP BY c.CustomerId HAVING sum(i.Total) > 40 ORDER BY 1, 3 DESC, c.CustomerId";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn the_largest_invoice_of_each_country() -> Result {
    let db = chinook().await?;
    let larger = Larger::query().outer::<Invoice>().filter(Larger.country.eq(Invoice::country)).filter(or((
        Larger.total.gt(Invoice::total),
        and((Larger.total.eq(Invoice::total), Larger.id.lt(Invoice::id))),
    )));
    let rows = Invoice::query()
        .inner_join::<Customer>()
        .on(Invoice::customer())
        .filter(not_exists(larger))
        .select((Invoice::country, Invoice::total, Customer::email))
        .order_by(Invoice::country)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows.len(), 24);
    let plain = "
        SELECT BillingCountry, Total, Email
        FROM (SELECT i.*, row_number() OVER (PARTITION BY BillingCountry ORDER BY Total DESC, InvoiceId) AS n FROM Invoice i) AS ranked
        JOIN Customer USING (CustomerId) WHERE n = 1 ORDER BY 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn customers_without_a_company() -> Result {
    let db = chinook().await?;
    let rows = Customer::query()
        .filter(Customer::company.is_null())
        .select((Customer::id, Customer::last_name, Customer::state))
        .order_by((Customer::state.asc().nulls_last(), Customer::last_name.asc(), Customer::id.asc()))
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT CustomerId, LastName, State FROM Customer WHERE Company IS NULL
        ORDER BY State IS NULL, State, LastName, CustomerId";
    same(&db, rows, plain).await?;
    let counts = Customer::query()
        .select((count_star(), Customer::company.count(), Customer::country.count_distinct()))
        .fetch_all(&db)
        .await?;
    same(&db, counts, "SELECT count(*), count(Company), count(DISTINCT Country) FROM Customer").await
}

#[tokio::test]
async fn a_search_that_ignores_case() -> Result {
    let db = chinook().await?;
    let rows = Customer::query()
        .filter(or((
            Customer::first_name.lower().contains("mar"),
            Customer::last_name.upper().starts_with("SCH"),
            Customer::email.like("%GMAIL.COM"),
        )))
        .select((Customer::first_name, Customer::last_name, Customer::email.length()))
        .order_by(Customer::id)
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT FirstName, LastName, length(Email) FROM Customer
        WHERE lower(FirstName) LIKE '%mar%' OR upper(LastName) LIKE 'SCH%' OR Email LIKE '%GMAIL.COM'
        ORDER BY CustomerId";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn first_and_last_invoice_of_each_customer() -> Result {
    let db = chinook().await?;
    let rows = Customer::query()
        .left_join::<Invoice>()
        .on(Customer::invoices())
        .group_by(Customer::key())
        .select((Customer::id, Invoice::date.min(), Invoice::date.max(), Invoice::id.count()))
        .order_by((Invoice::date.min().desc(), Customer::id.asc()))
        .fetch_all(&db)
        .await?;
    assert_eq!(rows.len(), 59);
    let plain = "
        SELECT CustomerId, min(InvoiceDate), max(InvoiceDate), count(InvoiceId)
        FROM Customer LEFT JOIN Invoice USING (CustomerId) GROUP BY 1 ORDER BY 2 DESC, 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn who_bought_jazz_but_no_metal() -> Result {
    let db = chinook().await?;
    let bought = |genre: &str| {
        InvoiceLine::query()
            .inner_join::<Invoice>()
            .on(InvoiceLine::invoice())
            .inner_join::<Track>()
            .on(InvoiceLine::track())
            .inner_join::<Genre>()
            .on(Track::genre())
            .outer::<Customer>()
            .filter((Invoice::customer_id.eq(Customer::id), Genre::name.eq(genre)))
    };
    let rows = Customer::query()
        .filter(exists(bought("Jazz")))
        .filter(!exists(bought("Metal")))
        .select((Customer::id, Customer::country))
        .order_by(Customer::id)
        .fetch_all(&db)
        .await?;
    let plain = "
        WITH bought AS (
            SELECT DISTINCT i.CustomerId, g.Name FROM InvoiceLine
            JOIN Invoice i USING (InvoiceId) JOIN Track t USING (TrackId) JOIN Genre g USING (GenreId)
        )
        SELECT CustomerId, Country FROM Customer
        WHERE CustomerId IN (SELECT CustomerId FROM bought WHERE Name = 'Jazz')
            AND CustomerId NOT IN (SELECT CustomerId FROM bought WHERE Name = 'Metal')
        ORDER BY 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn neighbours() -> Result {
    let db = chinook().await?;
    let rows = Customer::query()
        .inner_join::<Neighbour>()
        .on((
            Neighbour.city.eq(Customer::city),
            Neighbour.state.is_same_as(Customer::state),
            Neighbour.id.gt(Customer::id),
        ))
        .select((Customer::city, Customer::last_name, Neighbour.last_name, Customer::state.coalesce("-")))
        .order_by((Customer::city, Customer::id, Neighbour.id))
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT a.City, a.LastName, b.LastName, coalesce(a.State, '-')
        FROM Customer a JOIN Customer b ON a.City = b.City AND (a.State = b.State OR a.State IS NULL AND b.State IS NULL) AND a.CustomerId < b.CustomerId
        ORDER BY a.City, a.CustomerId, b.CustomerId";
    same(&db, rows, plain).await
}
