//! The types of a statement's columns, looked up once.

use sqlx::{
    Column as _, MySql, Row as _, Type, TypeInfo as _,
    mysql::{MySqlColumn, MySqlRow, MySqlTypeInfo},
};

use super::MySqlReader;

/// What a column holds, as far as readers tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Signed,
    Unsigned,
    /// An integer, and bytes as well.
    Bits,
    Decimal,
    Float,
    Date,
    Time,
    Moment,
    Text,
    Bytes,
    /// Bytes, and nothing that is made of them.
    Geometry,
    Json,
    Other,
}

impl Kind {
    pub(super) fn of(info: &MySqlTypeInfo) -> Self {
        match info.name() {
            "BIGINT" | "INT" | "TINYINT" | "SMALLINT" | "MEDIUMINT" => Kind::Signed,
            "BOOLEAN" if *info == <i8 as Type<MySql>>::type_info() => Kind::Signed,
            "BOOLEAN" | "BIGINT UNSIGNED" | "INT UNSIGNED" | "TINYINT UNSIGNED" | "SMALLINT UNSIGNED"
            | "MEDIUMINT UNSIGNED" | "YEAR" => Kind::Unsigned,
            "BIT" => Kind::Bits,
            "DECIMAL" => Kind::Decimal,
            "DOUBLE" | "FLOAT" => Kind::Float,
            "DATE" => Kind::Date,
            "TIME" => Kind::Time,
            "DATETIME" | "TIMESTAMP" => Kind::Moment,
            "GEOMETRY" => Kind::Geometry,
            "JSON" => Kind::Json,
            // sqlx goes by the collation, which tells text from bytes where the name of the type does not.
            _ if <str as Type<MySql>>::compatible(info) => Kind::Text,
            _ if <[u8] as Type<MySql>>::compatible(info) => Kind::Bytes,
            _ => Kind::Other,
        }
    }
}

/// What the columns of a statement hold.
#[derive(Debug, Default)]
pub(crate) struct ColumnKinds {
    kinds: Vec<Kind>,
    /// Where sqlx keeps the columns: all rows of a result share them.
    place: usize,
}

impl ColumnKinds {
    /// Reads a row, which may be of another result than the one before.
    pub(crate) fn reader<'r>(&'r mut self, row: &'r MySqlRow) -> MySqlReader<'r> {
        let columns = row.columns();
        let place = columns.as_ptr().addr();
        if self.place != place || self.kinds.len() != columns.len() {
            self.look_up(columns);
            self.place = place;
        }
        MySqlReader::with_kinds(row, &self.kinds)
    }

    fn look_up(&mut self, columns: &[MySqlColumn]) {
        self.kinds.clear();
        self.kinds.extend(columns.iter().map(|column| Kind::of(column.type_info())));
    }
}
