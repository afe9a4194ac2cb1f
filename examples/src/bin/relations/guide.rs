//! The guide, step by step: what is the same on every database.

use mizzle::{Error, prelude::*};
use mizzle_examples::{Echo, rows};

use crate::{shapes::Page, tables::*};

/// All steps, in tables of their own.
pub async fn run<D: Dialect>(quiet: impl Executor<D> + Copy) -> Result<(), Error> {
    SCHEMA.drop_tables(quiet).await?;
    SCHEMA.create_tables(quiet).await?;
    fill(quiet).await?;
    let db = Echo(quiet);
    children_of_each(db).await?;
    side_by_side(db).await?;
    up(db).await?;
    through_another_table(db).await?;
    in_expressions(db).await?;
    as_the_condition_of_a_join(db).await?;
    page_by_page(db).await?;
    the_shape_you_asked_for(db).await?;
    written_in_one_call(db).await?;
    linked_and_unlinked(db).await?;
    SCHEMA.drop_tables(quiet).await
}

async fn fill<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    let musician = |name: &str, teacher_id| NewMusician { teacher_id, ..NewMusician::new(name) };
    let musicians = [musician("Ann", None), musician("Bob", Some(1)), musician("Cid", Some(1))];
    Musician::insert().rows(musicians).execute(db).await?;
    let albums = [("Dawn", 62, 1), ("Noon", 38, 1), ("Dusk", 71, 1), ("Rain", 45, 2)];
    Album::insert()
        .rows(albums.map(|(title, minutes, musician)| NewAlbum::new(title, minutes, musician)))
        .execute(db)
        .await?;
    let songs = [("Birds", 1), ("Bells", 1), ("Owls", 3), ("Drops", 4)];
    Song::insert().rows(songs.map(|(title, album)| NewSong::new(title, album))).execute(db).await?;
    Portrait::insert().row(NewPortrait::new(1, "Eve")).execute(db).await?;
    Band::insert().rows(["Wood", "Wind"].map(NewBand::new)).execute(db).await?;
    let members = [(1, 1, "cello"), (1, 2, "flute"), (2, 2, "oboe")];
    Member::insert()
        .rows(members.map(|(musician, band, instrument)| NewMember::new(musician, band, instrument)))
        .execute(db)
        .await?;
    Ok(())
}

fn step(text: &str) {
    println!("\n-- {text}");
}

/// As deep as you like; each level has conditions, an order and a limit of its own.
async fn children_of_each<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    step("the two longest albums of each musician, and their songs");
    let longest = Musician::albums().order_by(Album::minutes.desc()).limit(2);
    let musicians: Vec<(Musician, Vec<(Album, Vec<Song>)>)> = Musician::query()
        .with(longest.with(Album::songs().order_by(Song::title)))
        .order_by(Musician::name)
        .fetch_all(db)
        .await?;
    for (musician, albums) in &musicians {
        println!("{}", musician.name);
        for (album, songs) in albums {
            let songs: Vec<&str> = songs.iter().map(|song| song.title.as_str()).collect();
            println!("   {} ({} min): {}", album.title, album.minutes, songs.join(", "));
        }
    }
    Ok(())
}

/// `Vec`, `Option` or one: as the keys say.
async fn side_by_side<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    step("several relations of one musician, with columns instead of whole rows");
    let (name, students, portrait, teacher): (String, Vec<String>, Option<Portrait>, Option<Musician>) =
        Musician::query()
            .filter(Musician::name.eq("Ann"))
            .select(Musician::name)
            .with(Musician::students().select(Musician::name).order_by(Musician::name))
            .with(Musician::portrait())
            .with(Musician::teacher())
            .fetch_one(db)
            .await?;
    let painter = portrait.map_or("nobody".to_owned(), |portrait| portrait.painter);
    let teacher = teacher.map_or("nobody".to_owned(), |teacher| teacher.name);
    println!("{name} teaches {}, was painted by {painter} and taught by {teacher}", students.join(" and "));
    Ok(())
}

/// A key that is NOT NULL leads to one row, not to an `Option`.
async fn up<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    step("from songs up to musicians");
    let songs: Vec<(String, (String, Musician))> = Song::query()
        .select(Song::title)
        .with(Song::album().select(Album::title).with(Album::musician()))
        .order_by(Song::id)
        .fetch_all(db)
        .await?;
    rows(&["song", "album", "musician"], songs.into_iter().map(|(song, (album, who))| (song, album, who.name)));
    Ok(())
}

