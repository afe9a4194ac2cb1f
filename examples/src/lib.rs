//! The guides, runnable: see `src/bin/`.
