//! What the databases make of values in expressions.

use chrono::{DateTime, NaiveDate, Utc};
use mizzle::{
    Error, Json,
    prelude::*,
    render::Statement,
    run::Query,
    value::{SqlValue, Value},
};

use crate::database::{Server as _, raw};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert = NewItem)]
struct Item {
    #[column(primary_key)]
    id: i64,
    number: i32,
    float: f32,
    flag: bool,
    text: String,
    at: DateTime<Utc>,
    day: Option<NaiveDate>,
    list: Vec<i64>,
    document: Json<Vec<String>>,
}

fn item(id: i64) -> NewItem {
    let at = DateTime::from_timestamp_micros(1_714_566_600_250_001).expect("a moment");
    NewItem {
        id,
        number: 3,
        float: 0.1,
        flag: true,
        text: "Straße".to_owned(),
        at,
        day: None,
        list: vec![1, i64::MIN],
        document: Json(vec!["a\\\"'".to_owned()]),
    }
}

/// A query of one value.
fn one<D, T>(sql: &'static str, values: Vec<Value>) -> Query<D, T>
where
    D: mizzle::dialect::Dialect,
    T: SqlValue,
{
    Query { statement: Statement::raw(sql, values), decode: |row| T::read(row)?.ok_or(Error::RowNotFound) }
}

both! {
    async fn expressions_come_back_as_their_type(db, pool) {
        mizzle::schema! { Item }.create_tables(db).await?;
        Item::insert().rows([item(1), item(2)].iter()).execute(db).await?;
        let (sum, average, most, count) = Item::query()
            .select((Item::number.sum(), Item::number.avg(), Item::text.max(), count_star()))
            .fetch_one(db)
            .await?;
        assert_eq!((sum, average, most.as_deref(), count), (Some(6), Some(3.0), Some("Straße"), 2));
        let (bigger, not, length, quotient, part) = Item::query()
            .filter(Item::id.eq(1))
            .select((Item::number.gt(2), not(Item::flag), Item::text.length(), Item::number / 2, Item::text.substring(2, 3)))
            .fetch_one(db)
            .await?;
        assert_eq!((bigger, not, length, quotient, part.as_str()), (true, false, 6, 1, "tra"));
        assert_eq!(Item::query().filter(Item::float.eq(0.1_f32)).count(db).await?, 2);
        assert_eq!(Item::query().filter(Item::list.eq(vec![1, i64::MIN])).count(db).await?, 2);
        assert_eq!(Item::query().filter(Item::document.eq(Json(vec!["a\\\"'".to_owned()]))).count(db).await?, 2);
        assert_eq!(Item::query().filter(Item::number.in_([] as [i32; 0])).count(db).await?, 0);
        let others = Item::query().filter(Item::number.not_in([] as [i32; 0])).select(Item::day.is_null());
        assert_eq!(others.fetch_all(db).await?, [true, true]);
        let casts = Item::query().filter(Item::id.eq(1)).select((Item::number.cast::<String>(), Item::float.cast::<i32>()));
        assert_eq!(casts.fetch_one(db).await?, ("3".to_owned(), 0));
        assert_eq!(sqlx::query("SELECT * FROM item").fetch_all(pool).await?.len(), 2);
    }

    async fn now_is_in_utc_whatever_the_zone_of_the_session(db, pool) {
        mizzle::schema! { Item }.create_tables(db).await?;
        Item::insert().row(item(1)).execute(db).await?;
        let mut connection = pool.acquire().await?;
        sqlx::query("SET time_zone = '+09:00'").execute(&mut *connection).await?;
        let read = Item::query().select((Item::at, now())).fetch_one(D::on(&mut *connection)).await?;
        assert_eq!(read.0, item(1).at);
        assert!((Utc::now() - read.1).num_seconds().abs() < 5, "{}", read.1);
        Item::update().set(Item::at.set(read.0)).filter(Item::at.eq(read.0)).execute(D::on(&mut *connection)).await?;
        assert_eq!(Item::query().filter(Item::at.eq(item(1).at)).count(db).await?, 1);
        connection.close().await?;
    }

    async fn other_types_are_read_too(db, pool) {
        sqlx::query(
            "CREATE TABLE odd (y YEAR, b BIT(3), m MEDIUMINT UNSIGNED, one TINYINT(1) UNSIGNED, d DECIMAL(10, 2), \
             span TIME, ts TIMESTAMP(6) NULL, c CHAR(3), v VARBINARY(3))",
        )
        .execute(pool)
        .await?;
        let row = "INSERT INTO odd VALUES (2024, b'101', 16777215, 200, 12.00, '-01:00:00', '2024-05-01 12:30:00.25', 'abc', x'00ff')";
        db.execute(raw(row)).await?;
        assert_eq!(db.fetch_all(one::<D, i64>("SELECT y FROM odd", vec![])).await?, [2024]);
        assert_eq!(db.fetch_all(one::<D, i64>("SELECT b FROM odd", vec![])).await?, [5]);
        assert_eq!(db.fetch_all(one::<D, u32>("SELECT m FROM odd", vec![])).await?, [16_777_215]);
        assert_eq!(db.fetch_all(one::<D, u8>("SELECT one FROM odd", vec![])).await?, [200]);
        assert_eq!(db.fetch_all(one::<D, i16>("SELECT d FROM odd", vec![])).await?, [12]);
        assert_eq!(db.fetch_all(one::<D, f64>("SELECT d / 8 FROM odd", vec![])).await?, [1.5]);
        assert_eq!(db.fetch_all(one::<D, String>("SELECT c FROM odd", vec![])).await?, ["abc"]);
        assert_eq!(db.fetch_all(one::<D, Vec<u8>>("SELECT v FROM odd", vec![])).await?, [[0, 255]]);
        assert_eq!(db.fetch_all(one::<D, bool>("SELECT EXISTS (SELECT * FROM odd)", vec![])).await?, [true]);
        let at = db.fetch_all(one::<D, DateTime<Utc>>("SELECT ts FROM odd", vec![])).await?;
        assert_eq!(at[0].to_rfc3339(), "2024-05-01T12:30:00.250+00:00");
        for (sql, found) in [("SELECT c FROM odd", "text"), ("SELECT v FROM odd", "VARBINARY"), ("SELECT 1.5", "DECIMAL with a fraction")] {
            let error = db.fetch_all(one::<D, i64>(sql, vec![])).await.unwrap_err().to_string();
            assert!(error.ends_with(&format!("expected an integer, found {found}")), "{error}");
        }
        let span = db.fetch_all(one::<D, chrono::NaiveTime>("SELECT span FROM odd", vec![])).await.unwrap_err();
        assert!(span.to_string().ends_with("found TIME outside of a day"), "{span}");
    }

    async fn every_bound_value_keeps_its_type(db, pool) {
        let bound = |value: Value| vec![value];
        assert_eq!(db.fetch_all(one::<D, u64>("SELECT ?", bound(Value::U64(u64::MAX)))).await?, [u64::MAX]);
        assert_eq!(db.fetch_all(one::<D, bool>("SELECT ?", bound(Value::Bool(true)))).await?, [true]);
        assert_eq!(db.fetch_all(one::<D, f32>("SELECT ?", bound(Value::F32(0.1)))).await?, [0.1]);
        assert_eq!(db.fetch_all(one::<D, Vec<u8>>("SELECT CAST(? AS BINARY)", bound(Value::Bytes(vec![0, 255])))).await?, [[0, 255]]);
        assert_eq!(db.fetch_all(one::<D, String>("SELECT ?", bound(Value::Text("abc".into())))).await?, ["abc"]);
        assert_eq!(db.fetch_all(one::<D, i64>("SELECT ?", bound(Value::I64(-1)))).await?, [-1]);
        let moment = item(1).at;
        let read = db.fetch_all(one::<D, DateTime<Utc>>("SELECT ?", bound(moment.into_value()))).await?;
        assert_eq!(read, [moment]);
        let day = moment.date_naive();
        let values = vec![Value::Null(NaiveDate::TYPE), day.into_value()];
        assert_eq!(db.fetch_all(one::<D, NaiveDate>("SELECT coalesce(?, ?)", values)).await?, [day]);
        let time = moment.time();
        assert_eq!(db.fetch_all(one::<D, chrono::NaiveTime>("SELECT ?", bound(time.into_value()))).await?, [time]);
        assert_eq!(sqlx::query_scalar::<_, i64>("SELECT 1").fetch_one(pool).await?, 1);
    }
}
