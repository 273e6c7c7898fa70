//! Every spec as a test. Until the coder lands, only the form of the specs is checked.

use std::path::PathBuf;

use maydani_evaluate::specs::cases;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../specs")
}

#[test]
fn specs_are_well_formed() {
    let actors = std::fs::read_to_string(folder().join("../codebook/actors.tsv")).expect("actors.tsv");
    let sources = std::fs::read_to_string(folder().join("../codebook/sources.tsv")).unwrap_or_default();
    let known = |key: &str| actors.lines().chain(sources.lines()).any(|line| line.split('\t').next() == Some(key));
    let mut count = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("specs") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name == "README.md" || path.extension().is_none_or(|ext| ext != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a spec");
        for case in cases(&name, &text).expect("well-formed") {
            count += 1;
            for event in &case.events {
                if !case.report.text.contains(&event.words) {
                    wrong.push(format!("{name}:{}: «{}» is not in the report", event.mark.line, event.words));
                }
                for field in &event.fields {
                    for value in &field.values {
                        let words = value.strip_prefix('«').map(|words| words.trim_end_matches('»'));
                        let words = words
                            .or_else(|| (field.name == "where").then(|| value.split(" [").next().unwrap_or(value)));
                        match (field.name.as_str(), words) {
                            (_, Some(words)) if !case.report.text.contains(words) => {
                                wrong.push(format!("{name}:{}: «{words}» is not in the report", field.mark.line));
                            }
                            ("who" | "whom" | "says" | "via", None) if !known(value) => {
                                wrong.push(format!("{name}:{}: {value} is not in the codebook", field.mark.line));
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 100, "{count} cases");
}
