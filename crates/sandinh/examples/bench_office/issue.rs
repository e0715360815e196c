//! Many leaders' presses at once: each numbers, sets, signs and issues one document.

use crate::cast::{World, form};
use crate::report::{Report, median, number, p95, row, words};
use futures_util::{StreamExt, stream};
use platform::{Uuid, sql};
use std::sync::Arc;
use std::time::{Duration, Instant};

const CLIENTS: usize = 32;
/// Of the demo's certificates.
const PASSWORD: &str = "sandinh";

struct Press {
    url: String,
    key: String,
    revision: String,
}

impl Press {
    fn id(&self) -> Uuid {
        self.url.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id")
    }
}

pub async fn measure(world: &Arc<World>, count: usize, report: &mut Report) {
    let mut table = vec![row(["what", "all", "a second", "one press (95 % within)", "numbers"])];
    for (title, act) in [
        ("numbered (`lay-so`), by the clerk", "lay-so"),
        ("numbered, set, signed and issued in one press (`ky`), by the chairman", "ky"),
    ] {
        let presses = prepared(world, count, act).await;
        let ids = presses.iter().map(Press::id).collect();
        let begin = Instant::now();
        let mut times: Vec<Duration> = stream::iter(presses)
            .map(|one| pressed(world, one, act))
            .buffer_unordered(CLIENTS)
            .collect()
            .await;
        let whole = begin.elapsed();
        #[allow(clippy::cast_precision_loss, reason = "some thousands")]
        let rate = count as f64 / whole.as_secs_f64();
        table.push(row([
            title,
            &words(whole),
            &format!("{rate:.0}"),
            &format!("{} ({})", words(median(&mut times)), words(p95(&mut times))),
            &numbers(world, ids).await,
        ]));
    }
    report.line(&format!("{} documents each, {CLIENTS} clients at once.", number(count)));
    report.line("");
    report.table(&table);
}

/// Drafted, submitted, approved, and open in front of who presses.
async fn prepared(world: &World, count: usize, act: &str) -> Vec<Press> {
    let who = if act == "ky" { &world.chairman } else { &world.clerk };
    let mut presses = Vec::with_capacity(count);
    for at in 0..count {
        let text =
            format!("Điều 1. Giao việc thứ {at} cho 14 thôn.\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký.");
        let url = world.drafted(&format!("Về việc giao việc thứ {at}"), &text).await;
        world.press(&world.drafter, &url, "trinh").await;
        world.press(&world.chairman, &url, "duyet").await;
        let (key, revision) = form(&who.get(&url).await, &format!("{url}/{act}"));
        presses.push(Press { url, key, revision });
    }
    presses
}

async fn pressed(world: &World, one: Press, act: &str) -> Duration {
    let mut fields = vec![("khoa", one.key.as_str()), ("phien-ban", one.revision.as_str())];
    let who = if act == "ky" { &world.chairman } else { &world.clerk };
    if act == "ky" {
        fields.push(("mat-khau-ky", PASSWORD));
    }
    let begin = Instant::now();
    let answer = who.post(&format!("{}/{act}", one.url), &fields).await;
    let took = begin.elapsed();
    answer.is(303);
    took
}

/// Whether the book has a gap: the numbers of these documents follow each other.
async fn numbers(world: &World, ids: Vec<Uuid>) -> String {
    let count = i64::try_from(ids.len()).expect("few");
    let of = |what: &str| {
        sql("SELECT ")
            .push(what)
            .push(" FROM outgoing_document WHERE commune_id = ")
            .arg(world.commune)
            .push(" AND id IN (")
            .args(ids.iter().copied())
            .push(")")
    };
    let whole = async |what: &str| {
        let found: Option<i64> = of(what).scalar(&world.app.db).await.expect("read");
        found.expect("a number")
    };
    let (first, last) = (whole("MIN(number)").await, whole("MAX(number)").await);
    let (different, books) = (whole("COUNT(DISTINCT number)").await, whole("COUNT(DISTINCT book)").await);
    assert!(books == 1 && different == count && last - first + 1 == count, "{first} to {last}: {different}");
    format!("{first} to {last}, no gap, none twice")
}
