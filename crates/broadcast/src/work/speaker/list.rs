//! The map and the list of loudspeakers.

use crate::WORK;
use crate::speaker::{self, Kind, Speaker, Standing, What, store};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Result, Uuid};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::Shell;
use ui::table::{BulkAction, Cell, Column, Empty, Filter as Choice, Kind as Look, Row, Table};
use units::drawing::{Drawing, Pin};
use units::place::Ground;
use vnsheet::Value;

const PATH: &str = "/lam-viec/truyen-thanh/loa";
/// Clusters that are tested at once.
const AT_ONCE: usize = 100;

#[derive(Template)]
#[template(path = "speaker-list.html")]
struct ListPage {
    shell: Shell,
    /// How many stand how, and whether that wants somebody.
    counts: Vec<(String, String, bool)>,
    map: Option<Drawing>,
    table: Table,
    may: bool,
    broker: bool,
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let (state, village) = (Standing::parse(text("xem")), text("thon").parse::<Uuid>().ok());
    let all = store::all(&ctx, &ctx.app.db).await?;
    let ground = Ground::load(&ctx).await?;
    let shown = |one: &&Speaker| {
        let standing = one.standing(&ctx);
        let wanted = state.map_or(standing != Standing::Retired, |state| state == standing);
        wanted && village.is_none_or(|village| village == one.unit_id)
    };
    let rows: Vec<&Speaker> = all.iter().filter(shown).collect();
    if let Some(format) = Format::parse(text("dinh-dang")) {
        return export(&ctx, &rows, &ground, &format).await;
    }
    let t = ctx.t();
    let shell = Shell::of(&ctx, "broadcast-speakers").await?.crumb(t.t("broadcast-menu"), WORK);
    let shell = shell.crumb(t.t("broadcast-speakers"), "");
    let may = ctx.may("broadcast.speaker");
    let mut table = table(&ctx, &shell, &ground, (state, village), may);
    table.rows = rows.iter().map(|one| row(&ctx, &ground, one)).collect();
    table.count = u64::try_from(rows.len()).ok();
    let count = |standing: Standing| {
        let count = all.iter().filter(|one| one.standing(&ctx) == standing).count();
        (t.number(count as i64), t.t(standing.text_key()), standing == Standing::Silent && count > 0)
    };
    Ok(html(ui::render(&ListPage {
        counts: [Standing::Heard, Standing::Silent, Standing::Never, Standing::Mute].map(count).into(),
        map: map(&ctx, &ground, &rows),
        table,
        may,
        broker: ctx.app.config.mqtt != platform::config::Mqtt::Off,
        shell,
    })?))
}

fn map(ctx: &Ctx, ground: &Ground, rows: &[&Speaker]) -> Option<Drawing> {
    let t = ctx.t();
    let mut map = Drawing::of(t, ground, t.t("broadcast-speaker-map"))?;
    let pin = |one: &&Speaker| {
        let standing = one.standing(ctx);
        let name = format!("{} · {}", one.name, t.t(standing.text_key()));
        Some(Pin { at: one.point()?, url: one.path(), name, look: standing.pin(), sign: "volume-2" })
    };
    map.pins = rows.iter().filter_map(pin).collect();
    (!map.pins.is_empty()).then_some(map)
}

