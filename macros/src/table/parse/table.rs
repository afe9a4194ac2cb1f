//! `#[table(..)]`.

use proc_macro2::Ident;
use syn::{
    DeriveInput, Expr, Path, Token,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream},
};

use super::{
    COLUMN_KEYS, RawCheck, RawColumn, RawForeignKey, RawIndex, RawRelation, RawTable, RawUnique, shape::shape,
};
use crate::{
    attr::{Attr, each_item, parens, put, set, unknown, value},
    dialects,
    errors::Errors,
    suggest::did_you_mean,
};

/// What `#[table(..)]` takes.
pub(in crate::table) const TABLE_KEYS: [&str; 16] = [
    "name",
    "schema",
    "insert",
    "update",
    "columns",
    "crate",
    "dialect",
    "primary_key",
    "unique",
    "unique_index",
    "index",
    "check",
    "foreign_key",
    "has_many",
    "has_one",
    "shape",
];

/// What `foreign_key` takes.
const FOREIGN_KEY_KEYS: [&str; 6] = ["columns", "references", "on_delete", "on_update", "relation", "name"];

/// Reads the struct's attributes.
pub(super) fn parse(input: &DeriveInput, columns: Vec<RawColumn>, errors: &mut Errors) -> RawTable {
    let mut table = RawTable {
        vis: input.vis.clone(),
        ident: input.ident.clone(),
        name: None,
        schema: None,
        insert: None,
        update: None,
        columns_struct: None,
        krate: None,
        dialects: None,
        primary_key: None,
        uniques: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        relations: Vec::new(),
        shapes: Vec::new(),
        columns,
    };
    each_item(&input.attrs, "table", errors, |key, input| item(&mut table, key, input));
    table
}

fn item(table: &mut RawTable, key: &Ident, input: ParseStream) -> syn::Result<()> {
    match key.to_string().as_str() {
        "name" => set(&mut table.name, key, input),
        "schema" => set(&mut table.schema, key, input),
        "insert" => set(&mut table.insert, key, input),
        "update" => set(&mut table.update, key, input),
        "columns" => set(&mut table.columns_struct, key, input),
        "crate" => set(&mut table.krate, key, input),
        "dialect" => put(&mut table.dialects, key, dialects::parse(key, input)?),
        "primary_key" => put(&mut table.primary_key, key, parens(key, input, fields)?),
        "unique" => {
            table.uniques.push(Attr { key: key.clone(), value: parens(key, input, unique)? });
            Ok(())
        }
        "index" | "unique_index" => {
            table.indexes.push(Attr { key: key.clone(), value: parens(key, input, |input| index(key, input))? });
            Ok(())
        }
        "check" => {
            table.checks.push(parens(key, input, check)?);
            Ok(())
        }
        "foreign_key" => {
            table.foreign_keys.push(Attr { key: key.clone(), value: parens(key, input, foreign_key)? });
            Ok(())
        }
        "has_many" | "has_one" => {
            table.relations.extend(parens(key, input, |input| relations(key == "has_many", input))?);
            Ok(())
        }
        "shape" => {
            table.shapes.push(Attr { key: key.clone(), value: parens(key, input, shape)? });
            Ok(())
        }
        _ => Err(unknown(key, "table", &TABLE_KEYS, Some(("column", &COLUMN_KEYS)))),
    }
}

fn fields(input: ParseStream) -> syn::Result<Vec<Ident>> {
    Ok(input.parse_terminated(Ident::parse_any, Token![,])?.into_iter().collect())
}

/// `name` is a key here only before `=`, `columns` only before `(`: a field may have these names.
fn unique(input: ParseStream) -> syn::Result<RawUnique> {
    let mut unique = RawUnique { name: None, columns: Vec::new() };
    let has_keys = starts_with_name(input) || (input.peek(syn::Ident) && input.peek2(syn::token::Paren));
    if !has_keys {
        unique.columns = fields(input)?;
        return Ok(unique);
    }
    while !input.is_empty() {
        let key = input.call(Ident::parse_any)?;
        match key.to_string().as_str() {
            "name" => set(&mut unique.name, &key, input)?,
            "columns" => unique.columns.extend(parens(&key, input, fields)?),
            other => {
                let hint = did_you_mean(other, &["name", "columns"]);
                return Err(syn::Error::new_spanned(
                    &key,
                    format!("unknown attribute `{other}` in `unique(..)`{hint}"),
                ));
            }
        }
        comma(input)?;
    }
    Ok(unique)
}

