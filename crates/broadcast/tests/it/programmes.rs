//! A programme on its way from the writer to the leader.

use crate::world::{API, WORK, World, tone};
use http::Method;
use platform::Lang;
use serde_json::json;
use testkit::in_both_languages;

#[tokio::test]
async fn a_recording_is_heard_measured_submitted_and_approved() {
    let world = World::start().await;
    world.officer.get(WORK).await.ok().shows("Thêm chương trình");
    let path = world.upload("Bản tin sáng", "ban-tin.wav", &tone(440.0, 2.0)).await.is(303).location();
    // A tone at -20 dB on one channel is -20 LUFS; all programmes are brought to -16.
    world.officer.get(&path).await.ok().shows("0:02").shows("LUFS").shows("Trình duyệt");
    let one = world.programme(&path).await;
    assert_eq!((one["ready"].as_str(), one["milliseconds"].as_i64()), (Some("ready"), Some(2_000)));
    let heard = world.officer.get(&format!("{path}/nghe")).await;
    assert_eq!(heard.ok().header("content-type"), "audio/x-wav");
    world.act(&world.officer, &path, "trinh", &[]).await.is(303);
    world.leader.get("/lam-viec").await.ok().shows("1 chương trình truyền thanh chờ duyệt");
    world.leader.get("/lam-viec/hop-thu").await.ok().shows("Bản tin sáng");
    // Whoever writes does not approve.
    world.act(&world.officer, &path, "duyet", &[]).await.is(403);
    world.act(&world.leader, &path, "tra-lai", &[("ly-do", "")]).await.is(422).shows("Hãy ghi lý do");
    world.act(&world.leader, &path, "tra-lai", &[("ly-do", "Nói nhỏ quá")]).await.is(303);
    world.officer.get(&path).await.ok().shows("Nói nhỏ quá").shows("Trả lại");
    world.act(&world.officer, &path, "trinh", &[]).await.is(303);
    world.act(&world.leader, &path, "duyet", &[]).await.is(303);
    world.officer.get(&path).await.ok().shows("Đã duyệt").shows("Duyệt lúc");
    let late = [
        ("ten", "Khác"),
        ("loai", "news"),
        ("nguon", "commune"),
        ("tieng", "vi"),
        ("cach", "text"),
        ("phien-ban", "5"),
        ("noi-dung", "Lời"),
    ];
    world.send(&world.officer, &format!("{path}/sua"), &late).await.is(409);
    world.act(&world.leader, &path, "ngung", &[("ly-do-ngung", "Tin đã cũ")]).await.is(303);
    assert_eq!(world.programme(&path).await["state"], "withdrawn");
    world.app.end().await;
}

