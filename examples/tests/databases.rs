//! Runs the example of four databases, and looks at what it prints.

use std::process::Command;

/// Where `scripts/databases` starts the servers, unless a person says otherwise.
const SERVERS: [(&str, &str); 3] = [
    ("POSTGRES_URL", "postgres://postgres@127.0.0.1:54329/mizzle"),
    ("MYSQL_URL", "mysql://root@127.0.0.1:33069/mizzle"),
    ("MARIADB_URL", "mysql://root@127.0.0.1:33079/mizzle"),
];

#[test]
fn says_the_same_in_four_ways() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_databases"));
    for (variable, url) in SERVERS {
        command.env(variable, std::env::var(variable).unwrap_or(url.to_owned()));
    }
    let output = command.output().expect("the example starts");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{errors}\nare the servers there? `scripts/databases start`");
    for (heading, expected) in [
        ("SQLite", ["\"name\" || ?", "ON CONFLICT (\"name\") DO UPDATE", "-- 7 anvils"]),
        ("PostgreSQL", ["\"name\" || $1", "LIMIT 1 FOR UPDATE SKIP LOCKED", "-- 7 anvils"]),
        ("MySQL", ["concat(`example_items`.`name`, ?)", "AS `excluded` ON DUPLICATE KEY", "-- the bolt is number"]),
        ("MariaDB", ["concat(`example_items`.`name`, ?)", "+ VALUES(`stock`)", "-- the bolt is number"]),
    ] {
        let start = text.find(&format!("# {heading}\n")).unwrap_or_else(|| panic!("no {heading} in\n{text}"));
        let section = &text[start..];
        let section = section[1..].find("\n# ").map_or(section, |end| &section[..=end]);
        for part in
            expected.iter().copied().chain(["│ anvils ┆ 2     ┆ 1    ┆ 1.00", "│ nails  ┆ 20    ┆ 20   ┆ 10.00"])
        {
            assert!(section.contains(part), "{part:?} is not in\n{section}");
        }
    }
}
