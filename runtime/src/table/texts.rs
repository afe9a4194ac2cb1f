//! Parts of SQL text that are the same in many statements about a table.

use std::{mem::ManuallyDrop, sync::OnceLock};

use super::TableDef;
use crate::{dialect::Syntax, render::quote};

/// Texts about a table, written when they are first needed: one for each way to quote.
///
/// A definition is static, so that nothing is lost if its texts are never dropped, and only what needs no drop can be
/// written as `..TableDef::new(..)`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Texts {
    double_quotes: ManuallyDrop<OnceLock<String>>,
    backticks: ManuallyDrop<OnceLock<String>>,
}

impl Texts {
    pub(super) const fn new() -> Self {
        Texts { double_quotes: ManuallyDrop::new(OnceLock::new()), backticks: ManuallyDrop::new(OnceLock::new()) }
    }
}

impl TableDef {
    /// All columns, qualified by the table's name and separated by commas.
    pub(crate) fn selection(&'static self, syntax: &Syntax) -> &'static str {
        let text = if syntax.quote == '`' { &self.texts.backticks } else { &self.texts.double_quotes };
        text.get_or_init(|| {
            let mut sql = String::new();
            for column in self.columns {
                if !sql.is_empty() {
                    sql.push_str(", ");
                }
                quote(&mut sql, self.name, syntax);
                sql.push('.');
                quote(&mut sql, column.name, syntax);
            }
            sql
        })
    }
}
