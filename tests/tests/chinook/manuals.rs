//! The queries that the manuals of databases teach, as someone new to mizzle would write them.

use chrono::{NaiveDate, NaiveDateTime};
use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::database::{chinook, same};
use crate::{D, chinook_model::*};

/// Midnight of the first day of a month of 2021.
fn month(month: u32) -> Result<NaiveDateTime> {
    let date = NaiveDate::from_ymd_opt(2021, month, 1).ok_or("no such month")?;
    Ok(date.and_time(chrono::NaiveTime::MIN))
}

/// The year of an invoice, in plain SQL.
fn plain_year() -> &'static str {
    if D::SYNTAX.name == "SQLite" {
        "CAST(strftime('%Y', InvoiceDate) AS INTEGER)"
    } else {
        "extract(YEAR FROM InvoiceDate)"
    }
}

#[tokio::test]
async fn running_totals() -> Result {
    let db = chinook().await?;
    let by_date = window().order_by((Invoice::date, Invoice::id));
    let rows = Invoice::query()
        .filter(Invoice::customer_id.eq(5))
        .select((
            Invoice::id,
            Invoice::total.sum().over(by_date).round(2),
            Invoice::total.avg().over(by_date.rows_between(preceding(2), current_row())).round(3),
        ))
        .order_by((Invoice::date, Invoice::id))
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT InvoiceId, round(sum(Total) OVER (ORDER BY InvoiceDate, InvoiceId), 2),
            round(avg(Total) OVER (ORDER BY InvoiceDate, InvoiceId ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), 3)
        FROM Invoice WHERE CustomerId = 5 ORDER BY InvoiceDate, InvoiceId";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn the_best_of_each_group_by_a_window() -> Result {
    let db = chinook().await?;
    let sold = InvoiceLine::quantity.sum();
    let ranked = InvoiceLine::query()
        .inner_join::<Track>()
        .on(InvoiceLine::track())
        .group_by((Track::genre_id, Track::id))
        .select(row!({
            genre: Track::genre_id,
            track: Track::id,
            sold,
            place: row_number().over(partition_by(Track::genre_id).order_by((sold.desc(), Track::id))),
        }))
        .derived(alias!(ranked));
    let rows = Genre::query()
        .inner_join_to(&ranked)
        .on(ranked.genre.eq(Genre::id))
        .filter(ranked.place.le(2))
        .select((Genre::name, ranked.place, ranked.track, ranked.sold))
        .order_by((Genre::id, ranked.place))
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT g.Name, r.place, r.TrackId, r.sold FROM Genre g JOIN (
            SELECT t.GenreId, t.TrackId, sum(l.Quantity) AS sold,
                row_number() OVER (PARTITION BY t.GenreId ORDER BY sum(l.Quantity) DESC, t.TrackId) AS place
            FROM InvoiceLine l JOIN Track t ON t.TrackId = l.TrackId GROUP BY t.GenreId, t.TrackId
        ) r ON r.GenreId = g.GenreId WHERE r.place <= 2 ORDER BY g.GenreId, r.place";
    same(&db, rows, plain).await
}

