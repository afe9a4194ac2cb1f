//! A relation as the condition of a join: `.left_join::<Post>().on(User::posts())`.

use super::{BelongsTo, HasMany, HasOne, Rel, Relation};
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

/// A relation whose keys are columns of the two tables.
#[diagnostic::on_unimplemented(
    message = "a relation through another table is no condition of a join: join the table between first, then this one",
    label = "goes through another table, which needs a join of its own"
)]
pub trait JoinCondition {}
#[diagnostic::do_not_recommend]
impl<C, T, K> JoinCondition for BelongsTo<C, T, K> {}
#[diagnostic::do_not_recommend]
impl<P, C, I> JoinCondition for HasOne<P, C, I> {}
#[diagnostic::do_not_recommend]
impl<P, C, I> JoinCondition for HasMany<P, C, I> {}

/// A scope that the table `T` is part of, which a relation leads to.
#[diagnostic::on_unimplemented(
    message = "this relation leads to `{T}`, which is not part of this query",
    label = "`.any()` asks whether it leads to a row, `.count()` to how many; `.with(..)` loads them"
)]
pub trait LeadsInto<T, I> {}
#[diagnostic::do_not_recommend]
impl<S: InScope<T, I>, T, I> LeadsInto<T, I> for S {}

impl<R> Expr for Rel<R> {
    type Base = bool;
    type Aggregates = No;
    type Quotient = Nullable;
    const LEVEL: Level = Level::Comparison;
}

impl<S, I, J, R: Relation + JoinCondition> ExprIn<S, (I, J)> for Rel<R>
where
    S: InScope<R::From, I> + LeadsInto<R::To, J>,
    <<R::From as Source>::Id as SourceId>::Is<<R::To as Source>::Id>: OtherTable<R::From>,
{
    type Null = <Nullable as Nullness>::Or<<S as InScope<R::From, I>>::Null>;
}

impl<D: Dialect, R: Relation> Render<D> for Rel<R> {
    fn render(self, out: &mut Fragment) {
        let link = self.key_link();
        let filter = self.condition::<D>(out.part());
        let (open, close) = if filter.is_some() || link.own.len() > 1 { ("(", ")") } else { ("", "") };
        out.sql(open);
        for (place, (own, other)) in link.own.iter().zip(link.other).enumerate() {
            out.sql(if place > 0 { " AND " } else { "" });
            out.column(link.table, other.name);
            out.sql(" = ");
            out.column(R::From::NAME, own.name);
        }
        if let Some(filter) = filter {
            out.sql(" AND ");
            out.append(filter);
        }
        out.sql(close);
    }
}
