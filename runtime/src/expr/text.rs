//! Text: LIKE, concatenation, functions.

use super::{Expr, Node, Operand, Words, function::functions, node::operation};

operation!(
    /// `LIKE`
    Like -> bool, any, Comparison, Words::infix(" LIKE ")
);
operation!(
    /// `NOT LIKE`
    NotLike -> bool, any, Comparison, Words::infix(" NOT LIKE ")
);
operation!(
    /// `LIKE .. ESCAPE '!'`
    LikeEscaped -> bool, any, Comparison, Words::Each(&["", " LIKE ", " ESCAPE '!'"])
);
operation!(
    /// `ILIKE`
    Ilike needs Ilike -> bool, any, Comparison, Words::infix(" ILIKE ")
);
operation!(
    /// `NOT ILIKE`
    NotIlike needs Ilike -> bool, any, Comparison, Words::infix(" NOT ILIKE ")
);
operation!(
    /// `SIMILAR TO`
    SimilarTo needs SimilarTo -> bool, any, Comparison, Words::infix(" SIMILAR TO ")
);
operation!(
    /// `GLOB`
    Glob needs Glob -> bool, any, Comparison, Words::infix(" GLOB ")
);
operation!(
    /// One text after the other.
    Concat -> String, any, Concat, spelling concat
);

/// A type of values that is text in SQL.
#[diagnostic::on_unimplemented(message = "this needs text, `{Self}` is none", label = "expected text, found `{Self}`")]
pub trait Textual {}
#[diagnostic::do_not_recommend]
impl Textual for String {}

/// A type of values that LIKE can search.
#[diagnostic::on_unimplemented(message = "`LIKE` needs text, this is `{Self}`", label = "not text: `{Self}`")]
pub trait Searchable {}
#[diagnostic::do_not_recommend]
impl Searchable for String {}

/// Operators on text; [`TextFunctions`] has the functions.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// let query = User::query::<Sqlite>().filter(User::name.lower().like("a%")).select(User::name.concat("!").length());
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT length("users"."name" || ?) FROM "users" WHERE lower("users"."name") LIKE ?"#
/// );
/// ```
pub trait TextExpr: Expr {
    /// `LIKE pattern`: `%` is any text, `_` any character. Whether case matters is the database's business:
    /// SQLite ignores it for ASCII, MySQL and MariaDB go by the column's collation, PostgreSQL tells apart.
    fn like<R: Operand<String>>(self, pattern: R) -> Node<Like, (Self, R)>
    where
        Self::Base: Searchable,
    {
        Node::new(Like, (self, pattern))
    }

    /// `ILIKE pattern`: as LIKE, whatever the case of letters. PostgreSQL has it.
    fn ilike<R: Operand<String>>(self, pattern: R) -> Node<Ilike, (Self, R)>
    where
        Self::Base: Searchable,
    {
        Node::new(Ilike, (self, pattern))
    }

    /// `NOT ILIKE pattern`. PostgreSQL has it.
    fn not_ilike<R: Operand<String>>(self, pattern: R) -> Node<NotIlike, (Self, R)>
    where
        Self::Base: Searchable,
    {
        Node::new(NotIlike, (self, pattern))
    }

    /// `NOT LIKE pattern`
    fn not_like<R: Operand<String>>(self, pattern: R) -> Node<NotLike, (Self, R)>
    where
        Self::Base: Searchable,
    {
        Node::new(NotLike, (self, pattern))
    }

    /// `SIMILAR TO pattern`: as LIKE, with `|`, `*`, `+`, `(..)` and `[..]` of regular expressions. PostgreSQL has it.
    fn similar_to<R: Operand<String>>(self, pattern: R) -> Node<SimilarTo, (Self, R)>
    where
        Self::Base: Searchable,
    {
        Node::new(SimilarTo, (self, pattern))
    }

    /// `GLOB pattern`: `*` is any text, `?` any character, `[..]` one of several; case matters. SQLite has it.
    fn glob<R: Operand<String>>(self, pattern: R) -> Node<Glob, (Self, R)>
    where
        Self::Base: Searchable,
    {
        Node::new(Glob, (self, pattern))
    }

    /// Whether the text holds `part`, whose `%` and `_` mean themselves.
    fn contains(self, part: &str) -> Node<LikeEscaped, (Self, String)>
    where
        Self::Base: Searchable,
    {
        Node::new(LikeEscaped, (self, format!("%{}%", escape(part))))
    }

    /// Whether the text starts with `part`, whose `%` and `_` mean themselves.
    fn starts_with(self, part: &str) -> Node<LikeEscaped, (Self, String)>
    where
        Self::Base: Searchable,
    {
        Node::new(LikeEscaped, (self, format!("{}%", escape(part))))
    }

