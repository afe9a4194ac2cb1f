//! Qualified columns, quoted while compiling.

/// A qualified column as it stands in the text, if it is no longer than usual.
#[derive(Debug)]
pub(crate) struct Quoted {
    bytes: [u8; Quoted::MOST],
    length: usize,
}

impl Quoted {
    const MOST: usize = 72;

    /// `"source"."column"`
    pub(crate) const fn column(source: &str, column: &str, quote: char) -> Self {
        let quoted = Quoted { bytes: [0; Quoted::MOST], length: 0 };
        // The quotes, a dot, and every byte twice at most.
        if !quote.is_ascii() || 2 * (source.len() + column.len()) + 5 > Quoted::MOST {
            return quoted;
        }
        quoted.name(source, quote as u8).byte(b'.').name(column, quote as u8)
    }

    const fn byte(mut self, byte: u8) -> Self {
        self.bytes[self.length] = byte;
        self.length += 1;
        self
    }

    const fn name(self, name: &str, quote: u8) -> Self {
        let name = name.as_bytes();
        let mut quoted = self.byte(quote);
        let mut place = 0;
        while place < name.len() {
            if name[place] == quote {
                quoted = quoted.byte(quote);
            }
            quoted = quoted.byte(name[place]);
            place += 1;
        }
        quoted.byte(quote)
    }

    /// The text; nothing, if it is too long.
    pub(crate) const fn text(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dialect::{Dialect, Sqlite},
        render::Fragment,
    };

    #[test]
    fn it_is_what_is_quoted_at_run_time() {
        for (source, column) in [("users", "id"), ("", ""), ("a\"b", "\"\""), ("größe", "a`b.c"), ("x\0", "'")] {
            let mut out = Fragment::clause(Sqlite::SYNTAX);
            out.column(source, column);
            assert_eq!(out.into_statement().sql, Quoted::column(source, column, '"').text());
        }
        assert_eq!(Quoted::column(&"x".repeat(60), "y", '"').text(), "");
    }
}
