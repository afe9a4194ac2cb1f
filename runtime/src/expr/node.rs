//! One generic node for all operators and functions: an operation and its arguments.

use super::{AssignOf, Expr, ExprIn, Holds, IntoExpr, Level, OperandOf, Render};
use crate::{
    dialect::Dialect,
    query::OverPlaces,
    render::Fragment,
    table::No,
    value::{DataType, NotNull, Nullness, SqlValue},
};

/// An operation on its arguments, a tuple of expressions and plain values.
///
/// All operators and functions are of this one type, so that scope, nullability, grouping and rendering
/// are written once.
#[derive(Debug, Clone, Copy)]
pub struct Node<O, A> {
    pub(crate) operation: O,
    pub(crate) args: A,
}

impl<O, A> Node<O, A> {
    #[doc(hidden)]
    pub const fn new(operation: O, args: A) -> Self {
        Node { operation, args }
    }
}

/// What an operation makes of arguments.
pub trait Operation<A> {
    /// The type of its value, NULL aside.
    type Base: SqlValue;
    /// Whether the result holds an aggregate or a window function.
    type Aggregates: Holds;
    /// Whether the result can be NULL: `Any` says whether one of the arguments can, `All` whether all can.
    type Null<Any: Nullness, All: Nullness>: Nullness;
    /// How tightly it binds.
    const LEVEL: Level;
}

/// An operation whose arguments are of the right types.
///
/// Operators of Rust (`+`, `!`) take anything, so that one mistake is one error; this is where they are checked.
pub trait CheckedOperation<A>: Operation<A> {}

/// An operation that the dialect `D` has, and how it is spelled there.
#[diagnostic::on_unimplemented(message = "`{Self}` is not supported by {D}", label = "not supported by {D}")]
pub trait Spelling<D: Dialect> {
    /// The text around the arguments, which may depend on their types.
    fn words(&self, types: Types) -> Words;
}

/// The types of an operation's result and of its first argument, NULL aside.
#[derive(Debug, Clone, Copy)]
pub struct Types {
    /// The type of the result.
    pub result: DataType,
    /// The type of the first argument, if there is one.
    pub first: Option<DataType>,
    /// Whether the last argument is a plain value, or a list of plain values.
    pub last_is_plain: bool,
}

/// The text around the arguments of an operation.
#[derive(Debug, Clone, Copy)]
pub enum Words {
    /// `open`, the arguments with `between`, `close`.
    Around {
        /// Before the first argument.
        open: &'static str,
        /// Between two arguments.
        between: &'static str,
        /// After the last argument.
        close: &'static str,
    },
    /// One text before each argument and one after the last.
    Each(&'static [&'static str]),
    /// The same, and what the arguments are is also the type of the result: plain values among them say theirs.
    Result(&'static [&'static str]),
    /// The same as `Each` for two arguments, of which the second is written first.
    Swapped(&'static [&'static str; 3]),
    /// `IS NULL` behind the argument.
    IsNull,
    /// `IS NOT NULL` behind the argument.
    IsNotNull,
}

impl Words {
    /// `left OP right`
    pub const fn infix(operator: &'static str) -> Self {
        Words::Around { open: "", between: operator, close: "" }
    }

    /// `OP operand`
    pub const fn prefix(operator: &'static str) -> Self {
        Words::Around { open: operator, between: "", close: "" }
    }

    /// `operand OP`
    pub const fn postfix(operator: &'static str) -> Self {
        Words::Around { open: "", between: "", close: operator }
    }

    /// `name(a, b)`; the name brings its parenthesis.
    pub const fn call(name: &'static str) -> Self {
        Words::Around { open: name, between: ", ", close: ")" }
    }

    /// The whole text, with these for the arguments.
    pub fn around(&self, arguments: &[&str]) -> String {
        if arguments.is_empty() {
            let close = if let Words::Around { close, .. } = self { close } else { "" };
            return format!("{}{close}", self.before(0));
        }
        let mut texts: Vec<String> =
            arguments.iter().enumerate().map(|(i, arg)| format!("{}{arg}", self.before(i))).collect();
        if matches!(self, Words::Swapped(_)) {
            texts.reverse();
        }
        texts.concat() + self.after(arguments.len())
    }

    fn before(&self, argument: usize) -> &'static str {
        match self {
            Words::Around { open, .. } if argument == 0 => open,
            Words::Around { between, .. } => between,
            Words::Each(texts) | Words::Result(texts) => texts[argument],
            Words::Swapped(texts) => texts[1 - argument],
            Words::IsNull | Words::IsNotNull => "",
        }
    }

    fn after(&self, arguments: usize) -> &'static str {
        match self {
            Words::Around { close, .. } => close,
            Words::Each(texts) | Words::Result(texts) => texts[arguments],
            Words::Swapped(texts) => texts[arguments],
            Words::IsNull => " IS NULL",
            Words::IsNotNull => " IS NOT NULL",
        }
    }

    /// The same as it is spelled in this text.
    fn within(self, text: &Fragment) -> Self {
        match self {
            Words::IsNull => Words::postfix(text.null_tests().0),
            Words::IsNotNull => Words::postfix(text.null_tests().1),
            words => words,
        }
    }
}

