//! What can be told of a field's type from its spelling.
//!
//! A derive sees tokens, not types: a newtype or an alias says nothing here, and the runtime's traits check it.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// The last segment of a path: `Option<..>` of `std::option::Option<..>`.
fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(ty) => ty.path.segments.last(),
        // A type that came through a `macro_rules!` fragment is in an invisible group.
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

/// The type's name without path and arguments: `Option`, `String`.
pub(crate) fn name(ty: &Type) -> Option<String> {
    last_segment(ty).map(|segment| segment.ident.to_string())
}

/// The type in it, if it is spelled as the generic type `of`: `T` of `Box<T>`.
pub(crate) fn argument<'a>(ty: &'a Type, of: &str) -> Option<&'a Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == of)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Whether it is spelled `Option<..>`.
pub(crate) fn is_option(ty: &Type) -> bool {
    name(ty).is_some_and(|name| name == "Option")
}

/// Whether it is spelled as a number or `bool`, whose literals would not infer through `impl Into<..>`.
pub(crate) fn is_primitive(ty: &Type) -> bool {
    name(ty).is_some_and(|name| matches!(name.as_str(), "bool" | "i16" | "i32" | "i64" | "f32" | "f64"))
}

/// Whether it certainly cannot count up: a type of the standard library that is not `i16`, `i32` or `i64`.
pub(crate) fn cannot_count(ty: &Type) -> bool {
    const OTHERS: [&str; 20] = [
        "bool", "char", "f32", "f64", "i8", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize", "String",
        "str", "Option", "Vec", "Uuid", "DateTime", "Json",
    ];
    name(ty).is_some_and(|name| OTHERS.contains(&name.as_str()))
}
