//! Conditions of WHERE, ON and HAVING.

use super::{
    clause::{AllowedIn, WHERE},
    stands_in::{Fits, StandsIn, Unfit},
};
use crate::{
    dialect::Dialect,
    expr::{Expr, ExprIn, Level, Logical, Render, for_each_expression},
    render::{Fragment, Place},
};

/// A list of conditions that are joined by AND or by OR.
#[derive(Debug)]
pub struct Conditions<'a> {
    out: &'a mut Fragment,
    /// Where the first of them begins.
    start: Place,
    level: Level,
}

impl<'a> Conditions<'a> {
    /// Conditions that all must hold, and nothing else; to be added at the end of `out`.
    pub(crate) fn all(out: &'a mut Fragment) -> Self {
        let start = out.end();
        Self::since(out, start)
    }

    /// Conditions that all must hold, together with those in `out` since `start`.
    pub(crate) fn since(out: &'a mut Fragment, start: Place) -> Self {
        Conditions { out, start, level: Level::And }
    }

    #[inline]
    fn separate(&mut self) {
        if self.out.end() != self.start {
            self.out.sql(if self.level == Level::And { " AND " } else { " OR " });
        }
    }

    /// Adds one condition.
    pub(crate) fn add<D: Dialect, E: Expr + Render<D>>(&mut self, condition: E) {
        self.within_parentheses(E::LEVEL, |out| condition.render(out));
    }

    /// Adds a group of conditions, unless it turns out empty.
    pub(crate) fn group(&mut self, level: Level, conditions: impl FnOnce(&mut Conditions<'_>)) {
        let before = self.out.end();
        let mut is_empty = false;
        self.within_parentheses(level, |out| {
            let start = out.end();
            conditions(&mut Conditions { out, start, level });
            is_empty = out.end() == start;
        });
        if is_empty {
            self.out.truncate(before);
        }
    }

    /// Adds one condition that needs no parentheses.
    pub(crate) fn write(&mut self, write: impl FnOnce(&mut Fragment)) {
        self.within_parentheses(Level::Atom, write);
    }

    /// Adds a rendered condition.
    pub(crate) fn fragment(&mut self, condition: Fragment, level: Level) {
        self.within_parentheses(level, |out| out.append(condition));
    }

    fn within_parentheses(&mut self, level: Level, write: impl FnOnce(&mut Fragment)) {
        self.separate();
        let parentheses = level.needs_parentheses_in(self.level);
        if parentheses {
            self.out.sql("(");
        }
        write(self.out);
        if parentheses {
            self.out.sql(")");
        }
    }
}

/// Adds conditions to a WHERE that stands alone.
pub(crate) fn add_condition(filter: &mut Fragment, conditions: impl FnOnce(&mut Conditions<'_>)) {
    filter.reserve(64, 0);
    conditions(&mut Conditions::since(filter, Place::default()));
}

/// A condition that certainly says something: an expression, or a tuple of them, all of which must hold.
#[diagnostic::on_unimplemented(
    message = "this is not a condition",
    label = "`{Self}` is no condition: expected one like `User::id.eq(1)`"
)]
pub trait Condition<D: Dialect, S, Clause, I> {
    /// Adds it.
    fn add_to(self, conditions: &mut Conditions<'_>);
}

impl<D, S, Clause, I, C> Condition<D, S, Clause, I> for C
where
    D: Dialect,
    C: StandsIn<WHERE> + ConditionOf<D, S, Clause, I, C::Fit>,
{
    fn add_to(self, conditions: &mut Conditions<'_>) {
        self.add(conditions);
    }
}

/// What makes a [`Condition`]: implemented for each type of them.
///
/// That [`Condition`] itself is implemented for all of these at once keeps rustc from listing them in errors.
pub trait ConditionOf<D: Dialect, S, Clause, I, Fit> {
    /// Adds it.
    fn add(self, conditions: &mut Conditions<'_>);
}

macro_rules! conditions {
    ([$($generic:ident),*] $expression:ty) => {
        impl<Db: Dialect, Scope, Clause, At, $($generic),*> ConditionOf<Db, Scope, Clause, At, Fits> for $expression
        where
            Self: ExprIn<Scope, At, Base: Logical, Aggregates: AllowedIn<Clause>> + Render<Db>,
        {
            fn add(self, conditions: &mut Conditions<'_>) {
                conditions.add::<Db, Self>(self);
            }
        }

        impl<Db: Dialect, Scope, At, $($generic),*> FilterOf<Db, Scope, At, Fits> for $expression
        where
            Self: ExprIn<Scope, At, Base: Logical, Aggregates: AllowedIn<WHERE>> + Render<Db>,
        {
            fn add(self, conditions: &mut Conditions<'_>) {
                conditions.add::<Db, Self>(self);
            }
        }
    };
}

for_each_expression!(conditions);
conditions!([T] crate::expr::Param<T>);

/// A condition that may be empty: never a [`CertainCondition`], which carries the words.
#[derive(Debug)]
pub struct MaybeEmpty<F>(std::marker::PhantomData<F>);

/// A condition that certainly says something.
#[diagnostic::on_unimplemented(
    message = "this condition may be empty and would change every row",
    label = "may add nothing: decide what an absent condition means, or say `.all_rows()`"
)]
pub trait CertainCondition {}

