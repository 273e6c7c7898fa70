//! The document lists every path, and so does the manual.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::Site;

const METHODS: [&str; 5] = ["get", "post", "patch", "delete", "put"];

async fn document() -> Value {
    Site::local().json("/api/openapi.json").await
}

fn operations(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys().filter(|key| METHODS.contains(&key.as_str()));
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    each.collect()
}

#[tokio::test]
async fn every_path_is_in_the_manual_and_every_one_of_the_manual_is_there() {
    let manual = include_str!("../../../../docs/API.md");
    let mut told = BTreeSet::new();
    for heading in manual.lines().filter(|line| line.starts_with("### ")) {
        for code in heading.split('`').skip(1).step_by(2) {
            if let Some((method, path)) = code.split_once(' ')
                && METHODS.contains(&method.to_lowercase().as_str())
            {
                let path = path.split('?').next().unwrap_or(path);
                told.insert(format!("{method} {path}"));
            }
        }
    }
    let mut known = operations(&document().await);
    assert!(known.remove("GET /api/openapi.json"), "the manual's first lines tell of it");
    assert_eq!(known, told);
}

#[tokio::test]
async fn the_document_is_whole() {
    let document = document().await;
    assert_eq!(document["openapi"], "3.1.0");
    let text = document.to_string();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
            assert!(operation["summary"].is_string(), "{method} {path} says what it does");
            for name in path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                let parameters = operation["parameters"].as_array().unwrap();
                let described = parameters.iter().any(|one| one["name"] == name && one["in"] == "path");
                assert!(described, "{method} {path}: {name}");
            }
        }
    }
    // Every reference leads somewhere.
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}
