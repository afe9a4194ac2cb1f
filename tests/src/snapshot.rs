//! Snapshots that the binaries of a dialect share.

/// Compares a text with the snapshot of this name, which is one for all pools of a dialect.
#[macro_export]
macro_rules! assert_snapshot {
    ($name:expr, $text:expr) => {{
        let text = $text;
        insta::with_settings!({ prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($crate::snapshot_name(module_path!(), $name), text);
        })
    }};
}

/// The name that insta gives a snapshot of this module; that of the binary is the dialect's, without the pool.
#[doc(hidden)]
pub fn snapshot_name(module: &str, name: &str) -> String {
    let (binary, modules) = module.split_once("::").unwrap_or((module, ""));
    let dialect = binary.split('_').next().unwrap_or(binary);
    format!("{dialect}__{}__{name}", modules.replace("::", "__"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pools_of_a_dialect_have_the_same() {
        let name = "sqlite__suite__indexes__of_some_rows__some";
        for module in ["sqlite::suite::indexes::of_some_rows", "sqlite_sqlx::suite::indexes::of_some_rows"] {
            assert_eq!(snapshot_name(module, "some"), name);
        }
    }
}
