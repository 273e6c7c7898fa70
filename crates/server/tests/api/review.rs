//! The queue, decisions and their undoing, exports.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Answer, Ask, Site};

async fn decide(site: &Site, body: &Value) -> Answer {
    site.ask(Ask::post("/api/decisions", body)).await
}

async fn decided(site: &Site, body: &Value) -> Value {
    let answer = decide(site, body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{body}: {}", answer.text());
    answer.json()
}

async fn queue(site: &Site) -> Vec<String> {
    let queue = site.json("/api/review").await;
    queue["events"].as_array().unwrap().iter().map(|event| event["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_queue_empties_and_fills_again() {
    let site = Site::local();
    assert_eq!(queue(&site).await[0], "c#c-0", "what the program is least sure of");
    let first = site.json("/api/review?limit=1").await;
    assert_eq!((&first["events"][0]["because"], &first["remaining"]), (&json!(["low_confidence"]), &json!(4)));
    let second = site.json(&format!("/api/review?limit=1&cursor={}", first["next"].as_str().unwrap())).await;
    assert_eq!(second["events"][0]["because"], json!(["conflicting"]));
    let mut made = Vec::new();
    for (kind, event) in [("accept", "a#a-0"), ("reject", "b#b-0"), ("accept", "c#c-0"), ("reject", "d#d-0")] {
        let one = decided(&site, &json!({"kind": kind, "events": [event], "note": "seen"})).await;
        assert_eq!(one["events"], json!([event]));
        made.push(one["decision"].as_i64().unwrap());
    }
    assert!(queue(&site).await.is_empty());
    let list = site.json("/api/decisions?limit=2").await;
    let newest = &list["decisions"][0];
    assert_eq!(
        (&newest["made_by"], &newest["note"], &newest["kind"]),
        (&json!("local"), &json!("seen"), &json!("reject"))
    );
    assert_eq!(list["next"], "2");
    assert_eq!(site.json("/api/decisions?event=a%23a-0").await["decisions"].as_array().unwrap().len(), 1);
    for decision in made {
        decided(&site, &json!({"kind": "revoke", "decision": decision})).await;
    }
    assert_eq!(queue(&site).await.len(), 4);
}

#[tokio::test]
async fn a_merge_a_split_and_their_undoing() {
    let site = Site::local();
    let count = async || site.json("/api/incidents").await["incidents"].as_array().unwrap().len();
    let (hajin, palmyra) = (site.incident("Hajin").await, site.incident("Palmyra").await);
    let merge = decided(&site, &json!({"kind": "merge", "incidents": [hajin, palmyra]})).await;
    assert_eq!((count().await, merge["incidents"].as_array().unwrap().len()), (2, 1));
    // Both ids lead to it.
    let of = async |id: &str| site.json(&format!("/api/incidents/{id}")).await["incident"]["incident"].clone();
    assert_eq!(of(&hajin).await, of(&palmyra).await);
    let undone = decided(&site, &json!({"kind": "revoke", "decision": merge["decision"]})).await;
    assert_eq!((count().await, undone["incidents"].as_array().unwrap().len()), (3, 2));
    let again = decide(&site, &json!({"kind": "revoke", "decision": merge["decision"]})).await;
    assert_eq!((again.status, again.error().as_str()), (StatusCode::CONFLICT, "conflict"));
    let hajin = site.incident("Hajin").await;
    let split = decided(&site, &json!({"kind": "split", "incident": hajin, "events": ["b#b-0"]})).await;
    assert_eq!(count().await, 4);
    decided(&site, &json!({"kind": "revoke", "decision": split["decision"]})).await;
    assert_eq!(count().await, 3);
    let state =
        decided(&site, &json!({"kind": "review", "incident": site.incident("Hajin").await, "state": "confirmed"}))
            .await;
    assert_eq!(site.json("/api/incidents?review=confirmed").await["incidents"].as_array().unwrap().len(), 1);
    assert_eq!(state["incidents"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_correction_is_a_draft_that_the_server_completes() {
    let site = Site::local();
    let report = site.json("/api/reports/a").await;
    let coded = &report["events"][0]["coded"];
    let here = &coded["evidence"][0];
    let span = json!({"start": here["start"], "end": here["end"]});
    let with = |more: Value| {
        let mut value = span.clone();
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        value
    };
    let draft = json!({
        "sub_event_type": "shelling_artillery_missile", "evidence": [span],
        "actor1": [with(json!({"key": "syrian_army"}))], "actor2": [with(json!({"key": "other:A family"}))],
        "places": [with(json!({"name": "Hajin", "name_ar": "هجين", "country": "SY", "latitude": 34.69, "longitude": 40.83}))],
        "date": with(json!({"start_day": "2018-10-28"})),
        "tolls": [with(json!({"kind": "killed", "of": "civilians", "min": 5, "max": null}))],
        "source": with(json!({"key": "sohr"})),
    });
    let made = decided(&site, &json!({"kind": "correct", "event": "a#a-0", "to": draft})).await;
    let event = site.json("/api/reports/a").await["events"][0].clone();
    assert_eq!((&event["state"], &event["decision"]), (&json!("corrected"), &made["decision"]));
    let coded = &event["coded"];
    assert_eq!(coded["event_type"], "Explosions/Remote violence");
    assert_eq!(coded["trigger"]["text"], here["text"]);
    assert_eq!(coded["actor1"][0]["name"], "Military Forces of Syria");
    assert_eq!(coded["actor2"][0]["name"], "A family");
    assert_eq!((&coded["places"][0]["geo_precision"], &coded["date"]["time_precision"]), (&json!(1), &json!(1)));
    assert_eq!((&coded["tolls"][0]["min"], &coded["tolls"][0]["max"]), (&json!(5), &Value::Null));
    assert_eq!(coded["source"]["kind"], "monitor");
    // What the program coded may be handed back as it is.
    let back = decided(&site, &json!({"kind": "correct", "event": "a#a-0", "to": report["events"][0]["coded"]})).await;
    let same = site.json("/api/reports/a").await["events"][0]["coded"].clone();
    let coded = &report["events"][0]["coded"];
    for part in ["id", "sub_event_type", "trigger", "evidence", "places", "date", "tolls", "source", "via"] {
        assert_eq!(same[part], coded[part], "{part}");
    }
    assert_eq!(
        (&same["actor1"][0]["key"], &same["actor1"][0]["name"]),
        (&json!("coalition_oir"), &json!("coalition_oir"))
    );
    for decision in [&back["decision"], &made["decision"]] {
        decided(&site, &json!({"kind": "revoke", "decision": decision})).await;
    }
    assert_eq!(site.json("/api/reports/a").await["events"][0]["coded"], report["events"][0]["coded"]);
    let added = decided(&site, &json!({"kind": "add", "report": "a", "to": {"sub_event_type": "arrests", "evidence": [{"start": 0, "end": 11}]}})).await;
    let events = site.json("/api/reports/a").await["events"].as_array().unwrap().clone();
    assert_eq!(
        events.iter().map(|event| event["state"].as_str().unwrap()).collect::<Vec<_>>(),
        ["added", "unreviewed"]
    );
    assert_eq!(added["incidents"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn decisions_without_sense_are_refused() {
    let site = Site::local();
    for (body, status) in [
        (json!({"kind": "accept", "events": []}), StatusCode::BAD_REQUEST),
        (json!({"kind": "accept", "events": ["a#none"]}), StatusCode::NOT_FOUND),
        (json!({"kind": "merge", "incidents": ["inc-a", "inc-b"]}), StatusCode::NOT_FOUND),
        (json!({"kind": "delete"}), StatusCode::BAD_REQUEST),
        (json!({"kind": "revoke", "decision": 99}), StatusCode::NOT_FOUND),
        (json!([]), StatusCode::BAD_REQUEST),
        (
            json!({"kind": "add", "report": "a", "to": {"sub_event_type": "arrests", "evidence": []}}),
            StatusCode::BAD_REQUEST,
        ),
        (
            json!({"kind": "add", "report": "a", "to": {"sub_event_type": "war", "evidence": [{"start": 0, "end": 3}]}}),
            StatusCode::BAD_REQUEST,
        ),
        (
            json!({"kind": "add", "report": "a", "to": {"sub_event_type": "arrests", "evidence": [{"start": 3, "end": 3}]}}),
            StatusCode::CONFLICT,
        ),
        (
            json!({"kind": "add", "report": "a", "to": {"sub_event_type": "arrests", "evidence": [{"start": 0, "end": 3}],
                "actor1": [{"key": "nobody", "start": 0, "end": 3}]}}),
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let answer = decide(&site, &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
        answer.error();
    }
    assert!(site.json("/api/decisions").await["decisions"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn exports_are_whole_files() {
    let site = Site::local();
    for (format, kind, lines) in [
        ("jsonl", "application/x-ndjson", 4),
        ("csv", "text/csv; charset=utf-8", 5),
        ("acled-csv", "text/csv; charset=utf-8", 5),
        ("incidents-jsonl", "application/x-ndjson", 3),
        ("annotated", "application/x-ndjson", 0),
    ] {
        let file = site.get(&format!("/api/export?format={format}")).await;
        assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, kind), "{format}");
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"maydani-"), "{format}");
        assert_eq!(file.text().lines().count(), lines, "{format}: {}", file.text());
    }
    let map = site.get("/api/export?format=geojson").await.json();
    assert_eq!(map["features"].as_array().unwrap().len(), 4);
    let one = site.get("/api/export?format=jsonl&outlet=Shaam").await;
    assert_eq!(one.json()["report"]["id"], "b");
    assert_eq!(site.get("/api/export?format=incidents-jsonl&limit=1").await.text().lines().count(), 1);
}

#[tokio::test]
async fn reviews_become_annotated_reports() {
    let site = Site::local();
    decided(&site, &json!({"kind": "accept", "events": ["a#a-0"]})).await;
    let file = site.get("/api/export?format=annotated").await.json();
    assert_eq!((&file["id"], &file["outlet"], &file["published"]), (&json!("a"), &json!("Enab"), &json!("2018-10-29")));
    let event = file["events"][0].as_object().unwrap();
    let keys: Vec<&str> = event.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "actor1",
            "actor2",
            "background",
            "date",
            "evidence",
            "modality",
            "places",
            "source",
            "tolls",
            "trigger",
            "type",
            "via"
        ]
    );
    assert_eq!((&event["type"], &event["places"][0]["name_en"]), (&json!("air_drone_strike"), &json!("Hajin")));
    let text = file["text"].as_str().unwrap();
    for surface in
        [&event["trigger"], &event["evidence"][0], &event["places"][0]["surface"], &event["actor1"][0]["surface"]]
    {
        assert!(text.contains(surface.as_str().unwrap()), "{surface} is copied to the letter");
    }
    assert_eq!(event["date"]["start"], "2018-10-29");
}