/// The arguments of an operation.
pub trait Args {
    /// Whether one of them holds an aggregate or a window function.
    type Aggregates: Holds;
    /// The type of the first one.
    const FIRST: Option<DataType>;
    /// Whether the last one is a plain value, or a list of plain values.
    const LAST_IS_PLAIN: bool = false;
}

/// Arguments that the dialect `D` can say.
pub trait RenderArgs<D: Dialect>: Args {
    /// Writes them with the text around them.
    fn render(self, words: Words, level: Level, out: &mut Fragment);
}

fn render_arg<D: Dialect, A: IntoExpr>(arg: A, words: Words, level: Level, out: &mut Fragment)
where
    A::Expr: Render<D>,
{
    let expr = arg.into_expr();
    let expr = if matches!(words, Words::Result(_)) { expr.with_type() } else { expr };
    let parentheses = <A::Expr as Expr>::LEVEL.needs_parentheses_in(level);
    if parentheses {
        out.sql("(");
    }
    expr.render(out);
    if parentheses {
        out.sql(")");
    }
}

impl Args for () {
    type Aggregates = No;
    const FIRST: Option<DataType> = None;
}

impl<S, O: CheckedOperation<()>> ExprIn<S, ()> for Node<O, ()> {
    type Null = O::Null<NotNull, NotNull>;
}

impl<D: Dialect> RenderArgs<D> for () {
    fn render(self, words: Words, _: Level, out: &mut Fragment) {
        out.sql(words.before(0));
        // A text around no argument is one text.
        if let Words::Around { close, .. } = words {
            out.sql(close);
        }
    }
}

macro_rules! fold {
    ($fold:ident, $trait:ident, $first:ty) => { $first };
    ($fold:ident, $trait:ident, $first:ty, $($rest:ty),+) => { <$first as $trait>::$fold<fold!($fold, $trait, $($rest),+)> };
}

macro_rules! first {
    ($first:ident $($rest:ident)*) => {
        <<$first::Expr as Expr>::Base as SqlValue>::TYPE
    };
}

macro_rules! last {
    ($last:ident) => { <$last::Expr as Expr>::IS_PLAIN };
    ($first:ident $($rest:ident)+) => { last!($($rest)+) };
}

macro_rules! args {
    ($($arg:ident $index:ident),+) => {
        impl<$($arg: IntoExpr),+> Args for ($($arg,)+) {
            type Aggregates = fold!(Or, Holds, $(<$arg::Expr as Expr>::Aggregates),+);
            const FIRST: Option<DataType> = Some(first!($($arg)+));
            const LAST_IS_PLAIN: bool = last!($($arg)+);
        }

        impl<Scope, Op: CheckedOperation<($($arg,)+)> + OverPlaces<($($index,)+)>, $($arg: IntoExpr, $index),+> ExprIn<Scope, ($($index,)+)>
            for Node<Op, ($($arg,)+)>
        where
            $($arg::Expr: ExprIn<Scope, $index>),+
        {
            type Null = Op::Null<
                fold!(Or, Nullness, $(<$arg::Expr as ExprIn<Scope, $index>>::Null),+),
                fold!(And, Nullness, $(<$arg::Expr as ExprIn<Scope, $index>>::Null),+),
            >;
        }

        impl<Db: Dialect, $($arg: IntoExpr),+> RenderArgs<Db> for ($($arg,)+)
        where
            $($arg::Expr: Render<Db>),+
        {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn render(self, words: Words, level: Level, out: &mut Fragment) {
                let ($($arg,)+) = self;
                let mut count = 0;
                let mut first = None;
                $(
                    if count == 0 && matches!(words, Words::Swapped(_)) {
                        let mut part = out.part();
                        part.sql(words.before(count));
                        render_arg::<Db, _>($arg, words, level, &mut part);
                        first = Some(part);
                    } else {
                        out.sql(words.before(count));
                        render_arg::<Db, _>($arg, words, level, out);
                    }
                    count += 1;
                )+
                out.append_some(first);
                out.sql(words.after(count));
            }
        }
    };
}

