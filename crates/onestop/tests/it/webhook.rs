//! Money by a notice of a payment service, and money that the national portal took.

use crate::world::{World, hidden, press};
use http::Method;
use platform::Uuid;
use platform::sign::signature;
use serde_json::{Value, json};
use testkit::Answer;

const PATH: &str = "/api/v1/payments/notice";
const SECRET: &str = "only for tests";
/// The dossier that [`World::send_birth`] makes first, as banks write its code.
const FIRST: &str = "0000000H382603100001";

fn connect(world: &World) {
    let folder = world.app.data().join("keys");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("payment-notice.txt"), format!("{SECRET}\n")).unwrap();
}

fn notice(reference: &str, amount: i64, content: &str) -> Value {
    json!({ "id": 92704, "gateway": "Agribank", "transactionDate": "2026-03-10 09:02:37", "code": null,
        "accountNumber": "0000000000001", "content": content, "transferType": "in", "transferAmount": amount,
        "accumulated": 19_077_000, "subAccount": null, "referenceCode": reference })
}

async fn send(world: &World, body: &str, at: i64, secret: &str) -> Answer {
    let signed = signature(secret.as_bytes(), at, body.as_bytes());
    let service = world.app.visitor().header("x-sandinh-timestamp", &at.to_string());
    let service = service.header("x-sandinh-signature", &signed);
    service.send(Method::POST, PATH, Some("application/json"), body.as_bytes().to_vec()).await
}

async fn tell(world: &World, notice: &Value) -> Answer {
    send(world, &notice.to_string(), world.app.clock.now().timestamp(), SECRET).await
}

#[tokio::test]
async fn a_signed_notice_is_booked_once_by_the_rules_of_the_statement() {
    let world = World::start().await;
    connect(&world);
    let (own, id) = world.send_birth("Lý A Pao").await;
    for (reference, amount, content, why) in [
        ("FT1", 10_000, FIRST, "small"),
        ("FT2", 20_000, FIRST, "large"),
        ("FT3", 16_000, "nop tien giay to", "nobody"),
        ("FT4", 16_000, "", "nobody"),
    ] {
        let answer = tell(&world, &notice(reference, amount, content)).await.ok().json();
        assert_eq!(answer, json!({ "success": true, "outcome": "listed", "problem": why }));
    }
    let right = notice("FT5", 16_000, &format!("MBVCB 123 {FIRST} CT tu 0012"));
    let first = tell(&world, &right).await.ok().json();
    assert_eq!(first, json!({ "success": true, "outcome": "matched" }));
    // Sent again, with the same answer and no second booking.
    assert_eq!(tell(&world, &right).await.ok().json(), first);
    let paid = tell(&world, &notice("FT6", 16_000, FIRST)).await.ok().json();
    assert_eq!(paid["problem"], "paid");
    let mut out = notice("FT7", 16_000, FIRST);
    out["transferType"] = json!("out");
    assert_eq!(tell(&world, &out).await.ok().json()["outcome"], "ignored");
    world.me.get("/lam-viec/hop-thu").await.shows("Đã nhận tiền phí");
    world.desk.get(&format!("/lam-viec/mot-cua/{id}")).await.ok().hides("Còn phải nộp");
    let list = world.desk.get("/lam-viec/thu-phi").await;
    list.ok().shows("chuyển thiếu").shows("chuyển thừa").shows("hồ sơ đã nộp đủ").shows("Biên lai");
    assert_eq!(list.text().matches("Biên lai").count(), 1);
    // The statement of the evening names the same transfer.
    let text = format!("Ngày giao dịch;Ghi có;Nội dung;Mã giao dịch\n10/03/2026;16.000;{FIRST};FT5\n");
    let key = world.desk.get("/lam-viec/thu-phi").await.field("khoa");
    let sent =
        world.desk.upload("/lam-viec/thu-phi", &[("khoa", &key)], "tep", "s.csv", text.as_bytes()).await;
    world.desk.get(&sent.is(303).location()).await.ok().shows("1 khoản đã có từ trước");
    world.me.get(&own).await.ok().hides("Quét mã");
    world.app.end().await;
}

