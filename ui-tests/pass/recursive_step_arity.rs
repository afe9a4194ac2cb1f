include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let base = User::query().filter(User::manager_id.is_null()).select(row!({ id: User::id, depth: value(0_i64) }));
    let chain = recursive(alias!(chain), base, |chain| {
        User::query().inner_join_to(chain).on(User::manager_id.eq(chain.id)).select((User::id, chain.depth + 1))
    });
    chain.query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
