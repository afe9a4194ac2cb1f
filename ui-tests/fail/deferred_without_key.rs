include!("../schema.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "log")]
struct Log {
    line: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Log }.create_tables(db).await?;
    Log::query().order_by(Log::line).page(9, 3).deferred().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
