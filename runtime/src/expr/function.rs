//! How functions are declared: once, for the compiler and for `docs/functions.md`.

use super::{Types, Words};
use crate::dialect::{DialectKind, names};

/// How a function is spelled, for the types of its result and of its first argument.
type Spell = fn(Types) -> Words;

/// How a function is spelled in each dialect that has it.
#[derive(Debug, Clone, Copy)]
pub struct Spelled([Option<Spell>; 4]);

impl Spelled {
    #[doc(hidden)]
    pub const fn new(spelled: [Option<Spell>; 4]) -> Self {
        Spelled(spelled)
    }

    /// The text around the arguments, if the dialect has the function.
    pub fn words(&self, dialect: DialectKind, types: Types) -> Option<Words> {
        let place = match dialect {
            DialectKind::Sqlite => names::SQLite::PLACE,
            #[cfg(feature = "postgres")]
            DialectKind::Postgres => names::PostgreSQL::PLACE,
            #[cfg(feature = "mysql")]
            DialectKind::MySql => names::MySQL::PLACE,
            #[cfg(feature = "mysql")]
            DialectKind::MariaDb => names::MariaDB::PLACE,
        };
        self.0[place].map(|spell| spell(types))
    }
}

/// What is known of a function: its row in `docs/functions.md`.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// Its name in Rust.
    pub name: &'static str,
    /// The names of its arguments; `self` is the expression that it is a method of.
    pub arguments: &'static [&'static str],
    /// The type of its result, NULL aside: `same` is that of `self`.
    pub result: &'static str,
    /// When it can be NULL: if `any` or `all` of its arguments can, `never`, or `always`.
    pub null: &'static str,
    /// How it is spelled in each dialect that has it.
    pub spelled: Spelled,
}

/// An operation that is a function with a name.
pub trait NamedFunction {
    /// What is known of it.
    const FUNCTION: Function;
}

/// A database that has the function `F`.
#[diagnostic::on_unimplemented(
    message = "`{F}` is not supported by {Self}",
    label = "{Self} has no such function",
    note = "`docs/functions.md` of mizzle says what each database has; what one has by another name, `sql!` can write"
)]
pub trait HasFunction<F> {}

/// Keeps rustc from taking the only database that has it for the one that is meant.
#[diagnostic::do_not_recommend]
impl<F> HasFunction<F> for crate::query::Nowhere {}

