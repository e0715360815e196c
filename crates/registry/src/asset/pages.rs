//! Pages of assets: list, card, forms, and what is missing against the norm; the list as JSON.

use super::{Asset, Condition, Facts, Gap, Kind, Per, gaps, norms};
use crate::find::{asset_path, organisation_path};
use crate::object::card::{CardPage, Line, Part, story};
use crate::object::{Noun, edit, list, place};
use crate::organisation;
use crate::page::{After, PAGE_MAX};
use crate::show::form::{Input, Look};
use crate::show::sheet::Sheet;
use crate::show::{Act, Words, choices};
use crate::thing::{Filter, State, Thing};
use crate::version::How;
use crate::work::{Query, date_or_empty, text};
use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::response::Response;
use chrono::NaiveDate;
use platform::area::{get, post};
use platform::http::{Form, Problem, html};
use platform::{Ctx, Error, Result, Route, T, Tx, Uuid};
use ui::{Cell, Column, Html, Row, Shell, Status, Table};
use utoipa::OpenApi;
use vnsheet::Value;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/tai-san", "asset.list", show_list),
        get("/lam-viec/tai-san/dinh-muc", "asset.list", coverage),
        get("/lam-viec/tai-san/moi", "asset.insert", edit::new_form::<Facts>),
        post("/lam-viec/tai-san/moi", "asset.insert", edit::new_save::<Facts>),
        get("/lam-viec/tai-san/{id}", "asset.show", show),
        get("/lam-viec/tai-san/{id}/sua", "asset.update", edit::form::<Facts>),
        post("/lam-viec/tai-san/{id}/sua", "asset.update", edit::save::<Facts>),
        get("/lam-viec/tai-san/{id}/ket-thuc", "asset.end", edit::end_form::<Facts>),
        post("/lam-viec/tai-san/{id}/ket-thuc", "asset.end", edit::end::<Facts>),
        get("/api/v1/assets", "asset.list", api_list),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-asset-list",
        url: "/lam-viec/tai-san",
        icon: "warehouse",
        action: "asset.list",
        group: "registry-menu-group",
        order: 125,
    }
}

impl Noun for Facts {
    const FAMILY: &'static str = "asset";
    const ROOT: &'static str = "/lam-viec/tai-san";

