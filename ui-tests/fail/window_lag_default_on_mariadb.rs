include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<MariaDb>().select(User::id.lag_or(1, 0).over(window().order_by(User::id))).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
