//! One place as everybody reads it.

use super::words::{self, Said, days, lunar, price, said};
use crate::law::{Tourism, named};
use crate::place::store::{self};
use crate::place::{Kind, Picture, Place, State, img};
use crate::{PATH, request};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::http::html;
use platform::{Ctx, Error, Lang, Result, Uuid};
use ui::{Html, Shell};
use units::drawing::{Drawing, Pin};
use units::place::Ground;

/// Next years of a festival on its page.
const TURNS: i32 = 3;

struct Shot {
    picture: Html,
    large: String,
    credit: String,
}

/// The festival of one year.
struct Day {
    days: String,
    iso: String,
    iso_end: String,
    lunar: String,
    off: String,
}

#[derive(Template)]
#[template(path = "place-show.html")]
struct ShowPage {
    shell: Shell,
    one: Place,
    kind: String,
    kind_url: String,
    name: Said,
    summary: Said,
    body: Html,
    body_lang: &'static str,
    /// The text is not in the reader's language.
    other: bool,
    village: String,
    village_url: String,
    facts: Vec<(String, Said)>,
    facilities: Vec<String>,
    /// Number, whether it is a good month.
    months: Vec<(u8, bool)>,
    months_said: String,
    days: Vec<Day>,
    first: Option<Shot>,
    others: Vec<Shot>,
    cover: String,
    contact_name: String,
    ways: Vec<(&'static str, String, String)>,
    ask_url: String,
    map: Option<Drawing>,
    geo: String,
    news_url: String,
    address: String,
    share: Vec<(String, String)>,
    preview: bool,
    may_write: bool,
}

#[derive(Template)]
#[template(path = "place-gone.html")]
struct GonePage {
    shell: Shell,
    name: String,
    reason: String,
}

pub(super) async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    let Some(one) = store::by_slug(&ctx, &slug).await? else {
        let moved = store::moved(&ctx, &slug).await?.ok_or_else(Error::not_found)?;
        let to = [(http::header::LOCATION, format!("{PATH}/{moved}"))];
        return Ok((StatusCode::MOVED_PERMANENTLY, to).into_response());
    };
    if one.state == State::Down {
        let name = one.content.name(ctx.lang).to_owned();
        let shell = Shell::public(&ctx, "tourism").await?.crumb(ctx.t().t("tourism"), PATH);
        let page = GonePage { shell: shell.crumb(&name, "").titled(&name), name, reason: one.reason };
        return Ok((StatusCode::GONE, html(ui::render(&page)?)).into_response());
    }
    Ok(html(ui::render(&filled(&ctx, one, false).await?)?))
}

/// The same for whoever has the link, before it is published.
pub(super) async fn preview(ctx: Ctx, Path((id, key)): Path<(Uuid, String)>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    if one.preview_key != key {
        return Err(Error::not_found());
    }
    Ok(html(ui::render(&filled(&ctx, one, true).await?)?))
}

async fn filled(ctx: &Ctx, one: Place, preview: bool) -> Result<ShowPage> {
    let t = ctx.t();
    let ground = Ground::load(ctx).await?;
    let content = &one.content;
    let name = said(ctx.lang, &content.name, &content.name_en);
    let kind = t.t(one.kind.text_key());
    let kind_url = format!("{PATH}?loai={}", one.kind.slug());
    let shell = Shell::public(ctx, "tourism").await?.crumb(t.t("tourism"), PATH);
    let shell = shell.crumb(&kind, &kind_url).crumb(&name.text, "").titled(&name.text);
    let body = said(ctx.lang, &one.html, &one.html_en);
    let key = if preview { format!("?xem={}", one.preview_key) } else { String::new() };
    let mut pictures = store::pictures(ctx, &ctx.app.db, one.id).await?;
    pictures.sort_by_key(|picture| (Some(picture.id) != one.cover_id, picture.position));
    let mut shots = pictures.iter().enumerate().map(|(n, picture)| shot(ctx, picture, n == 0, &key));
    let first = shots.next();
    let others: Vec<Shot> = shots.collect();
    let contact = store::contact(ctx, &ctx.app.db, one.id).await?.unwrap_or_default();
    let village = content.village.and_then(|id| ground.find(id));
    let base = ctx.app.config.base_url();
    let address = format!("{base}{}", one.path());
    let law = Tourism::now(ctx)?;
    let spoken: Vec<String> = content.months.iter().map(u8::to_string).collect();
    Ok(ShowPage {
        kind,
        kind_url,
        summary: said(ctx.lang, &content.summary, &content.summary_en),
        other: ctx.lang != Lang::Vi && body.lang == "vi",
        body_lang: body.lang,
        body: Html(body.text),
        village: village.map(|unit| unit.name.clone()).unwrap_or_default(),
        village_url: village.map(|unit| format!("/thon/{}", unit.slug)).unwrap_or_default(),
        facts: facts(ctx, &law, &one),
        facilities: named(&law.facility, &content.facilities, ctx.lang),
        months: if spoken.is_empty() {
            Vec::new()
        } else {
            (1..=12).map(|month| (month, content.months.contains(&month))).collect()
        },
        months_said: spoken.join(", "),
        days: dates(ctx, &one).await?,
        cover: one.cover_id.map(|id| format!("{base}{PATH}/anh/{id}/960")).unwrap_or_default(),
        first,
        others,
        ways: words::ways(ctx, &contact),
        contact_name: contact.name,
        ask_url: if one.kind.is_asked_for() && !preview { request::form_path(&one) } else { String::new() },
        map: map(ctx, &ground, &one),
        geo: content.point().map(|at| format!("geo:{},{}", at.lat, at.lon)).unwrap_or_default(),
        news_url: match vntext::slug(&content.tag) {
            slug if slug.is_empty() => slug,
            slug => format!("/tin-tuc/nhan/{slug}"),
        },
        share: shared(&address, &name.text),
        may_write: ctx.may("tourism.write"),
        address,
        preview,
        name,
        shell,
        one,
    })
}

