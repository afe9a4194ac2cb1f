//! Writes as the manuals of databases teach them; each is rolled back.

use mizzle::{Error, prelude::*};
use mizzle_tests::Result;

use super::database::chinook;
use crate::chinook_model::*;

/// That nothing is left of what a transaction did.
fn rolled_back(done: std::result::Result<(), Error>) {
    assert!(matches!(done, Err(Error::RowNotFound)), "{done:?}");
}

#[tokio::test]
async fn deleting_duplicates() -> Result {
    let db = chinook().await?;
    let done = db
        .transaction(async |tx| {
            let again =
                [NewGenre { name: Some("Rock".into()), ..NewGenre::new(100) }, NewGenre::new(101), NewGenre::new(102)];
            Genre::insert().rows(again).execute(tx).await?;
            let numbered = Genre::query()
                .select(row!({ id: Genre::id, n: row_number().over(partition_by(Genre::name).order_by(Genre::id)) }))
                .cte(alias!(numbered));
            let twice = numbered.query().filter(numbered.n.gt(1)).select(numbered.id);
            assert_eq!(Genre::delete().filter(Genre::id.in_(twice)).execute(tx).await?, 2);
            let left = Genre::query().filter(Genre::id.ge(100)).select(Genre::id).fetch_all(tx).await?;
            assert_eq!(left, [101]);
            Err(Error::RowNotFound)
        })
        .await;
    rolled_back(done);
    Ok(())
}

#[tokio::test]
async fn updates_from_aggregates() -> Result {
    let db = chinook().await?;
    let done = db
        .transaction(async |tx| {
            let sum = (InvoiceLine::unit_price * InvoiceLine::quantity.cast::<f64>()).sum();
            let lines = InvoiceLine::query().outer::<Invoice>().filter(InvoiceLine::invoice_id.eq(Invoice::id));
            Invoice::update().set(Invoice::total.set(0.0)).filter(Invoice::id.le(3)).execute(tx).await?;
            Invoice::update()
                .set(Invoice::total.set(lines.select(sum).coalesce(0.0)))
                .filter(Invoice::id.le(3))
                .execute(tx)
                .await?;
            let totals =
                Invoice::query().filter(Invoice::id.le(3)).select(Invoice::total.round(2)).order_by(Invoice::id);
            assert_eq!(totals.fetch_all(tx).await?, [1.98, 3.96, 5.94]);
            Err(Error::RowNotFound)
        })
        .await;
    rolled_back(done);
    Ok(())
}

#[tokio::test]
async fn increments_and_bulk_updates() -> Result {
    let db = chinook().await?;
    let done = db
        .transaction(async |tx| {
            let first = || Track::query().filter(Track::id.le(3)).order_by(Track::id);
            let before = first().select(Track::milliseconds).fetch_all(tx).await?;
            Track::update().set(Track::milliseconds.add_assign(1)).filter(Track::id.le(3)).execute(tx).await?;
            Track::update().set_each(Track::id, Track::name, [(1, "one"), (2, "two")]).execute(tx).await?;
            let cased = case(Track::id).when(1, "un").otherwise(Track::name);
            Track::update().set(Track::name.set(cased)).filter(Track::id.le(3)).execute(tx).await?;
            let after = first().select((Track::name, Track::milliseconds)).limit(2).fetch_all(tx).await?;
            assert_eq!(after, [("un".to_owned(), before[0] + 1), ("two".to_owned(), before[1] + 1)]);
            Err(Error::RowNotFound)
        })
        .await;
    rolled_back(done);
    Ok(())
}

#[tokio::test]
async fn upserts_and_rows_that_move() -> Result {
    let db = chinook().await?;
    let done = db
        .transaction(async |tx| {
            let columns = (PlaylistTrack::playlist_id, PlaylistTrack::track_id);
            let of = |id: i64| PlaylistTrack::query().filter(PlaylistTrack::playlist_id.eq(id));
            let (small, grunge) = (of(9).count(tx).await?, of(16).count(tx).await?);
            // Those of 16 come to 9, and then once more, when they are there.
            let from = of(16).select((value(9_i64), PlaylistTrack::track_id));
            PlaylistTrack::insert().from_query(columns, from.clone()).execute(tx).await?;
            let again = PlaylistTrack::insert().from_query(columns, from);
            when! { OnConflict;
                assert_eq!(again.on_conflict(columns).do_nothing().execute(tx).await?, 0);
            }
            when! { !OnConflict;
                assert_eq!(again.ignore().execute(tx).await?, 0);
            }
            PlaylistTrack::delete().filter(PlaylistTrack::playlist_id.eq(16)).execute(tx).await?;
            assert_eq!((of(9).count(tx).await?, of(16).count(tx).await?), (small + grunge, 0));

            let louder = Genre::query().filter(Genre::id.le(2)).select((Genre::id, Genre::name.upper()));
            let upsert = Genre::insert().from_query((Genre::id, Genre::name), louder);
            when! { OnConflict;
                upsert.on_conflict(Genre::id).do_update(Genre::name.set(excluded(Genre::name))).execute(tx).await?;
            }
            when! { !OnConflict;
                upsert.on_duplicate_key_update(Genre::name.set(inserted(Genre::name))).execute(tx).await?;
            }
            let names = Genre::query().filter(Genre::id.le(3)).select(Genre::name.coalesce("")).order_by(Genre::id);
            assert_eq!(names.fetch_all(tx).await?, ["ROCK", "JAZZ", "Metal"]);
            Err(Error::RowNotFound)
        })
        .await;
    rolled_back(done);
    Ok(())
}
