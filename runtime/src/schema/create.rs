//! CREATE TABLE and CREATE INDEX.

use super::{SchemaError, qualified, title};
use crate::{
    dialect::{DialectKind, Syntax},
    render::quote,
    table::{Action, ColumnDef, ForeignKeyDef, IndexDef, IndexKeyDef, IndexMethod, SqlText, TableDef},
    value::{DataType, EnumDef, Value},
};

/// `CREATE TYPE .. AS ENUM ..`
pub(super) fn enumeration(def: &EnumDef, syntax: &Syntax) -> String {
    let mut sql = "CREATE TYPE ".to_owned();
    quote(&mut sql, def.name, syntax);
    sql.push_str(" AS ENUM (");
    words(&mut sql, def.variants, syntax);
    sql.push(')');
    sql
}

/// `CREATE TABLE ..`: columns, then constraints, without the foreign keys that are `later` added.
pub(super) fn table(
    def: &TableDef,
    dialect: DialectKind,
    later: impl Fn(&ForeignKeyDef) -> bool,
) -> Result<String, SchemaError> {
    let mut writer = Writer::new(def, dialect);
    writer.sql.push_str("CREATE TABLE ");
    qualified(&mut writer.sql, def.schema, def.name, writer.syntax);
    writer.sql.push_str(" (");
    for (position, column) in def.columns.iter().enumerate() {
        if position > 0 {
            writer.sql.push_str(", ");
        }
        writer.column(column)?;
    }
    if def.primary_key.len() > 1 {
        writer.sql.push_str(", PRIMARY KEY");
        writer.names(def.primary_key);
    }
    for unique in def.uniques {
        writer.sql.push_str(", ");
        writer.constraint(&def.unique_name(unique), "UNIQUE");
        writer.names(unique.columns);
    }
    for (position, check) in def.checks.iter().enumerate() {
        writer.sql.push_str(", ");
        writer.constraint(&def.check_name(position), "CHECK (");
        writer.expression(check.condition, || "a check".to_owned())?;
        writer.sql.push(')');
    }
    for key in def.foreign_keys.iter().filter(|key| !later(key)) {
        writer.sql.push_str(", ");
        writer.foreign_key(key)?;
    }
    writer.sql.push(')');
    writer.sql.push_str(writer.syntax.definitions.table_options);
    Ok(writer.sql)
}

/// `ALTER TABLE .. ADD CONSTRAINT .. FOREIGN KEY ..`
pub(super) fn foreign_key(def: &TableDef, key: &ForeignKeyDef, dialect: DialectKind) -> Result<String, SchemaError> {
    let mut writer = Writer::new(def, dialect);
    writer.sql.push_str("ALTER TABLE ");
    qualified(&mut writer.sql, def.schema, def.name, writer.syntax);
    writer.sql.push_str(" ADD ");
    writer.foreign_key(key)?;
    Ok(writer.sql)
}

/// `ALTER TABLE .. DROP FOREIGN KEY ..`, if both are there.
pub(super) fn drop_foreign_key(def: &TableDef, key: &ForeignKeyDef, syntax: &Syntax) -> String {
    let mut sql = "ALTER TABLE IF EXISTS ".to_owned();
    qualified(&mut sql, def.schema, def.name, syntax);
    sql.push_str(" DROP FOREIGN KEY IF EXISTS ");
    quote(&mut sql, &def.foreign_key_name(key), syntax);
    sql
}

