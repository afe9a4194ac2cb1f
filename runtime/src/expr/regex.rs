//! Regular expressions, each database's own kind of them.

use super::{
    Expr, Node, Operand, Textual,
    function::{function, functions},
};
use crate::value::SqlValue;

/// A type of values in which a pattern can be searched.
#[diagnostic::on_unimplemented(
    message = "this needs text to search in, `{Self}` is none",
    label = "expected text, found `{Self}`"
)]
pub trait Matchable {
    /// What a pattern is.
    type Pattern: SqlValue;
    /// The operator that searches.
    type Match;
    /// The operator.
    #[doc(hidden)]
    const MATCH: Self::Match;
}

#[diagnostic::do_not_recommend]
impl Matchable for String {
    type Pattern = String;
    type Match = Matches;
    const MATCH: Matches = Matches;
}

function!(
    /// See [`RegexExpr::matches`].
    Matches = matches(self, pattern) -> bool any, only {
        PostgreSQL: ["((", ") ~ (", "))"],
        MySQL: ["regexp_like(", ", ", ", 'c')"],
        MariaDB: ["((", ") REGEXP concat('(?-i)', ", "))"],
    }
);
functions!(@implement Matches (SelfArg, P) [bool] [] any);

functions! {
    /// What is known of the functions with regular expressions.
    REGEXES [Matches];

    /// Regular expressions: those of PostgreSQL, of ICU on MySQL, of PCRE on MariaDB. SQLite has none.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let query = User::query::<Postgres>().filter(User::name.matches("^A[a-z]+$")).select(User::id);
    /// assert_eq!(query.to_sql().sql, r#"SELECT "users"."id" FROM "users" WHERE (("users"."name") ~ ($1))"#);
    /// # }
    /// ```
    pub trait RegexFunctions {
        /// Whether the pattern is found in it, whatever the case of letters.
        fn matches_insensitive[P: Operand<String>](self, pattern: P) where [Self::Base: Textual]
            -> bool any, MatchesInsensitive only {
            PostgreSQL: ["((", ") ~* (", "))"],
            MySQL: ["regexp_like(", ", ", ", 'i')"],
            MariaDB: ["((", ") REGEXP concat('(?i)', ", "))"],
        };
        /// All that the pattern finds replaced by `to`, in which groups are named as the database does: `\1` on PostgreSQL and
        /// MariaDB, `$1` on MySQL.
        fn regexp_replace[P: Operand<String>, T: Operand<String>](self, pattern: P, to: T) where [Self::Base: Textual]
            -> String any, RegexpReplace only {
            PostgreSQL: ["regexp_replace(", ", ", ", ", ", 'g')"],
            MySQL: ["regexp_replace(", ", ", ", ", ", 1, 0, 'c')"],
            MariaDB: ["regexp_replace(", ", concat('(?-i)', ", "), ", ")"],
        };
        /// The first text that the pattern finds, NULL if there is none. PostgreSQL has it from version 15 on.
        fn regexp_substr[P: Operand<String>](self, pattern: P) where [Self::Base: Textual]
            -> String always, RegexpSubstr only {
            PostgreSQL: "regexp_substr",
            MySQL: ["regexp_substr(", ", ", ", 1, 1, 'c')"],
            MariaDB: ["nullif(regexp_substr(", ", concat('(?-i)', ", ")), '')"],
        };
        /// The place of the first text that the pattern finds, 0 if there is none. PostgreSQL has it from version 15 on.
        fn regexp_instr[P: Operand<String>](self, pattern: P) where [Self::Base: Textual]
            -> i64 any, RegexpInstr only {
            PostgreSQL: "regexp_instr",
            MySQL: ["regexp_instr(", ", ", ", 1, 1, 0, 'c')"],
            MariaDB: ["regexp_instr(", ", concat('(?-i)', ", "))"],
        };
        /// How often the pattern is found in it. PostgreSQL has it from version 15 on.
        fn regexp_count[P: Operand<String>](self, pattern: P) where [Self::Base: Textual]
            -> i64 any, RegexpCount only { PostgreSQL: "regexp_count" };
    }
}

/// Searching with a pattern.
pub trait RegexExpr: Expr {
    /// Whether the pattern is found in it; case matters. PostgreSQL, MySQL and MariaDB have it.
    fn matches<P: Operand<<Self::Base as Matchable>::Pattern>>(
        self,
        pattern: P,
    ) -> Node<<Self::Base as Matchable>::Match, (Self, P)>
    where
        Self::Base: Matchable,
    {
        Node::new(<Self::Base as Matchable>::MATCH, (self, pattern))
    }
}

impl<E: Expr> RegexExpr for E {}
