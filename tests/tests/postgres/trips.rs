//! How often the client waits for the server.

use std::time::Duration;

use mizzle::{Error, prelude::*, run::pool_options};
use mizzle_tests::{Proxy, Result};
use sqlx::{ConnectOptions as _, Connection as _};

use crate::{D, Db, on, pool, suite::database, through};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert = NewStone)]
struct Stone {
    #[column(primary_key)]
    id: i64,
    name: String,
}

async fn stones() -> Result<Db> {
    let db = database(&mizzle::schema! { Stone }).await?;
    Stone::insert().rows((0..100).map(|id| NewStone::new(id, format!("stone {id}")))).execute(&db).await?;
    Ok(db)
}

/// A pool with mizzle's options, behind a proxy to the database that comes with it: dropped, that is no more.
async fn advised() -> Result<(Proxy, Db, Db)> {
    let stones = stones().await?;
    let options = pool(&stones).connect_options();
    let proxy = Proxy::start(options.get_host(), options.get_port()).await?;
    let pool = pool_options().max_connections(1).connect_with(through(&proxy, &options)).await?;
    Ok((proxy, crate::db(pool), stones))
}

#[tokio::test]
async fn a_query_that_is_repeated_is_one_round_trip() -> Result {
    let db = stones().await?;
    let options = pool(&db).connect_options();
    let proxy = Proxy::start(options.get_host(), options.get_port()).await?;
    let mut connection = through(&proxy, &options).connect().await?;

    macro_rules! trips {
        ($query:expr) => {{
            proxy.round_trips();
            $query.await?;
            proxy.round_trips()
        }};
    }
    let by_id = |id: i64| Stone::query::<D>().filter(Stone::id.eq(id));
    let by_ids = |ids: std::ops::Range<i64>| Stone::query::<D>().filter(Stone::id.in_(ids.collect::<Vec<i64>>()));
    let update = |id: i64| Stone::update::<D>().set(Stone::name.set("flint")).filter(Stone::id.eq(id));
    let insert = |rows: std::ops::Range<i64>| Stone::insert::<D>().rows(rows.map(|id| NewStone::new(id, "slate")));
    let named = |name: &str| Stone::query::<D>().filter(Stone::name.eq(name));

    let first = trips!(by_id(1).fetch_one(on(&mut connection)));
    assert!(first > 1, "nothing was prepared: this proves nothing");
    assert_eq!(trips!(by_id(2).fetch_one(on(&mut connection))), 1);
    trips!(named("a").fetch_all(on(&mut connection)));
    assert_eq!(trips!(named("stone 7").fetch_all(on(&mut connection))), 1);
    trips!(by_ids(0..5).fetch_all(on(&mut connection)));
    for length in [5, 6, 7, 8] {
        assert_eq!(trips!(by_ids(50..50 + length).fetch_all(on(&mut connection))), 1, "{length}");
    }
    trips!(update(1).execute(on(&mut connection)));
    assert_eq!(trips!(update(2).execute(on(&mut connection))), 1);
    trips!(insert(100..110).execute(on(&mut connection)));
    assert_eq!(trips!(insert(110..120).execute(on(&mut connection))), 1);
    when! { Postgres;
        assert_eq!(trips!(insert(120..1120).execute(on(&mut connection))), 1);
        assert_eq!(trips!(by_ids(0..1000).fetch_all(on(&mut connection))), 1);
    }
    connection.close().await?;
    Ok(())
}

#[tokio::test]
async fn a_pool_does_not_ask_before_each_query() -> Result {
    let db = stones().await?;
    let options = pool(&db).connect_options();
    let proxy = Proxy::start(options.get_host(), options.get_port()).await?;
    for (pool_options, expected) in [(pool_options(), 2), (sqlx::pool::PoolOptions::new(), 3)] {
        let pool = pool_options.max_connections(1).connect_with(through(&proxy, &options)).await?;
        let db = crate::db(pool.clone());
        let query = || Stone::query::<D>().filter(Stone::id.eq(1));
        query().fetch_one(&db).await?;
        // It is given back when another can be had, after the ping of sqlx.
        drop(pool.acquire().await?);
        drop(pool.acquire().await?);
        proxy.round_trips();
        for _ in 0..5 {
            query().fetch_one(&db).await?;
        }
        pool.close().await;
        assert!((5 * expected..=5 * expected + 2).contains(&proxy.round_trips()));
    }
    Ok(())
}

#[tokio::test]
async fn a_connection_that_lay_idle_is_asked_first() -> Result {
    let (proxy, db, _stones) = advised().await?;
    let query = Stone::query::<D>().filter(Stone::id.eq(1));
    query.clone().fetch_one(&db).await?;
    tokio::time::sleep(Duration::from_millis(1100)).await;
    proxy.round_trips();
    query.fetch_one(&db).await?;
    assert_eq!(proxy.round_trips(), 2);
    Ok(())
}

#[tokio::test]
async fn a_connection_that_was_lost_is_an_error_only_once() -> Result {
    let (proxy, db, _stones) = advised().await?;
    let query = Stone::query::<D>().filter(Stone::id.eq(1));
    query.clone().fetch_one(&db).await?;
    // It goes back to the pool, after the ping of sqlx.
    tokio::time::sleep(Duration::from_millis(200)).await;
    proxy.hang_up();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let lost = query.clone().fetch_one(&db).await;
    assert!(matches!(lost, Err(Error::Connection { .. })), "{lost:?}");
    assert_eq!(query.fetch_one(&db).await?.id, 1);
    Ok(())
}
