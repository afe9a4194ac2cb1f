//! The condition that a row comes after the place of a cursor.

use super::Written;
use crate::{
    expr::Level,
    query::{filter::Conditions, order::Direction},
    render::Fragment,
    value::Value,
};

/// Adds that a row comes after these values of the keys, in the order of the keys or backward.
pub(super) fn add(keys: &[Written], values: &[Value], backward: bool, conditions: &mut Conditions<'_>) {
    let Some(first) = keys.first() else { return };
    let syntax = first.compared().syntax();
    let mut out = Fragment::clause(syntax);
    let same_direction = keys.iter().all(|key| key.direction == first.direction);
    if keys.len() > 1 && same_direction && syntax.spelling.row_comparison {
        rows(keys, values, sign(first, backward, false), &mut out);
        return conditions.fragment(out, Level::Comparison);
    }
    if keys.len() > 1 {
        // Without it, no plan sees where the index begins.
        compare(first, sign(first, backward, true), &values[0], &mut out);
        out.sql(" AND ");
    }
    each(keys, values, backward, &mut out);
    conditions.fragment(out, Level::And);
}

/// `(a, b) > (?, ?)`
fn rows(keys: &[Written], values: &[Value], sign: &'static str, out: &mut Fragment) {
    let mut separator = "(";
    for key in keys {
        out.sql(std::mem::replace(&mut separator, ", "));
        out.append(key.compared());
    }
    out.sql(")");
    out.sql(sign);
    let mut separator = "(";
    for value in values {
        out.sql(std::mem::replace(&mut separator, ", "));
        out.value(value.clone());
    }
    out.sql(")");
}

/// `(a > ? OR (a = ? AND b > ?))`
fn each(keys: &[Written], values: &[Value], backward: bool, out: &mut Fragment) {
    let (Some((key, rest)), Some((value, values))) = (keys.split_first(), values.split_first()) else { return };
    if rest.is_empty() {
        return compare(key, sign(key, backward, false), value, out);
    }
    out.sql("(");
    compare(key, sign(key, backward, false), value, out);
    out.sql(" OR (");
    compare(key, " = ", value, out);
    out.sql(" AND ");
    each(rest, values, backward, out);
    out.sql("))");
}

fn compare(key: &Written, sign: &'static str, value: &Value, out: &mut Fragment) {
    out.append(key.compared());
    out.sql(sign);
    out.value(value.clone());
}

fn sign(key: &Written, backward: bool, or_equal: bool) -> &'static str {
    match ((key.direction == Direction::Desc) != backward, or_equal) {
        (false, false) => " > ",
        (false, true) => " >= ",
        (true, false) => " < ",
        (true, true) => " <= ",
    }
}
