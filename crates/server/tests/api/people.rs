//! Logging in, roles, users, tokens.

use axum::http::{Method, StatusCode};
use maydani_archive::Role;
use serde_json::json;

use crate::support::{Ask, PASSWORD, Site};

#[tokio::test]
async fn others_do_not_reach_an_archive_without_users() {
    let refused = Site::with("0.0.0.0:0", &[]).err().expect("it does not start").to_string();
    assert!(refused.contains("has no users; make one first: maydani user add"), "{refused}");
    assert!(Site::with("0.0.0.0:0", &[("amal", Role::Administrator)]).is_ok());
    assert!(Site::with("[::1]:0", &[]).is_ok());
}

#[tokio::test]
async fn on_loopback_without_users_everybody_is_local() {
    let site = Site::local();
    let session = site.json("/api/session").await;
    assert_eq!(
        (&session["login"], &session["user"]),
        (&json!(false), &json!({"name": "local", "role": "administrator"}))
    );
    let login = site.ask(Ask::post("/api/login", &json!({"name": "local", "password": PASSWORD}))).await;
    assert_eq!(login.error(), "conflict");
    // The first user brings the login with him, without a restart.
    site.archive().add_user("amal", Role::Administrator, "x", jiff::Timestamp::now()).unwrap();
    for _ in 0..100 {
        if site.get("/api/incidents").await.status == StatusCode::UNAUTHORIZED {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("ten seconds, and still no login");
}

#[tokio::test]
async fn nothing_is_told_before_the_login() {
    let site = Site::with_people();
    for path in [
        "/api/incidents",
        "/api/incidents.geojson",
        "/api/incidents/x",
        "/api/timeline",
        "/api/control",
        "/api/control.geojson",
        "/api/reports/a",
        "/api/reports/a/why",
        "/api/search?q=x",
        "/api/sources",
        "/api/review",
        "/api/decisions",
        "/api/places?q=x",
        "/api/export?format=csv",
        "/api/views",
        "/api/views/1/feed.atom",
        "/api/updates",
        "/api/users",
        "/api/tokens",
        "/api/codebook",
        "/api/overview",
        "/api/openapi.json",
        "/api/nothing",
    ] {
        let answer = site.get(path).await;
        assert_eq!((answer.status, answer.error().as_str()), (StatusCode::UNAUTHORIZED, "login_required"), "{path}");
    }
    let session = site.json("/api/session").await;
    assert_eq!((&session["login"], &session["user"]), (&json!(true), &json!(null)));
    assert_eq!(site.get("/").await.status, StatusCode::OK, "the page itself has no secrets");
}

#[tokio::test]
async fn a_session_is_in_a_cookie_that_no_script_and_no_other_site_gets() {
    let site = Site::with_people();
    let login = Ask::post("/api/login", &json!({"name": "walid", "password": PASSWORD}));
    let answer = site.ask(login).await;
    let cookie = answer.header("set-cookie").to_owned();
    for part in ["__Host-maydani=", "; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
        assert!(cookie.contains(part), "{cookie} lacks {part}");
    }
    assert_eq!(answer.json()["user"], json!({"name": "walid", "role": "reviewer"}));
    let value = cookie.split(';').next().unwrap().to_owned();
    let session = site.ask(Ask::get("/api/session").header("cookie", &value)).await;
    assert_eq!(session.json()["user"]["name"], "walid");
    // The archive holds a hash alone.
    let secret = value.split_once('=').unwrap().1;
    assert!(site.archive().session(secret, jiff::Timestamp::now()).unwrap().is_none());
    assert_eq!(secret.len(), 64);
    let out = site.ask(Ask::post("/api/logout", &json!({})).header("cookie", &value)).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(site.ask(Ask::get("/api/incidents").header("cookie", &value)).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn wrong_logins_say_the_same_and_end() {
    let site = Site::with_people();
    let login = |name: &str, password: &str| Ask::post("/api/login", &json!({"name": name, "password": password}));
    let wrong = site.ask(login("walid", "wrong password")).await;
    let nobody = site.ask(login("nobody", "wrong password")).await;
    assert_eq!((wrong.status, wrong.text()), (StatusCode::UNAUTHORIZED, nobody.text()));
    for _ in 0..9 {
        assert_eq!(site.ask(login("walid", "wrong password")).await.error(), "wrong_login");
    }
    let waits = site.ask(login("walid", PASSWORD)).await;
    assert_eq!((waits.status, waits.error().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_many"));
    assert!(waits.header("retry-after").parse::<u64>().unwrap() > 0);
    assert_eq!(site.ask(login("amal", PASSWORD)).await.status, StatusCode::OK, "others may");
}

#[tokio::test]
async fn a_role_does_what_it_may_and_no_more() {
    let site = Site::with_people();
    let accept = json!({"kind": "accept", "events": ["a#a-0"]});
    let user = json!({"name": "new", "password": PASSWORD, "role": "reader"});
    for (name, decides, administers) in [("rima", false, false), ("walid", true, false), ("amal", true, true)] {
        let cookie = site.cookie(name).await;
        let ask = async |ask: Ask| site.ask(ask.header("cookie", &cookie)).await;
        assert_eq!(ask(Ask::get("/api/incidents")).await.status, StatusCode::OK);
        let may = |allowed: bool, status: StatusCode| if allowed { status } else { StatusCode::FORBIDDEN };
        assert_eq!(ask(Ask::post("/api/decisions", &accept)).await.status, may(decides, StatusCode::CREATED), "{name}");
        assert_eq!(ask(Ask::get("/api/users")).await.status, may(administers, StatusCode::OK), "{name}");
        assert_eq!(ask(Ask::post("/api/users", &user)).await.status, may(administers, StatusCode::CREATED), "{name}");
        let change = Ask::new(Method::PATCH, "/api/users/rima").json(&json!({"role": "administrator"}));
        let change = ask(change.header("sec-fetch-site", "same-origin")).await;
        assert_eq!(change.status, may(administers, StatusCode::NO_CONTENT), "{name}");
    }
    assert_eq!(site.archive().decisions().unwrap()[0].made_by, "amal");
}

#[tokio::test]
async fn users_are_kept_by_administrators_and_passwords_by_oneself() {
    let site = Site::with_people();
    let cookie = site.cookie("amal").await;
    let patch = |path: &str, body: &serde_json::Value, cookie: &str| {
        Ask::new(Method::PATCH, path).json(body).header("sec-fetch-site", "same-origin").header("cookie", cookie)
    };
    let short = json!({"name": "new", "password": "short", "role": "reader"});
    assert_eq!(site.ask(Ask::post("/api/users", &short).header("cookie", &cookie)).await.error(), "bad_request");
    let taken = json!({"name": "walid", "password": PASSWORD, "role": "reader"});
    assert_eq!(site.ask(Ask::post("/api/users", &taken).header("cookie", &cookie)).await.error(), "conflict");
    let delete = |name: &str| {
        Ask::new(Method::DELETE, &format!("/api/users/{name}"))
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &cookie)
    };
    assert_eq!(site.ask(delete("amal")).await.error(), "conflict", "nobody removes himself");
    assert_eq!(site.ask(delete("nobody")).await.error(), "unknown");
    // One's own password needs the one of now.
    let rima = site.cookie("rima").await;
    let new = "another long password";
    let without = site.ask(patch("/api/users/rima", &json!({"password": new}), &rima)).await;
    assert_eq!(without.error(), "wrong_login");
    let with = site.ask(patch("/api/users/rima", &json!({"password": new, "current": PASSWORD}), &rima)).await;
    assert_eq!(with.status, StatusCode::NO_CONTENT);
    assert_eq!(site.ask(Ask::get("/api/incidents").header("cookie", &rima)).await.status, StatusCode::UNAUTHORIZED);
    let login = site.ask(Ask::post("/api/login", &json!({"name": "rima", "password": new}))).await;
    assert_eq!(login.status, StatusCode::OK);
    assert_eq!(
        site.ask(patch("/api/users/walid", &json!({"password": new}), &rima)).await.status,
        StatusCode::UNAUTHORIZED
    );
    // Who is removed is out at once.
    let walid = site.cookie("walid").await;
    assert_eq!(site.ask(delete("walid")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(site.ask(Ask::get("/api/incidents").header("cookie", &walid)).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn programs_ask_by_token() {
    let site = Site::with_people();
    let cookie = site.cookie("walid").await;
    let wanted = |role: &str| {
        Ask::post("/api/tokens", &json!({"name": "notebook", "role": role, "days": 1})).header("cookie", &cookie)
    };
    assert_eq!(site.ask(wanted("administrator")).await.status, StatusCode::FORBIDDEN);
    let made = site.ask(wanted("reader")).await.json();
    let token = made["token"].as_str().unwrap();
    assert!(token.starts_with("mdn_") && token.len() == 68);
    let bearer = format!("Bearer {token}");
    assert_eq!(site.ask(Ask::get("/api/incidents").header("authorization", &bearer)).await.status, StatusCode::OK);
    let decision = json!({"kind": "accept", "events": ["a#a-0"]});
    let decide = Ask::new(Method::POST, "/api/decisions").json(&decision).header("authorization", &bearer);
    assert_eq!(site.ask(decide).await.status, StatusCode::FORBIDDEN, "a reader's token");
    let list = site.ask(Ask::get("/api/tokens").header("cookie", &cookie)).await.json();
    assert!(list["tokens"][0]["last_used"].is_string() && list["tokens"][0].get("token").is_none());
    for wrong in ["Bearer mdn_0", "Bearer", "Basic eA==", "Digest x"] {
        let answer =
            site.ask(Ask::get("/api/incidents").header("authorization", wrong).header("cookie", &cookie)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong}: a wrong token is not helped by a cookie");
    }
    let path = format!("/api/tokens/{}", made["id"]);
    let remove = Ask::new(Method::DELETE, &path).header("cookie", &cookie).header("sec-fetch-site", "same-origin");
    assert_eq!(site.ask(remove).await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        site.ask(Ask::get("/api/incidents").header("authorization", &bearer)).await.status,
        StatusCode::UNAUTHORIZED
    );
}
