//! GROUPING SETS.

use std::marker::PhantomData;

use super::{
    clause::GroupBy,
    group::KeysOf,
    scope::AllMaybe,
    stands_in::{Fits, StandsIn},
    totals::{TotalKeys, Totals},
};
use crate::{
    dialect::{Dialect, GroupingSets},
    expr::Render,
    render::Fragment,
    table::{Digit, Flag, H0, H1, H2, H3, H4, H5, No, Yes},
};

/// The key at the place `N`, as sets name it.
pub struct SetKey<N>(PhantomData<fn() -> N>);

impl<N> Clone for SetKey<N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N> Copy for SetKey<N> {}

impl<N: Digit> std::fmt::Debug for SetKey<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SetKey({})", N::VALUE)
    }
}

/// Sets of keys, each of which makes groups; see [`grouping_sets`].
#[derive(Debug, Clone, Copy)]
pub struct InSets<G, Z> {
    keys: G,
    marker: PhantomData<fn() -> Z>,
}

/// `GROUPING SETS ((a, b), (a), ())`: groups by each of the sets, one after the other. PostgreSQL has it.
///
/// The function gets the keys and says the sets: a key, a tuple of keys, or `()` for the total of everything. In groups
/// of a set the other keys are NULL, so that all columns become `Option`; `grouping(..)` tells such a NULL from that
/// of a column.
///
/// ```
/// # #[cfg(feature = "postgres")] {
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "sales")] struct Sale { #[column(primary_key)] id: i64, city: String, kind: String }
/// let query = Sale::query::<Postgres>()
///     .group_by(grouping_sets((Sale::city, Sale::kind), |(city, kind)| ((city, kind), city, ())))
///     .select((Sale::city, Sale::kind, count_star()));
/// assert_eq!(
///     query.to_sql().sql,
///     concat!(
///         r#"SELECT "sales"."city", "sales"."kind", count(*) FROM "sales" "#,
///         r#"GROUP BY GROUPING SETS (("sales"."city", "sales"."kind"), ("sales"."city"), ())"#,
///     )
/// );
/// # }
/// ```
pub fn grouping_sets<G: SetKeys, Z: Sets>(keys: G, _: impl FnOnce(G::Names) -> Z) -> InSets<G, Z> {
    InSets { keys, marker: PhantomData }
}

/// Keys of which sets are made: a tuple of expressions.
#[diagnostic::on_unimplemented(
    message = "GROUPING SETS are made of a tuple of keys",
    label = "expected a tuple of expressions"
)]
pub trait SetKeys {
    /// What sets call them.
    type Names;
}

/// A set of keys.
#[diagnostic::on_unimplemented(
    message = "a grouping set is made of the keys that the function gets",
    label = "expected a key, a tuple of keys, or `()`"
)]
pub trait KeySet {
    /// Whether the key at the place `N` is in it.
    type Has<N: Digit>: Flag;

    /// The places of its keys.
    const PLACES: &'static [usize];
}

/// A tuple of sets.
#[diagnostic::on_unimplemented(
    message = "GROUPING SETS are a tuple of sets of keys",
    label = "expected a tuple of sets: `((a, b), a, ())`"
)]
pub trait Sets {
    /// Whether the key at the place `N` is in one of them.
    type Has<N: Digit>: Flag;

    /// The places of the keys of each.
    const PLACES: &'static [&'static [usize]];
}

/// Whether a key is in one of the sets.
#[diagnostic::on_unimplemented(
    message = "every key of GROUPING SETS must be in one of the sets",
    label = "a key is in no set"
)]
pub trait InSomeSet {}
#[diagnostic::do_not_recommend]
impl InSomeSet for Yes {}

/// Keys all of which are in one of the sets `Z`.
pub trait AllInSets<Z> {}

/// Keys that the dialect `D` can write, each by itself.
pub trait EachSetKey<D: Dialect> {
    /// Writes them.
    fn each(self, out: &Fragment) -> Vec<Fragment>;
}

impl KeySet for () {
    type Has<N: Digit> = No;
    const PLACES: &'static [usize] = &[];
}

impl<P: Digit> KeySet for SetKey<P> {
    type Has<N: Digit> = P::Is<N>;
    const PLACES: &'static [usize] = &[P::VALUE];
}

macro_rules! or {
    ($first:ty) => { $first };
    ($first:ty, $($rest:ty),+) => { <$first as Flag>::Or<or!($($rest),+)> };
}

macro_rules! tuples {
    ($($key:ident $digit:ident),+) => {
        impl<$($key),+> SetKeys for ($($key,)+) {
            type Names = ($(SetKey<$digit>,)+);
        }

        impl<Z: Sets, $($key),+> AllInSets<Z> for ($($key,)+) where $(Z::Has<$digit>: InSomeSet),+ {}

        impl<Db: Dialect, $($key: Render<Db>),+> EachSetKey<Db> for ($($key,)+) {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn each(self, out: &Fragment) -> Vec<Fragment> {
                let ($($key,)+) = self;
                vec![$({
                    let mut part = out.part();
                    $key.render(&mut part);
                    part
                }),+]
            }
        }

        impl<$($key: Digit),+> KeySet for ($(SetKey<$key>,)+) {
            type Has<N: Digit> = or!($($key::Is<N>),+);
            const PLACES: &'static [usize] = &[$($key::VALUE),+];
        }

        impl<$($key: KeySet),+> Sets for ($($key,)+) {
            type Has<N: Digit> = or!($($key::Has<N>),+);
            const PLACES: &'static [&'static [usize]] = &[$($key::PLACES),+];
        }
    };
}

tuples!(A H0);
tuples!(A H0, B H1);
tuples!(A H0, B H1, C H2);
tuples!(A H0, B H1, C H2, D H3);
tuples!(A H0, B H1, C H2, D H3, E H4);
tuples!(A H0, B H1, C H2, D H3, E H4, F H5);

impl<D, S, I, J, G, Z> KeysOf<D, S, Totals<G, D::Name>, (I, J), S::Out, Fits> for InSets<G, Z>
where
    D: Dialect<Name: GroupingSets>,
    S: AllMaybe,
    G: StandsIn<GroupBy> + KeysOf<D, S, G, I, S, G::Fit> + TotalKeys<S::Out, J> + EachSetKey<D> + AllInSets<Z>,
    Z: Sets,
{
    fn write(self, out: &mut Fragment) {
        let keys = self.keys.each(out);
        out.sql("GROUPING SETS (");
        let mut separator = "";
        for set in Z::PLACES {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.sql("(");
            for (index, place) in set.iter().enumerate() {
                out.sql(if index > 0 { ", " } else { "" });
                out.append_copy(&keys[*place]);
            }
            out.sql(")");
        }
        out.sql(")");
    }
}
