//! The front: what comes and what is good now, the map, all places; narrowed by kind, village, month and what a place offers.

use super::words::{Said, days, lunar, said};
use crate::PATH;
use crate::law::Tourism;
use crate::place::store::{self, Filter};
use crate::place::{Brief, Kind, img};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::{Datelike, Duration};
use platform::access::{Place as Where, Scope};
use platform::http::html;
use platform::{Ctx, Result, Uuid, search};
use registry::VillagePanel;
use std::collections::HashMap;
use ui::{Html, Shell};
use units::MapLayer;
use units::drawing::{Drawing, Pin};
use units::place::Ground;

const SHOWN: usize = 24;
const FOUND: usize = 60;
const PINS: i64 = 300;
/// Good to see this month, on the front.
const NOW: usize = 6;
const ON_PANEL: i64 = 3;

/// A place in a list.
#[derive(Clone)]
pub(super) struct Card {
    pub url: String,
    pub name: Said,
    pub kind: String,
    pub icon: &'static str,
    pub village: String,
    pub line: Said,
    pub picture: Html,
}

pub(super) fn card(ctx: &Ctx, ground: &Ground, one: &Brief) -> Card {
    let content = &one.content;
    let alt = one.cover_alt(ctx.lang);
    let sizes = "(max-width: 48rem) 7rem, 20rem";
    Card {
        url: one.path(),
        name: said(ctx.lang, &content.name, &content.name_en),
        kind: ctx.t().t(one.kind.text_key()),
        icon: one.kind.icon(),
        village: ground.name(content.village),
        line: said(ctx.lang, &content.summary, &content.summary_en),
        picture: one
            .cover_id
            .map_or_else(|| Html(String::new()), |id| img(id, &alt, None, sizes, "lazy", "")),
    }
}

/// A festival that comes.
struct Next {
    url: String,
    name: Said,
    village: String,
    days: String,
    lunar: String,
    off: String,
}

struct Chosen {
    query: String,
    kind: Option<Kind>,
    village: String,
    month: String,
    facility: String,
}

impl Chosen {
    fn any(&self) -> bool {
        let texts = [&self.query, &self.village, &self.month, &self.facility];
        self.kind.is_some() || texts.iter().any(|text| !text.is_empty())
    }

    /// The filters but the kind, for the links between the kinds.
    fn address(&self, kind: Option<Kind>, after: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let pairs = [
            ("loai", kind.map_or("", Kind::slug)),
            ("q", self.query.as_str()),
            ("thon", self.village.as_str()),
            ("thang", self.month.as_str()),
            ("tien-nghi", self.facility.as_str()),
            ("sau", after),
        ];
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        let query = query.finish();
        if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") }
    }
}

