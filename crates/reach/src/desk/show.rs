//! One campaign as leaders see it: the share of the households by village and channel, on the map, week by week; and its buttons.

use super::list::percent;
use super::{Id, led};
use crate::campaign::model::{Campaign, State, WORK};
use crate::campaign::{rules, store as campaigns};
use crate::law::Terms;
use crate::roll::store::count;
use crate::roll::{Channel, Count, counts, share};
use askama::Template;
use axum::response::Response;
use chrono::{Duration, NaiveDate};
use platform::http::{Form, Note, html};
use platform::{Ctx, Message, Result, Tx, Uuid};
use std::collections::{BTreeMap, HashMap};
use ui::back::{Back, act, key};
use ui::{Bar, BarChart, FieldErrors, Html, LineChart, Shell, VillageMap};
use units::Unit;

/// A village in the table.
struct Row {
    name: String,
    url: String,
    cells: Vec<(String, String)>,
    behind: bool,
}

impl Row {
    fn cells(&self) -> &[(String, String)] {
        &self.cells
    }
}

#[derive(Template)]
#[template(path = "reach-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    public: String,
    badge: Html,
    why: String,
    draft: bool,
    running: bool,
    keeps: bool,
    sends: bool,
    withdrawn: bool,
    revision: i64,
    say: Vec<String>,
    link: String,
    facts: Vec<(String, String)>,
    /// Value, name, note, address, urgent.
    figures: Vec<(String, String, String, String, bool)>,
    map: Option<VillageMap>,
    bars: Option<BarChart>,
    trend: Option<LineChart>,
    heads: Vec<String>,
    rows: Vec<Row>,
    later: String,
    keys: Vec<String>,
    errors: FieldErrors,
    wrong: String,
}

impl ShowPage {
    fn key(&self, n: usize) -> &str {
        self.keys.get(n).map_or("", String::as_str)
    }
}

pub(super) async fn show(ctx: Ctx, id: Id) -> Result<Response> {
    if let Some(answer) = led(&ctx, id.0).await? {
        return Ok(answer);
    }
    let one = campaigns::find(&ctx, &ctx.app.db, id.0).await?;
    Ok(html(page(&ctx, &one, Back::default()).await?))
}

async fn page(ctx: &Ctx, one: &Campaign, back: Back) -> Result<String> {
    let t = ctx.t();
    let keeps = ctx.may("reach.keep");
    if one.state == State::Draft && !keeps {
        return Err(platform::Error::not_found());
    }
    let villages = units::village_list(ctx, ctx.today()).await?;
    let all = counts(ctx, &[one.id]).await?;
    let sum = Count::sum(&all);
    let drawn = if sum.homes > 0 { Some(drawn(ctx, one, &villages, &all).await?) } else { None };
    let (map, bars, trend) = drawn.map_or((None, None, None), |(map, bars, trend)| (map, Some(bars), trend));
    let (heads, rows) =
        if sum.homes > 0 { table(ctx, one, &villages, &all).await? } else { Default::default() };
    let shell = Shell::of(ctx, &one.title).await?.crumb(t.t("reach-menu"), WORK).crumb(&one.title, "");
    ui::render(&ShowPage {
        public: one.path(),
        badge: one.badge(t, ctx.today()),
        why: one.why.clone(),
        draft: one.state == State::Draft,
        running: one.state == State::Running,
        withdrawn: one.state == State::Withdrawn,
        sends: ctx.may("reach.send"),
        revision: one.revision,
        say: one.say.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        link: one.link.clone(),
        facts: facts(ctx, one, &villages).await?,
        figures: figures(ctx, one, &sum).await?,
        later: if one.later > 0 { t.n("reach-later", "count", one.later) } else { String::new() },
        keys: (0..5).map(|_| key(ctx)).collect(),
        errors: back.errors,
        wrong: back.wrong,
        path: one.work_path(),
        keeps,
        map,
        bars,
        trend,
        heads,
        rows,
        shell,
    })
}

async fn facts(ctx: &Ctx, one: &Campaign, villages: &[Unit]) -> Result<Vec<(String, String)>> {
    let t = ctx.t();
    let chosen = campaigns::villages_of(ctx, &ctx.app.db, one.id).await?;
    let mut names: Vec<&str> =
        villages.iter().filter(|unit| chosen.contains(&unit.id)).map(|unit| unit.name.as_str()).collect();
    let whole = t.t("reach-whole-commune");
    if names.is_empty() {
        names.push(&whole);
    }
    let lead = match one.lead_id {
        Some(id) => identity::account_names(ctx, &[id]).await?.remove(&id).unwrap_or_default(),
        None => String::new(),
    };
    Ok(vec![
        (t.t("reach-topic"), Terms::now(ctx)?.topic(&one.topic, ctx.lang).to_owned()),
        (t.t("reach-audience"), rules::audience_words(ctx, one.audience)),
        (t.t("reach-place"), names.join(", ")),
        (t.t("reach-days"), one.days(t)),
        (t.t("reach-goal"), format!("{} %", one.goal)),
        (t.t("reach-lead"), lead),
    ])
}

