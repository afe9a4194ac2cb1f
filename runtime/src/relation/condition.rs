//! A relation as the condition of a join: `.left_join::<Post>().on(User::posts())`.

use super::{BelongsTo, HasMany, HasOne};
use crate::{
    dialect::Dialect,
    expr::{Expr, ExprIn, Level, Render},
    query::InScope,
    render::Fragment,
    table::{No, Source, SourceId},
    value::{Nullable, Nullness},
};

/// A relation that leads to another table: with itself, nothing says which side an alias stands for.
#[diagnostic::on_unimplemented(
    message = "a relation of `{T}` with itself is no condition of a join: compare the columns with those of the alias",
    label = "leads back to `{T}`"
)]
pub trait OtherTable<T> {}
#[diagnostic::do_not_recommend]
impl<T> OtherTable<T> for No {}

macro_rules! conditions {
    ($($name:ident<$from:ident, $to:ident $(, $null:ident)?>;)*) => {$(
        impl<$from, $to $(, $null)?> Expr for $name<$from, $to $(, $null)?> {
            type Base = bool;
            type Aggregates = No;
            type Quotient = crate::value::Nullable;
            const LEVEL: Level = Level::Comparison;
        }

        impl<S, I, J, $from: Source, $to: Source $(, $null)?> ExprIn<S, (I, J)> for $name<$from, $to $(, $null)?>
        where
            S: InScope<$from, I> + InScope<$to, J>,
            <$from::Id as SourceId>::Is<$to::Id>: OtherTable<$from>,
        {
            type Null = <Nullable as Nullness>::Or<<S as InScope<$from, I>>::Null>;
        }

        impl<Db: Dialect, $from: Source, $to: Source $(, $null)?> Render<Db> for $name<$from, $to $(, $null)?> {
            fn render(self, out: &mut Fragment) {
                out.column($to::NAME, self.link.other.name);
                out.sql(" = ");
                out.column($from::NAME, self.link.own.name);
            }
        }
    )*};
}

conditions! {
    BelongsTo<C, T, K>;
    HasOne<P, C, K>;
    HasMany<P, C, K>;
}
