//! Each function, on each database that has it: its result there is the one that is written here.

mod conditional;
mod json;
mod number;
mod regex;
mod search;
mod system;
mod text;
mod time;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use mizzle::{
    expr::{FUNCTIONS, NamedFunction, Node, Types},
    prelude::*,
    value::{DataType, JsonText},
};
use mizzle_tests::Result;

use crate::{D, Db};

#[expect(dead_code, reason = "only the columns matter")]
#[derive(Table)]
#[table(name = "samples", insert = NewSample)]
struct Sample {
    #[column(primary_key)]
    id: i64,
    text: String,
    nothing: Option<String>,
    number: i64,
    small: i32,
    float: f64,
    day: NaiveDate,
    at: DateTime<Utc>,
    local: NaiveDateTime,
    clock: NaiveTime,
    doc: Json<serde_json::Value>,
    raw: JsonText<serde_json::Value>,
    missing: Option<Json<serde_json::Value>>,
    tags: Vec<String>,
}

fn moment(text: &str) -> NaiveDateTime {
    text.parse().expect(text)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

/// One row; the session is far from UTC.
async fn sample() -> Result<Db> {
    let db = super::database(&mizzle::schema! { Sample }).await?;
    let doc = serde_json::json!({
        "theme": "dark", "size": 12, "ratio": 0.5, "on": true, "off": false, "none": null,
        "tags": ["a", "b"], "deep": { "city": "Köln", "a \"b\\": 1 },
    });
    let row = NewSample {
        id: 1,
        text: "Äpfel, Birnen".to_owned(),
        nothing: None,
        number: 12,
        small: 5,
        float: -2.5,
        day: day("2024-02-29"),
        at: moment("2024-12-30T23:59:58.25").and_utc(),
        local: moment("2024-01-31T10:20:30.5"),
        clock: NaiveTime::from_hms_milli_opt(10, 20, 30, 500).ok_or("a time")?,
        raw: JsonText(doc.clone()),
        doc: Json(doc),
        missing: None,
        tags: ["a", "b", "a"].map(str::to_owned).to_vec(),
    };
    Sample::insert().row(row).execute(&db).await?;
    when! { !Sqlite; use mizzle_tests::TestDatabase as _; }
    when! { Postgres; db.run("SET TIME ZONE INTERVAL '+09:00' HOUR TO MINUTE").await?; }
    when! { !Postgres, !Sqlite; db.run("SET time_zone = '+09:00'").await?; }
    Ok(db)
}

/// The functions of a theme that nothing has called yet, and what went wrong.
struct Calls {
    left: Vec<&'static str>,
    wrong: Vec<String>,
}

impl Calls {
    fn of(theme: &str) -> Self {
        let (_, functions) = FUNCTIONS.iter().find(|(name, _)| *name == theme).expect("a theme");
        let types = Types { result: DataType::Text, first: None, last_is_plain: false };
        let here = functions.iter().filter(|function| function.spelled.words(D::KIND, types).is_some());
        Calls { left: here.map(|function| function.name).collect(), wrong: Vec::new() }
    }

    fn note<O: NamedFunction, A>(&mut self, _: &Node<O, A>) {
        self.left.retain(|name| *name != O::FUNCTION.name);
    }

    fn finish(self) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert!(self.left.is_empty(), "nothing calls {:?}", self.left);
    }
}

/// Compares what a function gives with what it should.
macro_rules! check {
    ($calls:ident, $db:ident: $($expression:expr => $expected:expr;)*) => {$(
        let call = $expression;
        $calls.note(&call);
        match Sample::query().select(call).fetch_one(&$db).await {
            Ok(found) if found == $expected => {}
            found => $calls.wrong.push(format!("{}: {found:?}", stringify!($expression))),
        }
    )*};
}
use check;
