//! What follows the first table of a SELECT: joins, WHERE, GROUP BY, HAVING and ORDER BY, in one text.

use crate::{
    dialect::Syntax,
    render::{Fragment, Marking, Place},
};

/// The clauses, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clause {
    Joins,
    Filter,
    Group,
    Having,
    Order,
}

impl Clause {
    const COUNT: usize = Clause::Order as usize + 1;

    /// The words before it.
    const fn keyword(self) -> &'static str {
        match self {
            Clause::Joins => "",
            Clause::Filter => " WHERE ",
            Clause::Group => " GROUP BY ",
            Clause::Having => " HAVING ",
            Clause::Order => " ORDER BY ",
        }
    }
}

/// The text of all clauses with their keywords, and where each of them ends.
///
/// Most queries are written in the order of the text, which only adds to its end. What comes late is put in its place.
#[derive(Debug, Clone)]
pub(crate) struct Tail {
    text: Fragment,
    ends: [Place; Clause::COUNT],
    /// Whether columns are marked in all clauses: a query around this one may rename its own.
    marks_columns: bool,
}

impl Tail {
    pub(crate) fn new(syntax: &'static Syntax) -> Self {
        Tail { text: Fragment::clause(syntax), ends: [Place::default(); Clause::COUNT], marks_columns: false }
    }

    fn start(&self, clause: Clause) -> Place {
        match clause as usize {
            0 => Place::default(),
            index => self.ends[index - 1],
        }
    }

    pub(crate) fn is_empty(&self, clause: Clause) -> bool {
        self.start(clause) == self.ends[clause as usize]
    }

    /// How long its text is.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Lets a function add to a clause; it is told where the clause begins. If it adds nothing, neither does the keyword.
    pub(crate) fn add(&mut self, clause: Clause, write: impl FnOnce(&mut Fragment, Place)) {
        if self.text.is_empty() {
            self.text.reserve(if clause == Clause::Joins { 512 } else { 128 }, 0);
        }
        let old = self.ends[clause as usize];
        let later = (old != self.text.end()).then(|| self.text.split_off(old));
        let is_new = self.is_empty(clause);
        if is_new {
            self.text.sql(clause.keyword());
        }
        let begin = self.text.end();
        let start = if is_new { begin } else { self.start(clause) };
        let is_about_keys = matches!(clause, Clause::Group | Clause::Having) && self.knows_keys_only();
        self.text.remember(if is_about_keys || self.marks_columns { Marking::Columns } else { Marking::Nothing });
        write(&mut self.text, start);
        if is_new && self.text.end() == begin {
            self.text.truncate(old);
        }
        let new = self.text.end();
        let ends = &mut self.ends[clause as usize..];
        match later {
            None => ends.fill(new),
            Some(later) => {
                ends.iter_mut().for_each(|end| *end = end.moved(old, new));
                self.text.append(later);
            }
        }
    }

    /// Whether it groups with totals.
    pub(crate) fn has_totals(&self) -> bool {
        self.text.has_totals()
    }

    /// Marks the columns in all clauses that follow.
    pub(crate) fn mark_columns(&mut self) {
        self.marks_columns = true;
    }

    /// Whether HAVING can use nothing but the keys, so that the columns must be known.
    fn knows_keys_only(&self) -> bool {
        !self.text.syntax().spelling.having_knows_rows
    }

    /// The order once more, with its keyword.
    pub(crate) fn order(&self) -> Fragment {
        self.text.clone().split_off(self.start(Clause::Order))
    }

    /// Forgets the order.
    pub(crate) fn clear_order(&mut self) {
        self.text.truncate(self.start(Clause::Order));
        self.ends[Clause::Order as usize] = self.text.end();
    }

    /// The whole text. Where HAVING knows only the keys, the columns of whole rows that it uses become keys.
    pub(crate) fn finish(&mut self) -> Fragment {
        if self.knows_keys_only() && !self.is_empty(Clause::Having) {
            let columns = self.text.columns_of_rows(self.ends[Clause::Group as usize]);
            self.add(Clause::Group, |out, _| {
                for (source, column) in columns {
                    out.sql(", ");
                    out.column(source, column);
                }
            });
        }
        let nothing = self.text.part();
        std::mem::replace(&mut self.text, nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dialect::DialectKind, expr::Level, query::filter::Conditions, value::Value};

    /// Adds `name = value` to a clause.
    fn add(tail: &mut Tail, clause: Clause, name: &'static str, value: i64) {
        tail.add(clause, |out, start| {
            let mut condition = out.part();
            condition.name(name);
            condition.sql(" = ");
            condition.value(Value::I64(value));
            Conditions::since(out, start).fragment(condition, Level::Comparison);
        });
    }

    #[test]
    fn clauses_that_come_late_are_put_in_their_place() {
        for dialect in DialectKind::ALL {
            let syntax = dialect.syntax();
            let mut tail = Tail::new(syntax);
            add(&mut tail, Clause::Order, "e", 5);
            add(&mut tail, Clause::Filter, "b", 2);
            add(&mut tail, Clause::Having, "d", 4);
            tail.add(Clause::Group, |_, _| {});
            assert!(tail.is_empty(Clause::Group) && !tail.is_empty(Clause::Having));
            add(&mut tail, Clause::Filter, "c", 3);
            tail.add(Clause::Joins, |out, _| {
                out.sql(" JOIN x ON ");
                out.value(Value::I64(1));
            });
            let mut out = Fragment::statement(syntax);
            out.sql("FROM t");
            out.append(tail.clone().finish());
            let statement = out.into_statement();
            let text = statement.sql.replace(['"', '`'], "");
            let numbered = "FROM t JOIN x ON $1 WHERE b = $2 AND c = $3 HAVING d = $4 ORDER BY e = $5";
            let unnumbered = "FROM t JOIN x ON ? WHERE b = ? AND c = ? HAVING d = ? ORDER BY e = ?";
            assert_eq!(text, if syntax.numbers_parameters { numbered } else { unnumbered });
            assert_eq!(statement.values, [1, 2, 3, 4, 5].map(Value::I64));
            tail.clear_order();
            assert!(tail.is_empty(Clause::Order));
            add(&mut tail, Clause::Order, "f", 6);
            let mut out = Fragment::statement(syntax);
            out.append(tail.finish());
            assert_eq!(out.into_statement().values, [1, 2, 3, 4, 6].map(Value::I64));
        }
    }
}
