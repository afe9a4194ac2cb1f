include!("../tables.rs");

fn show() -> Result<(), Error> {
    println!("{}", User::query::<MariaDb>().group_by(rollup(User::age + User::age)).select((User::age + User::age).is_null()).to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
