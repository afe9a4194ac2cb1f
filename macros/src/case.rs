//! Names in other spellings: `UserRole` as `user_role`, `USER_ROLE`, `user-role`..

/// How to spell a name.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Case {
    Lower,
    Upper,
    Snake,
    ScreamingSnake,
    Kebab,
    Pascal,
    Camel,
}

impl Case {
    /// Every case, by the name that `rename_all` knows it by.
    pub(crate) const ALL: [(&str, Case); 7] = [
        ("lowercase", Case::Lower),
        ("UPPERCASE", Case::Upper),
        ("snake_case", Case::Snake),
        ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
        ("kebab-case", Case::Kebab),
        ("PascalCase", Case::Pascal),
        ("camelCase", Case::Camel),
    ];

    /// Spells a name in PascalCase or camelCase anew.
    pub(crate) fn apply(self, name: &str) -> String {
        let words = words(name);
        match self {
            Case::Lower => words.concat(),
            Case::Upper => words.concat().to_uppercase(),
            Case::Snake => words.join("_"),
            Case::ScreamingSnake => words.join("_").to_uppercase(),
            Case::Kebab => words.join("-"),
            Case::Pascal => words.iter().map(|word| capitalised(word)).collect(),
            Case::Camel => {
                let (first, rest) = words.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
                rest.iter().fold(first.to_owned(), |name, word| name + &capitalised(word))
            }
        }
    }
}

/// The words of a name, in lower case: `HTTPServer2` is `http`, `server2`.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (i, &letter) in letters.iter().enumerate() {
        let after_lower = i > 0 && !letters[i - 1].is_uppercase();
        let before_lower = letters.get(i + 1).is_some_and(|next| next.is_lowercase());
        if letter == '_' || (letter.is_uppercase() && (after_lower || before_lower)) {
            words.push(String::new());
        }
        if letter != '_' {
            words.last_mut().expect("never empty").extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::Case;

    #[test]
    fn spells_names() {
        let spellings = Case::ALL.map(|(_, case)| case.apply("SoSoHTTPCode2"));
        assert_eq!(
            spellings,
            [
                "sosohttpcode2",
                "SOSOHTTPCODE2",
                "so_so_http_code2",
                "SO_SO_HTTP_CODE2",
                "so-so-http-code2",
                "SoSoHttpCode2",
                "soSoHttpCode2"
            ]
        );
        assert_eq!(Case::Snake.apply("already_snake"), "already_snake");
    }
}
