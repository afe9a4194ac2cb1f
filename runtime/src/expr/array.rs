//! Arrays of PostgreSQL.

use super::{Expr, Node, Operand, Words, function::functions, node::operation};
use crate::value::{ArrayElement, SqlValue};

operation!(
    /// `value = ANY(array)`
    Has needs ArrayOperators -> bool, any, Comparison, Words::Each(&["", " = ANY(", ")"])
);
operation!(
    /// `@>`
    ContainsAll needs ArrayOperators -> bool, any, Concat, Words::infix(" @> ")
);
operation!(
    /// `<@`
    ContainedIn needs ArrayOperators -> bool, any, Concat, Words::infix(" <@ ")
);
operation!(
    /// `&&`
    Overlaps needs ArrayOperators -> bool, any, Concat, Words::infix(" && ")
);
operation!(
    /// `cardinality(..)`
    Cardinality needs ArrayOperators -> i64, any, Atom, Words::call("cardinality(")
);

/// A type of values that is an array in SQL.
#[diagnostic::on_unimplemented(message = "this needs an array, `{Self}` is none", label = "not a list of values")]
pub trait Array: SqlValue {
    /// The type of its elements.
    type Element: SqlValue;
}

#[diagnostic::do_not_recommend]
impl<T: ArrayElement> Array for Vec<T> {
    type Element = T;
}

/// Operators on arrays: PostgreSQL has them. Elsewhere a list is a JSON document.
///
/// ```
/// # #[cfg(feature = "postgres")] {
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, tags: Vec<String> }
/// let query = Post::query::<Postgres>().filter(Post::tags.has("rust")).select(Post::tags.cardinality());
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT cardinality("posts"."tags") FROM "posts" WHERE $1 = ANY("posts"."tags")"#
/// );
/// # }
/// ```
#[expect(clippy::wrong_self_convention, reason = "the names are SQL's, and expressions are made by value")]
pub trait ArrayExpr: Expr {
    /// Whether a value is one of the elements.
    fn has<V: Operand<<Self::Base as Array>::Element>>(self, value: V) -> Node<Has, (V, Self)>
    where
        Self::Base: Array,
    {
        Node::new(Has, (value, self))
    }

    /// Whether all elements of `other` are elements of this array.
    fn contains_all<O: Operand<Self::Base>>(self, other: O) -> Node<ContainsAll, (Self, O)>
    where
        Self::Base: Array,
    {
        Node::new(ContainsAll, (self, other))
    }

    /// Whether all elements of this array are elements of `other`.
    fn is_contained_in<O: Operand<Self::Base>>(self, other: O) -> Node<ContainedIn, (Self, O)>
    where
        Self::Base: Array,
    {
        Node::new(ContainedIn, (self, other))
    }

    /// Whether the two arrays have an element in common.
    fn overlaps<O: Operand<Self::Base>>(self, other: O) -> Node<Overlaps, (Self, O)>
    where
        Self::Base: Array,
    {
        Node::new(Overlaps, (self, other))
    }

    /// How many elements it has.
    fn cardinality(self) -> Node<Cardinality, (Self,)>
    where
        Self::Base: Array,
    {
        Node::new(Cardinality, (self,))
    }
}

impl<E: Expr> ArrayExpr for E {}

functions! {
    /// What is known of the functions on arrays.
    ARRAYS;

    /// Functions on arrays, of PostgreSQL. A place is counted from 1.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, tags: Vec<String> }
    /// let update = Post::update::<Postgres>().set(Post::tags.set(Post::tags.array_append("rust"))).filter(Post::id.eq(1));
    /// assert_eq!(
    ///     update.to_sql().sql,
    ///     r#"UPDATE "posts" SET "tags" = array_append("posts"."tags", $1) WHERE "posts"."id" = $2"#
    /// );
    /// # }
    /// ```
    pub trait ArrayFunctions {
        /// With one more element at the end.
        fn array_append[V: Operand<<Self::Base as Array>::Element>](self, value: V) where [Self::Base: Array]
            -> same any,
            ArrayAppend only { PostgreSQL: "array_append" };
        /// With one more element at the beginning.
        fn array_prepend[V: Operand<<Self::Base as Array>::Element>](self, value: V) where [Self::Base: Array]
            -> same any,
            ArrayPrepend only { PostgreSQL: (|_| Words::Swapped(&["array_prepend(", ", ", ")"])) };
        /// With the elements of another one after its own.
        fn array_cat[O: Operand<Self::Base>](self, other: O) where [Self::Base: Array]
            -> same any, ArrayCat only { PostgreSQL: "array_cat" };
        /// Without the elements that equal a value.
        fn array_remove[V: Operand<<Self::Base as Array>::Element>](self, value: V) where [Self::Base: Array]
            -> same any,
            ArrayRemove only { PostgreSQL: "array_remove" };
        /// With `to` in place of each `from`.
        fn array_replace[F: Operand<<Self::Base as Array>::Element>, T: Operand<<Self::Base as Array>::Element>](self, from: F, to: T)
            where [Self::Base: Array]
            -> same any, ArrayReplace only { PostgreSQL: "array_replace" };
        /// The place of the first element that equals a value, NULL if there is none.
        fn array_position[V: Operand<<Self::Base as Array>::Element>](self, value: V) where [Self::Base: Array]
            -> i64 always,
            ArrayPosition only { PostgreSQL: "array_position" };
        /// Its elements as one text, with `separator` between them.
        fn array_to_string[S: Operand<String>](self, separator: S) where [Self::Base: Array] -> String any,
            ArrayToString only { PostgreSQL: "array_to_string" };
        /// The element at a place, NULL if there is none.
        fn element_at[N: Operand<i64>](self, place: N) where [Self::Base: Array]
            -> [<<SelfArg::Expr as Expr>::Base as Array>::Element where Array] always,
            ElementAt only { PostgreSQL: ["(", ")[", "]"] };
    }
}
