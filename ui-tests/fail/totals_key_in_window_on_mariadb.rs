include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<MariaDb>().group_by(rollup(User::name)).select(User::name.count().over(window())).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
