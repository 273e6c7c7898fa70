//! What the command line says of itself, and its exit codes.

mod program;

use program::{Folder, Program};

const COMMANDS: [&str; 20] = [
    "code",
    "explain",
    "dates",
    "places",
    "codebook",
    "gazetteer",
    "evaluate",
    "ingest",
    "watch",
    "incidents",
    "claims",
    "control",
    "search",
    "export",
    "decide",
    "recode",
    "archive",
    "serve",
    "user",
    "completions",
];

#[test]
fn every_command_is_listed_and_tells_examples() {
    let help = Program::new(["--help"]).run();
    assert_eq!(help.code, Some(0));
    assert!(help.out.contains("Exit codes:\n  0 "), "{}", help.out);
    for command in COMMANDS {
        assert!(help.out.contains(&format!("\n  {command} ")), "{command} is not listed");
        let help = Program::new([command, "--help"]).run();
        let below = ["codebook", "gazetteer", "archive", "user"].contains(&command);
        assert!(below || help.out.contains("\nExamples:\n"), "{command} tells no example:\n{}", help.out);
    }
    for command in [
        ["codebook", "check"],
        ["codebook", "list"],
        ["gazetteer", "install"],
        ["gazetteer", "add"],
        ["archive", "check"],
        ["archive", "stats"],
        ["archive", "backup"],
        ["archive", "restore"],
        ["archive", "relink"],
        ["user", "add"],
        ["user", "list"],
        ["user", "remove"],
    ] {
        let help = Program::new(command.iter().chain(&["--help"])).run();
        assert!(help.out.contains("\nExamples:\n"), "{command:?} tells no example");
    }
}

#[test]
fn every_command_and_option_is_documented() {
    let manual = include_str!("../../../docs/COMMAND-LINE.md");
    for command in COMMANDS {
        assert!(manual.contains(&format!("## `maydani {command}")), "{command} is not in docs/COMMAND-LINE.md");
    }
    for command in [
        "code",
        "explain",
        "dates",
        "places",
        "evaluate",
        "ingest",
        "watch",
        "incidents",
        "claims",
        "control",
        "search",
        "export",
        "decide",
        "recode",
        "serve",
    ] {
        let help = Program::new([command, "--help"]).run().out;
        let options = help.lines().filter_map(|line| line.trim_start().strip_prefix("--")?.split([' ', '=']).next());
        for option in options.filter(|option| !["help", "version"].contains(option)) {
            assert!(manual.contains(&format!("`--{option}")), "--{option} of {command} is not in docs/COMMAND-LINE.md");
        }
    }
    for code in ["| 0 |", "| 1 |", "| 2 |", "| 3 |", "| 130 |"] {
        assert!(manual.contains(code), "exit code {code} is not in docs/COMMAND-LINE.md");
    }
}

#[test]
fn what_is_not_understood_ends_with_2() {
    for arguments in [&["sing"][..], &["code", "--published", "Friday"], &["code", "--threads", "0"], &[]] {
        let ran = Program::new(arguments).run();
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.err);
        assert!(ran.out.is_empty());
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = Program::new(["completions", shell]).run();
        assert_eq!(ran.code, Some(0));
        assert!(COMMANDS.iter().all(|command| ran.out.contains(command)), "{shell}");
    }
}

#[test]
fn evaluate_prints_the_figures() {
    let folder = Folder::new();
    let gold = concat!(
        r#"{"id": "1", "text": "غارة على هجين", "events": [{"type": "air_drone_strike", "evidence": ["غارة على هجين"], "#,
        r#""trigger": "غارة", "modality": "asserted", "background": false, "actor1": [], "actor2": [], "#,
        r#""places": [{"surface": "هجين", "name_en": "Hajin", "country": "SY", "kind": "settlement"}], "#,
        r#""date": null, "tolls": [], "source": null, "via": []}]}"#,
        "\n"
    );
    let gold = folder.write("gold.jsonl", gold);
    let none = folder.write("none.jsonl", "{\"id\": \"1\", \"events\": []}\n");
    let ran = Program::new(["evaluate".as_ref(), gold.as_os_str(), gold.as_os_str()]).run();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("EVENT                            100.0\n"), "{}", ran.out);
    let ran = Program::new(["evaluate".as_ref(), gold.as_os_str(), none.as_os_str(), "--json".as_ref()]).run();
    assert!(ran.out.contains("\"gold events\": 1, \"coded events\": 0, \"detect\": 0.0"), "{}", ran.out);

    let broken = folder.write("broken.jsonl", "{\"id\": \"1\", \"events\": []}\n{\"id\": ");
    let ran = Program::new(["evaluate".as_ref(), gold.as_os_str(), broken.as_os_str()]).run();
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("broken.jsonl:2: not JSON"), "{}", ran.err);
}
