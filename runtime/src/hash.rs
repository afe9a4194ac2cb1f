//! Fowler, Noll and Vo's hash (FNV-1a): the same in each build, which std does not promise of its own.

/// The hash of nothing.
pub(crate) const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of what was hashed before, and then these bytes.
pub(crate) fn and(before: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(before, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
