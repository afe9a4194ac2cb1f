include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<Postgres>().filter(to_tsvector("simple", User::name).matches(plainto_tsquery("simple", "ann"))).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
