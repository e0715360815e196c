//! Two communes that exchange documents over HTTP on this machine, and everything that goes wrong on the way.

use crate::desk::{Desk, keeps_a_key, send};
use crate::wire::*;
use crate::world::{LETTER, Letter, World, press, register, task_of};
use chrono::Duration;
use edxml::{Limits, Package};
use office::exchange::{Purpose, Standing};
use platform::{jobs, sql};
use testkit::in_both_languages;

#[tokio::test]
async fn a_document_goes_over_and_every_status_comes_back() {
    let (there, here, _, _) = two().await;
    let document = issue(&there, &LETTER, Purpose::New, HERE).await;
    assert_eq!(standing(&there, document).await, None);
    settle(&there, &here).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Arrived));
    let path = arrived(&here, LETTER.subject).await;
    here.clerk.get(&path).await.shows("UBND tỉnh").shows("1204/UBND-KT").shows("cong-van.pdf");

    register(&here.clerk, &path, &[]).await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Received));

    let officer = here.account("registry_officer");
    let charge = [("viec", "Rà soát"), ("chu-tri", officer.as_str()), ("han", "18/03/2026")];
    press(&here.chairman, &path, "/chi-dao", &charge).await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Assigned));

    let task = task_of(&here.chairman.get(&path).await);
    press(&here.officer, &task, "/nhan", &[]).await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Working));

    press(&here.officer, &task, "/bao-cao", &[("bao-cao", "Đã rà soát"), ("lam", "xong")]).await.is(303);
    press(&here.chairman, &task, "/dat", &[]).await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Done));
    let page = there.clerk.get(PAGE).await;
    page.ok().shows("Đã xử lý xong").shows("UBND xã Gia Phú").hides("Rà soát");
    in_both_languages(async |lang| {
        let word = if lang == platform::Lang::Vi { "Liên thông văn bản" } else { "Document exchange" };
        here.clerk.get(&format!("{PAGE}?lang={}", lang.code())).await.ok().shows(word);
    })
    .await;
    let told = there.clerk.get("/api/v1/exchange/messages?state=sent").await.ok().json();
    assert_eq!(told[0]["standing"], "done", "{told}");
    there.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn what_is_issued_goes_by_itself_and_its_recipients_are_followed_on_its_page() {
    let (desk, here) = (Desk::start().await, World::start().await);
    let ((to_desk, _), (to_here, _)) = (serve(&desk.app).await, serve(&here.app).await);
    // As the desk's documents name them.
    let (sender, department) = (("H38.4.9", "UBND xã Gia Phú"), ("H38.4", "Sở Nội vụ"));
    let admin_there = desk.app.sign_in(&desk.cast.home, "admin").await;
    keep_office(&admin_there, sender).await;
    add(&admin_there, department, "https", &to_here, SECRET).await.ok();
    keep_office(&admin(&here).await, department).await;
    add(&admin(&here).await, sender, "https", &to_desk, SECRET).await.ok();

    keeps_a_key(&desk.chairman, "Thử chairman").await;
    let url = desk.issued("ubnd/bao-cao", "Kết quả quý I").await;
    let settle = async || {
        for app in [&desk.app, &here.app, &desk.app] {
            app.run_jobs().await;
        }
    };
    settle().await;
    desk.drafter.get(&url).await.ok().shows("Đã đến");
    let path = arrived(&here, "Kết quả quý I").await;
    here.clerk.get(&path).await.shows("UBND xã Gia Phú").shows("BC-UBND");
    register(&here.clerk, &path, &[]).await.is(303);
    settle().await;
    settle().await;
    desk.drafter.get(&url).await.ok().shows("Đã tiếp nhận");

    send(&desk.clerk, &url, "thu-hoi", &[("ly-do-thu-hoi", "Nhầm số liệu")]).await.is(303);
    settle().await;
    here.clerk.get(PAGE).await.ok().shows("Nhầm số liệu");
    press_answer(&here.clerk, "dong-y", "").await.is(303);
    settle().await;
    settle().await;
    let recipients = desk.drafter.get(&url).await.ok().text();
    let row = recipients.split("Sở Nội vụ").last().unwrap();
    assert!(row.contains("Đã thu hồi"), "{row}");
    here.clerk.get(&path).await.ok().shows("Nhầm số liệu");
    desk.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn a_refusal_comes_back_with_its_reason() {
    let (there, here, _, _) = two().await;
    let document = issue(&there, &LETTER, Purpose::New, HERE).await;
    settle(&there, &here).await;
    let path = arrived(&here, LETTER.subject).await;
    press(&here.clerk, &path, "/tra-lai", &[("ly-do", "Không thuộc thẩm quyền")]).await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Refused));
    there.clerk.get(PAGE).await.shows("Từ chối nhận: Không thuộc thẩm quyền");
    there.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn it_is_taken_back_or_replaced_when_the_receiver_agrees() {
    let (there, here, _, _) = two().await;
    let document = issue(&there, &LETTER, Purpose::New, HERE).await;
    settle(&there, &here).await;
    let path = arrived(&here, LETTER.subject).await;

    issue(&there, &LETTER, Purpose::Revocation { reason: "Nhầm phụ lục".into() }, HERE).await;
    settle(&there, &here).await;
    here.clerk.get(PAGE).await.shows("Nhầm phụ lục").shows("Thu hồi");
    press_answer(&here.clerk, "khong", "").await.is(422).shows("Hãy ghi lý do không đồng ý");
    press_answer(&here.clerk, "khong", "Đã thực hiện xong").await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Declined));

    issue(&there, &LETTER, Purpose::Revocation { reason: "Vẫn xin thu hồi".into() }, HERE).await;
    settle(&there, &here).await;
    press_answer(&here.clerk, "dong-y", "").await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Recalled));
    here.clerk.get(&path).await.shows("Vẫn xin thu hồi");

    let second = Letter { number: "1300", ..LETTER };
    let before = issue(&there, &second, Purpose::New, HERE).await;
    let third = Letter { number: "1301", ..LETTER };
    let of = vec![("1300/UBND-KT".to_owned(), day())];
    let after = issue(&there, &third, Purpose::Replacement { reason: "Sửa số liệu".into(), of }, HERE).await;
    settle(&there, &here).await;
    assert_eq!(standing(&there, after).await, Some(Standing::Arrived));
    press_answer(&here.clerk, "dong-y", "").await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, before).await, Some(Standing::Replaced));
    assert_eq!(standing(&there, after).await, Some(Standing::Arrived));
    there.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn a_cut_line_holds_everything_in_order_until_it_is_back() {
    let (there, here, _, to_here) = two().await;
    to_here.set(Mood::Down);
    let first = issue(&there, &LETTER, Purpose::New, HERE).await;
    let other = Letter { number: "1205", subject: "khai thông kênh mương", ..LETTER };
    let second = issue(&there, &other, Purpose::New, HERE).await;
    there.app.run_jobs().await;
    there.clerk.get(PAGE).await.shows("502").shows("Đang chờ");
    here.clerk.get("/lam-viec/van-ban-den").await.hides(LETTER.subject);
    to_here.set(Mood::Open);
    there.app.run_jobs().await;
    here.clerk.get("/lam-viec/van-ban-den").await.hides(LETTER.subject);
    for world in [&there, &here] {
        world.app.clock.advance(Duration::minutes(2));
    }
    settle(&there, &here).await;
    assert_eq!(standing(&there, first).await, Some(Standing::Arrived));
    assert_eq!(standing(&there, second).await, Some(Standing::Arrived));
    there.clerk.get(PAGE).await.hides("502");
    there.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn a_program_that_dies_between_sending_and_noting_sends_again_and_it_is_one_document() {
    let (there, here, _, to_here) = two().await;
    to_here.set(Mood::Lost);
    let document = issue(&there, &LETTER, Purpose::New, HERE).await;
    let app = there.app.app.clone();
    let worker = tokio::spawn(async move { jobs::run_all_due(&app).await });
    to_here.handled.notified().await;
    worker.abort();
    assert!(worker.await.unwrap_err().is_cancelled());
    let path = arrived(&here, LETTER.subject).await;
    let waiting = there.clerk.get("/api/v1/exchange/messages").await.ok().json();
    assert_eq!((&waiting[0]["state"], &waiting[0]["tries"]), (&"waiting".into(), &1.into()), "{waiting}");

    to_here.set(Mood::Open);
    for world in [&there, &here] {
        world.app.clock.advance(Duration::minutes(11));
    }
    settle(&there, &here).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Arrived));
    assert_eq!(arrived(&here, LETTER.subject).await, path);
    let ctx = here.ctx();
    let count =
        sql("SELECT COUNT(*) FROM incoming_document WHERE commune_id = $1 /* all rows */").bind(ctx.commune);
    assert_eq!(count.count(&ctx.app.db).await.unwrap(), 1);
    there.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn what_has_no_way_waits_for_a_person() {
    let (there, here, _, _) = two().await;
    let nobody = ("000.00.55.H16", "Sở ở xa");
    issue(&there, &LETTER, Purpose::New, nobody).await;
    there.app.run_jobs().await;
    let page = there.clerk.get(PAGE).await;
    page.ok().shows("Chưa có đường gửi đến cơ quan này");
    let text = page.text();
    let action = text.split("action=\"").find(|rest| rest.contains("/gui-lai\"")).unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    let again = async || {
        let key = there.clerk.get(PAGE).await.field_of(&action, "khoa");
        there.clerk.post(&action, &[("khoa", &key)]).await
    };
    again().await.is(409).shows("Chưa có đường gửi");
    add(&admin(&there).await, nobody, "folder", "truc-tinh", "").await.ok();
    again().await.is(303);
    there.app.run_jobs().await;
    let out = there.app.data().join("exchange/truc-tinh/out");
    let files: Vec<_> = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    let read = edxml::read(&std::fs::read(&files[0]).unwrap()[..], &Limits::default());
    let Ok(Package::Document(document)) = read else { panic!("{read:?}") };
    assert_eq!((&*document.to[0].id, document.attachments.len()), (nobody.0, 1));
    there.app.end().await;
    here.app.end().await;
}