    fn inputs(ctx: &Ctx, words: &Words, facts: Option<&Facts>) -> Vec<Input> {
        let t = ctx.t();
        let text = |look: Look, name: &'static str, key: &str, value: &dyn Fn(&Facts) -> String| {
            Input::new(look, name, t.t(key)).value(facts.map(value).unwrap_or_default())
        };
        vec![
            text(Look::Select, "loai", "registry-object-kind", &|f| f.kind.code().into())
                .among(choices(t, Kind::ALL, Kind::code, Kind::text_key))
                .empty(t.t("registry-object-choose")),
            text(Look::Text, "ten", "registry-object-name", &|f| f.name.clone()),
            text(Look::Select, "thon", "registry-village", &|f| {
                f.village_id.map(|id| id.to_string()).unwrap_or_default()
            })
            .among(words.village_choices(ctx))
            .empty(t.t("registry-whole-commune"))
            .optional(),
            text(Look::Text, "vi-tri", "registry-asset-place", &|f| f.place.clone()).optional(),
            text(Look::Text, "toa-do", "registry-asset-coordinates", &position)
                .help(t.t("registry-asset-coordinates-help"))
                .optional(),
            Input::new(Look::Number, "so-luong", t.t("registry-asset-count"))
                .value(facts.map_or(1, |f| f.quantity).to_string()),
            text(Look::Radios, "tinh-trang", "registry-asset-condition", &|f| f.condition.code().into())
                .among(choices(t, Condition::ALL, Condition::code, Condition::text_key)),
            text(Look::Tick, "ket-noi", "registry-asset-connected", &|f| {
                if f.connected { "1".into() } else { String::new() }
            })
            .help(t.t("registry-asset-connected-help"))
            .optional(),
            text(Look::Date, "dung-tu", "registry-asset-since", &|f| {
                f.in_use_since.map(|day| t.date(day)).unwrap_or_default()
            })
            .optional(),
            text(Look::Text, "so-may", "registry-asset-serial", &|f| f.serial_no.clone()).optional(),
        ]
    }

    fn read(form: &Form, old: Option<&Facts>) -> Result<Facts> {
        let text = |name: &str| form.text(name).to_owned();
        let (latitude, longitude) = read_position(form.text("toa-do"))?;
        Ok(Facts {
            kind: Kind::parse(form.text("loai")).ok_or_else(|| Error::field("loai", "error-choose"))?,
            name: text("ten"),
            village_id: form.id("thon")?,
            organisation_id: old.and_then(|old| old.organisation_id),
            place: text("vi-tri"),
            latitude,
            longitude,
            quantity: form.whole("so-luong")?.unwrap_or(0),
            condition: Condition::parse(form.text("tinh-trang"))
                .ok_or_else(|| Error::field("tinh-trang", "error-choose"))?,
            connected: form.ticked("ket-noi"),
            in_use_since: form.date("dung-tu")?,
            serial_no: text("so-may"),
        })
    }

    fn said(&self, words: &Words) -> Vec<(&'static str, String)> {
        let t = words.t;
        vec![
            ("registry-object-kind", t.t(self.kind.text_key())),
            ("registry-object-name", self.name.clone()),
            ("registry-village", place(words, self.village_id)),
            ("registry-asset-place", self.place.clone()),
            ("registry-asset-coordinates", position(self)),
            ("registry-asset-count", t.number(self.quantity)),
            ("registry-asset-condition", t.t(self.condition.text_key())),
            ("registry-asset-connected", words.yes(self.connected)),
            ("registry-asset-since", self.in_use_since.map(|day| t.date(day)).unwrap_or_default()),
            ("registry-asset-serial", self.serial_no.clone()),
        ]
    }

    fn name(&self) -> &str {
        &self.name
    }

    async fn insert(ctx: &Ctx, tx: &Tx, facts: Facts, on: NaiveDate, source: &str) -> Result<Uuid> {
        super::insert(ctx, tx, facts, on, source).await
    }

    async fn update(
        ctx: &Ctx,
        tx: &Tx,
        id: Uuid,
        revision: i64,
        facts: Facts,
        how: &How,
    ) -> Result<Thing<Facts>> {
        super::update(ctx, tx, id, revision, facts, how).await
    }

    async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, on: NaiveDate, reason: &str) -> Result<()> {
        super::end(ctx, tx, id, revision, on, reason).await
    }
}

/// "22.31234, 104.01234", as phones and maps write it.
fn position(facts: &Facts) -> String {
    match (facts.latitude, facts.longitude) {
        (Some(latitude), Some(longitude)) => format!("{latitude:.5}, {longitude:.5}"),
        _ => String::new(),
    }
}

fn read_position(text: &str) -> Result<(Option<f64>, Option<f64>)> {
    if text.is_empty() {
        return Ok((None, None));
    }
    let wrong = || Error::field("toa-do", "registry-asset-position");
    let (latitude, longitude) = text.split_once([',', ';']).ok_or_else(wrong)?;
    let number =
        |part: &str| part.trim().parse::<f64>().ok().filter(|degrees| degrees.is_finite()).ok_or_else(wrong);
    Ok((Some(number(latitude)?), Some(number(longitude)?)))
}

pub(crate) fn condition_badge(t: T, condition: Condition) -> Html {
    let status = match condition {
        Condition::Good => Status::Done,
        Condition::Fair => Status::Info,
        Condition::Poor => Status::Soon,
        Condition::Broken => Status::Late,
    };
    status.badge(&t.t(condition.text_key()))
}

#[derive(Template)]
#[template(path = "object/list.html")]
struct ListPage {
    shell: Shell,
    lead: String,
    acts: Vec<Act>,
    table: Table,
}

