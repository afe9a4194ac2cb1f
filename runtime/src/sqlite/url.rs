//! URLs of SQLite databases.

use std::{borrow::Cow, path::PathBuf, str::FromStr};

use percent_encoding::percent_decode_str;

use super::SqliteOptions;
use crate::Error;

impl FromStr for SqliteOptions {
    type Err = Error;

    fn from_str(url: &str) -> Result<Self, Error> {
        let rest = url.strip_prefix("sqlite:").ok_or_else(|| {
            Error::connection(format!("`{url}` is not the URL of an SQLite database: it begins with `sqlite:`"))
        })?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let (file, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        let mut options = SqliteOptions::new();
        if file != ":memory:" {
            options.file = Some(PathBuf::from(decode(file)?));
        }
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            options.set(key, &decode(value)?)?;
        }
        Ok(options)
    }
}

impl SqliteOptions {
    fn set(&mut self, key: &str, value: &str) -> Result<(), Error> {
        match (key, value) {
            ("mode", "ro") => self.read_only = true,
            ("mode", "rw") | ("cache", "private") => {}
            ("mode", "rwc") => self.create_if_missing = true,
            ("mode", "memory") => self.file = None,
            ("immutable", "1" | "true") => self.immutable = true,
            ("immutable", "0" | "false") => self.immutable = false,
            ("vfs", name) => self.vfs = Some(name.to_owned()),
            ("cache", "shared") => {
                return Err(Error::connection("`cache=shared`: the connections of this pool do not share a cache"));
            }
            ("mode" | "cache" | "immutable", _) => {
                return Err(Error::connection(format!(
                    "unknown value `{value}` of `{key}` in the URL of the database"
                )));
            }
            _ => return Err(Error::connection(format!("unknown parameter `{key}` in the URL of the database"))),
        }
        Ok(())
    }
}

fn decode(text: &str) -> Result<String, Error> {
    let text = percent_decode_str(text).decode_utf8();
    text.map(Cow::into_owned).map_err(|_| Error::connection("the URL of the database is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn parse(url: &str) -> Result<SqliteOptions, String> {
        url.parse().map_err(|error: Error| error.to_string())
    }

    fn file(url: &str) -> Option<PathBuf> {
        parse(url).unwrap().file
    }

    #[test]
    fn files() {
        assert_eq!(file("sqlite:data.db").as_deref(), Some(Path::new("data.db")));
        assert_eq!(file("sqlite://data.db").as_deref(), Some(Path::new("data.db")));
        assert_eq!(file("sqlite:///var/data.db").as_deref(), Some(Path::new("/var/data.db")));
        assert_eq!(file("sqlite:a%20b%3f.db").as_deref(), Some(Path::new("a b?.db")));
        assert_eq!(file("sqlite::memory:"), None);
        assert_eq!(file("sqlite://:memory:"), None);
        assert_eq!(file("sqlite:x?mode=memory"), None);
    }

    #[test]
    fn parameters() {
        let options = parse("sqlite:x.db?mode=rwc&immutable=1&vfs=unix-none").unwrap();
        assert!(options.create_if_missing && options.immutable && !options.read_only);
        assert_eq!(options.vfs.as_deref(), Some("unix-none"));
        assert!(parse("sqlite:x.db?mode=ro").unwrap().read_only);
    }

    #[test]
    fn mistakes_are_named() {
        let error = |url: &str| parse(url).unwrap_err();
        assert!(error("postgres://x").contains("begins with `sqlite:`"));
        assert!(error("sqlite:x?mode=x").contains("unknown value `x` of `mode`"));
        assert!(error("sqlite:x?chache=shared").contains("unknown parameter `chache`"));
        assert!(error("sqlite:x?cache=shared").contains("do not share"));
        assert!(error("sqlite:%ff").contains("not UTF-8"));
    }
}