async fn figures(
    ctx: &Ctx,
    one: &Campaign,
    sum: &Count,
) -> Result<Vec<(String, String, String, String, bool)>> {
    let t = ctx.t();
    if sum.homes == 0 {
        return Ok(Vec::new());
    }
    let told = count::told(ctx, one.id).await?;
    let list = |word: &str| format!("{}/ho?xem={word}", one.work_path());
    let of = |n: i64| percent(t, n, sum.homes);
    let behind = sum.reached * 100 < sum.homes * one.expected(ctx.today());
    let needed = (sum.homes * one.goal + 99) / 100;
    let left = t.n("reach-goal-short", "count", (needed - sum.reached).max(0));
    let total = t.a("reach-of-homes", &[("done", sum.reached.into()), ("total", sum.homes.into())]);
    Ok(vec![
        (of(sum.reached), t.t("reach-reached"), total, list("roi"), behind && one.state == State::Running),
        (t.number(sum.by_person), t.t("reach-by-person"), of(sum.by_person), String::new(), false),
        (
            t.number(sum.only_message),
            t.t("reach-only-message"),
            t.n("reach-delivered", "count", told),
            list("chi-nhan-tin"),
            false,
        ),
        (
            t.number(sum.homes - sum.reached),
            t.t("reach-not-reached"),
            t.n("reach-away-count", "count", sum.away),
            list("chua"),
            false,
        ),
        (
            t.number(sum.help),
            t.t("reach-help"),
            t.n("reach-refused-count", "count", sum.refused),
            list("can-giup"),
            sum.help > 0,
        ),
        (format!("{} %", one.goal), t.t("reach-goal-name"), left, String::new(), false),
    ])
}

type Drawn = (Option<VillageMap>, BarChart, Option<LineChart>);

async fn drawn(ctx: &Ctx, one: &Campaign, villages: &[Unit], all: &[Count]) -> Result<Drawn> {
    let t = ctx.t();
    let of = |unit: &Unit| all.iter().find(|count| count.village_id == unit.id);
    let values: BTreeMap<String, f64> =
        villages.iter().filter_map(|unit| Some((unit.id.to_string(), of(unit)?.percent()?))).collect();
    let url = |unit: &Unit| one.village_path(unit.id);
    let map = registry::village_map(ctx, villages, &t.t("reach-map"), "%", 0, &values, url).await?;
    let mut named: Vec<(&Unit, &Count)> =
        villages.iter().filter_map(|unit| Some((unit, of(unit)?))).collect();
    named.sort_by(|(_, a), (_, b)| a.percent().unwrap_or(0.0).total_cmp(&b.percent().unwrap_or(0.0)));
    let expected = one.expected(ctx.today());
    let bar = |(unit, count): &(&Unit, &Count)| {
        let bar = Bar::new(&unit.name, count.percent().unwrap_or(0.0)).linked(one.village_path(unit.id));
        let behind = one.state == State::Running && count.reached * 100 < count.homes * expected;
        if behind { bar.urgent() } else { bar }
    };
    let mut bars = BarChart::new(t, t.t("reach-bars"), "%", named.iter().map(bar).collect());
    bars.places = 1;
    bars.full = Some(100.0);
    #[allow(clippy::cast_precision_loss)] // at most one hundred
    let goal = one.goal as f64;
    bars.target = Some(goal);
    let homes = Count::sum(all).homes;
    let trend = trend(ctx, one, count::by_day(ctx, one.id).await?, homes);
    Ok((map, bars, trend))
}

/// The share at the end of each week.
fn trend(ctx: &Ctx, one: &Campaign, days: Vec<(NaiveDate, i64)>, homes: i64) -> Option<LineChart> {
    let start = one.started_on?;
    let last = one.ended_on.map_or(ctx.today(), |day| day - Duration::days(1)).max(start);
    let (mut points, mut end) = (Vec::new(), start + Duration::days(6));
    loop {
        let end_on = end.min(last);
        let reached: i64 = days.iter().filter(|(day, _)| *day <= end_on).map(|(_, count)| count).sum();
        points.push((end_on.format("%d/%m").to_string(), share(reached, homes)?));
        if end >= last {
            break;
        }
        end += Duration::days(7);
    }
    if points.len() < 2 {
        return None;
    }
    let mut chart = LineChart::new(ctx.t(), ctx.t().t("reach-trend"), "%", points);
    chart.places = 1;
    Some(chart)
}

