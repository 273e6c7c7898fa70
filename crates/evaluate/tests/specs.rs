//! Every case of `specs/` as a test. `MAYDANI_SPECS=mark` sets and removes the marks instead.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use maydani_core::{Codebook, Coder, Gazetteer};
use maydani_evaluate::specs::{Case, LineFault, cases, compare, marked};

fn main() {
    let mut arguments = Arguments::from_args();
    // Ten lines a case are read best one case after another.
    arguments.test_threads = arguments.test_threads.or(Some(2));
    let coder = Arc::new(coder());
    let specs = specs();
    if std::env::var("MAYDANI_SPECS").is_ok_and(|value| value == "mark") {
        for (path, text, cases) in &specs {
            let faults: Vec<LineFault> = cases.iter().flat_map(|case| faults(&coder, case)).collect();
            fs::write(path, marked(text, &faults)).expect("the spec can be written");
        }
        return;
    }
    let all = specs.iter().flat_map(|(_, _, cases)| cases);
    let (count, full) = all.fold((0, 0), |(count, full), case| {
        let open = case.more.not_yet
            || case
                .events
                .iter()
                .any(|event| event.mark.not_yet || event.fields.iter().any(|field| field.mark.not_yet));
        (count + 1, full + usize::from(!open))
    });
    println!("{full} of {count} cases are held to in full, the others have lines that are not coded yet");
    let mut trials = Vec::new();
    for (path, _, cases) in specs {
        let file = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for case in cases {
            let coder = Arc::clone(&coder);
            let name = format!("{file}: {}", case.name);
            let file = file.clone();
            trials.push(Trial::test(name, move || check(&coder, &file, &case)));
        }
    }
    assert!(trials.len() > 100, "the specs are gone: {} cases", trials.len());
    trials.push(Trial::test("the codebook knows every key of the specs", || keys(&Codebook::built_in()?)));
    libtest_mimic::run(&arguments, trials).exit();
}

fn coder() -> Coder {
    let book = Codebook::built_in().expect("the built-in codebook");
    let gazetteer = Gazetteer::built_in().expect("the built-in gazetteer");
    Coder::new(book, gazetteer).expect("the built-in coder")
}

fn specs() -> Vec<(PathBuf, String, Vec<Case>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let entries = fs::read_dir(folder).expect("specs");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| {
        path.extension().is_some_and(|ext| ext == "md") && path.file_name().is_some_and(|name| name != "README.md")
    });
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a spec");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let cases = cases(&name, &text).unwrap_or_else(|error| panic!("{error}"));
        (path, text, cases)
    };
    paths.into_iter().map(read).collect()
}

fn faults(coder: &Coder, case: &Case) -> Vec<LineFault> {
    compare(case, &coder.code(&case.report))
}

fn check(coder: &Coder, file: &str, case: &Case) -> Result<(), Failed> {
    for event in &case.events {
        if !case.report.text.contains(&event.words) {
            return Err(format!("specs/{file}.md:{}: «{}» is not in the report", event.mark.line, event.words).into());
        }
    }
    let (true_now, lost): (Vec<LineFault>, Vec<LineFault>) =
        faults(coder, case).into_iter().partition(|fault| fault.comes_true);
    for fault in true_now {
        println!("specs/{file}.md:{}: {}", fault.line, fault.fault);
    }
    if lost.is_empty() {
        return Ok(());
    }
    let lines = lost.iter().map(|fault| format!("specs/{file}.md:{}: {}", fault.line, fault.fault));
    Err(lines.collect::<Vec<_>>().join("\n").into())
}

/// A key that was misspelt would be expected for ever.
fn keys(book: &Codebook) -> Result<(), Failed> {
    for (path, _, cases) in specs() {
        for field in cases.iter().flat_map(|case| &case.events).flat_map(|event| &event.fields) {
            let party = ["who", "whom", "says", "via"].contains(&field.name.as_str());
            for key in field.values.iter().filter(|value| party && !value.starts_with('«')) {
                if book.actor(key).is_none() && book.source(key).is_none() {
                    return Err(format!("{}:{}: no entry has the key {key}", path.display(), field.mark.line).into());
                }
            }
        }
    }
    Ok(())
}
