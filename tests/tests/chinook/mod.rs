//! Questions to the Chinook database, a shop for music: each is asked with mizzle and in plain SQL, and the answers
//! compared. `crate::chinook_model` are its tables, by the names that they have in this system.

mod answers;
mod customers;
mod database;
mod manuals;
mod playlists;
mod sales;
mod schema;
mod searches;
mod staff;
mod tracks;
mod writes;
