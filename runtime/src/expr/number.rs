//! Functions on numbers.

use super::{Operand, Summable, function::functions};

/// A type of numbers that can have decimals.
#[diagnostic::on_unimplemented(
    message = "this needs a number with decimals, `{Self}` has none",
    label = "`{Self}` has no decimals"
)]
pub trait Fractional {}
#[diagnostic::do_not_recommend]
impl Fractional for f32 {}
#[diagnostic::do_not_recommend]
impl Fractional for f64 {}
#[cfg(feature = "rust_decimal")]
#[diagnostic::do_not_recommend]
impl Fractional for rust_decimal::Decimal {}

/// A type of integers that has bits in every database.
#[diagnostic::on_unimplemented(
    message = "this needs `i16`, `i32` or `i64`, not `{Self}`",
    label = "`{Self}` has no bits that every database counts alike"
)]
pub trait Bitwise {}
#[diagnostic::do_not_recommend]
impl Bitwise for i16 {}
#[diagnostic::do_not_recommend]
impl Bitwise for i32 {}
#[diagnostic::do_not_recommend]
impl Bitwise for i64 {}

/// A type of integers whose bits can be shifted to the same end in every database.
#[diagnostic::on_unimplemented(
    message = "shifting bits needs `i64`, this is `{Self}`",
    label = "`{Self}` overflows differently: `.cast::<i64>()` first"
)]
pub trait Shiftable {}
#[diagnostic::do_not_recommend]
impl Shiftable for i64 {}

