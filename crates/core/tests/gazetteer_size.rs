//! The gazetteer with a whole folder of country files, which lies outside the project.

use std::path::Path;
use std::time::{Duration, Instant};

use maydani_core::gazetteer::Gazetteer;

#[test]
fn ninety_thousand_places_load_quickly() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/gazetteer"));
    let Ok(files) = folder.read_dir() else {
        eprintln!("skipped: ../shared/gazetteer is not there");
        return;
    };
    let mut texts: Vec<(String, String)> = files
        .flatten()
        .filter(|file| file.path().extension().is_some_and(|end| end == "txt"))
        .map(|file| (file.file_name().to_string_lossy().into_owned(), std::fs::read_to_string(file.path()).unwrap()))
        .collect();
    texts.sort();
    let start = Instant::now();
    let built_in = Gazetteer::built_in().unwrap();
    let alone = start.elapsed();
    let start = Instant::now();
    let all = Gazetteer::with_files(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap();
    let with_files = start.elapsed();
    eprintln!("built in: {} in {alone:?}; all: {} in {with_files:?}", built_in.len(), all.len());
    // A third of the lines have no Arabic name.
    assert!(all.len() > 60_000);
    // Generous: other work runs beside the tests. Unoptimised, it would take seconds.
    assert!(with_files < Duration::from_secs(3), "{with_files:?}");
}
