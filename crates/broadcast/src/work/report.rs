//! The monthly report: on the page, as a PDF for signing, as a sheet.

use crate::WORK;
use crate::law::{Broadcast, length, named};
use crate::report::{self, Month, Proof, Report};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::{file, html};
use platform::{Ctx, Error, Result};
use registry::sheet::{Format, Sheet};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, HashMap};
use ui::Shell;
use units::place::Ground;
use vnsheet::Value;

const TEMPLATE: &str = include_str!("report.typ");
/// The kind of emergency notices in the log.
const ALARM: &str = "emergency";
const LIVE: &str = "live";

struct Line {
    kind: String,
    origin: String,
    airings: String,
    length: String,
}

struct Cluster {
    name: String,
    url: String,
    village: String,
    days: String,
    aired: String,
    played: String,
    share: String,
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    shell: Shell,
    title: String,
    /// Value and name.
    counts: Vec<(String, String, bool)>,
    lines: Vec<Line>,
    clusters: Vec<Cluster>,
    before: String,
    after: String,
    pdf: String,
    sheet: String,
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let this = Month::of(ctx.today());
    let month = query.get("thang").and_then(|text| Month::parse(text)).unwrap_or(this);
    let found = report::of(&ctx, month).await?;
    match query.get("dinh-dang").map(String::as_str) {
        Some("pdf") => return pdf(&ctx, month, &found).await,
        Some(format) => {
            if let Some(format) = Format::parse(format) {
                return sheet(&ctx, month, &found, &format).await;
            }
        }
        None => {}
    }
    let at = |month: Month| format!("{WORK}/bao-cao?thang={}", month.code());
    let shell = Shell::of(&ctx, "broadcast-report").await?.crumb(t.t("broadcast-menu"), WORK);
    let ground = Ground::load(&ctx).await?;
    Ok(html(ui::render(&ReportPage {
        title: titled(&ctx, month),
        counts: counts(&ctx, &found),
        lines: lines(&ctx, &found)?,
        clusters: found.proofs.iter().map(|proof| cluster(&ctx, &ground, proof)).collect(),
        before: at(month.before()),
        after: if month == this { String::new() } else { at(month.after()) },
        pdf: format!("{}&dinh-dang=pdf", at(month)),
        sheet: format!("{}&dinh-dang=xlsx", at(month)),
        shell: shell.crumb(t.t("broadcast-report"), ""),
    })?))
}

fn titled(ctx: &Ctx, month: Month) -> String {
    ctx.t().s("broadcast-report-of", "month", &month.0.format("%m/%Y").to_string())
}

fn counts(ctx: &Ctx, found: &Report) -> Vec<(String, String, bool)> {
    let t = ctx.t();
    let faults: i64 = found.faults.values().sum();
    vec![
        (length(found.whole.seconds), t.t("broadcast-report-length"), false),
        (t.number(found.whole.airings), t.t("broadcast-report-airings"), false),
        (t.number(found.days as i64), t.t("broadcast-report-days"), false),
        (t.number(faults), t.t("broadcast-report-faults"), faults > 0),
    ]
}

fn lines(ctx: &Ctx, found: &Report) -> Result<Vec<Line>> {
    let (t, law) = (ctx.t(), Broadcast::now(ctx)?);
    let line = |((kind, origin), sum): (&(String, String), &report::Sum)| Line {
        kind: kind_of(ctx, &law, kind),
        origin: named(&law.origin, origin, ctx.lang).to_owned(),
        airings: t.number(sum.airings),
        length: length(sum.seconds),
    };
    Ok(found.sums.iter().map(line).collect())
}

/// What a programme is; emergency notices and what is spoken live are none of the law's kinds.
fn kind_of(ctx: &Ctx, law: &Broadcast, kind: &str) -> String {
    match kind {
        ALARM => ctx.t().t("broadcast-order-alarm"),
        LIVE => ctx.t().t("broadcast-live"),
        kind => named(&law.kind, kind, ctx.lang).to_owned(),
    }
}

fn cluster(ctx: &Ctx, ground: &Ground, proof: &Proof) -> Cluster {
    let t = ctx.t();
    Cluster {
        name: proof.speaker.name.clone(),
        url: proof.speaker.path(),
        village: ground.name(Some(proof.speaker.unit_id)),
        days: t.number(proof.days as i64),
        aired: length(proof.aired),
        played: length(proof.played),
        share: proof.share().map(|share| format!("{} %", t.decimal(share, 1))).unwrap_or_default(),
    }
}

