//! The mapping itself: every row of every table, and the same tables created anew.

use mizzle::prelude::*;
use mizzle_tests::{Result, memory, text};
use sqlx::{AssertSqlSafe, SqlitePool};

use crate::{database::chinook, model::*};

static SCHEMA: mizzle::schema::Schema = mizzle::schema! {
    Album, Artist, Customer, Employee, Genre, Invoice, InvoiceLine, MediaType, Playlist, PlaylistTrack, Track,
};

/// Reads a whole table and writes it into a table that mizzle created: both must then hold the same.
macro_rules! copy {
    ($from:expr, $to:expr, $($table:ident as $new:ident { $($field:ident),+ })+) => {$({
        let rows = $table::query().fetch_all($from).await?;
        let count = u64::try_from(rows.len())?;
        let rows = rows.into_iter().map(|row| $new { $($field: row.$field),+ });
        assert_eq!($table::insert().rows(rows).execute($to).await?, count);
        same_content($from, $to, stringify!($table)).await?;
    })+};
}

async fn same_content(a: &SqlitePool, b: &SqlitePool, table: &str) -> Result {
    let sql = format!("SELECT name FROM pragma_table_info('{table}')");
    let columns: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(sql)).fetch_all(a).await?;
    // `NUMERIC` keeps a whole number as an integer, `REAL` does not.
    let columns: Vec<String> = columns
        .into_iter()
        .map(|(column,)| if column == "UnitPrice" || column == "Total" { format!("{column} * 1.0") } else { column })
        .collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let from = format!("{table} ORDER BY 1, 2");
    assert_eq!(text(a, &columns, &from).await?, text(b, &columns, &from).await?);
    Ok(())
}

#[tokio::test]
async fn every_row_can_be_read_and_written_elsewhere() -> Result {
    let chinook = chinook().await?;
    let (from, to) = (&chinook.pool, &memory(&SCHEMA).await?);
    copy! { from, to,
        Artist as NewArtist { id, name }
        Album as NewAlbum { id, title, artist_id }
        Genre as NewGenre { id, name }
        MediaType as NewMediaType { id, name }
        Track as NewTrack { id, name, album_id, media_type_id, genre_id, composer, milliseconds, bytes, unit_price }
        Playlist as NewPlaylist { id, name }
        PlaylistTrack as NewPlaylistTrack { playlist_id, track_id }
        Employee as NewEmployee {
            id, last_name, first_name, title, reports_to, birth_date, hire_date, address, city, state, country,
            postal_code, phone, fax, email
        }
        Customer as NewCustomer {
            id, first_name, last_name, company, address, city, state, country, postal_code, phone, fax, email,
            support_rep_id
        }
        Invoice as NewInvoice { id, customer_id, date, address, city, state, country, postal_code, total }
        InvoiceLine as NewInvoiceLine { id, invoice_id, track_id, unit_price, quantity }
    }
    Ok(())
}

#[tokio::test]
async fn the_same_keys_and_indexes() -> Result {
    let chinook = chinook().await?;
    let ours = memory(&SCHEMA).await?;
    let columns = ["m.name", "p.name", "p.\"notnull\"", "p.pk"];
    let from = "sqlite_schema m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, p.cid";
    assert_eq!(text(&ours, &columns, from).await?, text(&chinook.pool, &columns, from).await?);
    let columns = ["m.name", "p.\"from\"", "p.\"table\"", "p.\"to\"", "p.on_delete", "p.on_update"];
    let from = "sqlite_schema m, pragma_foreign_key_list(m.name) p WHERE m.type = 'table' ORDER BY 1, 2";
    assert_eq!(text(&ours, &columns, from).await?, text(&chinook.pool, &columns, from).await?);
    let columns = ["m.name", "m.tbl_name", "p.name"];
    let from =
        "sqlite_schema m, pragma_index_info(m.name) p WHERE m.type = 'index' AND m.name LIKE 'IFK%' ORDER BY 1, 2";
    assert_eq!(text(&ours, &columns, from).await?, text(&chinook.pool, &columns, from).await?);
    Ok(())
}
