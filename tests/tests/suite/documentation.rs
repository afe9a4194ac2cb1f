//! The SQL that mizzle's documentation shows: the database prepares it, on tables like those of the example. An example
//! that begins with three backticks and `rust` is left out: it needs more than tables.

use std::{fs, path::Path};

use mizzle::prelude::*;
use mizzle_tests::{Result, TestDatabase as _};
use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Item, Stmt};

use crate::{D, Db};

/// The code of an example, without the marks of the comment and of hidden lines.
struct Example {
    place: String,
    code: String,
}

fn examples(folder: &Path, to: &mut Vec<Example>) -> Result {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            examples(&path, to)?;
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let mut current: Option<Example> = None;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start();
            let Some(line) = line.strip_prefix("///").or(line.strip_prefix("//!")) else {
                current = None;
                continue;
            };
            let line = line.strip_prefix(' ').unwrap_or(line);
            match (line.strip_prefix("```"), &mut current) {
                (Some(_), Some(_)) => to.extend(current.take()),
                (Some(""), None) => {
                    current =
                        Some(Example { place: format!("{}:{}", path.display(), number + 1), code: String::new() });
                }
                (Some(_), None) => {}
                (None, Some(example)) => {
                    example.code.push_str(line.strip_prefix("# ").unwrap_or(line.trim_start_matches("#\n")));
                    example.code.push('\n');
                }
                (None, None) => {}
            }
        }
    }
    Ok(())
}

fn text(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
}

/// The texts in a piece of code that are statements; those in `concat!(..)` are one.
fn statements(tokens: TokenStream, to: &mut Vec<String>) {
    let is_sql = |text: &String| {
        ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "REPLACE ", "WITH "].iter().any(|word| text.starts_with(word))
    };
    let mut concatenates = false;
    for token in tokens {
        match &token {
            TokenTree::Group(group) if concatenates => {
                let whole: String = group.stream().into_iter().filter_map(|token| text(&token)).collect();
                to.extend(Some(whole).filter(is_sql));
            }
            TokenTree::Group(group) => statements(group.stream(), to),
            token => to.extend(text(token).filter(is_sql)),
        }
        concatenates = match &token {
            TokenTree::Ident(ident) => *ident == "concat",
            TokenTree::Punct(_) => concatenates,
            _ => false,
        };
    }
}

/// The tables of an example, also of one in a block of its own.
fn structs(stmts: &[Stmt]) -> Vec<&syn::ItemStruct> {
    let mut found = Vec::new();
    for stmt in stmts {
        match stmt {
            Stmt::Item(Item::Struct(item)) if item.attrs.iter().any(|attribute| attribute.path().is_ident("table")) => {
                found.push(item);
            }
            Stmt::Expr(syn::Expr::Block(inner), _) => found.extend(structs(&inner.block.stmts)),
            _ => {}
        }
    }
    found
}

/// The value of `key = "value"` in the attributes of this name.
fn value_of(attributes: &[Attribute], name: &str, key: &str) -> Option<String> {
    let attributes = attributes.iter().filter(|attribute| attribute.path().is_ident(name));
    attributes.flat_map(|attribute| attribute.meta.require_list().map(|list| list.tokens.clone())).find_map(|tokens| {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let place = tokens.iter().position(|token| token.to_string() == key)?;
        syn::parse_str::<syn::LitStr>(&tokens.get(place + 2)?.to_string()).ok().map(|text| text.value())
    })
}

fn has(attributes: &[Attribute], key: &str) -> bool {
    let attributes = attributes.iter().filter(|attribute| attribute.path().is_ident("column"));
    let mut lists = attributes.flat_map(|attribute| attribute.meta.require_list().map(|list| list.tokens.clone()));
    lists.any(|tokens| tokens.into_iter().any(|token| token.to_string() == key))
}

/// `CREATE TABLE` for a struct of an example; `None` if it is no table, or has a type that is not known here.
fn table(item: &syn::ItemStruct) -> Option<String> {
    let name = value_of(&item.attrs, "table", "name").unwrap_or(item.ident.to_string().to_lowercase());
    let mut columns = Vec::new();
    for field in &item.fields {
        let ty = &field.ty;
        let ty = quote::quote!(#ty).to_string().replace(' ', "");
        let ty = ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>')).unwrap_or(&ty);
        let types = ["SQLite", "PostgreSQL"].contains(&D::SYNTAX.name);
        let ty = match ty {
            "i16" | "i32" | "u8" => "INTEGER",
            "i64" => "BIGINT",
            "bool" => "BOOLEAN",
            "f64" | "f32" => "DOUBLE PRECISION",
            "String" if types => "TEXT",
            "String" => "VARCHAR(100)",
            "DateTime<Utc>" if D::SYNTAX.name == "PostgreSQL" => "TIMESTAMPTZ",
            "DateTime<Utc>" => "DATETIME",
            "NaiveDate" => "DATE",
            "Vec<String>" if D::SYNTAX.name == "PostgreSQL" => "TEXT[]",
            _ => return None,
        };
        let name = value_of(&field.attrs, "column", "name").unwrap_or(field.ident.as_ref()?.to_string());
        let unique = match () {
            () if has(&field.attrs, "primary_key") => " PRIMARY KEY",
            () if has(&field.attrs, "unique") => " UNIQUE",
            () => "",
        };
        columns.push(format!("\"{name}\" {ty}{unique}"));
    }
    let sql = format!("CREATE TABLE \"{name}\" ({})", columns.join(", "));
    Some(if D::SYNTAX.quote == '"' { sql } else { sql.replace('"', "`") })
}

/// Whether a statement of an example is for this dialect: some are also right for others.
fn is_ours(code: &str) -> bool {
    let names = ["Sqlite", "Postgres", "MySql", "MariaDb"];
    let named: Vec<_> = names.iter().filter(|name| code.contains(&format!("<{name}>"))).collect();
    named.len() == 1 && *named[0] == format!("{:?}", D::KIND)
}

#[tokio::test]
async fn the_sql_of_examples_is_sql() -> Result {
    let mut all = Vec::new();
    examples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src"), &mut all)?;
    let (mut prepared, mut unknown, mut wrong) = (0, Vec::new(), Vec::new());
    for Example { place, code } in all.into_iter().filter(|example| is_ours(&example.code)) {
        let Ok(block) = syn::parse_str::<syn::Block>(&format!("{{ {code} }}")) else {
            unknown.push(place);
            continue;
        };
        let mut sql = Vec::new();
        statements(quote::quote!(#block), &mut sql);
        let tables: Option<Vec<String>> = structs(&block.stmts).into_iter().map(table).collect();
        let Some(tables) = tables.filter(|tables| !tables.is_empty() && !sql.is_empty()) else {
            if !sql.is_empty() {
                unknown.push(place);
            }
            continue;
        };
        let db = Db::empty(1).await?;
        for table in &tables {
            db.run(table).await?;
        }
        for sql in sql {
            match db.prepare(&sql).await {
                Ok(_) => prepared += 1,
                Err(error) => wrong.push(format!("{place}: {error}\n{sql}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let least = if D::SYNTAX.name == "SQLite" { 40 } else { 1 };
    assert!(prepared >= least && unknown.len() * 4 <= prepared, "{prepared} statements, but not those of {unknown:#?}");
    Ok(())
}
