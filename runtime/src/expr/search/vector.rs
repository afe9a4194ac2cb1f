//! Full-text search of PostgreSQL: the words of a text, and what they match.

use crate::{
    dialect::Dialect,
    expr::{
        Expr, ExprIn, IntoExpr, Matchable, Node, Operand, Render,
        function::{function, functions},
    },
    query::GroupedBy,
    render::{Fragment, text_literal},
    table::No,
    value::{NotNull, Nullable, TsQuery, TsVector},
};

#[diagnostic::do_not_recommend]
impl Matchable for TsVector {
    type Pattern = TsQuery;
    type Match = TsMatches;
    const MATCH: TsMatches = TsMatches;
}

/// A type of values that holds the words of a text.
#[diagnostic::on_unimplemented(
    message = "this needs the words of a text, `{Self}` is none",
    label = "`to_tsvector(\"english\", ..)` makes them of a text"
)]
pub trait Searched {}
#[diagnostic::do_not_recommend]
impl Searched for TsVector {}

/// How much a word counts in a rank: 1, 0.4, 0.2 and 0.1 unless the database is told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// 1
    A,
    /// 0.4
    B,
    /// 0.2
    C,
    /// 0.1
    D,
}

/// The name of a configuration, such as `english`: it is written and not bound, for an index must hold the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config(&'static str);

macro_rules! written {
    ($($name:ty, |$this:ident, $out:ident| $write:expr;)*) => {$(
        impl Expr for $name {
            type Base = String;
            type Aggregates = No;
            type Quotient = Nullable;
        }

        impl<S> ExprIn<S, ()> for $name {
            type Null = NotNull;
        }

        impl<D: Dialect> Render<D> for $name {
            fn render(self, $out: &mut Fragment) {
                let $this = self;
                $write
            }
        }

        impl IntoExpr for $name {
            type Expr = Self;

            fn into_expr(self) -> Self {
                self
            }
        }

        impl<K> GroupedBy<K, ()> for $name {}
    )*};
}

written! {
    Config, |config, out| out.write(|sql| text_literal(sql, config.0));
    Weight, |weight, out| out.sql(match weight {
        Weight::A => "'A'",
        Weight::B => "'B'",
        Weight::C => "'C'",
        Weight::D => "'D'",
    });
}

function!(
    /// `@@`: see [`RegexExpr::matches`](crate::expr::RegexExpr::matches).
    TsMatches = matches(self, query) -> bool any, only { PostgreSQL: ["((", ") @@ (", "))"] }
);
functions!(@implement TsMatches (SelfArg, Q) [bool] [] any);

