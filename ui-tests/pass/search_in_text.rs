include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<Postgres>().select(ts_rank(to_tsvector("simple", User::name), to_tsquery("simple", "ann"))).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
