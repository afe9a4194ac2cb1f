//! Text: LIKE, concatenation, case, length.

use super::{Expr, Node, Operand, Words, node::operation};

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
    /// One text after the other.
    Concat -> String, any, Concat, spelling concat
);
operation!(
    /// `lower(..)`
    Lower -> String, any, Atom, Words::call("lower(")
);
operation!(
    /// `upper(..)`
    Upper -> String, any, Atom, Words::call("upper(")
);
operation!(
    /// `trim(..)`
    Trim -> String, any, Atom, Words::call("trim(")
);
operation!(
    /// The number of characters.
    Length -> i64, any, Atom, spelling length
);
operation!(
    /// `replace(text, from, to)`
    Replace -> String, any, Atom, Words::call("replace(")
);
operation!(
    /// `substr(text, start, count)`
    Substring -> String, any, Atom, spelling substring
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

/// Functions and operators on text.
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

    /// In lower case.
    fn lower(self) -> Node<Lower, (Self,)>
    where
        Self::Base: Textual,
    {
        Node::new(Lower, (self,))
    }

    /// In upper case.
    fn upper(self) -> Node<Upper, (Self,)>
    where
        Self::Base: Textual,
    {
        Node::new(Upper, (self,))
    }

    /// Without the spaces around it.
    fn trim(self) -> Node<Trim, (Self,)>
    where
        Self::Base: Textual,
    {
        Node::new(Trim, (self,))
    }

    /// The number of characters.
    fn length(self) -> Node<Length, (Self,)>
    where
        Self::Base: Textual,
    {
        Node::new(Length, (self,))
    }

    /// Each `from` in it replaced by `to`.
    fn replace<F: Operand<String>, T: Operand<String>>(self, from: F, to: T) -> Node<Replace, (Self, F, T)>
    where
        Self::Base: Textual,
    {
        Node::new(Replace, (self, from, to))
    }

    /// `count` characters from `start` on, counted from 1.
    fn substring<F: Operand<i64>, N: Operand<i64>>(self, start: F, count: N) -> Node<Substring, (Self, F, N)>
    where
        Self::Base: Textual,
    {
        Node::new(Substring, (self, start, count))
    }
}

impl<E: Expr> TextExpr for E {}

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
