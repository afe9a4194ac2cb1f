//! The structs to insert and to change rows with.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    table::model::{Column, Model, Write},
    types,
};

/// The struct of `insert = NewUser`.
pub(super) fn insert_struct(model: &Model) -> TokenStream {
    let Some(ident) = &model.insert else {
        return TokenStream::new();
    };
    let vis = &model.vis;
    let fields = model.writable().map(|column| {
        let Column { docs, vis, ident, ty, .. } = column;
        match column.write {
            Write::Defaulted => quote!(#(#docs)* #vis #ident: ::core::option::Option<#ty>),
            _ => quote!(#(#docs)* #vis #ident: #ty),
        }
    });
    // Without a required column `new` takes nothing, and clippy asks for the `Default` that goes with it.
    let default = model.required().next().is_none().then(|| quote!(, Default));
    let doc = format!(" A row to insert into `{}`: what has a default may be left `None`.", model.name);
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone #default)]
        #vis struct #ident {
            #(#fields,)*
        }
    }
}

/// `NewUser::new(..)`.
pub(super) fn constructor(model: &Model) -> TokenStream {
    let Some(ident) = &model.insert else {
        return TokenStream::new();
    };
    let vis = &model.vis;
    let parameters = model.required().map(|Column { ident, ty, .. }| {
        // A literal infers as `i16` or `f32`, but not as `impl Into<i16>`.
        if types::is_primitive(ty) { quote!(#ident: #ty) } else { quote!(#ident: impl ::core::convert::Into<#ty>) }
    });
    let fields = model.writable().map(|Column { ident, ty, write, .. }| match write {
        Write::Required if types::is_primitive(ty) => quote!(#ident),
        Write::Required => quote!(#ident: ::core::convert::Into::into(#ident)),
        _ => quote!(#ident: __m::None),
    });
    let many = (model.required().count() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        impl #ident {
            /// A row with what is required; everything else is left to its default.
            #many
            #vis fn new(#(#parameters),*) -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}

/// The struct of `update = UserPatch`.
pub(super) fn patch_struct(model: &Model) -> TokenStream {
    let Some(ident) = &model.update else {
        return TokenStream::new();
    };
    let vis = &model.vis;
    let fields = model
        .writable()
        .map(|Column { docs, vis, ident, ty, .. }| quote!(#(#docs)* #vis #ident: ::core::option::Option<#ty>));
    let doc = format!(" Changes to rows of `{}`: what is `None` stays as it is.", model.name);
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, Default)]
        #vis struct #ident {
            #(#fields,)*
        }
    }
}

/// How the two structs become cells.
pub(super) fn impls(model: &Model) -> TokenStream {
    let table = &model.ident;
    let insert = model.insert.as_ref().map(|ident| {
        let cells = model.writable().map(|Column { ident, marker, write, .. }| match write {
            Write::Defaulted => quote!(row.set_if::<#marker>(self.#ident);),
            _ => quote!(row.set::<#marker>(self.#ident);),
        });
        quote! {
            #[diagnostic::do_not_recommend]
            impl __m::InsertRow for #ident {
                type Table = #table;
                fn cells(self, row: &mut __m::Cells) {
                    #(#cells)*
                }
            }
        }
    });
    // Small letters, for a type of the user's may be called `D`.
    let update = model.update.as_ref().map(|ident| {
        let cells = model.writable().map(|Column { ident, marker, .. }| quote!(row.set_if::<#marker>(self.#ident);));
        quote! {
            #[diagnostic::do_not_recommend]
            impl<clause: __m::Takes<__m::SetPart>> __m::StandsIn<clause> for #ident {
                type Fit = clause::Fit;
            }
            impl<d: __m::Dialect, s> __m::Assignments<d, #table, s, __m::ByPatch, (), __m::Fits> for #ident {
                fn assign(self, row: &mut __m::AssignmentList) {
                    #(#cells)*
                }
            }
        }
    });
    quote!(#insert #update)
}
