//! What a page about a musician shows.

use mizzle::prelude::*;
use serde::Serialize;

use crate::tables::{Album, Band, Musician, Song};

#[derive(Shape, Debug, Serialize)]
#[shape(table = Musician)]
pub struct Page {
    pub name: String,
    /// The column and the relation are called as the field is, unless it says otherwise.
    pub teacher: Option<Teacher>,
    #[shape(expr = Musician::albums().order_by(Album::minutes.desc()).limit(2))]
    pub albums: Vec<Record>,
    #[shape(expr = Musician::bands().select(Band::name).order_by(Band::name))]
    pub bands: Vec<String>,
    #[shape(expr = Musician::albums().count())]
    pub album_count: i64,
}

#[derive(Shape, Debug, Serialize)]
#[shape(table = Musician)]
pub struct Teacher {
    pub name: String,
}

#[derive(Shape, Debug, Serialize)]
#[shape(table = Album)]
pub struct Record {
    pub title: String,
    pub minutes: i32,
    #[shape(expr = Album::songs().order_by(Song::title))]
    pub songs: Vec<Track>,
}

#[derive(Shape, Debug, Serialize)]
#[shape(table = Song)]
pub struct Track {
    pub title: String,
}
