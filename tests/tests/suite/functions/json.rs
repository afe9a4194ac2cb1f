//! Functions on JSON documents.

use serde_json::json;

use super::*;

#[tokio::test]
async fn functions_on_json() -> Result {
    let db = sample().await?;
    let mut calls = Calls::of("JSON");
    let (doc, raw, missing) = (Sample::doc, Sample::raw, Sample::missing);
    check! { calls, db:
        doc.at("tags") => Some(Json(json!(["a", "b"])));
        doc.at("none") => Some(Json(json!(null)));
        doc.at("nowhere") => None;
        doc.at(("tags", 1)) => Some(Json(json!("b")));
        doc.at(("tags", 7)) => None;
        raw.at("deep").at("city") => Some(Json(json!("Köln")));
        missing.at("theme") => None;
        doc.at("theme").as_text() => Some("dark".to_owned());
        raw.at(("deep", "city")).as_text() => Some("Köln".to_owned());
        doc.at(("deep", "a \"b\\")).as_i64() => Some(1);
        doc.at("size").as_text() => Some("12".to_owned());
        doc.at("none").as_text() => None;
        doc.at("nowhere").as_text() => None;
        doc.at(("tags", 0)).as_text() => Some("a".to_owned());
        doc.at("size").as_i64() => Some(12);
        doc.at("none").as_i64() => None;
        doc.at("ratio").as_f64() => Some(0.5);
        doc.at("size").as_f64() => Some(12.0);
        doc.at("on").as_bool() => Some(true);
        doc.at("off").as_bool() => Some(false);
        doc.at("none").as_bool() => None;
        doc.at("nowhere").as_bool() => None;
        doc.at("tags").json_length() => Some(2);
        doc.has_path("none") => true;
        doc.has_path("nowhere") => false;
        doc.has_path(("deep", "city")) => true;
        raw.has_path("theme") => true;
        missing.has_path("theme") => false;
    }
    check! { calls, db:
        doc.json_set("theme", Json(json!("light"))).at("theme").as_text() => Some("light".to_owned());
        doc.json_set(("deep", "new"), Json(json!([1]))).at(("deep", "new")) => Some(Json(json!([1])));
        doc.json_set(("tags", 0), doc.at("deep")).at(("tags", 0, "city")).as_text() => Some("Köln".to_owned());
        doc.json_remove("tags").has_path("tags") => false;
        doc.json_remove(("tags", 0)).at("tags") => Some(Json(json!(["b"])));
        missing.json_remove("tags") => None;
        json_array((Sample::number, Sample::nothing, "x", 0.5)) => Json(json!([12, null, "x", 0.5]));
        json_object((("id", Sample::id), ("text", Sample::text))) => Json(json!({"id": 1, "text": "Äpfel, Birnen"}));
    }
    calls.note(&doc.json_set("theme", Json(json!("light"))));
    when! { !Postgres;
        let patch = Json(json!({"theme": null, "size": 1}));
        calls.note(&doc.json_merge_patch(patch.clone()));
        check! { calls, db:
            doc.json_merge_patch(patch.clone()).has_path("theme") => false;
            doc.json_merge_patch(patch).at("size").as_i64() => Some(1);
            value("[1]").is_json() => true;
            value("[1").is_json() => false;
        }
    }
    when! { !Sqlite;
        check! { calls, db:
            doc.json_contains(Json(json!({"size": 12}))) => true;
            raw.json_contains(Json(json!({"size": 13}))) => false;
        }
    }
    when! { Postgres;
        calls.note(&doc.json_concat(Json(json!({}))));
        check! { calls, db:
            doc.has_key("none") => true;
            raw.has_key("nowhere") => false;
            doc.has_any_key(vec!["nowhere".to_owned(), "size".to_owned()]) => true;
            doc.has_all_keys(vec!["nowhere".to_owned(), "size".to_owned()]) => false;
            doc.json_concat(Json(json!({"size": 1}))).at("size").as_i64() => Some(1);
            doc.at("tags").json_typeof() => Some("array".to_owned());
            raw.json_typeof() => "object";
        }
    }
    when! { Sqlite;
        check! { calls, db: doc.at("tags").json_type() => Some("array".to_owned()); }
    }
    calls.finish();
    Ok(())
}

#[tokio::test]
async fn documents_are_changed_where_they_are() -> Result {
    let db = sample().await?;
    let change = Sample::doc.set(Sample::doc.json_set("theme", Json(json!({"dark": true}))).json_remove("tags"));
    Sample::update().set(change).filter(Sample::doc.at("theme").as_text().eq("dark")).execute(&db).await?;
    let row = Sample::query().select((Sample::doc.at(("theme", "dark")).as_bool(), Sample::doc.has_path("tags")));
    assert_eq!(row.fetch_one(&db).await?, (Some(true), false));
    Ok(())
}

#[mizzle_tests::needs(ArrayOperators)]
#[tokio::test]
async fn functions_on_arrays() -> Result {
    let db = sample().await?;
    let mut calls = Calls::of("Arrays");
    let tags = Sample::tags;
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    check! { calls, db:
        tags.array_append("c") => list(&["a", "b", "a", "c"]);
        tags.array_prepend("c") => list(&["c", "a", "b", "a"]);
        tags.array_cat(list(&["x"])) => list(&["a", "b", "a", "x"]);
        tags.array_remove("a") => list(&["b"]);
        tags.array_replace("a", "z") => list(&["z", "b", "z"]);
        tags.array_position("b") => Some(2);
        tags.array_position("z") => None;
        tags.array_to_string("-") => "a-b-a";
        tags.element_at(1) => Some("a".to_owned());
        tags.element_at(9) => None;
    }
    calls.finish();
    Ok(())
}
