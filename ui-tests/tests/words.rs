//! What a person reads when a query is refused: one short message, in their own names.

#[path = "words/exceptions.rs"]
mod exceptions;

use std::{fs, path::Path};

use exceptions::{LONGER, NOT_YET, RUSTC_SAYS_SO};

/// An error as a person sees it.
struct Refusal {
    name: String,
    text: String,
}

impl Refusal {
    /// The first line without `error[E0277]: `.
    fn headline(&self) -> &str {
        let first = self.text.lines().next().unwrap_or_default();
        first.split_once(": ").map_or(first, |(_, words)| words)
    }

    fn lines(&self) -> usize {
        self.text.lines().count()
    }
}

fn refusals() -> Vec<Refusal> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fail");
    let mut refusals: Vec<Refusal> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "stderr"))
        .map(|path| Refusal {
            name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
            text: fs::read_to_string(&path).expect("text"),
        })
        .collect();
    refusals.sort_by(|a, b| a.name.cmp(&b.name));
    refusals
}

/// How many lines an error may have.
const LINES: usize = 15;

/// Never more than this.
const MOST_LINES: usize = 24;

/// Types that a person names, which may stand in a headline with their parameters.
const NAMED_TYPES: &[&str] = &["Option", "Vec", "Json", "Pool", "Transaction", "Tx", "Range"];

/// What no person names: traits and types of mizzle's own.
const INTERNAL: &[&str] = &[
    "mizzle::",
    "Node<",
    "Col<",
    "InScope",
    "ExprIn",
    "IntoExpr",
    "Bind<",
    "Selectable",
    "Projection",
    "ByColumn",
    "FieldType",
    "CanRun",
    "CanJoin",
    "HasKey",
    "Returnable",
    "OrderBy<",
    "Joining",
    "Returning<",
    "Upsert<",
    "InsertInto<",
];

/// What is wrong with an error.
fn complaints(refusal: &Refusal) -> Vec<String> {
    let headline = refusal.headline();
    let mut complaints = Vec::new();
    let errors = refusal.text.lines().filter(|line| is_error(line)).count();
    if errors != 1 {
        complaints.push(format!("{errors} errors"));
    }
    let limit = LONGER.iter().find(|(part, ..)| headline.contains(part)).map_or(LINES, |(_, limit, _)| *limit);
    if refusal.lines() > limit {
        complaints.push(format!("{} lines, at most {limit} are allowed", refusal.lines()));
    }
    if headline.starts_with("the trait bound") {
        complaints.push("says nothing but that a trait is not implemented".to_owned());
    }
    if !RUSTC_SAYS_SO.iter().any(|(name, _)| *name == refusal.name) {
        complaints.extend(internal_names(headline).map(|name| format!("the headline names `{name}`")));
    }
    complaints
}

/// Whether the line begins an error, and is not rustc's summary.
fn is_error(line: &str) -> bool {
    line.starts_with("error") && !line.starts_with("error: aborting") && !line.starts_with("error: could not compile")
}

/// The names in a headline that a person never wrote.
fn internal_names(headline: &str) -> impl Iterator<Item = &str> {
    let words = headline.split(|letter: char| !(letter.is_alphanumeric() || "_<:".contains(letter)));
    words.filter(|word| {
        let generic = word
            .split_once('<')
            .is_some_and(|(name, _)| !NAMED_TYPES.contains(&name.rsplit(':').next().unwrap_or(name)));
        *word == "_" || generic && !word.starts_with('<') || INTERNAL.iter().any(|name| word.contains(name))
    })
}

#[test]
fn every_error_is_one_short_message() {
    let mut bad = Vec::new();
    for refusal in refusals() {
        let complaints = complaints(&refusal);
        let known = NOT_YET.iter().any(|(name, _)| *name == refusal.name);
        match (complaints.is_empty(), known) {
            (false, false) => bad.push(format!("{}: {}", refusal.name, complaints.join("; "))),
            (true, true) => bad.push(format!("{}: is mended, take it off the list", refusal.name)),
            _ => {}
        }
    }
    assert!(bad.is_empty(), "\n{}\n", bad.join("\n"));
}

#[test]
fn exceptions_are_used() {
    let refusals = refusals();
    let exists = |name: &str| refusals.iter().any(|refusal| refusal.name == name);
    for (name, _) in NOT_YET.iter().chain(RUSTC_SAYS_SO) {
        assert!(exists(name), "there is no `fail/{name}.rs`");
    }
    for (part, limit, _) in LONGER {
        assert!(*limit <= MOST_LINES, "`{part}`: {limit} lines are too many");
        let needed = refusals.iter().any(|refusal| refusal.headline().contains(part) && refusal.lines() > LINES);
        assert!(needed, "`{part}` is short enough without an exception");
    }
}

