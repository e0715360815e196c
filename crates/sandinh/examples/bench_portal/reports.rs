//! The lifecycle of a report among a million others, in waves: sent from a phone, taken on, answered, found.

use crate::Wish;
use crate::measure::people;
use crate::report::{Report, median, number, p95, peak, row, words};
use chrono::{DateTime, Duration as Days, Utc};
use platform::clock::local_date;
use platform::db::insert_many;
use platform::{App, Ctx, Uuid, sql};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use testkit::{Answer, Client};

/// Lifecycles a second, as in the measurements of the one-stop.
const WAVES: [u32; 7] = [1, 15, 1, 25, 2, 35, 10];
/// Who works at once when the most is looked for.
const WORKERS: usize = 16;
/// Each may send a dozen an hour.
const RESIDENTS: usize = 300;
const BATCH: usize = 2_000;

struct World {
    app: App,
    commune: Uuid,
    officer: Client,
    residents: Vec<Client>,
    villages: Vec<Uuid>,
    sent: AtomicUsize,
}

pub async fn measure(wish: &Wish, report: &mut Report) {
    let folder = crate::place::folder();
    let app = crate::place::open(folder.path(), None).await;
    let commune = demo::write::write(&app).await.expect("the demo");
    let world = Arc::new(world(app, commune).await);
    fill(&world, wish.reports).await;
    report.heading(&format!("Reports of residents among {} others", number(wish.reports)));
    report.line(&format!(
        "A lifecycle is five requests: sent signed in, taken on, shown, answered, and found at the head of the public list. Each wave lasts {} s; median \
         (95 % within).",
        wish.seconds
    ));
    report.line("");
    let head = [
        "lifecycles/s",
        "done",
        "errors",
        "send",
        "take on and show",
        "answer",
        "search",
        "all five (of 100 ms)",
    ];
    let mut table = vec![row(head)];
    let time = Duration::from_secs(wish.seconds);
    for rate in WAVES {
        table.push(line(&rate.to_string(), &wave(&world, rate, time).await));
    }
    let begin = Instant::now();
    let done = most(&world, time).await;
    let right = done.iter().filter(|one| one.is_ok()).count();
    let title =
        format!("**{:.1}** sustained, {WORKERS} at once", right as f64 / begin.elapsed().as_secs_f64());
    table.push(line(&title, &done));
    report.table(&table);
    report.line("");
    report.line(&format!("Memory of the whole process at the worst moment so far (VmHWM): {}.", peak()));
    world.app.db.close().await;
}

async fn world(app: App, commune: Uuid) -> World {
    let ctx = Ctx::system(&app, commune, "bench");
    let villages = units::village_list(&ctx, ctx.today()).await.expect("villages");
    let mut residents = Vec::new();
    for (n, one) in people::grown(&app, commune, RESIDENTS).await.into_iter().enumerate() {
        residents.push(people::resident(&app, commune, format!("thu.{n}"), &one.full_name, one.id).await.1);
    }
    let officer = people::official(&app, commune, demo::Role::RegistryOfficer).await;
    World {
        officer,
        residents,
        villages: villages.into_iter().map(|one| one.id).collect(),
        commune,
        app,
        sent: AtomicUsize::new(0),
    }
}

/// Reports of many years: one in two hundred is open, the others were answered.
async fn fill(world: &World, count: usize) {
    let begin = Instant::now();
    let ctx = Ctx::system(&world.app, world.commune, "bench");
    let columns = "commune_id id code source kind body village_id lat lon cell place_words outside contact_name contact_phone \
                   follow_hash state open shown closed sent_at sent_on due_at due_on ended_at ended_on supporters reopened \
                   escalated revision";
    let columns: Vec<&str> = columns.split(' ').collect();
    for from in (0..count).step_by(BATCH) {
        let tx = ctx.begin().await.expect("a transaction");
        let rows =
            (from..(from + BATCH).min(count)).map(|n| past(world, ctx.now - Days::minutes(10 + n as i64), n));
        insert_many(&tx, "feedback_report", &columns, rows, "").await.expect("reports");
        tx.commit().await.expect("they stand");
    }
    let tx = ctx.begin().await.expect("a transaction");
    sql("ANALYZE").run(&tx).await.expect("statistics");
    tx.commit().await.expect("kept");
    eprintln!("{count} reports after {}", words(begin.elapsed()));
}

fn past(world: &World, at: DateTime<Utc>, n: usize) -> Vec<sea_orm::Value> {
    let open = n.is_multiple_of(200);
    let kind = ["road-damage", "rubbish", "lamp"][n % 3];
    let point = feedback::Point {
        lat: 22.27 + (n % 997) as f64 / 7_000.0,
        lon: 104.03 + (n % 1_009) as f64 / 9_000.0,
    };
    let (due, ended) = (at + Days::days(5), (!open).then_some(at + Days::days(2)));
    vec![
        world.commune.into(),
        platform::ids::new_id(at).into(),
        format!("CU-{n:07}").into(),
        "web".into(),
        kind.into(),
        format!("Phản ánh cũ số {n} về đường, rác, điện của thôn").into(),
        world.villages[n % world.villages.len()].into(),
        point.lat.into(),
        point.lon.into(),
        point.cell().into(),
        "".into(),
        false.into(),
        "".into(),
        "".into(),
        format!("{n:064x}").into(),
        if open { "new" } else { "answered" }.into(),
        open.into(),
        true.into(),
        false.into(),
        at.into(),
        local_date(at).into(),
        due.into(),
        local_date(due).into(),
        ended.into(),
        ended.map(local_date).into(),
        0_i64.into(),
        0_i64.into(),
        false.into(),
        1_i64.into(),
    ]
}

