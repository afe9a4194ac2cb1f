//! Long lists, in parts that a statement can bind.

use crate::dialect::Syntax;

/// How many values a list can have in each of so many columns, with room for other parameters.
pub(crate) const fn list_length(syntax: &Syntax, columns: usize) -> usize {
    if syntax.spelling.lists_are_arrays {
        return usize::MAX;
    }
    let length = syntax.max_parameters / 4 / if columns > 0 { columns } else { 1 };
    if length > 0 { length } else { 1 }
}

/// A list as several, none of which is longer than that.
pub(crate) fn in_lists<T>(mut values: Vec<T>, columns: usize, syntax: &Syntax) -> Vec<Vec<T>> {
    let length = list_length(syntax, columns);
    let mut lists = Vec::with_capacity(values.len().div_ceil(length));
    while values.len() > length {
        let rest = values.split_off(length);
        lists.push(std::mem::replace(&mut values, rest));
    }
    if !values.is_empty() {
        lists.push(values);
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::{in_lists, list_length};
    use crate::dialect::{Dialect as _, Sqlite};

    #[test]
    fn every_value_is_in_one_list() {
        let length = list_length(Sqlite::SYNTAX, 2);
        assert_eq!(length, 32766 / 8);
        assert!(in_lists(Vec::<usize>::new(), 2, Sqlite::SYNTAX).is_empty());
        for count in [1, length - 1, length, length + 1, 2 * length, 3 * length + 5] {
            let lists = in_lists((0..count).collect(), 2, Sqlite::SYNTAX);
            assert!(lists.iter().all(|list| (1..=length).contains(&list.len())));
            assert!(lists.into_iter().flatten().eq(0..count));
        }
    }
}
