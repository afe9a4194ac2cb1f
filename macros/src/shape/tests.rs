//! What shapes expand to, and what is said of wrong ones.
