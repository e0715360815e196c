//! On air: a real server, a real listener. ffmpeg opens the streams as a loudspeaker does; its samples are judged.

use crate::world::{API, WORK, World, tone};
use chrono::Duration;
use platform::http::Server;
use std::process::Stdio;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};

const RATE: usize = 48_000;

/// ffmpeg at a stream, printing samples.
fn ear(server: &Server, mount: &str) -> Child {
    let address = format!("http://{}/truyen-thanh/phat/{mount}", server.address);
    let mut command = Command::new("ffmpeg");
    command.args(["-loglevel", "error", "-headers", "Host: giaphu.example\r\n", "-i", &address]);
    command.args(["-f", "s16le", "-ac", "1", "-ar", "48000", "-"]);
    command.stdout(Stdio::piped()).stdin(Stdio::null()).kill_on_drop(true);
    command.spawn().expect("ffmpeg: `cargo xtask test` installs it")
}

/// The next tenth of a second.
async fn tenth(ear: &mut Child) -> Vec<f32> {
    let mut bytes = vec![0; RATE / 10 * 2];
    ear.stdout.as_mut().unwrap().read_exact(&mut bytes).await.expect("the stream goes on");
    bytes.chunks(2).map(|two| f32::from(i16::from_le_bytes([two[0], two[1]])) / 32_768.0).collect()
}

/// Which of these tones a tenth of a second is (in hertz); 0 is silence, -1 none of them.
fn heard(samples: &[f32]) -> i32 {
    let power = |hertz: f32| {
        let turn = std::f32::consts::TAU * hertz / RATE as f32;
        let (mut re, mut im) = (0.0, 0.0);
        for (n, sample) in samples.iter().enumerate() {
            re += sample * (n as f32 * turn).cos();
            im += sample * (n as f32 * turn).sin();
        }
        (re.hypot(im)) / samples.len() as f32 * 2.0
    };
    if samples.iter().all(|sample| sample.abs() < 0.003) {
        return 0;
    }
    [440, 880, 660].into_iter().find(|hertz| power(*hertz as f32) > 0.05).unwrap_or(-1)
}

/// What is heard, each once, until the last of these has come.
async fn story(ear: &mut Child, wanted: &[i32]) -> Vec<(i32, usize)> {
    let mut told: Vec<(i32, usize)> = Vec::new();
    let listen = async {
        loop {
            let now = heard(&tenth(ear).await);
            match told.last_mut() {
                Some((last, count)) if *last == now => *count += 1,
                _ => told.push((now, 1)),
            }
            let clear: Vec<i32> =
                told.iter().filter(|(_, count)| *count > 1).map(|(tone, _)| *tone).collect();
            if clear.ends_with(wanted) {
                break;
            }
        }
    };
    let in_time = tokio::time::timeout(std::time::Duration::from_secs(60), listen).await;
    assert!(in_time.is_ok(), "{wanted:?} was not heard within a minute: {told:?}");
    told
}

#[tokio::test]
async fn programmes_follow_each_other_as_planned_in_the_villages_that_were_chosen() {
    let world = World::start().await;
    let (one, two) = (world.approved("Một", 440.0, 3.0).await, world.approved("Hai", 880.0, 3.0).await);
    world.planned(&one, "09:00:04", &[]).await.ok();
    world.planned(&two, "09:00:07", &[world.village(0)]).await.ok();
    let ctx = world.app.ctx(&world.cast.home);
    let villages = units::village_list(&ctx, ctx.today()).await.unwrap();
    let slug =
        |n: usize| villages.iter().find(|unit| unit.id == world.cast.home.villages[n]).unwrap().slug.clone();
    let server = platform::http::serve(&world.app.app).await.unwrap();
    let (mut there, mut elsewhere) =
        (ear(&server, &format!("{}.mp3", slug(0))), ear(&server, &format!("{}.opus", slug(1))));
    let (there, elsewhere) =
        tokio::join!(story(&mut there, &[0, 440, 880, 0]), story(&mut elsewhere, &[0, 440, 0]));
    // Three seconds each, and no gap between them: at most the tenth in which one becomes the other.
    let long = |story: &[(i32, usize)], tone: i32| {
        story.iter().filter(|(one, _)| *one == tone).map(|(_, count)| *count).max().unwrap()
    };
    for (story, tone) in [(&there, 440), (&there, 880), (&elsewhere, 440)] {
        assert!((28..=31).contains(&long(story, tone)), "{tone}: {story:?}");
    }
    let junction: usize = there.iter().filter(|(tone, _)| *tone == -1).map(|(_, count)| *count).sum();
    assert!(junction <= 4, "{there:?}");
    server.stop().await;
    world.app.end().await;
}

