//! Loudspeakers: real devices' protocols against the broker within the program. Debian's mosquitto clients stand for devices of other makers.

use crate::device::{Device, LOA, added, set_up, until, world};
use crate::world::{WORK, World};
use chrono::Duration;
use http::Method;
use onair::clip::{self, ClipFault};
use serde_json::{Value, json};
use speakerlink::{Ack, How, Order, Outcome, Plan, Played, Settings, Topic};

#[tokio::test]
async fn a_loudspeaker_is_heard_of_set_and_tested_and_its_silence_is_told() {
    let (world, server) = world().await;
    let id = added(&world, "Loa nhà văn hóa", 0).await;
    world.shows(&id, "Chưa nối máy").await;
    let set_up = set_up(&world, &id).await;
    let mut device = Device::begin(&set_up).await;
    let settings: Settings = device.next(Topic::Settings).await;
    assert_eq!((settings.on, settings.volume, settings.muted), (true, 70, false));
    device.status(world.app.clock.now().timestamp_micros()).await;
    world.shows(&id, "Đang hoạt động").await;
    for words in ["-71 dBm", "41,5 °C", "thu 1.0", "12 ms"] {
        assert!(world.page_of(&id).await.text().contains(words), "{words}");
    }

    // Set from the page; the device has it, and a later device is told the same.
    let revision = world.revision_of(&id).await;
    let typed =
        [("phien-ban", revision.as_str()), ("am-luong", "35"), ("am-luong-khan", "90"), ("tat-tieng", "1")];
    world.send(&world.officer, &format!("{LOA}/{id}/dat"), &typed).await.is(303);
    let settings: Settings = device.next(Topic::Settings).await;
    assert_eq!((settings.revision, settings.on, settings.volume, settings.muted), (2, false, 35, true));
    let wrong = [("phien-ban", revision.as_str()), ("am-luong", "35"), ("am-luong-khan", "90")];
    world.send(&world.officer, &format!("{LOA}/{id}/dat"), &wrong).await.is(409);
    let revision = world.revision_of(&id).await;
    let wrong = [("phien-ban", revision.as_str()), ("am-luong", "135"), ("am-luong-khan", "90")];
    let page = world.send(&world.officer, &format!("{LOA}/{id}/dat"), &wrong).await;
    assert!(page.is(422).text().contains("từ 0 đến 100"));

    // Told to sound; what became of it is seen.
    world.send(&world.officer, &format!("{LOA}/{id}/lenh"), &[("lenh", "test_tone")]).await.is(303);
    let command = device.order().await;
    assert!(matches!(command.order, Order::TestTone { seconds: 1..=10 }));
    world.shows(&id, "chưa thấy loa trả lời").await;
    let ack = Ack { id: command.id, at: command.at, outcome: Outcome::Done };
    device.say(Topic::Ack, speakerlink::write(&ack)).await;
    world.shows(&id, "Loa đã làm").await;

    // Two minutes without a word.
    world.app.clock.advance(Duration::seconds(125));
    world.shows(&id, "Mất liên lạc").await;
    let told = async || {
        world
            .officer
            .get("/lam-viec/hop-thu")
            .await
            .ok()
            .text()
            .contains("Loa nhà văn hóa mất liên lạc")
            .then_some(())
    };
    until("the officer is told", told).await;
    device.status(world.app.clock.now().timestamp_micros()).await;
    world.shows(&id, "Liên lạc lại").await;
    let list = world.officer.get(LOA).await.ok().text();
    assert!(list.contains("Loa nhà văn hóa"));
    server.stop().await;
    world.app.end().await;
}

