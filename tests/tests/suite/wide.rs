//! A table of 81 columns: tuples have their limits, structs do not.

use mizzle::{prelude::*, table::Table};
use mizzle_tests::{Result, needs};

use super::database;

/// A table with these columns.
macro_rules! wide {
    ($($name:ident)+) => {
        #[derive(Table, Debug, Clone, PartialEq)]
        #[table(insert = NewWide, update = WidePatch)]
        struct Wide {
            #[column(primary_key)]
            id: i64,
            $($name: Option<i64>,)+
        }

        /// A row whose columns count up from a number.
        fn counting(id: i64) -> NewWide {
            let mut next = id;
            let mut count = || { next += 1; Some(next) };
            NewWide { id, $($name: count()),+ }
        }
    };
}

wide! {
    a00 a01 a02 a03 a04 a05 a06 a07 a08 a09 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19
    b00 b01 b02 b03 b04 b05 b06 b07 b08 b09 b10 b11 b12 b13 b14 b15 b16 b17 b18 b19
    c00 c01 c02 c03 c04 c05 c06 c07 c08 c09 c10 c11 c12 c13 c14 c15 c16 c17 c18 c19
    d00 d01 d02 d03 d04 d05 d06 d07 d08 d09 d10 d11 d12 d13 d14 d15 d16 d17 d18 d19
}

#[tokio::test]
async fn a_row_of_many_columns() -> Result {
    let db = database(&mizzle::schema! { Wide }).await?;
    assert_eq!(Wide::def().columns.len(), 81);
    assert_eq!(Wide::insert().rows((0..1000).map(counting)).execute(&db).await?, 1000);
    let wide = Wide::query().filter((Wide::d19.eq(580), Wide::a00.eq(501))).fetch_one(&db).await?;
    assert_eq!((wide.id, wide.a00, wide.b07, wide.d19), (500, Some(501), Some(528), Some(580)));
    let patch = WidePatch { c05: Some(None), d18: Some(Some(-1)), ..WidePatch::default() };
    assert_eq!(Wide::update().set(patch).filter(Wide::id.lt(3)).execute(&db).await?, 3);
    let changed = Wide::query().filter(Wide::id.lt(3)).select((Wide::all(), Wide::c06)).fetch_all(&db).await?;
    assert!(changed.iter().all(|(wide, next)| wide.c05.is_none() && wide.d18 == Some(-1) && *next == wide.c06));
    assert_eq!(changed.len(), 3);
    Ok(())
}

#[needs(OnConflict)]
#[tokio::test]
async fn an_upsert_of_many_columns() -> Result {
    let db = database(&mizzle::schema! { Wide }).await?;
    Wide::insert().row(NewWide { c05: None, ..counting(0) }).execute(&db).await?;
    let upsert = Wide::insert().row(counting(0)).on_conflict(Wide::id).do_update(Wide::c05.set(excluded(Wide::c05)));
    assert_eq!(upsert.execute(&db).await?, 1);
    assert_eq!(Wide::query().select(Wide::c05).fetch_one(&db).await?, Some(46));
    Ok(())
}
