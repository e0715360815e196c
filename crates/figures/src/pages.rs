//! The pages of the figures.

use crate::model::figures;
use crate::value::UnitValue;
use crate::{Rows as Behind, Value, Which, all, export, frozen as store, one};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::{Datelike, Days, NaiveDate};
use platform::http::{Form, Note, download, html, see_other};
use platform::{Ctx, Error, Kind, Result, T, Uuid, once};
use std::collections::{BTreeMap, HashMap};
use ui::{Bar, BarChart, FieldErrors, Html, LineChart, Shell, VillageMap};
use units::Unit;

type Asked = Query<HashMap<String, String>>;

/// Rows on one page.
const SHOWN: usize = 50;
/// Months in the line of the past.
const MONTHS: u32 = 12;

/// `?ngay=dd/mm/yyyy`, today when it is left out.
fn day_of(ctx: &Ctx, query: &HashMap<String, String>) -> Result<NaiveDate> {
    match query.get("ngay").map(String::as_str).filter(|text| !text.is_empty()) {
        Some(text) => vntext::date_parse(text).map_err(|_| Error::field("ngay", "error-date")),
        None => Ok(ctx.today()),
    }
}

/// The day in addresses, empty for today.
fn day_query(ctx: &Ctx, day: NaiveDate) -> String {
    if day == ctx.today() { String::new() } else { format!("?ngay={day}") }
}

/// A day that cannot be shown leaves today's figures and a word at the field.
fn day_or_today(ctx: &Ctx, query: &HashMap<String, String>) -> Result<(NaiveDate, FieldErrors)> {
    let day = day_of(ctx, query).and_then(|day| match day > ctx.today() {
        true => Err(Error::field("ngay", "figures-day-in-future")),
        false => Ok(day),
    });
    match day {
        Ok(day) => Ok((day, FieldErrors::default())),
        Err(error) if error.kind == Kind::Invalid => {
            Ok((ctx.today(), FieldErrors::from_error(&error, ctx.t())))
        }
        Err(error) => Err(error),
    }
}

struct Group {
    title: String,
    lines: Vec<Line>,
}

struct Line {
    name: String,
    value: String,
    unit: String,
    parts: String,
    url: String,
}

#[derive(Template)]
#[template(path = "figures.html")]
struct List {
    shell: Shell,
    groups: Vec<Group>,
    day: String,
    csv: String,
    xlsx: String,
    errors: FieldErrors,
}

/// All figures in their groups.
pub async fn list(ctx: Ctx, Query(query): Asked) -> Result<Response> {
    let t = ctx.t();
    let (day, errors) = day_or_today(&ctx, &query)?;
    let values = all(&ctx, day).await?;
    let title = format!("{} {}", t.t("figures-title"), day.format("%Y-%m-%d"));
    match query.get("dinh-dang").map(String::as_str) {
        Some("csv") => {
            return Ok(download(
                &format!("{title}.csv"),
                "text/csv; charset=utf-8",
                export::csv_of(&values)?.into_bytes(),
            ));
        }
        Some("xlsx") => {
            let bytes = export::xlsx(t, &t.t("figures-title"), day, &values)?;
            return Ok(download(&format!("{title}.xlsx"), XLSX, bytes));
        }
        _ => {}
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for value in &values {
        let at = known.iter().position(|group| *group == value.group).unwrap_or_else(|| {
            known.push(value.group);
            groups.push(Group { title: t.t(value.group), lines: Vec::new() });
            groups.len() - 1
        });
        groups[at].lines.push(Line {
            name: value.name(t),
            value: value.written(t),
            unit: value.unit_word(t),
            parts: value.parts(t),
            url: format!("/so-lieu/{}{}", value.key, day_query(&ctx, day)),
        });
    }
    let export = |format: &str| format!("/so-lieu?ngay={day}&dinh-dang={format}");
    let shell = Shell::public(&ctx, "figures-title").await?.crumb(t.t("figures-title"), "");
    let page = List { shell, groups, day: t.date(day), csv: export("csv"), xlsx: export("xlsx"), errors };
    Ok(html(ui::render(&page)?))
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Template)]
#[template(path = "figure.html")]
struct One {
    shell: Shell,
    key: &'static str,
    value: String,
    unit: String,
    parts: String,
    how: String,
    basis: String,
    day: String,
    chart: Option<BarChart>,
    map: Option<VillageMap>,
    /// Where the rows stand, for those who may look.
    rows: String,
    rest: String,
    /// `""` for what no line could draw.
    history: String,
    as_of: String,
    errors: FieldErrors,
}

