//! Values as mizzle reads them beside the same in the words of the database.

use chrono::NaiveDateTime;

/// A value that can be found in a text.
pub(super) trait Cell {
    fn is(&self, text: &str) -> bool;
}

impl Cell for i64 {
    fn is(&self, text: &str) -> bool {
        text.parse() == Ok(*self)
    }
}

/// Sums of decimals are exact in one system and floats in another.
impl Cell for f64 {
    fn is(&self, text: &str) -> bool {
        text.parse().is_ok_and(|other: f64| (self - other).abs() <= 1e-9 * self.abs().max(1.0))
    }
}

impl Cell for String {
    fn is(&self, text: &str) -> bool {
        self == text
    }
}

impl Cell for NaiveDateTime {
    fn is(&self, text: &str) -> bool {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f") == Ok(*self)
    }
}

impl<T: Cell> Cell for Option<T> {
    fn is(&self, text: &str) -> bool {
        self.as_ref().map_or(text == "NULL", |value| value.is(text))
    }
}

/// A row of such values.
pub(super) trait Answer {
    fn is(&self, texts: &[String]) -> bool;
}

macro_rules! tuples {
    ($($(#[$meta:meta])? ($($name:ident)+);)*) => {$(
        impl<$($name: Cell),+> Answer for ($($name,)+) {
            fn is(&self, texts: &[String]) -> bool {
                #[expect(non_snake_case, reason = "a value is named like its type")]
                let ($($name,)+) = self;
                let values: Vec<&dyn Cell> = vec![$($name),+];
                values.len() == texts.len() && values.iter().zip(texts).all(|(value, text)| value.is(text))
            }
        }
    )*};
}

tuples! {
    (A);
    (A B);
    (A B C);
    (A B C D);
}

#[test]
fn what_is_the_same() {
    let texts = |texts: [&str; 3]| texts.map(str::to_owned);
    let row = (Some(5), 0.99, None::<String>);
    assert!(row.is(&texts(["5", "0.990000000000001", "NULL"])));
    for other in [["6", "0.99", "NULL"], ["5", "0.991", "NULL"], ["5", "0.99", ""], ["NULL", "0.99", "NULL"]] {
        assert!(!row.is(&texts(other)), "{other:?}");
    }
    assert!(!row.is(&texts(["5", "0.99", "NULL"])[..2]));
}
