include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<MariaDb>().select(User::id.lag(1).over(window().order_by(User::id)).coalesce(0)).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
