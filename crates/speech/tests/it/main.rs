//! The dictionary and the voice over HTTP, as those who write what is read aloud meet them.

use http::Method;
use platform::Lang;
use serde_json::json;
use testkit::{Answer, Client, TestApp, in_both_languages};

const PATH: &str = "/lam-viec/cach-doc";

async fn keep(who: &Client, written: &str, said: &str) -> Answer {
    let key = who.get(PATH).await.ok().field_of(PATH, "khoa");
    who.post(PATH, &[("khoa", key.as_str()), ("tu", written), ("doc-la", said)]).await
}

#[tokio::test]
async fn words_of_the_commune_are_kept_said_and_removed() {
    let (app, cast) = TestApp::start().await;
    let editor = app.sign_in(&cast.home, "editor").await;
    editor.get(PATH).await.ok().shows("Chưa có từ nào của xã").shows("Ủy ban nhân dân");
    let tried = format!("{PATH}?thu=NHCSXH%20h%E1%BB%8Dp%207h30");
    editor.get(&tried).await.ok().shows("nờ hát xê ét ích hát họp bảy giờ ba mươi phút");
    keep(&editor, "NHCSXH", "ngân hàng chính sách xã hội").await.is(303).leads_to(PATH);
    keep(&editor, "NHCSXH", "Ngân hàng Chính sách xã hội").await.is(303);
    editor.get(&tried).await.ok().shows("Ngân hàng Chính sách xã hội họp");
    let page = editor.get(PATH).await;
    let id = page.text().split("/lam-viec/cach-doc/").nth(1).unwrap()[..36].to_owned();
    // Another commune says it in its own way.
    let away = app.sign_in(&cast.other, "editor").await.header("host", "bencanh.example");
    away.get(&tried).await.ok().hides("Ngân hàng Chính sách");
    let remove = format!("{PATH}/{id}/bo");
    away.post(&remove, &[("khoa", &page.field_of(&remove, "khoa"))]).await.is(404);
    editor.post(&remove, &[("khoa", &page.field_of(&remove, "khoa"))]).await.is(303);
    editor.get(&tried).await.ok().hides("Ngân hàng Chính sách");
    app.end().await;
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_who_may_not() {
    let (app, cast) = TestApp::start().await;
    let clerk = app.sign_in(&cast.home, "clerk").await;
    let long = "a".repeat(201);
    for (written, said, told) in [
        ("", "một", "Hãy ghi từ như trong bài"),
        ("NHNN", "", "Hãy ghi cách đọc"),
        ("NHNN", "ngân hàng 1", "không dùng chữ số"),
        ("NHNN", &long, "200"),
    ] {
        keep(&clerk, written, said).await.is(422).shows(told);
    }
    app.sign_in(&cast.home, "onestop_officer").await.get(PATH).await.is(403);
    app.end().await;
}

#[tokio::test]
async fn a_program_keeps_words_and_asks_how_a_text_is_said() {
    let (app, cast) = TestApp::start().await;
    let clerk = app.sign_in(&cast.home, "clerk").await;
    let api = "/api/v1/speech";
    let word = json!({ "written": "NHNN", "said": "Ngân hàng Nhà nước" });
    for _ in 0..2 {
        clerk.json(Method::POST, &format!("{api}/words"), &word).await.ok();
    }
    assert_eq!(clerk.get(&format!("{api}/words")).await.ok().json(), json!([word]));
    let wrong = json!({ "written": "NHNN", "said": "" });
    clerk.json(Method::POST, &format!("{api}/words"), &wrong).await.is(422).shows("said");
    let said = clerk.json(Method::POST, &format!("{api}/say"), &json!({ "text": "NHNN, 2/6 hộ" })).await;
    assert_eq!(said.ok().json()["text"], "Ngân hàng Nhà nước, hai trên sáu hộ");
    app.end().await;
}

/// espeak-ng itself; what it prints is joined and pressed to MP3.
#[tokio::test]
async fn a_sentence_is_heard_at_once() {
    let (app, cast) = TestApp::start().await;
    let editor = app.sign_in(&cast.home, "editor").await;
    let heard = editor.get(&format!("{PATH}/nghe?thu=Xin%20ch%C3%A0o%20b%C3%A0%20con")).await;
    assert_eq!(heard.ok().header("content-type"), "audio/mpeg");
    // A frame of MPEG audio, and something like two seconds at 48 kbit/s.
    assert!(heard.bytes[0] == 0xff && heard.bytes[1] & 0xe0 == 0xe0, "{:?}", &heard.bytes[..4]);
    assert!((4_000..40_000).contains(&heard.bytes.len()), "{}", heard.bytes.len());
    editor.get(&format!("{PATH}/nghe?thu=")).await.is(404);
    app.end().await;
}

#[tokio::test]
async fn without_a_voice_the_page_says_what_to_install() {
    let (app, cast) = TestApp::start_with(|config| config.voice = Some(vec!["no-such-voice".into()])).await;
    let editor = app.sign_in(&cast.home, "editor").await;
    editor
        .get(PATH)
        .await
        .ok()
        .shows("chưa có giọng đọc")
        .shows("no-such-voice")
        .shows("apt install espeak-ng");
    editor.get(&format!("{PATH}/nghe?thu=a")).await.is(404);
    in_both_languages(async |lang: Lang| {
        let word = if lang == Lang::Vi { "Thử nghe" } else { "Try it" };
        editor.get(&format!("{PATH}?thu=a&lang={}", lang.code())).await.ok().shows(word);
    })
    .await;
    app.end().await;
}
