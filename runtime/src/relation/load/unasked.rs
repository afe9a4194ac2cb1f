//! What is asked of a relation, where it is loaded already: each says how to ask it.

use super::{
    super::{RelatedRows, RelatedValue, Relation},
    Related,
};
use crate::{dialect::Dialect, query::Exists};

/// Never satisfied: it carries the words for questions about rows that are to be loaded.
#[diagnostic::on_unimplemented(
    message = "`.filter(..)`, `.limit(..)` and the like say what is loaded: a question takes its condition itself",
    label = "as in `User::posts().any_where(..)`, `.count_where(..)`, `.value(Post::views.sum().filter(..))`"
)]
pub trait AsksItself {
    /// It cannot be asked, so there is nothing that this could return.
    fn never<T>(self) -> T;
}

impl<D: Dialect, R: Relation, Row, X, L, N> Related<D, R, Row, X, L, N> {
    #[doc(hidden)]
    pub fn any(self) -> Exists<RelatedRows<D, R>>
    where
        Self: AsksItself,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn none(self) -> Exists<RelatedRows<D, R>>
    where
        Self: AsksItself,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn any_where<F>(self, _: F) -> Exists<RelatedRows<D, R>>
    where
        Self: AsksItself,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn count(self) -> RelatedValue<D, R, i64>
    where
        Self: AsksItself,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn count_where<F>(self, _: F) -> RelatedValue<D, R, i64>
    where
        Self: AsksItself,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn value<E, V>(self, _: E) -> RelatedValue<D, R, V>
    where
        Self: AsksItself,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn sum<E, V>(self, _: E) -> RelatedValue<D, R, V>
    where
        Self: AsksItself,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn avg<E, V>(self, _: E) -> RelatedValue<D, R, V>
    where
        Self: AsksItself,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn min<E, V>(self, _: E) -> RelatedValue<D, R, V>
    where
        Self: AsksItself,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn max<E, V>(self, _: E) -> RelatedValue<D, R, V>
    where
        Self: AsksItself,
    {
        self.never()
    }
}
