//! Attributes of one column that contradict each other or its type.

use syn::{Expr, Path};

use crate::{
    attr::Slot,
    errors::Errors,
    table::parse::{RawColumn, Reaction},
    types,
};

pub(super) fn validate(column: &mut RawColumn, errors: &mut Errors) {
    generated(column, errors);
    defaults(column, errors);
    auto_increment(column, errors);
    functions(column, errors);
    foreign_key(column, errors);
}

/// Removes an attribute and reports it at its key.
fn refuse<T>(slot: &mut Slot<T>, errors: &mut Errors, message: impl FnOnce(&str) -> String) {
    if let Some(attribute) = slot.take() {
        let key = attribute.key.to_string();
        errors.at(attribute.key, message(&key));
    }
}

fn generated(column: &mut RawColumn, errors: &mut Errors) {
    let field = column.field();
    if column.generated.is_some() {
        refuse(&mut column.generated_virtual, errors, |_| {
            format!(
                "`generated` and `generated_virtual` contradict each other: `{field}` is either stored or computed on reading"
            )
        });
    }
    let Some(kind) =
        column.generated.as_ref().or(column.generated_virtual.as_ref()).map(|generated| generated.key.to_string())
    else {
        return;
    };
    let message = |key: &str| format!("`{key}` contradicts `{kind}`: the database computes `{field}`");
    refuse(&mut column.default, errors, message);
    refuse(&mut column.default_fn, errors, message);
    refuse(&mut column.on_update_fn, errors, message);
    refuse(&mut column.auto_increment, errors, message);
}

fn defaults(column: &mut RawColumn, errors: &mut Errors) {
    let field = column.field();
    if column.default.is_some() {
        refuse(&mut column.default_fn, errors, |_| {
            format!(
                "`default_fn` contradicts `default`: `{field}` gets its default either from mizzle or from the database"
            )
        });
    }
    if column.auto_increment.is_some() {
        let message = |key: &str| format!("`{key}` contradicts `auto_increment`: `{field}` counts up by itself");
        refuse(&mut column.default, errors, message);
        refuse(&mut column.default_fn, errors, message);
    }
}

fn auto_increment(column: &mut RawColumn, errors: &mut Errors) {
    // Of a nullable primary key, that is the one mistake to report.
    let is_nullable_key = column.primary_key.is_some() && column.is_nullable();
    if types::cannot_count(&column.ty) && !is_nullable_key {
        let field = column.field();
        let ty = types::name(&column.ty).unwrap_or_default();
        refuse(&mut column.auto_increment, errors, |_| {
            format!("`auto_increment` needs `i16`, `i32` or `i64`: `{field}` is `{ty}`")
        });
    }
}

/// A call instead of a function would be evaluated once; say so rather than let rustc find no `Fn`.
fn functions(column: &mut RawColumn, errors: &mut Errors) {
    for slot in [&mut column.default_fn, &mut column.on_update_fn] {
        if slot
            .as_ref()
            .is_some_and(|function| matches!(function.value, Expr::Call(_) | Expr::MethodCall(_) | Expr::Lit(_)))
        {
            refuse(slot, errors, |key| {
                format!("`{key}` takes a function, which mizzle calls: write `Uuid::new_v4`, not `Uuid::new_v4()`")
            });
        }
    }
}

fn foreign_key(column: &mut RawColumn, errors: &mut Errors) {
    let field = column.field();
    if column.references.as_ref().is_some_and(|references| !names_a_column(&references.value)) {
        refuse(&mut column.references, errors, |_| {
            "`references` needs a column of a table: `references = User::id`".to_owned()
        });
        // Not mistakes of their own.
        (column.on_delete, column.on_update, column.relation) = (None, None, None);
    }
    if column.references.is_none() {
        let message = |key: &str| format!("`{key}` without `references`: `{field}` is not a foreign key");
        refuse(&mut column.on_delete, errors, message);
        refuse(&mut column.on_update, errors, message);
        refuse(&mut column.relation, errors, message);
    }
    let key = [KeyPart::of(column)];
    for slot in [&mut column.on_delete, &mut column.on_update] {
        reaction(slot, &key, errors);
    }
}

/// What an action needs to know of a column of a foreign key.
pub(super) struct KeyPart {
    field: String,
    is_nullable: bool,
    has_default: bool,
}

impl KeyPart {
    pub(super) fn of(column: &RawColumn) -> Self {
        KeyPart { field: column.field(), is_nullable: column.is_nullable(), has_default: column.default.is_some() }
    }
}

/// Refuses an action that one of the key's columns cannot take.
pub(super) fn reaction(slot: &mut Slot<Reaction>, key: &[KeyPart], errors: &mut Errors) {
    let message = match slot.as_ref().map(|action| action.value) {
        Some(Reaction::SetNull) => key
            .iter()
            .find(|part| !part.is_nullable)
            .map(|part| format!("`{}` is NOT NULL and cannot be set to NULL", part.field)),
        Some(Reaction::SetDefault) => key
            .iter()
            .find(|part| !part.is_nullable && !part.has_default)
            .map(|part| format!("`{}` has no default to be set to: add `default = ..`", part.field)),
        _ => None,
    };
    if let Some(message) = message {
        refuse(slot, errors, |_| message);
    }
}

/// Whether a path has the form `User::id`.
pub(super) fn names_a_column(path: &Path) -> bool {
    path.segments.len() > 1
}
