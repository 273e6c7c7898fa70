//! The document lists every path, and so does the manual.

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Ask, PASSWORD, Site};

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

/// What a value is, against a schema of the document; the faults, each with its path.
fn faults(document: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return match document.pointer(&reference[1..]) {
            Some(schema) => faults(document, schema, value, path),
            None => vec![format!("{path}: {reference} leads nowhere")],
        };
    }
    if let Some(ways) = schema["oneOf"].as_array() {
        let fitting = ways.iter().filter(|way| faults(document, way, value, path).is_empty()).count();
        return if fitting == 1 { Vec::new() } else { vec![format!("{path}: {fitting} forms fit {value}")] };
    }
    if let Some(words) = schema["enum"].as_array() {
        return if words.contains(value) { Vec::new() } else { vec![format!("{path}: {value} is none of {words:?}")] };
    }
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("{path}: what is {other}?"),
    };
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    if !kinds.iter().any(|kind| is(kind)) {
        return vec![format!("{path}: {value} is not {kinds:?}")];
    }
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(at, item)| faults(document, &schema["items"], item, &format!("{path}/{at}")))
            .collect(),
        Value::Object(fields) => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let mut found: Vec<String> = required
                .filter(|name| !fields.contains_key(*name))
                .map(|name| format!("{path}: {name} is missing"))
                .collect();
            for (name, field) in fields {
                let path = format!("{path}/{name}");
                let described = schema["properties"]
                    .get(name)
                    .or(Some(&schema["additionalProperties"]).filter(|more| more.is_object()));
                match described {
                    Some(schema) => found.extend(faults(document, schema, field, &path)),
                    None => found.push(format!("{path} is not described")),
                }
            }
            found
        }
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn every_answer_has_the_form_that_the_document_describes() {
    let site = Site::local();
    let document = site.json("/api/openapi.json").await;
    let id = site.incident("Hajin").await;
    let decision = json!({"kind": "accept", "events": ["a#a-0"], "note": "seen"});
    let view = json!({"name": "east", "query": "?country=SY"});
    let (incident, all) = (format!("/api/incidents/{id}"), "/api/incidents.geojson?unlocated=true");
    let person = json!({"name": "omar", "password": PASSWORD, "role": "reader"});
    let token = json!({"name": "map"});
    let people = Site::with_people();
    let (as_amal, cookie) = (&people, people.cookie("amal").await);
    // Who is asked, what, and how the document names it. What changes something comes before what lists it.
    let asked: Vec<(&Site, Ask, &str, &str)> = vec![
        (&site, Ask::post("/api/decisions", &decision), "post /api/decisions", "201"),
        (&site, Ask::post("/api/views", &view), "post /api/views", "201"),
        (&site, Ask::new(Method::PATCH, "/api/views/1").json(&json!({"shared": true})), "patch /api/views/{id}", "200"),
        (as_amal, Ask::post("/api/users", &person).header("cookie", &cookie), "post /api/users", "201"),
        (as_amal, Ask::post("/api/tokens", &token).header("cookie", &cookie), "post /api/tokens", "201"),
        (as_amal, Ask::get("/api/users").header("cookie", &cookie), "get /api/users", "200"),
        (as_amal, Ask::get("/api/tokens").header("cookie", &cookie), "get /api/tokens", "200"),
        (as_amal, Ask::get("/api/session").header("cookie", &cookie), "get /api/session", "200"),
        (&site, Ask::get("/api/incidents?limit=1"), "get /api/incidents", "200"),
        (&site, Ask::get(all), "get /api/incidents.geojson", "200"),
        (&site, Ask::get(&incident), "get /api/incidents/{id}", "200"),
        (&site, Ask::get("/api/timeline?types=true"), "get /api/timeline", "200"),
        (&site, Ask::get("/api/control?at=2018-10-30"), "get /api/control", "200"),
        (&site, Ask::get("/api/control.geojson?at=2018-10-30"), "get /api/control.geojson", "200"),
        (&site, Ask::get("/api/reports/a"), "get /api/reports/{id}", "200"),
        (&site, Ask::get("/api/reports/a/why"), "get /api/reports/{id}/why", "200"),
        (&site, Ask::get("/api/search?q=%D9%86%D8%B2%D9%88%D8%AD"), "get /api/search", "200"),
        (&site, Ask::get("/api/sources"), "get /api/sources", "200"),
        (&site, Ask::get("/api/review?limit=2"), "get /api/review", "200"),
        (&site, Ask::get("/api/decisions"), "get /api/decisions", "200"),
        (&site, Ask::get("/api/places?q=%D9%87%D8%AC%D9%8A%D9%86"), "get /api/places", "200"),
        (&site, Ask::get("/api/views"), "get /api/views", "200"),
        (&site, Ask::get("/api/codebook"), "get /api/codebook", "200"),
        (&site, Ask::get("/api/overview"), "get /api/overview", "200"),
        (&site, Ask::get("/api/incidents?limit=0"), "get /api/incidents", "default"),
    ];
    let mut seen = BTreeSet::from(["post /api/login".to_owned(), "get /api/openapi.json".to_owned()]);
    for (site, ask, operation, status) in asked {
        let answer = site.ask(ask).await;
        if status != "default" {
            assert_eq!(answer.status.as_str(), status, "{operation}: {}", answer.text());
        }
        let (method, path) = operation.split_once(' ').unwrap();
        let content = &document["paths"][path][method]["responses"][status]["content"];
        let schema =
            &content.as_object().unwrap_or_else(|| panic!("{operation}: {content}")).values().next().unwrap()["schema"];
        let faults = faults(&document, schema, &answer.json(), "");
        assert!(faults.is_empty(), "{operation}\n{}", faults.join("\n"));
        seen.insert(operation.to_owned());
    }
    // No JSON goes undescribed.
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let json = operation["responses"].as_object().unwrap().iter().any(|(status, response)| {
                let kinds = response["content"].as_object().into_iter().flat_map(|content| content.keys());
                status.starts_with('2') && kinds.into_iter().any(|kind| kind.contains("json"))
            });
            assert!(
                !json || seen.contains(&format!("{method} {path}")),
                "{method} {path} is not held against its form"
            );
        }
    }
}