fn table(
    ctx: &Ctx,
    shell: &Shell,
    ground: &Ground,
    (state, village): (Option<Standing>, Option<Uuid>),
    may: bool,
) -> Table {
    let t = ctx.t();
    let mut table = Table::new(shell, "broadcast-speaker", t.t("broadcast-speakers"));
    table.columns = vec![
        Column::new("ten", t.t("broadcast-speaker-name"), Look::Name),
        Column::new("trang-thai", t.t("broadcast-state"), Look::Badge),
        Column::new("thon", t.t("broadcast-speaker-village"), Look::Text),
        Column::new("nghe", t.t("broadcast-speaker-heard"), Look::Date),
        Column::new("am-luong", t.t("broadcast-speaker-volume"), Look::Number),
        Column::new("song", t.t("broadcast-speaker-signal"), Look::Number),
        Column::new("loa", t.t("broadcast-speaker-horns"), Look::Number),
    ];
    let every = |mut options: Vec<(String, String)>| {
        options.insert(0, (String::new(), t.t("broadcast-every")));
        options
    };
    let states = Standing::ALL.iter().map(|one| (one.code().to_owned(), t.t(one.text_key()))).collect();
    let village = village.map(|id| id.to_string()).unwrap_or_default();
    table.filters = vec![
        Choice::choice(
            "xem",
            t.t("broadcast-state"),
            state.map(Standing::code).unwrap_or_default(),
            every(states),
        ),
        Choice::choice("thon", t.t("broadcast-speaker-village"), village, every(ground.options())),
    ];
    table.export = true;
    if may {
        table.bulk = vec![BulkAction {
            label: t.t("broadcast-order-test_tone"),
            url: format!("{PATH}/thu"),
            icon: "volume-2",
            confirm: t.t("broadcast-speaker-test-ask"),
        }];
        table.bulk_key = ctx.new_id().to_string();
    }
    let (action, url) = if may {
        (t.t("broadcast-speaker-new"), format!("{PATH}/moi"))
    } else {
        (String::new(), String::new())
    };
    table.empty =
        Empty { title: t.t("broadcast-speaker-none"), text: t.t("broadcast-speaker-none-how"), action, url };
    table
}

fn row(ctx: &Ctx, ground: &Ground, one: &Speaker) -> Row {
    let (t, standing, status) = (ctx.t(), one.standing(ctx), one.status());
    let signal = status.and_then(|status| status.signal).map(|dbm| format!("{dbm} dBm"));
    let volume = match one.kind {
        Kind::Own if one.muted => t.t("broadcast-speaker-muted"),
        Kind::Own if !one.on_plan => t.t("broadcast-speaker-off"),
        Kind::Own => format!("{} %", one.volume),
        _ => String::new(),
    };
    Row {
        id: one.id.to_string(),
        url: Some(one.path()),
        cells: vec![
            Cell::text(&one.name).under(&one.place),
            Cell::badge(standing.status(), &t.t(standing.text_key())),
            Cell::text(ground.name(Some(one.unit_id))),
            Cell::text(one.heard_at.map(|at| t.moment(at)).unwrap_or_default()),
            Cell::text(volume),
            Cell::text(signal.unwrap_or_default()),
            Cell::number(t, one.horns),
        ],
    }
}

async fn export(ctx: &Ctx, rows: &[&Speaker], ground: &Ground, format: &Format) -> Result<Response> {
    let t = ctx.t();
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) };
    let row = |one: &&Speaker| {
        vec![
            text(&one.name),
            text(&ground.name(Some(one.unit_id))),
            text(&one.place),
            text(&t.t(one.kind.text_key())),
            text(&t.t(one.standing(ctx).text_key())),
            text(&one.heard_at.map(|at| t.moment(at)).unwrap_or_default()),
            Value::Whole(one.horns),
            Value::Whole(one.watts),
            text(&one.model),
            text(&one.vendor_code),
            text(&t.date(one.since_on)),
        ]
    };
    let headings = [
        "broadcast-speaker-name",
        "broadcast-speaker-village",
        "broadcast-speaker-place",
        "broadcast-speaker-kind",
        "broadcast-state",
        "broadcast-speaker-heard",
        "broadcast-speaker-horns",
        "broadcast-speaker-watts",
        "broadcast-speaker-model",
        "broadcast-speaker-code",
        "broadcast-speaker-since",
    ];
    Sheet {
        name: format!("{} {}", t.t("broadcast-speakers"), ctx.today().format("%d-%m-%Y")),
        headings: headings.iter().map(|key| t.t(key)).collect(),
        rows: rows.iter().map(row).collect(),
    }
    .answer(ctx, format)
}

/// Those that were picked sound for some seconds.
pub(super) async fn test(ctx: Ctx, sent: Form) -> Result<Response> {
    let ids: Vec<Uuid> = sent.all("id").filter_map(|id| id.parse().ok()).take(AT_ONCE).collect();
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = speaker::give(&ctx, &tx, &ids, What::TestTone).await;
    let done = done.map(|()| (PATH.to_owned(), Note::new("broadcast-speaker-ordered")));
    settle(&ctx, key, tx, done).await?
}
