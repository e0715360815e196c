//! Open data (dữ liệu mở): the tables that areas offer, as pages, CSV and JSON, with a description for catalogues (DCAT).

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::http::{download, html};
use platform::open_data::Dataset;
use platform::{Ctx, Error, Lang, Result};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use ui::Shell;

const PATH: &str = "/du-lieu-mo";
/// Rows that a page shows before it offers the file.
const SHOWN: usize = 50;
const GEO: &str = "application/geo+json";

/// The terms of use: `data/open-data`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    licence: String,
    vi: String,
    en: String,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

fn terms(ctx: &Ctx) -> Result<std::sync::Arc<Terms>> {
    Ok(ctx.app.law.in_force("open-data", ctx.today())?.content)
}

fn all(ctx: &Ctx) -> Vec<Dataset> {
    let mut all: Vec<Dataset> = ctx.app.offers::<Dataset>().copied().collect();
    all.sort_by_key(|one| one.code);
    all
}

fn find(ctx: &Ctx, code: &str) -> Result<Dataset> {
    all(ctx).into_iter().find(|one| one.code == code).ok_or_else(Error::not_found)
}

struct Line {
    code: &'static str,
    title: String,
    about: String,
}

#[derive(Template)]
#[template(path = "open-data-list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    terms: String,
    licence: String,
}

pub(crate) async fn list(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let terms = terms(&ctx)?;
    let shell = Shell::public(&ctx, "open-data").await?.crumb(t.t("portal-home"), "/");
    let page = ListPage {
        shell: shell.crumb(t.t("open-data"), ""),
        lines: all(&ctx)
            .into_iter()
            .map(|one| Line { code: one.code, title: t.t(one.title), about: t.t(one.about) })
            .collect(),
        terms: if ctx.lang == Lang::Vi { terms.vi.clone() } else { terms.en.clone() },
        licence: terms.licence.clone(),
    };
    Ok(html(ui::render(&page)?))
}

#[derive(Template)]
#[template(path = "open-data-show.html")]
struct ShowPage {
    shell: Shell,
    csv: String,
    json: String,
    geo: String,
    about: String,
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
    count: String,
    more: bool,
}

pub(crate) async fn show(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    match code.rsplit_once('.') {
        Some((code, "csv")) => csv(&ctx, find(&ctx, code)?).await,
        Some((code, "json")) => objects(&ctx, find(&ctx, code)?).await,
        Some((code, "geojson")) => places(&ctx, find(&ctx, code)?).await,
        Some(("dcat", "jsonld")) => catalogue(&ctx),
        Some(_) => Err(Error::not_found()),
        None => table(&ctx, find(&ctx, &code)?).await,
    }
}

async fn table(ctx: &Ctx, one: Dataset) -> Result<Response> {
    let t = ctx.t();
    let rows = (one.rows)(ctx).await?;
    let shell = Shell::public(ctx, one.title).await?.crumb(t.t("portal-home"), "/");
    let page = ShowPage {
        shell: shell.crumb(t.t("open-data"), PATH).crumb(t.t(one.title), ""),
        csv: format!("{PATH}/{}.csv", one.code),
        json: format!("{PATH}/{}.json", one.code),
        geo: one.point.map(|_| format!("{PATH}/{}.geojson", one.code)).unwrap_or_default(),
        about: t.t(one.about),
        columns: one.columns,
        count: t.n("open-data-rows", "count", rows.len()),
        more: rows.len() > SHOWN,
        rows: rows.into_iter().take(SHOWN).map(|row| row.iter().map(written).collect()).collect(),
    };
    Ok(html(ui::render(&page)?))
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

async fn csv(ctx: &Ctx, one: Dataset) -> Result<Response> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(one.columns).map_err(Error::internal)?;
    for row in (one.rows)(ctx).await? {
        writer.write_record(row.iter().map(written)).map_err(Error::internal)?;
    }
    let bytes = writer.into_inner().map_err(Error::internal)?;
    Ok(download(&format!("{}.csv", one.code), "text/csv; charset=utf-8", bytes))
}

