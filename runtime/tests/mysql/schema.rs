//! Creating and dropping tables.

use mizzle::{prelude::*, schema::Schema};

use crate::database::raw;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "hens", insert = NewHen)]
struct Hen {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(references = Egg::id)]
    came_from: Option<i64>,
    #[column(default = "it's \\ here")]
    name: String,
    #[column(default = 0.1)]
    weight: f64,
    #[column(default = 0.1)]
    length: f32,
    #[column(default = true)]
    lays: bool,
    #[column(unique)]
    ring: Option<String>,
    #[column(generated = Hen::name.lower())]
    lower: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "eggs", insert = NewEgg, index(on = Egg::laid_by, name = "by_hen"))]
struct Egg {
    #[column(primary_key)]
    id: i64,
    #[column(references = Hen::id, on_delete = cascade)]
    laid_by: i64,
}

static SCHEMA: Schema = mizzle::schema! { Hen, Egg };

both! {
    async fn circles_are_created_and_dropped(db, pool) {
        SCHEMA.create_tables(db).await?;
        assert!(SCHEMA.create_tables(db).await.is_err());
        Hen::insert().row(NewHen::new()).execute(db).await?;
        let hen = Hen::query().fetch_one(db).await?;
        assert_eq!((hen.id, hen.came_from, hen.name.as_str(), hen.lays), (1, None, "it's \\ here", true));
        assert_eq!((hen.weight, hen.length, hen.lower.as_str()), (0.1, 0.1, "it's \\ here"));
        Egg::insert().row(NewEgg { id: 7, laid_by: 1 }).execute(db).await?;
        Hen::update().set(Hen::came_from.set(7)).filter(Hen::id.eq(1)).execute(db).await?;
        SCHEMA.drop_tables(db).await?;
        SCHEMA.drop_tables(db).await?;
        let tables = sqlx::query("SHOW TABLES").fetch_all(pool).await?;
        assert!(tables.is_empty());
        SCHEMA.create_tables(db).await?;
    }

    async fn a_table_that_others_refer_to_is_not_dropped(db, pool) {
        SCHEMA.create_tables(db).await?;
        sqlx::query("CREATE TABLE nests (hen bigint, FOREIGN KEY (hen) REFERENCES hens (id))").execute(pool).await?;
        assert!(SCHEMA.drop_tables(db).await.is_err());
        db.execute(raw("DROP TABLE nests")).await?;
        SCHEMA.drop_tables(db).await?;
    }

    async fn text_is_compared_character_by_character(db, pool) {
        SCHEMA.create_tables(db).await?;
        for ring in ["a", "A", "á", "a ", "a\0", "", " ", "ß", "ss"] {
            Hen::insert().values(Hen::ring.set(ring)).execute(db).await?;
        }
        let same: Vec<i64> = Hen::query().filter(Hen::ring.eq("a")).select(Hen::id).fetch_all(db).await?;
        assert_eq!(same, [1]);
        let blank = Hen::query().filter(Hen::ring.eq("")).count(db).await?;
        assert_eq!(blank, 1);
        assert!(Hen::insert().values(Hen::ring.set("a ")).execute(db).await.unwrap_err().is_unique_violation());
        assert_eq!(sqlx::query("SELECT * FROM hens").fetch_all(pool).await?.len(), 9);
    }
}
