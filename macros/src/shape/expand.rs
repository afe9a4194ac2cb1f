//! The impl of `Shape`.

use std::borrow::Cow;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Type, parse_quote, spanned::Spanned as _};

use super::{Field, Origin, Shape};
use crate::types;

/// How many fields a tuple has.
const WIDTH: usize = 8;

/// `impl Shape for PostCard`
pub(crate) fn expand(shape: &Shape) -> TokenStream {
    let Shape { krate, ident, table, dialects, fields } = shape;
    let types = nested(fields.iter().map(|field| unboxed(&field.ty).to_token_stream()).collect());
    let names = nested(fields.iter().map(|field| field.ident.to_token_stream()).collect());
    let parts = nested(fields.iter().map(part).collect());
    let build = fields.iter().map(value).collect::<Vec<_>>();
    let body = |dialect: &TokenStream, captured: &TokenStream| {
        quote! {
            type Table = <__Table as __m::ColumnsOf>::Table;
            type Fit = __m::Fits;
            type Fields = #types;
            fn fields(
                __selection: &mut __m::Selection<'_, #dialect, Self::Table>,
            ) -> impl __m::Fields<#dialect, Values = Self::Fields> + use<#captured> {
                #parts
            }
            fn build(#names: Self::Fields) -> Self {
                Self { #(#build),* }
            }
        }
    };
    let impls = if dialects.is_empty() {
        // Errors name a database as it is called here.
        let body = body(&quote!(__D), &quote!(every_database, __D));
        quote! {
            #[diagnostic::do_not_recommend]
            impl<every_database, __D: __m::Dialect<Name = every_database>> __m::Shape<__D> for #ident { #body }
        }
    } else {
        dialects.iter().map(|dialect| in_dialect(ident, dialect, &body)).collect()
    };
    quote! {
        const _: () = {
            use #krate::__private as __m;
            type __Table = #table;
            #impls
        };
    }
}

fn in_dialect(
    ident: &Ident,
    dialect: &Ident,
    body: &impl Fn(&TokenStream, &TokenStream) -> TokenStream,
) -> TokenStream {
    let dialect = quote!(__m::dialect::#dialect);
    let body = body(&dialect, &TokenStream::new());
    quote! {
        #[diagnostic::do_not_recommend]
        impl __m::Shape<#dialect> for #ident { #body }
    }
}

/// What a field selects. A mistake is one at the field's name, or in the expression.
fn part(field: &Field) -> TokenStream {
    let (span, ty) = (field.ident.span(), unboxed(&field.ty));
    match &field.origin {
        Origin::Name(name) => {
            quote_spanned!(span=> __m::field::<_, _, #ty, _, _, _>(__selection, __m::named(__Table::#name)))
        }
        Origin::Expr(expr) => quote_spanned!(expr.span()=> __m::field::<_, _, #ty, _, _, _>(__selection, #expr)),
        Origin::Wrong => quote!(__m::Unread::<#ty>::NEW),
    }
}

/// A row in a `Box`, as one that holds others of its kind must be, is read as the row itself.
fn unboxed(ty: &Type) -> Cow<'_, Type> {
    match (types::argument(ty, "Box"), types::argument(ty, "Option").and_then(|row| types::argument(row, "Box"))) {
        (Some(row), _) => Cow::Borrowed(row),
        (None, Some(row)) => Cow::Owned(parse_quote!(::core::option::Option<#row>)),
        (None, None) => Cow::Borrowed(ty),
    }
}

/// `name`, `parent: parent.map(Box::new)`
fn value(Field { ident, ty, .. }: &Field) -> TokenStream {
    if types::argument(ty, "Box").is_some() {
        quote!(#ident: ::std::boxed::Box::new(#ident))
    } else if types::argument(ty, "Option").is_some_and(|row| types::argument(row, "Box").is_some()) {
        quote!(#ident: __m::Option::map(#ident, ::std::boxed::Box::new))
    } else {
        ident.to_token_stream()
    }
}

/// A tuple of at most eight items, each of which may be such a tuple.
fn nested(mut items: Vec<TokenStream>) -> TokenStream {
    while items.len() > WIDTH {
        items = items.chunks(WIDTH).map(tuple).collect();
    }
    tuple(&items)
}

fn tuple(items: &[TokenStream]) -> TokenStream {
    quote!((#(#items,)*))
}
