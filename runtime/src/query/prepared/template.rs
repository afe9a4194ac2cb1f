//! Statements whose values are not all there.

use std::sync::Arc;

use crate::{
    dialect::Syntax,
    expr::padded_length,
    render::{LIST, Sql, Statement},
    table::TableDef,
    value::{DataType, Value},
};

/// A statement whose values are not all there.
#[derive(Clone)]
pub(super) struct Template {
    sql: Arc<str>,
    values: Vec<Slot>,
    table: Option<&'static TableDef>,
    syntax: &'static Syntax,
    /// Whether the text has places for lists, which are as long as what is given.
    has_lists: bool,
}

/// Where a value comes from.
#[derive(Clone)]
enum Slot {
    Fixed(Value),
    Computed(Value),
    Copied(DataType, usize),
    /// The last use of an argument.
    Moved(DataType, usize),
}

impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.sql, f)
    }
}

impl Template {
    pub(super) fn new(statement: Statement, syntax: &'static Syntax) -> Self {
        let mut used = Vec::new();
        let slot = |value| match value {
            Value::Argument(data_type, place) if used.contains(&place) => Slot::Copied(data_type, place),
            Value::Argument(data_type, place) => {
                used.push(place);
                Slot::Moved(data_type, place)
            }
            value if value.is_computed() => Slot::Computed(value),
            value => Slot::Fixed(value),
        };
        let mut values: Vec<Slot> = statement.values.into_iter().rev().map(slot).collect();
        values.reverse();
        let has_lists = statement.sql.contains(LIST);
        Template { sql: statement.sql.into_shared(), values, table: statement.table, syntax, has_lists }
    }

    /// The statement with these arguments.
    pub(super) fn fill(&self, mut arguments: Vec<Value>) -> Statement {
        if self.has_lists {
            return self.fill_lists(arguments);
        }
        let as_given = |(place, (slot, value)): (usize, (&Slot, &Value))| matches!(slot, Slot::Moved(data_type, argument) if *argument == place && !counts_rows(*data_type, value));
        let all_as_given = self.values.iter().zip(&arguments).enumerate().all(as_given);
        if self.values.len() != arguments.len() || !all_as_given {
            arguments = self.values.iter().map(|slot| slot.take(&mut arguments)).collect();
        }
        Statement { sql: Sql::from(Arc::clone(&self.sql)), values: arguments, table: self.table }
    }

    /// The same, where lists become as many values as they hold. As lists of plain queries they are padded, so that the
    /// database knows the texts of many lengths.
    fn fill_lists(&self, mut arguments: Vec<Value>) -> Statement {
        let mut sql = String::with_capacity(self.sql.len() + 64);
        let mut values = Vec::with_capacity(self.values.len() + 16);
        let mut texts = self.sql.split(LIST);
        sql.push_str(texts.next().unwrap_or_default());
        for slot in &self.values {
            match (slot.take(&mut arguments), slot) {
                (Value::Array(_, list), Slot::Copied(data_type, _) | Slot::Moved(data_type, _))
                    if !matches!(data_type, DataType::Array(_)) =>
                {
                    self.write_list(list, *data_type, &mut sql, &mut values);
                    sql.push_str(texts.next().unwrap_or_default());
                }
                (value, _) => values.push(value),
            }
        }
        Statement { sql: sql.into(), values, table: self.table }
    }

    fn write_list(&self, list: Vec<Value>, data_type: DataType, sql: &mut String, values: &mut Vec<Value>) {
        let Some(last) = list.last().cloned() else {
            return (self.syntax.spelling.empty_list)(sql, data_type);
        };
        let room = (self.syntax.max_parameters / 4).saturating_sub(values.len());
        let length = padded_length(list.len(), room);
        let padding = std::iter::repeat_n(last, length - list.len());
        let mut separator = "(";
        for value in list.into_iter().chain(padding) {
            sql.push_str(std::mem::replace(&mut separator, ", "));
            (self.syntax.placeholder)(sql, values.len() + 1, &value);
            values.push(value);
        }
        sql.push(')');
    }
}

/// Whether a value is a number of rows, which the database takes as a signed one.
fn counts_rows(data_type: DataType, value: &Value) -> bool {
    matches!((data_type, value), (DataType::I64, Value::U64(_)))
}

impl Slot {
    /// Its value, given the arguments.
    fn take(&self, arguments: &mut [Value]) -> Value {
        match self {
            Slot::Fixed(value) => value.clone(),
            Slot::Computed(value) => {
                let mut value = value.clone();
                value.compute();
                value
            }
            Slot::Copied(data_type, place) => as_rows(*data_type, arguments[*place].clone()),
            Slot::Moved(data_type, place) => {
                as_rows(*data_type, std::mem::replace(&mut arguments[*place], Value::Bool(false)))
            }
        }
    }
}

fn as_rows(data_type: DataType, value: Value) -> Value {
    match value {
        // No database counts further.
        Value::U64(rows) if data_type == DataType::I64 => Value::I64(i64::try_from(rows).unwrap_or(i64::MAX)),
        value => value,
    }
}

/// Several statements with the same arguments.
pub(super) fn fill(statements: &[Template], arguments: Vec<Value>) -> impl Iterator<Item = Statement> {
    statements.iter().map(move |statement| statement.fill(arguments.clone()))
}
