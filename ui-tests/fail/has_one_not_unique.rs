use mizzle::prelude::*;

#[derive(Table)]
#[table(name = "countries", has_one(flag = Flag::country_id))]
struct Country {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(name = "flags")]
struct Flag {
    #[column(primary_key)]
    id: i64,
    #[column(references = Country::id)]
    country_id: i64,
}

fn main() {
    let (country, flag) = (Country { id: 1 }, Flag { id: 2, country_id: 1 });
    println!("{:?} {} {}", Country::flag(), country.id, flag.id + flag.country_id);
}
