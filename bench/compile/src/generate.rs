//! The text of a crate with tables and queries.

use std::{fmt::Write as _, path::Path};

/// The name of every generated crate.
pub const NAME: &str = "generated";

#[derive(Clone, Copy)]
pub struct Shape {
    pub tables: usize,
    /// At least 10 each, counting the key.
    pub columns: usize,
    pub queries: usize,
}

pub fn manifest(root: &Path) -> String {
    let runtime = root.join("runtime");
    format!(
        "[package]\nname = \"{NAME}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         chrono = {{ version = \"0.4\", default-features = false }}\n\
         mizzle = {{ path = {runtime:?} }}\n\
         sqlx = {{ version = \"0.9\", default-features = false, features = [\"runtime-tokio\", \"sqlite-bundled\"] }}\n\n\
         [workspace]\n"
    )
}

/// The names and texts of the files in `src/`. `edit` changes one function.
pub fn files(shape: Shape, edit: u64) -> Vec<(&'static str, String)> {
    vec![("lib.rs", lib(edit)), ("tables.rs", tables(shape)), ("queries.rs", queries(shape, edit))]
}

fn lib(edit: u64) -> String {
    format!("pub mod queries;\npub mod tables;\n\npub fn edit() -> u64 {{\n    {edit}\n}}\n")
}

/// The columns of a table after its key and its foreign key.
const COLUMNS: [(&str, &str); 10] = [
    ("name", "pub name: String"),
    ("email", "#[column(unique)]\n    pub email: String"),
    ("age", "pub age: Option<i32>"),
    ("points", "pub points: i64"),
    ("price", "pub price: f64"),
    ("is_active", "#[column(default = true)]\n    pub is_active: bool"),
    ("note", "pub note: Option<String>"),
    ("created_at", "#[column(default = now())]\n    pub created_at: DateTime<Utc>"),
    ("city", "pub city: String"),
    ("deleted_at", "pub deleted_at: Option<DateTime<Utc>>"),
];

fn tables(shape: Shape) -> String {
    let mut out = String::from("use chrono::{DateTime, Utc};\nuse mizzle::prelude::*;\n");
    if shape.tables == 0 {
        out.clear();
    }
    for t in 0..shape.tables {
        // Every table refers to the one before it, the first to itself.
        let parent = t.saturating_sub(1);
        let _ = write!(
            out,
            "\n#[derive(Table, Debug, Clone, PartialEq)]\n\
             #[table(name = \"table_{t}\", insert = NewT{t}, update = T{t}Patch)]\n\
             pub struct T{t} {{\n    #[column(primary_key, auto_increment)]\n    pub id: i64,\n    \
             #[column(references = T{parent}::id)]\n    pub parent_id: i64,\n"
        );
        for (_, column) in &COLUMNS[..shape.columns - 2] {
            let _ = writeln!(out, "    {column},");
        }
        out.push_str("}\n");
    }
    out
}

fn queries(shape: Shape, edit: u64) -> String {
    if shape.queries == 0 {
        return String::new();
    }
    let mut out = String::from("use mizzle::{Error, prelude::*};\nuse sqlx::SqlitePool;\n\nuse crate::tables::*;\n");
    for q in 0..shape.queries {
        // Each is `name(arguments) -> rows { query }` over a table `A`, the table `B` that refers to it, and `C` after that.
        let a = q % (shape.tables - 2);
        let number = if q == 0 { edit } else { 100 };
        let (arguments, row, query) = QUERIES[q % QUERIES.len()];
        let text = format!(
            "\npub async fn q{q}(db: &SqlitePool{arguments}) -> Result<{row}, Error> {{\n    {query}.await\n}}\n"
        );
        let table = |name: &str| format!("T{}", a + usize::from(name.as_bytes()[0] - b'A'));
        let text = ["A", "B", "C"].iter().fold(text, |text, name| text.replace(&format!("${name}"), &table(name)));
        out.push_str(&text.replace("$NUMBER", &number.to_string()));
    }
    out
}

/// Arguments, result, query.
const QUERIES: [(&str, &str, &str); 10] = [
    (
        "",
        "Vec<(String, Option<i32>)>",
        "$A::query().filter($A::points.gt($NUMBER)).select(($A::name, $A::age)).order_by($A::name).fetch_all(db)",
    ),
    (
        ", name: Option<&str>",
        "Vec<($A, $B)>",
        "$A::query().inner_join::<$B>().on($B::parent_id.eq($A::id)).filter(name.map(|name| $A::name.like(name))).limit(20).fetch_all(db)",
    ),
    (
        "",
        "Vec<(i64, Option<String>, Option<f64>)>",
        "$A::query().left_join::<$B>().on($B::parent_id.eq($A::id)).filter($A::is_active.eq(true)).select(($A::id, $B::name, $B::price * 1.5)).fetch_all(db)",
    ),
    (
        ", name: &str",
        "i64",
        "$A::insert().values(($A::parent_id.set(1), $A::name.set(name), $A::email.set(\"a\"), $A::points.set(1), $A::price.set(1.5))).returning($A::id).fetch_one(db)",
    ),
    (
        ", id: i64",
        "u64",
        "$A::update().set(($A::points.set($A::points + 1), $A::is_active.set(!$A::is_active))).filter($A::id.eq(id)).execute(db)",
    ),
    (
        "",
        "Vec<(String, i64, Option<i64>)>",
        "$A::query().inner_join::<$B>().on($B::parent_id.eq($A::id)).group_by($A::key()).having(count_star().gt(2)).select(($A::name, count_star(), $B::points.sum())).fetch_all(db)",
    ),
    (
        "",
        "Vec<(i64, String, String)>",
        "$A::query().inner_join::<$B>().on($B::parent_id.eq($A::id)).inner_join::<$C>().on($C::parent_id.eq($B::id)).filter($A::points.gt(3).and($C::price.lt(2.5))).select(($A::id, $B::name, $C::name)).fetch_all(db)",
    ),
    (
        ", ids: &[i64]",
        "Vec<$A>",
        "$A::query().filter(or(($A::id.in_(ids), $A::email.like(\"%@example.com\"), $A::note.is_null()))).order_by(($A::points.desc(), $A::id)).page(2, 50).fetch_all(db)",
    ),
    (
        ", row: New$A",
        "u64",
        "$A::insert().row(row).on_conflict($A::email).do_update(($A::name.set(excluded($A::name)), $A::points.set($A::points + 1))).execute(db)",
    ),
    ("", "u64", "$A::delete().filter(($A::is_active.eq(false), $A::age.lt(18))).execute(db)"),
];
