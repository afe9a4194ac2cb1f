//! Relations by keys of each type that a key can have.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use mizzle::prelude::*;
use mizzle_tests::{Result, needs};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::{
    database,
    round_trips::{Color, Name},
    strategies::*,
};

/// Parents with keys of a type, and up to two children each: every parent gets its own, and every child its parent.
macro_rules! keys {
    ($($(#[$meta:meta])* $name:ident $(in $dialects:tt)?: $ty:ty = $strategy:expr;)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            #[derive(Table, Debug, Clone, PartialEq)]
            #[table(insert = NewParent, $(dialect $dialects,)? has_many(children = Child::parent_code))]
            struct Parent {
                #[column(primary_key)]
                code: $ty,
            }

            #[derive(Table, Debug, Clone, PartialEq)]
            #[table(insert = NewChild $(, dialect $dialects)?)]
            struct Child {
                #[column(primary_key, auto_increment)]
                id: i64,
                #[column(references = Parent::code, relation = parent)]
                parent_code: Option<$ty>,
            }

            #[test]
            fn rows_find_each_other() -> Result {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
                let db = &runtime.block_on(database(&mizzle::schema! { Parent, Child }))?;
                holds(&runtime, 25, &vec($strategy, 0..12), |values: Vec<$ty>| async move {
                    let mut seen = BTreeSet::new();
                    // What is one key for the database is one here.
                    let keys: Vec<$ty> =
                        values.into_iter().filter(|key| seen.insert(format!("{key:?}").to_lowercase())).collect();
                    Child::delete().all_rows().execute(db).await?;
                    Parent::delete().all_rows().execute(db).await?;
                    Parent::insert().rows(keys.iter().map(|key| NewParent::new(key.clone()))).execute(db).await?;
                    let some = keys.iter().enumerate().flat_map(|(place, key)| vec![Some(key.clone()); place % 3]);
                    let children = some.chain([None]).map(|parent_code| NewChild { parent_code, ..NewChild::new() });
                    Child::insert().rows(children).execute(db).await?;

                    let parents: Vec<(Parent, Vec<Child>)> = Parent::query().with(Parent::children()).fetch_all(db).await?;
                    assert_eq!(parents.len(), keys.len());
                    for (place, key) in keys.iter().enumerate() {
                        let found = parents.iter().find(|(parent, _)| parent.code == *key).ok_or("a parent is missing")?;
                        assert_eq!(found.1.len(), place % 3, "{key:?}");
                        assert!(found.1.iter().all(|child| child.parent_code.as_ref() == Some(key)));
                    }
                    let children: Vec<(Child, Option<Parent>)> = Child::query().with(Child::parent()).fetch_all(db).await?;
                    assert!(children.iter().all(|(child, parent)| child.parent_code.as_ref() == parent.as_ref().map(|p| &p.code)));
                    Ok(())
                })
            }
        }
    )+};
}

/// Texts that are different for a database that knows neither case, accents nor trailing spaces.
fn plain_texts() -> impl Strategy<Value = String> {
    "[a-z0-9'\"%_-]{1,12}"
}

keys! {
    of_i16: i16 = any::<i16>();
    of_i32: i32 = any::<i32>();
    of_i64: i64 = prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>()];
    of_u8: u8 = any::<u8>();
    of_u16: u16 = any::<u16>();
    of_u32: u32 = any::<u32>();
    #[needs(Unsigned64)]
    of_u64 in (MySql, MariaDb): u64 = prop_oneof![Just(u64::MAX), any::<u64>()];
    of_bool: bool = any::<bool>();
    of_text: String = plain_texts();
    of_bytes: Vec<u8> = vec(any::<u8>(), 1..20);
    of_date: NaiveDate = moments().prop_map(|moment| moment.date_naive());
    of_time: NaiveTime = moments().prop_map(|moment| moment.time());
    of_datetime: NaiveDateTime = moments().prop_map(|moment| moment.naive_utc());
    of_moment: DateTime<Utc> = moments();
    of_uuid: Uuid = uuids();
    of_name: Name = plain_texts().prop_map(Name);
    of_color: Color = prop_oneof![Just(Color::Red), Just(Color::Green), Just(Color::Blue)];
    #[needs(Decimals)]
    of_decimal in (Postgres, MySql, MariaDb): rust_decimal::Decimal = any::<(i32, u32)>().prop_map(|(n, scale)| rust_decimal::Decimal::new(n.into(), scale % 5));
}
