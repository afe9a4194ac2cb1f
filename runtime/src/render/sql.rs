//! The text of a statement.

use std::{fmt, ops::Deref, sync::Arc};

/// SQL text: of one statement, or shared by all that say the same, as those of a prepared query do.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
/// let sql = User::query::<Sqlite>().to_sql().sql;
/// assert_eq!(sql, r#"SELECT "users"."id" FROM "users""#);
/// assert!(sql.starts_with("SELECT"));
/// ```
#[derive(Clone)]
pub struct Sql(Text);

#[derive(Clone)]
enum Text {
    Owned(String),
    Shared(Arc<str>),
}

impl Sql {
    /// The text.
    pub fn as_str(&self) -> &str {
        self
    }

    /// The text, to be shared: of a text that is shared already it is no copy.
    pub fn into_shared(self) -> Arc<str> {
        match self.0 {
            Text::Owned(text) => text.into(),
            Text::Shared(text) => text,
        }
    }

    /// The text as a string: of a text that is not shared it is no copy.
    pub fn into_string(self) -> String {
        match self.0 {
            Text::Owned(text) => text,
            Text::Shared(text) => text.as_ref().to_owned(),
        }
    }
}

impl Deref for Sql {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Text::Owned(text) => text,
            Text::Shared(text) => text,
        }
    }
}

impl AsRef<str> for Sql {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<String> for Sql {
    fn from(text: String) -> Self {
        Sql(Text::Owned(text))
    }
}

impl From<Arc<str>> for Sql {
    fn from(text: Arc<str>) -> Self {
        Sql(Text::Shared(text))
    }
}

impl From<Sql> for String {
    fn from(sql: Sql) -> Self {
        sql.into_string()
    }
}

impl fmt::Display for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Eq for Sql {}

impl PartialEq for Sql {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl PartialEq<str> for Sql {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Sql {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl PartialEq<String> for Sql {
    fn eq(&self, other: &String) -> bool {
        **self == **other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_text_is_not_copied() {
        let text: Arc<str> = "SELECT 1".into();
        let sql = Sql::from(Arc::clone(&text));
        assert!(Arc::ptr_eq(&text, &sql.clone().into_shared()));
        assert_eq!(sql, Sql::from("SELECT 1".to_owned()));
    }
}
