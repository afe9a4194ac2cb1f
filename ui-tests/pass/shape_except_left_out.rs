include!("../schema.rs");

#[derive(Table, Debug, PartialEq)]
#[table(shape(NoteHead, except(body), derive(Debug, PartialEq)))]
struct Note {
    #[column(primary_key)]
    id: i64,
    title: String,
    body: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Note }.create_tables(db).await?;
    for head in Note::query().shape::<NoteHead>().fetch_all(db).await? {
        println!("{}", head.title);
    }
    Ok(())
}

fn main() {
    execute(run);
}