fn index(kind: &Ident, input: ParseStream) -> syn::Result<RawIndex> {
    let mut index =
        RawIndex { unique: kind == "unique_index", name: None, on: Vec::new(), condition: None, using: None };
    let mut on = None;
    while !input.is_empty() {
        let key = input.call(Ident::parse_any)?;
        match key.to_string().as_str() {
            "name" => set(&mut index.name, &key, input)?,
            "on" => set::<Expr>(&mut on, &key, input)?,
            "where" => set(&mut index.condition, &key, input)?,
            "using" => set(&mut index.using, &key, input)?,
            other => {
                let hint = did_you_mean(other, &["name", "on", "where", "using"]);
                return Err(syn::Error::new_spanned(
                    &key,
                    format!("unknown attribute `{other}` in `{kind}(..)`{hint}"),
                ));
            }
        }
        comma(input)?;
    }
    index.on = match on.map(|on| on.value) {
        Some(Expr::Tuple(keys)) => keys.elems.into_iter().collect(),
        Some(Expr::Paren(key)) => vec![*key.expr],
        Some(key) => vec![key],
        None => Vec::new(),
    };
    Ok(index)
}

fn check(input: ParseStream) -> syn::Result<RawCheck> {
    let mut name = None;
    if starts_with_name(input) {
        let key = input.call(Ident::parse_any)?;
        set(&mut name, &key, input)?;
        input.parse::<Token![,]>()?;
    }
    let condition = input.parse()?;
    comma(input)?;
    Ok(RawCheck { name, condition })
}

fn foreign_key(input: ParseStream) -> syn::Result<RawForeignKey> {
    let mut foreign_key = RawForeignKey {
        name: None,
        columns: Vec::new(),
        references: Vec::new(),
        on_delete: None,
        on_update: None,
        relation: None,
    };
    while !input.is_empty() {
        let key = input.call(Ident::parse_any)?;
        match key.to_string().as_str() {
            "name" => set(&mut foreign_key.name, &key, input)?,
            "columns" => foreign_key.columns.extend(parens(&key, input, fields)?),
            "references" => foreign_key.references.extend(parens(&key, input, paths)?),
            "on_delete" => set(&mut foreign_key.on_delete, &key, input)?,
            "on_update" => set(&mut foreign_key.on_update, &key, input)?,
            "relation" => set(&mut foreign_key.relation, &key, input)?,
            other => {
                let hint = did_you_mean(other, &FOREIGN_KEY_KEYS);
                return Err(syn::Error::new_spanned(
                    &key,
                    format!("unknown attribute `{other}` in `foreign_key(..)`{hint}"),
                ));
            }
        }
        comma(input)?;
    }
    Ok(foreign_key)
}

fn paths(input: ParseStream) -> syn::Result<Vec<Path>> {
    Ok(input.parse_terminated(Path::parse_mod_style, Token![,])?.into_iter().collect())
}

fn relations(many: bool, input: ParseStream) -> syn::Result<Vec<RawRelation>> {
    let relations = input.parse_terminated(relation, Token![,])?;
    Ok(relations.into_iter().map(|relation| RawRelation { many, ..relation }).collect())
}

/// `posts = Post::author_id`, `posts(Post::author_id, filter = ..)` or `groups(Group, through(.., ..), filter = ..)`
fn relation(input: ParseStream) -> syn::Result<RawRelation> {
    let name: Ident = input.parse()?;
    if !input.peek(syn::token::Paren) {
        let Targets(target) = value(&name, input)?;
        return Ok(RawRelation { many: false, name, target, through: None, filter: None });
    }
    parens(&name.clone(), input, |input| {
        let Targets(target) = input.parse()?;
        let mut relation = RawRelation { many: false, name, target, through: None, filter: None };
        comma(input)?;
        while !input.is_empty() {
            let key = input.call(Ident::parse_any)?;
            match key.to_string().as_str() {
                "through" => {
                    let columns =
                        parens(&key, input, |input| input.parse_terminated(Path::parse_mod_style, Token![,]))?;
                    put(&mut relation.through, &key, columns.into_iter().collect())?;
                }
                "filter" => set(&mut relation.filter, &key, input)?,
                other => {
                    let hint = did_you_mean(other, &["through", "filter"]);
                    let message = format!("unknown attribute `{other}` of the relation `{}`{hint}", relation.name);
                    return Err(syn::Error::new_spanned(&key, message));
                }
            }
            comma(input)?;
        }
        Ok(relation)
    })
}

/// `Post::author_id` or `(Line::shop, Line::number)`.
struct Targets(Vec<Path>);

impl Parse for Targets {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if !input.peek(syn::token::Paren) {
            return Ok(Targets(vec![input.parse()?]));
        }
        let columns;
        parenthesized!(columns in input);
        Ok(Targets(paths(&columns)?))
    }
}

fn starts_with_name(input: ParseStream) -> bool {
    let is_name = input.fork().call(Ident::parse_any).is_ok_and(|key| key == "name");
    is_name && input.peek2(Token![=]) && !input.peek2(Token![==])
}

fn comma(input: ParseStream) -> syn::Result<()> {
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(())
}
