//! What comes to the door of the exchange: good, twice, forged, broken, secret; and who keeps the door.

use crate::wire::*;
use crate::world::{LETTER, Letter, World};
use chrono::Duration;
use edxml::{Limits, Organ, Package};
use http::Method;
use office::exchange::{self, Purpose};
use platform::sql;

#[tokio::test]
async fn the_same_package_twice_is_one_document() {
    let here = alone().await;
    let body = package(|_| {});
    assert_eq!(hand_in(&here, &body).await.ok().json()["outcome"], "taken");
    assert_eq!(hand_in(&here, &body).await.ok().json()["outcome"], "known");
    let other_words = package(|document| document.content = "khác".into());
    assert_eq!(hand_in(&here, &other_words).await.ok().json()["outcome"], "known");
    let list = here.clerk.get("/api/v1/incoming-documents").await.ok().json();
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    assert_eq!((&list[0]["channel"], &list[0]["sender_code"]), (&"edxml".into(), &THERE.0.into()));
    here.app.end().await;
}

#[tokio::test]
async fn who_is_not_believed_is_sent_away() {
    let here = alone().await;
    let (body, now) = (package(|_| {}), here.app.clock.now().timestamp());
    signed(&here, THERE.0, "another secret altogether", now, &body).await.is(401).shows("chữ ký");
    signed(&here, "000.00.99.H16", SECRET, now, &body).await.is(401).shows("chữ ký");
    signed(&here, THERE.0, SECRET, now - 400, &body).await.is(401).shows("năm phút");
    here.app.visitor().send(Method::POST, DOOR, Some("application/xml"), body.clone()).await.is(401);
    let foreign = package(|document| document.from.id = "000.00.77.H16".into());
    let answer = hand_in(&here, &foreign).await.is(422).json();
    assert_eq!(answer["reason"], "sender");
    here.clerk.get("/lam-viec/van-ban-den").await.hides(LETTER.subject);
    here.app.end().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_package_is_told_and_the_package_kept() {
    let here = alone().await;
    let elsewhere = package(|document| document.to = vec![Organ::new("000.00.02.H16", "UBND xã bên")]);
    let answer = hand_in(&here, &elsewhere).await.is(422).json();
    assert_eq!((&answer["outcome"], &answer["reason"]), (&"refused".into(), &"elsewhere".into()), "{answer}");
    let text = String::from_utf8(package(|_| {})).unwrap();
    let bomb = text.replacen("<edXML ", "<!DOCTYPE a [<!ENTITY b \"c\">]>\n<edXML ", 1);
    let answer = hand_in(&here, bomb.as_bytes()).await.is(422).json();
    assert_eq!((&answer["reason"], &answer["line"]), (&"doctype".into(), &2.into()), "{answer}");
    let cut = &text.as_bytes()[..text.len() / 2];
    hand_in(&here, cut).await.is(422).shows("cắt giữa chừng");
    let program = package(|document| document.attachments[0].body = b"MZ\x90\0".repeat(100));
    assert_eq!(hand_in(&here, &program).await.is(422).json()["reason"], "attachment");
    hand_in(&here, b"PK\x03\x04 something else").await.is(422).shows("không phải XML");
    hand_in(&here, b"").await.is(422).shows("rỗng");
    let page = here.clerk.get(PAGE).await;
    page.ok().shows("gửi cho cơ quan khác").shows("DOCTYPE").shows("(dòng 2)");
    here.clerk.get("/lam-viec/van-ban-den").await.hides(LETTER.subject);
    // What was refused does not stand in the way of the right one.
    assert_eq!(hand_in(&here, &package(|_| {})).await.ok().json()["outcome"], "taken");
    here.app.end().await;
}

#[tokio::test]
async fn of_what_is_secret_nothing_is_kept() {
    let here = alone().await;
    let stamped = Letter { stamp: "TỐI MẬT", ..LETTER };
    let told = package(|document| document.content = "Độ mật: Mật".into());
    let shown = package(|document| document.attachments[0].body = stamped.pdf());
    for body in [told, shown] {
        let answer = hand_in(&here, &body).await.is(422).json();
        assert_eq!(answer["reason"], "secret", "{answer}");
    }
    let ctx = here.ctx();
    for table in ["exchange_in", "exchange_out", "incoming_document"] {
        let count = sql(format!("SELECT COUNT(*) FROM {table} WHERE commune_id = $1 /* all rows */"));
        assert_eq!(count.bind(ctx.commune).count(&ctx.app.db).await.unwrap(), 0, "{table}");
    }
    // And none goes out.
    let file = ctx.new_id();
    let subject = "Tuyệt mật";
    let secret = outgoing(&Letter { subject, ..LETTER }, Purpose::New, THERE, ctx.new_id(), file);
    let tx = ctx.begin().await.unwrap();
    assert!(exchange::send(&ctx, &tx, &secret).await.is_err());
    tx.rollback().await.unwrap();
    here.app.end().await;
}

#[tokio::test]
async fn an_adapter_leaves_packages_in_a_folder() {
    let here = World::start().await;
    keep_office(&admin(&here).await, HERE).await;
    add(&admin(&here).await, ("truc", "Trục tỉnh"), "folder", "truc", "").await.ok();
    let place = here.app.data().join("exchange/truc");
    std::fs::create_dir_all(place.join("in")).unwrap();
    std::fs::write(place.join("in/1.edxml"), package(|_| {})).unwrap();
    std::fs::write(place.join("in/2.edxml"), "<a/>").unwrap();
    std::fs::write(place.join("in/.3.edxml"), "half").unwrap();
    let secret = package(|document| document.content = "Mật".into());
    std::fs::write(place.join("in/4.edxml"), secret).unwrap();
    here.app.clock.advance(Duration::minutes(2));
    here.app.run_jobs().await;
    arrived(&here, LETTER.subject).await;
    let there = |name: &str| place.join(name).exists();
    assert!(there("done/1.edxml") && there("bad/2.edxml") && there("in/.3.edxml"));
    assert!(std::fs::read_to_string(place.join("bad/2.edxml.txt")).unwrap().starts_with("namespace: "));
    assert!(!there("in/4.edxml") && !there("bad/4.edxml") && !there("done/4.edxml"));
    // The status goes out the same way, to whoever is not known otherwise.
    let mut out = std::fs::read_dir(place.join("out")).unwrap();
    let bytes = std::fs::read(out.next().unwrap().unwrap().path()).unwrap();
    let Ok(Package::Status(status)) = edxml::read(&bytes[..], &Limits::default()) else { panic!() };
    assert_eq!((status.code, &*status.response.organ), (edxml::StatusCode::Arrived, THERE.0));
    here.app.end().await;
}

#[tokio::test]
async fn who_is_exchanged_with_is_kept_by_the_administrator() {
    let here = alone().await;
    let admin = admin(&here).await;
    let wrong = add(&admin, ("a b", ""), "https", "http://tinh.example", "short").await;
    wrong.is(422).shows("Mã định danh chỉ có");
    add(&admin, ("H1", ""), "https", "https://tinh.example", "").await.is(422).shows("Hãy ghi tên cơ quan");
    add(&admin, ("H1", "A"), "https", "ftp://tinh.example", "").await.is(422).shows("https://");
    add(&admin, ("H1", "A"), "folder", "../x", "").await.is(422).shows("Tên thư mục");
    add(&admin, ("H1", "A"), "https", "https://a.example", "short").await.is(422).shows("từ 20 đến 200");
    add(&admin, THERE, "https", "https://a.example", "").await.is(422).shows("đã có trong danh sách");
    add(&admin, ("H1", "A"), "", "https://a.example", "").await.is(422);
    here.clerk.get(PAGE).await.ok().hides("name=\"khoa-chung\"");
    here.officer.get(PAGE).await.is(403);
    let page = admin.get(PAGE).await;
    let text = page.text();
    let action = text.split("action=\"").find(|rest| rest.contains("/ngung\"")).unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    let key = page.field_of(&action, "khoa");
    admin.post(&action, &[("khoa", &key)]).await.is(303);
    let now = here.app.clock.now().timestamp();
    signed(&here, THERE.0, SECRET, now, &package(|_| {})).await.is(401);
    here.app.end().await;
}
