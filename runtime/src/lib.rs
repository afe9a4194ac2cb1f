//! mizzle: SQL in Rust, checked by the compiler.

pub mod dialect;
pub mod error;
pub mod expr;
pub mod query;
pub mod relation;
pub mod render;
pub mod run;
pub mod schema;
pub mod table;
pub mod value;

pub use error::Error;
pub use mizzle_macros::{SqlEnum, SqlValue, Table, sql, sql_function, table};
pub use table::Table;
pub use value::Json;

/// What a program that uses mizzle imports: `use mizzle::prelude::*`.
pub mod prelude {
    pub use crate::table::Table;
    pub use crate::{
        Json, alias,
        dialect::{Dialect, Sqlite},
        expr::{
            AggregateExpr as _, CastExpr as _, CompareExpr as _, ListExpr as _, LogicExpr as _, NullExpr as _,
            NumberExpr as _, TextExpr as _, case, case_when, count_star, not, now, value,
        },
        query::{Direction, Filters, OrderExpr as _, Select, and, excluded, exists, not_exists, or},
        row,
        run::{Executor, Transactions as _, Tx},
        schema,
        table::Alias as _,
    };
    pub use mizzle_macros::{SqlEnum, SqlValue, Table, sql, sql_function, table};
}

/// What the macros name; not for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use std::{
        option::Option::{self, None, Some},
        result::Result::{self, Err, Ok},
    };

    pub use crate::{
        __condition, __default, __definition, __generated, __keys, __operand,
        dialect::Dialect,
        error::Error,
        expr::raw,
        query::{AssignmentList, Assignments, ByPatch, fit, map_row},
        relation::{BelongsTo, HasMany, HasOne, column_name, foreign_key, relation},
        run::RowReader,
        table::*,
        value::{DataType, EnumDef, FieldType, NotNull, Nullable, SqlValue, Value},
    };
}