/// `CREATE INDEX ..`, and before it columns for its expressions, where an index cannot have any.
pub(super) fn index(def: &TableDef, index: &IndexDef, dialect: DialectKind) -> Result<Vec<String>, SchemaError> {
    let mut writer = Writer::new(def, dialect);
    let (syntax, facts) = (writer.syntax, &writer.syntax.definitions);
    let what = || format!("the index `{}`", index.name);
    let mut keys = (index.keys)(dialect).ok_or_else(|| writer.unsupported(what()))?;
    let mut statements = Vec::new();
    if !facts.expression_indexes {
        for (place, key) in keys.iter_mut().enumerate() {
            statements.extend(hidden_column(&mut writer, &format!("{}_{}", index.name, place + 1), key));
        }
    }
    let (on_index, on_table) = if facts.qualifies_index { (def.schema, None) } else { (None, def.schema) };
    let method = match index.using {
        IndexMethod::Tree => Some(("INDEX ", "")),
        IndexMethod::Gin => facts.gin.map(|using| ("INDEX ", using)),
        IndexMethod::FullText => facts.full_text.map(|create| (create, "")),
    };
    let (create, using) = method.ok_or_else(|| writer.unsupported(what()))?;
    writer.sql.push_str(if index.unique { "CREATE UNIQUE " } else { "CREATE " });
    writer.sql.push_str(create);
    qualified(&mut writer.sql, on_index, index.name, syntax);
    writer.sql.push_str(" ON ");
    qualified(&mut writer.sql, on_table, def.name, syntax);
    writer.sql.push_str(using);
    let keys: Vec<String> = keys.into_iter().map(|key| key.sql).collect();
    writer.sql.push_str(&format!(" ({})", keys.join(", ")));
    if let Some(condition) = index.condition {
        if !facts.partial_indexes {
            return Err(writer.unsupported(format!("the condition of {}", what())));
        }
        writer.sql.push_str(" WHERE ");
        writer.expression(condition, what)?;
    }
    statements.push(writer.sql);
    Ok(statements)
}

/// `ALTER TABLE .. ADD COLUMN ..` for a key that is an expression, and the column in its place.
fn hidden_column(writer: &mut Writer<'_>, name: &str, key: &mut IndexKeyDef) -> Option<String> {
    // An expression stands in parentheses, with its direction after them; a column in quotes.
    let (expression, direction) = key.sql.rsplit_once(')')?;
    let expression = expression.strip_prefix('(')?;
    let mut column = String::new();
    quote(&mut column, name, writer.syntax);
    let mut sql = "ALTER TABLE ".to_owned();
    qualified(&mut sql, writer.def.schema, writer.def.name, writer.syntax);
    sql.push_str(&format!(" ADD COLUMN {column} "));
    (writer.syntax.definitions.type_name)(&mut sql, key.data_type, true);
    sql.push_str(&format!(" GENERATED ALWAYS AS ({expression}) VIRTUAL INVISIBLE"));
    key.sql = format!("{column}{direction}");
    Some(sql)
}

/// `'a', 'b'`
fn words(sql: &mut String, words: &[&str], syntax: &Syntax) {
    for (position, word) in words.iter().enumerate() {
        if position > 0 {
            sql.push_str(", ");
        }
        (syntax.literal)(sql, &Value::Text((*word).to_owned()));
    }
}

/// A statement about one table, so far.
struct Writer<'t> {
    sql: String,
    def: &'t TableDef,
    dialect: DialectKind,
    syntax: &'static Syntax,
}

impl<'t> Writer<'t> {
    fn new(def: &'t TableDef, dialect: DialectKind) -> Self {
        Writer { sql: String::new(), def, dialect, syntax: dialect.syntax() }
    }

