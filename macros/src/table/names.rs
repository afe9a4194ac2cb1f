//! The names that a table's parts get in Rust and SQL, where none was given.

use proc_macro2::{Ident, Span};
use syn::{Expr, ExprMethodCall, Path, ext::IdentExt};

use super::parse::{RawColumn, RawIndex, RawTable};
use crate::case::Case;

/// The functions of every table: `User::query()`. A constant of the same name would hide them.
pub(super) const FUNCTIONS: [&str; 6] = ["query", "insert", "update", "delete", "key", "all"];

/// The table's name in SQL.
pub(super) fn table_name(table: &RawTable) -> String {
    match &table.name {
        Some(name) => name.value.value(),
        None => Case::Snake.apply(&table.ident.unraw().to_string()),
    }
}

/// The name of the column's constant.
pub(super) fn constant(column: &RawColumn) -> &Ident {
    column.constant.as_ref().map_or(&column.ident, |constant| &constant.value)
}

/// The name of the accessor of a foreign key: what `relation = ..` says, or `author` for `author_id`.
pub(super) fn accessor(column: &RawColumn) -> Option<Ident> {
    column.references.as_ref()?;
    if let Some(relation) = &column.relation {
        return Some(relation.value.clone());
    }
    let field = column.field();
    let name = field.strip_suffix("_id").filter(|name| !name.is_empty())?;
    Some(ident(name, column.ident.span()))
}

/// An identifier of this name, raw if it is a keyword; those that cannot be raw get an underscore.
pub(super) fn ident(name: &str, span: Span) -> Ident {
    if matches!(name, "self" | "Self" | "super" | "crate") {
        return Ident::new(&format!("{name}_"), span);
    }
    syn::parse_str::<Ident>(name).map_or_else(|_| Ident::new_raw(name, span), |_| Ident::new(name, span))
}

/// The index's name in SQL: the given one, or `{table}_{columns}_idx`; `None` if a key is an expression.
pub(super) fn index_name(table: &RawTable, index: &RawIndex) -> Option<String> {
    if let Some(name) = &index.name {
        return Some(name.value.value());
    }
    let keys: Option<Vec<String>> = index.on.iter().map(|key| plain_key(table, key)).collect();
    let columns: Vec<String> = keys?.iter().map(|key| sql_name_of(table, key)).collect();
    Some(format!("{}_{}_idx", table_name(table), columns.join("_")))
}

/// The places of the columns that the index is over; `None` if a key is anything but a column of this table.
pub(super) fn plain_columns(table: &RawTable, index: &RawIndex) -> Option<Vec<usize>> {
    let keys: Option<Vec<String>> = index.on.iter().map(|key| plain_key(table, key)).collect();
    keys?.iter().map(|key| table.columns.iter().position(|column| constant(column).unraw() == *key)).collect()
}

/// Whether an upsert needs a constant to name this index: it is unique, but not simply over columns.
pub(super) fn has_constant(table: &RawTable, index: &RawIndex) -> bool {
    index.unique && (index.condition.is_some() || plain_columns(table, index).is_none())
}

/// The constant of a unique index: its name, with `_` for what Rust does not allow in one.
pub(super) fn index_constant(name: &str, span: Span) -> Ident {
    let mut text: String =
        name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    if text.starts_with(|letter: char| letter.is_ascii_digit()) {
        text.insert(0, '_');
    }
    ident(&text, span)
}

/// The constant's name in `User::name`, `User::name.asc()` and `User::name.desc()`.
fn plain_key(table: &RawTable, key: &Expr) -> Option<String> {
    match key {
        Expr::Path(path) if path.qself.is_none() => own_constant(table, &path.path),
        Expr::MethodCall(ExprMethodCall { receiver, method, args, .. })
            if args.is_empty() && (method == "asc" || method == "desc") && matches!(**receiver, Expr::Path(_)) =>
        {
            plain_key(table, receiver)
        }
        _ => None,
    }
}

fn own_constant(table: &RawTable, path: &Path) -> Option<String> {
    let mut segments = path.segments.iter().rev();
    let constant = segments.next()?;
    let owner = &segments.next()?.ident;
    let is_own = *owner == table.ident || table.columns_struct.as_ref().is_some_and(|columns| *owner == columns.value);
    is_own.then(|| constant.ident.unraw().to_string())
}

fn sql_name_of(table: &RawTable, key: &str) -> String {
    let column = table.columns.iter().find(|column| constant(column).unraw() == *key);
    // An unknown column is rustc's to report, at the user's own path.
    column.map_or_else(|| key.to_owned(), RawColumn::sql_name)
}
