//! Keys that do not change between two pages.

use crate::{
    expr::{
        Aggregate, Bind, Certain, Constant, CountFiltered, CountStar, Elements, Filtered, IntoExpr, JsonPath, List,
        ListItems, Node, Param, ParamList, RowList, TableName,
    },
    query::{
        Exists, Grouping, PlainOperation, QueryItems, QueryList, RowQuery, Scalar, Select,
        excluded::Excluded,
        state::{OneGroup, Selected},
    },
    relation::Rel,
    table::Col,
};

/// An expression that is the same for a row in each query, as long as nobody writes to the row.
pub trait SteadyKey {}

/// An operation that is the same in each query: no random number, and nothing that the clock says.
#[diagnostic::on_unimplemented(
    message = "a key of a cursor cannot be random or the current time, which the next query has another one of",
    label = "changes from query to query"
)]
pub trait SteadyOperation {}
#[diagnostic::do_not_recommend]
impl<O: PlainOperation> SteadyOperation for O {}

macro_rules! steady_operations {
    ($([$($generic:ident),*] $operation:ty;)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<$($generic),*> SteadyOperation for $operation {}
        )*
    };
}

// Aggregates are refused in words of their own.
steady_operations! {
    [F, T] Aggregate<F, T>;
    [F, T] Filtered<F, T>;
    [] CountStar;
    [] CountFiltered;
    [] Grouping;
}

/// Arguments that are the same in each query.
pub trait SteadyArgs {}
impl SteadyArgs for () {}

impl<O: SteadyOperation, A: SteadyArgs> SteadyKey for Node<O, A> {}

macro_rules! args {
    ($($arg:ident)+) => {
        impl<$($arg: IntoExpr<Expr: SteadyKey>),+> SteadyArgs for ($($arg,)+) {}
    };
}

args!(A);
args!(A B);
args!(A B C);
args!(A B C D);
args!(A B C D E);
args!(A B C D E F);
args!(A B C D E F G);
args!(A B C D E F G H);

macro_rules! steady {
    ($([$($generics:tt)*] $expression:ty;)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<$($generics)*> SteadyKey for $expression {}
        )*
    };
}

steady! {
    [C, A] Col<C, A>;
    [T] Bind<T>;
    [T] Param<T>;
    [T] ParamList<T>;
    [T, const N: i64] Constant<T, N>;
    [V: IntoExpr<Expr: SteadyKey>] List<V>;
    [V: IntoExpr<Expr: SteadyKey>] ListItems<V>;
    [V] RowList<V>;
    [E: SteadyKey] Elements<E>;
    [E: SteadyKey] Certain<E>;
    [] JsonPath;
    [T] TableName<T>;
    [Q] Exists<Q>;
    [Q, C] Scalar<Q, C>;
    [Q, C] QueryList<Q, C>;
    [Q, C] QueryItems<Q, C>;
    [Q, R] RowQuery<Q, R>;
    [D: crate::dialect::Dialect, S, R] Select<D, S, R, Selected<OneGroup>>;
    [C] Excluded<C>;
    [R] Rel<R>;
}
