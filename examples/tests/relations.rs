//! Runs the guide of relations on four databases: what it prints, all SQL included, is a reviewed snapshot.

use std::process::Command;

/// Where `scripts/databases` starts the servers, unless a person says otherwise.
const SERVERS: [(&str, &str); 3] = [
    ("POSTGRES_URL", "postgres://postgres@127.0.0.1:54329/mizzle"),
    ("MYSQL_URL", "mysql://root@127.0.0.1:33069/mizzle"),
    ("MARIADB_URL", "mysql://root@127.0.0.1:33079/mizzle"),
];

#[test]
fn says_the_same_on_four_databases() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relations"));
    for (variable, url) in SERVERS {
        command.env(variable, std::env::var(variable).unwrap_or(url.to_owned()));
    }
    let output = command.output().expect("the example starts");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{errors}\nare the servers there? `scripts/databases start`");
    let sections: Vec<&str> = text.trim_start_matches("\n# ").split("\n# ").collect();
    let names: Vec<&str> = sections.iter().filter_map(|section| section.lines().next()).collect();
    assert_eq!(names, ["SQLite", "PostgreSQL", "MySQL", "MariaDB"]);
    for section in sections {
        let name = section.lines().next().expect("a name").to_lowercase();
        insta::assert_snapshot!(name, section);
    }
}