    fn column(&mut self, column: &ColumnDef) -> Result<(), SchemaError> {
        let facts = &self.syntax.definitions;
        self.name(column.name);
        self.sql.push(' ');
        let is_keyed = self.is_keyed(column);
        (facts.type_name)(&mut self.sql, column.data_type, is_keyed);
        if column.auto_increment && self.def.primary_key != [column.name] {
            return Err(SchemaError::AutoIncrement { table: title(self.def), column: column.name });
        }
        if let Some(generated) = column.generated {
            self.sql.push_str(" GENERATED ALWAYS AS (");
            self.expression(generated.expression, || format!("the generated column `{}`", column.name))?;
            let stored = generated.stored || !facts.virtual_columns;
            self.sql.push_str(if stored { ") STORED" } else { ") VIRTUAL" });
        }
        if self.def.primary_key == [column.name] {
            self.sql.push_str(" PRIMARY KEY");
        }
        if column.auto_increment {
            self.sql.push(' ');
            self.sql.push_str(facts.auto_increment);
        }
        if !column.nullable && (column.generated.is_none() || facts.required_generated_columns) {
            self.sql.push_str(" NOT NULL");
        }
        if let Some(default) = column.default {
            let text = self.text(default.0, || format!("the default of `{}`", column.name))?;
            let alone = is_literal(&text) && !(facts.default_in_parentheses && is_large(column.data_type, is_keyed));
            let default = if alone { format!(" DEFAULT {text}") } else { format!(" DEFAULT ({text})") };
            self.sql.push_str(&default);
        }
        if let DataType::Enum(words) = column.data_type
            && facts.unchecked_enums
        {
            self.one_of(column.name, words.variants);
        }
        Ok(())
    }

    /// Whether a column is part of a key or an index: its values must then be short on MySQL.
    fn is_keyed(&self, column: &ColumnDef) -> bool {
        let def = self.def;
        let mut quoted = String::new();
        quote(&mut quoted, column.name, self.syntax);
        let in_index = |index: &IndexDef| {
            index.using == IndexMethod::Tree
                && (index.keys)(self.dialect).is_some_and(|keys| keys.iter().any(|key| key.sql.contains(&quoted)))
        };
        def.primary_key.contains(&column.name)
            || def.uniques.iter().any(|unique| unique.columns.contains(&column.name))
            || def.foreign_keys.iter().any(|key| key.columns.contains(&column.name))
            || def.indexes.iter().any(in_index)
    }

    /// ` CHECK ("column" IN ('a', 'b'))`
    fn one_of(&mut self, column: &str, variants: &[&str]) {
        self.sql.push_str(" CHECK (");
        self.name(column);
        self.sql.push_str(" IN (");
        words(&mut self.sql, variants, self.syntax);
        self.sql.push_str("))");
    }

    fn foreign_key(&mut self, key: &ForeignKeyDef) -> Result<(), SchemaError> {
        let parent = (key.table)();
        let is_near = parent.schema == self.def.schema;
        if !is_near && !self.syntax.definitions.qualified_references {
            return Err(SchemaError::OtherSchema {
                dialect: self.syntax.name,
                table: title(self.def),
                references: title(parent),
            });
        }
        self.constraint(&self.def.foreign_key_name(key), "FOREIGN KEY");
        let (columns, references) = in_order_of_key(key, parent);
        self.names(&columns);
        self.sql.push_str(" REFERENCES ");
        let schema = if self.syntax.definitions.qualified_references { parent.schema } else { None };
        qualified(&mut self.sql, schema, parent.name, self.syntax);
        self.names(&references);
        self.action(" ON DELETE ", key.on_delete)?;
        self.action(" ON UPDATE ", key.on_update)
    }

    fn action(&mut self, event: &str, action: Action) -> Result<(), SchemaError> {
        let words = match action {
            Action::NoAction => return Ok(()),
            Action::Restrict => "RESTRICT",
            Action::Cascade => "CASCADE",
            Action::SetNull => "SET NULL",
            Action::SetDefault if self.syntax.definitions.set_default => "SET DEFAULT",
            Action::SetDefault => return Err(self.unsupported(format!("the{event}SET DEFAULT of a foreign key"))),
        };
        self.sql.push_str(event);
        self.sql.push_str(words);
        Ok(())
    }

    /// `CONSTRAINT "name" KIND`
    fn constraint(&mut self, name: &str, kind: &str) {
        self.sql.push_str("CONSTRAINT ");
        self.name(name);
        self.sql.push(' ');
        self.sql.push_str(kind);
    }

