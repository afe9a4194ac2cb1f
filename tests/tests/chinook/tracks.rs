//! What is on offer.

use mizzle::prelude::*;
use mizzle_tests::Result;

use super::database::{chinook, same};
use crate::chinook_model::*;

alias!(Peer = Track);

sql_function! {
    /// What one calls a track of this length.
    fn length_class(milliseconds: i64) -> String = "CASE WHEN {milliseconds} < 120000 THEN 'short'
        WHEN {milliseconds} < 360000 THEN 'usual' WHEN {milliseconds} < 1200000 THEN 'long' ELSE 'film' END"
}

#[tokio::test]
async fn tracks_that_were_never_sold() -> Result {
    let db = chinook().await?;
    let by_not_exists = Track::query()
        .filter(not_exists(InvoiceLine::query().outer::<Track>().filter(InvoiceLine::track_id.eq(Track::id))))
        .select((Track::id, Track::name))
        .order_by(Track::id)
        .fetch_all(&db)
        .await?;
    let by_left_join = Track::query()
        .left_join::<InvoiceLine>()
        .on(Track::lines())
        .filter(InvoiceLine::id.is_null())
        .select((Track::id, Track::name))
        .order_by(Track::id)
        .fetch_all(&db)
        .await?;
    let by_not_in = Track::query()
        .filter(Track::id.not_in(InvoiceLine::query().select(InvoiceLine::track_id)))
        .select((Track::id, Track::name))
        .order_by(Track::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(by_not_exists, by_left_join);
    assert_eq!(by_not_exists, by_not_in);
    let plain = "SELECT TrackId, Name FROM Track WHERE TrackId NOT IN (SELECT TrackId FROM InvoiceLine) ORDER BY 1";
    same(&db, by_not_exists, plain).await
}

#[tokio::test]
async fn media_types_by_how_common_they_are() -> Result {
    let db = chinook().await?;
    let rows = MediaType::query()
        .left_join::<Track>()
        .on(MediaType::tracks())
        .group_by(MediaType::key())
        .select((MediaType::all(), Track::id.count(), Track::bytes.sum()))
        .order_by((Track::id.count().desc(), MediaType::id.asc()))
        .fetch_all(&db)
        .await?;
    let rows = rows.into_iter().map(|(media, tracks, bytes)| (media.id, media.name, tracks, bytes)).collect();
    let plain = "
        SELECT m.MediaTypeId, m.Name, count(t.TrackId), sum(t.Bytes)
        FROM MediaType m LEFT JOIN Track t USING (MediaTypeId) GROUP BY 1, 2 ORDER BY 3 DESC, 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn albums_of_many_tracks() -> Result {
    let db = chinook().await?;
    let rows = Album::query()
        .inner_join::<Artist>()
        .on(Album::artist())
        .inner_join::<Track>()
        .on(Album::tracks())
        .group_by((Album::key(), Artist::key()))
        .having(count_star().gt(22))
        .select((Album::title, Artist::name, count_star(), Track::milliseconds.sum().coalesce(0) / 1000))
        .order_by((count_star().desc(), Album::id.asc()))
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT b.Title, a.Name, count(*), sum(t.Milliseconds) // 1000
        FROM Album b JOIN Artist a USING (ArtistId) JOIN Track t USING (AlbumId)
        GROUP BY b.AlbumId, a.ArtistId HAVING count(*) > 22 ORDER BY 3 DESC, b.AlbumId";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn buckets_of_length() -> Result {
    let db = chinook().await?;
    let rows = Track::query()
        .group_by(length_class(Track::milliseconds))
        .select((length_class(Track::milliseconds), count_star(), Track::milliseconds.min(), Track::milliseconds.max()))
        .order_by(Track::milliseconds.min())
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT CASE WHEN Milliseconds < 120000 THEN 'short' WHEN Milliseconds < 360000 THEN 'usual'
            WHEN Milliseconds < 1200000 THEN 'long' ELSE 'film' END,
            count(*), min(Milliseconds), max(Milliseconds)
        FROM Track GROUP BY 1 ORDER BY 3";
    same(&db, rows, plain).await?;
    let class = case_when(Track::milliseconds.lt(120_000), "short")
        .when(Track::milliseconds.lt(360_000), "usual")
        .when(Track::milliseconds.lt(1_200_000), "long")
        .otherwise("film");
    let rows = Track::query()
        .filter(class.eq(length_class(Track::milliseconds)))
        .select((Track::id, class))
        .order_by(Track::id)
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT TrackId, CASE WHEN Milliseconds < 120000 THEN 'short' WHEN Milliseconds < 360000 THEN 'usual'
            WHEN Milliseconds < 1200000 THEN 'long' ELSE 'film' END
        FROM Track ORDER BY 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn longer_than_the_average_of_the_genre() -> Result {
    let db = chinook().await?;
    let rows = Track::query()
        .inner_join::<Peer>()
        .on(Peer.genre_id.eq(Track::genre_id))
        .inner_join::<Genre>()
        .on(Track::genre())
        .filter(Genre::name.in_(["Jazz", "Reggae", "Opera"]))
        .group_by((Track::key(), Genre::key()))
        .having(Track::milliseconds.cast::<f64>().gt(Peer.milliseconds.avg()))
        .select((Genre::name, Track::name, Track::milliseconds))
        .order_by((Genre::name, Track::id))
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT g.Name, t.Name, t.Milliseconds FROM Track t JOIN Genre g USING (GenreId)
        WHERE g.Name IN ('Jazz', 'Reggae', 'Opera')
            AND t.Milliseconds > (SELECT avg(p.Milliseconds) FROM Track p WHERE p.GenreId = t.GenreId)
        ORDER BY g.Name, t.TrackId";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn composers_who_wrote_for_several_artists() -> Result {
    let db = chinook().await?;
    let rows = Track::query()
        .inner_join::<Album>()
        .on(Track::album())
        .filter(Track::composer.is_not_null())
        .filter(Track::composer.not_like("%,%"))
        .group_by(Track::composer)
        .having(Album::artist_id.count_distinct().gt(1))
        .select((Track::composer, Album::artist_id.count_distinct(), Track::unit_price.avg().round(3)))
        .order_by((Album::artist_id.count_distinct().desc(), Track::composer.asc()))
        .limit(20)
        .offset(2)
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT Composer, count(DISTINCT ArtistId), round(avg(UnitPrice), 3)
        FROM Track JOIN Album USING (AlbumId) WHERE Composer IS NOT NULL AND Composer NOT LIKE '%,%'
        GROUP BY 1 HAVING count(DISTINCT ArtistId) > 1 ORDER BY 2 DESC, 1 LIMIT 20 OFFSET 2";
    same(&db, rows, plain).await
}