async fn show_list(ctx: Ctx, axum::extract::Query(asked): Query) -> Result<Response> {
    let words = Words::today(&ctx).await?;
    let filter = list::filter::<Facts>(&ctx, &asked, Kind::parse(asked.text("loai")).map(Kind::code)).await?;
    if let Some(format) = asked.format() {
        return sheet(&ctx, &words, &filter).await?.answer(&ctx, &format);
    }
    let t = ctx.t();
    let shell = Shell::of(&ctx, "registry-asset-list").await?;
    let kinds = choices(t, Kind::ALL, Kind::code, Kind::text_key);
    let (mut table, page) = list::table::<Facts>(&ctx, &shell, &words, &asked, &filter, kinds).await?;
    table.columns = vec![
        Column::new("ten", t.t("registry-object-name"), ui::Kind::Name),
        Column::new("loai", t.t("registry-object-kind"), ui::Kind::Text),
        Column::new("thon", t.t("registry-village"), ui::Kind::Text),
        Column::new("so-luong", t.t("registry-asset-count"), ui::Kind::Number),
        Column::new("tinh-trang", t.t("registry-asset-condition"), ui::Kind::Badge),
        Column::new("ket-noi", t.t("registry-asset-connected"), ui::Kind::Text),
        Column::new("tuoi", t.t("registry-asset-age"), ui::Kind::Number),
    ];
    table.rows = page.rows.iter().map(|found| row(&ctx, &words, found)).collect();
    let mut acts = Vec::new();
    if ctx.may("asset.insert") {
        acts.push(Act {
            label: t.t("registry-asset-new"),
            url: "/lam-viec/tai-san/moi".into(),
            icon: "plus",
        });
    }
    acts.push(Act {
        label: t.t("registry-asset-coverage"),
        url: "/lam-viec/tai-san/dinh-muc".into(),
        icon: "list-checks",
    });
    Ok(html(ui::render(&ListPage { lead: t.t("registry-asset-lead"), shell, acts, table })?))
}

fn row(ctx: &Ctx, words: &Words, found: &Asset) -> Row {
    let (t, facts) = (words.t, &found.facts);
    let mut condition = Cell::html(condition_badge(t, facts.condition));
    condition.words = t.t(facts.condition.text_key());
    Row {
        id: found.id.to_string(),
        url: Some(asset_path(found.id)),
        cells: vec![
            Cell::text(&facts.name).under(&found.code),
            Cell::text(t.t(facts.kind.text_key())),
            Cell::text(place(words, facts.village_id)),
            Cell::number(t, facts.quantity),
            condition,
            Cell::text(words.yes(facts.connected)),
            Cell::text(
                facts
                    .age_on(ctx.today())
                    .map(|age| t.n("registry-asset-years", "count", age))
                    .unwrap_or_default(),
            ),
        ],
    }
}

async fn sheet(ctx: &Ctx, words: &Words, filter: &Filter) -> Result<Sheet> {
    let t = ctx.t();
    let keys = [
        "registry-object-code",
        "registry-object-name",
        "registry-object-kind",
        "registry-village",
        "registry-asset-place",
        "registry-asset-coordinates",
        "registry-asset-count",
        "registry-asset-condition",
        "registry-asset-connected",
        "registry-asset-since",
        "registry-asset-serial",
    ];
    let rows = list::all::<Facts>(ctx, filter).await?.into_iter().map(|found| {
        let facts = found.facts;
        vec![
            text(found.code),
            text(&facts.name),
            text(t.t(facts.kind.text_key())),
            text(place(words, facts.village_id)),
            text(&facts.place),
            text(position(&facts)),
            Value::Whole(facts.quantity),
            text(t.t(facts.condition.text_key())),
            text(words.yes(facts.connected)),
            date_or_empty(facts.in_use_since),
            text(facts.serial_no),
        ]
    });
    Ok(Sheet {
        name: t.t("registry-asset-list"),
        headings: keys.iter().map(|key| t.t(key)).collect(),
        rows: rows.collect(),
    })
}

async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let found = super::get(&ctx, id).await?;
    let history = super::history(&ctx, id).await?;
    let mut words = Words::today(&ctx).await?;
    words
        .learn(
            &ctx,
            history.iter().filter_map(|version| version.what.village_id).chain(found.facts.village_id),
        )
        .await?;
    let t = ctx.t();
    let shell = Shell::of(&ctx, &found.facts.name)
        .await?
        .crumb(t.t("registry-asset-list"), "/lam-viec/tai-san")
        .crumb(&found.facts.name, "");
    let mut page = CardPage::new(&ctx, shell, &found.code)?;
    page.facts = found
        .facts
        .said(&words)
        .into_iter()
        .filter(|(key, _)| *key != "registry-object-name")
        .map(|(key, value)| (t.t(key), value))
        .collect();
    if let Some(age) = found.facts.age_on(ctx.today()) {
        page.facts.push((t.t("registry-asset-age"), t.n("registry-asset-years", "count", age)));
    }
    page.badges = vec![condition_badge(t, found.facts.condition)];
    if let Some(day) = found.ended_on {
        page.badges.push(Status::Off.badge(&t.s("registry-object-ended-on", "day", &t.date(day))));
    }
    page.story = story(&words, &history);
    page.acts = acts(&ctx, &found);
    page.parts.extend(owner(&ctx, &found).await?);
    page.answer()
}

