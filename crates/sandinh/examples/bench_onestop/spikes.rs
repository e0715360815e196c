//! Lifecycles come in waves, whether the last ones are done or not; then as many as the program can bear.

use crate::Wish;
use crate::cast::World;
use crate::life::{self, Took};
use crate::report::{Report, median, p95, row, words};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Lifecycles a second.
const WAVES: [u32; 7] = [1, 15, 1, 25, 2, 35, 10];
/// Who works at once when the most is looked for.
const WORKERS: usize = 16;

type Done = Vec<Result<Took, String>>;

pub async fn measure(world: &Arc<World>, wish: &Wish, report: &mut Report) {
    report.line(&format!(
        "A lifecycle is seven requests: taken in at the counter, taken by a specialist, passed on, signed, the result \
         attached, returned, and found by its number. Each wave lasts {} s; median (95 % within).",
        wish.seconds
    ));
    report.line("");
    let mut table = vec![row([
        "lifecycles/s",
        "done",
        "errors",
        "create",
        "take",
        "resolve (4 requests)",
        "search",
        "all seven",
        "behind at the end",
    ])];
    for rate in WAVES {
        let (done, behind) = wave(world, rate, wish.spike()).await;
        table.push(line(&rate.to_string(), &done, &words(behind)));
    }
    let begin = Instant::now();
    let done = most(world, wish.spike() * 2).await;
    let seconds = begin.elapsed().as_secs_f64();
    let right = done.iter().filter(|one| one.is_ok()).count();
    let title = format!("**{:.1}** sustained, {WORKERS} at once", per_second(right, seconds));
    table.push(line(&title, &done, "–"));
    report.table(&table);
}

/// Begins lifecycles at an even pace; how long the last ones took after the wave.
async fn wave(world: &Arc<World>, rate: u32, time: Duration) -> (Done, Duration) {
    let mut pace = tokio::time::interval(Duration::from_secs(1) / rate);
    let begin = Instant::now();
    let mut running = Vec::new();
    while begin.elapsed() < time {
        pace.tick().await;
        running.push(tokio::spawn(life::run(world.clone())));
    }
    let ended = Instant::now();
    let mut done = Vec::with_capacity(running.len());
    for one in running {
        done.push(one.await.expect("a lifecycle"));
    }
    (done, ended.elapsed())
}

/// Each worker begins the next lifecycle when the last one is done.
async fn most(world: &Arc<World>, time: Duration) -> Done {
    let begin = Instant::now();
    let workers = (0..WORKERS).map(|_| {
        let world = world.clone();
        tokio::spawn(async move {
            let mut done = Vec::new();
            while begin.elapsed() < time {
                done.push(life::run(world.clone()).await);
            }
            done
        })
    });
    let mut all = Vec::new();
    for one in workers.collect::<Vec<_>>() {
        all.extend(one.await.expect("a worker"));
    }
    all
}

fn line(title: &str, done: &Done, behind: &str) -> Vec<String> {
    let right: Vec<&Took> = done.iter().flatten().collect();
    let errors: Vec<&String> = done.iter().filter_map(|one| one.as_ref().err()).collect();
    if let Some(first) = errors.first() {
        eprintln!("{title}: {first}");
    }
    let times = |of: fn(&Took) -> Duration| {
        let mut times: Vec<Duration> = right.iter().map(|took| of(took)).collect();
        if times.is_empty() {
            return "–".to_owned();
        }
        format!("{} ({})", words(median(&mut times)), words(p95(&mut times)))
    };
    vec![
        title.to_owned(),
        right.len().to_string(),
        errors.len().to_string(),
        times(|took| took.create),
        times(|took| took.take),
        times(|took| took.resolve),
        times(|took| took.search),
        times(Took::whole),
        behind.to_owned(),
    ]
}

#[allow(clippy::cast_precision_loss, reason = "some thousands")]
fn per_second(done: usize, seconds: f64) -> f64 {
    done as f64 / seconds
}