/// Declares the type of a function and how it is spelled: `all "name"`, `each { .. }` where all dialects have it in their
/// own words, `only { .. }` where some have it.
///
/// The words of a dialect are the function's name, the texts around its arguments in brackets, or a function from
/// [`Types`] to [`Words`] in parentheses.
macro_rules! function {
    ($(#[$meta:meta])* $op:ident = $name:ident($($argument:tt),*) -> $result:tt $null:ident, $place:ident $words:tt) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $op;

        impl $crate::expr::NamedFunction for $op {
            const FUNCTION: $crate::expr::Function = $crate::expr::Function {
                name: stringify!($name),
                arguments: &[$(stringify!($argument)),*],
                result: stringify!($result),
                null: $crate::expr::function::function!(@null $null),
                spelled: $crate::expr::function::function!(@spelled $place $words),
            };
        }

        $crate::expr::function::function!(@same $null $op);
        $crate::expr::function::function!(@dialects $op $place $words);
    };

    (@null fresh) => { "never" };
    (@null $null:ident) => { stringify!($null) };

    // Another value in each query, whose parts do not say what it is.
    (@same fresh $op:ident) => {
        #[diagnostic::do_not_recommend]
        impl<K> $crate::query::GroupedOperation<K, (), $crate::table::Yes> for $op {}
    };
    (@same $null:ident $op:ident) => {
        impl $crate::query::PlainOperation for $op {}
    };

    (@spelled all $words:tt) => {
        $crate::expr::function::function!(@spelled each { SQLite | PostgreSQL | MySQL | MariaDB: $words })
    };
    (@spelled $place:ident { $($($dialect:ident)|+: $words:tt),+ $(,)? }) => {{
        let mut spelled: [Option<fn($crate::expr::Types) -> $crate::expr::Words>; 4] = [None; 4];
        $($(
            spelled[$crate::dialect::names::$dialect::PLACE] = Some($crate::expr::function::function!(@spell $words));
        )+)+
        $crate::expr::Spelled::new(spelled)
    }};
    (@spell $name:literal) => { |_| $crate::expr::Words::call(concat!($name, "(")) };
    (@spell [$($text:expr),+]) => { |_| $crate::expr::Words::Each(&[$($text),+]) };
    (@spell ($spell:expr)) => { $spell };

    (@dialects $op:ident only { $($($dialect:ident)|+: $words:tt),+ $(,)? }) => {
        $($(
            #[diagnostic::do_not_recommend]
            impl $crate::expr::HasFunction<$op> for $crate::dialect::names::$dialect {}
        )+)+

        impl<D: $crate::dialect::Dialect<Name: $crate::expr::HasFunction<$op>>> $crate::expr::Spelling<D> for $op {
            fn words(&self, types: $crate::expr::Types) -> $crate::expr::Words {
                $crate::expr::function::spelling::<Self>(D::KIND, types)
            }
        }
    };
    (@dialects $op:ident $place:ident $words:tt) => {
        impl<D: $crate::dialect::Dialect> $crate::expr::Spelling<D> for $op {
            fn words(&self, types: $crate::expr::Types) -> $crate::expr::Words {
                $crate::expr::function::spelling::<Self>(D::KIND, types)
            }
        }
    };

    (@where all $words:tt) => { "" };
    (@where each $words:tt) => { "" };
    (@where only { $($first:ident)|+: $words:tt $(, $($dialect:ident)|+: $more:tt)* $(,)? }) => {
        concat!("\n\nOnly in: ", $(" ", stringify!($first),)+ $($(" ", stringify!($dialect),)+)* ".")
    };
}
pub(crate) use function;

/// The words of a function in a dialect that has it: the compiler refuses it elsewhere.
pub(crate) fn spelling<F: NamedFunction>(dialect: DialectKind, types: Types) -> Words {
    F::FUNCTION.spelled.words(dialect, types).unwrap_or(Words::prefix(""))
}

/// Declares the functions of one theme: methods of a trait on all expressions, then functions that stand alone.
///
/// `name[A: Operand<Type>](self, argument: A) where [Self::Base: Bound] -> Result null, Operation place words`, in which the
/// result is a type, one in brackets, or `same` for that of `self`; `null` is when it can be NULL (`any`, `all`, `never`,
/// `always`; `fresh` is never NULL, and another value in each query). The bounds are passed on as they are, so that errors point at them and not into this macro.
macro_rules! functions {
    (
        $(#[$facts_meta:meta])*
        $facts:ident $([$($other:ident)*])?;

        $(#[$trait_meta:meta])*
        pub trait $trait:ident {
            $(
                $(#[$meta:meta])*
                fn $method:ident $([$($generics:tt)*])? (self $(, $arg:ident: $generic:ident)*) where [$($where:tt)*]
                    -> $result:tt $null:ident, $op:ident $place:ident $words:tt;
            )*
        }

        $($free:tt)*
    ) => {
        $(
            $crate::expr::function::function!(
                #[doc = concat!("See [`", stringify!($trait), "::", stringify!($method), "`].")]
                $op = $method(self $(, $arg)*) -> $result $null, $place $words
            );
            $crate::expr::function::functions!(@operation $op (SelfArg $(, $generic)*) $result $null);
        )*

        $(#[$trait_meta])*
        pub trait $trait: $crate::expr::Expr {
            $(
                $(#[$meta])*
                #[doc = $crate::expr::function::function!(@where $place $words)]
                fn $method<$($($generics)*)?>(self, $($arg: $generic),*) -> $crate::expr::Node<$op, (Self, $($generic),*)>
                where
                    $($where)*
                {
                    $crate::expr::Node::new($op, (self, $($arg),*))
                }
            )*
        }

        impl<E: $crate::expr::Expr> $trait for E {}

        $crate::expr::function::functions! {
            $(#[$facts_meta])*
            $facts [$($($other)*)? $($op)*];
            $($free)*
        }
    };
    (
        $(#[$facts_meta:meta])*
        $facts:ident [$($other:ident)*];

        $(
            $(#[$meta:meta])*
            fn $free:ident $([$($generics:tt)*])? ($($arg:ident: $generic:ident),*)
                -> $result:tt $null:ident, $op:ident $place:ident $words:tt;
        )*
    ) => {
        $(#[$facts_meta])*
        pub(crate) const $facts: &[$crate::expr::Function] = &[
            $(<$other as $crate::expr::NamedFunction>::FUNCTION,)*
            $(<$op as $crate::expr::NamedFunction>::FUNCTION,)*
        ];

        $(
            $crate::expr::function::function!(
                #[doc = concat!("See [`", stringify!($free), "`].")]
                $op = $free($($arg),*) -> $result $null, $place $words
            );
            $crate::expr::function::functions!(@operation $op ($($generic),*) $result $null);

            $(#[$meta])*
            #[doc = $crate::expr::function::function!(@where $place $words)]
            pub const fn $free<$($($generics)*)?>($($arg: $generic),*) -> $crate::expr::Node<$op, ($($generic,)*)> {
                $crate::expr::Node::new($op, ($($arg,)*))
            }
        )*
    };

    (@operation $op:ident ($($generic:ident),*) same $null:ident) => {
        $crate::expr::function::functions!(@implement $op ($($generic),*) [<<SelfArg as $crate::expr::IntoExpr>::Expr as $crate::expr::Expr>::Base] [] $null);
    };
    (@operation $op:ident ($($generic:ident),*) [$result:ty where $bound:ident] $null:ident) => {
        $crate::expr::function::functions!(@implement $op ($($generic),*) [$result] [SelfArg::Expr: $crate::expr::Expr<Base: $bound>] $null);
    };
    (@operation $op:ident ($($generic:ident),*) [$result:ty] $null:ident) => {
        $crate::expr::function::functions!(@implement $op ($($generic),*) [$result] [] $null);
    };
    (@operation $op:ident ($($generic:ident),*) $result:ident $null:ident) => {
        $crate::expr::function::functions!(@implement $op ($($generic),*) [$result] [] $null);
    };
    (@implement $op:ident ($($generic:ident),*) [$result:ty] [$($bounds:tt)*] $null:ident) => {
        impl<$($generic: $crate::expr::IntoExpr),*> $crate::expr::Operation<($($generic,)*)> for $op
        where
            $($bounds)*
        {
            type Base = $result;
            type Aggregates = <($($generic,)*) as $crate::expr::Args>::Aggregates;
            type Null<Any: $crate::value::Nullness, All: $crate::value::Nullness> =
                $crate::expr::node::operation!(@null $null Any All);
            const LEVEL: $crate::expr::Level = $crate::expr::Level::Atom;
        }

        impl<$($generic: $crate::expr::IntoExpr),*> $crate::expr::CheckedOperation<($($generic,)*)> for $op
        where
            $($bounds)*
        {
        }
    };
}
pub(crate) use functions;

/// All functions, theme by theme.
pub const FUNCTIONS: &[(&str, &[Function])] = &[
    ("Text", super::text::TEXT),
    ("Numbers", super::number::NUMBERS),
    ("Dates and times", super::time::TIMES),
    ("JSON", super::json::JSON),
    ("Regular expressions", super::regex::REGEXES),
    #[cfg(feature = "postgres")]
    ("Full-text search of PostgreSQL", super::search::VECTORS),
    ("Full-text search of MySQL and MariaDB", super::search::AGAINST),
    ("Arrays", super::array::ARRAYS),
    ("Conditional", super::null::CONDITIONAL),
    ("The largest and the smallest", super::greatest::GREATEST),
    ("System", super::system::SYSTEM),
];
