//! `sql_function!`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{
    Attribute, Expr, Generics, LitStr, Token, Type, Visibility, parenthesized,
    parse::{Parse, ParseStream, Parser},
};

use super::{
    MAX_ARGUMENTS, literal,
    scan::Kind,
    template::{Argument, Template, mistake},
};
use crate::{errors::Errors, hash::hash, suggest::did_you_mean};

/// `pub fn name<T: Number>(a: String, b: T) -> bool = "sql({a}, {b})"`
struct Function {
    attributes: Vec<Attribute>,
    vis: Visibility,
    ident: Ident,
    generics: Generics,
    parameters: Vec<(Ident, Type)>,
    output: Type,
    text: LitStr,
}

/// The expansion of `sql_function!`.
pub(crate) fn functions(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let mut functions = TokenStream::new();
    let parser = |input: ParseStream| {
        while !input.is_empty() {
            let function: Function = input.parse()?;
            input.parse::<Option<Token![;]>>()?;
            match function.expand(&mut errors) {
                Ok(function) => function.to_tokens(&mut functions),
                Err(error) => errors.add(error),
            }
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(input) {
        errors.add(error);
    }
    let errors = errors.into_tokens();
    quote!(#errors #functions)
}

impl Parse for Function {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        input.parse::<Token![fn]>()?;
        let ident = input.parse()?;
        let generics = input.parse()?;
        let parameters;
        parenthesized!(parameters in input);
        let parameters = parameters.parse_terminated(parameter, Token![,])?.into_iter().collect();
        input.parse::<Token![->]>()?;
        let output = input.parse()?;
        input.parse::<Token![=]>()?;
        let text = literal(input)?;
        Ok(Function { attributes, vis, ident, generics, parameters, output, text })
    }
}

fn parameter(input: ParseStream) -> syn::Result<(Ident, Type)> {
    let name = input.parse()?;
    input.parse::<Token![:]>()?;
    Ok((name, input.parse()?))
}

impl Function {
    /// The function; errors that leave its signature intact go beside it.
    fn expand(&self, errors: &mut Errors) -> syn::Result<TokenStream> {
        let Template { texts, arguments } = Template::parse(&self.text, Kind::Expression)?;
        if arguments.len() > MAX_ARGUMENTS {
            let count = arguments.len();
            let message = format!("a function of SQL takes at most {MAX_ARGUMENTS} arguments, this has {count}");
            return Err(syn::Error::new_spanned(&self.text, message));
        }
        let uses = arguments.iter().map(|argument| self.parameter(argument)).collect::<syn::Result<Vec<usize>>>()?;
        self.require_all_used(&uses, errors);

        let types = self.type_parameters();
        let Function { attributes, vis, ident, output, .. } = self;
        let own = &self.generics.params;
        let own = if own.empty_or_trailing() { quote!(#own) } else { quote!(#own,) };
        let bounds = self.parameters.iter().enumerate().map(|(i, (_, ty))| {
            let repeated = uses.iter().filter(|used| **used == i).count() > 1;
            let clone = repeated.then(|| quote!(+ ::core::clone::Clone));
            quote!(::mizzle::expr::Operand<#ty> #clone)
        });
        let generics =
            if own.is_empty() && types.is_empty() { None } else { Some(quote!(<#own #(#types: #bounds),*>)) };
        let names = self.parameters.iter().map(|(name, _)| name);
        let argument_types = uses.iter().map(|i| &types[*i]);
        let values = uses.iter().enumerate().map(|(at, i)| self.value(*i, uses[at + 1..].contains(i)));
        let hash = hash(&texts.join("{}"));
        Ok(quote! {
            #(#attributes)*
            #vis fn #ident #generics(#(#names: #types),*) -> ::mizzle::expr::Node<::mizzle::expr::Raw<#output, #hash>, (#(#argument_types,)*)> {
                ::mizzle::__private::raw::<#output, #hash, _>(&[#(#texts),*], (#(#values,)*))
            }
        })
    }

    /// Which parameter stands in braces.
    fn parameter(&self, argument: &Argument) -> syn::Result<usize> {
        let names: Vec<String> = self.parameters.iter().map(|(name, _)| name.to_string()).collect();
        let name = match &argument.expression {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        };
        let Some(name) = name else {
            return Err(mistake(&self.text, argument.position, "only a parameter's name can stand in braces here"));
        };
        names.iter().position(|known| name == known).ok_or_else(|| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let hint =
                if names.is_empty() { ": it has none".to_owned() } else { did_you_mean(&name.to_string(), &names) };
            mistake(&self.text, argument.position, &format!("`{}` has no parameter `{name}`{hint}", self.ident))
        })
    }

    fn require_all_used(&self, uses: &[usize], errors: &mut Errors) {
        for (i, (name, _)) in self.parameters.iter().enumerate() {
            if !uses.contains(&i) {
                errors.at(name, format!("`{name}` is not used: write `{{{name}}}` in the text of `{}`", self.ident));
            }
        }
    }

    /// A type parameter for each argument: `A`, `B`.., without those that the signature means otherwise.
    fn type_parameters(&self) -> Vec<Ident> {
        let (generics, output) = (&self.generics, &self.output);
        let types = self.parameters.iter().map(|(_, ty)| ty);
        let used = quote!(#generics #output #(#types)*).to_string();
        let used: Vec<&str> = used.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
        let letters = (b'A'..=b'Z').map(|letter| char::from(letter).to_string());
        let numbered = (0..).map(|number| format!("A{number}"));
        let free = letters.chain(numbered).filter(|name| !used.contains(&name.as_str()));
        free.take(self.parameters.len()).map(|name| format_ident!("{name}")).collect()
    }

    fn value(&self, parameter: usize, used_again: bool) -> TokenStream {
        let name = &self.parameters[parameter].0;
        if used_again { quote!(::core::clone::Clone::clone(&#name)) } else { quote!(#name) }
    }
}

#[cfg(test)]
mod tests {
    use super::functions;
    use crate::testing::{messages, pretty};
    use quote::quote;

    #[test]
    fn expands_to_functions() {
        let expansion = pretty(functions(quote! {
            /// Whether the text is shorter than `n` characters.
            pub fn length_less_than(column: String, n: i32) -> bool = "length({column}) < {n}"
            fn increment<T: Number>(column: T, by: T) -> T = "{by} + {column} + {by}";
            fn pi() -> f64 = "pi()"
        }));
        insta::assert_snapshot!(expansion);
    }

    #[test]
    fn avoids_the_names_of_the_signature() {
        let expansion = pretty(functions(quote!(fn f<A: Number>(a: A, b: B) -> bool = "{a}{b}")));
        assert!(
            expansion.contains("<A: Number, C: ::mizzle::expr::Operand<A>, D: ::mizzle::expr::Operand<B>>"),
            "{expansion}"
        );
    }

    #[test]
    fn refuses_unknown_and_unused_parameters() {
        assert_eq!(
            messages(&functions(quote!(fn f(column: String, n: i32) -> bool = "f({colum}, {n})"))),
            ["`f` has no parameter `colum`: did you mean `column`?\nf({colum}, {n})\n   ^"]
        );
        assert_eq!(
            messages(&functions(quote!(fn f(a: i32, b: i32) -> bool = "f({a})"))),
            ["`b` is not used: write `{b}` in the text of `f`"]
        );
        assert_eq!(
            messages(&functions(quote!(fn f(a: i32) -> bool = "f({a + 1})"))),
            ["only a parameter's name can stand in braces here\nf({a + 1})\n   ^"]
        );
        assert_eq!(
            messages(&functions(quote!(fn f() -> bool = "f({a})"))),
            ["`f` has no parameter `a`: it has none\nf({a})\n   ^"]
        );
    }

    #[test]
    fn one_mistake_leaves_the_others() {
        let expansion = functions(quote! {
            fn bad() -> bool = "{"
            fn good() -> bool = "true"
        });
        assert_eq!(messages(&expansion), ["unclosed `{` in SQL\n{\n^"]);
        assert!(expansion.to_string().contains("fn good"));
    }
}
