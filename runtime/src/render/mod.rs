//! From clauses to SQL text.
//!
//! A clause is a [`Fragment`]: text in the dialect's words, and the values that it binds. Where the dialect numbers its
//! placeholders, they stay holes in the text until the clauses come together.

mod fragment;
mod mark;
mod quoted;
mod sql;
mod statement;
mod with;

pub use fragment::Fragment;
pub(crate) use fragment::LIST;
pub(crate) use mark::{Marking, Place};
pub(crate) use quoted::Quoted;
pub use sql::Sql;
pub use statement::Statement;
pub(crate) use statement::question_mark;
pub(crate) use statement::{push_number, quote, text_literal};
pub(crate) use with::{CommonTable, Definition};
