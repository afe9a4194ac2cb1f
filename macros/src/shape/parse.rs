//! The struct and its `#[shape(..)]`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{
    Data, DeriveInput, Expr, Fields, FieldsNamed, Path, Token, Type,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    parse_quote,
};

use crate::{
    attr::{Slot, each_item, put, set, unknown},
    dialects,
    errors::Errors,
};

/// What `#[shape(..)]` takes on a struct.
const SHAPE_KEYS: [&str; 3] = ["table", "dialect", "crate"];

/// What `#[shape(..)]` takes on a field.
const FIELD_KEYS: [&str; 2] = ["from", "expr"];

/// A shape of a table.
pub(crate) struct Shape {
    pub(crate) krate: Path,
    /// The only dialects that it is for; none: all.
    pub(crate) dialects: Vec<Ident>,
    pub(crate) ident: Ident,
    /// The table, or the struct that has its columns.
    pub(crate) table: Path,
    pub(crate) fields: Vec<Field>,
}

/// A field of it.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) origin: Origin,
}

/// What a field holds.
pub(crate) enum Origin {
    /// What the table calls by this name: a column or a relation.
    Name(Ident),
    /// An expression, or a relation with conditions of its own.
    Expr(Expr),
    /// An error that is reported already.
    Wrong,
}

/// Reads a struct; `None` if nothing can be said of it.
pub(super) fn parse(input: &DeriveInput, errors: &mut Errors) -> Option<Shape> {
    let named = named_fields(input, errors);
    let fields = named.map(|named| named.named.iter().filter_map(|field| self::field(field, errors)).collect());
    let (mut table, mut dialects, mut krate) = (None, None, None);
    let before = errors.count();
    each_item(&input.attrs, "shape", errors, |key, input| match key.to_string().as_str() {
        "table" => set::<Path>(&mut table, key, input),
        "dialect" => dialects::parse(key, input).and_then(|value| put(&mut dialects, key, value)),
        "crate" => set::<Path>(&mut krate, key, input),
        _ => Err(unknown(key, "shape", &SHAPE_KEYS, None)),
    });
    if fields.is_some() && table.is_none() && errors.count() == before {
        errors.at(&input.ident, format!("`{}` does not say of which table: `#[shape(table = ..)]`", input.ident));
    }
    Some(Shape {
        table: table?.value,
        fields: fields?,
        ident: input.ident.clone(),
        dialects: dialects.map(|dialects| dialects.value).unwrap_or_default(),
        krate: krate.map_or_else(|| parse_quote!(::mizzle), |krate| krate.value),
    })
}

fn named_fields<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<&'a FieldsNamed> {
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        errors.at(&input.generics, format!("a shape cannot be generic: `{ident}` holds one table's columns"));
        return None;
    }
    let kind = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) if fields.named.is_empty() => {
                errors.at(ident, format!("a shape needs at least one field: `{ident}` has none"));
                return None;
            }
            Fields::Named(fields) => return Some(fields),
            Fields::Unnamed(_) => "a tuple struct",
            Fields::Unit => "a unit struct",
        },
        Data::Enum(_) => "an enum",
        Data::Union(_) => "a union",
    };
    errors.at(ident, format!("a shape is a struct with named fields: `{ident}` is {kind}"));
    None
}

fn field(field: &syn::Field, errors: &mut Errors) -> Option<Field> {
    let ident = field.ident.clone()?;
    let (mut from, mut expr): (Slot<Name>, Slot<Expr>) = (None, None);
    let before = errors.count();
    each_item(&field.attrs, "shape", errors, |key, input| match key.to_string().as_str() {
        "from" => set(&mut from, key, input),
        "expr" => set(&mut expr, key, input),
        _ => Err(unknown(key, "shape", &FIELD_KEYS, None)),
    });
    if let (Some(_), Some(expr)) = (&from, &expr) {
        errors.at(&expr.key, "a field comes `from` a column or relation, or is an `expr`, not both");
    }
    let origin = match (from, expr) {
        _ if errors.count() > before => Origin::Wrong,
        (Some(from), _) => Origin::Name(from.value.0),
        (None, Some(expr)) => Origin::Expr(expr.value),
        (None, None) => Origin::Name(ident.clone()),
    };
    Some(Field { ident, ty: field.ty.clone(), origin })
}

/// What the table calls a column or a relation.
struct Name(Ident);

impl Parse for Name {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let written = input.fork();
        if let Ok(name) = input.parse::<Ident>()
            && (input.is_empty() || input.peek(Token![,]))
        {
            return Ok(Name(name));
        }
        if written.is_empty() || written.peek(Token![,]) {
            return Err(written.error("`from` takes the name of a column or relation of the table"));
        }
        let value: TokenStream =
            std::iter::from_fn(|| (!written.peek(Token![,])).then(|| written.parse::<TokenTree>().ok())?).collect();
        Err(syn::Error::new_spanned(&value, not_a_name(&value)))
    }
}

/// Why this is not what the table calls a column or a relation.
fn not_a_name(value: &TokenStream) -> String {
    let says = "`from` takes the name of a column or relation of the table";
    match syn::parse2::<Path>(value.clone()).ok().and_then(|path| path.segments.last().map(|last| last.ident.clone())) {
        Some(name) => format!("{says}: `from = {name}`"),
        None if syn::Ident::parse_any.parse2(value.clone()).is_ok() => {
            format!("{says}, and a keyword is written `r#{value}`")
        }
        None => says.to_owned(),
    }
}