#[tokio::test]
async fn a_wrong_token_opens_nothing_and_a_device_has_its_own_topics_only() {
    let (world, server) = world().await;
    let (one, two) = (added(&world, "Loa một", 0).await, added(&world, "Loa hai", 1).await);
    let (first, second) = (set_up(&world, &one).await, set_up(&world, &two).await);
    assert!(Device::connect(&first, "sai").await.is_err());
    assert!(Device::connect(&first, &second.token).await.is_err(), "another device's token");
    for (path, token) in [("phat.mp3", "sai"), ("ke-hoach", second.token.as_str()), ("gio", "")] {
        world.fetch(&first, token, &format!("/truyen-thanh/loa/{one}/{path}")).await.is(401);
    }

    // Debian's own client, as a device of another maker: it may tell its own status, and not that of another.
    let port = first.mqtt.rsplit(':').next().unwrap().to_owned();
    let publish = async |topic: String, message: String| {
        let arguments = [
            "-h",
            "127.0.0.1",
            "-p",
            &port,
            "-V",
            "311",
            "-i",
            &first.id,
            "-u",
            &first.id,
            "-P",
            &first.token,
            "-q",
            "1",
            "-t",
            &topic,
            "-m",
            &message,
        ];
        let mut command = tokio::process::Command::new("mosquitto_pub");
        command.args(arguments).status().await.expect("mosquitto_pub: `cargo xtask test` installs it")
    };
    let status = r#"{"at":0,"mode":"silent","volume":5,"muted":false,"on":true,"firmware":"hang khac"}"#;
    publish(Topic::Status.of(&two), status.to_owned()).await;
    assert!(publish(Topic::Status.of(&one), status.to_owned()).await.success());
    world.shows(&one, "hang khac").await;
    assert!(world.page_of(&two).await.text().contains("Chưa nối máy"), "nobody speaks for another");
    assert!(publish(Topic::Status.of(&one), "không phải JSON".to_owned()).await.success());

    // The token was seen by somebody: a new one, and whoever is on the line with the old one is off it.
    let device = Device::begin(&first).await;
    let revision = world.revision_of(&one).await;
    world.send(&world.officer, &format!("{LOA}/{one}/ma"), &[("phien-ban", &revision)]).await.is(303);
    until("the device is put off the line", async || (!device.client.is_connected().await).then_some(()))
        .await;
    assert!(Device::connect(&first, &first.token).await.is_err());
    let renewed = set_up(&world, &one).await;
    Device::connect(&renewed, &renewed.token).await.unwrap();

    // Out of service: nothing opens any more, and the history stays.
    let revision = world.revision_of(&two).await;
    let typed = [("phien-ban", revision.as_str()), ("ly-do", "")];
    world.send(&world.officer, &format!("{LOA}/{two}/thoi"), &typed).await.is(422);
    let typed = [("phien-ban", revision.as_str()), ("ly-do", "Hỏng nặng, đã tháo")];
    world.send(&world.officer, &format!("{LOA}/{two}/thoi"), &typed).await.is(303);
    assert!(Device::connect(&second, &second.token).await.is_err());
    assert!(world.page_of(&two).await.text().contains("Hỏng nặng, đã tháo"));
    server.stop().await;
    world.app.end().await;
}

#[tokio::test]
async fn what_a_device_keeps_is_signed_for_its_village_and_its_time() {
    let (world, server) = world().await;
    let id = added(&world, "Loa đầu thôn", 0).await;
    let set_up = set_up(&world, &id).await;
    let (here, there) =
        (world.approved("Ở đây", 440.0, 2.0).await, world.approved("Ở kia", 880.0, 2.0).await);
    world.planned(&here, "17:00", &[]).await.ok();
    world.planned(&there, "17:30", &[world.village(1)]).await.ok();
    world.app.run_jobs().await; // the sound is made ready for devices
    let path = |rest: &str| format!("/truyen-thanh/loa/{id}/{rest}");
    let answer = world.fetch(&set_up, &set_up.token, &path("ke-hoach")).await;
    let plan: Plan = serde_json::from_value(answer.ok().json()).unwrap();
    assert_eq!(plan.village, world.village(0));
    let [kept] = &plan.clips[..] else { panic!("only what is heard here: {plan:?}") };
    let answer = world.fetch(&set_up, &set_up.token, &path(&format!("am-thanh/{}", kept.audio))).await;
    let audio = answer.ok().bytes.clone();
    assert_eq!(audio.len() as u64, kept.size);
    let whole = [hex::decode(&kept.head).unwrap(), audio].concat();
    let at = onair::Moment::from_micros;
    assert!(clip::play(&whole, &set_up.key, &plan.village, at(kept.from)).is_ok());
    assert_eq!(clip::play(&whole, &set_up.key, &plan.village, at(kept.to)), Err(ClipFault::Expired));
    assert_eq!(clip::play(&whole, &set_up.key, &world.village(1), at(kept.from)), Err(ClipFault::Elsewhere));
    let mut altered = whole.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert!(clip::play(&altered, &set_up.key, &plan.village, at(kept.from)).is_err());

    // Taken off the air, it is on no plan any more.
    world
        .act(&world.officer, &format!("{WORK}/chuong-trinh/{here}"), "ngung", &[("ly-do-ngung", "Sai tin")])
        .await
        .is(303);
    let plan: Plan =
        serde_json::from_value(world.fetch(&set_up, &set_up.token, &path("ke-hoach")).await.ok().json())
            .unwrap();
    assert!(plan.clips.is_empty());
    server.stop().await;
    world.app.end().await;
}