/// One figure: value, how it is counted, villages, map, the past.
pub async fn show(ctx: Ctx, Path(key): Path<String>, Query(query): Asked) -> Result<Response> {
    let t = ctx.t();
    let (day, errors) = day_or_today(&ctx, &query)?;
    let value = one(&ctx, &key, day).await?;
    let villages = units::village_list(&ctx, day).await?;
    let rows = match value.opens && ctx.may("figure.rows") {
        true => format!("/lam-viec/so-lieu/{key}/dong?ngay={day}"),
        false => String::new(),
    };
    let rest = if value.denominator.is_some() && !rows.is_empty() {
        format!("{rows}&con-lai=1")
    } else {
        String::new()
    };
    let name = value.name(t);
    let shell = Shell::public(&ctx, &name).await?;
    let back = format!("/so-lieu{}", day_query(&ctx, day));
    let page = One {
        shell: shell.crumb(t.t("figures-title"), &back).crumb(name, ""),
        key: value.key,
        value: value.written(t),
        unit: value.unit_word(t),
        parts: value.parts(t),
        how: value.how(t),
        basis: t.t(&format!("figures-basis-{}", value.basis.code())),
        day: t.date(day),
        as_of: t.s("figures-as-of", "day", &t.date(day)),
        chart: by_village(t, &value, &villages, &rows),
        map: map(&ctx, &value, &villages).await?,
        history: if value.is_name() { String::new() } else { format!("/so-lieu/{key}/lich-su?ngay={day}") },
        rows,
        rest,
        errors,
    };
    Ok(html(ui::render(&page)?))
}

fn of_village<'v>(value: &'v Value, village: &Unit) -> Option<&'v UnitValue> {
    value.by_unit.iter().find(|unit| unit.unit_id == Some(village.id))
}

/// Bars in Vietnamese order of the villages; a village without rows has none. Nothing when no village has a value.
fn by_village(t: T, value: &Value, villages: &[Unit], rows: &str) -> Option<BarChart> {
    let bars: Vec<Bar> = villages
        .iter()
        .filter_map(|village| {
            let number = match of_village(value, village) {
                Some(unit) => unit.value?.to_f64(),
                None if value.denominator.is_some() => return None,
                None => 0.0,
            };
            let bar = Bar::new(&village.name, number);
            Some(if rows.is_empty() { bar } else { bar.linked(format!("{rows}&thon={}", village.id)) })
        })
        .collect();
    let any = value.by_unit.iter().any(|unit| unit.unit_id.is_some());
    let mut chart = BarChart::new(t, t.t("figures-by-village"), value.unit_word(t), bars);
    chart.note = value.name(t);
    chart.places = places(value);
    chart.full = (value.unit == "percent").then_some(100.0);
    any.then_some(chart)
}

fn places(value: &Value) -> usize {
    let all = value.by_unit.iter().filter_map(|unit| unit.value).chain(value.value);
    all.map(crate::Exact::places).max().unwrap_or(0)
}

async fn map(ctx: &Ctx, value: &Value, villages: &[Unit]) -> Result<Option<VillageMap>> {
    let t = ctx.t();
    let mut features = Vec::new();
    let mut values = BTreeMap::new();
    for village in villages {
        let Some(boundary) = units::boundary(ctx, village.id).await? else { continue };
        let geometry: serde_json::Value = serde_json::from_str(&boundary)?;
        let properties = serde_json::json!({ "id": village.slug, "name": village.name });
        features
            .push(serde_json::json!({ "type": "Feature", "properties": properties, "geometry": geometry }));
        if let Some(number) = of_village(value, village).and_then(|unit| unit.value) {
            values.insert(village.slug.clone(), number.to_f64());
        }
    }
    if features.is_empty() || values.is_empty() {
        return Ok(None);
    }
    let geojson = serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string();
    let mut map = VillageMap::new(t, value.name(t), value.unit_word(t), &geojson, &values, |slug| {
        format!("/thon/{slug}")
    })?;
    map.places = places(value);
    Ok(Some(map))
}

