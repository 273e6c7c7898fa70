//! Saved views and their feeds.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::support::{Ask, Site};

#[tokio::test]
async fn a_view_is_saved_changed_shared_and_removed() {
    let site = Site::with_people();
    let (rima, walid) = (site.cookie("rima").await, site.cookie("walid").await);
    let new = json!({"name": "هجين", "query": "place=Hajin&map=8/34.6/40.8", "shared": false});
    let made = site.ask(Ask::post("/api/views", &new).header("cookie", &rima)).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let made = made.json();
    let (path, feed) = (format!("/api/views/{}", made["id"]), made["feed"].as_str().unwrap().to_owned());
    let seen = async |cookie: &str| {
        let views = site.ask(Ask::get("/api/views").header("cookie", cookie)).await.json();
        views["views"].as_array().unwrap().len()
    };
    assert_eq!((seen(&rima).await, seen(&walid).await), (1, 0));
    assert_eq!(site.ask(Ask::get(&feed).header("cookie", &walid)).await.error(), "unknown");
    let change = |method: Method, cookie: &str| {
        Ask::new(method, &path)
            .json(&json!({"shared": true}))
            .header("cookie", cookie)
            .header("sec-fetch-site", "same-origin")
    };
    assert_eq!(site.ask(change(Method::PATCH, &walid)).await.error(), "unknown", "not his");
    assert_eq!(site.ask(change(Method::PATCH, &rima)).await.json()["shared"], true);
    assert_eq!(seen(&walid).await, 1);
    assert_eq!(site.ask(change(Method::DELETE, &walid)).await.error(), "unknown");
    assert_eq!(site.ask(change(Method::DELETE, &rima)).await.status, StatusCode::NO_CONTENT);
    assert_eq!(seen(&rima).await, 0);
}

#[tokio::test]
async fn a_feed_tells_new_incidents_of_a_view() {
    let site = Site::local();
    let new = json!({"name": "<b>Strikes</b> & more", "query": "?type=air_drone_strike&lang=ar", "shared": false});
    let made = site.ask(Ask::post("/api/views", &new)).await.json();
    let feed = site.get(made["feed"].as_str().unwrap()).await;
    assert_eq!(feed.header("content-type"), "application/atom+xml");
    let text = feed.text();
    assert_eq!(text.matches("<entry>").count(), 2);
    assert!(text.contains("<title>&lt;b&gt;Strikes&lt;/b&gt; &amp; more</title>"), "{text}");
    assert!(
        text.contains("هجين")
            && text.contains("3 to 4 killed")
            && text.contains("<updated>2018-10-29T00:00:00Z</updated>")
    );
    assert!(text.contains("<link href=\"http://localhost:7171/incidents/inc-"));
    let mut reader = quick_xml::Reader::from_str(&text);
    while reader.read_event().expect("well-formed") != quick_xml::events::Event::Eof {}
    let bad = site.ask(Ask::post("/api/views", &json!({"name": "", "query": ""}))).await;
    assert_eq!(bad.error(), "bad_request");
}

#[tokio::test]
async fn feed_readers_ask_by_password() {
    let site = Site::with_people();
    let cookie = site.cookie("rima").await;
    let new = json!({"name": "all", "query": ""});
    let feed = site.ask(Ask::post("/api/views", &new).header("cookie", &cookie)).await.json()["feed"]
        .as_str()
        .unwrap()
        .to_owned();
    let closed = site.get(&feed).await;
    assert_eq!(closed.status, StatusCode::UNAUTHORIZED);
    assert!(closed.header("www-authenticate").starts_with("Basic"));
    assert_eq!(site.get("/api/incidents").await.header("www-authenticate"), "", "browsers would ask everywhere");
}