/// How the headlines of `design/invalid-queries.md` begin, and why one differs from that page.
///
/// A column is printed as `User_name`: the marker type behind `User::name` is all that rustc can name.
const WORDS: &[(&str, &str, &str)] = &[
    ("not_in_from", "table `Post` is not part of this query", ""),
    ("select_not_in_from", "table `Post` is not part of this query", ""),
    ("select_not_in_from_single", "table `Post` is not part of this query", ""),
    ("select_not_in_from_order_by", "table `Post` is not part of this query", ""),
    ("select_not_in_from_group_by", "table `Post` is not part of this query", ""),
    ("select_not_in_from_having", "table `Post` is not part of this query", ""),
    ("select_not_in_from_on", "table `Manager` is not part of this query", ""),
    ("select_not_in_from_returning", "table `Post` is not part of this query", ""),
    ("select_not_in_from_set", "table `Post` is not part of this query", ""),
    ("join_on_later_table", "table `Manager` is not part of this query", ""),
    ("type_mismatch", "`&str` cannot be compared with a column of type `i64`", ""),
    ("column_mismatch", "`i64` cannot be compared with `String`", ""),
    ("newtype_mismatch", "`TeamId` cannot be compared with `UserId`", ""),
    ("eq_null", "`= NULL` is never true: use `.is_null()`", ""),
    ("like_on_int", "`LIKE` needs text, this is `i64`", ""),
    ("arithmetic_on_text", "arithmetic needs numbers, this is `String`", ""),
    ("sum_of_text", "`SUM` needs numbers, this is `String`", ""),
    ("avg_of_bool", "`AVG` needs numbers, this is `bool`", ""),
    ("not_on_text", "this needs a condition, `String` is none", ""),
    ("and_with_int", "`{integer}` cannot be compared with a column of type `bool`", ""),
    (
        "aggregate_in_where",
        "aggregates are not allowed in WHERE",
        "`.having(..)` is in the label: the words are shared by all clauses, and only some have it",
    ),
    ("aggregate_in_on", "aggregates are not allowed in ON", ""),
    (
        "nullable_operator",
        "`?` operator has incompatible types",
        "rustc says so in place of \"mismatched types\" where the value comes out of `?`",
    ),
    ("left_join_not_option", "`?` operator has incompatible types", "as `nullable_operator`"),
    ("null_into_non_option_aggregate", "`?` operator has incompatible types", "as `nullable_operator`"),
    ("select_all_into_other_type", "`?` operator has incompatible types", "as `nullable_operator`"),
    ("mixed_aggregate", "`User_name` must be in GROUP BY or inside an aggregate", "a column is printed as its marker"),
    ("not_grouped", "`User_age` must be in GROUP BY or inside an aggregate", "a column is printed as its marker"),
    (
        "order_by_not_grouped",
        "`User_age` must be in GROUP BY or inside an aggregate",
        "a column is printed as its marker",
    ),
    ("having_without_group", "HAVING needs GROUP BY or an aggregate", ""),
    ("joined_twice", "`Post` is already part of this query: give it an alias", ""),
    ("joined_with_itself", "`User` is already part of this query: give it an alias", ""),
    ("join_without_on", "a join needs its condition", ""),
    ("missing_required", "`User_name` has no default and must be set", "a column is printed as its marker"),
    ("duplicate_set", "`User_name` is set twice", "a column is printed as its marker"),
    ("set_generated", "`Post_slug` is generated and cannot be written", "a column is printed as its marker"),
    (
        "set_null",
        "this column is NOT NULL: it cannot be set to `None`",
        "the trait that says so does not know the column",
    ),
    ("set_wrong_type", "`{integer}` cannot be stored in a column of type `String`", ""),
    ("set_other_table", "this sets a column of `Post`, not of `User`", ""),
    ("update_maybe_all", "this condition may be empty and would change every row", ""),
    ("update_maybe_all_and", "this condition may be empty and would change every row", ""),
    ("update_maybe_all_filters", "this condition may be empty and would change every row", ""),
    ("delete_maybe_all", "this condition may be empty and would change every row", ""),
    ("update_all", "this would change every row: add `.filter(..)` or `.all_rows()`", ""),
    ("delete_all", "this would change every row: add `.filter(..)` or `.all_rows()`", ""),
    (
        "conflict_target_not_unique",
        "`User_name` is not unique: no constraint can conflict on it",
        "a column is printed as its marker",
    ),
    ("window_in_where", "window functions are not allowed in WHERE", ""),
    ("window_in_having", "window functions are not allowed in HAVING", ""),
    ("nested_aggregate", "aggregates cannot be nested", ""),
    ("union_arity", "the two sides select different columns: `(i64, String, String)` and `(i64, String)`", ""),
    ("union_types", "the two sides select different columns: `(i64, String)` and `(i64, i64)`", ""),
    ("union_order_by_foreign", "a set operation is ordered by the columns that it returns", ""),
    (
        "many_row_subquery",
        "this query may return several rows or none: use `.in_(..)`, or `.one_value()` which adds LIMIT 1",
        "",
    ),
    ("scalar_subquery_columns", "this query selects `(i64, i64)`, and one value is needed", ""),
    ("keyset_not_unique", "cursor keys must include a unique key of `User`: its rows repeat in this query", ""),
    ("keyset_join", "cursor keys must include a unique key of `Post`: its rows repeat in this query", ""),
    ("keyset_nullable", "a key of a cursor cannot be NULL, which compares with nothing", ""),
    ("lateral_on_sqlite", "`LATERAL` is not supported by SQLite", ""),
    ("excluded_outside_upsert", "`excluded(..)` can only be used inside ON CONFLICT", ""),
    ("in_subquery_columns", "this query returns `(i64, i64)`, not values of type `i64`", ""),
    ("subquery_not_correlated", "table `User` is not part of this query", ""),
    ("outer_missing", "the subquery uses a table that the query around it does not read from", ""),
    ("foreign_key_type", "`Post_author_id` is `String`, `User_id` is `i64`", "a column is printed as its marker"),
    (
        "foreign_key_not_unique",
        "`User_name` is neither primary key nor unique: a foreign key cannot refer to it",
        "a column is printed as its marker",
    ),
    ("set_null_on_required", "`author_id` is NOT NULL and cannot be set to NULL", ""),
    (
        "unknown_column_in_attribute_check",
        "no function or associated item named `titel` found for struct `Post`",
        "rustc looks for functions, too",
    ),
    (
        "unknown_column_in_attribute_generated",
        "no function or associated item named `titel` found for struct `Post`",
        "as above",
    ),
    (
        "unknown_column_in_attribute_index",
        "no function or associated item named `titel` found for struct `Post`",
        "as above",
    ),
    ("other_table_in_attribute_check", "table `User` is not part of this query", ""),
    ("default_wrong_type", "`&str` cannot be stored in a column of type `i64`", ""),
    (
        "negative_limit",
        "the trait bound `u64: Neg` is not satisfied",
        "`.limit(..)` takes an `Option` and a `Param`, too",
    ),
    ("sql_unclosed", "unclosed `{` in SQL", ""),
    ("sql_unknown_name", "cannot find value `max` in this scope", ""),
    ("nested_aggregate", "aggregates cannot be nested", ""),
    ("not_in_nullable", "`NOT IN` is never true once the query returns a NULL: use `not_exists(..)`", ""),
    ("empty_set", "this update sets nothing", ""),
    ("order_by_not_selected_with_distinct", "a DISTINCT query can only be ordered by what it selects", ""),
    ("case_branch_types", "`{integer}` cannot be compared with a column of type `String`", ""),
    ("in_list_type", "`&str` cannot be compared with a column of type `i64`", ""),
    ("between_types", "`&str` cannot be compared with a column of type `i64`", ""),
    ("update_other_table_where", "table `Post` is not part of this query", ""),
    ("returning_other_table", "table `Post` is not part of this query", ""),
    ("patch_of_other_table", "this does not set columns of `Post`", ""),
    ("bad_attribute_generated_and_default", "`default` contradicts `generated`", ""),
    ("bad_attribute_nullable_primary_key", "a primary key cannot be NULL: `id` is an `Option`", ""),
    ("bad_attribute_auto_increment_of_text", "`auto_increment` needs `i16`, `i32` or `i64`: `id` is `String`", ""),
    ("bad_attribute_unknown", "unknown attribute `uniqe` in `#[column(..)]`: did you mean `unique`?", ""),
    ("bad_attribute_duplicate", "duplicate attribute `unique`", ""),
];

#[test]
fn headlines_are_the_promised_ones() {
    let refusals = refusals();
    let mut bad = Vec::new();
    for (name, expected, _) in WORDS {
        let found = refusals.iter().find(|refusal| refusal.name == *name).map(Refusal::headline);
        if !found.is_some_and(|headline| headline.starts_with(expected)) {
            bad.push(format!("{name}\n  expected: {expected}\n  found:    {}", found.unwrap_or("nothing")));
        }
    }
    assert!(bad.is_empty(), "\n{}\n", bad.join("\n"));
}
