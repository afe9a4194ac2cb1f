//! Integration tests of mizzle against real databases: see `tests/`.