macro_rules! maybe_empty {
    ($([$($generic:ident),*] $condition:ty;)*) => {$(
        impl<Db: Dialect, Scope, Clause, $($generic),*> ConditionOf<Db, Scope, Clause, (), Fits> for $condition
        where
            MaybeEmpty<Self>: CertainCondition,
        {
            fn add(self, _: &mut Conditions<'_>) {}
        }
    )*};
}

maybe_empty! {
    [F] Option<F>;
    [T] AllOf<T>;
    [T] AnyOf<T>;
    [D, S] super::filters::Collected<D, S>;
}

/// A condition of a SELECT: it may also be absent (`Option`), a group ([`and`], [`or`]) or collected [`Filters`](super::Filters).
#[diagnostic::on_unimplemented(
    message = "this is not a condition",
    label = "`{Self}` is no condition: expected one like `User::id.eq(1)`"
)]
pub trait Filter<D: Dialect, S, I> {
    /// Adds it.
    fn add_to(self, conditions: &mut Conditions<'_>);
}

/// A scope of tables, whose rows can be filtered.
#[diagnostic::on_unimplemented(
    message = "a set operation has no conditions of its own: filter its sides",
    label = "comes before `.union(..)`, `.intersect(..)` or `.except(..)`"
)]
pub trait OfTables {}

impl<D, S, I, F> Filter<D, S, I> for F
where
    D: Dialect,
    S: OfTables,
    F: StandsIn<WHERE> + FilterOf<D, S, I, F::Fit>,
{
    fn add_to(self, conditions: &mut Conditions<'_>) {
        self.add(conditions);
    }
}

/// What makes a [`Filter`]: implemented for each type of condition.
pub trait FilterOf<D: Dialect, S, I, Fit> {
    /// Adds it.
    fn add(self, conditions: &mut Conditions<'_>);
}

impl<D, S, I, F> FilterOf<D, S, I, Fits> for Option<F>
where
    D: Dialect,
    F: StandsIn<WHERE> + FilterOf<D, S, I, F::Fit>,
{
    fn add(self, conditions: &mut Conditions<'_>) {
        if let Some(filter) = self {
            filter.add(conditions);
        }
    }
}

/// Text in the scope `S`, which is no condition: it carries the words for that.
#[derive(Debug)]
pub struct PlainText<S>(std::marker::PhantomData<S>);

/// Never satisfied by [`PlainText`].
#[diagnostic::on_unimplemented(
    message = "text is not a condition: raw SQL is written `sql!(bool, \"..\")`",
    label = "expected a condition, for instance `User::id.eq(1)`"
)]
pub trait IsCondition {}

