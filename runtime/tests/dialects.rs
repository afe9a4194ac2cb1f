//! `docs/dialects.md` says what differs between the databases, and is generated from the facts in the code: this fails if
//! it is out of date. `UPDATE_DOCS=1 cargo test -p mizzle --all-features --test dialects` writes it.

use std::{fmt::Write as _, fs, path::Path};

use mizzle::{
    dialect::{DialectKind, FEATURES, Syntax},
    prelude::*,
    render::Statement,
    value::{DataType, EnumDef, NativeType},
};

#[expect(dead_code, reason = "only the columns matter")]
#[derive(Table)]
#[table(name = "t")]
struct Row {
    #[column(primary_key, auto_increment)]
    id: i64,
    a: i64,
    b: Option<i64>,
    x: f64,
    s: String,
}

alias!(Other = Row);

/// A table with a column for each dialect.
struct Chart(String);

impl Chart {
    fn new(title: &str) -> Self {
        let mut chart = Chart(format!("\n## {title}\n\n"));
        chart.row("", syntaxes().map(|syntax| syntax.name.to_owned()));
        chart.row("---", ["---"; 4].map(str::to_owned));
        chart
    }

    fn row(&mut self, name: &str, cells: [String; 4]) {
        let cells = cells.map(|cell| cell.replace('|', "\\|"));
        writeln!(self.0, "| {name} | {} |", cells.join(" | ")).expect("a String takes everything");
    }
}

fn syntaxes() -> [&'static Syntax; 4] {
    let all: Vec<_> = DialectKind::ALL.iter().map(|kind| kind.syntax()).collect();
    all.try_into().expect("four dialects")
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "" }.to_owned()
}

/// One query for each dialect, as code.
macro_rules! each {
    (|$dialect:ident| $make:expr) => {{
        let sqlite = {
            type $dialect = Sqlite;
            code(&$make)
        };
        let postgres = {
            type $dialect = Postgres;
            code(&$make)
        };
        let mysql = {
            type $dialect = MySql;
            code(&$make)
        };
        let mariadb = {
            type $dialect = MariaDb;
            code(&$make)
        };
        [sqlite, postgres, mysql, mariadb]
    }};
}

/// The part that matters of a query of the table `t`.
fn code(statement: &Statement) -> String {
    let mut sql = statement.sql.replace(['"', '`'], "").replace(" t.", " ").replace("(t.", "(");
    for around in ["SELECT t.id FROM t ", "SELECT id FROM t ", "SELECT ", " FROM t", "WHERE "] {
        if let Some(rest) = sql.strip_prefix(around).or(sql.strip_suffix(around)) {
            sql = rest.to_owned();
        }
    }
    format!("`{}`", sql.strip_prefix("t.").unwrap_or(&sql))
}

fn features(text: &mut String) {
    let mut chart = Chart::new("What some have and others have not");
    for feature in FEATURES {
        chart.row(feature.name, syntaxes().map(|syntax| yes(feature.dialects.contains(&syntax.name))));
    }
    text.push_str(&chart.0);
    text.push_str("\nWhere there is no yes, using it does not compile, and the error says so.\n");
}

macro_rules! spelling {
    ($chart:ident: $($name:literal $expression:expr;)*) => {
        $($chart.row($name, each!(|D| Row::query::<D>().select($expression).to_sql()));)*
    };
}

