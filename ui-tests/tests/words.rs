//! What a person reads when a query is refused: one short message, in their own names.

use std::{fs, path::Path};

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

/// rustc adds a note for each expression around the one that is wrong.
const NESTED: &str = "a note for each expression around the mistake";
/// rustc lists types that would do.
const LISTS: &str = "lists what is expected";
/// rustc explains a chain of methods.
const CHAIN: &str = "explains the chain of methods";
/// rustc shows the declaration.
const SHOWS: &str = "shows the declaration of the struct";
/// Not ours.
const RUSTC: &str = "rustc's own words";

/// Errors that are longer: a part of the headline, the limit, the reason.
const LONGER: &[(&str, usize, &str)] = &[
    ("is not part of this query", 23, NESTED),
    ("must be in GROUP BY or inside an aggregate", 19, NESTED),
    ("aggregates are not allowed in", 19, NESTED),
    ("aggregates cannot be nested", 22, CHAIN),
    ("ORDER BY an aggregate needs GROUP BY", 22, NESTED),
    ("cannot be compared with", 20, NESTED),
    ("cannot be stored in a column", 21, NESTED),
    ("a key of a cursor cannot be NULL", 19, NESTED),
    ("a page by keys is made of rows", 19, NESTED),
    ("cursor keys must include a unique key", 16, NESTED),
    ("cannot be deferred", 16, NESTED),
    ("`.deferred()` is for queries of one table", 22, LISTS),
    ("by which `.deferred()` would find its rows", 17, NESTED),
    ("is not a place in this query", 19, LISTS),
    ("arithmetic needs numbers", 19, NESTED),
    ("cannot be combined with", 20, NESTED),
    ("a DISTINCT query cannot select", 16, NESTED),
    ("a grouped query must say what it selects", 17, NESTED),
    ("joins come before", 16, NESTED),
    ("a correlated subquery uses columns", 17, NESTED),
    ("cannot run this query", 23, LISTS),
    ("is not supported by", 20, NESTED),
    ("are not supported by", 20, NESTED),
    ("cannot be locked", 20, NESTED),
    ("has no type for", 17, LISTS),
    ("this needs a condition", 18, NESTED),
    ("is already part of this query", 24, NESTED),
    ("has no default and must be set", 16, NESTED),
    ("is set twice", 24, NESTED),
    ("is NOT NULL, but this can be NULL", 19, NESTED),
    ("a foreign key has the type of what it refers to", 17, NESTED),
    ("is never true once the query returns a NULL", 18, NESTED),
    ("a DISTINCT query can only be ordered by what it selects", 16, NESTED),
    ("a plain value is selected with", 18, NESTED),
    ("text is not a condition", 16, NESTED),
    ("this query already has a", 16, NESTED),
    ("`IN ({..})` takes one column", 23, NESTED),
    ("this query returns", 20, NESTED),
    ("this query may return several rows or none", 20, NESTED),
    ("a key of a cursor cannot be random", 21, NESTED),
    ("it cannot name one of a query around it", 21, LISTS),
    ("it can only be a subquery", 17, NESTED),
    ("the subquery uses a table", 23, NESTED),
    ("may be empty and would change every row", 18, NESTED),
    ("can only be used inside ON CONFLICT", 20, NESTED),
    ("this sets a column of", 20, NESTED),
    ("is not unique: no constraint can conflict", 23, LISTS),
    ("no constraint of", 23, LISTS),
    ("does not give each column a value", 24, LISTS),
    ("these are no columns of", 23, LISTS),
    ("is not a row of a key and its values", 20, LISTS),
    ("it does not say which row gets", 20, LISTS),
    ("does not say which row of", 22, LISTS),
    ("is generated and cannot be written", 20, NESTED),
    ("each row takes plain values", 17, NESTED),
    ("is NOT NULL: it cannot be set", 17, NESTED),
    ("`= NULL` is never true", 16, NESTED),
    ("cannot be a key of this index", 23, LISTS),
    ("is not a list of values", 22, LISTS),
    ("SQL cannot convert", 24, LISTS),
    ("the query gives", 24, LISTS),
    ("this does not set columns of", 24, LISTS),
    ("this is a row of", 18, SHOWS),
    ("` is not for ", 19, SHOWS),
    ("is not an iterator", 20, RUSTC),
    ("mismatched types", 23, RUSTC),
    ("this function takes 2 arguments", 16, RUSTC),
    ("no function or associated item named", 18, RUSTC),
];

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