    /// Whether the text ends with `part`, whose `%` and `_` mean themselves.
    fn ends_with(self, part: &str) -> Node<LikeEscaped, (Self, String)>
    where
        Self::Base: Searchable,
    {
        Node::new(LikeEscaped, (self, format!("%{}", escape(part))))
    }

    /// This text and another one after it.
    fn concat<R: Operand<String>>(self, other: R) -> Node<Concat, (Self, R)>
    where
        Self::Base: Textual,
    {
        Node::new(Concat, (self, other))
    }
}

impl<E: Expr> TextExpr for E {}

functions! {
    /// What is known of the functions on text.
    TEXT;

    /// Functions on text. Places and counts are in characters; a place is counted from 1.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let query = User::query::<Sqlite>().select((User::name.left(1).upper(), User::name.position("a")));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT upper(substr("users"."name", 1, ?)), instr("users"."name", ?) FROM "users""#
    /// );
    /// ```
    pub trait TextFunctions {
        /// In lower case.
        fn lower(self) where [Self::Base: Textual] -> String any, Lower all "lower";
        /// In upper case.
        fn upper(self) where [Self::Base: Textual] -> String any, Upper all "upper";
        /// The first letter of each word in upper case, the others in lower case.
        fn initcap(self) where [Self::Base: Textual] -> String any, Initcap only { PostgreSQL: "initcap" };
        /// Without the spaces around it.
        fn trim(self) where [Self::Base: Textual] -> String any, Trim all "trim";
        /// Without the spaces before it.
        fn ltrim(self) where [Self::Base: Textual] -> String any, Ltrim all "ltrim";
        /// Without the spaces after it.
        fn rtrim(self) where [Self::Base: Textual] -> String any, Rtrim all "rtrim";
        /// Without any of these characters around it.
        fn trim_chars[C: Operand<String>](self, chars: C) where [Self::Base: Textual] -> String any,
            TrimChars only { SQLite: "trim", PostgreSQL: "btrim" };
        /// Without any of these characters before it.
        fn ltrim_chars[C: Operand<String>](self, chars: C) where [Self::Base: Textual]
            -> String any, LtrimChars only { SQLite | PostgreSQL: "ltrim" };
        /// Without any of these characters after it.
        fn rtrim_chars[C: Operand<String>](self, chars: C) where [Self::Base: Textual]
            -> String any, RtrimChars only { SQLite | PostgreSQL: "rtrim" };
        /// The number of characters.
        fn length(self) where [Self::Base: Textual] -> i64 any,
            Length each { SQLite | PostgreSQL: "length", MySQL | MariaDB: "char_length" };
        /// The number of bytes, in UTF-8.
        fn octet_length(self) where [Self::Base: Textual] -> i64 any, OctetLength each {
            SQLite: ["length(CAST(", " AS BLOB))"],
            PostgreSQL | MySQL | MariaDB: "octet_length",
        };
        /// Each `from` in it replaced by `to`.
        fn replace[F: Operand<String>, T: Operand<String>](self, from: F, to: T) where [Self::Base: Textual]
            -> String any, Replace all "replace";
        /// `count` characters from `start` on.
        fn substring[F: Operand<i64>, N: Operand<i64>](self, start: F, count: N) where [Self::Base: Textual]
            -> String any, Substring each {
            SQLite | MySQL | MariaDB: "substr",
            // Its numbers are integers of 32 bits, bound ones are of 64.
            PostgreSQL: ["substr(", ", (", ")::int, (", ")::int)"],
        };
        /// All characters from `start` on.
        fn substring_from[F: Operand<i64>](self, start: F) where [Self::Base: Textual]
            -> String any, SubstringFrom each {
            SQLite | MySQL | MariaDB: "substr",
            PostgreSQL: ["substr(", ", (", ")::int)"],
        };
        /// The first `count` characters. Of a negative count they are none, but on PostgreSQL all but the last ones.
        fn left[N: Operand<i64>](self, count: N) where [Self::Base: Textual] -> String any, Left each {
            SQLite: ["substr(", ", 1, ", ")"],
            PostgreSQL: ["left(", ", (", ")::int)"],
            MySQL | MariaDB: "left",
        };
        /// The last `count` characters. Of a negative count they are none, but on PostgreSQL all but the first ones.
        fn right[N: Operand<i64>](self, count: N) where [Self::Base: Textual] -> String any, Right only {
            PostgreSQL: ["right(", ", (", ")::int)"],
            MySQL | MariaDB: "right",
        };
        /// Filled up with `fill` on the left, or cut, to `length` characters.
        fn lpad[N: Operand<i64>, F: Operand<String>](self, length: N, fill: F) where [Self::Base: Textual]
            -> String any, Lpad only {
            PostgreSQL: ["lpad(", ", (", ")::int, ", ")"],
            // Of a negative length it would be NULL.
            MySQL | MariaDB: ["lpad(", ", greatest(", ", 0), ", ")"],
        };
        /// Filled up with `fill` on the right, or cut, to `length` characters.
        fn rpad[N: Operand<i64>, F: Operand<String>](self, length: N, fill: F) where [Self::Base: Textual]
            -> String any, Rpad only {
            PostgreSQL: ["rpad(", ", (", ")::int, ", ")"],
            MySQL | MariaDB: ["rpad(", ", greatest(", ", 0), ", ")"],
        };
        /// So many times one after the other.
        fn repeat[N: Operand<i64>](self, times: N) where [Self::Base: Textual] -> String any, Repeat each {
            SQLite: (|_| Words::Swapped(&["replace(hex(zeroblob(", ")), '00', ", ")"])),
            PostgreSQL: ["repeat(", ", (", ")::int)"],
            MySQL | MariaDB: "repeat",
        };
        /// From the last character to the first.
        fn reverse(self) where [Self::Base: Textual]
            -> String any, Reverse only { PostgreSQL | MySQL | MariaDB: "reverse" };
        /// The place of the first `part` in it, 0 if there is none.
        fn position[P: Operand<String>](self, part: P) where [Self::Base: Textual] -> i64 any,
            Position each { SQLite | MySQL | MariaDB: "instr", PostgreSQL: "strpos" };
        /// The part of this number between separators, empty if there is none.
        fn split_part[S: Operand<String>, N: Operand<i64>](self, separator: S, number: N) where [Self::Base: Textual]
            -> String any,
            SplitPart only { PostgreSQL: ["split_part(", ", ", ", (", ")::int)"] };
        /// All before the separator of this number; of a negative number all after it, counted from the end.
        fn substring_index[S: Operand<String>, N: Operand<i64>](self, separator: S, number: N)
            where [Self::Base: Textual]
            -> String any,
            SubstringIndex only { MySQL | MariaDB: "substring_index" };
        /// Each of the characters `from` replaced by the one at its place in `to`, or left out.
        fn translate[F: Operand<String>, T: Operand<String>](self, from: F, to: T) where [Self::Base: Textual]
            -> String any,
            Translate only { PostgreSQL: "translate" };
        /// The Unicode number of the first character, NULL of an empty text.
        fn code_point(self) where [Self::Base: Textual] -> i64 always, CodePoint each {
            SQLite: "unicode",
            PostgreSQL: ["nullif(ascii(", "), 0)"],
            MySQL | MariaDB: ["nullif(ord(convert(", " USING utf32)), 0)"],
        };
        /// Its bytes in UTF-8, two digits and capital letters each.
        fn hex(self) where [Self::Base: Textual] -> String any, Hex each {
            SQLite | MySQL | MariaDB: "hex",
            PostgreSQL: ["upper(encode(convert_to(", ", 'UTF8'), 'hex'))"],
        };
        /// Its MD5 sum, in 32 digits and small letters. MySQL has it no longer.
        fn md5(self) where [Self::Base: Textual] -> String any, Md5 only { PostgreSQL | MariaDB: "md5" };
        /// Its SHA-256 sum, in 64 digits and small letters.
        fn sha256(self) where [Self::Base: Textual] -> String any, Sha256 only {
            PostgreSQL: ["encode(sha256(convert_to(", ", 'UTF8')), 'hex')"],
            MySQL | MariaDB: ["sha2(", ", 256)"],
        };
        /// As a date, read by a format of PostgreSQL's: `DD.MM.YYYY`.
        fn to_date[F: Operand<String>](self, format: F) where [Self::Base: Textual] -> [chrono::NaiveDate] any,
            ToDate only { PostgreSQL: "to_date" };
        /// As a date and time, read by a format of MySQL's: `%d.%m.%Y %H:%i`. NULL where the text is none.
        fn str_to_date[F: Operand<String>](self, format: F) where [Self::Base: Textual]
            -> [chrono::NaiveDateTime] always,
            StrToDate only {
                MySQL: ["CAST(str_to_date(", ", ", ") AS DATETIME(6))"],
                // It would take the 29th of February of any year.
                MariaDB: ["CAST(CAST(str_to_date(", ", ", ") AS CHAR) AS DATETIME(6))"],
            };
    }
}

/// Escapes what LIKE would take for a wildcard. A backslash would have to be written in another way on MySQL.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            escaped.push('!');
        }
        escaped.push(c);
    }
    escaped
}
