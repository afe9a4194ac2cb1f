include!("../tables.rs");

fn show() -> Result<(), Error> {
    let base = User::query::<Postgres>().filter(User::id.eq(1)).select(row!({ id: User::id }));
    let next = recursive(alias!(next), base, |next| {
        User::query().inner_join_to(next).on(User::id.eq(next.id + 1)).select((User::id,))
    });
    println!("{}", next.query().to_sql().sql);
    Ok(())
}

fn main() {
    show().expect("it only prints");
}
