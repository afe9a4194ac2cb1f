//! Tables as a whole: creating and dropping them in the order that their foreign keys ask for.

mod create;
mod error;
mod names;
mod order;

pub use error::SchemaError;

use crate::{
    Error,
    dialect::{Dialect, DialectKind, Syntax},
    render::{Statement, quote},
    run::Executor,
    table::{ForeignKeyDef, TableDef},
    value::{DataType, EnumDef},
};

/// The tables of a program, as [`schema!`](crate::schema!) lists them.
///
/// ```
/// use mizzle::{prelude::*, schema::Schema};
///
/// #[derive(Table)]
/// #[table(name = "users")]
/// struct User {
///     #[column(primary_key, auto_increment)]
///     id: i64,
///     name: String,
/// }
///
/// static SCHEMA: Schema = mizzle::schema! { User };
///
/// assert_eq!(
///     SCHEMA.create_sql::<Sqlite>()?,
///     [r#"CREATE TABLE "users" ("id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "name" TEXT NOT NULL)"#],
/// );
/// # Ok::<(), mizzle::schema::SchemaError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    tables: &'static [fn() -> &'static TableDef],
}

/// Lists the tables of a program, as a constant [`Schema`](crate::schema::Schema).
///
/// Two tables or indexes with one name in SQL are found when it is first used.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), mizzle::Error> {
/// let db = SqlitePool::connect("sqlite::memory:").await?;
/// mizzle::schema! { User }.create_tables(&db).await?;
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! schema {
    ($($table:ty),* $(,)?) => {
        $crate::schema::Schema::new(const { &[$(<$table as $crate::table::Table>::def),*] })
    };
}

impl Schema {
    /// A schema of these tables; [`schema!`](crate::schema!) is the way to write it.
    pub const fn new(tables: &'static [fn() -> &'static TableDef]) -> Self {
        Schema { tables }
    }

    /// The tables, in the order in which they were listed.
    pub fn tables(&self) -> impl Iterator<Item = &'static TableDef> {
        self.tables.iter().map(|def| def())
    }

    /// The statements that create all tables and indexes, in an order in which they can run.
    ///
    /// # Errors
    /// [`SchemaError`] if two of them share a name, or the dialect cannot say one of them.
    pub fn create_sql<D: Dialect>(&self) -> Result<Vec<String>, SchemaError> {
        let tables = self.in_order(D::KIND)?;
        let mut statements: Vec<String> =
            self.enums(D::KIND).iter().map(|def| create::enumeration(def, D::SYNTAX)).collect();
        // A circle of foreign keys is closed when all tables are there.
        let is_later = |place: usize, key: &ForeignKeyDef| {
            !D::SYNTAX.definitions.forward_references && leads_ahead(key, place, &tables)
        };
        for (place, def) in tables.iter().enumerate() {
            statements.push(create::table(def, D::KIND, |key| is_later(place, key))?);
        }
        for (place, def) in tables.iter().enumerate() {
            for key in def.foreign_keys.iter().filter(|key| is_later(place, key)) {
                statements.push(create::foreign_key(def, key, D::KIND)?);
            }
            for index in def.indexes {
                statements.extend(create::index(def, index, D::KIND)?);
            }
        }
        Ok(statements)
    }

    /// The statements that drop all tables that are there, those that refer to others first.
    ///
    /// # Errors
    /// As [`Schema::create_sql`].
    pub fn drop_sql<D: Dialect>(&self) -> Result<Vec<String>, SchemaError> {
        let facts = &D::SYNTAX.definitions;
        let mut statements: Vec<String> = facts.before_drop.map(str::to_owned).into_iter().collect();
        let tables = self.in_order(D::KIND)?;
        if facts.drops_keys {
            for (place, def) in tables.iter().enumerate() {
                let ahead = def.foreign_keys.iter().filter(|key| leads_ahead(key, place, &tables));
                statements.extend(ahead.map(|key| create::drop_foreign_key(def, key, D::SYNTAX)));
            }
        }
        for def in tables.iter().rev() {
            let mut name = String::new();
            qualified(&mut name, def.schema, def.name, D::SYNTAX);
            match statements.last_mut() {
                Some(statement) if facts.drops_together => {
                    statement.push_str(", ");
                    statement.push_str(&name);
                }
                _ => statements.push(format!("DROP TABLE IF EXISTS {name}")),
            }
        }
        for def in self.enums(D::KIND) {
            let mut sql = "DROP TYPE IF EXISTS ".to_owned();
            quote(&mut sql, def.name, D::SYNTAX);
            statements.push(sql);
        }
        Ok(statements)
    }

    /// The enums that are types with a name, each once.
    fn enums(&self, dialect: DialectKind) -> Vec<&'static EnumDef> {
        let mut enums: Vec<&'static EnumDef> = Vec::new();
        if dialect.syntax().definitions.named_enums {
            for column in self.tables().flat_map(|def| def.columns) {
                let element = if let DataType::Array(element) = column.data_type { *element } else { column.data_type };
                if let DataType::Enum(def) = element
                    && !enums.contains(&def)
                {
                    enums.push(def);
                }
            }
        }
        enums
    }

    /// Creates all tables and indexes, or none; MySQL and MariaDB keep those that were created before an error. There it
    /// also ends the transaction that it runs in: what was done before is committed, and what follows is on its own.
    ///
    /// # Errors
    /// [`Error::Schema`] as [`Schema::create_sql`], and what the database says, such as that a table is there already.
    pub async fn create_tables<D: Dialect>(&self, db: impl Executor<D>) -> Result<(), Error> {
        run(db, self.create_sql::<D>()?).await
    }

    /// Drops all tables that are there, with all that is in them.
    ///
    /// # Errors
    /// As [`Schema::create_tables`]; so is a table elsewhere that refers to one of these.
    pub async fn drop_tables<D: Dialect>(&self, db: impl Executor<D>) -> Result<(), Error> {
        run(db, self.drop_sql::<D>()?).await
    }

    fn in_order(&self, dialect: DialectKind) -> Result<Vec<&'static TableDef>, SchemaError> {
        let facts = &dialect.syntax().definitions;
        let tables: Vec<_> = self.tables().collect();
        names::check(&tables, &self.enums(dialect), facts)?;
        Ok(order::by_reference(&tables))
    }
}

async fn run<D: Dialect>(db: impl Executor<D>, statements: Vec<String>) -> Result<(), Error> {
    let statements = statements.into_iter().map(Statement::unbound).collect();
    db.execute_batch(statements).await?;
    Ok(())
}

/// Whether a foreign key of the table at `place` leads to one after it: then there is a circle.
fn leads_ahead(key: &ForeignKeyDef, place: usize, tables: &[&TableDef]) -> bool {
    let parent = (key.table)();
    tables.iter().skip(place + 1).any(|def| def.schema == parent.schema && def.name == parent.name)
}

/// Writes a name, with its schema where there is one.
fn qualified(sql: &mut String, schema: Option<&str>, name: &str, syntax: &Syntax) {
    if let Some(schema) = schema {
        quote(sql, schema, syntax);
        sql.push('.');
    }
    quote(sql, name, syntax);
}

/// How a person would name a table.
fn title(def: &TableDef) -> String {
    match def.schema {
        Some(schema) => format!("{schema}.{}", def.name),
        None => def.name.to_owned(),
    }
}