#[tokio::test]
async fn an_emergency_is_told_to_the_devices_of_the_chosen_villages_and_their_answers_are_seen() {
    let (world, server) = world().await;
    let (one, two) = (added(&world, "Loa suối", 0).await, added(&world, "Loa đồi", 1).await);
    let (first, second) = (set_up(&world, &one).await, set_up(&world, &two).await);
    let (mut here, mut there) = (Device::begin(&first).await, Device::begin(&second).await);
    for device in [&here, &there] {
        device.status(world.app.clock.now().timestamp_micros()).await;
    }
    let notice = json!({
        "title": "Lũ về", "body": "Rời nhà ven suối ngay.", "hours": 2, "village_ids": [world.village(0)], "drill": true
    });
    let sent =
        world.keyed(&world.leader).json(Method::POST, "/api/v1/emergencies", &notice).await.ok().json();
    world.app.run_jobs().await; // events
    let command = here.order().await;
    assert!(matches!(command.order, Order::Alarm { until } if until > command.at));
    let ack = Ack { id: command.id, at: command.at, outcome: Outcome::Done };
    here.say(Topic::Ack, speakerlink::write(&ack)).await;
    let page = format!("/lam-viec/thong-bao-khan/{}", sent["id"].as_str().unwrap());
    let seen = async || {
        let text = world.leader.get(&page).await.ok().text();
        (text.contains("1 trên 1 cụm loa") && text.contains("Loa suối") && !text.contains("Loa đồi"))
            .then_some(text)
    };
    let text = until("the answer is seen on the page of the notice", seen).await;
    assert!(text.contains("Diễn tập"), "an exercise says so");
    // The other village was told nothing: the next thing that its device hears is the test below.
    world.send(&world.officer, &format!("{LOA}/{two}/lenh"), &[("lenh", "report")]).await.is(303);
    assert_eq!(there.order().await.order, Order::Report);
    server.stop().await;
    world.app.end().await;
}

#[tokio::test]
async fn what_was_played_is_kept_once() {
    let (world, server) = world().await;
    let id = added(&world, "Loa chợ", 0).await;
    let device = Device::begin(&set_up(&world, &id).await).await;
    let now = world.app.clock.now().timestamp_micros();
    let played =
        |id: &str, from: i64, to: i64| Played { id: id.into(), from, to, how: How::Stream, clip: None };
    for one in
        [played("a", now - 90_000_000, now), played("a", now - 90_000_000, now), played("b", now, now - 5)]
    {
        device.say(Topic::Played, speakerlink::write(&one)).await;
    }
    device.status(now).await;
    world.shows(&id, "Đang hoạt động").await;
    let ctx = world.app.ctx(&world.cast.home);
    let rows: Vec<Value> = platform::sql("SELECT played FROM broadcast_played WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND speaker_id = ")
        .arg(id.parse::<platform::Uuid>().unwrap())
        .column::<String>(&world.app.app.db)
        .await
        .unwrap()
        .into_iter()
        .map(Value::from)
        .collect();
    assert_eq!(rows, [json!("a")]);
    server.stop().await;
    world.app.end().await;
}

#[tokio::test]
async fn a_cluster_is_written_down_and_what_is_wrong_is_told_at_its_field() {
    let world = World::start().await;
    let typed = [
        ("ten", ""),
        ("thon", ""),
        ("loai", "vendor"),
        ("so-loa", "0"),
        ("vi-do", "bắc"),
        ("kinh-do", ""),
        ("tu-ngay", "01/01/2030"),
    ];
    let page = world.send(&world.officer, &format!("{LOA}/moi"), &typed).await;
    page.is(422);
    for words in
        ["Hãy ghi tên cụm loa.", "Hãy ghi mã của cụm loa", "một số từ 1 đến 50", "không được ở sau hôm nay"]
    {
        assert!(page.text().contains(words), "{words}");
    }
    let typed = [
        ("ten", "Loa của hãng"),
        ("thon", &world.village(1)),
        ("loai", "vendor"),
        ("so-loa", "4"),
        ("ma-hang", "ICS-04"),
    ];
    let path = world.send(&world.officer, &format!("{LOA}/moi"), &typed).await.is(303).location();
    let page = world.officer.get(&path).await.ok().text();
    assert!(page.contains("ICS-04") && page.contains("Không tự báo được") && !page.contains("speaker.toml"));
    world.officer.get(&format!("{path}/speaker.toml")).await.is(404);
    world.send(&world.officer, &format!("{path}/lenh"), &[("lenh", "test_tone")]).await.is(409);
    world.send(&world.leader, &format!("{path}/lenh"), &[("lenh", "test_tone")]).await.is(403);
    world.app.end().await;
}