#[tokio::test]
async fn the_log_says_what_was_on_air_and_the_archive_plays_it_again() {
    let world = World::start().await;
    let one = world.approved("Tin ngắn", 440.0, 1.5).await;
    world.planned(&one, "09:00:03", &[]).await.ok();
    let server = platform::http::serve(&world.app.app).await.unwrap();
    let mut ear = ear(&server, "xa.mp3");
    story(&mut ear, &[440, 0]).await;
    // The line of the log is written in the background: the next second of the stream is time enough for it to be tried, not to be sure of it.
    let log = async {
        loop {
            let log = world.officer.get(&format!("{API}/log")).await.ok().json();
            let rows: Vec<_> =
                log.as_array().unwrap().iter().filter(|row| !row["to_at"].is_null()).cloned().collect();
            if rows.len() == 1 + world.cast.home.villages.len() {
                break rows;
            }
            tenth(&mut ear).await;
        }
    };
    let rows =
        tokio::time::timeout(std::time::Duration::from_secs(30), log).await.expect("a row for each mount");
    let lasted = |row: &serde_json::Value| {
        let at = |name: &str| row[name].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        (at("to_at") - at("from_at")).num_milliseconds()
    };
    for row in &rows {
        assert_eq!((row["title"].as_str(), row["what"].as_str()), (Some("Tin ngắn"), Some("aired")));
        assert!((1_400..=2_100).contains(&lasted(row)), "{row}");
        assert_eq!(&row["from_at"].as_str().unwrap()[..19], "2026-03-10T02:00:03", "to the second");
    }
    world
        .officer
        .get(&format!("{WORK}/nhat-ky"))
        .await
        .ok()
        .shows("Tin ngắn")
        .shows("Đã phát")
        .shows("09:00:03");
    world.officer.get(&format!("{WORK}/nhat-ky?dinh-dang=csv&lang=vi")).await.ok().shows("Tin ngắn");
    world.app.clock.advance(Duration::minutes(5));
    world
        .visitor()
        .get("/truyen-thanh")
        .await
        .ok()
        .shows("Nghe lại")
        .shows(&format!("/truyen-thanh/nghe/{one}"));
    let again = world.visitor().get(&format!("/truyen-thanh/nghe/{one}")).await;
    assert_eq!(again.ok().bytes.len(), tone(440.0, 1.5).len());
    let podcast = world.visitor().get("/truyen-thanh/podcast.xml").await;
    podcast.ok().shows("<title>Tin ngắn</title>").shows("itunes:duration").shows("audio/x-wav");
    server.stop().await;
    world.app.end().await;
}

/// A leader stops a programme while it is on air.
#[tokio::test]
async fn what_is_withdrawn_falls_silent_at_once() {
    let world = World::start().await;
    let one = world.approved("Dài", 440.0, 40.0).await;
    world.planned(&one, "09:00:01", &[]).await.ok();
    let server = platform::http::serve(&world.app.app).await.unwrap();
    let mut ear = ear(&server, "xa.mp3");
    story(&mut ear, &[440]).await;
    let path = format!("{WORK}/chuong-trinh/{one}");
    world.act(&world.leader, &path, "ngung", &[("ly-do-ngung", "Sai")]).await.is(303);
    let told = story(&mut ear, &[440, 0]).await;
    // What players hold ahead is two seconds; the station itself is silent within one.
    let sounding: usize = told.iter().filter(|(tone, _)| *tone == 440).map(|(_, count)| *count).sum();
    assert!(sounding < 60, "{told:?}");
    server.stop().await;
    world.app.end().await;
}

