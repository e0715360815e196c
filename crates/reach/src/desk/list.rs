//! All campaigns side by side: how far each is, and how far each village is in the newest of them.

use super::only_village;
use crate::campaign::store::Filter;
use crate::campaign::{Campaign, State, store as campaigns};
use crate::law::Terms;
use crate::roll::{Count, counts, share};
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, T, Uuid};
use ui::{Html, Shell};

const SHOWN: i64 = 60;
/// Campaigns that stand beside one another by village.
const COMPARED: usize = 4;

struct Line {
    url: String,
    title: String,
    about: String,
    badge: Html,
    done: i64,
    total: i64,
    percent: String,
    parts: String,
}

struct Village {
    name: String,
    cells: Vec<(String, bool)>,
}

impl Village {
    fn cells(&self) -> &[(String, bool)] {
        &self.cells
    }
}

#[derive(Template)]
#[template(path = "reach-desk.html")]
struct ListPage {
    shell: Shell,
    keeps: bool,
    lines: Vec<Line>,
    heads: Vec<(String, String)>,
    villages: Vec<Village>,
}

pub(super) fn percent(t: T, part: i64, whole: i64) -> String {
    share(part, whole).map_or_else(|| "–".to_owned(), |share| format!("{} %", t.decimal(share, 1)))
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let keeps = ctx.may("reach.keep");
    let mut found = campaigns::list(&ctx, &ctx.scope, &Filter::default(), SHOWN).await?;
    found.retain(|one| one.state != State::Draft || keeps);
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let all = counts(&ctx, &ids).await?;
    let terms = Terms::now(&ctx)?;
    let own = only_village(&ctx);
    let line = |one: &Campaign| {
        let sum = Count::sum(all.iter().filter(|count| count.campaign_id == one.id));
        let said = [
            ("done", percent(t, sum.by_person, sum.homes).into()),
            ("number", percent(t, sum.only_message, sum.homes).into()),
            ("count", sum.help.into()),
        ];
        Line {
            url: own.map_or_else(|| one.work_path(), |village| one.village_path(village)),
            title: one.title.clone(),
            about: format!(
                "{} · {} · {}",
                terms.topic(&one.topic, ctx.lang),
                one.days(t),
                t.n("reach-goal-of", "total", one.goal)
            ),
            badge: one.badge(t, ctx.today()),
            done: sum.reached,
            total: sum.homes,
            percent: percent(t, sum.reached, sum.homes),
            parts: if sum.homes == 0 { String::new() } else { t.a("reach-parts", &said) },
        }
    };
    let compared: Vec<&Campaign> = found
        .iter()
        .filter(|one| matches!(one.state, State::Running | State::Ended))
        .take(COMPARED)
        .collect();
    let villages = if own.is_none() && compared.len() > 1 {
        by_village(&ctx, &compared, &all).await?
    } else {
        Vec::new()
    };
    Ok(html(ui::render(&ListPage {
        lines: found.iter().map(line).collect(),
        heads: compared.iter().map(|one| (one.title.clone(), one.work_path())).collect(),
        shell: Shell::of(&ctx, "reach-menu").await?,
        keeps,
        villages,
    })?))
}

/// A line for each village; whoever is below what the goal asks for stands out.
async fn by_village(ctx: &Ctx, compared: &[&Campaign], all: &[Count]) -> Result<Vec<Village>> {
    let t = ctx.t();
    let mut villages = Vec::new();
    for unit in units::village_list(ctx, ctx.today()).await? {
        let of = |one: &&Campaign| {
            all.iter().find(|count| count.campaign_id == one.id && count.village_id == unit.id)
        };
        let cell = |one: &&Campaign| match of(one) {
            Some(count) => {
                let behind = count.reached * 100 < count.homes * one.expected(ctx.today());
                (percent(t, count.reached, count.homes), behind)
            }
            None => ("–".to_owned(), false),
        };
        villages.push(Village { cells: compared.iter().map(cell).collect(), name: unit.name.clone() });
    }
    Ok(villages)
}