/// The columns of the table between are there to select, filter and sort by.
async fn through_another_table<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    step("who plays what in which band");
    let bands: Vec<(Band, Vec<(String, String)>)> = Band::query()
        .with(
            Band::musicians()
                .filter(Member::instrument.ne("triangle"))
                .select((Musician::name, Member::instrument))
                .order_by(Musician::name),
        )
        .order_by(Band::id)
        .fetch_all(db)
        .await?;
    for (band, members) in bands {
        let members: Vec<String> = members.iter().map(|(name, instrument)| format!("{name} ({instrument})")).collect();
        println!("{}: {}", band.name, members.join(", "));
    }
    Ok(())
}

/// EXISTS, counts and sums: without a join, and without GROUP BY.
async fn in_expressions<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    step("musicians with songs, by how many albums they have");
    let counted = Musician::query()
        .filter(Musician::albums().any_where(Album::songs().any()))
        .select((
            Musician::name,
            Musician::albums().count(),
            Musician::long_albums().count(),
            Musician::albums().max(Album::minutes),
        ))
        .order_by((Musician::albums().count().desc(), Musician::name.asc()))
        .fetch_all(db)
        .await?;
    rows(&["musician", "albums", "long ones", "longest"], counted);
    Ok(())
}

/// A relation stands wherever the condition of a join does.
async fn as_the_condition_of_a_join<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    step("albums with their musicians, flat");
    let pairs: Vec<(Album, Musician)> = Album::query()
        .inner_join::<Musician>()
        .on(Album::musician())
        .order_by(Album::title)
        .limit(2)
        .fetch_all(db)
        .await?;
    rows(&["album", "musician"], pairs.into_iter().map(|(album, musician)| (album.title, musician.name)));
    Ok(())
}

/// Pages by keys; each with what belongs to its rows only.
async fn page_by_page<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    step("two musicians at a time");
    let pages = || Musician::query().keyset(Musician::id.asc()).with(Musician::albums().order_by(Album::id));
    let first = pages().page(2).fetch(db).await?;
    let second = pages().after(first.next).page(2).fetch(db).await?;
    for (musician, albums) in first.rows.into_iter().chain(second.rows) {
        println!("{}: {} albums", musician.name, albums.len());
    }
    Ok(())
}

/// Only what the struct names is selected and loaded; it serializes as it is.
async fn the_shape_you_asked_for<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    step("a page about each musician, as JSON");
    let pages: Vec<Page> = Musician::query().shape::<Page>().order_by(Musician::name).limit(2).fetch_all(db).await?;
    for page in &pages {
        println!("{}", serde_json::to_string(page).unwrap_or_default());
    }
    Ok(())
}

/// Rows and those that belong to them, in one transaction: the keys are filled in.
async fn written_in_one_call<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    step("a musician with an album and its songs, who plays in a band that is there");
    let songs = ["Fog", "Frost"];
    let (musician, albums, members): (Musician, Vec<(Album, Vec<Song>)>, Vec<Member>) = Musician::insert()
        .values((Musician::name.set("Dan"),))
        .with(
            Musician::albums()
                .values((Album::title.set("Winter"), Album::minutes.set(51)))
                .with(Album::songs().values_for(|_| songs.map(|title| (Song::title.set(title),)))),
        )
        .with(Musician::bands().links_with([1], Member::instrument.set("harp")))
        .fetch_one(db)
        .await?;
    let (album, songs) = &albums[0];
    println!(
        "{} wrote {} with {} songs and plays the {}",
        musician.name,
        album.title,
        songs.len(),
        members[0].instrument
    );
    Ok(())
}

/// What belongs to a row is changed by keys, or by rows.
async fn linked_and_unlinked<D: Dialect>(db: impl Executor<D> + Copy) -> Result<(), Error> {
    step("Cid joins two bands and leaves one");
    let cid = Musician::query().filter(Musician::name.eq("Cid")).fetch_one(db).await?;
    Musician::bands().link_with(&cid, [1, 2], Member::instrument.set("horn")).execute(db).await?;
    Musician::bands().unlink(&cid, [1]).execute(db).await?;
    let bands = Musician::query()
        .select(Musician::name)
        .with(Musician::bands().select(Band::name))
        .filter(Musician::id.eq(cid.id))
        .fetch_one(db)
        .await?;
    println!("{} plays in {}", bands.0, bands.1.join(", "));
    Ok(())
}