fn acts(ctx: &Ctx, found: &Asset) -> Vec<Act> {
    let open = |action| {
        let scope = ctx.scope_of(action);
        let village = found.facts.village_id.is_some_and(|id| scope.covers("village", id));
        found.state == State::Active && (scope.whole() || village)
    };
    let (t, path) = (ctx.t(), asset_path(found.id));
    let mut acts = Vec::new();
    if open("asset.update") {
        acts.push(Act { label: t.t("registry-object-edit"), url: format!("{path}/sua"), icon: "pencil" });
    }
    if open("asset.end") {
        acts.push(Act {
            label: t.t("registry-object-end"),
            url: format!("{path}/ket-thuc"),
            icon: "archive",
        });
    }
    acts
}

/// Who has it, when the reader may see that organisation.
async fn owner(ctx: &Ctx, found: &Asset) -> Result<Option<Part>> {
    let Some(id) = found.facts.organisation_id.filter(|_| ctx.may("organisation.show")) else {
        return Ok(None);
    };
    let owner = match organisation::get(ctx, id).await {
        Ok(owner) => owner,
        Err(error) if error.is(platform::Kind::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let t = ctx.t();
    let line =
        Line::new(owner.facts.name).under(t.t(owner.facts.kind.text_key())).linked(organisation_path(id));
    Ok(Some(Part { title: t.t("registry-asset-owner"), lines: vec![line], none: String::new() }))
}

struct Measure {
    name: String,
    what: String,
    unverified: bool,
}

struct Village {
    name: String,
    url: String,
    cells: Vec<Html>,
}

struct Whole {
    name: String,
    badge: Html,
    note: String,
}

#[derive(Template)]
#[template(path = "asset/coverage.html")]
struct Coverage {
    shell: Shell,
    measures: Vec<Measure>,
    villages: Vec<Village>,
    whole: Vec<Whole>,
    unverified: bool,
}

/// What is there against the norm: by village, and of the commune.
async fn coverage(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let shell = Shell::of(&ctx, "registry-asset-coverage")
        .await?
        .crumb(t.t("registry-asset-list"), "/lam-viec/tai-san")
        .crumb(t.t("registry-asset-coverage"), "");
    let norms = norms(&ctx)?;
    let gaps = gaps(&ctx).await?;
    let by_village: Vec<_> = norms.iter().filter(|norm| norm.per == Per::Village).collect();
    let villages = units::village_list(&ctx, ctx.today()).await?;
    let open = villages.into_iter().filter(|unit| ctx.scope.covers("village", unit.id));
    let villages = open.map(|unit| {
        let of = |kind: Kind| gaps.iter().find(|gap| gap.kind == kind && gap.village_id == Some(unit.id));
        let cells =
            by_village.iter().map(|norm| of(norm.kind).map_or_else(Html::default, |gap| gap_badge(t, gap)));
        Village {
            cells: cells.collect(),
            url: format!("/lam-viec/tai-san?thon={}", unit.id),
            name: unit.name,
        }
    });
    let of_commune = norms.iter().filter(|norm| norm.per == Per::Commune && ctx.scope.whole());
    let whole = of_commune.filter_map(|norm| {
        let gap = gaps.iter().find(|gap| gap.kind == norm.kind && gap.village_id.is_none())?;
        Some(Whole {
            name: t.t(norm.kind.text_key()),
            badge: gap_badge(t, gap),
            note: norm.label(ctx.lang).to_owned(),
        })
    });
    let page = Coverage {
        villages: villages.collect(),
        whole: whole.collect(),
        unverified: norms.iter().any(|norm| norm.unverified),
        measures: by_village
            .iter()
            .map(|norm| Measure {
                name: t.t(norm.kind.text_key()),
                what: norm.label(ctx.lang).to_owned(),
                unverified: norm.unverified,
            })
            .collect(),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// "2 / 2", or what is missing and why.
fn gap_badge(t: T, gap: &Gap) -> Html {
    let share = format!("{} / {}", t.number(gap.usable), t.number(gap.wanted));
    let mut words = vec![share];
    for (key, count) in [("registry-asset-broken", gap.broken), ("registry-asset-too-old", gap.too_old)] {
        if count > 0 {
            words.push(t.n(key, "count", count));
        }
    }
    let status = if gap.missing() == 0 {
        Status::Done
    } else if gap.usable > 0 {
        Status::Soon
    } else {
        Status::Late
    };
    status.badge(&words.join(" · "))
}

/// An asset as the registry has it today.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ApiAsset {
    id: Uuid,
    /// The identity code.
    code: String,
    /// computer, local_network, internet_line, meeting_room, culture_house, road, camera, loudspeaker, relay_station
    /// or other.
    kind: &'static str,
    name: String,
    /// Missing: of the whole commune.
    village_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    place: String,
    /// Degrees, WGS 84.
    latitude: Option<f64>,
    longitude: Option<f64>,
    quantity: i64,
    /// good, fair, poor or broken.
    condition: &'static str,
    connected: bool,
    in_use_since: Option<NaiveDate>,
    serial_no: String,
    revision: i64,
}

/// A page of assets.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct AssetPage {
    items: Vec<ApiAsset>,
    /// Ask again with this as `after`; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// Which assets.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AssetQuery {
    kind: Option<String>,
    village: Option<Uuid>,
    /// Of this organisation.
    organisation: Option<Uuid>,
    /// Those that have ended.
    #[serde(default)]
    ended: bool,
    after: Option<String>,
    /// At most 500; 100 unless said.
    limit: Option<i64>,
}

#[derive(OpenApi)]
#[openapi(paths(api_list))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// Assets by name.
#[utoipa::path(get, path = "/api/v1/assets", tag = "registry", security(("token" = [])), params(AssetQuery),
    responses((status = 200, body = AssetPage), (status = 422, body = Problem, content_type = "application/problem+json")))]
