include!("../schema.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "notes")]
struct Note {
    #[column(primary_key)]
    id: i64,
    #[column(references = User::id)]
    author_id: Option<i64>,
}

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct UserCard {
    id: i64,
    name: String,
}

#[derive(Shape, Debug, PartialEq)]
#[shape(table = Note)]
struct NoteCard {
    id: i64,
    author: UserCard,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Note }.create_tables(db).await?;
    println!("{:?}", Note::query().shape::<NoteCard>().fetch_all(db).await?);
    Ok(())
}

fn main() {
    execute(run);
}
