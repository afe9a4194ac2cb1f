//! Whether the table in `mizzle_tests` is right: a capability that is switched off by mistake drops its tests silently.

use std::collections::BTreeSet;

use mizzle::{dialect::FEATURES, prelude::*, value::ValueIn};
use mizzle_tests::{Result, TestDatabase as _, plain};

use crate::{D, Db};

#[test]
fn features_are_those_of_mizzle() {
    let [all, kept] = crate::capabilities();
    let features: Vec<_> = FEATURES.iter().map(|feature| feature.capability).collect();
    assert_eq!(all[..features.len()], features);
    let has = |name: &&str| {
        FEATURES.iter().any(|feature| feature.capability == *name && feature.dialects.contains(&D::SYNTAX.name))
    };
    let expected: Vec<_> = features.into_iter().filter(has).collect();
    assert_eq!(kept[..expected.len()], expected);
    assert!(!kept[expected.len()..].iter().any(|name| FEATURES.iter().any(|feature| feature.capability == *name)));
}

/// Those that cannot be wrong unnoticed: there is a test for where they are and one for where they are not.
const BOTH_WAYS: &[&str] =
    &["NullQuotients", "LikeIgnoresCase", "NulInText", "Nan", "AnyUuid", "SimultaneousSet", "SurvivesDrops"];

/// Whether a type has a trait: what is written for those that have it comes before what a trait says of all.
/// Each database uses only one of them, hence the underscores.
macro_rules! has_trait {
    ($ty:ty: $($bound:tt)+) => {{
        trait _Otherwise {
            const _HAS: bool = false;
        }
        impl<T> _Otherwise for T {}
        struct Probe<T>(std::marker::PhantomData<T>);
        impl<T: $($bound)+> Probe<T> {
            const _HAS: bool = true;
        }
        Probe::<$ty>::_HAS
    }};
}

/// sqlx's pools.
trait _SqlxPool {}

impl<DB: sqlx::Database> _SqlxPool for sqlx::Pool<DB> {}

/// Those that the compiler knows: whether a type has a trait here.
const IN_RUST: &[(&str, bool)] = &[
    ("SqlxConnections", has_trait!(Db: _SqlxPool)),
    ("OwnPool", has_trait!(Db: Into<mizzle::SqlitePool>)),
    ("Decimals", has_trait!(rust_decimal::Decimal: ValueIn<<D as Dialect>::Name>)),
    ("Unsigned64", has_trait!(u64: ValueIn<<D as Dialect>::Name>)),
];

/// Statements that all work only on a database that has the capability.
const PROBES: &[(&str, &[&str])] = &[
    (
        "Infinities",
        &["CREATE TABLE u (x DOUBLE PRECISION)", "INSERT INTO u VALUES (CAST('Infinity' AS DOUBLE PRECISION))"],
    ),
    ("IsolationLevels", &["SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "SET TRANSACTION READ ONLY"]),
    ("AnyName", &["CREATE TABLE u (\"a \" INTEGER)"]),
    ("KeyExpressions", &["SELECT (x + 1) * 2 FROM t GROUP BY x + 1 HAVING x + 1 > 0"]),
    ("TransactionalDdl", &["BEGIN; CREATE TABLE u (x INTEGER); ROLLBACK", "CREATE TABLE u (x INTEGER)"]),
];

#[tokio::test]
async fn the_others_are_those_of_the_database() -> Result {
    let [all, kept] = crate::capabilities();
    let systems = ["Sqlite", "Postgres", "MySql", "MariaDb"];
    let known = systems.iter().chain(BOTH_WAYS).copied();
    let known = known.chain(IN_RUST.iter().map(|known| known.0)).chain(PROBES.iter().map(|probe| probe.0));
    assert_eq!(all[FEATURES.len()..].iter().copied().collect::<BTreeSet<_>>(), known.collect());
    let system = systems.iter().filter(|system| kept.contains(system)).copied().collect::<Vec<_>>();
    assert_eq!(system, [format!("{:?}", D::KIND)]);
    for (name, has) in IN_RUST {
        assert_eq!(*has, kept.contains(name), "{name}");
    }
    for (name, statements) in PROBES {
        let db = Db::empty(1).await?;
        db.run("CREATE TABLE t (x INTEGER)").await?;
        let mut works = true;
        for statement in *statements {
            works &= db.run(&plain::<D>(statement)).await.is_ok();
        }
        assert_eq!(works, kept.contains(name), "{name}");
    }
    Ok(())
}
