//! mizzle: SQL in Rust, checked by the compiler.
//!
//! Annotate structs, compose queries from the columns that they give you, run them on a pool. A query that the database
//! would refuse does not compile, and the error says so in SQL's words, at the argument.
//!
//! ```
//! use mizzle::prelude::*;
//!
//! #[derive(Table, Debug, Clone, PartialEq)]
//! #[table(name = "users", insert = NewUser, has_many(posts = Post::author_id))]
//! pub struct User {
//!     #[column(primary_key, auto_increment)]
//!     pub id: i64,
//!     pub name: String,
//!     pub age: Option<i32>,
//! }
//!
//! #[derive(Table, Debug, Clone, PartialEq)]
//! #[table(name = "posts")]
//! pub struct Post {
//!     #[column(primary_key, auto_increment)]
//!     pub id: i64,
//!     pub title: String,
//!     #[column(references = User::id, on_delete = cascade)]
//!     pub author_id: i64,
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), mizzle::Error> {
//! let db = SqlitePool::connect("sqlite::memory:").await?;
//! schema! { User, Post }.create_tables(&db).await?;
//!
//! let ann = User::insert().row(NewUser::new("Ann")).returning(User::id).fetch_one(&db).await?;
//! Post::insert().values((Post::title.set("Hello"), Post::author_id.set(ann))).execute(&db).await?;
//!
//! let posts: Vec<(String, Option<String>)> = User::query()
//!     .left_join::<Post>()
//!     .on(User::posts())
//!     .filter(User::name.like("A%"))
//!     .select((User::name, Post::title))
//!     .order_by(User::name.asc())
//!     .fetch_all(&db)
//!     .await?;
//! assert_eq!(posts, [("Ann".to_owned(), Some("Hello".to_owned()))]);
//! # Ok(())
//! # }
//! ```
//!
//! # Pools
//!
//! For SQLite there is a pool of mizzle's own, [`SqlitePool`]. The pools, connections and transactions of sqlx run queries
//! of all databases, SQLite as well, so that mizzle can join a program one query at a time:
//!
//! ```
//! use mizzle::prelude::*;
//!
//! #[derive(Table)]
//! #[table(name = "users")]
//! struct User {
//!     #[column(primary_key)]
//!     id: i64,
//!     name: String,
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let pool = sqlx::SqlitePool::connect("sqlite::memory:").await?;
//! schema! { User }.create_tables(&pool).await?;
//!
//! let mut transaction = pool.begin().await?;
//! sqlx::query("INSERT INTO users VALUES (1, 'Ann')").execute(&mut *transaction).await?;
//! User::update().set(User::name.set("Bea")).filter(User::id.eq(1)).execute(&mut transaction).await?;
//! transaction.commit().await?;
//! assert_eq!(User::query().select(User::name).fetch_one(&pool).await?, "Bea");
//! # Ok(())
//! # }
//! ```
//!
//! # Where to look
//!
//! | for | see |
//! |---|---|
//! | the attributes of tables and columns | [`macro@Table`], [`table!`](macro@table) |
//! | queries, joins, grouping, paging | [`Select`](query::Select) |
//! | queries that are rendered once and run often | [`prepare`](query::prepare) |
//! | structs that say what is selected and loaded | [`macro@Shape`], [`Shape`](shape::Shape), [`shape`](shape::InShape::shape) |
//! | pages by keys, cursors | [`Select::keyset`](query::Select::keyset) |
//! | queries that are decided at run time | [`Filters`](query::Filters), [`Select::narrow`](query::Select::narrow), [`sortable!`] |
//! | relations, loaded with their rows or asked for them | [`Rel`](relation::Rel), [`Select::with`](query::Select::with) |
//! | writes | [`Insert`](query::Insert), [`Update`](query::Update), [`Delete`](query::Delete) |
//! | operators and functions | the traits of [`expr`]: [`CompareExpr`](expr::CompareExpr), [`TextExpr`](expr::TextExpr), [`AggregateExpr`](expr::AggregateExpr), .. |
//! | window functions | [`row_number`](expr::row_number()), [`WindowExpr`](expr::WindowExpr), [`window`](expr::window()), [`partition_by`](expr::partition_by) |
//! | totals over groups | [`rollup`](query::rollup), [`cube`](query::cube), [`grouping_sets`](query::grouping_sets) |
//! | full-text search | `to_tsvector` and [`match_against`](expr::match_against()) in [`expr`] |
//! | what the language lacks | [`sql!`](macro@sql), [`sql_function!`](macro@sql_function) |
//! | running, transactions | [`SqlitePool`], [`Executor`](run::Executor), [`Transactions`](run::Transactions) |
//! | creating tables | [`schema!`], [`Schema`](schema::Schema) |
//! | types of values | [`SqlValue`](value::SqlValue), [`Json`] |
//! | what can go wrong | [`Error`] |

pub mod dialect;
pub mod error;
pub mod expr;
mod hash;
pub mod query;
pub mod relation;
pub mod render;
pub mod run;
pub mod schema;
pub mod shape;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod table;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod utf8;
pub mod value;

pub use error::Error;
pub use mizzle_macros::{Shape, SqlEnum, SqlRow, SqlValue, Table, row, sql, sql_function, sql_query, table};
#[cfg(feature = "sqlite")]
pub use sqlite::SqlitePool;
pub use table::Table;
pub use value::Json;

/// What a program that uses mizzle imports: `use mizzle::prelude::*`.
pub mod prelude {
    #[cfg(feature = "postgres")]
    pub use crate::dialect::Postgres;
    #[cfg(feature = "mysql")]
    pub use crate::dialect::{MariaDb, MySql};
    #[cfg(feature = "mysql")]
    pub use crate::expr::{match_against, match_against_boolean};
    #[cfg(feature = "sqlite")]
    pub use crate::sqlite::SqlitePool;
    pub use crate::table::Table;
    pub use crate::{
        Json, alias,
        dialect::{Dialect, Sqlite},
        expr::{
            AggregateExpr as _, ArrayExpr as _, ArrayFunctions as _, CastExpr as _, CollectExpr as _, CompareExpr as _,
            GreatestExpr as _, JsonExpr as _, JsonFunctions as _, ListExpr as _, LogicExpr as _, NullExpr as _,
            NumberExpr as _, Param, QuantifiedExpr as _, RegexExpr as _, RegexFunctions as _, StatisticsExpr as _,
            SystemExpr as _, TextExpr as _, TextFunctions as _, TimeExpr as _, WindowExpr as _, case, case_when,
            constant, count_star, cume_dist, current_date, current_row, current_time, dense_rank, following,
            from_unix_seconds, json_array, json_object, make_date, not, now, ntile, partition_by, percent_rank, pi,
            preceding, random, rank, row_number, row_value, unbounded, value, window,
        },
        query::{
            Cte, Cursor, DerivedTable, Direction, Filters, LateralTable, OrderExpr as _, Prepared, PreparedInsert,
            PreparedWrite, Select, Sortable as _, Sorting, and, cube, excluded, exists, grouping, grouping_sets,
            inserted, not_exists, or, prepare, recursive, recursive_distinct, rollup,
        },
        run::{Executor, Retries as _, Transactions as _, Tx},
        schema,
        shape::{InShape as _, Shape},
        sortable,
        table::Alias as _,
    };
    #[cfg(feature = "postgres")]
    pub use crate::{
        expr::{
            SearchExpr as _, Weight, phraseto_tsquery, plainto_tsquery, setweight, to_tsquery, to_tsvector,
            ts_headline, ts_rank, ts_rank_cd, websearch_to_tsquery,
        },
        value::{TsQuery, TsVector},
    };
    pub use mizzle_macros::{Shape, SqlEnum, SqlRow, SqlValue, Table, row, sql, sql_function, sql_query, table};
}

/// What the macros name; not for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use std::{
        option::Option::{self, None, Some},
        result::Result::{self, Err, Ok},
    };

    pub use mizzle_macros::__alias_id;
    pub use serde;

    pub use crate::{
        __condition, __default, __definition, __generated, __keys, __operand,
        dialect::{self, Dialect},
        error::Error,
        expr::{raw, raw_end, raw_list, raw_table},
        query::{
            AssignmentList, Assignments, ByPatch, Direction, Fits, InScope, Nowhere, OutputColumn, OutputColumns,
            OutputName, OutputRow, SameColumn, SetPart, SortKeys, SortList, SortPart, Sortable, SqlRow, StandsIn,
            Takes, UnknownSortKey, WithTypes, WrittenRow, fit, map_row, output_column, raw_exists, sort_by, sql_query,
        },
        relation::{
            BelongsTo, CompositeKey, HasMany, HasManyThrough, HasOne, HasPrimaryKey, KeyPart, Rel, RelationFilter,
            RelationScope, SetsKeys, ThroughOrder, column_name, foreign_key, foreign_key_of, foreign_key_part, high,
            low, nullable, one_row_each, relation, relation_of_one,
        },
        render::Fragment,
        run::RowReader,
        shape::{Fields, Selection, Shape, Unread, field, named},
        table::*,
        value::{ArrayElement, DataType, EnumDef, FieldType, NotNull, Nullable, SqlValue, Value, ValueIn},
    };
}