/// Headlines that break a rule today: the program and what is wrong with it. What is mended must leave the list.
const NOT_YET: &[(&str, &str)] = &[
    ("add_assign_type", "33 lines"),
    ("aggregate_in_upsert", "20 lines"),
    ("aggregate_of_outer_query", "19 lines"),
    ("aggregate_of_outer_query_selected", "18 lines"),
    ("alias_of_alias", "6 errors, 119 lines"),
    ("alias_of_no_table", "7 errors, 119 lines"),
    ("and_operator", "3 errors, 43 lines"),
    ("arithmetic_nested", "2 errors, 39 lines"),
    ("arithmetic_with_text", "28 lines"),
    ("case_second_branch", "2 errors, 32 lines"),
    ("case_unfinished", "no words of its own, 25 lines"),
    ("conflict_after_returning", "a name that the user did not write"),
    ("conflict_target_tuple", "29 lines"),
    ("conflict_without_action", "a name that the user did not write"),
    ("cte_not_in_from", "a name that the user did not write"),
    ("default_of_column", "2 errors, 39 lines"),
    ("deferrable_on_mysql", "3 errors, 97 lines"),
    ("delete_using_query_twice", "a name that the user did not write"),
    ("delete_where_bool", "25 lines"),
    ("delete_where_nothing", "25 lines"),
    ("delete_where_text", "25 lines"),
    ("derived_joined_twice", "a name that the user did not write"),
    ("derived_locked", "25 lines, a name that the user did not write"),
    ("derived_named_like_table", "a name that the user did not write"),
    ("derived_not_grouped", "a name that the user did not write"),
    ("derived_not_in_from", "a name that the user did not write"),
    ("derived_of_one_name", "a name that the user did not write"),
    ("derived_set", "a name that the user did not write"),
    ("derived_unknown_column", "a name that the user did not write"),
    ("distinct_on_with_value", "28 lines"),
    ("do_update_column_of_other_table", "2 errors, 48 lines"),
    ("do_update_set_twice", "26 lines"),
    ("empty_values", "25 lines"),
    ("eq_tuple", "2 errors, 48 lines"),
    ("executor_handle", "a name that the user did not write"),
    ("executor_of_other_dialect", "32 lines"),
    ("executor_of_write", "25 lines"),
    ("executor_transaction", "a name that the user did not write, 55 lines"),
    ("executor_wrong", "25 lines"),
    ("field_type_option_twice", "2 errors, 31 lines"),
    ("field_type_reference", "4 errors, 90 lines"),
    ("field_type_unknown", "4 errors, 77 lines"),
    ("filter_assignment", "a name that the user did not write, 25 lines"),
    ("filter_bool", "25 lines"),
    ("filter_closure", "25 lines"),
    ("filter_order", "a name that the user did not write, 25 lines"),
    ("filters_shared_by_two_scopes", "a name that the user did not write"),
    ("for_update_outer_join_on_postgres", "25 lines"),
    ("foreign_key_no_table", "2 errors, 26 lines"),
    ("from_query_column_twice", "29 lines"),
    ("from_query_generated", "27 lines"),
    ("from_query_missing", "28 lines"),
    ("from_query_other_table", "a name that the user did not write, 26 lines"),
    ("from_query_outer", "29 lines"),
    ("from_query_single", "a name that the user did not write, 26 lines"),
    ("from_query_type", "27 lines"),
    ("function_on_sqlite", "22 lines"),
    ("greatest_of_nullable", "19 lines"),
    ("group_by_after_select", "2 errors, 32 lines"),
    ("group_by_expression_with_value", "27 lines"),
    ("group_by_order", "a name that the user did not write, 25 lines"),
    ("group_by_text", "25 lines"),
    ("group_by_twice", "2 errors, 33 lines"),
    ("group_by_value", "a name that the user did not write, 26 lines"),
    ("having_key_expression_on_mysql", "18 lines"),
    ("in_not_list", "23 lines"),
    ("in_not_list_text", "23 lines"),
    ("in_range", "23 lines"),
    ("in_subquery_grouped_without_select", "2 errors, 37 lines"),
    ("index_aggregate", "24 lines"),
    ("insert_nothing", "a name that the user did not write"),
    ("insert_row_of_patch", "33 lines"),
    ("insert_row_of_table_struct", "33 lines"),
    ("join_of_no_table", "2 errors, no words of its own, 39 lines"),
    ("join_to_a_table", "27 lines, a name that the user did not write"),
    ("join_without_on_count", "a name that the user did not write"),
    ("join_without_on_distinct", "a name that the user did not write"),
    ("join_without_on_group_by", "a name that the user did not write"),
    ("join_without_on_join", "a name that the user did not write"),
    ("join_without_on_limit", "a name that the user did not write"),
    ("join_without_on_to_sql", "a name that the user did not write"),
    ("key_expression_part_on_mysql", "21 lines"),
    ("keyset_text", "25 lines"),
    ("match_against_on_postgres", "22 lines"),
    ("mixed_aggregate_all", "no words of its own, 28 lines"),
    ("mixed_aggregate_exists", "20 lines"),
    ("negative_limit", "no words of its own"),
    ("not_grouped_all", "no words of its own, 28 lines"),
    ("order_by_assignment", "a name that the user did not write, 25 lines"),
    ("order_by_number", "25 lines"),
    ("order_by_output_expression", "a name that the user did not write"),
    ("order_by_output_foreign", "a name that the user did not write"),
    ("order_by_text", "25 lines"),
    ("other_table_in_attribute_check", "29 lines"),
    ("other_table_in_attribute_generated", "46 lines"),
    ("other_table_in_attribute_index", "25 lines"),
    ("other_table_in_attribute_unique_index", "27 lines"),
    ("outer_missing_list", "26 lines"),
    ("placeholder_not_a_list", "a name that the user did not write"),
    ("recursive_step_aggregates", "18 lines"),
    ("recursive_step_arity", "27 lines"),
    ("recursive_step_distinct", "22 lines"),
    ("recursive_step_nullable", "28 lines"),
    ("recursive_step_outer_join", "28 lines"),
    ("recursive_step_type", "28 lines"),
    ("returning_executed", "a name that the user did not write"),
    ("returning_from_query_on_sqlite", "a name that the user did not write"),
    ("returning_key", "no words of its own"),
    ("returning_nothing", "no words of its own"),
    ("row_value_list_type", "23 lines"),
    ("row_value_not_in_nullable", "23 lines"),
    ("row_value_subquery_columns", "24 lines"),
    ("row_value_subquery_type", "27 lines"),
    ("row_value_type", "22 lines"),
    ("scalar_subquery_arithmetic", "31 lines, a name that the user did not write"),
    ("scalar_subquery_having", "22 lines"),
    ("scalar_subquery_not_grouped", "20 lines"),
    ("scalar_subquery_outer_missing", "25 lines"),
    ("sql_subquery_outer_missing", "25 lines"),
    ("scalar_subquery_selected", "24 lines"),
    ("select_assignment", "no words of its own"),
    ("select_key", "2 errors, a name that the user did not write, 53 lines"),
    ("select_not_in_from_order_by_second", "2 errors, 37 lines"),
    ("select_nothing", "no words of its own"),
    ("select_order", "no words of its own"),
    ("select_too_many", "no words of its own, 32 lines"),
    ("set_alias", "a name that the user did not write"),
    ("set_condition", "25 lines"),
    ("set_insert_struct", "30 lines"),
    ("set_nothing", "25 lines"),
    ("set_other_table_second", "2 errors, 36 lines"),
    ("sql_no_expression", "2 errors, 52 lines"),
    ("sql_query_unknown_table", "20 lines"),
    ("sql_query_value_type", "25 lines"),
    ("sql_unknown_type", "2 errors, 52 lines"),
    ("subquery_filter", "a name that the user did not write, 25 lines"),
    ("totals_grouping_of_no_key", "25 lines"),
    ("totals_grouping_without_rollup", "25 lines"),
    ("totals_key_in_no_set", "17 lines"),
    ("totals_key_never_null", "17 lines"),
    ("totals_of_whole_row", "26 lines, a name that the user did not write"),
    ("union_arity", "18 lines"),
    ("union_grouped_without_select", "18 lines"),
    ("union_joined_rows", "18 lines"),
    ("union_named_rows", "16 lines"),
    ("union_order_by_foreign", "16 lines"),
    ("union_order_by_output_foreign", "a name that the user did not write"),
    ("union_order_by_unknown", "a name that the user did not write"),
    ("union_tables", "16 lines"),
    ("union_types", "16 lines"),
    ("union_types_single", "16 lines"),
    ("update_alias", "20 lines"),
    ("update_from_query_missing", "a name that the user did not write"),
    ("update_from_query_twice", "a name that the user did not write"),
    ("update_where_bool", "25 lines"),
    ("update_where_nothing", "25 lines"),
    ("update_where_text", "25 lines"),
    ("value_of_unknown_type", "2 errors, 54 lines"),
    ("values_of_column", "2 errors, 39 lines"),
    ("values_of_condition", "25 lines"),
    ("values_of_other_table", "2 errors, 36 lines"),
    ("values_of_struct", "30 lines"),
    ("values_of_values", "25 lines"),
    ("window_exclude_on_mysql", "21 lines"),
    ("window_groups_on_mysql", "21 lines"),
    ("window_in_aggregate", "19 lines"),
    ("window_in_group_by", "17 lines"),
    ("window_in_having", "16 lines"),
    ("window_in_on", "17 lines"),
    ("window_in_returning", "16 lines"),
    ("window_in_set", "17 lines"),
    ("window_in_where", "17 lines"),
    ("window_in_window", "18 lines"),
    ("window_in_window_order", "18 lines"),
    ("window_lag_without_over", "17 lines"),
    ("window_of_column_name", "19 lines, a name that the user did not write"),
    ("window_of_distinct", "22 lines"),
    ("window_of_text_function", "2 errors, 51 lines"),
    ("window_partition_by_direction", "19 lines, a name that the user did not write"),
    ("window_range_of_two_keys", "22 lines"),
    ("window_rank_unsorted", "23 lines"),
    ("window_row_number_frame", "23 lines"),
    ("window_without_over", "20 lines"),
];

/// Headlines with a name of mizzle's in them that no library can change: the program and why.
const RUSTC_SAYS_SO: &[(&str, &str)] = &[
    ("eq_operator", "`==` must give a `bool` in Rust, so it cannot be overloaded: rustc names the operands"),
    ("greater_operator", "as `==`"),
    ("row_anonymous_unknown_field", "the struct that `row!` declares is local to the function, and rustc says where"),
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
