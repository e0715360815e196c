use crate::support::{PASSWORD, commune, start};
use identity::{SignIn, grant_end, open_session, session_delete, session_delete_others, session_list};
use platform::Kind;
use platform::access::Place;
use platform::app::Authenticator;

#[tokio::test]
async fn a_revoked_session_dies_at_once() {
    let cast = start().await;
    cast.account("lo.mai").await;
    let phone = cast.sign_in("lo.mai", PASSWORD).await.unwrap().value;
    cast.wait(1);
    let desk = cast.sign_in("lo.mai", PASSWORD).await.unwrap().value;
    assert!(cast.cookie_actor(&phone).await.is_some(), "read, and so remembered");
    let me = cast.as_cookie(&desk).await;
    let listed = session_list(&me).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[1].user_agent, "Chrome · Android");
    let tx = me.begin().await.unwrap();
    session_delete(&me, &tx, listed[1].id).await.unwrap();
    assert!(session_delete(&me, &tx, listed[1].id).await.unwrap_err().is(Kind::NotFound));
    tx.commit().await.unwrap();
    assert!(cast.cookie_actor(&phone).await.is_none());
    assert!(cast.cookie_actor(&desk).await.is_some());
    cast.test.end().await;
}

#[tokio::test]
async fn nobody_ends_a_session_of_another() {
    let cast = start().await;
    cast.account("lo.mai").await;
    cast.account("vang.seo").await;
    let mai = cast.sign_in("lo.mai", PASSWORD).await.unwrap().value;
    let seo = cast.sign_in("vang.seo", PASSWORD).await.unwrap().value;
    let mais = session_list(&cast.as_cookie(&mai).await).await.unwrap();
    let me = cast.as_cookie(&seo).await;
    let tx = me.begin().await.unwrap();
    assert!(session_delete(&me, &tx, mais[0].id).await.unwrap_err().is(Kind::NotFound));
    session_delete_others(&me, &tx).await.unwrap();
    tx.commit().await.unwrap();
    assert!(cast.cookie_actor(&mai).await.is_some() && cast.cookie_actor(&seo).await.is_some());
    cast.test.end().await;
}

#[tokio::test]
async fn a_session_ends_when_idle_and_in_any_case_after_two_weeks() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    let opened = open_session(&cast.test.app, cast.commune, mai.id, false).await.unwrap();
    cast.wait(12 * 3600);
    assert!(cast.cookie_actor(&opened).await.is_none());
    let opened = open_session(&cast.test.app, cast.commune, mai.id, false).await.unwrap();
    for _ in 0..30 {
        cast.wait(11 * 3600);
        assert!(cast.cookie_actor(&opened).await.is_some());
    }
    cast.wait(7 * 3600);
    assert!(cast.cookie_actor(&opened).await.is_none(), "14 days are over");
    cast.test.end().await;
}

#[tokio::test]
async fn roles_begin_and_end_on_their_days() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    let grant = cast.give(mai.id, "clerk", Place::new("commune", cast.commune)).await;
    let opened = open_session(&cast.test.app, cast.commune, mai.id, false).await.unwrap();
    assert_eq!(cast.cookie_actor(&opened).await.unwrap().grants.len(), 1);
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    grant_end(&ctx, &tx, grant).await.unwrap();
    tx.commit().await.unwrap();
    assert!(cast.cookie_actor(&opened).await.unwrap().grants.is_empty(), "at once");
    // A role for today only is gone tomorrow.
    let tx = ctx.begin().await.unwrap();
    let new = identity::NewGrant {
        account_id: mai.id,
        role: "auditor".into(),
        place: Place::new("commune", cast.commune),
        valid_from: ctx.today(),
        valid_to: Some(ctx.today()),
    };
    identity::grant_insert(&ctx, &tx, new).await.unwrap();
    tx.commit().await.unwrap();
    let opened = open_session(&cast.test.app, cast.commune, mai.id, true).await.unwrap();
    assert_eq!(cast.cookie_actor(&opened).await.unwrap().grants.len(), 1);
    let until_midnight = platform::clock::end_of_day(ctx.today()) - cast.test.app.clock.now();
    cast.wait(until_midnight.num_seconds() - 60);
    let late = open_session(&cast.test.app, cast.commune, mai.id, true).await.unwrap();
    assert_eq!(cast.cookie_actor(&late).await.unwrap().grants.len(), 1);
    cast.wait(60);
    assert!(cast.cookie_actor(&late).await.unwrap().grants.is_empty());
    cast.test.end().await;
}

#[tokio::test]
async fn forged_cookies_are_anonymous() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    let other = commune(&cast.test, "Xã Xuân Giao", None).await;
    let opened = open_session(&cast.test.app, cast.commune, mai.id, false).await.unwrap();
    let (_, secret) = &opened.split_once('.').unwrap();
    assert!(cast.cookie_actor(&opened).await.is_some());
    let forged = [
        String::new(),
        "x".into(),
        format!("{}.{secret}x", cast.commune.simple()),
        format!("{}.{secret}", other.simple()),
        format!("{}.", cast.commune.simple()),
        "a".repeat(5_000),
    ];
    for value in forged {
        assert!(cast.cookie_actor(&value).await.is_none(), "{value}");
    }
    cast.test.end().await;
}

#[tokio::test]
async fn a_host_name_chooses_the_commune() {
    let cast = start().await;
    cast.wait(60);
    let other = commune(&cast.test, "Xã Xuân Giao", Some("XuanGiao.example")).await;
    let of = async |host: &str| {
        let mut headers = http::HeaderMap::new();
        headers.insert("host", host.parse().unwrap());
        SignIn.commune(&cast.test.app, &headers).await.unwrap()
    };
    assert_eq!(of("xuangiao.example:8443").await, other);
    assert_eq!(of("giaphu.example").await, cast.commune);
    assert_eq!(of("127.0.0.1:8080").await, cast.commune);
    cast.test.end().await;
}
