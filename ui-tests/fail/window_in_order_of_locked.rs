include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<Postgres>().for_update().order_by(row_number().over(window().order_by(User::age))).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