fn shot(ctx: &Ctx, picture: &Picture, first: bool, key: &str) -> Shot {
    let (sizes, loading) = if first {
        ("(max-width: 60rem) 100vw, 54rem", "eager")
    } else {
        ("(max-width: 48rem) 50vw, 18rem", "lazy")
    };
    Shot {
        picture: img(
            picture.id,
            picture.alt(ctx.lang),
            Some((picture.width, picture.height)),
            sizes,
            loading,
            key,
        ),
        large: format!("{}{key}", picture.url("lon")),
        credit: picture.credit.clone(),
    }
}

fn facts(ctx: &Ctx, law: &Tourism, one: &Place) -> Vec<(String, Said)> {
    let (t, content) = (ctx.t(), &one.content);
    let own = |text: String| Said { text, lang: t.lang().code() };
    let mut cost = price(ctx, content);
    if !cost.is_empty() {
        let of = said(ctx.lang, &content.price_for, &content.price_for_en);
        if !of.text.is_empty() {
            cost = format!("{cost} / {}", of.text);
        }
        let on = content.price_on.map(|day| t.date(day)).unwrap_or_default();
        cost = t.a("tourism-price-asked", &[("price", cost.into()), ("day", on.into())]);
    }
    let honour = said(ctx.lang, &content.honour, &content.honour_en);
    let number = if content.honour_no.is_empty() {
        String::new()
    } else {
        t.s("tourism-honour-number", "number", &content.honour_no)
    };
    let day = content.honour_on.map(|day| t.date(day)).unwrap_or_default();
    let parts = [honour.text, number, content.honour_by.clone(), day];
    let honour: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let all = [
        ("tourism-hours", said(ctx.lang, &content.hours, &content.hours_en)),
        ("tourism-price", own(cost)),
        (
            "tourism-capacity",
            own(content.capacity.map(|n| t.n("tourism-people", "count", n)).unwrap_or_default()),
        ),
        ("tourism-languages", own(named(&law.language, &content.languages, ctx.lang).join(", "))),
        ("tourism-way", said(ctx.lang, &content.way, &content.way_en)),
        ("tourism-honour", own(honour.join(" · "))),
    ];
    all.into_iter().filter(|(_, said)| !said.text.is_empty()).map(|(key, said)| (t.t(key), said)).collect()
}

/// The next times of a festival.
async fn dates(ctx: &Ctx, one: &Place) -> Result<Vec<Day>> {
    let Some(dates) = one.content.dates.filter(|_| one.kind == Kind::Festival) else { return Ok(Vec::new()) };
    let skips = store::skips(ctx).await?;
    let day = |turn: crate::dates::Turn| {
        let off = skips.iter().find(|skip| skip.place_id == one.id && skip.year == i64::from(turn.year));
        Day {
            days: days(ctx, &turn),
            iso: turn.from.to_string(),
            iso_end: turn.until.to_string(),
            lunar: turn.lunar().map(|date| lunar(ctx, date)).unwrap_or_default(),
            off: off.map(|skip| skip.reason.clone()).unwrap_or_default(),
        }
    };
    Ok(dates.turns(ctx.today(), TURNS).into_iter().map(day).collect())
}

fn map(ctx: &Ctx, ground: &Ground, one: &Place) -> Option<Drawing> {
    let at = one.content.point()?;
    let mut map =
        Drawing::of(ctx.t(), ground, ctx.t().s("tourism-map-one", "name", one.content.name(ctx.lang)))?;
    let name = one.content.name(ctx.lang).to_owned();
    map.pins = vec![Pin { at, url: one.path(), name, look: one.kind.code(), sign: one.kind.icon() }];
    Some(map)
}

/// Plain links: nothing of other sites is loaded until a reader chooses one.
fn shared(address: &str, title: &str) -> Vec<(String, String)> {
    let one = |name: &str, start: &str, pairs: &[(&str, &str)]| {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        (name.to_owned(), format!("{start}?{query}"))
    };
    vec![
        one("Facebook", "https://www.facebook.com/sharer/sharer.php", &[("u", address)]),
        one("E-mail", "mailto:", &[("subject", title), ("body", address)]),
    ]
}
