//! From clauses to SQL text.
//!
//! A clause is a [`Fragment`]: pieces of text with holes for bound values and qualified names. One final pass
//! joins the pieces, quotes the names and numbers the parameters in the dialect's way.

mod fragment;
mod sql;
mod statement;

pub use fragment::{Fragment, Piece};
pub use sql::Sql;
pub use statement::Statement;
pub(crate) use statement::question_mark;
pub(crate) use statement::{quote, text_literal};
