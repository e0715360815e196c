//! How long dossiers are kept: what is over is listed, and destroyed only by a decision that was recorded before.

use crate::world::{EXTRACT, PDF, World, hidden, photo};
use http::Method;
use onestop::dossier::{self, ACCEPT, Dossier, Given, Queue, Status, paper_add};
use onestop::procedure::model::Channel;
use onestop::procedure::{catalogue, keep_version};
use platform::{Ctx, Uuid, files};
use serde_json::json;
use testkit::{Answer, Client, in_both_languages};

const PATH: &str = "/lam-viec/luu-tru";

/// A dossier that ended on a day.
fn one(ctx: &Ctx, digest: &str, code: &str, field: &str, status: Status, ended: &str) -> Dossier {
    let at = format!("{ended}T03:00:00Z").parse().unwrap();
    let answers = json!({ "applicant_name": "Thào Thị Cũ", "applicant_number": "010195000999" });
    Dossier {
        id: ctx.new_id(),
        code: code.into(),
        procedure_code: EXTRACT.into(),
        procedure_digest: digest.into(),
        field: field.into(),
        channel: Channel::Counter,
        status,
        step: "return".into(),
        queue: Queue::Nobody,
        holder_id: None,
        applicant_account_id: None,
        applicant_person_id: None,
        applicant_name: "Thào Thị Cũ".into(),
        applicant_number: "010195000999".into(),
        applicant_phone: "0912345678".into(),
        subject: "Thào Thị Cũ".into(),
        answers: answers.as_object().unwrap().clone(),
        filed_by: None,
        submitted_at: at,
        received_at: Some(at),
        due_at: Some(at),
        turn_at: at,
        stopped_at: None,
        ended_at: Some(at),
        returned_at: Some(at),
        supplements: 0,
        extensions: 0,
        reason: "Lời riêng".into(),
        rating: None,
        revision: 1,
    }
}

/// Four of them: brief and over, brief and kept, for good, refused and over. The first has two pages, one of them with the
/// same bytes as the second's.
async fn four(world: &World) -> Vec<Dossier> {
    let ctx = world.ctx();
    let catalogue = catalogue(&ctx).await.unwrap();
    let in_force = catalogue.get(EXTRACT).unwrap();
    let make = |code, field, status, ended| one(&ctx, &in_force.digest, code, field, status, ended);
    let mut all = vec![
        make("CU-OVER", "xac-nhan", Status::Returned, "2020-05-01"),
        make("CU-KEPT", "xac-nhan", Status::Returned, "2021-05-01"),
        make("CU-GOOD", "ho-tich", Status::Returned, "2005-05-01"),
        make("CU-NOT", "ho-tich", Status::NotReceived, "2019-12-31"),
    ];
    all[0].applicant_person_id = Some(world.mother);
    all[2].applicant_person_id = Some(world.mother);
    let pdf = files::prepare(&ctx, "don.pdf".into(), PDF.to_vec(), ACCEPT).await.unwrap();
    let picture = files::prepare(&ctx, "anh.jpg".into(), photo(), ACCEPT).await.unwrap();
    let tx = ctx.begin().await.unwrap();
    keep_version(&ctx, &tx, in_force).await.unwrap();
    dossier::insert_many(&ctx, &tx, &in_force.procedure, &all).await.unwrap();
    for (dossier, file) in [(&all[0], &pdf), (&all[0], &picture), (&all[1], &pdf)] {
        paper_add(&ctx, &tx, dossier.id, Given::Paper, "don", file).await.unwrap();
    }
    tx.commit().await.unwrap();
    all
}

async fn decide(client: &Client, ids: &[Uuid], number: &str, day: &str, signer: &str) -> Answer {
    let page = client.get(PATH).await;
    let key = hidden(page.ok(), PATH, "khoa");
    let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    let mut fields = vec![
        ("khoa", key.as_str()),
        ("so-quyet-dinh", number),
        ("ngay-quyet-dinh", day),
        ("nguoi-ky", signer),
    ];
    fields.extend(ids.iter().map(|id| ("ho-so", id.as_str())));
    client.post(PATH, &fields).await
}

async fn press(client: &Client, page: &str, what: &str) -> Answer {
    let action = format!("{page}/{what}");
    let shown = client.get(page).await;
    let (key, revision) = (hidden(shown.ok(), &action, "khoa"), hidden(&shown, &action, "phien-ban"));
    client.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await
}