#[needs(Lateral)]
#[tokio::test]
async fn the_best_of_each_group_by_lateral() -> Result {
    let db = chinook().await?;
    let longest = Track::query()
        .outer::<Genre>()
        .filter(Track::genre_id.eq(Genre::id))
        .order_by((Track::milliseconds.desc(), Track::id))
        .limit(2)
        .lateral(alias!(longest));
    let rows = Genre::query()
        .left_join_lateral(&longest)
        .on(longest.milliseconds.gt(300_000))
        .select((Genre::id, longest.name, longest.milliseconds))
        .order_by((Genre::id, longest.milliseconds.desc(), longest.id))
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT g.GenreId, l.Name, l.Milliseconds FROM Genre g LEFT JOIN (
            SELECT t.*, row_number() OVER (PARTITION BY GenreId ORDER BY Milliseconds DESC, TrackId) AS n FROM Track t
        ) l ON l.GenreId = g.GenreId AND n <= 2 AND l.Milliseconds > 300000
        ORDER BY g.GenreId, l.Milliseconds DESC, l.TrackId";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn gaps_and_islands() -> Result {
    let db = chinook().await?;
    let rock = Track::query()
        .filter(Track::genre_id.eq(1))
        .select(row!({
            id: Track::id,
            next: Track::id.lead(1).over(window().order_by(Track::id)),
            island: Track::id - row_number().over(window().order_by(Track::id)),
        }))
        .cte(alias!(rock));
    let islands = rock
        .query()
        .group_by(rock.island)
        .select((rock.id.min(), rock.id.max(), count_star()))
        .order_by(rock.id.min())
        .fetch_all(&db)
        .await?;
    let gaps = rock
        .query()
        .filter((rock.next - rock.id).gt(1))
        .select((rock.id + 1, rock.next - 1))
        .order_by(rock.id)
        .fetch_all(&db)
        .await?;
    assert_eq!(islands.len(), gaps.len() + 1);
    let plain = "
        SELECT min(TrackId), max(TrackId), count(*) FROM (
            SELECT TrackId, TrackId - row_number() OVER (ORDER BY TrackId) AS island FROM Track WHERE GenreId = 1
        ) t GROUP BY island ORDER BY 1";
    same(&db, islands, plain).await?;
    let plain = "
        SELECT TrackId + 1, following - 1 FROM (
            SELECT TrackId, lead(TrackId) OVER (ORDER BY TrackId) AS following FROM Track WHERE GenreId = 1
        ) t WHERE following - TrackId > 1 ORDER BY 1";
    same(&db, gaps, plain).await
}