#[derive(Template)]
#[template(path = "place-front.html")]
struct FrontPage {
    shell: Shell,
    heading: String,
    chosen: Chosen,
    /// Address, icon, name, whether it is the one shown.
    kinds: Vec<(String, &'static str, String, bool)>,
    villages: Vec<(String, String)>,
    months: Vec<(String, String)>,
    facilities: Vec<(String, String)>,
    next_festivals: Vec<Next>,
    now: Vec<Card>,
    now_title: String,
    cards: Vec<Card>,
    count: String,
    map: Option<Drawing>,
    pinned: Vec<(&'static str, &'static str, String)>,
    more: String,
    address: String,
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim()).to_owned();
    let chosen = Chosen {
        query: text("q"),
        kind: Kind::of_slug(&text("loai")),
        village: text("thon"),
        month: text("thang"),
        facility: text("tien-nghi"),
    };
    let ground = Ground::load(&ctx).await?;
    let village = ground.villages.iter().map(|(unit, _)| unit).find(|unit| unit.slug == chosen.village);
    let filter = Filter {
        kind: chosen.kind,
        village: village.map(|unit| unit.id),
        month: chosen.month.parse().ok().filter(|month| (1..=12).contains(month)),
        facility: chosen.facility.clone(),
        ..Filter::published()
    };
    let after = text("sau").parse::<Uuid>().ok();
    let mut rows = if chosen.query.is_empty() {
        store::public(&ctx, &filter, after, PINS).await?
    } else {
        found(&ctx, &chosen.query, &filter).await?
    };
    let pins = rows.clone();
    let count = ctx.t().n("tourism-count", "count", rows.len());
    let more = rows.len() > SHOWN && chosen.query.is_empty();
    if more {
        rows.truncate(SHOWN);
    }
    let more = rows.last().filter(|_| more).map(|last| chosen.address(chosen.kind, &last.id.to_string()));
    let (map, pinned) = drawn(&ctx, &ground, &pins);
    let whole = !chosen.any() && after.is_none();
    let (next_festivals, now) = if whole { today(&ctx, &ground, &pins).await? } else { Default::default() };
    let page = FrontPage {
        heading: heading(&ctx, &chosen, village.map(|unit| unit.name.as_str())),
        kinds: kinds(&ctx, &chosen),
        villages: villages(&ground),
        months: (1..=12_i64)
            .map(|month| (month.to_string(), ctx.t().n("tourism-month", "count", month)))
            .collect(),
        facilities: facilities(&ctx)?,
        next_festivals,
        now,
        now_title: ctx.t().n("tourism-now", "count", i64::from(ctx.today().month())),
        cards: rows.iter().map(|one| card(&ctx, &ground, one)).collect(),
        count,
        map,
        pinned,
        more: more.unwrap_or_default(),
        address: format!("{}{PATH}", ctx.app.config.base_url()),
        shell: Shell::public(&ctx, "tourism").await?,
        chosen,
    };
    Ok(html(ui::render(&page)?))
}

fn heading(ctx: &Ctx, chosen: &Chosen, village: Option<&str>) -> String {
    let t = ctx.t();
    let kind = chosen.kind.map(|kind| t.t(kind.text_key()));
    match (kind, village) {
        _ if !chosen.query.is_empty() => t.s("tourism-found", "words", &chosen.query),
        (Some(kind), Some(village)) => format!("{kind} · {village}"),
        (Some(kind), None) => kind,
        (None, Some(village)) => village.to_owned(),
        (None, None) => t.t("tourism"),
    }
}

fn kinds(ctx: &Ctx, chosen: &Chosen) -> Vec<(String, &'static str, String, bool)> {
    let one = |kind: Option<Kind>| {
        let name = ctx.t().t(kind.map_or("tourism-all", Kind::text_key));
        let icon = kind.map_or("layout-grid", Kind::icon);
        (chosen.address(kind, ""), icon, name, chosen.kind == kind)
    };
    [None].into_iter().chain(Kind::ALL.iter().copied().map(Some)).map(one).collect()
}

fn villages(ground: &Ground) -> Vec<(String, String)> {
    let mut all: Vec<_> = ground.villages.iter().map(|(unit, _)| unit).collect();
    all.sort_by_key(|unit| vntext::sort_key(&unit.name));
    all.into_iter().map(|unit| (unit.slug.clone(), unit.name.clone())).collect()
}

fn facilities(ctx: &Ctx) -> Result<Vec<(String, String)>> {
    let law = Tourism::now(ctx)?;
    Ok(law.facility.iter().map(|word| (word.code.clone(), word.name(ctx.lang).to_owned())).collect())
}

/// Through the one search index, by words without marks.
async fn found(ctx: &Ctx, words: &str, filter: &Filter) -> Result<Vec<Brief>> {
    let scope = Scope::new(vec![Where::new("public", ctx.commune)]);
    let hits = search::find(ctx, &scope, words, Some("tourism"), FOUND).await?;
    let ids: Vec<Uuid> = hits.hits.iter().map(|hit| hit.id).collect();
    let mut rows = store::by_ids(ctx, &ids).await?;
    rows.retain(|one| {
        filter.kind.is_none_or(|kind| one.kind == kind)
            && filter.village.is_none_or(|id| one.content.village == Some(id))
            && filter.month.is_none_or(|month| one.content.months.contains(&month))
            && (filter.facility.is_empty() || one.content.facilities.contains(&filter.facility))
    });
    rows.sort_by_key(|one| ids.iter().position(|id| *id == one.id));
    Ok(rows)
}