fn spellings(text: &mut String) {
    let mut chart = Chart::new("One meaning, several spellings");
    spelling! { chart:
        "`s.concat(\"!\")`" Row::s.concat("!");
        "`s.length()`" Row::s.length();
        "`s.substring(1, 2)`" Row::s.substring(1, 2);
        "`a / 2` of integers" Row::a / 2;
        "`x / 2.0` of floats" Row::x / 2.0;
        "`x.round(2)`" Row::x.round(2);
        "`b.is_same_as(a)`" Row::b.is_same_as(Row::a);
        "`b.is_different_from(a)`" Row::b.is_different_from(Row::a);
        "`a.in_([])`" Row::a.in_(Vec::<i64>::new());
        "`a.cast::<String>()`" Row::a.cast::<String>();
        "`s.cast::<i64>()`" Row::s.cast::<i64>();
        "`a.sum()`" Row::a.sum();
        "`a.avg()`" Row::a.avg();
        "`a.sum().filter(x.gt(1.0))`" Row::a.sum().filter(Row::x.gt(1.0));
        "`count_star().filter(x.gt(1.0))`" count_star().filter(Row::x.gt(1.0));
        "`s.string_agg(\", \")`" Row::s.string_agg(", ");
        "`a.json_agg()`" Row::a.json_agg();
        "`a.any_value()`" Row::a.any_value();
        "`x.sum().over(window())`" Row::x.sum().over(window());
        "`now()`" now();
        "`random()`" random();
    }
    let nulls = each!(|D| Row::query::<D>().select(Row::id).order_by(Row::b.asc().nulls_last()).to_sql());
    chart.row("`b.asc().nulls_last()`", nulls);
    chart.row("`.offset(5)` without a limit", each!(|D| Row::query::<D>().select(Row::id).offset(5).to_sql()));
    let starts = each!(|D| Row::query::<D>().select(Row::id).filter(Row::s.starts_with("50%")).to_sql());
    chart.row("`s.starts_with(\"50%\")`", starts);
    let from = each!(|D| Row::update::<D>().from::<Other>().set(Row::a.set(Other.a)).all_rows().to_sql());
    chart.row("`.from::<Other>()` of an update", from);
    text.push_str(&chart.0);
}

static MOOD: EnumDef = EnumDef { name: "mood", variants: &["sad", "happy"] };

const TYPES: [(&str, DataType); 28] = [
    ("`bool`", DataType::Bool),
    ("`i8`", DataType::I8),
    ("`i16`", DataType::I16),
    ("`i32`", DataType::I32),
    ("`i64`", DataType::I64),
    ("`u8`", DataType::U8),
    ("`u16`", DataType::U16),
    ("`u32`", DataType::U32),
    ("`u64`", DataType::U64),
    ("`f32`", DataType::F32),
    ("`f64`", DataType::F64),
    ("`Decimal`", DataType::Decimal),
    ("`String`", DataType::Text),
    ("`Vec<u8>`", DataType::Bytes),
    ("`NaiveDate`", DataType::Date),
    ("`NaiveTime`", DataType::Time),
    ("`NaiveDateTime`", DataType::DateTime),
    ("`DateTime<Utc>`", DataType::Timestamp),
    ("`Uuid`", DataType::Uuid),
    ("`Json<T>`", DataType::Json),
    ("`JsonText<T>`", DataType::JsonText),
    ("`#[derive(SqlEnum)]`", DataType::Enum(&MOOD)),
    ("`Vec<i64>`", DataType::Array(&DataType::I64)),
    ("`PgInterval`", DataType::Native(NativeType::Interval)),
    ("`IpNetwork`", DataType::Native(NativeType::Inet)),
    ("`Cidr`", DataType::Native(NativeType::Cidr)),
    ("`MacAddress`", DataType::Native(NativeType::MacAddr)),
    ("`PgRange<i64>`", DataType::Native(NativeType::Range(&DataType::I64))),
];

fn types(text: &mut String) {
    let mut chart = Chart::new("Types of columns");
    for (name, data_type) in TYPES {
        chart.row(name, syntaxes().map(|syntax| type_in(data_type, syntax)));
    }
    text.push_str(&chart.0);
}

/// A type's name, unless `ValueIn` says that the dialect has none.
fn type_in(data_type: DataType, syntax: &Syntax) -> String {
    let has = match data_type {
        DataType::Native(_) => syntax.name == "PostgreSQL",
        DataType::U64 => syntax.name == "MySQL" || syntax.name == "MariaDB",
        DataType::Decimal => syntax.name != "SQLite",
        _ => true,
    };
    let name = |keyed| {
        let mut name = String::new();
        (syntax.definitions.type_name)(&mut name, data_type, keyed);
        name
    };
    match (has, name(false), name(true)) {
        (false, ..) => String::new(),
        (_, free, keyed) if free == keyed => format!("`{free}`"),
        (_, free, keyed) => format!("`{free}`, in keys `{keyed}`"),
    }
}

