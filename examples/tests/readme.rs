//! What the README says of errors is what the ui-tests saw. (Its code is tested as documentation, in `src/lib.rs`.)

use std::{fs, path::Path};

const README: &str = include_str!("../../README.md");

/// All that rustc says in the ui-tests.
fn errors() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui-tests/fail");
    fs::read_dir(folder)
        .expect("ui-tests/fail")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "stderr"))
        .map(|path| fs::read_to_string(path).expect("a text"))
        .collect()
}

#[test]
fn every_error_in_the_table_is_one_that_rustc_reports() {
    let errors = errors();
    let (_, table) = README.split_once("| a mistake | the error |\n|---|---|\n").expect("the table of mistakes");
    let rows: Vec<&str> = table.lines().take_while(|line| line.starts_with('|')).collect();
    assert!(rows.len() > 10, "{rows:?}");
    for row in rows {
        let (_, error) = row.trim_matches('|').split_once(" | ").expect("two columns");
        assert!(errors.contains(error.trim()), "no ui-test reports: {error}");
    }
}

#[test]
fn the_first_error_is_one_that_rustc_reports() {
    let (_, shown) = README.split_once("```text\nerror[E0277]: ").expect("the error");
    let (first, rest) = shown.split_once('\n').expect("more lines");
    let (_, label) = rest.split_once("^ ").expect("a label");
    let label = label.lines().next().expect("a label");
    let errors = errors();
    assert!(errors.contains(first), "no ui-test reports: {first}");
    assert!(errors.contains(label), "no ui-test reports: {label}");
}