type Key = Vec<(&'static str, &'static str, String)>;

fn pin(ctx: &Ctx, one: &Brief) -> Option<Pin> {
    Some(Pin {
        at: one.content.point()?,
        url: one.path(),
        name: format!("{} · {}", one.content.name(ctx.lang), ctx.t().t(one.kind.text_key())),
        look: one.kind.code(),
        sign: one.kind.icon(),
    })
}

/// The places on the map of the commune.
pub(crate) const LAYER: MapLayer = MapLayer {
    key: "du-lich",
    text: "tourism",
    first: true,
    order: 20,
    pins: |ctx| {
        Box::pin(async move {
            let places = store::public(ctx, &Filter::published(), None, PINS).await?;
            Ok(places.iter().filter_map(|one| pin(ctx, one)).collect())
        })
    },
};

/// The map with a pin for each place, and the kinds that are on it.
fn drawn(ctx: &Ctx, ground: &Ground, places: &[Brief]) -> (Option<Drawing>, Key) {
    let pins: Vec<Pin> = places.iter().filter_map(|one| pin(ctx, one)).collect();
    if pins.is_empty() {
        return (None, Vec::new());
    }
    let on_map = |kind: &&Kind| pins.iter().any(|pin| pin.look == kind.code());
    let key = Kind::ALL.iter().filter(on_map);
    let key = key.map(|kind| (kind.code(), kind.icon(), ctx.t().t(kind.text_key()))).collect();
    let map = Drawing::of(ctx.t(), ground, ctx.t().t("tourism-map")).map(|mut map| {
        map.pins = pins;
        map
    });
    (map, key)
}

/// Festivals that come, and what this month is good for.
async fn today(ctx: &Ctx, ground: &Ground, places: &[Brief]) -> Result<(Vec<Next>, Vec<Card>)> {
    let before = ctx.today() + Duration::days(Tourism::now(ctx)?.upcoming_days);
    let coming = store::coming(ctx, places, before).await?;
    let next = coming.into_iter().map(|one| Next {
        url: one.place.path(),
        name: said(ctx.lang, &one.place.content.name, &one.place.content.name_en),
        village: ground.name(one.place.content.village),
        days: days(ctx, &one.turn),
        lunar: one.turn.lunar().map(|date| lunar(ctx, date)).unwrap_or_default(),
        off: one.off.unwrap_or_default(),
    });
    let month = u8::try_from(ctx.today().month()).unwrap_or(1);
    let good = places.iter().filter(|one| one.kind != Kind::Festival && one.content.months.contains(&month));
    Ok((next.collect(), good.take(NOW).map(|one| card(ctx, ground, one)).collect()))
}

#[derive(Template)]
#[template(path = "place-panel.html")]
struct Panel {
    shell: Shell,
    cards: Vec<Card>,
    all_url: String,
}

/// On the page of a village: what visitors find there.
pub(crate) fn panel() -> VillagePanel {
    VillagePanel {
        order: 30,
        draw: |ctx, village| {
            Box::pin(async move {
                let filter = Filter { village: Some(village.id), ..Filter::published() };
                let found = store::public(ctx, &filter, None, ON_PANEL).await?;
                if found.is_empty() {
                    return Ok(None);
                }
                let ground = Ground::load(ctx).await?;
                let panel = Panel {
                    shell: Shell::new(ctx.t(), ctx.path.as_str(), ""),
                    cards: found.iter().map(|one| card(ctx, &ground, one)).collect(),
                    all_url: format!("{PATH}?thon={}", village.slug),
                };
                Ok(Some(Html(ui::render(&panel)?)))
            })
        },
    }
}
