//! A number in the text of the SQL.

use crate::{
    dialect::Dialect,
    expr::{Expr, ExprIn, IntoExpr, Render},
    query::GroupedBy,
    render::Fragment,
    table::No,
    value::{NotNull, Nullable},
};

/// A count that is written, not bound: databases ask for a literal here, or go by its type.
#[derive(Debug, Clone, Copy)]
pub struct WrittenNumber(pub(super) u32);

impl Expr for WrittenNumber {
    type Base = i64;
    type Aggregates = No;
    type Quotient = Nullable;
}

impl<S> ExprIn<S, ()> for WrittenNumber {
    type Null = NotNull;
}

impl<D: Dialect> Render<D> for WrittenNumber {
    fn render(self, out: &mut Fragment) {
        out.number(self.0.into());
    }
}

#[diagnostic::do_not_recommend]
impl IntoExpr for WrittenNumber {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<K> GroupedBy<K, ()> for WrittenNumber {}