async fn pdf(ctx: &Ctx, month: Month, found: &Report) -> Result<Response> {
    let (t, ground) = (ctx.t(), Ground::load(ctx).await?);
    let commune = Shell::of(ctx, "broadcast-report").await?.commune;
    let cells = |one: Line| json!([one.kind, one.origin, one.airings, one.length]);
    let rows: Vec<Json> = lines(ctx, found)?.into_iter().map(cells).collect();
    let cells = |proof: &Proof| {
        let one = cluster(ctx, &ground, proof);
        json!([one.name, one.village, one.days, one.aired, one.played, one.share])
    };
    let headings = |keys: &[&str]| keys.iter().map(|key| t.t(key)).collect::<Vec<_>>();
    let data = json!({
        "office": commune.office,
        "title": titled(ctx, month),
        "day": t.date(ctx.today()),
        "counts": counts(ctx, found).into_iter().map(|(value, name, _)| json!([name, value])).collect::<Vec<_>>(),
        "programmes": { "title": t.t("broadcast-report-kinds"), "head": headings(&KINDS), "rows": rows },
        "clusters": {
            "title": t.t("broadcast-report-clusters"), "head": headings(&CLUSTERS),
            "rows": found.proofs.iter().map(cells).collect::<Vec<_>>(),
        },
        "signs": [t.t("broadcast-report-maker"), t.t("broadcast-report-leader")],
        "none": t.t("broadcast-report-none"),
    });
    let name = format!("{} {}.pdf", t.t("broadcast-report"), month.0.format("%m-%Y"));
    typeset_file(ctx, TEMPLATE, data, &name).await
}

/// Sets a document, outside of whatever else runs.
pub(super) async fn typeset_file(
    ctx: &Ctx,
    template: &'static str,
    data: Json,
    name: &str,
) -> Result<Response> {
    let at = ctx.now;
    let work = move || typeset::pdf(&typeset::Sheet { template, data: &data, files: &BTreeMap::new(), at });
    let pdf = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)?;
    Ok(file(name, "application/pdf", pdf))
}

const KINDS: [&str; 4] =
    ["broadcast-kind", "broadcast-origin", "broadcast-report-airings", "broadcast-report-length"];
const CLUSTERS: [&str; 6] = [
    "broadcast-speaker-name",
    "broadcast-speaker-village",
    "broadcast-report-heard-days",
    "broadcast-report-aired",
    "broadcast-report-played",
    "broadcast-report-share",
];

/// One row for each kind and origin, then one for each cluster.
async fn sheet(ctx: &Ctx, month: Month, found: &Report, format: &Format) -> Result<Response> {
    let (t, law, ground) = (ctx.t(), Broadcast::now(ctx)?, Ground::load(ctx).await?);
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) };
    let sums = found.sums.iter().map(|((kind, origin), sum)| {
        let kind = kind_of(ctx, &law, kind);
        let mut row = vec![
            text(&t.t("broadcast-report-kinds")),
            text(&kind),
            text(named(&law.origin, origin, ctx.lang)),
        ];
        row.extend([
            Value::Whole(sum.airings),
            Value::Whole(sum.seconds),
            Value::Empty,
            Value::Empty,
            Value::Empty,
        ]);
        row
    });
    let clusters = found.proofs.iter().map(|proof| {
        let village = ground.name(Some(proof.speaker.unit_id));
        vec![
            text(&t.t("broadcast-report-clusters")),
            text(&proof.speaker.name),
            text(&village),
            Value::Empty,
            Value::Whole(proof.aired),
            Value::Whole(proof.played),
            Value::Whole(proof.stored),
            Value::Whole(proof.days as i64),
        ]
    });
    let headings = [
        "broadcast-report-part",
        "broadcast-report-what",
        "broadcast-report-of-whom",
        "broadcast-report-airings",
        "broadcast-report-aired-seconds",
        "broadcast-report-played-seconds",
        "broadcast-report-stored-seconds",
        "broadcast-report-heard-days",
    ];
    Sheet {
        name: format!("{} {}", t.t("broadcast-report"), month.0.format("%m-%Y")),
        headings: headings.iter().map(|key| t.t(key)).collect(),
        rows: sums.chain(clusters).collect(),
    }
    .answer(ctx, format)
}
