//! Incidents, map, timeline, control, reports, search, sources.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::records::{SUSAH, statement};
use crate::support::{Ask, Site};

#[tokio::test]
async fn incidents_come_in_pages_that_lose_and_double_nothing() {
    let site = Site::local();
    let whole = site.json("/api/incidents").await;
    assert_eq!(whole["next"], Value::Null);
    let whole: Vec<Value> = whole["incidents"].as_array().unwrap().clone();
    assert_eq!(whole.len(), 3);
    assert_eq!(whole[0]["place_ar"], "هجين", "the newest first");
    let mut paged = Vec::new();
    let mut path = "/api/incidents?limit=1".to_owned();
    loop {
        let page = site.json(&path).await;
        paged.extend(page["incidents"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/incidents?limit=1&cursor={next}");
    }
    assert_eq!(paged, whole);
}

#[tokio::test]
async fn a_filter_holds_everywhere() {
    let site = Site::local();
    for (query, count) in [
        ("place=%D9%87%D8%AC%D9%8A%D9%86", 1),
        ("type=air_drone_strike", 2),
        ("type=air_drone_strike,non_state_overtakes_territory", 3),
        ("bbox=40,34,42,35", 2),
        ("near=34.69,40.83,5", 1),
        ("from=2018-10-26&to=2018-10-29", 2),
        ("outlet=Shaam", 1),
        ("actor=islamic_state", 1),
        ("q=%D9%86%D8%B2%D9%88%D8%AD", 1),
        ("country=IQ", 0),
        ("confidence=0.99", 0),
    ] {
        let list = site.json(&format!("/api/incidents?{query}")).await;
        assert_eq!(list["incidents"].as_array().unwrap().len(), count, "{query}");
        let map = site.json(&format!("/api/incidents.geojson?{query}")).await;
        assert_eq!(map["features"].as_array().unwrap().len(), count, "{query}");
        let timeline = site.json(&format!("/api/timeline?{query}")).await;
        assert_eq!(timeline["found"], count, "{query}");
    }
}

#[tokio::test]
async fn the_map_is_geojson_that_leaves_out_what_is_usual() {
    let site = Site::local();
    let answer = site.get("/api/incidents.geojson").await;
    assert_eq!(answer.header("content-type"), "application/geo+json");
    let map = answer.json();
    assert_eq!(
        (&map["type"], &map["truncated"], &map["unlocated"]),
        (&json!("FeatureCollection"), &json!(false), &json!(0))
    );
    let hajin = &map["features"][0];
    assert_eq!(hajin["geometry"], json!({"type": "Point", "coordinates": [40.83, 34.69]}));
    let properties = hajin["properties"].as_object().unwrap();
    assert_eq!(
        (&properties["killed"], &properties["killed_high"], &properties["reports"]),
        (&json!(3), &json!(4), &json!(2))
    );
    for usual in ["last_day", "modality", "review", "country"] {
        assert!(!properties.contains_key(usual), "{usual}");
    }
    let cut = site.json("/api/incidents.geojson?limit=1").await;
    assert_eq!((&cut["truncated"], cut["features"].as_array().unwrap().len()), (&json!(true), 1));
}

#[tokio::test]
async fn an_incident_tells_who_says_what() {
    let site = Site::local();
    let id = site.incident("Hajin").await;
    let told = site.json(&format!("/api/incidents/{id}")).await;
    assert_eq!((&told["voices"], told["reports"].as_array().unwrap().len()), (&json!(2), 2));
    assert_eq!(told["members"][0]["state"], "unreviewed");
    let reasons =
        told["members"].as_array().unwrap().iter().any(|member| !member["reasons"].as_array().unwrap().is_empty());
    assert!(reasons, "why they are linked");
    let killed = |told: &Value| {
        let summary = told["summary"].as_array().unwrap();
        summary.iter().find(|line| line["field"] == "killed").unwrap()["value"].clone()
    };
    assert_eq!(killed(&told), "3");
    assert_eq!(killed(&site.json(&format!("/api/incidents/{id}?rule=highest")).await), "4");
    let claims = told["claims"].as_array().unwrap();
    assert_eq!(claims.iter().filter(|claim| claim["field"] == "killed").count(), 2);
    let missing = site.get("/api/incidents/inc-none").await;
    assert_eq!((missing.status, missing.error().as_str()), (StatusCode::NOT_FOUND, "unknown"));
}

#[tokio::test]
async fn places_are_held_and_shown_on_a_day() {
    let site = Site::local();
    let list = site.json("/api/control?at=2018-11-01").await;
    assert_eq!(list["at"], "2018-11-01");
    assert_eq!(list["places"][0]["timeline"][0]["holders"], json!(["islamic_state"]));
    let map = site.json("/api/control.geojson?at=2018-11-01").await;
    let held = &map["features"][0]["properties"];
    assert_eq!(
        (&held["standing"], &held["claims"], &held["name_ar"]),
        (&json!("claimed"), &json!(1), &json!("السوسة"))
    );
    assert!(site.json("/api/control?at=2018-10-01").await["places"].as_array().unwrap().is_empty());
    assert_eq!(site.get("/api/control?from=2018-10-01").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_statement_of_control_stands_beside_the_event() {
    let site = Site::local();
    let stated = statement("e", "Shaam", "2018-10-30", SUSAH, "islamic_state");
    site.archive().ingest(&[stated], "1", "2018-11-01T12:00:00Z".parse().unwrap()).unwrap();
    let list = site.json("/api/control?at=2018-11-01").await;
    let claims = list["places"][0]["timeline"][0]["claims"].as_array().unwrap();
    assert_eq!((claims.len(), &claims[0]["statement"], &claims[1]["event"]), (2, &json!(null), &json!(null)));
    assert_eq!((&claims[1]["statement"], &claims[1]["day"]), (&json!("e#e-c"), &json!("2018-10-30")));
    let map = site.json("/api/control.geojson?at=2018-11-01").await;
    let held = &map["features"][0]["properties"];
    assert_eq!((&held["claims"], &held["statements"]), (&json!(2), &json!(1)));
}

#[tokio::test]
async fn a_report_is_read_with_its_passages() {
    let site = Site::local();
    let report = site.json("/api/reports/a").await;
    let event = &report["events"][0];
    assert_eq!(
        (&event["name"], &event["state"], &event["decision"]),
        (&json!("a#a-0"), &json!("unreviewed"), &Value::Null)
    );
    let passage = &event["coded"]["evidence"][0];
    let (start, end) = (passage["start"].as_u64().unwrap() as usize, passage["end"].as_u64().unwrap() as usize);
    let text: String = report["report"]["text"].as_str().unwrap().chars().skip(start).take(end - start).collect();
    assert_eq!(text, passage["text"].as_str().unwrap());
    assert_eq!(report["related"][0]["why"], "same_incident");
    assert!(site.json("/api/reports/a/why").await["events"].is_array());
    assert_eq!(site.get("/api/reports/none").await.status, StatusCode::NOT_FOUND);
    // Ids hold whatever an outlet gives them.
    assert_eq!(site.get("/api/reports/%2Fetc%2Fpasswd").await.error(), "unknown");
}

#[tokio::test]
async fn search_sources_and_choices() {
    let site = Site::local();
    let hits = site.json("/api/search?q=%D8%A7%D9%84%D9%86%D8%B2%D9%88%D8%AD").await;
    assert_eq!((hits["hits"].as_array().unwrap().len(), &hits["hits"][0]["report"]), (1, &json!("a")));
    assert_eq!(site.get("/api/search").await.status, StatusCode::BAD_REQUEST);
    let sources = site.json("/api/sources").await;
    assert_eq!((&sources["events"], &sources["complete"]), (&json!(4), &json!(true)));
    let shaam = sources["outlets"].as_array().unwrap().iter().find(|line| line["key"] == "Shaam").unwrap();
    assert_eq!(
        (&shaam["fields"]["killed"]["contradicted"], &shaam["fields"]["type"]["borne_out"]),
        (&json!(1), &json!(1))
    );
    let overview = site.json("/api/overview").await;
    assert_eq!((&overview["reports"], &overview["last_day"]), (&json!(4), &json!("2018-10-29")));
    let codebook = site.json("/api/codebook").await;
    assert_eq!(codebook["types"].as_array().unwrap().len(), 25);
    assert!(codebook["actors"].as_array().unwrap().iter().any(|actor| actor["key"] == "islamic_state"));
    let places = site.json("/api/places?q=Hajin").await;
    assert_eq!(places["places"][0]["name_ar"], "هجين");
}

#[tokio::test]
async fn an_answer_is_packed_and_not_sent_twice() {
    let site = Site::local();
    let packed = site.ask(Ask::get("/api/codebook").header("accept-encoding", "gzip, br")).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_eq!(packed.header("vary"), "Accept-Encoding");
    let plain = site.get("/api/codebook").await;
    assert_eq!(plain.header("content-encoding"), "");
    assert!(packed.body.len() * 3 < plain.body.len());
    let tag = packed.header("etag").to_owned();
    let again = site.ask(Ask::get("/api/codebook").header("if-none-match", &tag)).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("cache-control"), "private, no-cache");
}

#[tokio::test]
async fn what_others_write_is_seen() {
    let site = Site::local();
    assert_eq!(site.json("/api/overview").await["decisions"], 0);
    let decision = maydani_archive::Decision::Accept { events: vec!["a#a-0".into()] };
    site.archive().decide(&decision, "other", None, jiff::Timestamp::now()).unwrap();
    for _ in 0..100 {
        if site.json("/api/overview").await["decisions"] == 1 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("ten seconds, and still what was kept");
}

/// The list, the map and the timeline are answered from memory, which is read anew after a change, and by SQL until then.
#[tokio::test]
async fn what_is_decided_is_shown_at_once_and_stays() {
    let site = Site::local();
    let shown = async || {
        let list = site.json("/api/incidents").await["incidents"].as_array().unwrap().len();
        let map = site.json("/api/incidents.geojson").await["features"].as_array().unwrap().len();
        (list, map, site.json("/api/timeline").await["found"].as_u64().unwrap())
    };
    assert_eq!(shown().await, (3, 3, 3));
    for (decision, left) in [
        (serde_json::json!({"kind": "reject", "events": ["c#c-0"]}), (2, 2, 2)),
        (serde_json::json!({"kind": "reject", "events": ["d#d-0"]}), (1, 1, 1)),
        (serde_json::json!({"kind": "revoke", "decision": 1}), (2, 2, 2)),
    ] {
        let answer = site.ask(Ask::post("/api/decisions", &decision)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        // Before memory has been read anew, while it is, and after.
        for _ in 0..20 {
            assert_eq!(shown().await, left, "{decision}");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
}

#[tokio::test]
async fn what_is_not_understood_is_refused_in_one_shape() {
    let site = Site::local();
    for path in [
        "/api/incidents?limit=0",
        "/api/incidents?limit=501",
        "/api/incidents?cursor=x",
        "/api/incidents?nonsense=1",
        "/api/incidents?type=war",
        "/api/incidents?bbox=1,2,3",
        "/api/incidents?from=yesterday",
        "/api/incidents?review=good",
        "/api/incidents.geojson?limit=20001",
        "/api/timeline?by=week",
        "/api/places",
        "/api/export",
        "/api/export?format=doc",
    ] {
        let answer = site.get(path).await;
        assert_eq!((answer.status, answer.error().as_str()), (StatusCode::BAD_REQUEST, "bad_request"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let unknown = site.get("/api/nothing").await;
    assert_eq!((unknown.status, unknown.error().as_str()), (StatusCode::NOT_FOUND, "unknown"));
    let method = site.ask(Ask::new(Method::DELETE, "/api/incidents")).await;
    assert_eq!((method.status, method.error().as_str()), (StatusCode::METHOD_NOT_ALLOWED, "bad_request"));
    let long = site.get(&format!("/api/incidents?place={}", "x".repeat(3000))).await;
    assert_eq!(long.error(), "bad_request");
}