#[derive(Template)]
#[template(path = "figure-history.html")]
struct Past {
    shell: Shell,
    name: String,
    back: String,
    chart: LineChart,
}

/// The figure at the end of each of the last months: a piece of the page, or a page of its own without script.
pub async fn history(ctx: Ctx, Path(key): Path<String>, Query(query): Asked) -> Result<Response> {
    let t = ctx.t();
    let (day, _) = day_or_today(&ctx, &query)?;
    let mut points = Vec::new();
    let mut last = None;
    for moment in month_ends(day) {
        let value = one(&ctx, &key, moment).await?;
        if let Some(number) = value.value.filter(|_| !value.is_name()) {
            points.push((moment.format("%m/%Y").to_string(), number.to_f64()));
        }
        last = Some(value);
    }
    let value = last.ok_or_else(Error::not_found)?;
    let mut chart = LineChart::new(t, t.t("figures-history"), value.unit_word(t), points);
    chart.places = places(&value);
    chart.note = value.name(t);
    if ctx.headers.contains_key("hx-request") {
        return Ok(html(Html(chart.to_string()).0));
    }
    let name = value.name(t);
    let shell = Shell::public(&ctx, &name).await?;
    let back = format!("/so-lieu/{key}{}", day_query(&ctx, day));
    let shell = shell
        .crumb(t.t("figures-title"), "/so-lieu")
        .crumb(name.clone(), &back)
        .crumb(t.t("figures-history"), "");
    Ok(html(ui::render(&Past { shell, name, back, chart })?))
}

/// The last days of the months before `day`, oldest first, then `day` itself.
fn month_ends(day: NaiveDate) -> Vec<NaiveDate> {
    let mut days = vec![day];
    let mut first = day.with_day(1).unwrap_or(day);
    while days.len() < MONTHS as usize {
        let Some(end) = first.checked_sub_days(Days::new(1)) else { break };
        days.push(end);
        first = end.with_day(1).unwrap_or(end);
    }
    days.reverse();
    days
}

#[derive(Template)]
#[template(path = "figure-rows.html")]
struct RowsPage {
    shell: Shell,
    name: String,
    note: String,
    behind: Behind,
    next: String,
    back: String,
}

/// The rows behind a figure, inside the reader's places.
pub async fn rows(ctx: Ctx, Path(key): Path<String>, Query(query): Asked) -> Result<Response> {
    let t = ctx.t();
    let day = day_of(&ctx, &query)?;
    let id = |name: &str| -> Result<Option<Uuid>> {
        query.get(name).map(|text| text.parse().map_err(|_| Error::not_found())).transpose()
    };
    let (unit, after) = (id("thon")?, id("sau")?);
    let which = if query.contains_key("con-lai") { Which::Rest } else { Which::Counted };
    let figure = crate::model::find(&ctx.app, &key)?;
    let behind = crate::rows(&ctx, &key, day, which, unit, after, SHOWN).await?;
    let name = t.t(&figure.text_key());
    let village = match unit {
        Some(unit) => units::on_day(&ctx, unit, day).await?.name,
        None => String::new(),
    };
    let part = if which == Which::Rest { t.t("figures-rest") } else { String::new() };
    let note = [t.s("figures-as-of", "day", &t.date(day)), village, part];
    let next = behind.next.map(|after| {
        let unit = unit.map(|unit| format!("&thon={unit}")).unwrap_or_default();
        let rest = if which == Which::Rest { "&con-lai=1" } else { "" };
        format!("/lam-viec/so-lieu/{key}/dong?ngay={day}{unit}{rest}&sau={after}")
    });
    let back = format!("/so-lieu/{key}{}", day_query(&ctx, day));
    let shell = Shell::of(&ctx, &name).await?;
    let page = RowsPage {
        shell: shell
            .crumb(t.t("figures-title"), "/so-lieu")
            .crumb(name.clone(), &back)
            .crumb(t.t("figures-rows"), ""),
        name,
        note: note.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        behind,
        next: next.unwrap_or_default(),
        back,
    };
    Ok(html(ui::render(&page)?))
}

