//! Tables in the order of their foreign keys.

use super::title;
use crate::table::TableDef;

/// Tables in an order in which they can be created.
pub(super) struct Order {
    /// Each after those that it refers to, as far as that is possible; in the order of declaration otherwise.
    pub(super) tables: Vec<&'static TableDef>,
    /// Tables that refer to each other.
    pub(super) cycle: Option<Vec<String>>,
}

/// Sorts tables by their foreign keys. A table that is not listed is taken to be there already.
pub(super) fn by_reference(tables: &[&'static TableDef]) -> Order {
    let mut search =
        Search { tables, state: vec![State::New; tables.len()], path: Vec::new(), order: Vec::new(), cycle: None };
    for index in 0..tables.len() {
        search.visit(index);
    }
    Order { tables: search.order, cycle: search.cycle }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth first: a table follows all that it leads to.
struct Search<'a> {
    tables: &'a [&'static TableDef],
    state: Vec<State>,
    path: Vec<usize>,
    order: Vec<&'static TableDef>,
    cycle: Option<Vec<String>>,
}

impl Search<'_> {
    fn visit(&mut self, index: usize) {
        match self.state[index] {
            State::New => {}
            State::Done => return,
            State::Open => {
                let start = self.path.iter().position(|open| *open == index).unwrap_or_default();
                let circle = self.path[start..].iter().map(|open| title(self.tables[*open])).collect();
                self.cycle.get_or_insert(circle);
                return;
            }
        }
        self.state[index] = State::Open;
        self.path.push(index);
        for key in self.tables[index].foreign_keys {
            let parent = (key.table)();
            let parent = self.tables.iter().position(|def| def.schema == parent.schema && def.name == parent.name);
            // A table may refer to itself.
            if let Some(parent) = parent.filter(|parent| *parent != index) {
                self.visit(parent);
            }
        }
        self.path.pop();
        self.state[index] = State::Done;
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

    fn names(order: &Order) -> Vec<&str> {
        order.tables.iter().map(|def| def.name).collect()
    }

    #[test]
    fn parents_come_first() {
        let order = by_reference(&[comments(), posts(), users(), nests()]);
        assert_eq!(names(&order), ["users", "posts", "comments", "nests"]);
        assert_eq!(order.cycle, None);
    }

    #[test]
    fn what_is_not_listed_is_there() {
        assert_eq!(names(&by_reference(&[comments()])), ["comments"]);
    }

    #[test]
    fn circles_are_found_and_still_ordered() {
        let order = by_reference(&[hens(), users(), eggs(), nests()]);
        assert_eq!(names(&order), ["nests", "eggs", "hens", "users"]);
        assert_eq!(order.cycle, Some(vec!["hens".to_owned(), "eggs".to_owned()]));
    }
}
