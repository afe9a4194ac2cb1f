include!("../schema.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "hubs", has_many(a = Spoke::a, b = Spoke::b, c = Spoke::c, d = Spoke::d, e = Spoke::e, f = Spoke::f, g = Spoke::g, h = Spoke::h, i = Spoke::i))]
struct Hub {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "spokes")]
struct Spoke {
    #[column(primary_key, auto_increment)]
    id: i64,
    a: Option<i64>,
    b: Option<i64>,
    c: Option<i64>,
    d: Option<i64>,
    e: Option<i64>,
    f: Option<i64>,
    g: Option<i64>,
    h: Option<i64>,
    i: Option<i64>,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Hub, Spoke }.create_tables(db).await?;
    let insert = Hub::insert().values((Hub::id.set(1),)).with(Hub::a().values((Spoke::id.set(0),))).with(Hub::b().values((Spoke::id.set(1),))).with(Hub::c().values((Spoke::id.set(2),))).with(Hub::d().values((Spoke::id.set(3),))).with(Hub::e().values((Spoke::id.set(4),))).with(Hub::f().values((Spoke::id.set(5),)));
    insert.fetch_one(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
