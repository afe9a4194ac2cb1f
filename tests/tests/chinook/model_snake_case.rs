//! The eleven tables, by the names that they have in PostgreSQL.

use chrono::NaiveDateTime;
use mizzle::prelude::*;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "artist", insert = NewArtist, has_many(albums = Album::artist_id))]
pub(crate) struct Artist {
    #[column(name = "artist_id", primary_key)]
    pub(crate) id: i64,
    #[column(name = "name")]
    pub(crate) name: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "album", insert = NewAlbum, has_many(tracks = Track::album_id))]
#[table(index(name = "album_artist_id_idx", on = Album::artist_id))]
pub(crate) struct Album {
    #[column(name = "album_id", primary_key)]
    pub(crate) id: i64,
    #[column(name = "title")]
    pub(crate) title: String,
    #[column(name = "artist_id", references = Artist::id)]
    pub(crate) artist_id: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "employee", insert = NewEmployee, has_many(reports = Employee::reports_to, customers = Customer::support_rep_id))]
#[table(index(name = "employee_reports_to_idx", on = Employee::reports_to))]
pub(crate) struct Employee {
    #[column(name = "employee_id", primary_key)]
    pub(crate) id: i64,
    #[column(name = "last_name")]
    pub(crate) last_name: String,
    #[column(name = "first_name")]
    pub(crate) first_name: String,
    #[column(name = "title")]
    pub(crate) title: Option<String>,
    #[column(name = "reports_to", references = Employee::id, relation = manager)]
    pub(crate) reports_to: Option<i64>,
    #[column(name = "birth_date")]
    pub(crate) birth_date: Option<NaiveDateTime>,
    #[column(name = "hire_date")]
    pub(crate) hire_date: Option<NaiveDateTime>,
    #[column(name = "address")]
    pub(crate) address: Option<String>,
    #[column(name = "city")]
    pub(crate) city: Option<String>,
    #[column(name = "state")]
    pub(crate) state: Option<String>,
    #[column(name = "country")]
    pub(crate) country: Option<String>,
    #[column(name = "postal_code")]
    pub(crate) postal_code: Option<String>,
    #[column(name = "phone")]
    pub(crate) phone: Option<String>,
    #[column(name = "fax")]
    pub(crate) fax: Option<String>,
    #[column(name = "email")]
    pub(crate) email: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "customer", insert = NewCustomer, has_many(invoices = Invoice::customer_id))]
#[table(index(name = "customer_support_rep_id_idx", on = Customer::support_rep_id))]
pub(crate) struct Customer {
    #[column(name = "customer_id", primary_key)]
    pub(crate) id: i64,
    #[column(name = "first_name")]
    pub(crate) first_name: String,
    #[column(name = "last_name")]
    pub(crate) last_name: String,
    #[column(name = "company")]
    pub(crate) company: Option<String>,
    #[column(name = "address")]
    pub(crate) address: Option<String>,
    #[column(name = "city")]
    pub(crate) city: Option<String>,
    #[column(name = "state")]
    pub(crate) state: Option<String>,
    #[column(name = "country")]
    pub(crate) country: Option<String>,
    #[column(name = "postal_code")]
    pub(crate) postal_code: Option<String>,
    #[column(name = "phone")]
    pub(crate) phone: Option<String>,
    #[column(name = "fax")]
    pub(crate) fax: Option<String>,
    #[column(name = "email")]
    pub(crate) email: String,
    #[column(name = "support_rep_id", references = Employee::id)]
    pub(crate) support_rep_id: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "genre", insert = NewGenre, has_many(tracks = Track::genre_id))]
pub(crate) struct Genre {
    #[column(name = "genre_id", primary_key)]
    pub(crate) id: i64,
    #[column(name = "name")]
    pub(crate) name: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "invoice", insert = NewInvoice, has_many(lines = InvoiceLine::invoice_id))]
#[table(index(name = "invoice_customer_id_idx", on = Invoice::customer_id))]
pub(crate) struct Invoice {
    #[column(name = "invoice_id", primary_key)]
    pub(crate) id: i64,
    #[column(name = "customer_id", references = Customer::id)]
    pub(crate) customer_id: i64,
    #[column(name = "invoice_date")]
    pub(crate) date: NaiveDateTime,
    #[column(name = "billing_address")]
    pub(crate) address: Option<String>,
    #[column(name = "billing_city")]
    pub(crate) city: Option<String>,
    #[column(name = "billing_state")]
    pub(crate) state: Option<String>,
    #[column(name = "billing_country")]
    pub(crate) country: Option<String>,
    #[column(name = "billing_postal_code")]
    pub(crate) postal_code: Option<String>,
    #[column(name = "total")]
    pub(crate) total: f64,
}

table! {
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) MediaType = "media_type" (insert = NewMediaType, has_many(tracks = Track::media_type_id)) {
        id: i64 [name = "media_type_id", primary_key],
        name: Option<String> [name = "name"],
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) Track = "track" (
        insert = NewTrack,
        has_many(lines = InvoiceLine::track_id, entries = PlaylistTrack::track_id),
        index(name = "track_album_id_idx", on = Track::album_id),
        index(name = "track_genre_id_idx", on = Track::genre_id),
        index(name = "track_media_type_id_idx", on = Track::media_type_id),
    ) {
        id: i64 [name = "track_id", primary_key],
        name: String [name = "name"],
        album_id: Option<i64> [name = "album_id", references = Album::id],
        media_type_id: i64 [name = "media_type_id", references = MediaType::id],
        genre_id: Option<i64> [name = "genre_id", references = Genre::id],
        composer: Option<String> [name = "composer"],
        milliseconds: i64 [name = "milliseconds"],
        bytes: Option<i64> [name = "bytes"],
        unit_price: f64 [name = "unit_price"],
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) InvoiceLine = "invoice_line" (
        insert = NewInvoiceLine,
        index(name = "invoice_line_invoice_id_idx", on = InvoiceLine::invoice_id),
        index(name = "invoice_line_track_id_idx", on = InvoiceLine::track_id),
    ) {
        id: i64 [name = "invoice_line_id", primary_key],
        invoice_id: i64 [name = "invoice_id", references = Invoice::id],
        track_id: i64 [name = "track_id", references = Track::id],
        unit_price: f64 [name = "unit_price"],
        quantity: i64 [name = "quantity"],
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) Playlist = "playlist" (insert = NewPlaylist, has_many(entries = PlaylistTrack::playlist_id)) {
        id: i64 [name = "playlist_id", primary_key],
        name: Option<String> [name = "name"],
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) PlaylistTrack = "playlist_track" (
        insert = NewPlaylistTrack,
        primary_key(playlist_id, track_id),
        index(name = "playlist_track_playlist_id_idx", on = PlaylistTrack::playlist_id),
        index(name = "playlist_track_track_id_idx", on = PlaylistTrack::track_id),
    ) {
        playlist_id: i64 [name = "playlist_id", references = Playlist::id],
        track_id: i64 [name = "track_id", references = Track::id],
    }
}
