//! A crowd at the sign-in form.

use crate::report::{Report, row};
use identity::{NewAccount, account_insert, hash_password};
use platform::{App, Ctx, Uuid};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use testkit::Client;

const PASSWORD: &str = "ruộng bậc thang mùa nước đổ";
const CLIENTS: usize = 64;
const TIME: Duration = Duration::from_secs(8);

pub async fn measure(report: &mut Report) {
    let folder = crate::place::folder();
    let app = crate::place::open(folder.path(), None).await;
    let commune = demo::write::write(&app).await.expect("the demo");
    accounts(&app, commune).await;
    let door = Arc::new(Client::of(&app));
    let before = resident();
    let (done, refused) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let highest = Arc::new(AtomicUsize::new(before));
    let begin = Instant::now();
    let crowd = (0..CLIENTS).map(|n| {
        let (door, done, refused, highest) = (door.clone(), done.clone(), refused.clone(), highest.clone());
        tokio::spawn(async move {
            while begin.elapsed() < TIME {
                let client = door.another();
                let form = [("ten-dang-nhap", format!("thu.{n}")), ("mat-khau", PASSWORD.to_owned())];
                let fields: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
                let answer = client.post("/dang-nhap", &fields).await;
                match answer.status.as_u16() {
                    303 => done.fetch_add(1, Ordering::Relaxed),
                    503 => refused.fetch_add(1, Ordering::Relaxed),
                    other => panic!("{other}: {}", answer.text()),
                };
                highest.fetch_max(resident(), Ordering::Relaxed);
            }
        })
    });
    for one in crowd.collect::<Vec<_>>() {
        one.await.expect("a client");
    }
    let seconds = begin.elapsed().as_secs_f64();
    let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
    report.heading("Sign-in");
    report.table(&[
        row(["what", "measured", "to beat"]),
        row([
            "password sign-ins (argon2id, 19 MiB, 2 passes; each a session row and an audit entry), 64 clients",
            &format!("{:.0}/s", done_per_second(count(&done), seconds)),
            "40/s",
        ]),
        row(["of them asked to wait", &count(&refused).to_string(), "–"]),
        row([
            "memory above the same program at rest, at the worst moment",
            &format!("{} MB", (count(&highest).saturating_sub(before)) / 1024),
            "bounded",
        ]),
    ]);
    app.db.close().await;
}

#[allow(clippy::cast_precision_loss, reason = "some thousands")]
fn done_per_second(done: usize, seconds: f64) -> f64 {
    done as f64 / seconds
}

async fn accounts(app: &App, commune: Uuid) {
    let ctx = Ctx::system(app, commune, "bench");
    let hash = hash_password(&ctx, PASSWORD, "thu").await.expect("a hash");
    let tx = ctx.begin().await.expect("a transaction");
    for n in 0..CLIENTS {
        let new = NewAccount {
            login: format!("thu.{n}"),
            display_name: "Người thử".into(),
            ..NewAccount::default()
        };
        account_insert(&ctx, &tx, new, Some(&hash)).await.expect("an account");
    }
    tx.commit().await.expect("they stand");
}

/// KB of this process in memory.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/status").expect("a process");
    let line = text.lines().find(|line| line.starts_with("VmRSS")).expect("a field");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).expect("a number")
}
