include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<MariaDb>().group_by(rollup(User::age)).select(count_star()).order_by(count_star()).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