/// The voice is espeak-ng itself.
#[tokio::test]
async fn words_are_read_aloud_before_they_can_be_approved() {
    let world = World::start().await;
    let words = json!({ "title": "Thông báo tiêm phòng", "kind": "notice", "origin": "commune", "language": "vi",
        "form": "text", "words": "Sáng 12/3 xã tiêm phòng cho trâu bò. Bà con chuẩn bị." });
    let made = world
        .keyed(&world.officer)
        .json(Method::POST, &format!("{API}/programmes"), &words)
        .await
        .ok()
        .json();
    let path = format!("{WORK}/chuong-trinh/{}", made["id"].as_str().unwrap());
    world.officer.get(&path).await.ok().shows("Đang chuẩn bị âm thanh");
    world.act(&world.officer, &path, "trinh", &[]).await.is(422).shows("Âm thanh đang được chuẩn bị");
    world.app.run_jobs().await;
    let one = world.programme(&path).await;
    assert_eq!(one["ready"], "ready", "{one}");
    assert!((2_000..20_000).contains(&one["milliseconds"].as_i64().unwrap()), "{one}");
    let heard = world.officer.get(&format!("{path}/nghe")).await;
    assert_eq!(heard.ok().header("content-type"), "audio/mpeg");
    // Written otherwise it is read anew.
    let typed = [
        ("ten", "Thông báo tiêm phòng"),
        ("loai", "notice"),
        ("nguon", "commune"),
        ("tieng", "vi"),
        ("cach", "text"),
        ("noi-dung", "Hoãn tiêm."),
    ];
    let revision = one["revision"].to_string();
    let mut fields = vec![("phien-ban", revision.as_str())];
    fields.extend(typed);
    world.send(&world.officer, &format!("{path}/sua"), &fields).await.is(303);
    assert_eq!(world.programme(&path).await["ready"], "waiting");
    world.app.run_jobs().await;
    let again = world.programme(&path).await;
    assert!(again["milliseconds"].as_i64() < one["milliseconds"].as_i64(), "{again}");
    world.act(&world.officer, &path, "trinh", &[]).await.is(303);
    // Another commune has nothing of it.
    let away = world.app.sign_in(&world.cast.other, "radio_officer").await.header("host", "bencanh.example");
    away.get(&path).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn without_a_voice_words_say_so_and_recordings_still_go() {
    let (app, cast) =
        testkit::TestApp::start_with(|config| config.voice = Some(vec!["no-such-voice".into()])).await;
    let world = World {
        officer: app.sign_in(&cast.home, "radio_officer").await,
        leader: app.sign_in(&cast.home, "vice_chairman").await,
        app,
        cast,
    };
    let words = json!({ "title": "Tin", "kind": "news", "origin": "commune", "language": "vi", "form": "text", "words": "Lời" });
    let made = world
        .keyed(&world.officer)
        .json(Method::POST, &format!("{API}/programmes"), &words)
        .await
        .ok()
        .json();
    world.app.run_jobs().await;
    let path = format!("{WORK}/chuong-trinh/{}", made["id"].as_str().unwrap());
    world.officer.get(&path).await.ok().shows("Máy chủ chưa có giọng đọc");
    world.act(&world.officer, &path, "trinh", &[]).await.is(422);
    world.upload("Tin", "tin.wav", &tone(440.0, 1.0)).await.is(303);
    world.app.end().await;
}

#[tokio::test]
async fn lists_pages_and_files_speak_both_languages() {
    let world = World::start().await;
    let id = world.approved("Bản tin sáng", 440.0, 1.0).await;
    in_both_languages(async |lang: Lang| {
        let vi = lang == Lang::Vi;
        let code = lang.code();
        let shown = if vi { "Đã duyệt" } else { "Approved" };
        world
            .officer
            .get(&format!("{WORK}/chuong-trinh?lang={code}"))
            .await
            .ok()
            .shows("Bản tin sáng")
            .shows(shown);
        world.officer.get(&format!("{WORK}/chuong-trinh/{id}?lang={code}")).await.ok().shows(shown);
        let form = if vi { "Cách làm" } else { "How it is made" };
        world.officer.get(&format!("{WORK}/chuong-trinh/moi?lang={code}")).await.ok().shows(form);
        let plan = if vi { "Lịch phát sóng" } else { "Radio plan" };
        world.officer.get(&format!("{WORK}/lich?lang={code}")).await.ok().shows(plan);
        let log = if vi { "Nhật ký phát sóng" } else { "Log" };
        world.officer.get(&format!("{WORK}/nhat-ky?lang={code}")).await.ok().shows(log);
        let listen = if vi { "Nghe trực tiếp" } else { "Live" };
        world.visitor().get(&format!("/truyen-thanh?lang={code}")).await.ok().shows(listen);
    })
    .await;
    let sheet = world.officer.get(&format!("{WORK}/chuong-trinh?dinh-dang=csv&lang=vi")).await;
    sheet.ok().shows("Bản tin sáng").shows("Thời sự, tin xã");
    world.app.end().await;
}

/// Written once, an article becomes a programme as well.
#[tokio::test]
async fn an_article_becomes_a_programme() {
    let world = World::start().await;
    let editor = world.app.sign_in(&world.cast.home, "editor").await;
    let article = json!({ "section": "tin-hoat-dong", "title": "Lịch cắt điện", "summary": "Sáng thứ bảy.", "body": "Từ **7 giờ**." });
    let article = world.keyed(&editor).json(Method::POST, "/api/v1/articles", &article).await.ok().json();
    let id = article["id"].as_str().unwrap();
    let script = editor.get(&format!("/lam-viec/tin-tuc/{id}/loi-doc")).await;
    script.ok().shows("Đưa lên truyền thanh");
    script.shows(&format!("bai={id}"));
    let form = format!("{WORK}/chuong-trinh/moi?tu=news&bai={id}");
    world.officer.get(&form).await.ok().shows("Lịch cắt điện").shows("Từ 7 giờ.");
    world.officer.get(&format!("{WORK}/chuong-trinh/moi?tu=news&bai={}", world.fresh())).await.is(404);
    world.officer.get(&format!("{WORK}/chuong-trinh/moi?tu=secrets&bai={id}")).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn what_a_program_sends_twice_is_done_once() {
    let world = World::start().await;
    let words = json!({ "title": "Tin", "kind": "news", "origin": "commune", "language": "vi", "form": "text", "words": "Lời" });
    let program = world.keyed(&world.officer);
    let first = program.json(Method::POST, &format!("{API}/programmes"), &words).await.ok().json();
    let again = program.json(Method::POST, &format!("{API}/programmes"), &words).await.ok().json();
    assert_eq!(first["id"], again["id"]);
    world
        .officer
        .json(Method::POST, &format!("{API}/programmes"), &words)
        .await
        .is(422)
        .shows("Idempotency-Key");
    world.app.end().await;
}
