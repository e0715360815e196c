//! Walks every route × role × own and other village × own and other commune. A route cannot be forgotten: what its
//! parameters mean must stand in `routes::objects`, or this test fails.

use crate::routes::{Objects, address};
use http::Method;
use identity::role::{ROLES, Role};
use platform::access::{ANYONE, MEMBER};
use testkit::{Answer, Client, TestApp};

/// Where an answer stands on the way in.
#[derive(Debug, PartialEq, Eq)]
enum Entry {
    /// The handler ran; what it said is its own affair.
    In,
    /// Sign-in form, or 403: the policies said no.
    Refused,
}

fn entry(answer: &Answer) -> Entry {
    let to_sign_in = answer.status == 303 && answer.location().starts_with("/dang-nhap");
    if to_sign_in || matches!(answer.status.as_u16(), 401 | 403) { Entry::Refused } else { Entry::In }
}

async fn ask(client: &Client, method: &Method, path: &str) -> Answer {
    let kind =
        if path.starts_with("/api/") { "application/json" } else { "application/x-www-form-urlencoded" };
    let body = if path.starts_with("/api/") { b"{}".to_vec() } else { Vec::new() };
    client.send(method.clone(), path, (*method != Method::GET).then_some(kind), body).await
}

#[tokio::test]
async fn the_policies_decide_for_every_route_and_role() {
    let (test, cast) = TestApp::start().await;
    let objects = Objects::make(&test, &cast.home).await;
    let app = &test.app;
    let visitor = test.visitor().header("host", "giaphu.example");
    for route in app.routes().filter(|route| !decided_inside(route.path)) {
        let path = address(route.path, &objects);
        let open = app.policies.permits(ANYONE, route.action, "commune", false);
        let answer = ask(&visitor, &route.method, &path).await;
        let want = if open { Entry::In } else { Entry::Refused };
        assert_eq!(entry(&answer), want, "nobody asks {} {path} ({})", route.method, route.action);
    }
    for role in ROLES {
        let allowed = |action| may(&test, role, action);
        for route in app.routes().filter(|route| !decided_inside(route.path)) {
            let client = test.sign_in(&cast.home, role.code).await;
            let path = address(route.path, &objects);
            let answer = ask(&client, &route.method, &path).await;
            let want = if allowed(route.action) { Entry::In } else { Entry::Refused };
            assert_eq!(entry(&answer), want, "{} asks {} {path} ({})", role.code, route.method, route.action);
        }
    }
    test.end().await;
}

fn may(test: &TestApp, role: &Role, action: &'static str) -> bool {
    let policies = &test.app.policies;
    policies.permits(ANYONE, action, "commune", false)
        || policies.permits(MEMBER, action, "account", true)
        || policies.permits(role.code, action, role.place_kind, true)
}

/// Signs the client out, or is refused by the rule itself: a role that must have a second factor keeps it, and another agency
/// proves itself by the signature of its package.
fn decided_inside(path: &str) -> bool {
    // Devices sign in with a token of their own.
    path.starts_with("/truyen-thanh/loa/")
        || ["/dang-xuat", "/tai-khoan/xac-thuc/bo", "/api/v1/exchange/packages"].contains(&path)
}

/// Two areas that use one name for different things would open each other's doors.
#[test]
fn an_action_belongs_to_one_area() {
    let mut owners = std::collections::BTreeMap::new();
    for area in sandinh::areas() {
        for route in &area.routes {
            let owner = *owners.entry(route.action).or_insert(area.name);
            assert_eq!(owner, area.name, "{} is used by two areas", route.action);
        }
    }
}

/// What stands in another village or commune looks as if it were not there.
#[tokio::test]
async fn what_is_elsewhere_is_not_found() {
    let (test, cast) = TestApp::start().await;
    let elsewhere = Objects::make_in(&test, &cast.home, 1).await;
    let abroad = Objects::make(&test, &cast.other).await;
    let own = Objects::make(&test, &cast.home).await;
    for role in ROLES {
        let client = test.sign_in(&cast.home, role.code).await;
        let away = |at: &Objects| -> Vec<(Method, String, String)> {
            test.app
                .routes()
                .filter(|route| Objects::is_placed(route.path) && may(&test, role, route.action))
                .map(|route| (route.method.clone(), address(route.path, at), address(route.path, &own)))
                .collect()
        };
        for (method, path, same_here) in away(&abroad) {
            let answer = ask(&client, &method, &path).await;
            assert!(
                hidden(&answer),
                "{} reaches {method} {path} of another commune: {}",
                role.code,
                answer.status
            );
            assert_ne!(path, same_here);
        }
        if role.place_kind == "village" {
            for (method, path, _) in away(&elsewhere) {
                let answer = ask(&client, &method, &path).await;
                assert!(
                    hidden(&answer),
                    "{} reaches {method} {path} of another village: {}",
                    role.code,
                    answer.status
                );
            }
        }
    }
    test.end().await;
}

/// Not found; a form that is refused before the object is looked for has told nothing either.
fn hidden(answer: &Answer) -> bool {
    matches!(answer.status.as_u16(), 403 | 404 | 422) && answer.status != 200
}
