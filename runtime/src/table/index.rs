//! Unique indexes over expressions, as constants: `User::users_email_ci`.

use std::marker::PhantomData;

use super::{IndexKeys, SqlText};

/// A unique index over expressions, as the target of a conflict.
pub struct UniqueIndex<M>(PhantomData<fn() -> M>);

impl<M> UniqueIndex<M> {
    /// The index; it holds nothing.
    pub const NEW: Self = UniqueIndex(PhantomData);
}

impl<M> Clone for UniqueIndex<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for UniqueIndex<M> {}

impl<M> std::fmt::Debug for UniqueIndex<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UniqueIndex")
    }
}

/// The marker of a unique index: written by the derive.
pub trait IndexTarget: 'static {
    /// Its keys.
    const KEYS: IndexKeys;
    /// The condition of a partial index.
    const CONDITION: Option<SqlText> = None;
}
