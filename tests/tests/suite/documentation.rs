//! The SQL that mizzle's documentation shows: the database prepares it, on tables like those of the example.

use std::{fmt::Write as _, fs, path::Path};

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

/// Adds the texts in a piece of code that are statements: whole ones, which may be put together of several literals.
fn statements(tokens: TokenStream, to: &mut Vec<String>) {
    let mut text = String::new();
    let mut word = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if word == "concat" => text.push_str(&joined(group.stream())),
            // A part of a statement.
            TokenTree::Group(_) if ["starts_with", "ends_with", "contains"].contains(&word.as_str()) => {}
            TokenTree::Group(group) => statements(group.stream(), to),
            TokenTree::Literal(literal) => text.push_str(&content(&literal)),
            TokenTree::Punct(punct) if [',', ';'].contains(&punct.as_char()) => add(std::mem::take(&mut text), to),
            TokenTree::Ident(ident) => {
                word = ident.to_string();
                continue;
            }
            // Of a macro, the name counts.
            TokenTree::Punct(punct) if punct.as_char() == '!' => continue,
            TokenTree::Punct(_) => {}
        }
        word.clear();
    }
    add(text, to);
}

fn add(text: String, to: &mut Vec<String>) {
    const WORDS: [&str; 6] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "REPLACE ", "WITH "];
    if WORDS.iter().any(|word| text.starts_with(word)) {
        to.push(text);
    }
}

/// What `concat!(..)` makes.
fn joined(tokens: TokenStream) -> String {
    let literals = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Literal(literal) => Some(content(&literal)),
        _ => None,
    });
    literals.collect()
}

fn content(literal: &proc_macro2::Literal) -> String {
    syn::parse_str::<syn::LitStr>(&literal.to_string()).map(|text| text.value()).unwrap_or_default()
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
    let keys = item.fields.iter().filter(|field| has(&field.attrs, "primary_key")).count();
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
        let unique = match (has(&field.attrs, "primary_key"), has(&field.attrs, "unique")) {
            (true, _) if keys == 1 => " PRIMARY KEY",
            (false, false) => "",
            _ => " UNIQUE",
        };
        columns.push(format!("\"{name}\" {ty}{unique}"));
    }
    let mut sql = format!("CREATE TABLE \"{name}\" ({})", columns.join(", "));
    if let Some((kind, index, columns)) = index(&item.attrs) {
        let _ = write!(sql, "; CREATE {kind}INDEX \"{index}\" ON \"{name}\" (\"{}\")", columns.join("\", \""));
    }
    Some(if D::SYNTAX.quote == '"' { sql } else { sql.replace('"', "`") })
}

/// The kind, the name and the columns of `index(name = "..", on = User::name)`.
fn index(attributes: &[Attribute]) -> Option<(&'static str, String, Vec<String>)> {
    let attributes = attributes.iter().filter(|attribute| attribute.path().is_ident("table"));
    attributes.flat_map(|attribute| attribute.meta.require_list().map(|list| list.tokens.clone())).find_map(|tokens| {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let place = tokens.iter().position(|token| token.to_string() == "index")?;
        let TokenTree::Group(group) = tokens.get(place + 1)? else { return None };
        let text = group.stream().to_string().replace(' ', "");
        let name = text.split('"').nth(1)?.to_owned();
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let columns = text.split("::").skip(1).map(|rest| rest.chars().take_while(|c| is_name(*c)).collect());
        Some((if text.contains("using=fulltext") { "FULLTEXT " } else { "" }, name, columns.collect()))
    })
}

/// The tables of an example, in the blocks of its features and functions, too.
fn find_structs(block: &syn::Block, to: &mut Vec<syn::ItemStruct>) {
    for stmt in &block.stmts {
        match stmt {
            Stmt::Item(Item::Struct(item)) if item.attrs.iter().any(|attribute| attribute.path().is_ident("table")) => {
                to.push(item.clone());
            }
            Stmt::Item(Item::Fn(function)) => find_structs(&function.block, to),
            Stmt::Expr(syn::Expr::Block(inner), _) => find_structs(&inner.block, to),
            _ => {}
        }
    }
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
        let mut structs = Vec::new();
        find_structs(&block, &mut structs);
        let tables: Option<Vec<String>> = structs.iter().map(table).collect();
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
