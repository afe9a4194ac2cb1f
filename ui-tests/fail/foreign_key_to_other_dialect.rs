use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(name = "networks", dialect = Postgres)]
struct Network {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "hosts", dialect = Sqlite)]
struct Host {
    #[column(primary_key)]
    id: i64,
    #[column(references = Network::id)]
    network_id: i64,
}

fn main() {
    let _ = (Host::query::<Sqlite>(), Network::query::<Postgres>());
}
