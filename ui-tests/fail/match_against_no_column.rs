include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<MySql>().filter(match_against((User::name.upper(),), "ANN").gt(0.0)).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
