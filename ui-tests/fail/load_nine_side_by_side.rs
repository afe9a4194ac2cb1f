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
    let query = Hub::query().with(Hub::a()).with(Hub::b()).with(Hub::c()).with(Hub::d()).with(Hub::e()).with(Hub::f()).with(Hub::g()).with(Hub::h());
    query.with(Hub::i()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
