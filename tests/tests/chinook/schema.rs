//! The mapping itself: every row of every table, and the same tables created anew.

use mizzle::{prelude::*, table::TableDef};
use mizzle_tests::{Result, TestDatabase as _, needs, plain};

use super::database::chinook;
use crate::{D, Db, chinook_model::*, suite::database};

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
        same_content($from, $to, $table::def()).await?;
    })+};
}

async fn same_content(a: &Db, b: &Db, table: &TableDef) -> Result {
    let columns: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let sql = plain::<D>(&format!("SELECT {} FROM \"{}\" ORDER BY 1, 2", columns.join(", "), table.name));
    let (a, b) = (db_text(a, &sql).await?, db_text(b, &sql).await?);
    assert!(!a.is_empty());
    assert_eq!(a, b);
    Ok(())
}

/// Numbers without zeros at the end, and times too: a decimal is `1.90` where a float is `1.9`.
async fn db_text(db: &Db, sql: &str) -> Result<Vec<Vec<String>>> {
    let shortened = |text: String| match text.split_once('.') {
        Some((_, decimals)) if decimals.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => text,
    };
    let rows = db.text(sql).await?;
    Ok(rows.into_iter().map(|row| row.into_iter().map(shortened).collect()).collect())
}

#[tokio::test]
async fn every_row_can_be_read_and_written_elsewhere() -> Result {
    let chinook = chinook().await?;
    let (from, to) = (&chinook, &database(&SCHEMA).await?);
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

#[needs(Sqlite)]
#[tokio::test]
async fn the_same_keys_and_indexes() -> Result {
    let chinook = chinook().await?;
    let ours = database(&SCHEMA).await?;
    for sql in [
        "SELECT m.name, p.name, p.\"notnull\", p.pk FROM sqlite_schema m, pragma_table_info(m.name) p
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, p.cid",
        "SELECT m.name, p.\"from\", p.\"table\", p.\"to\", p.on_delete, p.on_update
            FROM sqlite_schema m, pragma_foreign_key_list(m.name) p WHERE m.type = 'table' ORDER BY 1, 2",
        "SELECT m.name, m.tbl_name, p.name FROM sqlite_schema m, pragma_index_info(m.name) p
            WHERE m.type = 'index' AND m.name LIKE 'IFK%' ORDER BY 1, 2",
    ] {
        let theirs = chinook.text(sql).await?;
        assert!(!theirs.is_empty());
        assert_eq!(ours.text(sql).await?, theirs);
    }
    Ok(())
}

#[needs(!Sqlite)]
#[tokio::test]
async fn the_same_keys() -> Result {
    let chinook = chinook().await?;
    let ours = database(&SCHEMA).await?;
    let schema = if D::SYNTAX.name == "PostgreSQL" { "current_schema()" } else { "database()" };
    for from in [
        "c.table_name, c.column_name, c.is_nullable FROM information_schema.columns c
            WHERE c.table_schema = {schema} ORDER BY 1, c.ordinal_position",
        "k.table_name, k.column_name, k.ordinal_position, t.constraint_type
            FROM information_schema.key_column_usage k JOIN information_schema.table_constraints t
            ON t.table_schema = k.table_schema AND t.table_name = k.table_name AND t.constraint_name = k.constraint_name
            WHERE k.table_schema = {schema} ORDER BY 1, 2, 3, 4",
    ] {
        let sql = format!("SELECT {}", from.replace("{schema}", schema));
        let theirs = chinook.text(&sql).await?;
        assert!(theirs.len() > 20);
        assert_eq!(ours.text(&sql).await?, theirs);
    }
    Ok(())
}
