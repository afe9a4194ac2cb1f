//! `dialect = Postgres`, `dialect(MySql, MariaDb)`.

use proc_macro2::Ident;
use syn::{Token, ext::IdentExt, parse::ParseStream};

use crate::{
    attr::{parens, value},
    suggest::did_you_mean,
};

/// What `dialect` takes.
const DIALECTS: [&str; 4] = ["Sqlite", "Postgres", "MySql", "MariaDb"];

/// Parses what follows the key: `= Postgres` or `(MySql, MariaDb)`.
pub(crate) fn parse(key: &Ident, input: ParseStream) -> syn::Result<Vec<Ident>> {
    let list =
        |input: ParseStream| Ok(input.parse_terminated(Ident::parse_any, Token![,])?.into_iter().collect::<Vec<_>>());
    let dialects = if input.peek(Token![=]) { vec![value(key, input)?] } else { parens(key, input, list)? };
    for dialect in &dialects {
        let name = dialect.to_string();
        if !DIALECTS.contains(&name.as_str()) {
            let hint = did_you_mean(&name, &DIALECTS);
            return Err(syn::Error::new_spanned(dialect, format!("unknown dialect `{name}`{hint}")));
        }
    }
    Ok(dialects)
}
