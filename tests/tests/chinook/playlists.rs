//! What is listened to together.

use mizzle::prelude::*;
use mizzle_tests::Result;

use super::database::{chinook, same};
use crate::chinook_model::*;

#[tokio::test]
async fn longest_playlists() -> Result {
    let db = chinook().await?;
    let length = Track::milliseconds.sum();
    let rows = Playlist::query()
        .left_join::<PlaylistTrack>()
        .on(Playlist::entries())
        .left_join::<Track>()
        .on(Track::id.eq(PlaylistTrack::track_id))
        .group_by(Playlist::key())
        .select((Playlist::id, Playlist::name, PlaylistTrack::track_id.count(), length))
        .order_by((length.desc().nulls_last(), Playlist::id.asc()))
        .fetch_all(&db)
        .await?;
    assert_eq!(rows.len(), 18);
    assert_eq!(rows[17].3, None);
    let plain = "
        SELECT p.PlaylistId, p.Name, count(e.TrackId), sum(t.Milliseconds)
        FROM Playlist p LEFT JOIN PlaylistTrack e USING (PlaylistId) LEFT JOIN Track t ON t.TrackId = e.TrackId
        GROUP BY p.PlaylistId ORDER BY sum(t.Milliseconds) IS NULL, 4 DESC, 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn playlists_that_contain_a_genre() -> Result {
    let db = chinook().await?;
    let classical = Genre::query().filter(Genre::name.eq("Classical")).select(Genre::id);
    let tracks = Track::query().filter(Track::genre_id.in_(classical)).select(Track::id);
    let entries = PlaylistTrack::query().filter(PlaylistTrack::track_id.in_(tracks)).select(PlaylistTrack::playlist_id);
    let rows = Playlist::query().filter(Playlist::id.in_(entries)).order_by(Playlist::id).fetch_all(&db).await?;
    let rows = rows.into_iter().map(|playlist| (playlist.id, playlist.name)).collect();
    let plain = "
        SELECT DISTINCT p.PlaylistId, p.Name FROM Playlist p JOIN PlaylistTrack USING (PlaylistId)
        JOIN Track USING (TrackId) JOIN Genre g USING (GenreId) WHERE g.Name = 'Classical' ORDER BY 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn artists_per_playlist() -> Result {
    let db = chinook().await?;
    let artists = Album::artist_id.count_distinct();
    let rows = PlaylistTrack::query()
        .inner_join::<Playlist>()
        .on(PlaylistTrack::playlist())
        .inner_join::<Track>()
        .on(PlaylistTrack::track())
        .inner_join::<Album>()
        .on(Track::album())
        .group_by((Playlist::id, Playlist::name))
        .select((Playlist::name, artists, count_star(), artists.cast::<f64>() / count_star().cast::<f64>()))
        .order_by((artists.desc(), Playlist::id.asc()))
        .fetch_all(&db)
        .await?;
    let plain = "
        SELECT p.Name, count(DISTINCT a.ArtistId), count(*), 1e0 * count(DISTINCT a.ArtistId) / count(*)
        FROM PlaylistTrack JOIN Playlist p USING (PlaylistId) JOIN Track USING (TrackId) JOIN Album a USING (AlbumId)
        GROUP BY p.PlaylistId ORDER BY 2 DESC, p.PlaylistId";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn names_that_several_playlists_share() -> Result {
    let db = chinook().await?;
    let rows = Playlist::query()
        .group_by(Playlist::name)
        .having(count_star().gt(1))
        .select((Playlist::name, count_star(), Playlist::id.max()))
        .order_by(Playlist::name)
        .fetch_all(&db)
        .await?;
    let plain = "SELECT Name, count(*), max(PlaylistId) FROM Playlist GROUP BY 1 HAVING count(*) > 1 ORDER BY 1";
    same(&db, rows, plain).await
}
