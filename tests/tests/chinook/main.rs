//! Questions to the Chinook database, a shop for music: each is asked with mizzle and in plain SQL, and the answers compared.

mod customers;
mod database;
mod model;
mod playlists;
mod sales;
mod schema;
mod staff;
mod tracks;
