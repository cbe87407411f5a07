//! The commands of the README are run as they stand, one after another, in an empty folder.

use crate::common::temporary;
use std::process::Command;

/// Lines of shell blocks.
fn shell_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match line.trim() {
            "```sh" => open = true,
            "```" => open = false,
            command if open && !command.is_empty() => lines.push(command.to_owned()),
            _ => {}
        }
    }
    lines
}

#[test]
fn every_gangwei_command_of_the_readme_works() {
    let readme = include_str!("../../README.md");
    let folder = temporary();
    let mut count = 0;
    for line in shell_lines(readme)
        .iter()
        .filter(|line| line.starts_with("gangwei "))
    {
        let ran = Command::new(env!("CARGO_BIN_EXE_gangwei"))
            .args(line.split_whitespace().skip(1))
            .current_dir(folder.path())
            .output()
            .expect("gangwei");
        assert!(
            ran.status.success(),
            "{line}: {}",
            String::from_utf8_lossy(&ran.stderr)
        );
        count += 1;
    }
    assert!(count >= 7, "the README lost its commands");
    assert!(folder.path().join("人才门户/public/index.html").is_file());
}

#[test]
fn the_two_commands_and_every_linked_file_exist() {
    let readme = include_str!("../../README.md");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let lines = shell_lines(readme);
    assert!(
        lines
            .iter()
            .any(|line| line == "cargo run --release -- serve")
    );
    assert!(lines.iter().any(|line| line == "tests/run.sh"));
    for target in readme
        .split("](")
        .skip(1)
        .filter_map(|part| part.split(')').next())
    {
        assert!(
            target.starts_with("http") || root.join(target).exists(),
            "{target}"
        );
    }
    for command in ["tests/run.sh", ".ci/run"] {
        assert!(root.join(command).is_file(), "{command}");
    }
}

/// Commands of the docs work on folders that only their readers have; here the program must know the command and every
/// option.
#[test]
fn every_command_of_the_docs_is_one_that_the_program_knows() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for entry in std::fs::read_dir(root.join("docs")).expect("docs") {
        let path = entry.expect("entry").path();
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("text");
        let commands = text.lines().filter_map(|line| {
            let line = line.trim().trim_start_matches("- ");
            let line = line.strip_prefix("gangwei ")?;
            line.split(['#', '>', '|', '`']).next()
        });
        for command in commands {
            let words = command.split_whitespace();
            let ran = Command::new(env!("CARGO_BIN_EXE_gangwei"))
                .args(words.chain(["--help"]))
                .output()
                .expect("gangwei");
            let reported = String::from_utf8_lossy(&ran.stderr);
            assert!(
                ran.status.success(),
                "{}: {command}: {reported}",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count >= 20, "the docs lost their commands");
}
