//! Work files whose term is over: listed, decided, destroyed by a leader.

use crate::desk::send;
use crate::world::{LETTER, World, id_of};
use http::Method;
use serde_json::json;
use testkit::{Answer, Client, in_both_languages};

const FILES: &str = "/lam-viec/ho-so-cong-viec";
const PATH: &str = "/lam-viec/huy-ho-so";

/// A closed file with a document of its own, kept for five years or for good.
async fn closed(world: &World, title: &str, term: &str) -> String {
    let new = format!("{FILES}/moi");
    let key = world.officer.get(&new).await.field_of(&new, "khoa");
    let fields = [("khoa", key.as_str()), ("ten", title), ("de-muc", "KT"), ("thoi-han", term)];
    let file = world.officer.post(&new, &fields).await.is(303).location();
    let add = format!("{file}/them");
    let key = world.officer.get(&file).await.field_of(&add, "khoa");
    let fields = [("khoa", key.as_str()), ("khong-mat", "1"), ("ten-tai-lieu", "Biên bản hòa giải")];
    world.officer.upload(&add, &fields, "tep", "bien-ban.pdf", &LETTER.pdf()).await.is(303);
    send(&world.officer, &file, "ket-thuc", &[("ket-qua", "Đã hòa giải xong")]).await.is(303);
    file
}

async fn decide(who: &Client, number: &str, day: &str, signer: &str, files: &[&str]) -> Answer {
    let key = who.get(PATH).await.field_of(PATH, "khoa");
    let mut fields = vec![
        ("khoa", key.as_str()),
        ("so-quyet-dinh", number),
        ("ngay-quyet-dinh", day),
        ("nguoi-ky", signer),
    ];
    fields.extend(files.iter().map(|id| ("ho-so", *id)));
    who.post(PATH, &fields).await
}

#[tokio::test]
async fn what_is_past_its_term_is_destroyed_only_by_a_decision_that_a_leader_carries_out() {
    let mut world = World::start().await;
    let brief = closed(&world, "Hòa giải Soi Cờ", "years-5").await;
    let id = id_of(&brief).to_string();
    closed(&world, "Địa giới hành chính", "permanent").await;
    let page = world.officer.get(&brief).await;
    let paper = page.text().split("/tep/").nth(1).unwrap()[..36].to_owned();
    let paper = format!("{brief}/tep/{paper}");
    world.officer.get(&paper).await.ok();
    world.later(1_000).await;
    world.clerk.get(PATH).await.ok().shows("Không có hồ sơ nào hết thời hạn");
    // Closed in 2026 and kept for five years: until the end of 2031.
    world.later(1_200).await;
    world.clerk.get(PATH).await.ok().shows("Hòa giải Soi Cờ").shows("31/12/2031").hides("Địa giới");
    world.officer.get(PATH).await.is(403);

    let made = decide(&world.clerk, "12/QĐ-UBND", "01/03/2032", "Nguyễn Văn Hùng", &[&id]).await;
    let made = made.is(303).location();
    world.clerk.get(&made).await.ok().shows("Hòa giải Soi Cờ").hides("/huy\"");
    world.officer.get(&brief).await.shows("đưa vào quyết định tiêu hủy").shows("Biên bản hòa giải");
    // Dropped it waits again, then it stands in another.
    send(&world.clerk, &made, "bo", &[]).await.is(303);
    let made = decide(&world.clerk, "13/QĐ-UBND", "02/03/2032", "Nguyễn Văn Hùng", &[&id]).await;
    let made = made.is(303).location();
    world.clerk.get(PATH).await.hides(&id).shows("13/QĐ-UBND");

    send(&world.chairman, &made, "huy", &[]).await.is(303).leads_to(&made);
    world.chairman.get(&made).await.shows("Đã tiêu hủy").shows("Hòa giải Soi Cờ").hides("/huy\"");
    let gone = world.officer.get(&brief).await;
    gone.shows("Hòa giải Soi Cờ")
        .shows("đã hết thời hạn bảo quản")
        .hides("Biên bản hòa giải")
        .hides("Đã hòa giải xong");
    world.officer.get(&paper).await.is(404);
    world.officer.get(&format!("{FILES}?q=cầu+treo&xem=tat-ca")).await.hides("Hòa giải Soi Cờ");
    for text in [
        "SELECT CAST(COUNT(*) AS TEXT) FROM work_file_item WHERE commune_id = $1 AND title = 'Biên bản hòa giải' /* all rows */",
        "SELECT CAST(COUNT(*) AS TEXT) FROM work_file_event WHERE commune_id = $1 AND words = 'Đã hòa giải xong' /* all rows */",
    ] {
        let ctx = world.ctx();
        let left: Vec<String> = platform::sql(text).bind(ctx.commune).column(&ctx.app.db).await.unwrap();
        // The other file keeps its own.
        assert_eq!(left, ["1"], "{text}");
    }
    world.app.end().await;
}