    fn name(&mut self, name: &str) {
        quote(&mut self.sql, name, self.syntax);
    }

    /// ` ("a", "b")`
    fn names(&mut self, names: &[&str]) {
        self.sql.push_str(" (");
        for (position, name) in names.iter().enumerate() {
            if position > 0 {
                self.sql.push_str(", ");
            }
            self.name(name);
        }
        self.sql.push(')');
    }

    fn expression(&mut self, expression: SqlText, what: impl FnOnce() -> String) -> Result<(), SchemaError> {
        let text = self.text(expression, what)?;
        self.sql.push_str(&text);
        Ok(())
    }

    fn text(&self, expression: SqlText, what: impl FnOnce() -> String) -> Result<String, SchemaError> {
        expression(self.dialect).ok_or_else(|| self.unsupported(what()))
    }

    fn unsupported(&self, what: String) -> SchemaError {
        SchemaError::Unsupported { dialect: self.syntax.name, table: title(self.def), what }
    }
}

/// Whether MySQL's type for these values is one of those that may be large.
fn is_large(data_type: DataType, is_keyed: bool) -> bool {
    use DataType::{Array, Bytes, Json, JsonText, Text};
    match data_type {
        Text | Bytes => !is_keyed,
        Json | JsonText | Array(_) => true,
        _ => false,
    }
}