/// The Party's own network stands beside the axis of the State: papers of either go over theirs, and each is called by its own code.
#[tokio::test]
async fn papers_of_the_party_committee_go_over_the_partys_network_and_no_other() {
    let (there, here, _, _) = two().await;
    let (paper, letter) = (Letter { number: PARTY_NUMBER, subject: "Về chuyển đổi số", ..LETTER }, LETTER);
    // The commune is known over the axis: a paper of the Party does not go there.
    issue(&there, &paper, Purpose::New, HERE).await;
    there.app.run_jobs().await;
    let page = there.clerk.get(PAGE).await;
    page.ok().shows("Văn bản của Đảng ủy chỉ đi qua mạng của Đảng");
    here.clerk.get("/lam-viec/van-ban-den").await.ok().hides("Về chuyển đổi số");
    let text = page.text();
    let action = text.split("action=\"").find(|rest| rest.contains("/gui-lai\"")).unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    let add = async |world: &World, (code, name): (&str, &str), own: &str| {
        let who = admin(world).await;
        let key = who.get(PAGE).await.field_of(PAGE, "khoa");
        let fields =
            [("khoa", key.as_str()), ("ten", name), ("ma", code), ("cach", "folder"), ("mang", "party")];
        let more = [("dia-chi", "mang-dang"), ("ma-minh", own), ("ten-minh", "Đảng ủy")];
        who.post(PAGE, &[&fields[..], &more[..]].concat()).await
    };
    add(&there, HERE, "sai mã").await.is(422).shows("ma-minh");
    add(&there, HERE, "A01.16").await.ok();
    there.clerk.get(PAGE).await.ok().shows("Mạng của Đảng");
    let key = there.clerk.get(PAGE).await.field_of(&action, "khoa");
    there.clerk.post(&action, &[("khoa", &key)]).await.is(303);
    // What is the State's goes over the axis all the same.
    issue(&there, &letter, Purpose::New, HERE).await;
    settle(&there, &here).await;
    arrived(&here, letter.subject).await;
    let out = there.app.data().join("exchange/mang-dang/out");
    let files: Vec<_> = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [file] = &files[..] else { panic!("{files:?}") };
    let bytes = std::fs::read(file).unwrap();
    let Ok(Package::Document(document)) = edxml::read(&bytes[..], &Limits::default()) else { panic!() };
    assert_eq!((&*document.from.id, &*document.from.name), ("A01.16", "Đảng ủy"));

    // An adapter of the Party's network brings it here; the answer goes back the same way, under our code there.
    add(&here, ("A01.16", "Tỉnh ủy"), HERE.0).await.ok();
    let inbox = here.app.data().join("exchange/mang-dang/in");
    std::fs::create_dir_all(&inbox).unwrap();
    std::fs::write(inbox.join("1.edxml"), &bytes).unwrap();
    here.app.clock.advance(Duration::minutes(2));
    here.app.run_jobs().await;
    arrived(&here, "Về chuyển đổi số").await;
    let back = std::fs::read_dir(here.app.data().join("exchange/mang-dang/out")).unwrap().count();
    assert_eq!(back, 1, "the word that it arrived");
    there.app.end().await;
    here.app.end().await;
}
