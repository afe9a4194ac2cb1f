//! Indexes over expressions and over some of the rows.

use mizzle_tests::needs;

mod over_expressions {
    use mizzle::prelude::*;
    use mizzle_tests::{Proven, Result};

    use crate::{D, suite::database};

    #[derive(Table, Debug, PartialEq)]
    #[table(name = "cats", insert = NewCat, unique_index(name = "cats_ci", on = (Cat::name.lower(), Cat::lives)))]
    #[table(index(name = "cats_length", on = Cat::name.length().desc()))]
    struct Cat {
        #[column(primary_key, auto_increment)]
        id: i64,
        name: String,
        lives: i32,
    }

    #[tokio::test]
    async fn they_are_unique_by_it() -> Result {
        let db = database(&mizzle::schema! { Cat }).await?;
        Cat::insert().rows([NewCat::new("Tom", 9), NewCat::new("TOM", 8)]).execute(&db).await?;
        let again = Cat::insert().row(NewCat::new("toM", 9)).execute(&db).await.err().ok_or("it is not unique")?;
        assert!(again.is_unique_violation());
        assert_eq!(again.violation().and_then(|violation| violation.constraint.as_deref()), Some("cats_ci"));
        let sql = mizzle::schema! { Cat }.create_sql::<D>()?;
        mizzle_tests::assert_snapshot!(
            "expression_indexes",
            Proven::run(&database(&mizzle::schema! {}).await?, &sql).await?
        );
        Ok(())
    }
}

#[needs(PartialIndexes)]
mod of_some_rows {
    use mizzle::prelude::*;
    use mizzle_tests::{Proven, Result};

    use crate::{D, suite::database};

    #[derive(Table, Debug, PartialEq)]
    #[table(name = "dogs", insert = NewDog)]
    #[table(unique_index(name = "loud_dogs", on = Dog::name.lower(), where = Dog::volume.is_not_null()))]
    #[table(index(name = "very_loud_dogs", on = Dog::volume.desc(), where = Dog::volume.gt(100)))]
    struct Dog {
        #[column(primary_key, auto_increment)]
        id: i64,
        name: String,
        volume: Option<i32>,
    }

    #[tokio::test]
    async fn only_they_are_unique() -> Result {
        let db = database(&mizzle::schema! { Dog }).await?;
        let loud = || NewDog { volume: Some(120), ..NewDog::new("Rex") };
        Dog::insert().rows([NewDog::new("Rex"), NewDog::new("Rex"), loud()]).execute(&db).await?;
        let again = Dog::insert().row(loud()).execute(&db).await.err().ok_or("it is not unique")?;
        assert!(again.is_unique_violation());
        assert_eq!(again.violation().and_then(|violation| violation.constraint.as_deref()), Some("loud_dogs"));
        let sql = mizzle::schema! { Dog }.create_sql::<D>()?;
        mizzle_tests::assert_snapshot!(
            "partial_indexes",
            Proven::run(&database(&mizzle::schema! {}).await?, &sql).await?
        );
        Ok(())
    }
}

#[needs(!PartialIndexes)]
mod of_all_rows {
    use mizzle::prelude::*;

    use crate::D;

    #[derive(Table, Debug, PartialEq)]
    #[table(index(on = Dog::name, where = Dog::id.gt(100)))]
    struct Dog {
        #[column(primary_key)]
        id: i64,
        name: String,
    }

    #[test]
    fn conditions_are_refused() {
        assert!(mizzle::schema! { Dog }.create_sql::<D>().is_err());
    }
}
