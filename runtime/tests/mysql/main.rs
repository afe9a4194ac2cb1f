//! MySQL and MariaDB: the same tests on both, on real servers (`scripts/databases start mysql mariadb`).
#![cfg(feature = "mysql")]

#[macro_use]
mod database;
mod errors;
mod round_trips;
mod schema;
mod stopping;
mod transactions;
mod values;
