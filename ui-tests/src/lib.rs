//! Queries that must not compile, and the words that reject them: see `tests/`.
