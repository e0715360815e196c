//! What is sent wrong gets a word at its place, and nothing is kept.

use crate::world::{API, WORK, World, tone};
use http::Method;
use serde_json::json;

#[tokio::test]
async fn files_that_are_no_audio_are_named_with_the_reason() {
    let world = World::start().await;
    let silent: Vec<u8> =
        tone(440.0, 1.0).into_iter().enumerate().map(|(n, byte)| if n < 44 { byte } else { 0 }).collect();
    let broken: Vec<u8> = [b"ID3\x04\0\0\0\0\0\0".as_slice(), &[0x55; 4_000]].concat();
    for (name, bytes, told) in [
        ("ban.txt", b"Xin chao ba con".to_vec(), "Loại tệp"),
        ("hong.mp3", broken, "không phải âm thanh"),
        ("im.wav", silent, "không có tiếng"),
        ("rong.wav", Vec::new(), "Hãy thu hoặc chọn tệp âm thanh"),
    ] {
        world.upload("Thử", name, &bytes).await.is(422).shows(told);
    }
    let all = world.officer.get(&format!("{API}/programmes")).await.ok().json();
    assert_eq!(all, json!([]), "nothing was kept");
    // A recording that breaks off is kept, with a word.
    let whole = tone(440.0, 4.0);
    let path = world.upload("Đứt", "dut.wav", &whole[..whole.len() / 2]).await.is(303).location();
    world.officer.get(&path).await.ok().shows("Tệp bị đứt trước khi hết");
    world.app.end().await;
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_member() {
    let world = World::start().await;
    let good = json!({ "title": "Tin", "kind": "news", "origin": "commune", "language": "vi", "form": "text", "words": "Lời" });
    let long = "a ".repeat(50_000);
    for (member, value) in [
        ("title", json!("")),
        ("kind", json!("gossip")),
        ("origin", json!("district")),
        ("language", json!("xx")),
        ("form", json!("sound")),
        ("words", json!("1 2 3")),
        ("words", json!(long)),
    ] {
        let mut wrong = good.clone();
        wrong[member] = value;
        world
            .keyed(&world.officer)
            .json(Method::POST, &format!("{API}/programmes"), &wrong)
            .await
            .is(422)
            .shows(member);
    }
    let relay =
        json!({ "title": "Tin", "kind": "relay", "origin": "province", "language": "vi", "form": "relay" });
    for address in ["", "ftp://a.example/b", "tinh.example"] {
        let mut wrong = relay.clone();
        wrong["address"] = json!(address);
        world
            .keyed(&world.officer)
            .json(Method::POST, &format!("{API}/programmes"), &wrong)
            .await
            .is(422)
            .shows("address");
    }
    world.visitor().get("/truyen-thanh/phat/khong-co.mp3").await.is(404);
    world.visitor().get("/truyen-thanh/phat/xa.wav").await.is(404);
    world.visitor().get("/truyen-thanh/nghe/00000000-0000-0000-0000-000000000007").await.is(404);
    world.visitor().get(WORK).await.is(303);
    world.app.end().await;
}