fn limits(text: &mut String) {
    let mut chart = Chart::new("Tables and limits");
    chart.row("parameters of one statement", syntaxes().map(|syntax| syntax.max_parameters.to_string()));
    let indexes = |syntax: &Syntax| if syntax.definitions.expression_indexes { "yes" } else { "over hidden columns" };
    chart.row("indexes over expressions", syntaxes().map(|syntax| indexes(syntax).to_owned()));
    chart.row("partial indexes", syntaxes().map(|syntax| yes(syntax.definitions.partial_indexes)));
    chart.row("virtual generated columns", syntaxes().map(|syntax| yes(syntax.definitions.virtual_columns)));
    chart
        .row("NOT NULL generated columns", syntaxes().map(|syntax| yes(syntax.definitions.required_generated_columns)));
    chart.row("enums are types with a name", syntaxes().map(|syntax| yes(syntax.definitions.named_enums)));
    chart.row("`DEFAULT` in VALUES", syntaxes().map(|syntax| yes(syntax.writes.default_value)));
    text.push_str(&chart.0);
}

const HEAD: &str = "\
# What differs between the databases

mizzle writes the same meaning in each database's words, refuses at compile time what a database has not, and leaves
alone what means different things. The tables are generated from the facts in the code, by
`UPDATE_DOCS=1 cargo test -p mizzle --all-features --test dialects`; a test keeps them true.
";

const MEANINGS: &str = "
## What is not unified

An operation is written in one way for all databases only if it means the same in all of them. These do not:

