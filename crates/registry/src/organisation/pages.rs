//! Pages of organisations, and the same as JSON.

use super::{Facts, Kind, Organisation};
use crate::asset;
use crate::find::{asset_path, organisation_path};
use crate::object::card::{CardPage, Line, Part, story};
use crate::object::{Noun, edit, list, place};
use crate::page::{After, PAGE_MAX};
use crate::show::form::{Input, Look};
use crate::show::sheet::Sheet;
use crate::show::{Act, Words, choices};
use crate::thing::{Filter, State, Thing};
use crate::version::How;
use crate::work::{Asked, Query, date_or_empty, text};
use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::response::Response;
use chrono::NaiveDate;
use platform::area::{get, post};
use platform::http::{Form, Problem, html};
use platform::{Ctx, Error, Result, Route, Tx, Uuid};
use ui::{Cell, Column, Row, Shell, Status, Table};
use utoipa::OpenApi;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/to-chuc", "organisation.list", show_list),
        get("/lam-viec/to-chuc/moi", "organisation.insert", edit::new_form::<Facts>),
        post("/lam-viec/to-chuc/moi", "organisation.insert", edit::new_save::<Facts>),
        get("/lam-viec/to-chuc/{id}", "organisation.show", show),
        get("/lam-viec/to-chuc/{id}/sua", "organisation.update", edit::form::<Facts>),
        post("/lam-viec/to-chuc/{id}/sua", "organisation.update", edit::save::<Facts>),
        get("/lam-viec/to-chuc/{id}/ket-thuc", "organisation.end", edit::end_form::<Facts>),
        post("/lam-viec/to-chuc/{id}/ket-thuc", "organisation.end", edit::end::<Facts>),
        get("/api/v1/organisations", "organisation.list", api_list),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-organisation-list",
        url: "/lam-viec/to-chuc",
        icon: "building-2",
        action: "organisation.list",
        group: "registry-menu-group",
        order: 120,
    }
}