/// A leader's notice interrupts what is on air: siren, then the words. The jobs run by themselves, as in a running program.
#[tokio::test]
async fn an_emergency_notice_sounds_on_every_loudspeaker() {
    let world = World::start().await;
    let one = world.approved("Dài", 440.0, 50.0).await;
    world.planned(&one, "09:00:01", &[]).await.ok();
    let server = platform::http::serve(&world.app.app).await.unwrap();
    let mut ear = ear(&server, "xa.mp3");
    story(&mut ear, &[440]).await;
    let notice =
        serde_json::json!({ "title": "Lũ về", "body": "Bà con ven suối lên nhà văn hóa ngay.", "hours": 2 });
    world.keyed(&world.leader).json(http::Method::POST, "/api/v1/emergencies", &notice).await.ok();
    // The siren is none of the tones, and neither is the voice; the programme comes back when all was read three times.
    let told = story(&mut ear, &[-1]).await;
    let before: usize = told.iter().filter(|(tone, _)| *tone == 440).map(|(_, count)| *count).sum();
    assert!(before < 60, "{told:?}");
    let spoken = async {
        loop {
            let log = world.officer.get(&format!("{API}/log")).await.ok().json();
            let xa = |row: &&serde_json::Value| row["mount"] == "xa" && row["kind"] == "emergency";
            if log.as_array().unwrap().iter().filter(xa).count() >= 2 {
                break;
            }
            tenth(&mut ear).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(40), spoken).await.expect("siren, then words");
    server.stop().await;
    world.app.end().await;
}

/// The other station is away when its time comes: the log says so, and the officer learns it once.
#[tokio::test]
async fn a_relay_that_cannot_be_played_is_written_down_and_told() {
    let world = World::start().await;
    let relay = serde_json::json!({ "title": "Tiếp âm tỉnh", "kind": "relay", "origin": "province", "language": "vi", "form": "relay",
        "address": "http://127.0.0.1:9/truc-tiep.mp3" });
    let made =
        world.keyed(&world.officer).json(http::Method::POST, &format!("{API}/programmes"), &relay).await;
    let id = made.ok().json()["id"].as_str().unwrap().to_owned();
    let path = format!("{WORK}/chuong-trinh/{id}");
    world.act(&world.officer, &path, "trinh", &[]).await.is(303);
    world.act(&world.leader, &path, "duyet", &[]).await.is(303);
    let line =
        serde_json::json!({ "programme_id": id, "from_on": "2026-03-10", "at": "09:00:02", "minutes": 5 });
    world.keyed(&world.officer).json(http::Method::POST, &format!("{API}/plan"), &line).await.ok();
    let server = platform::http::serve(&world.app.app).await.unwrap();
    let mut ear = ear(&server, "xa.mp3");
    let missing = async {
        loop {
            let log = world.officer.get(&format!("{API}/log")).await.ok().json();
            if log
                .as_array()
                .unwrap()
                .iter()
                .any(|row| row["what"] == "missing" && row["title"] == "Tiếp âm tỉnh")
            {
                break;
            }
            tenth(&mut ear).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(40), missing).await.expect("it is missed");
    world.officer.get("/lam-viec/hop-thu").await.ok().shows("Truyền thanh không phát được: Tiếp âm tỉnh");
    world.officer.get(&format!("{WORK}/nhat-ky")).await.ok().shows("Không phát được");
    world.officer.get(WORK).await.ok().shows("Hôm nay có trục trặc");
    server.stop().await;
    world.app.end().await;
}

/// A tenth of a second of a tone as a browser sends it: 24 kHz, 16 bits.
fn spoken(hertz: f32, piece: usize) -> Vec<u8> {
    let sample =
        |n: usize| (((n as f32 / 24_000.0 * hertz).fract() * std::f32::consts::TAU).sin() * 8_000.0) as i16;
    (piece * 2_400..(piece + 1) * 2_400).flat_map(|n| sample(n).to_le_bytes()).collect()
}

#[tokio::test]
async fn whoever_speaks_live_is_heard_over_the_plan_and_what_was_planned_comes_back() {
    let world = World::start().await;
    let one = world.approved("Nhạc", 880.0, 40.0).await;
    world.planned(&one, "09:00:02", &[]).await.ok();
    let server = platform::http::serve(&world.app.app).await.unwrap();
    let mut ear = ear(&server, "xa.mp3");
    story(&mut ear, &[880]).await;
    let page = world.send(&world.leader, &format!("{WORK}/noi"), &[("ten", "Chủ tịch nói với bà con")]).await;
    let page = page.is(303).location();
    let sound = format!("{page}/am-thanh");
    let kind = Some("application/octet-stream");
    // No sound, and somebody else's microphone.
    world.leader.send(http::Method::POST, &sound, kind, vec![1]).await.is(422);
    world.officer.send(http::Method::POST, &sound, kind, spoken(660.0, 0)).await.is(404);
    let speak = async {
        let mut beat = tokio::time::interval(std::time::Duration::from_millis(100));
        for piece in 0.. {
            beat.tick().await; // a microphone gives no more than time passes
            world.leader.send(http::Method::POST, &sound, kind, spoken(660.0, piece)).await.is(204);
        }
    };
    tokio::select! {
        () = speak => {}
        _ = story(&mut ear, &[660]) => {}
    }
    world.send(&world.leader, &format!("{page}/dung"), &[]).await.is(303);
    story(&mut ear, &[660, 880]).await;
    world.leader.send(http::Method::POST, &sound, kind, spoken(660.0, 0)).await.is(409);
    let logged = async {
        loop {
            let log = world.officer.get(&format!("{API}/log")).await.ok().text();
            if log.contains("Chủ tịch nói với bà con") {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), logged).await.expect("it stands in the log");
    server.stop().await;
    world.app.end().await;
}
