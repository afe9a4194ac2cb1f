//! MariaDB: where it differs from MySQL.

use sqlx::MySqlPool;
use uuid::Uuid;

use super::{
    Definitions, Dialect, DialectKind, NewRow, Spellings, Syntax, Writes,
    mysql::{self, Family, MySqlReader, literal},
};
use crate::{
    expr::Words,
    render::question_mark,
    value::{DataType, Value},
};

/// MariaDB, from 10.7 on: a dialect, and the pool, connection or transaction of sqlx's MySQL driver that leads to one.
///
/// Its types are those of [`MySql`](super::MySql), but for `Uuid`, which is `uuid`, and `Json<T>`, which is text that
/// is checked to be JSON. Text is compared character by character (`utf8mb4_nopad_bin`). The type `uuid` refuses
/// some UUIDs whose version is beyond 7: of version 8 one in 64.
///
/// ```no_run
/// use mizzle::{dialect::MariaDb, prelude::*};
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let db = MariaDb::new(sqlx::MySqlPool::connect("mysql://localhost/shop").await?);
/// let ids = User::query().select(User::id).fetch_all(&db).await?;
///
/// let mut connection = db.inner().acquire().await?;
/// let ids = User::query().select(User::id).fetch_all(MariaDb::new(&mut connection)).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct MariaDb<C = MySqlPool>(pub(crate) C);

impl<C> MariaDb<C> {
    /// Wraps a pool, `&mut` connection or `&mut` transaction that leads to MariaDB.
    pub fn new(inner: C) -> Self {
        MariaDb(inner)
    }

    /// What was wrapped.
    pub fn inner(&self) -> &C {
        &self.0
    }

    /// What was wrapped.
    pub fn into_inner(self) -> C {
        self.0
    }
}

impl Dialect for MariaDb {
    const KIND: DialectKind = DialectKind::MariaDb;

    const SYNTAX: &'static Syntax = &Syntax {
        name: "MariaDB",
        placeholder: question_mark,
        numbers_parameters: false,
        literal: literal::mariadb,
        spelling: Spellings {
            cast: |_, to| cast(to),
            typed_value: |value| mysql::says_type(value).then(|| cast(value)),
            any_value: Words::call("min("),
            coarse_ranks: true,
            // In HAVING and in windows, `IS NULL` of a column that is NOT NULL is taken for false, in its totals too.
            null_in_totals: (" <=> NULL", " <=> NULL = 0"),
            sorts_totals: false,
            growing_text: Some(("CAST(", " AS CHAR(16777215) CHARACTER SET utf8mb4) COLLATE utf8mb4_nopad_bin")),
            for_share: " LOCK IN SHARE MODE",
            ..mysql::SYNTAX.spelling
        },
        writes: Writes {
            insert_returning: true,
            new_row: NewRow::Values,
            reads_its_table: true,
            with_update: false,
            ..mysql::SYNTAX.writes
        },
        definitions: Definitions {
            type_name,
            required_generated_columns: false,
            expression_indexes: false,
            drops_together: false,
            drops_keys: true,
            table_options: " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
            ..mysql::SYNTAX.definitions
        },
        ..mysql::SYNTAX
    };

    type Name = super::names::MariaDB;
    type Row<'r> = MySqlReader<'r>;
}

impl Family for MariaDb {
    fn uuid(uuid: Uuid) -> Value {
        Value::Text(uuid.hyphenated().to_string())
    }

    const KEEPS_TYPES: bool = false;
}

fn cast(to: DataType) -> (&'static str, &'static str) {
    match to {
        DataType::F32 => mysql::cast(DataType::F64),
        DataType::Json | DataType::JsonText | DataType::Array(_) => ("CAST(", " AS CHAR)"),
        DataType::Text | DataType::Enum(_) | DataType::Native(_) => {
            ("CAST(", " AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_nopad_bin")
        }
        DataType::Uuid => ("CAST(", " AS UUID)"),
        _ => mysql::cast(to),
    }
}

fn type_name(sql: &mut String, data_type: DataType, keyed: bool) {
    match data_type {
        DataType::Uuid => sql.push_str("uuid"),
        _ => mysql::type_name(sql, data_type, keyed),
    }
}
