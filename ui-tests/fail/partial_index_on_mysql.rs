use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(name = "events", dialect = MySql, index(name = "events_open", on = Event::id, where = Event::is_open))]
struct Event {
    #[column(primary_key)]
    id: i64,
    is_open: bool,
}

fn main() {
    let _ = Event::query::<MySql>();
}