/// Whether a default is one literal; anything else stands in parentheses.
fn is_literal(text: &str) -> bool {
    const WORDS: [&str; 6] = ["NULL", "TRUE", "FALSE", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"];
    let is_number = || text.contains(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok();
    let is_text = || {
        let inner =
            text.strip_prefix(['x', 'X']).unwrap_or(text).strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        inner.is_some_and(|inner| !inner.replace("''", "").contains('\''))
    };
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) || is_number() || is_text()
}

/// The columns of a foreign key and those that they refer to, in the order of the parent's primary key if they are all of
/// it: MySQL and MariaDB ask for that.
fn in_order_of_key(key: &ForeignKeyDef, parent: &TableDef) -> (Vec<&'static str>, Vec<&'static str>) {
    let mut pairs: Vec<_> = key.columns.iter().copied().zip((key.references)()).collect();
    if pairs.len() == parent.primary_key.len() {
        pairs.sort_by_key(|(_, column)| parent.primary_key.iter().position(|name| name == column));
    }
    pairs.into_iter().unzip()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        table::{CheckDef, UniqueDef},
        value::EnumDef,
    };

    static MOOD: EnumDef = EnumDef { name: "mood", variants: &["happy", "it's fine"] };

    fn parents() -> &'static TableDef {
        static DEF: TableDef = TableDef { primary_key: &["id"], ..TableDef::new("Parent", "parents", &[]) };
        &DEF
    }

    static COLUMNS: &[ColumnDef] = &[
        ColumnDef::new::<i64>("id").auto_increment(),
        ColumnDef::new::<bool>("active").default(|_| Some("1".to_owned())),
        ColumnDef::new::<String>("name").default(|_| Some("lower('X')".to_owned())),
        ColumnDef::new::<Option<f64>>("twice").generated(|_| Some("2 * 2".to_owned()), false),
        ColumnDef { data_type: DataType::Enum(&MOOD), ..ColumnDef::new::<String>("mood") },
    ];

    #[test]
    fn a_table_with_everything() {
        let def = TableDef {
            primary_key: &["id"],
            uniques: &[UniqueDef { name: Some("one_name"), columns: &["name", "mood"] }],
            checks: &[CheckDef { name: None, condition: |_| Some(r#""id" > 0"#.to_owned()) }],
            foreign_keys: &[ForeignKeyDef {
                name: None,
                columns: &["id"],
                table: parents,
                references: || vec!["id"],
                on_delete: Action::Cascade,
                on_update: Action::SetNull,
            }],
            ..TableDef::new("T", "odd \"name", COLUMNS)
        };
        assert_eq!(
            table(&def, DialectKind::Sqlite, |_| false).as_deref(),
            Ok(concat!(
                r#"CREATE TABLE "odd ""name" ("id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "active" INTEGER NOT NULL DEFAULT 1, "#,
                r#""name" TEXT NOT NULL DEFAULT (lower('X')), "twice" REAL GENERATED ALWAYS AS (2 * 2) VIRTUAL, "#,
                r#""mood" TEXT NOT NULL CHECK ("mood" IN ('happy', 'it''s fine')), "#,
                r#"CONSTRAINT "one_name" UNIQUE ("name", "mood"), CONSTRAINT "odd ""name_check" CHECK ("id" > 0), "#,
                r#"CONSTRAINT "odd ""name_id_fkey" FOREIGN KEY ("id") REFERENCES "parents" ("id") ON DELETE CASCADE ON UPDATE SET NULL)"#,
            ))
        );
    }

    #[test]
    fn an_index_belongs_to_the_schema_of_its_table() {
        let def = TableDef { schema: Some("aux"), ..TableDef::new("T", "t", &[]) };
        let by_name = IndexDef {
            name: "by_name",
            unique: true,
            keys: |_| {
                let key = |sql: &str| IndexKeyDef { sql: sql.to_owned(), data_type: DataType::Text };
                Some(vec![key(r#"(lower("name"))"#), key(r#""id" DESC"#)])
            },
            condition: Some(|_| Some(r#""id" > 0"#.to_owned())),
            using: IndexMethod::Tree,
        };
        assert_eq!(
            index(&def, &by_name, DialectKind::Sqlite),
            Ok(vec![
                r#"CREATE UNIQUE INDEX "aux"."by_name" ON "t" ((lower("name")), "id" DESC) WHERE "id" > 0"#.to_owned()
            ])
        );
    }

    #[cfg(feature = "mysql")]
    #[test]
    fn an_expression_gets_a_column_where_an_index_has_none() {
        let by_name = IndexDef {
            name: "by_name",
            unique: true,
            keys: |_| Some(vec![IndexKeyDef { sql: "(lower(`name`)) DESC".to_owned(), data_type: DataType::Text }]),
            condition: None,
            using: IndexMethod::Tree,
        };
        let statements = [
            "ALTER TABLE `t` ADD COLUMN `by_name_1` varchar(255) GENERATED ALWAYS AS (lower(`name`)) VIRTUAL INVISIBLE",
            "CREATE UNIQUE INDEX `by_name` ON `t` (`by_name_1` DESC)",
        ];
        let created = index(&TableDef::new("T", "t", &[]), &by_name, DialectKind::MariaDb);
        assert_eq!(created, Ok(statements.map(str::to_owned).to_vec()));
    }

    #[test]
    fn what_the_dialect_cannot_say_is_named() {
        static ODD: &[ColumnDef] = &[ColumnDef::new::<i64>("n").default(|_| None)];
        let error = table(&TableDef::new("T", "t", ODD), DialectKind::Sqlite, |_| false)
            .expect_err("there is no default to write");
        assert_eq!(error.to_string(), "SQLite cannot say the default of `n` of the table `t`");
        let two_keys = TableDef { primary_key: &["id", "name"], ..TableDef::new("T", "t", COLUMNS) };
        let error = table(&two_keys, DialectKind::Sqlite, |_| false);
        assert!(matches!(error, Err(SchemaError::AutoIncrement { .. })));
    }

    #[test]
    fn literals_stand_alone() {
        for literal in ["1", "-1.5e3", "'x'", "'it''s'", "x'00'", "null", "CURRENT_TIMESTAMP", "9e999"] {
            assert!(is_literal(literal), "{literal}");
        }
        for expression in ["1 + 1", "'a' || 'b'", "now()", "inf", "(-1)", "'", "", "x"] {
            assert!(!is_literal(expression), "{expression}");
        }
    }
}
