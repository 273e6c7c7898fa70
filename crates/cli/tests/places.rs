//! `maydani places`: lines in, lines out.

mod program;

use program::{Folder, Program};
use serde_json::Value;

fn places(arguments: &[&str], input: &str) -> Vec<Value> {
    let ran = Program::new(["places"].iter().chain(arguments)).input(input).run();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn each_line_has_its_places_as_in_a_record() {
    let lines = places(&[], "غارات على مدينة حلب\nلا مكان\n");
    assert_eq!(lines.len(), 2);
    let place = &lines[0]["places"][0];
    assert_eq!((&place["text"], &place["start"], &place["end"]), (&"حلب".into(), &16.into(), &19.into()));
    assert_eq!(
        (&place["country"], &place["kind"], &place["geo_precision"]),
        (&"SY".into(), &"settlement".into(), &1.into())
    );
    assert!(place["latitude"].is_f64() && place["id"].is_string());
    assert_eq!(lines[1]["places"], Value::Array(Vec::new()));
}

#[test]
fn a_file_or_folder_of_places_is_added() {
    let folder = Folder::new();
    let line = "990000001\tZarbatiyya\tZarbatiyya\tزربطيلة\t34.5\t40.5\tP\tPPL\tSY\t\t07\t\t\t\t900\t\t213\tAsia/Damascus\t2020-01-01\n";
    let file = folder.write("more/mine.txt", line);
    let text = "قصف على بلدة زربطيلة";
    let id = |arguments: &[&str]| places(arguments, text)[0]["places"][0]["name"].clone();
    assert_eq!(id(&["--gazetteer", file.to_str().expect("UTF-8")]), "Zarbatiyya");
    assert_eq!(id(&["--gazetteer", folder.path().join("more").to_str().expect("UTF-8")]), "Zarbatiyya");
    assert_ne!(id(&[]), "Zarbatiyya");
}