async fn objects(ctx: &Ctx, one: Dataset) -> Result<Response> {
    let object = |row: Vec<Value>| {
        Value::Object(one.columns.iter().map(|name| (*name).to_owned()).zip(row).collect::<Map<_, _>>())
    };
    let rows: Vec<Value> = (one.rows)(ctx).await?.into_iter().map(object).collect();
    Ok(axum::Json(rows).into_response())
}

/// The rows that have a place, as features (GeoJSON, RFC 7946).
async fn places(ctx: &Ctx, one: Dataset) -> Result<Response> {
    let (lat, lon) = one.point.ok_or_else(Error::not_found)?;
    let feature = |row: Vec<Value>| {
        let at = json!([row.get(lat)?.as_f64()?, row.get(lon)?.as_f64()?]);
        let about: Map<String, Value> = one.columns.iter().map(|name| (*name).to_owned()).zip(row).collect();
        Some(
            json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [at[1], at[0]] }, "properties": about }),
        )
    };
    let features: Vec<Value> = (one.rows)(ctx).await?.into_iter().filter_map(feature).collect();
    let whole = json!({ "type": "FeatureCollection", "features": features });
    Ok(([(header::CONTENT_TYPE, GEO)], whole.to_string()).into_response())
}

/// The catalogue as DCAT 3 in JSON-LD, for portals that gather open data.
fn catalogue(ctx: &Ctx) -> Result<Response> {
    let base = ctx.app.config.base_url();
    let terms = terms(ctx)?;
    let words = |key: &str| {
        let word = |lang: Lang| json!({ "@language": lang.code(), "@value": platform::T(lang).t(key) });
        Lang::ALL.iter().map(|lang| word(*lang)).collect::<Vec<_>>()
    };
    let dataset = |one: Dataset| {
        let file = |ending: &str, media: &str| {
            json!({
                "@type": "Distribution",
                "downloadURL": format!("{base}{PATH}/{}.{ending}", one.code),
                "mediaType": format!("https://www.iana.org/assignments/media-types/{media}"),
                "license": terms.licence,
            })
        };
        let mut files = vec![file("csv", "text/csv"), file("json", "application/json")];
        files.extend(one.point.map(|_| file("geojson", GEO)));
        json!({
            "@id": format!("{base}{PATH}/{}", one.code),
            "@type": "Dataset",
            "identifier": one.code,
            "title": words(one.title),
            "description": words(one.about),
            "license": terms.licence,
            "accrualPeriodicity": "http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT",
            "distribution": files,
        })
    };
    let whole = json!({
        "@context": {
            "@vocab": "http://www.w3.org/ns/dcat#",
            "title": "http://purl.org/dc/terms/title",
            "description": "http://purl.org/dc/terms/description",
            "identifier": "http://purl.org/dc/terms/identifier",
            "accrualPeriodicity": { "@id": "http://purl.org/dc/terms/accrualPeriodicity", "@type": "@id" },
            "license": { "@id": "http://purl.org/dc/terms/license", "@type": "@id" },
            "dataset": { "@type": "@id" },
            "downloadURL": { "@type": "@id" },
            "mediaType": { "@type": "@id" },
        },
        "@id": format!("{base}{PATH}"),
        "@type": "Catalog",
        "title": words("open-data"),
        "description": words("open-data-lead"),
        "dataset": all(ctx).into_iter().map(dataset).collect::<Vec<_>>(),
    });
    let media = [(header::CONTENT_TYPE, "application/ld+json")];
    Ok((media, serde_json::to_string_pretty(&whole)?).into_response())
}

/// The villages as open data.
pub(crate) const VILLAGES: Dataset = Dataset {
    code: "thon",
    title: "open-data-villages",
    about: "open-data-villages-about",
    columns: &["name", "code", "slug", "valid_from"],
    point: None,
    rows: |ctx| Box::pin(villages(ctx)),
};

async fn villages(ctx: &Ctx) -> Result<Vec<Vec<Value>>> {
    let villages = units::village_list(ctx, ctx.today()).await?;
    let row =
        |one: units::Unit| vec![json!(one.name), json!(one.code), json!(one.slug), json!(one.valid_from)];
    Ok(villages.into_iter().map(row).collect())
}
