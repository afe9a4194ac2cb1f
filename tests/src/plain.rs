//! Plain SQL that is written once.

use mizzle::dialect::Dialect;

/// Writes plain SQL as a dialect does: `?` as its placeholders, `"name"` with its quotes. What stands in `'..'` stays.
pub fn plain<D: Dialect>(sql: &str) -> String {
    let dollars = D::SYNTAX.name == "PostgreSQL";
    let (mut out, mut parameters, mut in_text) = (String::with_capacity(sql.len()), 0, false);
    for c in sql.chars() {
        in_text ^= c == '\'';
        match c {
            '?' if dollars && !in_text => {
                parameters += 1;
                out.push_str(&format!("${parameters}"));
            }
            '"' if !in_text => out.push(D::SYNTAX.quote),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use mizzle::prelude::*;

    use super::*;

    #[test]
    fn only_what_differs_changes() {
        let sql = r#"SELECT "a b", '"?''?' FROM t WHERE x = ?"#;
        assert_eq!(plain::<Sqlite>(sql), sql);
    }
}
