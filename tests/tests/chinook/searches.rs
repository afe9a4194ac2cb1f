//! Sets, searches and pages, as the manuals of databases teach them.

use mizzle::prelude::*;
use mizzle_tests::Result;

use super::database::{chinook, same};
use crate::{D, chinook_model::*};

sortable! {
    /// What tracks can be sorted by.
    TrackSort for Track {
        Name = "name" => Track::name,
        Length = "length" => Track::milliseconds,
    }
}

/// A form in which everything is optional.
#[derive(Default)]
struct Form {
    text: Option<String>,
    longer_than: Option<i64>,
    genres: Vec<i64>,
    artist: Option<String>,
    sort: Vec<Sorting<TrackSort>>,
    limit: Option<u64>,
}

fn search(form: Form) -> Select<D, (Track,), Track> {
    let mut query = Track::query();
    if let Some(artist) = form.artist {
        query = query.narrow(|q| {
            q.inner_join::<Album>()
                .on(Track::album())
                .inner_join::<Artist>()
                .on(Album::artist())
                .filter(Artist::name.eq(artist))
        });
    }
    query
        .filter(form.text.map(|text| Track::name.lower().contains(&text.to_lowercase())))
        .filter(form.longer_than.map(|length| Track::milliseconds.gt(length)))
        .filter((!form.genres.is_empty()).then(|| Track::genre_id.in_(form.genres)))
        .order_by((form.sort, Track::id))
        .limit(form.limit)
}

#[tokio::test]
async fn a_form() -> Result {
    let db = chinook().await?;
    let form = Form {
        text: Some("Love".into()),
        genres: vec![1, 3],
        sort: vec!["-length".parse()?],
        limit: Some(20),
        ..Form::default()
    };
    let rows = search(form).select((Track::id, Track::name)).fetch_all(&db).await?;
    let plain = "
        SELECT TrackId, Name FROM Track WHERE lower(Name) LIKE '%love%' AND GenreId IN (1, 3)
        ORDER BY Milliseconds DESC, TrackId LIMIT 20";
    same(&db, rows, plain).await?;
    let form = Form { artist: Some("Queen".into()), longer_than: Some(250_000), ..Form::default() };
    let rows = search(form).select((Track::id, Track::name)).fetch_all(&db).await?;
    let plain = "
        SELECT TrackId, t.Name FROM Track t JOIN Album USING (AlbumId) JOIN Artist a USING (ArtistId)
        WHERE a.Name = 'Queen' AND Milliseconds > 250000 ORDER BY TrackId";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn without_partners_in_three_ways() -> Result {
    let db = chinook().await?;
    let by_exists = Track::query()
        .filter(not_exists(InvoiceLine::query().outer::<Track>().filter(InvoiceLine::track_id.eq(Track::id))))
        .select(Track::id);
    let by_join = Track::query()
        .left_join::<InvoiceLine>()
        .on(Track::lines())
        .filter(InvoiceLine::id.is_null())
        .select(Track::id);
    let by_set = Track::query().select(Track::id).except(InvoiceLine::query().select(InvoiceLine::track_id));
    let rows = by_set.order_by_output(|id| id.asc()).fetch_all(&db).await?;
    assert_eq!(by_exists.order_by(Track::id).fetch_all(&db).await?, rows);
    assert_eq!(by_join.order_by(Track::id).fetch_all(&db).await?, rows);
    let rows = rows.into_iter().map(|id| (id,)).collect();
    same(&db, rows, "SELECT TrackId FROM Track WHERE TrackId NOT IN (SELECT TrackId FROM InvoiceLine) ORDER BY 1").await
}

#[tokio::test]
async fn division() -> Result {
    let db = chinook().await?;
    let entry = PlaylistTrack::query()
        .outer::<Playlist>()
        .outer::<Track>()
        .filter(PlaylistTrack::playlist_id.eq(Playlist::id).and(PlaylistTrack::track_id.eq(Track::id)));
    let missing = Track::query().outer::<Playlist>().filter(Track::album_id.eq(1)).filter(not_exists(entry));
    let rows = Playlist::query()
        .filter(not_exists(missing))
        .select((Playlist::id, Playlist::name))
        .order_by(Playlist::id)
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT p.PlaylistId, p.Name FROM Playlist p JOIN PlaylistTrack e ON e.PlaylistId = p.PlaylistId
        JOIN Track t ON t.TrackId = e.TrackId WHERE t.AlbumId = 1 GROUP BY p.PlaylistId, p.Name
        HAVING count(*) = (SELECT count(*) FROM Track WHERE AlbumId = 1) ORDER BY 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn two_tables_as_one_list() -> Result {
    let db = chinook().await?;
    let staff = Employee::query().select(row!({
        kind: value("employee"),
        name: Employee::last_name,
        city: Employee::city,
    }));
    let people = Customer::query()
        .filter(Customer::country.eq("Canada"))
        .select(row!({ kind: value("customer"), name: Customer::last_name, city: Customer::city }))
        .union_all(staff.filter(Employee::country.eq("Canada")));
    let rows = people
        .order_by_output(|row| (row.name.asc(), row.kind.asc()))
        .limit(12)
        .fetch_all(&db)
        .await?
        .into_iter()
        .map(|row| (row.kind, row.name, row.city))
        .collect();
    let plain = "
        SELECT 'customer', LastName, City FROM Customer WHERE Country = 'Canada'
        UNION ALL SELECT 'employee', LastName, City FROM Employee WHERE Country = 'Canada' ORDER BY 2, 1 LIMIT 12";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn parents_with_what_is_known_of_their_children() -> Result {
    let db = chinook().await?;
    let albums = Album::query().outer::<Artist>().filter(Album::artist_id.eq(Artist::id));
    let rows = Artist::query()
        .filter(exists(albums.clone()))
        .select((
            Artist::name,
            albums.clone().select(count_star()),
            albums.order_by(Album::id.desc()).limit(1).select(Album::title).one_value(),
        ))
        .order_by((Artist::name.desc().nulls_last(), Artist::id))
        .limit(20)
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT Name, (SELECT count(*) FROM Album l WHERE l.ArtistId = a.ArtistId),
            (SELECT Title FROM Album l WHERE l.ArtistId = a.ArtistId ORDER BY l.AlbumId DESC LIMIT 1)
        FROM Artist a WHERE ArtistId IN (SELECT ArtistId FROM Album) ORDER BY Name DESC, ArtistId LIMIT 20";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn pages_of_a_join_by_keys() -> Result {
    let db = chinook().await?;
    let pages = || {
        Track::query()
            .inner_join::<Album>()
            .on(Track::album())
            .filter(Album::artist_id.eq(90))
            .keyset((Album::title.desc(), Album::id, Track::id))
            .select((Album::title, Track::id))
    };
    let mut page = pages().page(25).fetch(&db).await?;
    let mut rows = page.rows;
    while let Some(cursor) = page.next {
        page = pages().after(cursor).page(25).fetch(&db).await?;
        rows.extend(page.rows);
    }
    let plain = "
        SELECT a.Title, t.TrackId FROM Track t JOIN Album a ON a.AlbumId = t.AlbumId WHERE a.ArtistId = 90
        ORDER BY a.Title DESC, a.AlbumId, t.TrackId";
    same(&db, rows, plain).await
}
