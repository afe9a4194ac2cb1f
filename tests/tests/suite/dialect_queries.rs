//! Queries that only some databases have.

use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::{database, model::*};

#[needs(DistinctOn)]
#[tokio::test]
async fn the_first_row_of_each_group() -> Result {
    let db = filled().await?;
    let most_viewed = Post::query().distinct_on(Post::author_id).order_by(Post::views.desc());
    let rows = most_viewed.clone().select((Post::author_id, Post::title)).fetch_all(&db).await?;
    assert_eq!(rows, [(1, "AI and you".to_owned()), (2, "Databases".to_owned()), (4, "Elm_trees".to_owned())]);
    assert_eq!(most_viewed.clone().fetch_all(&db).await?.len(), 3);
    assert_eq!(most_viewed.clone().count(&db).await?, 3);
    assert_eq!(most_viewed.limit(2).count(&db).await?, 2);
    let descending = Post::query().distinct_on((Post::category.desc(), Post::author_id)).select(Post::id);
    assert_eq!(descending.fetch_all(&db).await?.len(), 6);
    Ok(())
}

#[needs(Ilike)]
#[tokio::test]
async fn text_whatever_its_case() -> Result {
    let db = filled().await?;
    let names = |filter: bool| {
        User::query().filter(filter.then(|| User::name.ilike("%A%"))).order_by(User::id).select(User::name)
    };
    assert_eq!(names(true).fetch_all(&db).await?, ["Ann", "Dan"]);
    assert_eq!(names(false).filter(User::name.not_ilike("a%")).fetch_all(&db).await?, ["Bob", "Cid", "Dan"]);
    Ok(())
}

#[needs(IndexHints)]
#[tokio::test]
async fn index_hints() -> Result {
    let db = filled().await?;
    let query = || User::query().left_join::<Post>().on(User::posts()).filter(User::name.eq("Ann"));
    assert_eq!(query().use_index("PRIMARY").fetch_all(&db).await?.len(), 2);
    assert_eq!(query().force_index("PRIMARY").ignore_index("users_manager_id_fkey").fetch_all(&db).await?.len(), 2);
    assert!(query().use_index("no such index").fetch_all(&db).await.is_err());
    Ok(())
}

#[tokio::test]
async fn random_numbers() -> Result {
    let db = filled().await?;
    let numbers = Post::query().select(random()).fetch_all(&db).await?;
    assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)), "{numbers:?}");
    assert!(numbers.iter().any(|number| *number != numbers[0]), "{numbers:?}");
    assert_eq!(Post::query().order_by(random()).fetch_all(&db).await?.len(), 6);
    Ok(())
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "articles", insert = NewArticle)]
struct Article {
    #[column(primary_key)]
    id: i64,
    tags: Vec<String>,
    scores: Option<Vec<i32>>,
}

fn article(id: i64, tags: &[&str], scores: Option<Vec<i32>>) -> NewArticle {
    NewArticle { scores, ..NewArticle::new(id, tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>()) }
}

#[tokio::test]
async fn lists_come_back() -> Result {
    let db = database(&mizzle::schema! { Article }).await?;
    let rows = [
        article(1, &[], None),
        article(2, &["it's", "\"quoted\"", "{a,b}", "NULL", "\\", "", "ü€😀"], Some(vec![])),
        article(3, &["x"], Some(vec![i32::MIN, 0, i32::MAX])),
    ];
    Article::insert().rows(&rows).execute(&db).await?;
    let read = Article::query().order_by(Article::id).fetch_all(&db).await?;
    for (written, read) in rows.iter().zip(&read) {
        assert_eq!((written.id, &written.tags, &written.scores), (read.id, &read.tags, &read.scores));
    }
    Article::update().set(Article::tags.set(vec!["y".to_owned()])).filter(Article::id.eq(1)).execute(&db).await?;
    assert_eq!(Article::query().filter(Article::id.eq(1)).select(Article::tags).fetch_one(&db).await?, ["y"]);
    Ok(())
}

#[needs(ArrayOperators)]
#[tokio::test]
async fn operators_on_arrays() -> Result {
    let db = database(&mizzle::schema! { Article }).await?;
    let rows =
        [article(1, &["a", "b"], Some(vec![1, 2])), article(2, &["b", "c"], None), article(3, &[], Some(vec![]))];
    Article::insert().rows(rows).execute(&db).await?;
    let ids = Article::query().order_by(Article::id).select(Article::id);
    let list = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
    assert_eq!(ids.clone().filter(Article::tags.has("b")).fetch_all(&db).await?, [1, 2]);
    assert_eq!(ids.clone().filter(Article::scores.has(2)).fetch_all(&db).await?, [1]);
    assert_eq!(ids.clone().filter(Article::tags.contains_all(list(&["c", "b"]))).fetch_all(&db).await?, [2]);
    assert_eq!(ids.clone().filter(Article::tags.is_contained_in(list(&["a", "b"]))).fetch_all(&db).await?, [1, 3]);
    assert_eq!(ids.clone().filter(Article::tags.overlaps(list(&["a", "c"]))).fetch_all(&db).await?, [1, 2]);
    let sizes =
        Article::query().order_by(Article::id).select((Article::tags.cardinality(), Article::scores.cardinality()));
    assert_eq!(sizes.fetch_all(&db).await?, [(2, Some(2)), (2, None), (0, Some(0))]);
    Ok(())
}