#[tokio::test]
async fn a_decision_is_checked_at_its_fields_and_what_must_be_kept_stays() {
    let mut world = World::start().await;
    let brief = closed(&world, "Hòa giải Soi Cờ", "years-5").await;
    let kept = closed(&world, "Địa giới hành chính", "permanent").await;
    let (brief, kept) = (id_of(&brief).to_string(), id_of(&kept).to_string());
    world.later(2_200).await;
    for (number, day, signer, files, says) in [
        ("", "01/03/2032", "Hùng", [brief.as_str()], "Hãy ghi số quyết định"),
        ("1", "", "Hùng", [brief.as_str()], "Hãy ghi ngày quyết định"),
        ("1", "01/03/2040", "Hùng", [brief.as_str()], "chưa đến"),
        ("1", "31/02/2032", "Hùng", [brief.as_str()], "Ngày"),
        ("1", "01/03/2032", "", [brief.as_str()], "người ký quyết định"),
        ("1", "01/03/2032", "Hùng", [kept.as_str()], "chưa hết thời hạn bảo quản"),
        ("1", "01/03/2032", "Hùng", ["rác"], "ít nhất một hồ sơ"),
    ] {
        decide(&world.clerk, number, day, signer, &files).await.is(422).shows(says);
    }
    let made = decide(&world.clerk, "1", "01/03/2032", "Hùng", &[&brief]).await.is(303).location();
    // The list is empty by now; whoever still has the form open is told. A leader records no decision.
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let mut again = vec![("khoa", key.as_str()), ("so-quyet-dinh", "2"), ("ngay-quyet-dinh", "01/03/2032")];
    again.extend([("nguoi-ky", "Hùng"), ("ho-so", brief.as_str())]);
    world.chairman.post(PATH, &again).await.is(403);
    world.clerk.post(PATH, &again).await.is(422).shows("nằm trong một quyết định khác");
    // The clerk does not carry out what the clerk laid before the leaders; a second press changes nothing.
    let page = world.chairman.get(&made).await;
    let action = format!("{made}/huy");
    let fields =
        [("khoa", page.field_of(&action, "khoa")), ("phien-ban", page.field_of(&action, "phien-ban"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.clerk.post(&action, &fields).await.is(403);
    world.chairman.post(&action, &fields).await.is(303);
    world.chairman.post(&action, &fields).await.is(303);
    in_both_languages(async |lang| {
        let code = lang.code();
        world.chairman.get(&format!("{PATH}?lang={code}")).await.ok();
        world.clerk.get(&format!("{made}?lang={code}")).await.ok();
    })
    .await;
    world.app.end().await;
}

#[tokio::test]
async fn a_program_lists_decides_drops_and_destroys_by_the_same_rules() {
    let mut world = World::start().await;
    let brief = closed(&world, "Hòa giải Soi Cờ", "years-5").await;
    let kept = closed(&world, "Địa giới hành chính", "permanent").await;
    let (brief, kept) = (id_of(&brief).to_string(), id_of(&kept).to_string());
    world.later(2_200).await;
    let api = "/api/v1/work-file-disposals";
    let keyed = |who: &Client| {
        let key = platform::ids::new_id(world.app.clock.now()).to_string();
        who.same().header("idempotency-key", &key)
    };
    let due = world.clerk.get(&format!("{api}/due")).await.ok().json();
    assert_eq!(due.as_array().unwrap().len(), 1);
    assert_eq!(
        (due[0]["title"].as_str(), due[0]["until"].as_str()),
        (Some("Hòa giải Soi Cờ"), Some("2031-12-31"))
    );
    world.officer.get(&format!("{api}/due")).await.is(403);

    let new =
        |file: &str| json!({ "number": "1", "decided_on": "2032-03-01", "signer": "Hùng", "files": [file] });
    keyed(&world.clerk).json(Method::POST, api, &new(&kept)).await.is(422).shows("files");
    let deciding = keyed(&world.clerk);
    let made = deciding.json(Method::POST, api, &new(&brief)).await.ok().json();
    assert_eq!(deciding.json(Method::POST, api, &new(&brief)).await.ok().json()["id"], made["id"]);
    let one = format!("{api}/{}", made["id"].as_str().unwrap());
    let end = async |who: &Client, one: &str, how: &str, revision: i64| {
        keyed(who).json(Method::POST, &format!("{one}/{how}"), &json!({ "revision": revision })).await
    };
    assert_eq!(end(&world.clerk, &one, "drop", 1).await.ok().json()["state"], "dropped");
    end(&world.chairman, &one, "destroy", 2).await.is(409);

    let made = keyed(&world.clerk).json(Method::POST, api, &new(&brief)).await.ok().json();
    let one = format!("{api}/{}", made["id"].as_str().unwrap());
    end(&world.clerk, &one, "destroy", 1).await.is(403);
    end(&world.chairman, &one, "destroy", 9).await.is(409);
    let done = end(&world.chairman, &one, "destroy", 1).await.ok().json();
    assert_eq!((done["state"].as_str(), &done["files"][0]), (Some("done"), &json!(brief)));
    world.chairman.get(&format!("{FILES}/{brief}")).await.hides("Biên bản hòa giải");
    world.app.end().await;
}
