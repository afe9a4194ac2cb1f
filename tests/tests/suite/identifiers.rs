//! Names: reserved words, quotes, other alphabets, names that clash in Rust.

use mizzle::prelude::*;
use mizzle_tests::{Gallery, Result, TestDatabase as _, needs};

use super::database;
use crate::D;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "select", insert = NewSelect, update = SelectPatch, unique(group, order))]
#[table(index(on = Select::r#where), check(Select::order.ge(0)))]
struct Select {
    #[column(primary_key, auto_increment)]
    r#type: i64,
    group: String,
    order: i32,
    r#where: Option<String>,
    #[column(references = Select::r#type, relation = parent)]
    self_id: Option<i64>,
    #[column(default = "x")]
    values: String,
    #[column(default = 1)]
    primary: i32,
}

alias!(From = Select);

#[tokio::test]
async fn reserved_words() -> Result {
    let db = database(&mizzle::schema! { Select }).await?;
    Select::insert().row(NewSelect { r#where: Some("here".into()), ..NewSelect::new("a", 1) }).execute(&db).await?;
    Select::insert()
        .values((Select::group.set("b"), Select::order.set(2), Select::self_id.set(1)))
        .execute(&db)
        .await?;
    Select::update()
        .set(SelectPatch { primary: Some(5), ..Default::default() })
        .filter(Select::r#type.eq(2))
        .execute(&db)
        .await?;
    let rows = Select::query()
        .left_join::<From>()
        .on(From.r#type.eq(Select::self_id))
        .group_by((Select::group, From.r#where))
        .having(count_star().gt(0))
        .select(row!({ group: Select::group, r#where: From.r#where, values: Select::values.max(), primary: Select::primary.sum() }))
        .order_by(Select::group)
        .fetch_all(&db)
        .await?;
    let rows: Vec<_> = rows.into_iter().map(|row| (row.group, row.r#where, row.values, row.primary)).collect();
    let x = Some("x".to_owned());
    assert_eq!(rows, [("a".into(), None, x.clone(), Some(1)), ("b".into(), Some("here".into()), x, Some(5))]);
    assert_eq!(Select::delete().filter(Select::r#where.is_null()).execute(&db).await?, 1);
    assert_eq!(Select::query().select(Select::order).fetch_all(&db).await?, [1]);
    Ok(())
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "it's \"a\" `table`; --", insert = NewOdd)]
#[table(unique_index(name = "odd \"index\"", on = Odd::quotes), check(name = "a \"check\"", Odd::space.ne(13)))]
struct Odd {
    #[column(name = "id [x]", primary_key, auto_increment)]
    id: i64,
    #[column(name = "\"quo\"\"tes\"")]
    quotes: String,
    #[column(name = " a space", default = 3)]
    space: i32,
    #[column(name = "größe 尺寸")]
    size: Option<f64>,
    #[column(name = "?1 $2 :x @y")]
    parameters: Option<String>,
    #[column(name = "new\nline", references = Odd::id, relation = parent)]
    line: Option<i64>,
    #[column(name = "{}")]
    braces: Option<bool>,
}

alias!(Even = Odd);

#[tokio::test]
async fn odd_characters() -> Result {
    let db = database(&mizzle::schema! { Odd }).await?;
    let row = NewOdd { size: Some(0.5), parameters: Some("?".into()), braces: Some(true), ..NewOdd::new("A") };
    Odd::insert().row(row).execute(&db).await?;
    let odd = Odd::query().fetch_one(&db).await?;
    let expected = Odd {
        id: 1,
        quotes: "A".into(),
        space: 3,
        size: Some(0.5),
        parameters: Some("?".into()),
        line: None,
        braces: Some(true),
    };
    assert_eq!(odd, expected);
    Odd::insert().values((Odd::quotes.set("b"), Odd::line.set(1))).execute(&db).await?;
    let joined = Odd::query().inner_join::<Even>().on(Even.id.eq(Odd::line)).select((Odd::quotes, Even.parameters));
    assert_eq!(joined.fetch_all(&db).await?, [("b".to_owned(), Some("?".to_owned()))]);
    let checked = Odd::update().set(Odd::space.set(13)).filter(Odd::quotes.eq("b")).execute(&db).await;
    let violation =
        checked.err().and_then(|error| error.violation().and_then(|violation| violation.constraint.clone()));
    assert_eq!(violation.as_deref(), Some("a \"check\""));
    let name = r#"'it''s "a" `table`; --'"#;
    let columns = match D::SYNTAX.name {
        "SQLite" => format!("SELECT name FROM pragma_table_info({name})"),
        system => format!(
            "SELECT column_name FROM information_schema.columns
            WHERE table_schema = {} AND table_name = {name} ORDER BY ordinal_position",
            if system == "PostgreSQL" { "current_schema()" } else { "database()" }
        ),
    };
    let columns = db.text(&columns).await?;
    let expected: Vec<_> = Odd::def().columns.iter().map(|column| vec![column.name.to_owned()]).collect();
    assert_eq!(columns, expected);
    Ok(())
}

#[needs(OnConflict, InsertReturning)]
#[tokio::test]
async fn odd_characters_in_an_upsert() -> Result {
    let db = database(&mizzle::schema! { Odd }).await?;
    Odd::insert().row(NewOdd::new("a")).execute(&db).await?;
    let upsert = Odd::insert().values((Odd::quotes.set("a"), Odd::line.set(1))).on_conflict(Odd::quotes);
    let updated = upsert.do_update((Odd::size.set(excluded(Odd::line).cast::<f64>()), Odd::space.set(Odd::space * 2)));
    assert_eq!(updated.returning((Odd::id, Odd::size, Odd::space)).fetch_all(&db).await?, [(1, Some(1.0), 6)]);
    Ok(())
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(columns = MethodColumns, insert = NewMethod)]
struct Method {
    #[column(primary_key)]
    id: i64,
    name: String,
    #[column(constant = the_query)]
    query: String,
    key: i32,
    all: i32,
}

impl Method {
    fn name(&self) -> &str {
        &self.name
    }
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Renamed {
    #[column(primary_key, constant = ID)]
    id: i64,
    #[column(constant = insert_, name = "insert")]
    insert: Option<String>,
}

#[tokio::test]
async fn constants_elsewhere_and_renamed() -> Result {
    let db = database(&mizzle::schema! { Method, Renamed }).await?;
    Method::insert().row(NewMethod { id: 1, name: "n".into(), query: "q".into(), key: 2, all: 3 }).execute(&db).await?;
    let method = Method::query()
        .filter(MethodColumns::name.eq("n").and(MethodColumns::the_query.eq("q")))
        .fetch_one(&db)
        .await?;
    assert_eq!((method.name(), method.query.as_str(), method.key, method.all), ("n", "q", 2, 3));
    let sum = Method::query().select(MethodColumns::key + MethodColumns::all).fetch_one(&db).await?;
    assert_eq!(sum, 5);
    Renamed::insert().values((Renamed::ID.set(1), Renamed::insert_.set("x"))).execute(&db).await?;
    let renamed = Renamed::query().filter(Renamed::insert_.is_not_null()).order_by(Renamed::ID).fetch_all(&db).await?;
    assert_eq!(renamed, [Renamed { id: 1, insert: Some("x".into()) }]);
    Ok(())
}

#[tokio::test]
async fn what_it_looks_like() -> Result {
    let db = database(&mizzle::schema! { Select, Odd }).await?;
    let mut gallery = Gallery::new(&db);
    gallery.add("reserved words", Select::query::<D>().order_by(Select::group).to_sql()).await?;
    gallery.add("odd characters", Odd::query::<D>().filter(Odd::quotes.eq("x")).to_sql()).await?;
    let update = Odd::update::<D>().set((Odd::braces.set(false), Odd::line.set(None))).filter(Odd::id.eq(1));
    gallery.add("in an update", update.to_sql()).await?;
    gallery.add("of an alias", Even::query::<D>().select((Even.size, Even.line)).to_sql()).await?;
    mizzle_tests::assert_snapshot!("identifiers", gallery.text());
    Ok(())
}

#[needs(AnyName)]
#[tokio::test]
async fn names_that_mysql_has_not() -> Result {
    #[derive(Table, Debug, PartialEq)]
    #[table(name = "🦀 ", index(name = "of 🦀s", on = Crab::legs))]
    struct Crab {
        #[column(name = "🦵")]
        legs: i32,
        #[column(name = "trailing ")]
        space: bool,
    }
    let db = database(&mizzle::schema! { Crab }).await?;
    Crab::insert().values((Crab::legs.set(10), Crab::space.set(true))).execute(&db).await?;
    assert_eq!(Crab::query().filter(Crab::space).fetch_all(&db).await?, [Crab { legs: 10, space: true }]);
    Ok(())
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "a_table_whose_name_is_nearly_as_long_as_a_name_can_be_here")]
struct Long {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    first: String,
    #[column(unique)]
    second: String,
}

/// The names of its constraints, which begin alike, would be too long.
#[tokio::test]
async fn long_names_are_told_apart() -> Result {
    let db = database(&mizzle::schema! { Long }).await?;
    let row = |id: i64| (Long::id.set(id), Long::first.set(id.to_string()), Long::second.set("same"));
    Long::insert().values(row(1)).execute(&db).await?;
    let again = Long::insert().values(row(2)).execute(&db).await;
    let error = again.err().ok_or("the second is there twice")?;
    let violation = error.violation().ok_or("it is a violation")?;
    assert!(error.is_unique_violation());
    assert_eq!(violation.columns, ["second"]);
    Ok(())
}

/// Types may be called as type parameters usually are.
mod letters {
    use mizzle::prelude::*;

    #[derive(SqlValue, Debug, Clone, Copy, PartialEq)]
    pub(super) struct C(pub(super) i64);

    #[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
    pub(super) enum R {
        Good,
        Bad,
    }

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "ds", insert = A, update = S, has_many(es = E::of_d))]
    pub(super) struct D {
        #[column(primary_key)]
        pub(super) id: C,
        pub(super) kind: R,
    }

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "es", insert = I, update = T)]
    pub(super) struct E {
        #[column(primary_key)]
        pub(super) id: i64,
        #[column(references = D::id)]
        pub(super) of_d: C,
    }

    #[derive(Shape, Debug, PartialEq)]
    #[shape(table = D)]
    pub(super) struct X {
        pub(super) kind: R,
        pub(super) es: Vec<E>,
    }

    sortable! { pub(super) K for D { Kind = "kind" => D::kind } }
}

#[tokio::test]
async fn of_one_letter() -> Result {
    use letters::{A, C, D, E, I, K, R, S, T, X};
    let db = database(&mizzle::schema! { D, E }).await?;
    D::insert().row(A { id: C(1), kind: R::Good }).execute(&db).await?;
    E::insert().row(I { id: 2, of_d: C(1) }).execute(&db).await?;
    D::update().set(S { kind: Some(R::Bad), ..S::default() }).filter(D::id.eq(C(1))).execute(&db).await?;
    E::update().set(T { id: Some(3), ..T::default() }).filter(E::id.eq(2)).execute(&db).await?;
    let e = E { id: 3, of_d: C(1) };
    let rows = D::query().with(D::es()).order_by(K::Kind).fetch_all(&db).await?;
    assert_eq!(rows, [(D { id: C(1), kind: R::Bad }, vec![e.clone()])]);
    assert_eq!(D::query().shape::<X>().fetch_one(&db).await?, X { kind: R::Bad, es: vec![e] });
    Ok(())
}
