//! `#[derive(SqlEnum)]`.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Fields, LitStr, Variant, ext::IdentExt};

use crate::{
    attr::{Slot, each_item, set, unknown},
    case::Case,
    errors::Errors,
    suggest::did_you_mean,
};

/// An enum and its words.
struct Enumeration {
    ident: Ident,
    name: String,
    variants: Vec<Word>,
}

/// A variant.
struct Word {
    ident: Ident,
    word: String,
    /// A mistake, already reported; the impls are still written.
    has_fields: bool,
}

/// The expansion of `#[derive(SqlEnum)]`: the impl, and the errors beside it.
pub(crate) fn derive_enum(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let expansion = parse(&input, &mut errors).map(|enumeration| enumeration.expand());
    let errors = errors.into_tokens();
    quote!(#errors #expansion)
}

fn parse(input: &DeriveInput, errors: &mut Errors) -> Option<Enumeration> {
    let ident = &input.ident;
    let Data::Enum(data) = &input.data else {
        errors.at(
            ident,
            format!("`#[derive(SqlEnum)]` needs an enum: a newtype such as `struct {ident}(i64);` takes `#[derive(SqlValue)]`"),
        );
        return None;
    };
    if !input.generics.params.is_empty() {
        errors.at(
            &input.generics,
            format!("`#[derive(SqlEnum)]` cannot be generic: `{ident}` stands for one type in SQL"),
        );
        return None;
    }
    if data.variants.is_empty() {
        errors.at(ident, format!("`{ident}` has no variants: there is no word that it could be in SQL"));
        return None;
    }
    let mut name: Slot<LitStr> = None;
    let mut rename_all: Slot<LitStr> = None;
    each_item(&input.attrs, "sql_enum", errors, |key, input| match key.to_string().as_str() {
        "name" => set(&mut name, key, input),
        "rename_all" => set(&mut rename_all, key, input),
        _ => Err(unknown(key, "sql_enum", &["name", "rename_all"], None)),
    });
    let case = rename_all.map_or(Case::Snake, |case| named_case(&case.value, errors));
    let name = name.map_or_else(|| Case::Snake.apply(&ident.unraw().to_string()), |name| name.value.value());
    let variants: Vec<Word> = data.variants.iter().map(|variant| word(variant, case, errors)).collect();
    require_distinct(&variants, errors);
    Some(Enumeration { ident: ident.clone(), name, variants })
}

fn named_case(name: &LitStr, errors: &mut Errors) -> Case {
    let value = name.value();
    if let Some((_, case)) = Case::ALL.into_iter().find(|(known, _)| *known == value) {
        return case;
    }
    let hint = did_you_mean(&value, &Case::ALL.map(|(known, _)| known));
    errors.at(name, format!("unknown case `{value}`{hint}"));
    Case::Snake
}

fn word(variant: &Variant, case: Case, errors: &mut Errors) -> Word {
    let ident = &variant.ident;
    let has_fields = !matches!(variant.fields, Fields::Unit);
    if has_fields {
        errors.at(&variant.fields, format!("a variant of an SQL enum is a single word: `{ident}` cannot have fields"));
    }
    let mut rename: Slot<LitStr> = None;
    each_item(&variant.attrs, "sql_enum", errors, |key, input| match key.to_string().as_str() {
        "rename" => set(&mut rename, key, input),
        _ => Err(unknown(key, "sql_enum", &["rename"], None)),
    });
    let word = rename.map_or_else(|| case.apply(&ident.unraw().to_string()), |rename| rename.value.value());
    Word { ident: ident.clone(), word, has_fields }
}

fn require_distinct(variants: &[Word], errors: &mut Errors) {
    let mut first: HashMap<&str, &Ident> = HashMap::new();
    for Word { ident, word, .. } in variants {
        if let Some(other) = first.insert(word, ident) {
            errors.at(
                ident,
                format!(
                    "`{other}` and `{ident}` are both the word `{word}`: rename one with `#[sql_enum(rename = \"..\")]`"
                ),
            );
        }
    }
}

impl Enumeration {
    fn expand(&self) -> TokenStream {
        let Enumeration { ident, name, variants } = self;
        let rust_name = ident.unraw().to_string();
        let words = variants.iter().map(|variant| &variant.word);
        let to_words = variants.iter().map(Word::as_arm);
        let from_words = variants.iter().filter(|variant| !variant.has_fields).map(Word::as_pattern);
        quote! {
            const _: () = {
                use ::mizzle::__private as __m;
                const DEF: &__m::EnumDef = &__m::EnumDef { name: #name, variants: &[#(#words),*] };
                #[diagnostic::do_not_recommend]
                impl __m::SqlValue for #ident {
                    const TYPE: __m::DataType = __m::DataType::Enum(DEF);
                    fn into_value(self) -> __m::Value {
                        __m::Value::Enum(DEF, match self { #(#to_words,)* })
                    }
                    fn read<__R: __m::RowReader>(row: &mut __R) -> __m::Result<__m::Option<Self>, __m::Error> {
                        let value = match row.text()? {
                            __m::None => return __m::Ok(__m::None),
                            #(#from_words,)*
                            __m::Some(other) => {
                                let found = ::std::borrow::ToOwned::to_owned(other);
                                return __m::Err(row.mismatch(#rust_name, found));
                            }
                        };
                        __m::Ok(__m::Some(value))
                    }
                }
                impl<__D> __m::ValueIn<__D> for #ident {}
                impl __m::ArrayElement for #ident {}
                __m::__operand!(#ident);
            };
        }
    }
}

impl Word {
    fn as_arm(&self) -> TokenStream {
        let Word { ident, word, has_fields } = self;
        let fields = has_fields.then(|| quote!({ .. }));
        quote!(Self::#ident #fields => #word)
    }

    fn as_pattern(&self) -> TokenStream {
        let Word { ident, word, .. } = self;
        quote!(__m::Some(#word) => Self::#ident)
    }
}

#[cfg(test)]
mod tests {
    use super::derive_enum;
    use crate::testing::{messages, pretty};
    use quote::quote;

    #[test]
    fn expands() {
        let expansion = pretty(derive_enum(quote! {
            #[sql_enum(name = "mood", rename_all = "kebab-case")]
            pub enum CurrentMood {
                VeryHappy,
                #[sql_enum(rename = "meh")]
                SoSo,
                r#None,
            }
        }));
        insta::assert_snapshot!(expansion);
    }

    #[test]
    fn words_are_snake_case_by_default() {
        let expansion = derive_enum(quote! { enum UserRole { SuperAdmin } }).to_string();
        assert!(expansion.contains("\"user_role\"") && expansion.contains("\"super_admin\""), "{expansion}");
    }

    #[test]
    fn refuses_what_has_no_words() {
        let fields = derive_enum(quote! { enum Shape { Round, Square(i32) } });
        assert_eq!(messages(&fields), ["a variant of an SQL enum is a single word: `Square` cannot have fields"]);
        assert!(fields.to_string().contains("impl __m :: SqlValue for Shape"));
        assert_eq!(
            messages(&derive_enum(quote! { enum Empty {} })),
            ["`Empty` has no variants: there is no word that it could be in SQL"]
        );
        assert_eq!(
            messages(&derive_enum(quote! { enum Generic<T> { A } })),
            ["`#[derive(SqlEnum)]` cannot be generic: `Generic` stands for one type in SQL"]
        );
        assert_eq!(
            messages(&derive_enum(quote! { struct Id(i64); })),
            ["`#[derive(SqlEnum)]` needs an enum: a newtype such as `struct Id(i64);` takes `#[derive(SqlValue)]`"]
        );
    }

    #[test]
    fn refuses_the_same_word_twice() {
        let expansion = derive_enum(quote! { enum Mood { Sad, #[sql_enum(rename = "sad")] Unhappy } });
        assert_eq!(
            messages(&expansion),
            ["`Sad` and `Unhappy` are both the word `sad`: rename one with `#[sql_enum(rename = \"..\")]`"]
        );
        assert!(expansion.to_string().contains("impl __m :: SqlValue for Mood"));
    }

    #[test]
    fn refuses_unknown_attributes() {
        let expansion = derive_enum(quote! {
            #[sql_enum(nam = "x", rename_all = "snakecase")]
            enum Mood {
                #[sql_enum(name = "y")]
                Sad,
            }
        });
        assert_eq!(
            messages(&expansion),
            [
                "unknown attribute `nam` in `#[sql_enum(..)]`: did you mean `name`?",
                "unknown case `snakecase`: did you mean `snake_case`?",
                "unknown attribute `name` in `#[sql_enum(..)]`: expected one of `rename`",
            ]
        );
    }
}
