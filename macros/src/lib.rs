//! The derive and function-like macros of mizzle.
//!
//! Use them through the `mizzle` crate, which re-exports all of them; what they write refers to `::mizzle`.

mod attr;
mod case;
mod dialects;
mod errors;
mod hash;
mod row;
mod shape;
mod sql;
mod suggest;
mod table;
#[cfg(test)]
mod testing;
mod types;
mod value;

use proc_macro::TokenStream;

/// Makes a struct a table: `User` is the table and its row, `User::name` is a typed column.
///
/// ```text
/// #[derive(Table, Debug, Clone, PartialEq)]
/// #[table(name = "users", insert = NewUser, update = UserPatch)]
/// #[table(unique_index(name = "users_email_ci", on = User::email.lower()), check(User::age.ge(0)))]
/// #[table(has_many(posts = Post::author_id))]
/// pub struct User {
///     #[column(primary_key, auto_increment)]
///     pub id: i64,
///     pub name: String,
///     pub email: String,
///     pub age: Option<i32>,
///     #[column(default = now())]
///     pub created_at: DateTime<Utc>,
/// }
/// ```
///
/// `#[table(..)]` may be given several times and takes:
///
/// - `name = "users"`: the name in SQL; without it, the struct's name in snake_case. `schema = "auth"`: its schema.
/// - `insert = NewUser`, `update = UserPatch`: writes a struct to insert rows with, and one to change them with.
/// - `columns = UserColumns`: writes this unit struct and puts the columns and relations there, for a struct whose own
///   methods have the names of its fields.
/// - `primary_key(a, b)`, `unique(a, b)`, `unique(name = "..", columns(a, b))`
/// - `index(on = User::name)`, `unique_index(name = "..", on = (User::a.asc(), User::b.lower()), where = CONDITION)`:
///   the name may be left out where every key is a column.
/// - `check(CONDITION)`, `check(name = "..", CONDITION)`
/// - `has_many(posts = Post::author_id)`, `has_one(profile = Profile::user_id)`: the rows whose column is this row's
///   key. `has_one` needs a unique column, unless a condition says which row is meant:
///   `has_one(home(Address::user_id, filter = Address::is_home))`, which takes any one if there are several. A
///   `filter = CONDITION` is one of the query language, as `.filter(..)` takes it, which all databases of the table must
///   have.
/// - `has_many(groups(Group, through(Membership::user_id, Membership::group_id)))`: the rows of `Group` that rows of the
///   table between link with this one; it may have a `filter` too, which can name both tables.
/// - `shape(PostHead, except(body, price))`: writes a struct with all columns but these, as visible as the table, that
///   queries select by `.shape::<PostHead>()`; `derive(Debug, Serialize)` beside `except` says what it derives, which is
///   `Debug, Clone` otherwise.
/// - `dialect = Postgres`, `dialect(MySql, MariaDb)`: the only databases that the table is for. It can then have columns
///   of types that only they have, and a query of it does not compile for others.
/// - `crate = path`: where mizzle is, if not at `::mizzle`.
///
/// `#[column(..)]` takes:
///
/// - `primary_key`, `auto_increment`, `unique`, `name = ".."`
/// - `default = EXPRESSION`: the database's default. `default_fn = PATH`, `on_update_fn = PATH`: functions that mizzle
///   calls on each insert or update that does not set the column.
/// - `generated = EXPRESSION`, `generated_virtual = EXPRESSION`: computed by the database, stored or on reading.
/// - `references = User::id`, `on_delete = cascade`, `on_update = cascade`: a foreign key; the actions are `cascade`,
///   `restrict`, `set_null`, `set_default` and `no_action`.
/// - `relation = writer`: the name of the foreign key's accessor; without it, `author_id` gives `Post::author()`.
/// - `constant = NAME`: the name of the column's constant, if not the field's.
#[proc_macro_derive(Table, attributes(table, column))]
pub fn derive_table(input: TokenStream) -> TokenStream {
    table::derive(input.into()).into()
}

