include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<Postgres>().group_by(grouping_sets((User::age, User::name), |(age, _)| (age, ()))).select(User::name).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
