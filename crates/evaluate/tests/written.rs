//! The reports that were written for learning are coded, and what a place points at stands in its report.

use std::path::Path;

use maydani_core::{Codebook, Coder, Gazetteer, Report};

#[test]
fn what_a_place_points_at_stands_in_its_report() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut gazetteers = vec![Gazetteer::built_in().expect("the gazetteer")];
    let shared = root.join("../shared/gazetteer");
    if let Ok(folder) = std::fs::read_dir(&shared) {
        let paths = folder.filter_map(|entry| Some(entry.ok()?.path()));
        let texts: Vec<(String, String)> = paths
            .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
            .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a gazetteer")))
            .collect();
        let files = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        gazetteers.push(Gazetteer::with_files(files).expect("the shared gazetteer"));
    } else {
        println!("no {}: tried with the built-in places alone", shared.display());
    }
    let reports = std::fs::read_to_string(root.join("annotations/written.jsonl")).expect("written reports");
    for gazetteer in gazetteers {
        let coder = Coder::new(Codebook::built_in().expect("the codebook"), gazetteer).expect("the coder");
        for line in reports.lines() {
            let report: Report = serde_json::from_str(line).expect("a report");
            let scene = coder.scene(&report, &[]);
            for place in &scene.places {
                assert!(place.mention.within.is_none_or(|at| at < scene.places.len()), "{:?}", report.id);
                assert!(place.mention.list < scene.places.len(), "{:?}", report.id);
            }
        }
    }
}
