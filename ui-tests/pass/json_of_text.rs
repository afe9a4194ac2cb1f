include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(json_object((("theme", User::name),)).at("theme").as_text().eq("dark")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