/// Makes a struct a shape of a table: it holds some columns, expressions of them, and what relations lead to.
///
/// ```text
/// #[derive(Shape)]
/// #[shape(table = User)]
/// struct Profile {
///     id: i64,
///     name: String,
///     posts: Vec<PostCard>,
///     manager: Option<User>,
///     #[shape(expr = User::posts().order_by(Post::id.desc()).limit(1))]
///     latest: Vec<PostCard>,
///     #[shape(expr = User::name.length())]
///     letters: i64,
///     #[shape(from = email)]
///     address: String,
/// }
///
/// let profiles: Vec<Profile> = User::query().shape::<Profile>().fetch_all(&db).await?;
/// ```
///
/// A field is the column or the relation that the table calls by its name. Its type is that of the column, `Option` where
/// it can be NULL. A relation is a `Vec`, an `Option` or one of a shape of the table that it leads to, or of that table
/// itself. Only what the shape names is selected, and the keys of relations.
///
/// `#[shape(..)]` takes on the struct:
///
/// - `table = User`: the table; where its columns are in a struct of their own, that.
/// - `dialect = Postgres`, `dialect(MySql, MariaDb)`: the only databases that the shape is for, so that its expressions can
///   be what only they have.
/// - `crate = path`: where mizzle is, if not at `::mizzle`.
///
/// On a field:
///
/// - `from = title`: the column or relation, if the field is not called like it.
/// - `expr = EXPRESSION`: an expression of the table's columns, or a relation with conditions, an order, a limit or a
///   selection of its own.
#[proc_macro_derive(Shape, attributes(shape))]
pub fn derive_shape(input: TokenStream) -> TokenStream {
    shape::derive(input.into()).into()
}

/// Makes a newtype usable wherever its only field is: `struct UserId(i64);`.
///
/// ```text
/// #[derive(SqlValue, Debug, Clone, Copy, PartialEq)]
/// pub struct UserId(pub i64);
/// ```
#[proc_macro_derive(SqlValue)]
pub fn derive_sql_value(input: TokenStream) -> TokenStream {
    value::derive_newtype(input.into()).into()
}

/// Lets a struct hold the rows of `sql_query!`: a field for each column, in the order of the columns.
///
/// ```text
/// #[derive(SqlRow, Debug)]
/// struct Total {
///     category: String,
///     views: Option<i64>,
/// }
/// ```
#[proc_macro_derive(SqlRow)]
pub fn derive_sql_row(input: TokenStream) -> TokenStream {
    value::derive_sql_row(input.into()).into()
}

/// Makes an enum without fields one of a list of words in SQL.
///
/// ```text
/// #[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
/// #[sql_enum(name = "mood", rename_all = "lowercase")]
/// pub enum Mood {
///     Happy,
///     #[sql_enum(rename = "so-so")]
///     SoSo,
/// }
/// ```
///
/// The words are the variants' names in snake_case unless `rename_all` or a variant's `rename` says otherwise.
#[proc_macro_derive(SqlEnum, attributes(sql_enum))]
pub fn derive_sql_enum(input: TokenStream) -> TokenStream {
    value::derive_enum(input.into()).into()
}

/// Declares tables in one compact block; each becomes a struct with `#[derive(Table)]`.
///
/// ```text
/// table! {
///     /// Someone who can log in.
///     #[derive(Debug, Clone)]
///     pub User = "users" (insert = NewUser, update = UserPatch, check(User::age.ge(0))) {
///         id: i64 [primary_key, auto_increment],
///         name: String,
///         pub(crate) age: Option<i32>,
///     }
/// }
/// ```
///
/// What `#[table(..)]` takes goes in the parentheses, what `#[column(..)]` takes in the brackets. Fields are as
/// visible as the struct unless they say otherwise.
#[proc_macro]
pub fn table(input: TokenStream) -> TokenStream {
    table::block(input.into()).into()
}

