//! The identity of a table or alias as a type, so that two of them can be told apart while compiling.
//!
//! Rust cannot compare two types for inequality. A number written in digits that are types can be: each digit
//! knows which digit it is equal to. The derive hashes the SQL name, so two structs over one table are the same.

/// A truth known while compiling.
pub trait Flag: 'static {
    /// The truth.
    const VALUE: bool;
    /// True if either is.
    type Or<F: Flag>: Flag;
    /// True if both are.
    type And<F: Flag>: Flag;
}

/// True.
#[derive(Debug, Clone, Copy)]
pub struct Yes;
/// False.
#[derive(Debug, Clone, Copy)]
pub struct No;

impl Flag for Yes {
    const VALUE: bool = true;
    type Or<F: Flag> = Yes;
    type And<F: Flag> = F;
}

impl Flag for No {
    const VALUE: bool = false;
    type Or<F: Flag> = F;
    type And<F: Flag> = No;
}

macro_rules! digits {
    ($($digit:ident $is:ident $value:literal),* $(,)?) => {
        /// A hexadecimal digit.
        pub trait Digit: 'static {
            /// Its value.
            const VALUE: usize;
            /// Whether it is the digit `D`.
            type Is<D: Digit>: Flag;
            $(#[doc(hidden)] type $is: Flag;)*
        }
        $(
            #[doc(hidden)]
            #[derive(Debug, Clone, Copy)]
            pub struct $digit;
        )*
        digits!(@rows [$($digit $is $value),*] [$($is)*]);
    };
    (@rows [$($digit:ident $is:ident $value:literal),*] $all:tt) => { $(digits!(@row $digit $is $value $all);)* };
    (@row $digit:ident $is:ident $value:literal [$($other:ident)*]) => {
        impl Digit for $digit {
            const VALUE: usize = $value;
            type Is<D: Digit> = D::$is;
            $(type $other = digits!(@same $is $other);)*
        }
    };
    (@same Is0 Is0) => { Yes }; (@same Is1 Is1) => { Yes }; (@same Is2 Is2) => { Yes }; (@same Is3 Is3) => { Yes };
    (@same Is4 Is4) => { Yes }; (@same Is5 Is5) => { Yes }; (@same Is6 Is6) => { Yes }; (@same Is7 Is7) => { Yes };
    (@same Is8 Is8) => { Yes }; (@same Is9 Is9) => { Yes }; (@same IsA IsA) => { Yes }; (@same IsB IsB) => { Yes };
    (@same IsC IsC) => { Yes }; (@same IsD IsD) => { Yes }; (@same IsE IsE) => { Yes }; (@same IsF IsF) => { Yes };
    (@same $a:ident $b:ident) => { No };
}

digits! {
    H0 Is0 0, H1 Is1 1, H2 Is2 2, H3 Is3 3, H4 Is4 4, H5 Is5 5, H6 Is6 6, H7 Is7 7,
    H8 Is8 8, H9 Is9 9, HA IsA 10, HB IsB 11, HC IsC 12, HD IsD 13, HE IsE 14, HF IsF 15,
}

/// The identity of a source: six hexadecimal digits.
pub trait SourceId: 'static {
    #[doc(hidden)]
    type D0: Digit;
    #[doc(hidden)]
    type D1: Digit;
    #[doc(hidden)]
    type D2: Digit;
    #[doc(hidden)]
    type D3: Digit;
    #[doc(hidden)]
    type D4: Digit;
    #[doc(hidden)]
    type D5: Digit;
    /// Whether it is the same as `O`.
    type Is<O: SourceId>: Flag;
}

type Both<A, B> = <A as Flag>::And<B>;
type Same<A, B> = <A as Digit>::Is<B>;

impl<A: Digit, B: Digit, C: Digit, D: Digit, E: Digit, F: Digit> SourceId for (A, B, C, D, E, F) {
    type D0 = A;
    type D1 = B;
    type D2 = C;
    type D3 = D;
    type D4 = E;
    type D5 = F;
    type Is<O: SourceId> = Both<
        Same<A, O::D0>,
        Both<Same<B, O::D1>, Both<Same<C, O::D2>, Both<Same<D, O::D3>, Both<Same<E, O::D4>, Same<F, O::D5>>>>>,
    >;
}

/// The place of a column in its table, as two hexadecimal digits.
pub trait ColumnId: 'static {
    #[doc(hidden)]
    type D0: Digit;
    #[doc(hidden)]
    type D1: Digit;
    /// The place, from 0.
    const INDEX: usize;
    /// Whether it is the same as `O`.
    type Is<O: ColumnId>: Flag;
}

impl<A: Digit, B: Digit> ColumnId for (A, B) {
    type D0 = A;
    type D1 = B;
    const INDEX: usize = A::VALUE * 16 + B::VALUE;
    type Is<O: ColumnId> = Both<Same<A, O::D0>, Same<B, O::D1>>;
}
