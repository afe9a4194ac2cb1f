//! Musicians, their albums and songs, and the bands that they play in.

use mizzle::prelude::*;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "guide_musicians", insert = NewMusician)]
#[table(
    has_many(
        albums = Album::musician_id,
        // Only those for which a condition holds.
        long_albums(Album::musician_id, filter = Album::minutes.ge(60)),
        students = Musician::teacher_id,
        // By way of a table that has a key of each.
        bands(Band, through(Member::musician_id, Member::band_id)),
    ),
    has_one(portrait = Portrait::musician_id)
)]
pub struct Musician {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub name: String,
    #[column(references = Musician::id)]
    pub teacher_id: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "guide_albums", insert = NewAlbum, has_many(songs = Song::album_id))]
pub struct Album {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub title: String,
    pub minutes: i32,
    #[column(references = Musician::id, on_delete = cascade)]
    pub musician_id: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "guide_songs", insert = NewSong)]
pub struct Song {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub title: String,
    #[column(references = Album::id, on_delete = cascade)]
    pub album_id: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "guide_portraits", insert = NewPortrait)]
pub struct Portrait {
    /// One for each musician, at most.
    #[column(primary_key, references = Musician::id, on_delete = cascade)]
    pub musician_id: i64,
    pub painter: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "guide_bands", insert = NewBand)]
#[table(has_many(musicians(Musician, through(Member::band_id, Member::musician_id))))]
pub struct Band {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub name: String,
}

/// Who plays in which band.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "guide_members", insert = NewMember, primary_key(musician_id, band_id))]
pub struct Member {
    #[column(references = Musician::id, on_delete = cascade)]
    pub musician_id: i64,
    #[column(references = Band::id, on_delete = cascade)]
    pub band_id: i64,
    pub instrument: String,
}

pub static SCHEMA: mizzle::schema::Schema = mizzle::schema! { Musician, Album, Song, Portrait, Band, Member };
