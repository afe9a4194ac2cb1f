include!("../schema.rs");

#[derive(Table, Debug, PartialEq)]
#[table(shape(NoteHead, except(bod), derive(Debug, PartialEq)))]
struct Note {
    #[column(primary_key)]
    id: i64,
    title: String,
    body: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Note }.create_tables(db).await?;
    let heads: Vec<NoteHead> = Note::query().shape::<NoteHead>().fetch_all(db).await?;
    assert_eq!(heads, []);
    Ok(())
}

fn main() {
    execute(run);
}
