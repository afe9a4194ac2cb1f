//! Full-text search.

#[mizzle_tests::needs(Postgres)]
#[tokio::test]
async fn words_of_texts() -> mizzle_tests::Result {
    use super::*;
    let db = sample().await?;
    let text = Sample::text;
    let mut calls = Calls::of("Full-text search of PostgreSQL");
    let words = || to_tsvector("simple", text);
    check! { calls, db:
        words().matches(to_tsquery("simple", "birnen & !pears")) => true;
        words().matches(plainto_tsquery("simple", "BIRNEN")) => true;
        words().matches(phraseto_tsquery("simple", "äpfel birnen")) => true;
        words().matches(phraseto_tsquery("simple", "birnen äpfel")) => false;
        words().matches(websearch_to_tsquery("simple", "pears or birnen")) => true;
        to_tsvector("english", value("running cats")).matches(to_tsquery("english", "cat & run")) => true;
        to_tsvector("simple", Sample::nothing).matches(to_tsquery("simple", "a")) => None;
        ts_headline("simple", text, to_tsquery("simple", "birnen")) => "Äpfel, <b>Birnen</b>";
    }
    let query = || to_tsquery("simple", "birnen");
    let vectors = (setweight(words(), Weight::A), words().ts_concat(to_tsvector("simple", "pears")));
    calls.note(&words());
    calls.note(&query());
    calls.note(&plainto_tsquery("simple", "a"));
    calls.note(&phraseto_tsquery("simple", "a"));
    calls.note(&websearch_to_tsquery("simple", "a"));
    calls.note(&vectors.0);
    calls.note(&vectors.1);
    check! { calls, db: vectors.1.matches(to_tsquery("simple", "pears")) => true; }
    let (heavy, light) = (ts_rank(vectors.0, query()), ts_rank(setweight(words(), Weight::D), query()));
    let near = ts_rank_cd(words(), query());
    calls.note(&heavy);
    calls.note(&near);
    let (heavy, light, near) = Sample::query().select((heavy, light, near)).fetch_one(&db).await?;
    assert!(heavy > light && light > 0.0 && near > 0.0, "{heavy} {light} {near}");
    calls.finish();
    let (vector, query) = Sample::query().select((vectors.1, query())).fetch_one(&db).await?;
    assert_eq!(vector.words().collect::<Vec<_>>(), ["birnen", "pears", "äpfel"]);
    let again = Sample::query().filter(value(vector).matches(value(query))).count(&db).await?;
    assert_eq!(again, 1);
    Ok(())
}

#[mizzle_tests::needs(!Sqlite, !Postgres)]
#[tokio::test]
async fn match_against_columns() -> mizzle_tests::Result {
    use mizzle_tests::TestDatabase as _;

    use super::*;
    let db = sample().await?;
    db.run("CREATE FULLTEXT INDEX words ON samples (text)").await?;
    db.run("CREATE FULLTEXT INDEX all_words ON samples (text, nothing)").await?;
    let mut calls = Calls::of("Full-text search of MySQL and MariaDB");
    let found = match_against((Sample::text,), "birnen");
    calls.note(&found);
    let missing = match_against((Sample::text, Sample::nothing), "pears");
    assert_eq!(Sample::query().filter(found.gt(0.0)).count(&db).await?, 1);
    assert_eq!(Sample::query().filter(missing.gt(0.0)).count(&db).await?, 0);
    let boolean = match_against_boolean((Sample::text,), "+birn* -pears");
    calls.note(&boolean);
    assert_eq!(Sample::query().filter(boolean.gt(0.0)).count(&db).await?, 1);
    let by = prepare(|term: Param<String>| {
        Sample::query().filter(match_against((Sample::text, Sample::nothing), term).gt(0.0)).select(Sample::id)
    });
    assert_eq!(by.fetch_all(&db, "birnen".to_owned()).await?, [1]);
    calls.finish();
    Ok(())
}