impl Noun for Facts {
    const FAMILY: &'static str = "organisation";
    const ROOT: &'static str = "/lam-viec/to-chuc";

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
            text(Look::Text, "dia-chi", "registry-object-address", &|f| f.address.clone()).optional(),
            text(Look::Text, "nganh-nghe", "registry-organisation-trade", &|f| f.trade.clone()).optional(),
            text(Look::Number, "ma-so-thue", "registry-organisation-tax", &|f| {
                f.tax_no.clone().unwrap_or_default()
            })
            .optional(),
            text(Look::Tel, "dien-thoai", "registry-organisation-phone", &|f| phone(f.phone.as_deref()))
                .optional(),
            text(Look::Text, "dai-dien", "registry-organisation-representative", &|f| {
                f.representative.clone()
            })
            .optional(),
            text(Look::Text, "so-giay-phep", "registry-organisation-licence", &|f| f.licence_no.clone())
                .optional(),
            text(Look::Date, "ngay-lap", "registry-organisation-founded", &|f| {
                f.founded_on.map(|day| t.date(day)).unwrap_or_default()
            })
            .optional(),
        ]
    }

    fn read(form: &Form, old: Option<&Facts>) -> Result<Facts> {
        let text = |name: &str| form.text(name).to_owned();
        let representative = text("dai-dien");
        // The link to the person holds as long as the name does.
        let same = old.filter(|old| old.representative == representative);
        Ok(Facts {
            kind: Kind::parse(form.text("loai")).ok_or_else(|| Error::field("loai", "error-choose"))?,
            name: text("ten"),
            village_id: form.id("thon")?,
            address: text("dia-chi"),
            trade: text("nganh-nghe"),
            tax_no: form.some("ma-so-thue").map(str::to_owned),
            phone: form.some("dien-thoai").map(str::to_owned),
            representative_id: same.and_then(|old| old.representative_id),
            representative,
            licence_no: text("so-giay-phep"),
            founded_on: form.date("ngay-lap")?,
        })
    }

    fn said(&self, words: &Words) -> Vec<(&'static str, String)> {
        let t = words.t;
        vec![
            ("registry-object-kind", t.t(self.kind.text_key())),
            ("registry-object-name", self.name.clone()),
            ("registry-village", place(words, self.village_id)),
            ("registry-object-address", self.address.clone()),
            ("registry-organisation-trade", self.trade.clone()),
            ("registry-organisation-tax", self.tax_no.clone().unwrap_or_default()),
            ("registry-organisation-phone", phone(self.phone.as_deref())),
            ("registry-organisation-representative", self.representative.clone()),
            ("registry-organisation-licence", self.licence_no.clone()),
            ("registry-organisation-founded", self.founded_on.map(|day| t.date(day)).unwrap_or_default()),
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

/// As people read it: 0912 345 678.
fn phone(stored: Option<&str>) -> String {
    stored.map_or_else(String::new, |text| {
        vnid::Phone::parse(text).map_or_else(|_| text.to_owned(), |phone| phone.shown())
    })
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
    let filter = filter(&ctx, &asked).await?;
    if let Some(format) = asked.format() {
        return sheet(&ctx, &words, &filter).await?.answer(&ctx, &format);
    }
    let t = ctx.t();
    let shell = Shell::of(&ctx, "registry-organisation-list").await?;
    let kinds = choices(t, Kind::ALL, Kind::code, Kind::text_key);
    let (mut table, page) = list::table::<Facts>(&ctx, &shell, &words, &asked, &filter, kinds).await?;
    table.columns = vec![
        Column::new("ten", t.t("registry-object-name"), ui::Kind::Name),
        Column::new("loai", t.t("registry-object-kind"), ui::Kind::Text),
        Column::new("thon", t.t("registry-village"), ui::Kind::Text),
        Column::new("nganh-nghe", t.t("registry-organisation-trade"), ui::Kind::Text),
        Column::new("dai-dien", t.t("registry-organisation-representative"), ui::Kind::Text),
        Column::new("ma-so-thue", t.t("registry-organisation-tax"), ui::Kind::Text).hidden(),
        Column::new("dien-thoai", t.t("registry-organisation-phone"), ui::Kind::Text).hidden(),
    ];
    table.rows = page.rows.iter().map(|found| row(&words, found)).collect();
    let mut acts = Vec::new();
    if ctx.may("organisation.insert") {
        acts.push(Act {
            label: t.t("registry-organisation-new"),
            url: "/lam-viec/to-chuc/moi".into(),
            icon: "plus",
        });
    }
    Ok(html(ui::render(&ListPage { lead: t.t("registry-organisation-lead"), shell, acts, table })?))
}

async fn filter(ctx: &Ctx, asked: &Asked) -> Result<Filter> {
    list::filter::<Facts>(ctx, asked, Kind::parse(asked.text("loai")).map(Kind::code)).await
}

fn row(words: &Words, found: &Organisation) -> Row {
    let facts = &found.facts;
    Row {
        id: found.id.to_string(),
        url: Some(organisation_path(found.id)),
        cells: vec![
            Cell::text(&facts.name).under(&found.code),
            Cell::text(words.t.t(facts.kind.text_key())),
            Cell::text(place(words, facts.village_id)),
            Cell::text(&facts.trade),
            Cell::text(&facts.representative),
            Cell::text(facts.tax_no.clone().unwrap_or_default()),
            Cell::text(phone(facts.phone.as_deref())),
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
        "registry-object-address",
        "registry-organisation-trade",
        "registry-organisation-tax",
        "registry-organisation-phone",
        "registry-organisation-representative",
        "registry-organisation-licence",
        "registry-organisation-founded",
    ];
    let rows = list::all::<Facts>(ctx, filter).await?.into_iter().map(|found| {
        let facts = found.facts;
        vec![
            text(found.code),
            text(facts.name),
            text(t.t(facts.kind.text_key())),
            text(place(words, facts.village_id)),
            text(facts.address),
            text(facts.trade),
            text(facts.tax_no.unwrap_or_default()),
            text(phone(facts.phone.as_deref())),
            text(facts.representative),
            text(facts.licence_no),
            date_or_empty(facts.founded_on),
        ]
    });
    Ok(Sheet {
        name: t.t("registry-organisation-list"),
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
        .crumb(t.t("registry-organisation-list"), "/lam-viec/to-chuc")
        .crumb(&found.facts.name, "");
    let mut page = CardPage::new(&ctx, shell, &found.code)?;
    page.facts = found
        .facts
        .said(&words)
        .into_iter()
        .filter(|(key, _)| *key != "registry-object-name")
        .map(|(key, value)| (t.t(key), value))
        .collect();
    page.badges = badges(&ctx, &found);
    page.story = story(&words, &history);
    page.acts = acts(&ctx, &found);
    if ctx.may("asset.list") {
        page.parts.push(assets(&ctx, id).await?);
    }
    page.answer()
}

fn badges(ctx: &Ctx, found: &Organisation) -> Vec<ui::Html> {
    let t = ctx.t();
    match (found.state, found.ended_on) {
        (State::Ended, Some(day)) => {
            vec![Status::Off.badge(&t.s("registry-object-ended-on", "day", &t.date(day)))]
        }
        _ => vec![Status::Active.badge(&t.t(found.facts.kind.text_key()))],
    }
}

fn acts(ctx: &Ctx, found: &Organisation) -> Vec<Act> {
    let open = |action| {
        let scope = ctx.scope_of(action);
        let village = found.facts.village_id.is_some_and(|id| scope.covers("village", id));
        found.state == State::Active
            && (scope.whole() || village || scope.ids("organisation").contains(&found.id))
    };
    let (t, path) = (ctx.t(), organisation_path(found.id));
    let mut acts = Vec::new();
    if open("organisation.update") {
        acts.push(Act { label: t.t("registry-object-edit"), url: format!("{path}/sua"), icon: "pencil" });
    }
    if open("organisation.end") {
        acts.push(Act {
            label: t.t("registry-object-end"),
            url: format!("{path}/ket-thuc"),
            icon: "archive",
        });
    }
    acts
}

/// What the organisation has.
async fn assets(ctx: &Ctx, id: Uuid) -> Result<Part> {
    let t = ctx.t();
    let filter = Filter { organisation: Some(id), ..Filter::default() };
    let found = asset::list(ctx, &filter, None, 100).await?;
    let lines = found.rows.into_iter().map(|asset| {
        let kind = t.t(asset.facts.kind.text_key());
        Line::new(asset.facts.name)
            .under(kind)
            .linked(asset_path(asset.id))
            .badge(asset::pages::condition_badge(t, asset.facts.condition))
    });
    Ok(Part {
        title: t.t("registry-organisation-assets"),
        lines: lines.collect(),
        none: t.t("registry-organisation-assets-none"),
    })
}

/// An organisation as the registry has it today.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ApiOrganisation {
    id: Uuid,
    /// The identity code.
    code: String,
    /// cooperative, household_business, enterprise, school, party_office, state_office, association or other.
    kind: &'static str,
    name: String,
    /// Missing: of the whole commune.
    village_id: Option<Uuid>,
    address: String,
    trade: String,
    tax_no: Option<String>,
    /// E.164.
    phone: Option<String>,
    representative: String,
    licence_no: String,
    founded_on: Option<NaiveDate>,
    revision: i64,
}

/// A page of organisations.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct OrganisationPage {
    items: Vec<ApiOrganisation>,
    /// Ask again with this as `after`; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// Which organisations.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrganisationQuery {
    kind: Option<String>,
    village: Option<Uuid>,
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

/// Organisations by name.
#[utoipa::path(get, path = "/api/v1/organisations", tag = "registry", security(("token" = [])), params(OrganisationQuery),
    responses((status = 200, body = OrganisationPage), (status = 422, body = Problem, content_type = "application/problem+json")))]
async fn api_list(
    ctx: Ctx,
    axum::extract::Query(query): axum::extract::Query<OrganisationQuery>,
) -> Result<Json<OrganisationPage>> {
    let kind = query
        .kind
        .as_deref()
        .map(|code| Kind::parse(code).ok_or_else(|| Error::field("kind", "error-choose")))
        .transpose()?;
    let filter = Filter {
        kind: kind.map(Kind::code),
        villages: query.village.into_iter().collect(),
        ended: query.ended,
        ..Filter::default()
    };
    let after = query.after.as_deref().and_then(After::parse);
    let page = super::list(&ctx, &filter, after.as_ref(), query.limit.unwrap_or(100).min(PAGE_MAX)).await?;
    let items = page.rows.into_iter().map(|found| ApiOrganisation {
        id: found.id,
        code: found.code,
        kind: found.facts.kind.code(),
        name: found.facts.name,
        village_id: found.facts.village_id,
        address: found.facts.address,
        trade: found.facts.trade,
        tax_no: found.facts.tax_no,
        phone: found.facts.phone,
        representative: found.facts.representative,
        licence_no: found.facts.licence_no,
        founded_on: found.facts.founded_on,
        revision: found.revision,
    });
    Ok(Json(OrganisationPage { items: items.collect(), after: page.next.map(|after| after.text()) }))
}
