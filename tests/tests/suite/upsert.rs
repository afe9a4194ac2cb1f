//! `ON CONFLICT`.

use mizzle_tests::needs;

#[needs(OnConflict)]
mod on_conflict {
    use mizzle::prelude::*;
    use mizzle_tests::{Result, needs};

    use crate::Db;
    use crate::suite::database;

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(insert = NewProduct, update = ProductPatch)]
    #[table(unique(maker, model), unique_index(name = "product name", on = Product::name.lower()))]
    #[table(unique_index(name = "one_flagship", on = Product::maker, where = Product::is_flagship))]
    struct Product {
        #[column(primary_key, auto_increment)]
        id: i64,
        #[column(unique)]
        code: String,
        maker: String,
        model: i32,
        name: String,
        #[column(default = 0)]
        stock: i64,
        price: Option<f64>,
        #[column(default = false)]
        is_flagship: bool,
    }

    fn product(code: &str, maker: &str, model: i32, name: &str) -> NewProduct {
        NewProduct { price: Some(1.0), ..NewProduct::new(code, maker, model, name) }
    }

    async fn products() -> Result<Db> {
        let db = database(&mizzle::schema! { Product }).await?;
        let rows = [product("a", "Acme", 1, "Anvil"), product("b", "Acme", 2, "Bomb"), product("c", "Cyb", 1, "Cam")];
        Product::insert().rows(rows).execute(&db).await?;
        Ok(db)
    }

    async fn stock(db: &Db) -> Result<Vec<(String, i64)>> {
        Ok(Product::query().select((Product::code, Product::stock)).order_by(Product::id).fetch_all(db).await?)
    }

    #[tokio::test]
    async fn doing_nothing() -> Result {
        let db = products().await?;
        let again = || Product::insert().row(product("a", "Other", 9, "Other"));
        assert_eq!(again().on_conflict(Product::code).do_nothing().execute(&db).await?, 0);
        assert_eq!(again().on_conflict_do_nothing().execute(&db).await?, 0);
        let elsewhere = again().on_conflict(Product::id).do_nothing().execute(&db).await;
        assert!(elsewhere.is_err_and(|error| error.is_unique_violation()));
        let some = [product("a", "Other", 9, "x"), product("d", "Other", 9, "y"), product("e", "Acme", 1, "z")];
        let written =
            Product::insert().rows(some).on_conflict_do_nothing().returning(Product::code).fetch_all(&db).await?;
        assert_eq!(written, ["d"]);
        Ok(())
    }

    #[tokio::test]
    async fn by_the_primary_key() -> Result {
        let db = products().await?;
        let row = NewProduct { id: Some(2), ..product("z", "Zed", 0, "Zip") };
        let upsert = Product::insert().row(row).on_conflict(Product::id);
        let update = (Product::name.set(excluded(Product::name)), Product::stock.set(Product::stock + 5));
        let written = upsert.do_update(update).returning((Product::id, Product::code, Product::name, Product::stock));
        assert_eq!(written.fetch_all(&db).await?, [(2, "b".to_owned(), "Zip".to_owned(), 5)]);
        Ok(())
    }

    #[tokio::test]
    async fn old_and_new_values_together() -> Result {
        let db = products().await?;
        let rows = [("a", 3), ("b", 4), ("new", 5)]
            .map(|(code, stock)| NewProduct { stock: Some(stock), ..product(code, code, 0, code) });
        let upsert = Product::insert().rows(rows).on_conflict(Product::code).do_update((
            Product::stock.set(Product::stock + excluded(Product::stock) * 2),
            Product::price.set(excluded(Product::price) + Product::price.coalesce(0.0)),
            Product::model.set(
                case_when(Product::stock.lt(excluded(Product::stock)), Product::model - 10).otherwise(Product::model),
            ),
        ));
        assert_eq!(upsert.execute(&db).await?, 3);
        let rows = Product::query()
            .select((Product::code, Product::stock, Product::price, Product::model))
            .order_by(Product::id)
            .fetch_all(&db)
            .await?;
        assert_eq!(rows[0], ("a".into(), 6, Some(2.0), -9));
        assert_eq!(rows[1], ("b".into(), 8, Some(2.0), -8));
        assert_eq!(rows[3], ("new".into(), 5, Some(1.0), 0));
        Ok(())
    }

    #[tokio::test]
    async fn only_where_something_changes() -> Result {
        let db = products().await?;
        let upsert = |stock| {
            Product::insert()
                .rows(["a", "b"].map(|code| NewProduct { stock: Some(stock), ..product(code, code, 0, code) }))
                .on_conflict(Product::code)
                .do_update(Product::stock.set(excluded(Product::stock)))
                .filter(Product::stock.ne(excluded(Product::stock)))
                .filter(Product::code.ne("b").or(excluded(Product::stock).gt(8)))
        };
        assert_eq!(upsert(0).execute(&db).await?, 0);
        assert_eq!(upsert(5).returning(Product::code).fetch_all(&db).await?, ["a"]);
        assert_eq!(upsert(9).execute(&db).await?, 2);
        assert_eq!(stock(&db).await?[..2], [("a".into(), 9), ("b".into(), 9)]);
        Ok(())
    }

    #[tokio::test]
    async fn by_an_index_over_an_expression() -> Result {
        let db = products().await?;
        let row = Product::insert().row(product("x", "x", 0, "BOMB"));
        let upsert = row.on_conflict(Product::product_name).do_update(Product::name.set(excluded(Product::name)));
        let written = upsert.returning((Product::code, Product::name)).fetch_all(&db).await?;
        assert_eq!(written, [("b".to_owned(), "BOMB".to_owned())]);
        Ok(())
    }

    #[tokio::test]
    async fn of_values() -> Result {
        let db = products().await?;
        let values = (Product::code.set("c"), Product::maker.set("m"), Product::model.set(0), Product::name.set("n"));
        let upsert = Product::insert().values(values).on_conflict(Product::code).do_update(Product::price.set(None));
        assert_eq!(upsert.returning((Product::id, Product::price)).fetch_one(&db).await?, (3, None));
        Ok(())
    }

    #[tokio::test]
    async fn by_several_columns_in_any_order() -> Result {
        let db = products().await?;
        let row = || Product::insert().row(NewProduct { stock: Some(1), ..product("x", "Acme", 2, "x") });
        let add = || Product::stock.set(Product::stock + excluded(Product::stock));
        assert_eq!(row().on_conflict((Product::maker, Product::model)).do_update(add()).execute(&db).await?, 1);
        assert_eq!(row().on_conflict((Product::model, Product::maker)).do_update(add()).execute(&db).await?, 1);
        assert_eq!(stock(&db).await?, [("a".into(), 0), ("b".into(), 2), ("c".into(), 0)]);
        Ok(())
    }

    #[tokio::test]
    async fn by_a_partial_index() -> Result {
        let db = products().await?;
        let flagship = |code: &str, model| NewProduct { is_flagship: Some(true), ..product(code, "Acme", model, code) };
        let upsert = |row| {
            Product::insert()
                .row(row)
                .on_conflict(Product::one_flagship)
                .do_update((Product::code.set(excluded(Product::code)), Product::name.set(excluded(Product::name))))
                .returning((Product::id, Product::code))
        };
        let (id, code) = upsert(flagship("f", 7)).fetch_one(&db).await?;
        assert_eq!(code, "f");
        assert_eq!(upsert(flagship("g", 8)).fetch_one(&db).await?, (id, "g".to_owned()));
        Ok(())
    }

    async fn codes(db: &Db) -> Result<Vec<(i64, String, String, i64)>> {
        let rows = Product::query().select((Product::id, Product::code, Product::name, Product::stock));
        Ok(rows.order_by(Product::id).fetch_all(db).await?)
    }

    #[tokio::test]
    async fn of_all_columns() -> Result {
        let db = products().await?;
        // The key that the new row would have had is not the old one's; what it does not set stays.
        Product::update().set(Product::stock.set(5)).all_rows().execute(&db).await?;
        let new = NewProduct { id: Some(77), ..product("a", "New", 9, "Name") };
        let upsert = Product::insert().row(new).on_conflict(Product::code).do_update_all();
        let written = upsert.returning((Product::id, Product::maker, Product::name, Product::stock));
        assert_eq!(written.fetch_one(&db).await?, (1, "New".into(), "Name".into(), 5));
        let some = || {
            Product::insert()
                .rows([product("b", "B", 0, "Bee"), NewProduct { stock: Some(1), ..product("x", "X", 0, "Xes") }])
                .on_conflict(Product::code)
                .do_update_all()
                .except((Product::maker, Product::model))
                .except(Product::price)
        };
        assert_eq!(some().filter(Product::stock.gt(5)).execute(&db).await?, 1);
        assert_eq!(codes(&db).await?[1], (2, "b".into(), "Bomb".into(), 5));
        assert_eq!(some().execute(&db).await?, 2);
        let maker = Product::query().filter(Product::code.eq("b")).select((Product::maker, Product::name));
        assert_eq!(maker.fetch_one(&db).await?, ("Acme".into(), "Bee".into()));
        // Nothing is left to change.
        let nothing = Product::insert()
            .values((Product::code.set("b"), Product::maker.set("m"), Product::model.set(0), Product::name.set("n")))
            .on_conflict(Product::code)
            .do_update_all()
            .except((Product::maker, Product::model, Product::name))
            .filter(Product::stock.gt(0));
        assert_eq!(nothing.execute(&db).await?, 0);
        let query = Product::query().select((Product::code, Product::maker, Product::model, Product::name.concat("!")));
        let columns = (Product::code, Product::maker, Product::model, Product::name);
        let upsert = Product::insert().from_query(columns, query).on_conflict(Product::code).do_update_all();
        assert_eq!(upsert.execute(&db).await?, 4);
        assert_eq!(codes(&db).await?[1].2, "Bee!");
        Ok(())
    }

    /// Each row changes what it sets, and no row what another one sets.
    #[tokio::test]
    async fn of_all_columns_that_a_row_sets() -> Result {
        let db = products().await?;
        Product::update().set(Product::stock.set(5)).all_rows().execute(&db).await?;
        let rows = [product("a", "A", 0, "Aye"), NewProduct { stock: Some(1), ..product("b", "B", 0, "Bee") }];
        Product::insert().rows(rows).on_conflict(Product::code).do_update_all().execute(&db).await?;
        let rows = codes(&db).await?;
        assert_eq!(rows[0], (1, "a".into(), "Aye".into(), 5));
        assert_eq!(rows[1], (2, "b".into(), "Bee".into(), 1));
        Ok(())
    }

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(insert = NewVisit)]
    struct Visit {
        #[column(primary_key)]
        page: String,
        count: i64,
        #[column(default_fn = || "first".to_owned())]
        created: String,
        #[column(default_fn = || "first".to_owned(), on_update_fn = || "again".to_owned())]
        changed: String,
    }

    /// What mizzle computes for new rows stays; what it computes for each change is computed.
    #[tokio::test]
    async fn of_all_columns_beside_computed_ones() -> Result {
        let db = database(&mizzle::schema! { Visit }).await?;
        let upsert = |count| {
            Visit::insert().row(NewVisit::new("home", count)).on_conflict(Visit::page).do_update_all().execute(&db)
        };
        upsert(1).await?;
        Visit::update().set(Visit::created.set("old")).all_rows().execute(&db).await?;
        upsert(2).await?;
        let visit = Visit::query().fetch_one(&db).await?;
        assert_eq!((visit.count, visit.created.as_str()), (2, "old"));
        let given = NewVisit { created: Some("given".into()), ..NewVisit::new("home", 3) };
        Visit::insert().row(given).on_conflict(Visit::page).do_update_all().execute(&db).await?;
        assert_eq!(Visit::query().fetch_one(&db).await?.created, "given");
        Ok(())
    }

    #[needs(OnConstraint)]
    #[tokio::test]
    async fn by_the_name_of_a_constraint() -> Result {
        let db = products().await?;
        let upsert = |constraint: &'static str| {
            Product::insert().row(product("a", "x", 0, "x")).on_conflict_on_constraint(constraint)
        };
        let update = upsert("product_code_key").do_update(Product::name.set(excluded(Product::name)));
        assert_eq!(update.returning(Product::id).fetch_all(&db).await?, [1]);
        assert_eq!(upsert("product_code_key").do_nothing().execute(&db).await?, 0);
        assert!(upsert("no such \"constraint").do_nothing().execute(&db).await.is_err());
        Ok(())
    }

    #[tokio::test]
    async fn by_an_empty_patch_with_a_condition() -> Result {
        let db = products().await?;
        let upsert = Product::insert().row(product("a", "x", 0, "x")).on_conflict(Product::code);
        let nothing = upsert.do_update(ProductPatch::default()).filter(Product::stock.gt(excluded(Product::stock)));
        assert_eq!(nothing.execute(&db).await?, 0);
        Ok(())
    }

    #[tokio::test]
    async fn by_a_patch() -> Result {
        let db = products().await?;
        let upsert =
            |patch| Product::insert().row(product("a", "Acme", 1, "x")).on_conflict(Product::code).do_update(patch);
        let patch = ProductPatch { stock: Some(8), price: Some(None), ..ProductPatch::default() };
        let written = upsert(patch).returning((Product::stock, Product::price, Product::name)).fetch_all(&db).await?;
        assert_eq!(written, [(8, None, "Anvil".to_owned())]);
        assert_eq!(upsert(ProductPatch::default()).execute(&db).await?, 0);
        Ok(())
    }
}
