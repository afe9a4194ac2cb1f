//! PostgreSQL, on a real server: `scripts/databases start postgres`, or POSTGRES_URL.

mod database;
mod errors;
mod expressions;
mod reading;
mod schema;
mod stopping;
mod transactions;
mod values;

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
