//! The eleven tables.

use chrono::NaiveDateTime;
use mizzle::prelude::*;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "Artist", insert = NewArtist, has_many(albums = Album::artist_id))]
pub(crate) struct Artist {
    #[column(name = "ArtistId", primary_key)]
    pub(crate) id: i64,
    #[column(name = "Name")]
    pub(crate) name: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "Album", insert = NewAlbum, has_many(tracks = Track::album_id))]
#[table(index(name = "IFK_AlbumArtistId", on = Album::artist_id))]
pub(crate) struct Album {
    #[column(name = "AlbumId", primary_key)]
    pub(crate) id: i64,
    #[column(name = "Title")]
    pub(crate) title: String,
    #[column(name = "ArtistId", references = Artist::id)]
    pub(crate) artist_id: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "Employee", insert = NewEmployee, has_many(reports = Employee::reports_to, customers = Customer::support_rep_id))]
#[table(index(name = "IFK_EmployeeReportsTo", on = Employee::reports_to))]
pub(crate) struct Employee {
    #[column(name = "EmployeeId", primary_key)]
    pub(crate) id: i64,
    #[column(name = "LastName")]
    pub(crate) last_name: String,
    #[column(name = "FirstName")]
    pub(crate) first_name: String,
    #[column(name = "Title")]
    pub(crate) title: Option<String>,
    #[column(name = "ReportsTo", references = Employee::id, relation = manager)]
    pub(crate) reports_to: Option<i64>,
    #[column(name = "BirthDate")]
    pub(crate) birth_date: Option<NaiveDateTime>,
    #[column(name = "HireDate")]
    pub(crate) hire_date: Option<NaiveDateTime>,
    #[column(name = "Address")]
    pub(crate) address: Option<String>,
    #[column(name = "City")]
    pub(crate) city: Option<String>,
    #[column(name = "State")]
    pub(crate) state: Option<String>,
    #[column(name = "Country")]
    pub(crate) country: Option<String>,
    #[column(name = "PostalCode")]
    pub(crate) postal_code: Option<String>,
    #[column(name = "Phone")]
    pub(crate) phone: Option<String>,
    #[column(name = "Fax")]
    pub(crate) fax: Option<String>,
    #[column(name = "Email")]
    pub(crate) email: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "Customer", insert = NewCustomer, has_many(invoices = Invoice::customer_id))]
#[table(index(name = "IFK_CustomerSupportRepId", on = Customer::support_rep_id))]
pub(crate) struct Customer {
    #[column(name = "CustomerId", primary_key)]
    pub(crate) id: i64,
    #[column(name = "FirstName")]
    pub(crate) first_name: String,
    #[column(name = "LastName")]
    pub(crate) last_name: String,
    #[column(name = "Company")]
    pub(crate) company: Option<String>,
    #[column(name = "Address")]
    pub(crate) address: Option<String>,
    #[column(name = "City")]
    pub(crate) city: Option<String>,
    #[column(name = "State")]
    pub(crate) state: Option<String>,
    #[column(name = "Country")]
    pub(crate) country: Option<String>,
    #[column(name = "PostalCode")]
    pub(crate) postal_code: Option<String>,
    #[column(name = "Phone")]
    pub(crate) phone: Option<String>,
    #[column(name = "Fax")]
    pub(crate) fax: Option<String>,
    #[column(name = "Email")]
    pub(crate) email: String,
    #[column(name = "SupportRepId", references = Employee::id)]
    pub(crate) support_rep_id: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "Genre", insert = NewGenre, has_many(tracks = Track::genre_id))]
pub(crate) struct Genre {
    #[column(name = "GenreId", primary_key)]
    pub(crate) id: i64,
    #[column(name = "Name")]
    pub(crate) name: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "Invoice", insert = NewInvoice, has_many(lines = InvoiceLine::invoice_id))]
#[table(index(name = "IFK_InvoiceCustomerId", on = Invoice::customer_id))]
pub(crate) struct Invoice {
    #[column(name = "InvoiceId", primary_key)]
    pub(crate) id: i64,
    #[column(name = "CustomerId", references = Customer::id)]
    pub(crate) customer_id: i64,
    #[column(name = "InvoiceDate")]
    pub(crate) date: NaiveDateTime,
    #[column(name = "BillingAddress")]
    pub(crate) address: Option<String>,
    #[column(name = "BillingCity")]
    pub(crate) city: Option<String>,
    #[column(name = "BillingState")]
    pub(crate) state: Option<String>,
    #[column(name = "BillingCountry")]
    pub(crate) country: Option<String>,
    #[column(name = "BillingPostalCode")]
    pub(crate) postal_code: Option<String>,
    #[column(name = "Total")]
    pub(crate) total: f64,
}

table! {
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) MediaType = "MediaType" (insert = NewMediaType, has_many(tracks = Track::media_type_id)) {
        id: i64 [name = "MediaTypeId", primary_key],
        name: Option<String> [name = "Name"],
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) Track = "Track" (
        insert = NewTrack,
        has_many(lines = InvoiceLine::track_id, entries = PlaylistTrack::track_id),
        index(name = "IFK_TrackAlbumId", on = Track::album_id),
        index(name = "IFK_TrackGenreId", on = Track::genre_id),
        index(name = "IFK_TrackMediaTypeId", on = Track::media_type_id),
    ) {
        id: i64 [name = "TrackId", primary_key],
        name: String [name = "Name"],
        album_id: Option<i64> [name = "AlbumId", references = Album::id],
        media_type_id: i64 [name = "MediaTypeId", references = MediaType::id],
        genre_id: Option<i64> [name = "GenreId", references = Genre::id],
        composer: Option<String> [name = "Composer"],
        milliseconds: i64 [name = "Milliseconds"],
        bytes: Option<i64> [name = "Bytes"],
        unit_price: f64 [name = "UnitPrice"],
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) InvoiceLine = "InvoiceLine" (
        insert = NewInvoiceLine,
        index(name = "IFK_InvoiceLineInvoiceId", on = InvoiceLine::invoice_id),
        index(name = "IFK_InvoiceLineTrackId", on = InvoiceLine::track_id),
    ) {
        id: i64 [name = "InvoiceLineId", primary_key],
        invoice_id: i64 [name = "InvoiceId", references = Invoice::id],
        track_id: i64 [name = "TrackId", references = Track::id],
        unit_price: f64 [name = "UnitPrice"],
        quantity: i64 [name = "Quantity"],
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) Playlist = "Playlist" (insert = NewPlaylist, has_many(entries = PlaylistTrack::playlist_id)) {
        id: i64 [name = "PlaylistId", primary_key],
        name: Option<String> [name = "Name"],
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) PlaylistTrack = "PlaylistTrack" (
        insert = NewPlaylistTrack,
        primary_key(playlist_id, track_id),
        index(name = "IFK_PlaylistTrackPlaylistId", on = PlaylistTrack::playlist_id),
        index(name = "IFK_PlaylistTrackTrackId", on = PlaylistTrack::track_id),
    ) {
        playlist_id: i64 [name = "PlaylistId", references = Playlist::id],
        track_id: i64 [name = "TrackId", references = Track::id],
    }
}