#[tokio::test]
async fn a_forged_old_or_broken_notice_is_refused_with_its_reason() {
    let world = World::start().await;
    let now = world.app.clock.now().timestamp();
    let right = notice("FT1", 16_000, FIRST).to_string();
    send(&world, &right, now, SECRET).await.is(404);
    connect(&world);
    let refused = send(&world, &right, now, "another secret").await;
    refused.is(401).shows("Chữ ký không đúng");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    for late in [now - 301, now + 301] {
        send(&world, &right, late, SECRET).await.is(401).shows("lệch quá 5 phút");
    }
    send(&world, &right, now - 299, SECRET).await.ok();
    let bare = world.app.visitor().json(Method::POST, PATH, &json!({})).await;
    bare.is(401).shows("Thiếu chữ ký");
    // Signed for another body.
    let signed = signature(SECRET.as_bytes(), now, right.as_bytes());
    let service = world.app.visitor().header("x-sepay-timestamp", &now.to_string());
    let service = service.header("x-sepay-signature", &signed);
    let changed = right.replace("16000", "17000").into_bytes();
    service.send(Method::POST, PATH, Some("application/json"), changed).await.is(401);
    service.send(Method::POST, PATH, Some("application/json"), right.into_bytes()).await.ok();
    for body in ["", "{", "[]", "{\"transferAmount\": \"nhiều\"}"] {
        send(&world, body, now, SECRET).await.is(422).shows("không đọc được");
    }
    let mut nameless = notice("", 16_000, FIRST);
    nameless["id"] = Value::Null;
    tell(&world, &nameless).await.is(422).shows("referenceCode");
    let mut dayless = notice("FT9", 16_000, FIRST);
    dayless["transactionDate"] = json!("hôm qua");
    tell(&world, &dayless).await.is(422).shows("transactionDate");
    send(&world, &"x".repeat(70_000), now, SECRET).await.is(413);
    world.app.end().await;
}

#[tokio::test]
async fn money_in_another_account_is_listed() {
    let world = World::start().await;
    connect(&world);
    world.send_birth("Lý A Pao").await;
    let folder = world.app.data().join("law/fee-account");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "bin = \"970405\"\nnumber = \"0000000000001\"\nname = \"UBND XA GIA PHU\"\n";
    std::fs::write(folder.join("2020-01-01.toml"), text).unwrap();
    let mut other = notice("FT1", 16_000, FIRST);
    other["accountNumber"] = json!("0000000000009");
    assert_eq!(tell(&world, &other).await.ok().json()["problem"], "other-account");
    world.desk.get("/lam-viec/thu-phi").await.ok().shows("vào tài khoản khác của xã");
    assert_eq!(tell(&world, &notice("FT2", 16_000, FIRST)).await.ok().json()["outcome"], "matched");
    world.app.end().await;
}

#[tokio::test]
async fn what_the_national_portal_took_is_recorded_once() {
    let world = World::start().await;
    let (_, first) = world.send_birth("Lý A Pao").await;
    let (_, second) = world.send_birth("Lý Thị Dợ").await;
    press(&world.desk, first, "tiep-nhan", &[]).await.is(303);
    let send = async |id: Uuid, reference: &str, sum: &str| {
        let path = format!("/lam-viec/mot-cua/{id}");
        let page = world.desk.get(&path).await;
        let action = format!("{path}/nop-qua-cong");
        let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
        let fields = [
            ("khoa", key.as_str()),
            ("phien-ban", revision.as_str()),
            ("ma-giao-dich", reference),
            ("so-tien", sum),
            ("ngay-nop", "10/03/2026"),
        ];
        world.desk.post(&action, &fields).await
    };
    send(first, "", "16000").await.is(422).shows("Mã giao dịch chỉ gồm");
    send(first, "DVC-1", "99000").await.is(422).shows("không quá số còn phải nộp");
    send(first, "DVC-1", "16.000").await.is(303);
    let page = world.desk.get(&format!("/lam-viec/mot-cua/{first}")).await;
    page.ok().hides("Còn phải nộp").hides("nop-qua-cong").shows("Đã nộp phí");
    send(second, "DVC-1", "16.000").await.is(409).shows("đã ghi cho hồ sơ khác");
    world.desk.get("/lam-viec/thu-phi").await.ok().shows("Cổng Dịch vụ công");
    world.app.end().await;
}
