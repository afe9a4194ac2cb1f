//! Runs the quickstart as a person would, and looks at what it prints.

use std::{
    path::Path,
    process::{Command, Output},
};

fn quickstart(file: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quickstart")).arg(file).output().expect("the quickstart starts")
}

/// What it prints under each heading.
fn section<'o>(output: &'o str, heading: &str) -> &'o str {
    let start = output.find(&format!("# {heading}")).unwrap_or_else(|| panic!("no section {heading:?} in\n{output}"));
    let section = &output[start..];
    section[1..].find("\n# ").map_or(section, |end| &section[..=end])
}

#[test]
fn prints_what_it_sent_and_what_came_back() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let file = directory.path().join("blog.db");
    let output = quickstart(&file);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(file.exists());
    let output = String::from_utf8(output.stdout).expect("UTF-8");

    for (heading, expected) in [
        ("Create the tables", &["CREATE TABLE \"users\"", "CREATE TABLE \"comments\""] as &[&str]),
        ("Insert, column", &["INSERT INTO \"users\" (\"name\", \"email\") VALUES (?, ?) RETURNING", "\"Ada\""]),
        ("Insert a struct", &["│ 2  ┆ Bob  ┆ 25    ┆ true      │"]),
        ("Insert many", &["2 rows"]),
        ("Upsert", &["ON CONFLICT (\"email\") DO UPDATE SET", "│ 1  ┆ Ada Lovelace │"]),
        ("Increment", &["\"karma\" = \"users\".\"karma\" + ?", "│ Dan  ┆ 15    ┆ false     │"]),
        ("Patch", &["UPDATE \"users\" SET \"email\" = ? WHERE", "1 row"]),
        ("Inner join", &["INNER JOIN \"users\" ON", "│ Rust and SQL ┆ Bob          │"]),
        ("Left join", &["LEFT JOIN \"posts\" ON", "│ Cleo         ┆ NULL         │"]),
        ("Self join", &["\"users\" AS \"Inviter\"", "│ Dan          ┆ Bob          │"]),
        ("Groups", &["GROUP BY \"users\".\"id\"", "HAVING sum", "│ Bob          ┆ 3     ┆ 327   │"]),
        ("Rows with names", &["│ RUST AND SQL ┆ 2        ┆ yes     │"]),
        ("Conditional filters: title Some", &["WHERE \"posts\".\"title\" LIKE ?"]),
        ("Conditional filters: title None", &["WHERE \"posts\".\"views\" >= ?"]),
        ("Pages", &["LIMIT 2 OFFSET 2", "│ 3  ┆ Rust and SQL │", "5 posts"]),
        ("A transaction", &["BEGIN", "ROLLBACK", "check violation", "│ Ada Lovelace ┆ 10    │"]),
        ("Delete", &["DELETE FROM \"posts\"", "│ 5  ┆ Unfinished │"]),
    ] {
        let section = section(&output, heading);
        for text in expected {
            assert!(section.contains(text), "{text:?} is not in\n{section}");
        }
    }
}

#[test]
fn leaves_a_file_that_is_there_alone() {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let output = quickstart(file.path());
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("is there already"));
    assert_eq!(file.as_file().metadata().expect("the file").len(), 0);
}
