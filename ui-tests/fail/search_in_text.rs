include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<Postgres>().select(ts_rank(User::name, to_tsquery("simple", "ann"))).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