functions! {
    /// What is known of the functions on numbers.
    NUMBERS;

    /// Functions on numbers. Those that no float can answer, such as the root of -1, are NULL, but an error on PostgreSQL.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "items")] struct Item { #[column(primary_key)] id: i64, price: f64 }
    /// let query = Item::query::<Sqlite>().select((Item::price.round(2), (Item::id - 10).abs()));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT round("items"."price", ?), abs("items"."id" - ?) FROM "items""#
    /// );
    /// ```
    pub trait NumberExpr {
        /// Without its sign.
        fn abs(self) where [Self::Base: Summable] -> same any, Abs all "abs";
        /// -1, 0 or 1.
        fn sign(self) where [Self::Base: Summable] -> i64 any, Sign each {
            SQLite | MySQL | MariaDB: "sign",
            PostgreSQL: ["CAST(sign(", ") AS bigint)"],
        };
        /// Rounded to `digits` after the point.
        fn round[N: Operand<i32>](self, digits: N) where [Self::Base: Summable] -> f64 any, Round each {
            SQLite | MySQL | MariaDB: "round",
            PostgreSQL: ["CAST(round(CAST(", " AS numeric), (", ")::int) AS double precision)"],
        };
        /// The next integer that is not smaller.
        fn ceil(self) where [Self::Base: Fractional] -> same any, Ceil only { PostgreSQL | MySQL | MariaDB: "ceil" };
        /// The next integer that is not larger.
        fn floor(self) where [Self::Base: Fractional]
            -> same any, Floor only { PostgreSQL | MySQL | MariaDB: "floor" };
        /// Without its decimals.
        fn trunc(self) where [Self::Base: Fractional] -> same any,
            Trunc only { PostgreSQL: "trunc", MySQL | MariaDB: ["truncate(", ", 0)"] };
        /// To the power of `exponent`.
        fn power[E: Operand<f64>](self, exponent: E) where [Self::Base: Summable] -> f64 always, Power only {
            PostgreSQL: ["power((", ")::double precision, (", ")::double precision)"],
            MySQL | MariaDB: "power",
        };
        /// The square root.
        fn sqrt(self) where [Self::Base: Summable] -> f64 always,
            Sqrt only { PostgreSQL: ["sqrt((", ")::double precision)"], MySQL | MariaDB: "sqrt" };
        /// The cube root.
        fn cbrt(self) where [Self::Base: Summable]
            -> f64 any, Cbrt only { PostgreSQL: ["cbrt((", ")::double precision)"] };
        /// e to the power of it.
        fn exp(self) where [Self::Base: Summable] -> f64 any,
            Exp only { PostgreSQL: ["exp((", ")::double precision)"], MySQL | MariaDB: "exp" };
        /// The natural logarithm.
        fn ln(self) where [Self::Base: Summable] -> f64 always,
            Ln only { PostgreSQL: ["ln((", ")::double precision)"], MySQL | MariaDB: "ln" };
        /// The logarithm to the base 10.
        fn log10(self) where [Self::Base: Summable] -> f64 always,
            Log10 only { PostgreSQL: ["log((", ")::double precision)"], MySQL | MariaDB: "log10" };
        /// The logarithm to the base 2.
        fn log2(self) where [Self::Base: Summable] -> f64 always, Log2 only {
            PostgreSQL: ["CAST(log(2::numeric, (", ")::numeric) AS double precision)"],
            MySQL | MariaDB: "log2",
        };
        /// The sine of an angle in radians.
        fn sin(self) where [Self::Base: Summable] -> f64 any,
            Sin only { PostgreSQL: ["sin((", ")::double precision)"], MySQL | MariaDB: "sin" };
        /// The cosine of an angle in radians.
        fn cos(self) where [Self::Base: Summable] -> f64 any,
            Cos only { PostgreSQL: ["cos((", ")::double precision)"], MySQL | MariaDB: "cos" };
        /// The tangent of an angle in radians.
        fn tan(self) where [Self::Base: Summable] -> f64 any,
            Tan only { PostgreSQL: ["tan((", ")::double precision)"], MySQL | MariaDB: "tan" };
        /// The angle of this sine, in radians.
        fn asin(self) where [Self::Base: Summable] -> f64 always,
            Asin only { PostgreSQL: ["asin((", ")::double precision)"], MySQL | MariaDB: "asin" };
        /// The angle of this cosine, in radians.
        fn acos(self) where [Self::Base: Summable] -> f64 always,
            Acos only { PostgreSQL: ["acos((", ")::double precision)"], MySQL | MariaDB: "acos" };
        /// The angle of this tangent, in radians.
        fn atan(self) where [Self::Base: Summable] -> f64 any,
            Atan only { PostgreSQL: ["atan((", ")::double precision)"], MySQL | MariaDB: "atan" };
        /// The angle of the point with this height and that `width`, in radians.
        fn atan2[W: Operand<f64>](self, width: W) where [Self::Base: Summable] -> f64 any, Atan2 only {
            PostgreSQL: ["atan2((", ")::double precision, (", ")::double precision)"],
            MySQL | MariaDB: "atan2",
        };
        /// An angle in radians as one in degrees.
        fn degrees(self) where [Self::Base: Summable] -> f64 any,
            Degrees only { PostgreSQL: ["degrees((", ")::double precision)"], MySQL | MariaDB: "degrees" };
        /// An angle in degrees as one in radians.
        fn radians(self) where [Self::Base: Summable] -> f64 any,
            Radians only { PostgreSQL: ["radians((", ")::double precision)"], MySQL | MariaDB: "radians" };
        /// The number, from 1, of the part it falls into, of `count` equal ones from `low` to `high`; 0 and `count + 1` are
        /// what is below and above.
        fn width_bucket[L: Operand<f64>, H: Operand<f64>, N: Operand<i64>](self, low: L, high: H, count: N)
            where [Self::Base: Summable]
            -> i64 any, WidthBucket only {
            PostgreSQL: ["width_bucket((", ")::double precision, (", ")::double precision, (", ")::double precision, (", ")::int)"],
        };
        /// As text with so many decimals and commas between thousands.
        fn format_number[N: Operand<i64>](self, decimals: N) where [Self::Base: Summable]
            -> String any, FormatNumber only { MySQL | MariaDB: "format" };
        /// The bits that both have.
        fn bitwise_and[O: Operand<Self::Base>](self, other: O) where [Self::Base: Bitwise] -> same any, BitwiseAnd each {
            SQLite | PostgreSQL: ["((", ") & (", "))"],
            // Its result would have no sign.
            MySQL | MariaDB: ["CAST((", ") & (", ") AS SIGNED)"],
        };
        /// The bits that one or both have.
        fn bitwise_or[O: Operand<Self::Base>](self, other: O) where [Self::Base: Bitwise] -> same any, BitwiseOr each {
            SQLite | PostgreSQL: ["((", ") | (", "))"],
            MySQL | MariaDB: ["CAST((", ") | (", ") AS SIGNED)"],
        };
        /// The bits that one of them has.
        fn bitwise_xor[O: Operand<Self::Base>](self, other: O) where [Self::Base: Bitwise] -> same any, BitwiseXor only {
            PostgreSQL: ["((", ") # (", "))"],
            MySQL | MariaDB: ["CAST((", ") ^ (", ") AS SIGNED)"],
        };
        /// The bits that it has not.
        fn bitwise_not(self) where [Self::Base: Bitwise] -> same any, BitwiseNot each {
            SQLite | PostgreSQL: ["(~(", "))"],
            MySQL | MariaDB: ["CAST(~(", ") AS SIGNED)"],
        };
        /// All bits moved up by `places`, from 0 to 63.
        fn shift_left[N: Operand<i64>](self, places: N) where [Self::Base: Shiftable] -> same any, ShiftLeft each {
            SQLite: ["((", ") << (", "))"],
            PostgreSQL: ["((", ") << (", ")::int)"],
            MySQL | MariaDB: ["CAST((", ") << (", ") AS SIGNED)"],
        };
        /// All bits moved down by `places`, from 0 to 63; the sign stays.
        fn shift_right[N: Operand<i64>](self, places: N) where [Self::Base: Shiftable] -> same any, ShiftRight only {
            SQLite: ["((", ") >> (", "))"],
            PostgreSQL: ["((", ") >> (", ")::int)"],
        };
    }

    /// The number pi.
    fn pi() -> f64 never, Pi only { PostgreSQL | MySQL | MariaDB: ["pi()"] };

    /// A random float from 0 to 1, without 1: another one for each row.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
    /// let any_three = User::query::<Sqlite>().order_by(random()).limit(3);
    /// ```
    fn random() -> f64 fresh, Random each {
        SQLite: ["(abs(random() % 9007199254740992) / 9007199254740992.0)"],
        PostgreSQL: ["random()"],
        MySQL | MariaDB: ["rand()"],
    };
}