macro_rules! configured {
    ($($(#[$meta:meta])* $name:ident = $function:ident[$($generics:tt)*]($text:ident) -> $result:ident;)*) => {$(
        function!(
            #[doc = concat!("See [`", stringify!($function), "`].")]
            $name = $function(config, $text) -> $result any, only { PostgreSQL: [concat!(stringify!($function), "("), ", ", ")"] }
        );
        functions!(@implement $name (C, T) [$result] [] any);

        $(#[$meta])*
        pub const fn $function<$($generics)*>(config: &'static str, $text: T) -> Node<$name, (Config, T)> {
            Node::new($name, (Config(config), $text))
        }
    )*};
}

configured! {
    /// The words of a text in their basic form, by a configuration such as `english` or `simple`. PostgreSQL has it.
    ///
    /// `.matches(..)` searches in them. In a generated column, or in an index, they are found without reading the texts:
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// #[derive(Table)]
    /// #[table(name = "posts", dialect = Postgres, index(name = "posts_words", on = Post::words, using = gin))]
    /// struct Post {
    ///     #[column(primary_key, auto_increment)]
    ///     id: i64,
    ///     title: String,
    ///     body: String,
    ///     #[column(generated = setweight(to_tsvector("english", Post::title), Weight::A)
    ///         .ts_concat(setweight(to_tsvector("english", Post::body), Weight::D)))]
    ///     words: TsVector,
    /// }
    ///
    /// let cats = websearch_to_tsquery("english", "cats -dogs");
    /// let found = Post::query::<Postgres>()
    ///     .filter(Post::words.matches(cats.clone()))
    ///     .select(Post::title)
    ///     .order_by(ts_rank(Post::words, cats).desc());
    /// assert_eq!(
    ///     found.to_sql().sql,
    ///     concat!(
    ///         r#"SELECT "posts"."title" FROM "posts" WHERE (("posts"."words") @@ (websearch_to_tsquery('english', $1))) "#,
    ///         r#"ORDER BY ts_rank("posts"."words", websearch_to_tsquery('english', $2)) DESC"#,
    ///     )
    /// );
    /// # }
    /// ```
    ToTsvector = to_tsvector[T: Operand<String>](text) -> TsVector;
    /// Words with `&`, `|`, `!` and `<->` between them: `cat & !dog`. Anything else is an error of the database: what people
    /// write goes to [`websearch_to_tsquery`]. PostgreSQL has it.
    ToTsquery = to_tsquery[T: Operand<String>](query) -> TsQuery;
    /// All words of a text. PostgreSQL has it.
    PlaintoTsquery = plainto_tsquery[T: Operand<String>](text) -> TsQuery;
    /// All words of a text, one after the other. PostgreSQL has it.
    PhrasetoTsquery = phraseto_tsquery[T: Operand<String>](text) -> TsQuery;
    /// What people write into a search field: words, `"phrases"`, `or`, `-without`; never an error. PostgreSQL has it.
    WebsearchToTsquery = websearch_to_tsquery[T: Operand<String>](text) -> TsQuery;
}

function!(
    /// See [`ts_headline`].
    TsHeadline = ts_headline(config, text, query) -> String any, only { PostgreSQL: "ts_headline" }
);
functions!(@implement TsHeadline (C, T, Q) [String] [] any);

/// A part of a text with the words that were found between `<b>` and `</b>`. PostgreSQL has it.
pub fn ts_headline<T: Operand<String>, Q: Operand<TsQuery>>(
    config: &'static str,
    text: T,
    query: Q,
) -> Node<TsHeadline, (Config, T, Q)> {
    Node::new(TsHeadline, (Config(config), text, query))
}

function!(
    /// See [`setweight`].
    Setweight = setweight(vector, weight) -> TsVector any, only { PostgreSQL: "setweight" }
);
functions!(@implement Setweight (V, W) [TsVector] [] any);

/// The same words, which count so much in a rank. PostgreSQL has it.
pub const fn setweight<V: Operand<TsVector>>(vector: V, weight: Weight) -> Node<Setweight, (V, Weight)> {
    Node::new(Setweight, (vector, weight))
}

functions! {
    /// What is known of the functions for full-text search.
    SEARCH [ToTsvector ToTsquery PlaintoTsquery PhrasetoTsquery WebsearchToTsquery TsMatches TsHeadline Setweight];

    /// Operators on the words of a text.
    pub trait SearchExpr {
        /// These words and those of another text after it.
        fn ts_concat[O: Operand<TsVector>](self, other: O) where [Self::Base: Searched] -> [TsVector] any,
            TsConcat only { PostgreSQL: ["((", ") || (", "))"] };
    }

    /// How well the words of a text match a query.
    fn ts_rank[V: Operand<TsVector>, Q: Operand<TsQuery>](vector: V, query: Q) -> f32 any,
        TsRank only { PostgreSQL: "ts_rank" };
    /// How well the words of a text match a query, by how close together they are.
    fn ts_rank_cd[V: Operand<TsVector>, Q: Operand<TsQuery>](vector: V, query: Q) -> f32 any,
        TsRankCd only { PostgreSQL: "ts_rank_cd" };
}
