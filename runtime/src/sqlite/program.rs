//! What SQLite is going to do for a statement, read from its text and from the program that it was compiled to.

/// One instruction, as `EXPLAIN` lists it.
#[derive(Debug, Clone)]
pub(super) struct Instruction {
    pub(super) address: i64,
    pub(super) opcode: String,
    pub(super) p1: i64,
    pub(super) p2: i64,
    pub(super) p3: i64,
}

/// Instructions whose time depends on what the tables hold: loops, sub-programs of triggers and of cascading foreign
/// keys, and those that go through a whole table by themselves.
const UNBOUNDED: &[&str] = &[
    "Next",
    "Prev",
    "SorterNext",
    "SorterSort",
    "Sort",
    "VNext",
    "VFilter",
    "VUpdate",
    "Yield",
    "Program",
    "RowSetRead",
    "Count",
    "Clear",
    "Destroy",
    "Vacuum",
    "IncrVacuum",
    "Checkpoint",
    "IntegrityCk",
    "ParseSchema",
    "SqlExec",
    "JournalMode",
    "CreateBtree",
    "DropTable",
    "RowCell",
    "LoadAnalysis",
    "Expire",
];

/// Whether a program runs each of its instructions once at most, so that it is as short as its text.
///
/// `sequence` is the root page of the table in which SQLite counts AUTOINCREMENT keys, which has a row a table: a loop
/// over that one is short. It is the one of the main database; temporary tables have pages of the same numbers.
pub(super) fn is_bounded(program: &[Instruction], sequence: Option<i64>) -> bool {
    let last = program.iter().map(|instruction| instruction.address).max().unwrap_or_default();
    let is_sequence = |opened: &Instruction| {
        matches!(opened.opcode.as_str(), "OpenRead" | "OpenWrite") && Some(opened.p2) == sequence && opened.p3 == 0
    };
    let is_opened_elsewhere = |cursor: i64| {
        program.iter().any(|instruction| {
            (instruction.opcode.contains("Open") || instruction.opcode == "ReopenIdx")
                && instruction.p1 == cursor
                && !is_sequence(instruction)
        })
    };
    program.iter().all(|instruction| match instruction.opcode.as_str() {
        "Next" if sequence.is_some() => !is_opened_elsewhere(instruction.p1),
        // Each program ends with the jump from its preparations to its beginning.
        "Goto" => instruction.p2 > instruction.address || (instruction.address == last && instruction.p2 == 1),
        opcode => !UNBOUNDED.contains(&opcode),
    })
}

/// Whether a text may go through a whole table, or wait for the disk, in one instruction: those that change the schema or
/// settings, or commit, and those that delete all rows.
pub(super) fn is_heavy(sql: &str) -> bool {
    let is_word = |byte: &u8| byte.is_ascii_alphabetic();
    let text = sql.trim_start().as_bytes();
    let word = &text[..text.iter().position(|byte| !is_word(byte)).unwrap_or(text.len())];
    let is_one_of = |words: &[&str]| words.iter().any(|other| word.eq_ignore_ascii_case(other.as_bytes()));
    if is_one_of(&["delete"]) {
        return !text.windows(5).any(|word| word.eq_ignore_ascii_case(b"where"));
    }
    is_one_of(&[
        "alter", "analyze", "attach", "commit", "create", "detach", "drop", "end", "pragma", "reindex", "vacuum",
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instruction(address: i64, opcode: &str, p1: i64, p2: i64) -> Instruction {
        Instruction { address, opcode: opcode.to_owned(), p1, p2, p3: 0 }
    }

    #[test]
    fn a_loop_is_unbounded_unless_it_is_over_the_sequences() {
        let program = [
            instruction(0, "Init", 0, 5),
            instruction(1, "OpenRead", 0, 3),
            instruction(2, "Rewind", 0, 4),
            instruction(3, "Next", 0, 3),
            instruction(4, "Halt", 0, 0),
            instruction(5, "Goto", 0, 1),
        ];
        assert!(!is_bounded(&program, None));
        assert!(!is_bounded(&program, Some(4)));
        assert!(is_bounded(&program, Some(3)));
        assert!(is_bounded(&program[..3], None));
        let temporary = program.map(|instruction| Instruction { p3: 1, ..instruction });
        assert!(!is_bounded(&temporary, Some(3)));
    }

    #[test]
    fn texts_that_are_heavy() {
        for sql in ["DELETE FROM t", " drop table t", "COMMIT", "end;", "PRAGMA wal_checkpoint"] {
            assert!(is_heavy(sql), "{sql}");
        }
        for sql in ["DELETE FROM t WHERE x = ?", "SELECT 1", "INSERT INTO t (x) VALUES (1)", "BEGIN", "", "endless"] {
            assert!(!is_heavy(sql), "{sql}");
        }
    }

    #[test]
    fn a_jump_back_is_a_loop() {
        assert!(!is_bounded(&[instruction(4, "Goto", 0, 2), instruction(5, "Goto", 0, 1)], None));
        assert!(is_bounded(&[instruction(4, "Goto", 0, 5), instruction(5, "Goto", 0, 1)], None));
    }
}