/// Raw SQL as an expression: its type first, then a literal in which `{expression}` is an operand.
///
/// ```text
/// let max = 8;
/// Post::query().filter(sql!(bool, "length({Post::title}) < {max}"));
/// ```
///
/// A Rust value in braces is bound as a parameter. Braces for SQL itself are doubled: `{{` and `}}`.
///
/// - `{User::name}`: a column; it must be part of the query.
/// - `{max}`, `{term.trim()}`: a value, bound. `{Post::views + 1}`, `{exists(..)}`: any expression.
/// - `IN ({ids})`: a list (an array, a slice or a `Vec`), of which each value is bound. `NOT IN` of an empty list is true.
/// - `IN ({query})`: a query of one column; `EXISTS ({query})`: any query. They name the tables of the query around them by
///   `.outer::<T>()`. `{query}` elsewhere is a query of one value: one aggregate, or `.one_value()`.
/// - `{User}`: the name of a table, or of an alias with its table: a type in camel case.
///
/// What cannot be right in any database is refused where it stands in the text: braces in quotes (`'{name}'` would be text),
/// placeholders (`?`, `$1`, `:name`), quotes, comments and parentheses that are not closed, a `;`.
///
/// PostgreSQL's operators with a `?` are methods: `.has_key(..)`, `.has_any_key(..)`, `.has_all_keys(..)`.
#[proc_macro]
pub fn sql(input: TokenStream) -> TokenStream {
    sql::expression(input.into()).into()
}

/// A whole statement in raw SQL, for what the language lacks: the type of its rows first, then a literal as in `sql!`.
///
/// ```text
/// #[derive(SqlRow)]
/// struct Total { category: String, views: Option<i64> }
///
/// let totals = sql_query!(Total, "SELECT {Post::category}, sum({Post::views}) FROM {Post} WHERE {Post::id} > {min} GROUP BY 1");
/// let totals: Vec<Total> = totals.fetch_all(&db).await?;
/// let one: (i64, String) = sql_query!((i64, String), "SELECT 1, 'x'").fetch_one(&db).await?;
/// sql_query!("ANALYZE").execute(&db).await?;
/// ```
///
/// A row is a tuple of values, one value, a table (all columns in their order) or a struct with `#[derive(SqlRow)]`; without
/// one it is `()`. It runs wherever queries run: `.fetch_all`, `.fetch_one`, `.fetch_optional`, `.fetch`, `.execute`.
///
/// What is checked: that tables and columns exist, that values and functions are those of the database, that all values are
/// bound; and when it runs, that the row has as many columns as its type and each is of its field's kind.
///
/// What is not: the SQL around the braces; whether a column's table is in FROM; the order and the meaning of the result's
/// columns; NULL in a column whose field has no `Option`, which is an error when such a row is read. Columns are qualified
/// (`"users"."id"`), which a list of columns to insert into does not take.
#[proc_macro]
pub fn sql_query(input: TokenStream) -> TokenStream {
    sql::query(input.into()).into()
}

/// Declares functions of SQL, so that they can be called with columns, expressions and values.
///
/// ```text
/// sql_function! {
///     /// Whether the text is shorter than `n` characters.
///     pub fn length_less_than(column: String, n: i32) -> bool = "length({column}) < {n}"
/// }
/// Post::query().filter(length_less_than(Post::title, 8));
/// ```
#[proc_macro]
pub fn sql_function(input: TokenStream) -> TokenStream {
    sql::functions(input.into()).into()
}

/// Selects a row with names: `row!({ .. })` declares nothing, `row!(Card { .. })` fills a struct of yours.
///
/// ```text
/// User::query().select(row!({ id: User::id, chars: User::name.length() }));
/// User::query().select(row!(Card { id: User::id, title: User::name }));
/// ```
///
/// A variable of the field's name needs no `:`, as in a struct: `row!({ id: User::id, chars })`.
///
/// A field whose type is not the value's is an error at that value.
#[proc_macro]
pub fn row(input: TokenStream) -> TokenStream {
    row::expand(input.into()).into()
}

/// The identity of an alias as a type; `alias!` calls it.
#[doc(hidden)]
#[proc_macro]
pub fn __alias_id(input: TokenStream) -> TokenStream {
    table::alias_id(&input.to_string()).into()
}
