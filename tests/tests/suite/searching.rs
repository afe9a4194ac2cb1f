//! Full-text search with an index.

use mizzle_tests::needs;

#[needs(Postgres)]
mod in_generated_columns {
    use mizzle::prelude::*;
    use mizzle_tests::{Result, TestDatabase as _};

    use crate::suite::database;

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "articles", insert = NewArticle, dialect = Postgres)]
    #[table(index(name = "articles_words", on = Article::words, using = gin))]
    #[table(index(name = "articles_title", on = to_tsvector("simple", Article::title), using = gin))]
    struct Article {
        #[column(primary_key, auto_increment)]
        id: i64,
        title: String,
        body: Option<String>,
        #[column(generated = setweight(to_tsvector("english", Article::title), Weight::A)
            .ts_concat(setweight(to_tsvector("english", Article::body.coalesce("")), Weight::D)))]
        words: TsVector,
    }

    #[tokio::test]
    async fn are_found() -> Result {
        let db = database(&schema! { Article }).await?;
        let article =
            |title: &str, body: Option<&str>| NewArticle { body: body.map(str::to_owned), ..NewArticle::new(title) };
        let articles = [
            article("Dogs", Some("Cats run from dogs.")),
            article("Running cats", None),
            article("Bread", Some("Flour and water.")),
        ];
        Article::insert().rows(articles).execute(&db).await?;
        let cats = websearch_to_tsquery("english", "cat run");
        let found = Article::query()
            .filter(Article::words.matches(cats))
            .order_by(ts_rank(Article::words, cats).desc())
            .select(Article::title);
        assert_eq!(found.fetch_all(&db).await?, ["Running cats", "Dogs"]);
        let no_dogs = Article::words.matches(websearch_to_tsquery("english", "cats -dogs"));
        assert_eq!(Article::query().filter(no_dogs).select(Article::id).fetch_all(&db).await?, [2]);
        let bread = Article::query().filter(Article::title.eq("Bread")).fetch_one(&db).await?;
        assert_eq!(bread.words.words().collect::<Vec<_>>(), ["bread", "flour", "water"]);
        let by_title = to_tsvector("simple", Article::title).matches(plainto_tsquery("simple", "dogs"));
        assert_eq!(Article::query().filter(by_title).select(Article::id).fetch_all(&db).await?, [1]);
        let methods = "SELECT am.amname FROM pg_class c JOIN pg_am am ON am.oid = c.relam WHERE c.relname LIKE 'articles%' AND c.relkind = 'i' ORDER BY c.relname";
        assert_eq!(db.text(methods).await?, [["btree"], ["gin"], ["gin"]]);
        Ok(())
    }
}

#[needs(!Sqlite, !Postgres)]
mod in_columns {
    use mizzle::prelude::*;
    use mizzle_tests::{Result, TestDatabase as _};

    use crate::suite::database;

    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "articles", insert = NewArticle)]
    #[table(index(name = "articles_words", on = (Article::title, Article::body), using = fulltext))]
    struct Article {
        #[column(primary_key, auto_increment)]
        id: i64,
        title: String,
        body: String,
    }

    #[tokio::test]
    async fn are_found() -> Result {
        let db = database(&schema! { Article }).await?;
        let long = "water ".repeat(10_000);
        let articles = [("Dogs", "run from cats and dogs"), ("Running cats", "cats, cats"), ("Bread", &*long)];
        Article::insert().rows(articles.map(|(title, body)| NewArticle::new(title, body))).execute(&db).await?;
        let cats = match_against((Article::title, Article::body), "cats");
        let found = Article::query().filter(cats.gt(0.0)).order_by(cats.desc()).select(Article::title);
        assert_eq!(found.fetch_all(&db).await?, ["Running cats", "Dogs"]);
        let no_dogs = match_against_boolean((Article::title, Article::body), "+cats -dogs").gt(0.0);
        assert_eq!(Article::query().filter(no_dogs).select(Article::id).fetch_all(&db).await?, [2]);
        let kind = "SELECT DISTINCT index_type FROM information_schema.statistics WHERE index_name = 'articles_words'";
        assert_eq!(db.text(&format!("{kind} AND table_schema = database()")).await?, [["FULLTEXT"]]);
        Ok(())
    }
}
