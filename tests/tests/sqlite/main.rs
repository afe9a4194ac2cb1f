//! What queries do on a real SQLite database, theme by theme.

mod aggregates;
mod attributes;
mod bulk;
mod errors;
mod executors;
mod expressions;
mod filters;
mod grouping;
mod identifiers;
mod insert;
mod joins;
mod literals;
mod model;
mod modules;
mod raw_sql;
mod relations;
mod round_trips;
mod schema;
mod select;
mod snapshots;
mod stopping;
mod subqueries;
mod transactions;
mod update_delete;
mod upsert;
mod wide;
