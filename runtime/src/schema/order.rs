//! Tables in the order of their foreign keys.

use crate::table::TableDef;

/// Sorts tables by their foreign keys: each after those that it refers to, as far as that is possible, in the order of
/// declaration otherwise. A table that is not listed is taken to be there already.
pub(super) fn by_reference(tables: &[&'static TableDef]) -> Vec<&'static TableDef> {
    let mut search = Search { tables, seen: vec![false; tables.len()], order: Vec::new() };
    for index in 0..tables.len() {
        search.visit(index);
    }
    search.order
}

/// Depth first: a table follows all that it leads to.
struct Search<'a> {
    tables: &'a [&'static TableDef],
    seen: Vec<bool>,
    order: Vec<&'static TableDef>,
}

impl Search<'_> {
    fn visit(&mut self, index: usize) {
        if std::mem::replace(&mut self.seen[index], true) {
            return;
        }
        for key in self.tables[index].foreign_keys {
            let parent = (key.table)();
            let parent = self.tables.iter().position(|def| def.schema == parent.schema && def.name == parent.name);
            // A table may refer to itself.
            if let Some(parent) = parent.filter(|parent| *parent != index) {
                self.visit(parent);
            }
        }
        self.order.push(self.tables[index]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Action, ForeignKeyDef};

    const fn key(table: fn() -> &'static TableDef) -> ForeignKeyDef {
        ForeignKeyDef {
            name: None,
            columns: &["parent_id"],
            table,
            references: || vec!["id"],
            on_delete: Action::NoAction,
            on_update: Action::NoAction,
        }
    }

    macro_rules! tables {
        ($($name:ident -> [$($parent:ident),*];)*) => {$(
            fn $name() -> &'static TableDef {
                static DEF: TableDef =
                    TableDef { foreign_keys: &[$(key($parent)),*], ..TableDef::new(stringify!($name), stringify!($name), &[]) };
                &DEF
            }
        )*};
    }

    tables! {
        comments -> [posts, users];
        posts -> [users];
        users -> [users];
        hens -> [eggs];
        eggs -> [nests, hens];
        nests -> [];
    }

    fn names(order: &[&TableDef]) -> Vec<&'static str> {
        order.iter().map(|def| def.name).collect()
    }

    #[test]
    fn parents_come_first() {
        let order = by_reference(&[comments(), posts(), users(), nests()]);
        assert_eq!(names(&order), ["users", "posts", "comments", "nests"]);
    }

    #[test]
    fn what_is_not_listed_is_there() {
        assert_eq!(names(&by_reference(&[comments()])), ["comments"]);
    }

    #[test]
    fn circles_are_still_ordered() {
        let order = by_reference(&[hens(), users(), eggs(), nests()]);
        assert_eq!(names(&order), ["nests", "eggs", "hens", "users"]);
    }
}
