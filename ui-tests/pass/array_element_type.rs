include!("../tables.rs");
include!("../on_postgres.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "articles")]
struct Article {
    #[column(primary_key)]
    id: i64,
    tags: Vec<String>,
}

async fn run(db: &PgPool) -> Result<(), Error> {
    schema! { Article }.create_tables(db).await?;
    Article::query().filter(Article::tags.has("x")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
