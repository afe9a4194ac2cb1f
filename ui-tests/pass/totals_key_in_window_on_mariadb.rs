include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<MariaDb>().group_by(rollup(User::name)).select(count_star().sum().over(window())).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
