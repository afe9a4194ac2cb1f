//! `docs/functions.md` says which database has which function, and is generated from their declarations: this fails if it
//! is out of date. `UPDATE_DOCS=1 cargo test -p mizzle --all-features --test functions` writes it.

use std::{fmt::Write as _, fs, path::Path};

use mizzle::{
    dialect::DialectKind,
    expr::{FUNCTIONS, Function, Types},
    value::DataType,
};

const HEAD: &str = "\
# Functions, and which database has them

In place of the arguments stand their names. An empty cell is a function that the database has not, or whose namesake
there means something else: using it does not compile. Aggregates, operators and casts are not in these tables.

The result is an `Option` if one of the arguments can be NULL (`any`), if all can (`all`), always or never. Where moments
are written `.. AT TIME ZONE 'UTC'`, this is about `DateTime<Utc>` only.

The tables are generated from the declarations in the code, by
`UPDATE_DOCS=1 cargo test -p mizzle --all-features --test functions`; a test keeps them true.
";

/// The function as it is called in Rust.
fn call(function: &Function) -> String {
    match function.arguments.split_first() {
        Some((&"self", others)) => format!("x.{}({})", function.name, others.join(", ")),
        _ => format!("{}({})", function.name, function.arguments.join(", ")),
    }
}

/// The type of its result, in few words.
fn result(function: &Function) -> String {
    let inside = function.result.trim_matches(['[', ']']);
    let name = if inside.contains("::") && !inside.contains('<') { inside.rsplit("::").next() } else { None };
    let name = if inside.contains("Zoned") { "the other kind" } else { name.unwrap_or(inside) };
    format!("`{name}`")
}

fn row(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    writeln!(text, "| {} |", cells.join(" | ")).expect("a String takes everything");
}

fn chart(text: &mut String, theme: &str, functions: &[Function]) {
    writeln!(text, "\n## {theme}\n").expect("a String takes everything");
    let dialects = DialectKind::ALL.iter().map(|kind| kind.syntax().name.to_owned());
    let head: Vec<String> = ["", "result", "NULL"].map(str::to_owned).into_iter().chain(dialects).collect();
    row(text, &head);
    row(text, &vec!["---".to_owned(); head.len()]);
    let types = Types { result: DataType::Timestamp, first: Some(DataType::Timestamp), last_is_plain: true };
    for function in functions {
        let arguments: Vec<&str> =
            function.arguments.iter().map(|name| if *name == "self" { "x" } else { name }).collect();
        let spelled = DialectKind::ALL.iter().map(|kind| match function.spelled.words(*kind, types) {
            Some(words) => format!("`{}`", words.around(&arguments)),
            None => String::new(),
        });
        let facts = [format!("`{}`", call(function)), result(function), function.null.to_owned()];
        row(text, &facts.into_iter().chain(spelled).collect::<Vec<_>>());
    }
}

#[test]
fn the_functions_are_documented() {
    let mut text = HEAD.to_owned();
    for (theme, functions) in FUNCTIONS {
        chart(&mut text, theme, functions);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/functions.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &text).expect("written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/functions.md is out of date: run this with UPDATE_DOCS=1");
}
