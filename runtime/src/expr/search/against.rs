//! `MATCH .. AGAINST` of MySQL and MariaDB.

use crate::{
    expr::{
        Args, Bind, Expr, Node, Param, Textual,
        function::{function, functions},
        node::operation,
    },
    table::{Col, Column},
};

/// What `MATCH` names: columns of text of one table.
#[diagnostic::on_unimplemented(
    message = "MATCH searches columns of text of one table, and these are none",
    label = "expected a tuple of columns: `(Post::title, Post::body)`"
)]
pub trait SearchedColumns: Args {}

/// What `AGAINST` takes: a value.
#[diagnostic::on_unimplemented(
    message = "AGAINST takes a value, and no expression",
    label = "expected text, or a `Param<String>`"
)]
pub trait SearchText {}

macro_rules! texts {
    ($($ty:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl SearchText for $ty {}
    )*};
}

texts!(&str, String, &String, Bind<String>, Param<String>);

operation!(
    /// The columns of a `MATCH`.
    MatchColumns -> String, never, Atom, crate::expr::Words::call("MATCH (")
);

macro_rules! searched {
    ($($column:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<A, $($column: Column),+> SearchedColumns for ($(Col<$column, A>,)+)
        where
            Self: Args,
            $(Col<$column, A>: Expr<Base: Textual>,)+
        {
        }
    };
}

searched!(C1);
searched!(C1, C2);
searched!(C1, C2, C3);
searched!(C1, C2, C3, C4);

macro_rules! against {
    ($($(#[$meta:meta])* $name:ident = $function:ident[$($generics:tt)*], $close:literal;)*) => {
        $(
            function!(
                #[doc = concat!("See [`", stringify!($function), "`].")]
                $name = $function(columns, text) -> f64 never, only { MySQL | MariaDB: ["", " AGAINST (", $close] }
            );
            functions!(@implement $name (C, T) [f64] [] never);

            $(#[$meta])*
            pub const fn $function<$($generics)*>(columns: C, text: T) -> Node<$name, (Node<MatchColumns, C>, T)> {
                Node::new($name, (Node::new(MatchColumns, columns), text))
            }
        )*

        /// What is known of the functions for full-text search.
        pub(in crate::expr) const SEARCH: &[crate::expr::Function] = &[
            $(<$name as crate::expr::NamedFunction>::FUNCTION,)*
        ];
    };
}

against! {
    /// `MATCH (..) AGAINST (..)`: how well the words of a text are found in columns that have a FULLTEXT index together; 0
    /// if none is. Words are compared as the columns compare texts: in tables that mizzle creates, case counts. MySQL and MariaDB
    /// have it.
    ///
    /// ```
    /// # #[cfg(feature = "mysql")] {
    /// use mizzle::prelude::*;
    /// #[derive(Table)]
    /// #[table(name = "posts", index(name = "posts_words", on = (Post::title, Post::body), using = fulltext))]
    /// struct Post { #[column(primary_key)] id: i64, title: String, body: String }
    ///
    /// let cats = match_against((Post::title, Post::body), "cats");
    /// let found = Post::query::<MySql>().filter(cats.clone().gt(0.0)).order_by(cats.desc()).select(Post::id);
    /// assert_eq!(
    ///     found.to_sql().sql,
    ///     concat!(
    ///         "SELECT `posts`.`id` FROM `posts` WHERE MATCH (`posts`.`title`, `posts`.`body`) AGAINST (?) > ? ",
    ///         "ORDER BY MATCH (`posts`.`title`, `posts`.`body`) AGAINST (?) DESC",
    ///     )
    /// );
    /// # }
    /// ```
    MatchAgainst = match_against[C: SearchedColumns, T: SearchText], ")";
    /// The same with `+word`, `-word`, `word*` and `"phrases"` in the text: `IN BOOLEAN MODE`. MySQL and MariaDB have it.
    MatchAgainstBoolean = match_against_boolean[C: SearchedColumns, T: SearchText], " IN BOOLEAN MODE)";
}
