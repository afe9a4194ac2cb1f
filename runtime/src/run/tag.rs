//! A comment that tells statements with other types of parameters apart.

use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};

use crate::hash;

/// A number that stands for the types of a statement's parameters: their hash.
///
/// sqlx finds prepared statements by their text alone, and sends the next values in the format of the first ones. Of two
/// queries `SELECT $1`, one with an `i64` and one with an `f64`, the second would silently read the bits of a float as
/// an integer. So that each has a text of its own, a comment with this number tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TypeTag(u64);

impl Default for TypeTag {
    fn default() -> Self {
        TypeTag(hash::EMPTY)
    }
}

impl TypeTag {
    /// One more type, by its name or number.
    pub(crate) fn and(self, bytes: &[u8]) -> Self {
        TypeTag(hash::and(self.0, bytes))
    }

    /// The text with the comment.
    pub(crate) fn append_to(self, sql: &SqlStr) -> SqlStr {
        let sql = sql.as_str();
        // In one allocation.
        let mut tagged = String::with_capacity(sql.len() + " /*0123456789abcdef*/".len());
        tagged.push_str(sql);
        // Writing to a String cannot fail.
        let _ = write!(tagged, " /*{:016x}*/", self.0);
        AssertSqlSafe(tagged).into_sql_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_tell_texts_apart() {
        let text = |types: &[&str]| {
            let tag = types.iter().fold(TypeTag::default(), |tag, name| tag.and(name.as_bytes()));
            tag.append_to(&"SELECT $1".into_sql_str()).as_str().to_owned()
        };
        assert_eq!(text(&["INT"]), text(&["INT"]));
        assert_ne!(text(&["INT"]), text(&["DOUBLE"]));
        assert_ne!(text(&["INT", "DOUBLE"]), text(&["DOUBLE", "INT"]));
        assert!(text(&[]).starts_with("SELECT $1 /*"));
    }
}