#[tokio::test]
async fn medians() -> Result {
    let db = chinook().await?;
    let numbered = Track::query()
        .select(row!({
            genre: Track::genre_id,
            length: Track::milliseconds,
            place: row_number().over(partition_by(Track::genre_id).order_by((Track::milliseconds, Track::id))),
            n: count_star().over(partition_by(Track::genre_id)),
        }))
        .derived(alias!(numbered));
    let rows = numbered
        .query()
        .filter((numbered.place * 2).between(numbered.n, numbered.n + 2))
        .group_by(numbered.genre)
        .select((numbered.genre, numbered.length.avg().round(1)))
        .order_by(numbered.genre)
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT GenreId, round(avg(Milliseconds), 1) FROM (
            SELECT GenreId, Milliseconds, count(*) OVER (PARTITION BY GenreId) AS n,
                row_number() OVER (PARTITION BY GenreId ORDER BY Milliseconds, TrackId) AS place FROM Track
        ) t WHERE place * 2 BETWEEN n AND n + 2 GROUP BY GenreId ORDER BY 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn each_year_beside_the_one_before() -> Result {
    let db = chinook().await?;
    let years = Invoice::query()
        .group_by(Invoice::date.year())
        .select(row!({ year: Invoice::date.year(), revenue: Invoice::total.sum() }))
        .cte(alias!(years));
    let before = years.revenue.lag(1).over(window().order_by(years.year));
    let rows = years
        .query()
        .select((years.year.cast::<i64>(), years.revenue.round(2), (years.revenue - before).round(2)))
        .order_by(years.year)
        .fetch_all(&db)
        .await?;
    assert_eq!((rows.len(), rows[0].2), (5, None));
    let plain = format!(
        "WITH years AS (SELECT {} AS year, sum(Total) AS revenue FROM Invoice GROUP BY 1)
        SELECT year, round(revenue, 2), round(revenue - lag(revenue) OVER (ORDER BY year), 2) FROM years ORDER BY 1",
        plain_year()
    );
    same(&db, rows, &plain).await
}

#[tokio::test]
async fn a_pivot() -> Result {
    let db = chinook().await?;
    let in_year = |year: i32| Invoice::date.year().eq(year);
    let rows = Invoice::query()
        .group_by(Invoice::country)
        .select((
            Invoice::country,
            case_when(in_year(2021), Invoice::total).otherwise(0.0).sum().round(2),
            case_when(in_year(2022), Invoice::total).end().sum().round(2),
            count_star().filter(in_year(2023)),
        ))
        .order_by(Invoice::country)
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT BillingCountry, round(sum(CASE WHEN YEAR = 2021 THEN Total ELSE 0 END), 2),
            round(sum(CASE WHEN YEAR = 2022 THEN Total END), 2), sum(CASE WHEN YEAR = 2023 THEN 1 ELSE 0 END)
        FROM Invoice GROUP BY BillingCountry ORDER BY 1";
    same(&db, rows, &plain.replace("YEAR", plain_year())).await
}

#[tokio::test]
async fn shares_of_the_whole() -> Result {
    let db = chinook().await?;
    let revenue = Invoice::total.sum();
    let rows = Invoice::query()
        .group_by(Invoice::country)
        .select((
            Invoice::country,
            (revenue * 100.0 / revenue.sum().over(window())).round(2),
            rank().over(window().order_by(revenue.round(2).desc())),
        ))
        .order_by((revenue.round(2).desc(), Invoice::country))
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT BillingCountry, round(sum(Total) * 100.0 / sum(sum(Total)) OVER (), 2),
            rank() OVER (ORDER BY round(sum(Total), 2) DESC)
        FROM Invoice GROUP BY BillingCountry ORDER BY round(sum(Total), 2) DESC, 1";
    same(&db, rows, plain).await
}

// MySQL and MariaDB give a recursive column the length that it begins with, which a path outgrows.
#[needs(!MySql, !MariaDb)]
#[tokio::test]
async fn a_hierarchy_with_paths() -> Result {
    let db = chinook().await?;
    let base = Employee::query().filter(Employee::reports_to.is_null()).select(row!({
        id: Employee::id,
        depth: value(0_i64),
        path: Employee::last_name.cast::<String>(),
    }));
    let chain = recursive(alias!(chain), base, |chain| {
        Employee::query()
            .inner_join_to(chain)
            .on(Employee::reports_to.eq(chain.id))
            .filter(chain.depth.lt(10))
            .select((Employee::id, chain.depth + 1, chain.path.concat(" > ").concat(Employee::last_name)))
    });
    let rows = chain.query().select((chain.id, chain.depth, chain.path)).order_by(chain.path).fetch_all(&db).await?;
    assert_eq!(rows[1], (2, 1, "Adams > Edwards".to_owned()));
    let plain = "
        WITH RECURSIVE chain AS (
            SELECT EmployeeId, 0 AS depth, CAST(LastName AS text) AS path FROM Employee WHERE ReportsTo IS NULL
            UNION ALL
            SELECT e.EmployeeId, depth + 1, path || ' > ' || LastName FROM Employee e JOIN chain c ON e.ReportsTo = c.EmployeeId
        ) SELECT EmployeeId, depth, path FROM chain ORDER BY path";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn a_calendar_of_months() -> Result {
    let db = chinook().await?;
    let base = Invoice::query().filter(Invoice::id.eq(1)).select(row!({ start: Invoice::date.start_of_month() }));
    let end = month(12)?;
    let months = recursive(alias!(months), base, |months| {
        months.query().filter(months.start.lt(end)).select((months.start.add_months(1),))
    });
    let sales = Invoice::query().filter(Invoice::total.gt(12.0)).cte(alias!(sales));
    let rows = months
        .query()
        .left_join_to(&sales)
        .on(sales.date.start_of_month().eq(months.start))
        .group_by(months.start)
        .select((months.start, sales.id.count(), sales.total.sum().coalesce(0.0).round(2)))
        .order_by(months.start)
        .fetch_all(&db)
        .await?;
    assert_eq!((rows.len(), rows[0].0, rows[11].0), (12, month(1)?, month(12)?));
    let quiet = rows.iter().filter(|row| row.1 == 0).count();
    let large = Invoice::query().filter(Invoice::total.gt(12.0).and(Invoice::date.lt(month(12)?)));
    let busy = large.distinct().select(Invoice::date.month()).count(&db).await?;
    assert_eq!(quiet, 12 - usize::try_from(busy)? - usize::from(rows[11].1 > 0));
    Ok(())
}

#[tokio::test]
async fn the_latest_of_each_group() -> Result {
    let db = chinook().await?;
    alias!(Later = Invoice);
    let later = Later::query()
        .outer::<Invoice>()
        .filter(Later.customer_id.eq(Invoice::customer_id))
        .order_by((Later.date.desc(), Later.id.desc()))
        .limit(1)
        .select(Later.id);
    let correlated = Invoice::query()
        .filter(Invoice::id.eq(later.one_value()))
        .select((Invoice::customer_id, Invoice::id))
        .order_by(Invoice::customer_id)
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT CustomerId, InvoiceId FROM Invoice i WHERE NOT EXISTS (
            SELECT 1 FROM Invoice l WHERE l.CustomerId = i.CustomerId
            AND (l.InvoiceDate > i.InvoiceDate OR l.InvoiceDate = i.InvoiceDate AND l.InvoiceId > i.InvoiceId)
        ) ORDER BY 1";
    same(&db, correlated.clone(), plain).await?;
    when! { DistinctOn;
        let distinct = Invoice::query()
            .distinct_on(Invoice::customer_id)
            .order_by((Invoice::customer_id, Invoice::date.desc(), Invoice::id.desc()))
            .select((Invoice::customer_id, Invoice::id))
            .fetch_all(&db)
            .await?;
        assert_eq!(distinct, correlated);
    }
    Ok(())
}

#[needs(Rollup, GroupingFunction)]
#[tokio::test]
async fn a_report_with_totals() -> Result {
    let db = chinook().await?;
    let rows = Invoice::query()
        .filter(Invoice::country.in_(["Canada", "USA"]))
        .group_by(rollup((Invoice::country, Invoice::state)))
        .select((
            case_when(grouping(Invoice::country).eq(1), "all").otherwise(Invoice::country),
            Invoice::state,
            count_star(),
            Invoice::total.sum().round(2),
        ))
        .fetch_all(&db)
        .await?;
    assert_eq!(rows.iter().filter(|row| row.0.as_deref() == Some("all")).count(), 1);
    let mut rows = rows;
    rows.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let plain = "
        SELECT coalesce(BillingCountry, 'all') AS country, BillingState, count(*), round(sum(Total), 2)
        FROM Invoice WHERE BillingCountry IN ('Canada', 'USA')
        GROUP BY BillingCountry, BillingState
        UNION ALL SELECT coalesce(BillingCountry, 'all'), NULL, count(*), round(sum(Total), 2)
        FROM Invoice WHERE BillingCountry IN ('Canada', 'USA') GROUP BY BillingCountry
        UNION ALL SELECT 'all', NULL, count(*), round(sum(Total), 2)
        FROM Invoice WHERE BillingCountry IN ('Canada', 'USA')";
    let ordered = format!(
        "SELECT * FROM ({plain}) t ORDER BY t.Country = 'all', t.Country, BillingState IS NOT NULL, BillingState"
    );
    same(&db, rows, &ordered.replace("AS country", "AS Country")).await
}

#[tokio::test]
async fn lists_in_one_value() -> Result {
    let db = chinook().await?;
    let rows = Album::query()
        .inner_join::<Artist>()
        .on(Album::artist())
        .group_by((Artist::id, Artist::name))
        .having(count_star().ge(8))
        .select((Artist::name, Album::title.string_agg("; ").order_by(Album::id)))
        .order_by(Artist::id)
        .fetch_all(&db)
        .await?;
    let list = match D::SYNTAX.name {
        "PostgreSQL" => "string_agg(l.Title, '; ' ORDER BY l.AlbumId)",
        "SQLite" => "group_concat(l.Title, '; ' ORDER BY l.AlbumId)",
        _ => "group_concat(l.Title ORDER BY l.AlbumId SEPARATOR '; ')",
    };
    let plain = format!(
        "SELECT a.Name, {list} FROM Album l JOIN Artist a ON a.ArtistId = l.ArtistId
        GROUP BY a.ArtistId, a.Name HAVING count(*) >= 8 ORDER BY a.ArtistId"
    );
    same(&db, rows, &plain).await
}