/// How long each part took.
struct Took {
    send: Duration,
    take: Duration,
    answer: Duration,
    search: Duration,
}

impl Took {
    fn whole(&self) -> Duration {
        self.send + self.take + self.answer + self.search
    }
}

type Done = Vec<Result<Took, String>>;

async fn lifecycle(world: Arc<World>) -> Result<Took, String> {
    let n = world.sent.fetch_add(1, Ordering::Relaxed);
    let resident = &world.residents[n % world.residents.len()];
    let key = || platform::ids::new_id(world.app.clock.now()).to_string();
    let (first, village) = (key(), world.villages[n % world.villages.len()].to_string());
    let words = format!("Đèn đường số {n} không sáng");
    let begin = Instant::now();
    let fields = [("khoa", first.as_str()), ("loai", "lamp"), ("noi-dung", &*words), ("thon", &*village)];
    let page = expect(&resident.post("/phan-anh/moi", &fields).await, 303)?;
    let sent = begin.elapsed();
    let code = page.trim_start_matches("/phan-anh/").split('?').next().unwrap_or_default().to_owned();
    let ctx = Ctx::system(&world.app, world.commune, "bench");
    let report = feedback::by_code(&ctx, &code).await.map_err(|error| format!("{code}: {error:?}"))?;
    let (id, at) = (report.id, |steps: i64| (report.revision + steps).to_string());
    let work = format!("/lam-viec/phan-anh/{id}");
    let press = async |verb: &str, revision: &str, more: (&str, &str)| {
        let key = key();
        let fields = [("khoa", key.as_str()), ("phien-ban", revision), more];
        expect(&world.officer.post(&format!("{work}/{verb}"), &fields).await, 303)
    };
    let begin = Instant::now();
    press("nhan", &at(0), ("", "")).await?;
    press("cong-khai", &at(1), ("lam", "hien")).await?;
    let take = begin.elapsed();
    let begin = Instant::now();
    press("tra-loi", &at(2), ("tra-loi", "Đã thay bóng đèn")).await?;
    let answer = begin.elapsed();
    let begin = Instant::now();
    let list = world.residents[0].another().get(&format!("/phan-anh?tinh-trang=done&thon={village}")).await;
    expect(&list, 200)?;
    if !list.text().contains(&code) {
        return Err(format!("{code} is not found"));
    }
    Ok(Took { send: sent, take, answer, search: begin.elapsed() })
}

/// Where the answer leads.
fn expect(answer: &Answer, status: u16) -> Result<String, String> {
    match answer.status.as_u16() {
        same if same == status => Ok(answer.header("location").to_owned()),
        other => Err(format!("{} answered {other}", answer.path)),
    }
}

/// Begins lifecycles at an even pace.
async fn wave(world: &Arc<World>, rate: u32, time: Duration) -> Done {
    let mut pace = tokio::time::interval(Duration::from_secs(1) / rate);
    let begin = Instant::now();
    let mut running = Vec::new();
    while begin.elapsed() < time {
        pace.tick().await;
        running.push(tokio::spawn(lifecycle(world.clone())));
    }
    ended(running).await
}

/// Each worker begins the next lifecycle when the last one is done.
async fn most(world: &Arc<World>, time: Duration) -> Done {
    let begin = Instant::now();
    let workers = (0..WORKERS).map(|_| {
        let world = world.clone();
        tokio::spawn(async move {
            let mut done = Vec::new();
            while begin.elapsed() < time {
                done.push(lifecycle(world.clone()).await);
            }
            done
        })
    });
    ended(workers.collect()).await.into_iter().flatten().collect()
}

async fn ended<T>(running: Vec<tokio::task::JoinHandle<T>>) -> Vec<T> {
    let mut done = Vec::with_capacity(running.len());
    for one in running {
        done.push(one.await.expect("a lifecycle"));
    }
    done
}

fn line(title: &str, done: &Done) -> Vec<String> {
    let right: Vec<&Took> = done.iter().flatten().collect();
    if let Some(first) = done.iter().find_map(|one| one.as_ref().err()) {
        eprintln!("{title}: {first}");
    }
    let times = |of: fn(&Took) -> Duration| {
        let mut times: Vec<Duration> = right.iter().map(|took| of(took)).collect();
        if times.is_empty() {
            "–".to_owned()
        } else {
            format!("{} ({})", words(median(&mut times)), words(p95(&mut times)))
        }
    };
    vec![
        title.to_owned(),
        right.len().to_string(),
        (done.len() - right.len()).to_string(),
        times(|took| took.send),
        times(|took| took.take),
        times(|took| took.answer),
        times(|took| took.search),
        times(Took::whole),
    ]
}