async fn api_list(
    ctx: Ctx,
    axum::extract::Query(query): axum::extract::Query<AssetQuery>,
) -> Result<Json<AssetPage>> {
    let kind = query
        .kind
        .as_deref()
        .map(|code| Kind::parse(code).ok_or_else(|| Error::field("kind", "error-choose")))
        .transpose()?;
    let villages = query.village.into_iter().collect();
    let filter = Filter {
        kind: kind.map(Kind::code),
        villages,
        organisation: query.organisation,
        ended: query.ended,
        ids: None,
    };
    let after = query.after.as_deref().and_then(After::parse);
    let page = super::list(&ctx, &filter, after.as_ref(), query.limit.unwrap_or(100).min(PAGE_MAX)).await?;
    let items = page.rows.into_iter().map(|found| ApiAsset {
        id: found.id,
        code: found.code,
        kind: found.facts.kind.code(),
        name: found.facts.name,
        village_id: found.facts.village_id,
        organisation_id: found.facts.organisation_id,
        place: found.facts.place,
        latitude: found.facts.latitude,
        longitude: found.facts.longitude,
        quantity: found.facts.quantity,
        condition: found.facts.condition.code(),
        connected: found.facts.connected,
        in_use_since: found.facts.in_use_since,
        serial_no: found.facts.serial_no,
        revision: found.revision,
    });
    Ok(Json(AssetPage { items: items.collect(), after: page.next.map(|after| after.text()) }))
}

#[cfg(test)]
mod tests {
    use super::read_position;

    #[test]
    fn a_place_is_read_as_maps_write_it() {
        assert_eq!(read_position("").unwrap(), (None, None));
        assert_eq!(read_position("22.3, 104.0").unwrap(), (Some(22.3), Some(104.0)));
        for wrong in ["22.3", "a, b", "22.3, NaN", "inf; 1"] {
            assert!(read_position(wrong).is_err(), "{wrong}");
        }
    }
}