/// Where the bytes of a dossier's pages stand.
async fn bytes(ctx: &Ctx, dossier: Uuid) -> Vec<std::path::PathBuf> {
    let mut paths = Vec::new();
    for row in dossier::papers(ctx, &ctx.app.db, dossier).await.unwrap() {
        let file = files::find(ctx, &ctx.app.db, row.file_id).await.unwrap();
        paths.push(files::path_of(&ctx.app.config.files_folder(), &file.digest));
    }
    paths
}

#[tokio::test]
async fn what_is_over_is_destroyed_only_by_a_recorded_decision() {
    let world = World::start().await;
    let all = four(&world).await;
    let ctx = world.ctx();
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let clerk = world.app.sign_in(&world.cast.home, "clerk").await;
    let list = clerk.get(PATH).await;
    list.ok().shows("CU-OVER").shows("CU-NOT").hides("CU-KEPT").hides("CU-GOOD").hides("Thào Thị Cũ");
    list.shows("31/12/2025").shows("chưa đối chiếu");
    for client in [&world.desk, &world.specialist, &world.me] {
        client.get(PATH).await.is(403);
    }
    // A decision is recorded first; what is wrong with it is told at its field.
    let over = [all[0].id];
    decide(&clerk, &[], "12/QĐ-UBND", "09/03/2026", "Lý A Chủ").await.is(422).shows("Đánh dấu ít nhất");
    decide(&clerk, &over, "", "09/03/2026", "Lý A Chủ").await.is(422).shows("Ghi số quyết định");
    decide(&clerk, &over, "12", "", "Lý A Chủ").await.is(422).shows("Ghi ngày quyết định");
    decide(&clerk, &over, "12", "11/03/2026", "Lý A Chủ").await.is(422).shows("chưa tới");
    decide(&clerk, &over, "12", "09/03/2026", " ").await.is(422).shows("Ghi người ký");
    for kept in [all[1].id, all[2].id] {
        decide(&clerk, &[over[0], kept], "12", "09/03/2026", "Lý A Chủ").await.is(422).shows("còn phải giữ");
    }
    decide(&clerk, &[world.mother], "12", "09/03/2026", "Lý A Chủ").await.is(422);
    let page = decide(&clerk, &over, "12/QĐ-UBND", "09/03/2026", "Lý A Chủ").await.is(303).location();
    clerk.get(&page).await.ok().shows("CU-OVER").shows("Chờ thực hiện").hides("/tieu-huy");
    clerk.get(PATH).await.ok().shows("Quyết định 12/QĐ-UBND").hides("CU-OVER");
    decide(&clerk, &over, "13", "09/03/2026", "Lý A Chủ").await.is(422).shows("quyết định khác");
    let paths = bytes(&ctx, all[0].id).await;
    assert!(paths.len() == 2 && paths.iter().all(|path| path.exists()), "nothing is gone yet");
    let path = all[0].path();
    world.desk.get(&path).await.ok().shows("Thào Thị Cũ").shows("don.pdf");
    // Only the administrator carries it out.
    let key = world.fresh();
    clerk.post(&format!("{page}/tieu-huy"), &[("khoa", &key), ("phien-ban", "1")]).await.is(403);
    press(&admin, &page, "tieu-huy").await.is(303);
    let key = world.fresh();
    let again = admin.post(&format!("{page}/tieu-huy"), &[("khoa", &key), ("phien-ban", "1")]).await;
    again.is(409).shows("đã thực hiện");
    let gone = dossier::find(&ctx, &ctx.app.db, all[0].id).await.unwrap();
    assert!(gone.answers.is_empty() && gone.applicant_number.is_empty() && gone.reason.is_empty());
    assert_eq!((gone.applicant_person_id, gone.code.as_str()), (None, "CU-OVER"));
    assert_eq!((gone.submitted_at, gone.ended_at), (all[0].submitted_at, all[0].ended_at));
    world
        .desk
        .get(&path)
        .await
        .ok()
        .hides("Thào Thị Cũ")
        .hides("don.pdf")
        .shows("Đã tiêu hủy theo quyết định");
    world
        .desk
        .get("/lam-viec/mot-cua?viec=tat-ca&q=010195000999")
        .await
        .ok()
        .hides("CU-OVER")
        .shows("CU-KEPT");
    world.desk.get("/lam-viec/mot-cua?viec=tat-ca").await.ok().shows("CU-OVER");
    // The bytes go too, but for those that another dossier has as well.
    world.app.run_jobs().await;
    assert_eq!(paths.iter().map(|path| path.exists()).collect::<Vec<_>>(), [true, false]);
    world.desk.get(&all[1].path()).await.ok().shows("don.pdf");
    audit::verify(&ctx).await.unwrap();
    world.app.end().await;
}

