//! How many allocations queries take. What time they take says `cargo bench -p mizzle --bench render`.

#[path = "../benches/render/counting.rs"]
mod counting;
#[path = "../benches/render/nested.rs"]
mod nested;
#[path = "../benches/render/queries.rs"]
mod queries;

fn check(dialect: &str, cases: Vec<queries::Case>, add: u64) {
    for (name, most, mut run) in cases {
        // What is made once and kept.
        run();
        let count = counting::allocations(&mut run);
        assert!(count > 0, "nothing was counted");
        let most = most + add;
        assert!(count <= most, "{dialect}, {name}: {count} allocations, {most} are enough");
    }
}

#[test]
fn queries_take_few_allocations() {
    check("SQLite", queries::sqlite(), 0);
    // The numbers of the placeholders are holes until the statement is put together, which are in lists of their own; the
    // rows are an array for each column.
    #[cfg(feature = "postgres")]
    check("PostgreSQL", queries::postgres(), 3);
}

/// The text of a thousand rows and their values, and nothing for each row.
#[test]
fn rows_take_none() {
    let alone = counting::allocations(queries::rows);
    let (_, _, mut insert) =
        queries::sqlite().into_iter().find(|(name, ..)| name.contains("1,000")).expect("the insert of 1,000 rows");
    insert();
    assert!(counting::allocations(insert) < alone + 20);
}

/// A text for each row, and a `Vec` for each row that others belong to, which never grows.
#[test]
fn relations_take_one_for_each_parent() {
    let (rows, parents) = (nested::USERS + nested::POSTS + nested::COMMENTS, nested::USERS + nested::POSTS);
    nested::load();
    let count = counting::allocations(nested::load);
    assert!(count > rows + parents, "{count}: is anything loaded?");
    assert!(count <= rows + parents + 100, "{count} allocations for {rows} rows, {parents} of them parents");
}