#[derive(Template)]
#[template(path = "frozen.html")]
struct FrozenPage {
    shell: Shell,
    key: Uuid,
    may_freeze: bool,
    periods: Vec<(String, String, String)>,
    chosen: String,
    lines: Vec<Line>,
    typed: (String, String),
    errors: FieldErrors,
}

/// What was reported, and the form to freeze the next period.
pub async fn frozen(ctx: Ctx, Query(query): Asked) -> Result<Response> {
    let chosen = query.get("ky").cloned().unwrap_or_default();
    let day = ctx.t().date(ctx.today());
    Ok(html(frozen_page(&ctx, &chosen, (String::new(), day), FieldErrors::default()).await?))
}

async fn frozen_page(
    ctx: &Ctx,
    chosen: &str,
    typed: (String, String),
    errors: FieldErrors,
) -> Result<String> {
    let t = ctx.t();
    let periods = store::periods(ctx).await?;
    let chosen =
        if chosen.is_empty() { periods.first().map_or("", |first| first.period.as_str()) } else { chosen }
            .to_owned();
    let names: HashMap<&str, (String, String)> =
        figures(&ctx.app).map(|figure| (figure.key, (t.t(&figure.text_key()), figure.unit_key()))).collect();
    let lines = store::frozen(ctx, &chosen).await?.into_iter().map(|row| {
        let (name, unit_key) = names.get(row.key.as_str()).cloned().unwrap_or_default();
        let unit = if t.has(&unit_key) { t.t(&unit_key) } else { String::new() };
        let parts = if row.denominator.is_empty() {
            String::new()
        } else {
            format!("{} / {}", row.numerator, row.denominator)
        };
        // A figure that no area offers any more keeps its key as its name.
        Line {
            name: if name.is_empty() { row.key } else { name },
            value: row.value,
            unit,
            parts,
            url: String::new(),
        }
    });
    let page = FrozenPage {
        lines: lines.collect(),
        shell: Shell::of(ctx, "figures-frozen").await?.crumb(t.t("figures-frozen"), ""),
        key: ctx.new_id(),
        may_freeze: ctx.may("figure.freeze"),
        periods: periods.into_iter().map(|p| (p.period, t.date(p.as_of), t.moment(p.frozen_at))).collect(),
        chosen,
        typed,
        errors,
    };
    ui::render(&page)
}

/// Freezes the figures of a day under a period.
pub async fn freeze(ctx: Ctx, form: Form) -> Result<Response> {
    let url = format!("/lam-viec/so-lieu-da-chot?ky={}", form.text("ky"));
    let done = async {
        let day = form.date("ngay")?.ok_or_else(|| Error::field("ngay", "error-date"))?;
        let values = all(&ctx, day).await?;
        let key = form.key()?;
        match once::begin(&ctx, key).await? {
            once::Once::Again(url) => Ok::<_, Error>(see_other(&url)),
            once::Once::First(tx) => {
                store::freeze(&ctx, &tx, form.text("ky"), &values).await?;
                once::finish(&ctx, tx, key, &url).await?;
                Ok(Note::new("figures-frozen-done").see_other(&url))
            }
        }
    };
    match done.await {
        Err(error) if error.kind == Kind::Invalid && !error.fields.is_empty() => {
            let typed = (form.text("ky").to_owned(), form.text("ngay").to_owned());
            let page = frozen_page(&ctx, "", typed, FieldErrors::from_error(&error, ctx.t())).await?;
            let mut response = html(page);
            *response.status_mut() = error.kind.status();
            Ok(response)
        }
        other => other,
    }
}
