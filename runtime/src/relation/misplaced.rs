//! What a relation of another kind does: each says what to use instead.

use super::{Belonging, HasMany, HasManyThrough, Linking, Rel};

/// Never satisfied: it carries the words for links of rows that no table links.
#[diagnostic::on_unimplemented(
    message = "rows of `{To}` refer to a `{From}` themselves: use `.add(..)`, `.remove(..)` or `.set(..)`",
    label = "no table between links them"
)]
pub trait LinkedThrough<From, To> {
    /// Nothing links them, so there is nothing that this could return.
    fn never<T>(self) -> T;
}

/// Never satisfied: it carries the words for foreign keys that rows do not have.
#[diagnostic::on_unimplemented(
    message = "another table links rows of `{To}` with a `{From}`: use `.link(..)`, `.unlink(..)` or `.set_links(..)`",
    label = "does not refer to it"
)]
pub trait Refers<From, To> {
    /// Nothing refers to it, so there is nothing that this could return.
    fn never<T>(self) -> T;
}

impl<P, C, I> Rel<HasMany<P, C, I>> {
    #[doc(hidden)]
    pub fn link<D, K, V>(self, _: K, _: V) -> Linking<D>
    where
        Self: LinkedThrough<P, C>,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn unlink<D, K, V>(self, _: K, _: V) -> Linking<D>
    where
        Self: LinkedThrough<P, C>,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn set_links<D, K, V>(self, _: K, _: V) -> Linking<D>
    where
        Self: LinkedThrough<P, C>,
    {
        self.never()
    }
}

impl<P, J, T, I> Rel<HasManyThrough<P, J, T, I>> {
    #[doc(hidden)]
    pub fn add<D, K, V>(self, _: K, _: V) -> Belonging<D>
    where
        Self: Refers<P, T>,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn remove<D, K, V>(self, _: K, _: V) -> Belonging<D>
    where
        Self: Refers<P, T>,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn set<D, K, V>(self, _: K, _: V) -> Belonging<D>
    where
        Self: Refers<P, T>,
    {
        self.never()
    }
}