| | |
|---|---|
| `like`, `contains`, `starts_with`, `ends_with` | ignore the case of ASCII letters on SQLite; tell it apart on PostgreSQL; go by the column's collation on MySQL and MariaDB, where mizzle creates tables with one that tells apart. In `like`, a backslash escapes `%` on all but SQLite |
| comparing text | equal texts are equal bytes in tables that mizzle creates; other tables of MySQL and MariaDB mostly ignore case and accents. Their order is that of the bytes, but on PostgreSQL that of the database's collation; MariaDB sorts by the first `max_sort_length` bytes (1024) only |
| `lower`, `upper` | know ASCII letters only on SQLite |
| `substring` | with a start below 1 or a negative count: each database has its own answer, PostgreSQL an error for the latter |
| NULL in ORDER BY | is smallest, but largest on PostgreSQL: say `nulls_first()` or `nulls_last()` |
| the order of an enum | is that of its declaration, but that of its words on SQLite; `lt`, `between`, `min`, `max` go by the declaration on PostgreSQL only |
| division by zero | is NULL, but an error on PostgreSQL, and in writes on MySQL and MariaDB: the Rust type is `Option` everywhere |
| integers that grow too large | are an error of the server, or wrap to a float on SQLite. MySQL and MariaDB calculate with the columns' own signs: `u32 - u32` below zero is an error there. PostgreSQL calculates with the columns' own sizes: `i16 * i16` beyond 32767 is an error there |
| `Decimal` | has 28 digits after the point on MySQL and MariaDB, any number on PostgreSQL; a result of more than 28 digits cannot be read from PostgreSQL and is rounded elsewhere |
| `round` | of a half goes away from zero, but to the even number on MySQL and MariaDB for floats; SQLite takes no negative places; PostgreSQL rounds what has more than 15 digits |
| casts | SQLite cuts decimals off, the others round; text that is no number is 0, but an error on PostgreSQL, and in writes on MySQL and MariaDB. Floats and decimals become text in each database's own way |
| `eq` of JSON | compares values on PostgreSQL and MySQL, text on SQLite and MariaDB. `JsonText` cannot be compared on PostgreSQL |
| `SET a = b, b = a` | uses the old values, but on MySQL and MariaDB each assignment sees those before it |
| `min` and `max` of `Uuid`, bytes and JSON | are errors on PostgreSQL |
| a key that you give for an auto-increment column | is what the next one counts on from, but not on PostgreSQL, whose next row can meet it. 0 means the next number on MySQL and MariaDB; `insert_id` does not know a negative one there |
| an error in a transaction | leaves it open, but PostgreSQL refuses everything until it is rolled back to a savepoint; on MySQL and MariaDB a deadlock ends the whole transaction, which mizzle then refuses to go on with |
| creating tables in a transaction | can be rolled back, but commits on MySQL and MariaDB: all that was done before, and each statement after it until the end |
| `SET DEFAULT` of a foreign key | is not there on MySQL and MariaDB: `create_tables` refuses it |
| `now()` | has milliseconds on SQLite, microseconds elsewhere; on PostgreSQL it is when the transaction began |
| times | have nanoseconds on SQLite, microseconds elsewhere; MySQL and MariaDB have no 29th of February of the year 0 |
| an upsert | on MySQL and MariaDB any unique key may be in conflict, not one that you name; a changed row counts as two |
| rows inserted together with others | are told apart by their keys. MySQL returns no rows: mizzle reads them back, and inserts those one by one whose keys count up and that belong to no other new row; a key that MySQL makes in another way is an error: set it to a value |
| `link`, `set_links` | on MySQL and MariaDB take a link for one that is there if any unique key of the junction is in conflict |
| `.ignore()` | leaves out rows for any reason, and cuts values that do not fit |
| a violated foreign key | says which it is, but on SQLite not even of which table; PostgreSQL does not say the columns where a parent row is deleted |
| HAVING, ORDER BY and the selection of a grouped query | can use what the group keys determine. Where a key is an expression, MySQL refuses it in larger expressions. In HAVING neither MySQL nor MariaDB takes it: that does not compile |
| `bit_and`, `bit_or` | of no rows are NULL on PostgreSQL, -1 and 0 on MySQL and MariaDB |
| `string_agg` | MySQL cuts after `group_concat_max_len` bytes (1024), MariaDB after a megabyte |
| `json_agg` | of no rows is an empty list on SQLite, NULL elsewhere |
| `FULL JOIN` | on PostgreSQL needs an equality in its condition |
| a subquery with a limit that uses the query around it, after `IN`, `ANY` or `ALL` | is refused by MariaDB when it runs (error 1054) |
| `.having(key.is_null())` with totals | finds no total on MariaDB, if the column of the key is NOT NULL: use a derived table |
| `FOR UPDATE` of rows that a window function sorts | is refused by PostgreSQL when it runs |
| a write that reads its own table in a subquery that uses the query around it | is refused by MySQL when it runs (error 1093) in `SET`, beside other tables, and where the table has no key; by MariaDB in `DELETE .. USING` |
| `FOR UPDATE` of an outer join | locks what is there, but PostgreSQL cannot: there it does not compile |
| NaN | is there on PostgreSQL only; infinities on PostgreSQL and SQLite |
| NUL in text | cannot be on PostgreSQL: binding one is an error |
| keys of text | are `varchar(255)` on MySQL and MariaDB, and one key or index can have three of them (3072 bytes) |
| a CHECK, a generated column | of an auto-increment key, a CHECK with `now()`, or one of the columns of a foreign key that sets NULL, is refused by MySQL and MariaDB, and so are indexes of JSON and names beyond 16 bits of Unicode or with a space at the end |
";

#[test]
fn the_differences_are_documented() {
    let mut text = HEAD.to_owned();
    features(&mut text);
    spellings(&mut text);
    types(&mut text);
    limits(&mut text);
    text.push_str(MEANINGS);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dialects.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, &text).expect("written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/dialects.md is out of date: run this with UPDATE_DOCS=1");
}