/// Villages by channel. A household may stand under several channels, so the columns do not add up to the share.
async fn table(
    ctx: &Ctx,
    one: &Campaign,
    villages: &[Unit],
    all: &[Count],
) -> Result<(Vec<String>, Vec<Row>)> {
    let t = ctx.t();
    let mut by: HashMap<(Uuid, Channel), i64> = HashMap::new();
    for (village, channel, count) in count::channels(ctx, one.id).await? {
        by.insert((village, channel), count);
    }
    let heard: HashMap<Uuid, i64> =
        count::heard(ctx, one.id).await?.into_iter().map(|(village, times, _)| (village, times)).collect();
    let used: Vec<Channel> =
        Channel::ALL.iter().copied().filter(|channel| by.keys().any(|(_, used)| used == channel)).collect();
    let mut heads = vec![t.t("reach-homes"), t.t("reach-reached"), t.t("reach-share")];
    heads.extend(used.iter().map(|channel| t.t(channel.text_key())));
    heads.push(t.t("reach-loudspeaker"));
    let row = |name: String, url: String, count: &Count, village: Option<Uuid>| {
        let of = |channel: &Channel| -> i64 {
            let these =
                by.iter().filter(|((at, used), _)| used == channel && village.is_none_or(|id| id == *at));
            these.map(|(_, count)| count).sum()
        };
        let times: i64 =
            heard.iter().filter(|(at, _)| village.is_none_or(|id| id == **at)).map(|(_, n)| n).sum();
        let mut values =
            vec![t.number(count.homes), t.number(count.reached), percent(t, count.reached, count.homes)];
        values.extend(used.iter().map(|channel| t.number(of(channel))));
        values.push(if times == 0 { "–".to_owned() } else { t.n("reach-times", "count", times) });
        let behind =
            one.state == State::Running && count.reached * 100 < count.homes * one.expected(ctx.today());
        Row { name, url, cells: heads.iter().cloned().zip(values).collect(), behind }
    };
    let mut rows: Vec<Row> = villages
        .iter()
        .filter_map(|unit| {
            let count = all.iter().find(|count| count.village_id == unit.id)?;
            Some(row(unit.name.clone(), one.village_path(unit.id), count, Some(unit.id)))
        })
        .collect();
    rows.push(row(t.t("reach-sum"), String::new(), &Count::sum(all), None));
    Ok((heads, rows))
}

/// A button of the page: it leads back there, or the page is drawn again with what was wrong.
async fn press<R>(ctx: &Ctx, id: Uuid, sent: &Form, rule: R) -> Result<Response>
where
    R: AsyncFnOnce(&Tx, Campaign) -> Result<(String, Note)>,
{
    let one = campaigns::find(ctx, &ctx.app.db, id).await?;
    let draw = async |back: Back| {
        let now = campaigns::find(ctx, &ctx.app.db, id).await?;
        page(ctx, &now, back).await
    };
    act(ctx, sent, async |tx: &Tx| rule(tx, one).await, draw).await
}

pub(super) async fn begin(ctx: Ctx, id: Id, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx, one: Campaign| {
        let one = rules::start(&ctx, tx, one, sent.revision()?).await?;
        Ok((one.work_path(), Note::new("reach-started")))
    };
    press(&ctx, id.0, &sent, rule).await
}

pub(super) async fn add_later(ctx: Ctx, id: Id, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx, one: Campaign| {
        let count = rules::add_later(&ctx, tx, one.id).await?;
        Ok((one.work_path(), Note::new(Message::new("reach-added-later").with("count", count))))
    };
    press(&ctx, id.0, &sent, rule).await
}

pub(super) async fn end(ctx: Ctx, id: Id, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx, one: Campaign| {
        let one = rules::end(&ctx, tx, one, sent.revision()?).await?;
        Ok((one.work_path(), Note::new("reach-ended")))
    };
    press(&ctx, id.0, &sent, rule).await
}

pub(super) async fn withdraw(ctx: Ctx, id: Id, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx, one: Campaign| {
        let one = rules::withdraw(&ctx, tx, one, sent.revision()?, sent.text("ly-do")).await?;
        Ok((one.work_path(), Note::new("reach-withdrawn")))
    };
    press(&ctx, id.0, &sent, rule).await
}