args!(A IA);
args!(A IA, B IB);
args!(A IA, B IB, C IC);
args!(A IA, B IB, C IC, D ID);
args!(A IA, B IB, C IC, D ID, E IE);
args!(A IA, B IB, C IC, D ID, E IE, F IF);
args!(A IA, B IB, C IC, D ID, E IE, F IF, G IG);
args!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH);

impl<O: Operation<A>, A> Expr for Node<O, A> {
    type Base = O::Base;
    type Aggregates = O::Aggregates;
    type Quotient = crate::value::Nullable;
    const LEVEL: Level = O::LEVEL;
}

impl<D: Dialect, O: Operation<A> + Spelling<D>, A: RenderArgs<D>> Render<D> for Node<O, A> {
    fn render(self, out: &mut Fragment) {
        let types = Types { result: O::Base::TYPE, first: A::FIRST, last_is_plain: A::LAST_IS_PLAIN };
        let words = self.operation.words(types);
        self.args.render(words.within(out), O::LEVEL, out);
    }
}

#[diagnostic::do_not_recommend]
impl<O: Operation<A>, A> IntoExpr for Node<O, A> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<O: Operation<A>, A, T> OperandOf<T> for Node<O, A> {
    type Base = O::Base;
}

#[diagnostic::do_not_recommend]
impl<O: Operation<A>, A, T> AssignOf<T> for Node<O, A> {
    type Base = O::Base;
}

/// Declares operations whose value, nullability and spelling are the same for all arguments and dialects.
macro_rules! operation {
    ($(#[$meta:meta])* $name:ident $(needs $feature:ident)? -> $base:ty, $null:ident, $level:ident, $($words:tt)+) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl<A: $crate::expr::Args> $crate::expr::Operation<A> for $name {
            type Base = $base;
            type Aggregates = A::Aggregates;
            type Null<Any: $crate::value::Nullness, All: $crate::value::Nullness> = operation!(@null $null Any All);
            const LEVEL: $crate::expr::Level = $crate::expr::Level::$level;
        }

        impl<A: $crate::expr::Args> $crate::expr::CheckedOperation<A> for $name {}
        impl $crate::query::PlainOperation for $name {}

        impl<D: $crate::dialect::Dialect $(<Name: $crate::dialect::$feature>)?> $crate::expr::Spelling<D> for $name {
            fn words(&self, _: $crate::expr::Types) -> $crate::expr::Words {
                operation!(@words D $($words)+)
            }
        }
    };
    (@words $dialect:ident spelling $field:ident) => { $dialect::SYNTAX.spelling.$field };
    (@words $dialect:ident $words:expr) => { $words };
    (@null any $any:ident $all:ident) => { $any };
    (@null all $any:ident $all:ident) => { $all };
    (@null never $any:ident $all:ident) => { $crate::value::NotNull };
    (@null fresh $any:ident $all:ident) => { $crate::value::NotNull };
    (@null always $any:ident $all:ident) => { $crate::value::Nullable };
}
pub(crate) use operation;

/// Gives an expression the operators of Rust: `+`, `-`, `*`, `/`, `%`, `!` and unary `-`.
macro_rules! expression_operators {
    ([$($generic:ident),*] $expr:ty) => {
        $crate::expr::expression_operators!(@binary [$($generic),*] $expr:
            Add add Plus, Sub sub Minus, Mul mul Times, Div div DividedBy, Rem rem Modulo);
        $crate::expr::expression_operators!(@unary [$($generic),*] $expr: Not not Not, Neg neg Negative);
    };
    (@binary $generics:tt $expr:ty: $($trait:ident $method:ident $op:ident),*) => {
        $($crate::expr::expression_operators!(@one $generics $expr: $trait $method $op);)*
    };
    (@one [$($generic:ident),*] $expr:ty: $trait:ident $method:ident $op:ident) => {
        impl<$($generic,)* Other> ::std::ops::$trait<Other> for $expr {
            type Output = $crate::expr::Node<$crate::expr::$op, (Self, Other)>;

            fn $method(self, other: Other) -> Self::Output {
                $crate::expr::Node::new($crate::expr::$op, (self, other))
            }
        }
    };
    (@unary $generics:tt $expr:ty: $($trait:ident $method:ident $op:ident),*) => {
        $($crate::expr::expression_operators!(@single $generics $expr: $trait $method $op);)*
    };
    (@single [$($generic:ident),*] $expr:ty: $trait:ident $method:ident $op:ident) => {
        impl<$($generic),*> ::std::ops::$trait for $expr {
            type Output = $crate::expr::Node<$crate::expr::$op, (Self,)>;

            fn $method(self) -> Self::Output {
                $crate::expr::Node::new($crate::expr::$op, (self,))
            }
        }
    };
}
pub(crate) use expression_operators;

expression_operators!([C, T] crate::table::Col<C, T>);
expression_operators!([O, A] Node<O, A>);