impl<D: Dialect, S> FilterOf<D, S, (), Fits> for &str
where
    PlainText<S>: IsCondition,
{
    fn add(self, _: &mut Conditions<'_>) {}
}

impl<D: Dialect, S, Clause> ConditionOf<D, S, Clause, (), Fits> for &str
where
    PlainText<S>: IsCondition,
{
    fn add(self, _: &mut Conditions<'_>) {}
}

impl<D: Dialect, S, Clause, I, C> ConditionOf<D, S, Clause, I, Unfit> for C {
    fn add(self, _: &mut Conditions<'_>) {}
}

impl<D: Dialect, S, I, F> FilterOf<D, S, I, Unfit> for F {
    fn add(self, _: &mut Conditions<'_>) {}
}

/// Conditions that all must hold; see [`and`].
#[derive(Debug, Clone, Copy)]
pub struct AllOf<T>(T);

/// Conditions of which one must hold; see [`or`].
#[derive(Debug, Clone, Copy)]
pub struct AnyOf<T>(T);

/// A tuple of conditions that all must hold; absent ones are left out, and of none it is true.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// let name: Option<&str> = None;
/// let query = User::query::<Sqlite>().filter(and((User::id.gt(3), name.map(|name| User::name.eq(name))))).select(User::id);
/// assert_eq!(query.to_sql().sql, r#"SELECT "users"."id" FROM "users" WHERE "users"."id" > ?"#);
/// ```
pub fn and<T>(conditions: T) -> AllOf<T> {
    AllOf(conditions)
}

/// A tuple of conditions of which one must hold; absent ones are left out, and of none it says nothing.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// let query = User::query::<Sqlite>().filter(or((User::id.gt(3), User::name.eq("Ann")))).select(User::id);
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."id" FROM "users" WHERE ("users"."id" > ? OR "users"."name" = ?)"#
/// );
/// ```
pub fn or<T>(conditions: T) -> AnyOf<T> {
    AnyOf(conditions)
}

macro_rules! tuples {
    ($($filter:ident $index:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($filter),+> OfTables for ($($filter,)+) {}

        impl<Db: Dialect, Scope, $($filter, $index),+> FilterOf<Db, Scope, ($($index,)+), Fits> for ($($filter,)+)
        where
            $($filter: StandsIn<WHERE> + FilterOf<Db, Scope, $index, $filter::Fit>,)+
        {
            fn add(self, conditions: &mut Conditions<'_>) {
                tuples!(@add self conditions ($($filter)+));
            }
        }

        impl<Db: Dialect, Scope, $($filter, $index),+> FilterOf<Db, Scope, ($($index,)+), Fits> for AllOf<($($filter,)+)>
        where
            $($filter: StandsIn<WHERE> + FilterOf<Db, Scope, $index, $filter::Fit>,)+
        {
            fn add(self, conditions: &mut Conditions<'_>) {
                let filters = self.0;
                conditions.group(Level::And, |conditions| {
                    tuples!(@add filters conditions ($($filter)+));
                });
            }
        }

        impl<Db: Dialect, Scope, $($filter, $index),+> FilterOf<Db, Scope, ($($index,)+), Fits> for AnyOf<($($filter,)+)>
        where
            $($filter: StandsIn<WHERE> + FilterOf<Db, Scope, $index, $filter::Fit>,)+
        {
            fn add(self, conditions: &mut Conditions<'_>) {
                let filters = self.0;
                conditions.group(Level::Or, |conditions| {
                    tuples!(@add filters conditions ($($filter)+));
                });
            }
        }

        impl<Db: Dialect, Scope, Clause, $($filter, $index),+> ConditionOf<Db, Scope, Clause, ($($index,)+), Fits> for ($($filter,)+)
        where
            $($filter: StandsIn<WHERE> + ConditionOf<Db, Scope, Clause, $index, $filter::Fit>,)+
        {
            fn add(self, conditions: &mut Conditions<'_>) {
                tuples!(@add self conditions ($($filter)+));
            }
        }
    };
    (@add $tuple:ident $conditions:ident ($($filter:ident)+)) => {
        #[expect(non_snake_case, reason = "type parameters name the variables")]
        let ($($filter,)+) = $tuple;
        $($filter.add($conditions);)+
    };
}

tuples!(A IA);
tuples!(A IA, B IB);
tuples!(A IA, B IB, C IC);
tuples!(A IA, B IB, C IC, D ID);
tuples!(A IA, B IB, C IC, D ID, E IE);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ, K IK);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ, K IK, L IL);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ, K IK, L IL, M IM);
