//! What queries do on a real database, theme by theme: the same on every system that has what a test needs.
//!
//! The crate that this is a module of says which system: `D` is its dialect, `Db` its pool, `when!` keeps what it has.

mod aggregates;
pub(crate) mod all_types;
mod attributes;
mod bulk;
mod capabilities;
mod comparing;
mod composite_keys;
mod counting;
mod ctes;
mod defaults;
mod derived;
mod dialect_queries;
mod dialect_writes;
mod documentation;
mod dynamic;
mod each;
mod endless_shapes;
mod errors;
mod exactly;
mod executors;
mod expressions;
mod few_rows;
mod filters;
mod functions;
mod grouping;
mod identifiers;
mod ids;
mod indexes;
mod insert;
mod joins;
mod keys;
mod linking;
mod lists;
mod literals;
mod loading;
mod locks;
pub(crate) mod model;
mod modes;
mod modules;
mod nested_keys;
mod nested_writes;
pub(crate) mod numbers;
mod one_state;
mod paging;
mod prepared;
mod raw_sql;
mod recorded;
mod related;
mod relations;
mod retries;
pub(crate) mod round_trips;
mod row_values;
mod scalars;
mod schema;
mod searching;
mod select;
mod sets;
mod shape_fields;
mod shape_pages;
mod shapes;
mod snapshots;
mod stopping;
pub(crate) mod strategies;
mod subqueries;
mod through;
mod totals;
mod transactions;
mod update_delete;
mod upsert;
mod wide;
mod wide_numbers;
mod windows;
mod write_ctes;
mod writes_from_queries;
mod writes_reading_themselves;

use mizzle::schema::Schema;
use mizzle_tests::{Result, TestDatabase as _};

use crate::Db;

/// A database of one's own with the tables of `schema`, for one connection.
pub(crate) async fn database(schema: &Schema) -> Result<Db> {
    let db = Db::empty(1).await?;
    schema.create_tables(&db).await?;
    Ok(db)
}