#[tokio::test]
async fn a_decision_that_is_dropped_lets_its_dossiers_go() {
    let world = World::start().await;
    let all = four(&world).await;
    let clerk = world.app.sign_in(&world.cast.home, "clerk").await;
    let second = decide(&clerk, &[all[3].id], "14", "09/03/2026", "Lý A Chủ").await.is(303).location();
    clerk.get(PATH).await.ok().hides("CU-NOT");
    press(&clerk, &second, "bo").await.is(303);
    clerk.get(PATH).await.ok().shows("CU-NOT");
    clerk.get(&second).await.ok().shows("Đã bỏ").hides("/bo\"");
    world.app.end().await;
}

#[tokio::test]
async fn erasing_a_person_says_why_dossiers_stay_and_pages_speak_both_languages() {
    let world = World::start().await;
    let all = four(&world).await;
    world.send_birth("Lý A Pao").await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let officer = format!("/lam-viec/ca-nhan/{}", world.mother);
    let page = admin.get(&officer).await;
    page.ok()
        .shows("CU-OVER: phải giữ đến 31/12/2025")
        .shows("CU-GOOD: giữ vĩnh viễn")
        .shows("đang giải quyết");
    page.hides("CU-KEPT");
    let decision = decide(&admin, &[all[0].id], "12/QĐ", "09/03/2026", "Lý A Chủ").await.is(303).location();
    in_both_languages(async |lang| {
        let english = lang == platform::Lang::En;
        let say = if english { "lang=en" } else { "lang=vi" };
        let word = if english { "How long dossiers are kept" } else { "Thời hạn lưu trữ hồ sơ" };
        admin.get(&format!("{PATH}?{say}")).await.ok().shows(word);
        let word = if english { "To be carried out" } else { "Chờ thực hiện" };
        admin.get(&format!("{decision}?{say}")).await.ok().shows(word);
        let word = if english { "kept for good" } else { "giữ vĩnh viễn" };
        admin.get(&format!("{officer}?{say}")).await.ok().shows(word);
    })
    .await;
    world.app.end().await;
}

#[tokio::test]
async fn a_program_decides_and_destroys_by_the_same_rules() {
    let world = World::start().await;
    let all = four(&world).await;
    let api = "/api/v1/retention";
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let keyed = |client: &Client| client.same().header("idempotency-key", &world.fresh());
    let due = admin.get(api).await.ok().json();
    let codes: Vec<&str> = due.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["CU-NOT", "CU-OVER"], "the oldest first");
    let mut new =
        json!({ "number": "12", "decided_on": "2026-03-09", "signer": "Lý A Chủ", "dossiers": [all[1].id] });
    keyed(&admin).json(Method::POST, api, &new).await.is(422).shows("dossiers");
    new["dossiers"] = json!([all[0].id, all[3].id]);
    let deciding = keyed(&admin);
    let made = deciding.json(Method::POST, api, &new).await.ok().json();
    assert_eq!(deciding.json(Method::POST, api, &new).await.ok().json()["id"], made["id"]);
    assert_eq!(made["state"], "decided");
    let one = format!("{api}/{}", made["id"].as_str().unwrap());
    world.desk.get(&one).await.is(403);
    let clerk = world.app.sign_in(&world.cast.home, "clerk").await;
    keyed(&clerk).json(Method::POST, &format!("{one}/destroy"), &json!({ "revision": 1 })).await.is(403);
    keyed(&admin).json(Method::POST, &format!("{one}/destroy"), &json!({ "revision": 9 })).await.is(409);
    let done = keyed(&admin).json(Method::POST, &format!("{one}/destroy"), &json!({ "revision": 1 })).await;
    assert_eq!(done.ok().json()["state"], "done");
    assert_eq!(admin.get(&one).await.ok().json()["dossiers"].as_array().unwrap().len(), 2);
    assert!(admin.get(api).await.ok().json().as_array().unwrap().is_empty());
    world.app.end().await;
}
