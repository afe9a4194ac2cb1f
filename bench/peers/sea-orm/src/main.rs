//! SeaORM on the pool that it opens; relations by its loader of entities.

mod entity;

use std::process::ExitCode;

use mizzle_bench_protocol::{
    NewUser, Peer, Result, User as UserRow, database,
    fixture::{Fixture, SQLITE_TABLES},
    serve,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectOptions, Database, DatabaseConnection, DbBackend, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::OnConflict,
};

use entity::{comment, post, user};

struct SeaOrm(DatabaseConnection);

impl SeaOrm {
    /// One connection, since each would have a database of its own in memory. sqlx's cache of that database is not
    /// shared, which is faster; statements are not logged, as their documentation advises.
    async fn sqlite() -> Result<Self> {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false);
        options.map_sqlx_sqlite_opts(|options| options.shared_cache(false));
        let db = Database::connect(options).await?;
        db.execute_unprepared(SQLITE_TABLES).await?;
        Ok(SeaOrm(db))
    }

    async fn postgres(url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.sqlx_logging(false);
        Ok(SeaOrm(Database::connect(options).await?))
    }
}

fn new_user(row: &NewUser) -> user::ActiveModel {
    user::ActiveModel { id: NotSet, name: Set(row.name.clone()), hair_color: Set(row.hair_color.clone()) }
}

impl Peer for SeaOrm {
    type User = user::Model;
    type Post = post::Model;
    type Comment = comment::Model;
    type Tree = user::ModelEx;

    async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
        let sql = match self.0.get_database_backend() {
            DbBackend::Postgres => fixture.postgres(),
            _ => fixture.sqlite(),
        };
        self.0.execute_unprepared(&sql).await?;
        Ok(())
    }

    async fn users(&mut self) -> Result<Vec<user::Model>> {
        Ok(user::Entity::find().all(&self.0).await?)
    }

    async fn user(&mut self, id: i64) -> Result<user::Model> {
        user::Entity::find_by_id(id).one(&self.0).await?.ok_or_else(|| "no row".into())
    }

    async fn page(&mut self, after: i64) -> Result<Vec<user::Model>> {
        let query = user::Entity::find().filter(user::Column::Id.gt(after)).order_by_asc(user::Column::Id).limit(50);
        Ok(query.all(&self.0).await?)
    }

    async fn count(&mut self, user_id: i64) -> Result<i64> {
        Ok(post::Entity::find().filter(post::Column::UserId.eq(user_id)).count(&self.0).await? as i64)
    }

    async fn join(&mut self, hair_color: &str) -> Result<Vec<(user::Model, Option<post::Model>)>> {
        let query = user::Entity::find()
            .find_also_related(post::Entity)
            .filter(user::Column::HairColor.eq(hair_color))
            .order_by_desc(user::Column::Name);
        Ok(query.all(&self.0).await?)
    }

    async fn nested(&mut self) -> Result<Vec<user::ModelEx>> {
        Ok(user::Entity::load().with((post::Entity, comment::Entity)).all(&self.0).await?)
    }

    async fn nested_one(&mut self, id: i64) -> Result<user::ModelEx> {
        let query = user::Entity::load().filter(user::Column::Id.eq(id)).with((post::Entity, comment::Entity));
        query.one(&self.0).await?.ok_or_else(|| "no row".into())
    }

    async fn insert(&mut self, rows: &[NewUser]) -> Result<()> {
        if let [row] = rows {
            user::Entity::insert(new_user(row)).exec_without_returning(&self.0).await?;
        } else {
            user::Entity::insert_many(rows.iter().map(new_user)).exec_without_returning(&self.0).await?;
        }
        Ok(())
    }

    async fn upsert(&mut self, user: &UserRow) -> Result<()> {
        let row = user::ActiveModel {
            id: Set(user.id),
            name: Set(user.name.clone()),
            hair_color: Set(user.hair_color.clone()),
        };
        let update = OnConflict::column(user::Column::Id)
            .update_columns([user::Column::Name, user::Column::HairColor])
            .to_owned();
        user::Entity::insert(row).on_conflict(update).exec_without_returning(&self.0).await?;
        Ok(())
    }

    async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
        user::Entity::update_many()
            .col_expr(user::Column::Name, name.into())
            .filter(user::Column::Id.eq(id))
            .exec(&self.0)
            .await?;
        Ok(())
    }
}

fn main() -> ExitCode {
    let database = database();
    match database.variant.as_str() {
        "sqlite" => serve(SeaOrm::sqlite()),
        _ => serve(SeaOrm::postgres(&database.url)),
    }
}
