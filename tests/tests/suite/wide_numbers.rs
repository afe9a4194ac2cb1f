//! Decimals, and numbers without a sign.

use mizzle_tests::needs;

#[needs(Decimals)]
mod decimals {
    use mizzle::prelude::*;
    use mizzle_tests::{Result, TestDatabase as _};
    use rust_decimal::Decimal;

    use crate::{
        Db,
        suite::{
            all_types::all_types,
            database,
            strategies::{decimals, holds},
        },
    };

    all_types! {
        #[table(dialect(Postgres, MySql, MariaDb))]
        amount amount_maybe amounts: Decimal = decimals();
    }

    async fn round_trip(db: &Db, new: NewSample) -> Result {
        Sample::insert().row(&new).execute(db).await?;
        let read = Sample::query().order_by(Sample::id.desc()).fetch_one(db).await?;
        assert_same(&new, &read);
        assert_same_when_loaded(db, &read).await?;
        let stored = db.text(&format!("SELECT amount FROM sample WHERE id = {}", read.id)).await?;
        assert_eq!(stored.concat().concat().parse(), Ok(read.amount));
        let equal = Sample::query().filter(Sample::amount.eq(read.amount)).select(Sample::id).fetch_all(db).await?;
        assert!(equal.contains(&read.id), "{}", read.amount);
        Ok(())
    }

    #[test]
    fn what_is_written_is_what_is_read() -> Result {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let db = runtime.block_on(database(&mizzle::schema! { Sample, Branch, Leaf }))?;
        holds(&runtime, 200, &samples(), |sample| round_trip(&db, sample))
    }

    #[tokio::test]
    async fn sums_and_averages_are_decimals() -> Result {
        let db = database(&mizzle::schema! { Sample, Branch, Leaf }).await?;
        for tenths in [25, 35, -65, -65] {
            let amount = Sample::amount.set(Decimal::new(tenths, 1));
            Sample::insert().values((amount, Sample::amounts.set(vec![]))).execute(&db).await?;
        }
        let amount = Sample::amount;
        let sums = Sample::query().select((amount.sum(), amount.sum().distinct(), amount.max(), amount.min()));
        let tenths = |n| Some(Decimal::new(n, 1));
        assert_eq!(sums.fetch_one(&db).await?, (tenths(-70), tenths(-5), tenths(35), tenths(-65)));
        let averages = Sample::query().select((amount.avg().distinct(), amount.avg().filter(amount.gt(Decimal::ZERO))));
        let (distinct, some) = averages.fetch_one(&db).await?;
        assert_eq!(distinct.map(|average| average.round_dp(4)), Some(Decimal::new(-1667, 4)));
        assert_eq!(some, Some(Decimal::new(3, 0)));
        Ok(())
    }
}

#[needs(Unsigned64)]
mod unsigned {
    use mizzle::prelude::*;
    use mizzle_tests::{Result, TestDatabase as _};
    use proptest::prelude::*;

    use crate::{
        Db,
        suite::{all_types::all_types, database, strategies::holds},
    };

    all_types! {
        #[table(dialect(MySql, MariaDb))]
        count count_maybe: u64 = prop_oneof![Just(0), Just(u64::MAX), any::<u64>()];
    }

    async fn round_trip(db: &Db, new: NewSample) -> Result {
        Sample::insert().row(&new).execute(db).await?;
        let read = Sample::query().order_by(Sample::id.desc()).fetch_one(db).await?;
        assert_same(&new, &read);
        assert_same_when_loaded(db, &read).await?;
        let stored = db.text(&format!("SELECT count FROM sample WHERE id = {}", read.id)).await?;
        assert_eq!(stored, [[read.count.to_string()]]);
        let equal = Sample::query().filter(Sample::count.eq(read.count)).select(Sample::id).fetch_all(db).await?;
        assert!(equal.contains(&read.id), "{}", read.count);
        Ok(())
    }

    #[test]
    fn what_is_written_is_what_is_read() -> Result {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let db = runtime.block_on(database(&mizzle::schema! { Sample, Branch, Leaf }))?;
        holds(&runtime, 100, &samples(), |sample| round_trip(&db, sample))
    }
}
