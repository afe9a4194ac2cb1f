//! Rows as tables of text.

use comfy_table::{ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};
use mizzle::value::Value;

/// Begins a step.
pub fn heading(text: &str) {
    println!("\n# {text}\n");
}

/// Prints rows, which are tuples of values, under the names of their columns.
pub fn rows<R: Cells>(header: &[&str], rows: impl IntoIterator<Item = R>) {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Disabled).set_header(header);
    for row in rows {
        table.add_row(row.cells());
    }
    println!("{table}");
}

/// A value as text.
pub trait Show {
    /// The text.
    fn show(&self) -> String;
}

macro_rules! displayed {
    ($($ty:ty),*) => {$(
        impl Show for $ty {
            fn show(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

displayed!(bool, i32, i64, u64, &str, String);

impl Show for f64 {
    fn show(&self) -> String {
        format!("{self:.2}")
    }
}

impl<T: Show> Show for Option<T> {
    fn show(&self) -> String {
        self.as_ref().map_or_else(|| "NULL".to_owned(), Show::show)
    }
}

impl Show for Value {
    fn show(&self) -> String {
        match self {
            Value::Null(_) => "NULL".to_owned(),
            Value::Bool(value) => value.show(),
            Value::I32(value) => value.show(),
            Value::I64(value) => value.show(),
            Value::Text(text) => format!("{text:?}"),
            Value::Array(_, values) => format!("[{}]", values.iter().map(Show::show).collect::<Vec<_>>().join(", ")),
            other => format!("{other:?}"),
        }
    }
}

/// A row as texts: implemented for tuples.
pub trait Cells {
    /// The texts.
    fn cells(self) -> Vec<String>;
}

macro_rules! tuples {
    ($($cell:ident)+) => {
        impl<$($cell: Show),+> Cells for ($($cell,)+) {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn cells(self) -> Vec<String> {
                let ($($cell,)+) = self;
                vec![$($cell.show()),+]
            }
        }
    };
}

tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
