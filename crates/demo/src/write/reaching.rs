//! What the commune campaigns for, and how far each village is (`data/demo/reaching.toml`).

use super::office::{Writing, morning};
use chrono::{Duration, NaiveDate};
use platform::{Ctx, Error, Result, Uuid, clock};
use reach::campaign::{self, Audience, Campaign, Setting};
use reach::roll::{self, Source};
use reach::{Channel, Noting, Outcome};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use units::Unit;

const REACHING: &str = include_str!("../../../../data/demo/reaching.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    campaign: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    title: String,
    topic: String,
    say: String,
    #[serde(default)]
    link: String,
    goal: i64,
    on: Option<toml::value::Datetime>,
    #[serde(default)]
    begins: i64,
    lasts: i64,
    shares: Vec<usize>,
    /// How often the loudspeaker of a village has read it.
    loud: i64,
}

pub(super) async fn write(writing: &Writing<'_>) -> Result<()> {
    let file: File = toml::from_str(REACHING).map_err(Error::internal)?;
    let own = super::villages::households_with_account(writing.ctx).await?;
    for one in &file.campaign {
        one.write(writing, &own).await?;
    }
    Ok(())
}

impl Told {
    fn first(&self, today: NaiveDate) -> Result<NaiveDate> {
        match &self.on {
            Some(day) => day.to_string().parse().map_err(Error::internal),
            None => Ok(today - Duration::days(self.begins)),
        }
    }

    /// The context of the clerk on a day.
    fn at(&self, writing: &Writing<'_>, day: NaiveDate) -> Ctx {
        writing.at(&writing.clerk, morning(day).min(writing.ctx.now))
    }

    async fn write(&self, writing: &Writing<'_>, own: &HashSet<Uuid>) -> Result<()> {
        let today = clock::local_date(writing.ctx.now);
        let first = self.first(today)?;
        let (ctx, tx) = (self.at(writing, first), writing.tx);
        let set = Setting {
            title: self.title.clone(),
            say: self.say.trim().to_owned(),
            link: self.link.clone(),
            topic: self.topic.clone(),
            audience: Some(Audience::All),
            villages: Vec::new(),
            goal: Some(self.goal),
            lead: Some(writing.clerk.account_id),
            from: Some(first),
            until: Some(first + Duration::days(self.lasts - 1)),
        };
        let one = campaign::prepare(&ctx, tx, &set).await?;
        let one = campaign::start(&ctx, tx, one.clone(), one.revision).await?;
        let last = today.min(one.until_on);
        for unit in units::village_list(writing.ctx, today).await? {
            self.village(writing, &one, &unit, (first, last), own).await?;
        }
        if one.until_on < today {
            let over = self.at(writing, one.until_on + Duration::days(1));
            campaign::end(&over, tx, one.clone(), one.revision).await?;
        }
        Ok(())
    }

    async fn village(
        &self,
        writing: &Writing<'_>,
        one: &Campaign,
        unit: &Unit,
        (first, last): (NaiveDate, NaiveDate),
        own: &HashSet<Uuid>,
    ) -> Result<()> {
        let number: usize = unit.code.parse().map_err(Error::internal)?;
        let share = self.shares.get(number.saturating_sub(1)).copied().unwrap_or(0);
        let login = writing.heads().get(number.saturating_sub(1)).cloned().ok_or_else(Error::not_found)?;
        let head = writing.person(&login).await?;
        // Households of residents who sign in wait for their own try.
        let mut homes = roll::homes(writing.ctx, writing.tx, one.id, unit.id).await?;
        homes.retain(|home| !own.contains(home) || self.on.is_some());
        let reached = homes.len() * share / 100;
        let days = (last - first).num_days().max(1);
        let mut by: BTreeMap<(NaiveDate, Channel, Outcome), Vec<Uuid>> = BTreeMap::new();
        for (k, home) in homes.iter().take(reached).enumerate() {
            // Quick at first, then slower: the square of how many there are.
            let part = (k as f64 / reached as f64).powf(1.4);
            #[allow(clippy::cast_possible_truncation)] // days of a campaign
            let week = (part * days as f64 / 7.0) as i64;
            let day = (first + Duration::days(week * 7 + (k % 3) as i64 * 2)).min(last);
            by.entry((day, way(k), outcome(k))).or_default().push(*home);
        }
        let away = homes.iter().skip(reached).step_by(9).copied().collect();
        by.insert((last - Duration::days(days.min(3) - 1), Channel::Visit, Outcome::Nobody), away);
        for ((day, channel, outcome), homes) in by.into_iter().filter(|(_, homes)| !homes.is_empty()) {
            let ctx = writing.at(&head, (morning(day) + Duration::hours(9)).min(writing.ctx.now));
            let noting = Noting { channel, outcome, source: Source::Hand, ..Noting::visit(day) };
            roll::note(&ctx, writing.tx, one.id, &homes, &noting).await?;
        }
        if !number.is_multiple_of(3) {
            let ctx = writing.at(&head, (morning(first) + Duration::hours(9)).min(writing.ctx.now));
            roll::hear(&ctx, writing.tx, one.id, unit.id, Some(first), Some(self.loud)).await?;
        }
        Ok(())
    }
}

fn way(k: usize) -> Channel {
    match k % 12 {
        0..=6 => Channel::Visit,
        7..=9 => Channel::Meeting,
        10 => Channel::Class,
        _ => Channel::Desk,
    }
}

fn outcome(k: usize) -> Outcome {
    match k {
        k if k % 17 == 5 => Outcome::Help,
        k if k % 41 == 9 => Outcome::Refused,
        k if k % 5 == 1 => Outcome::Does,
        k if k % 3 == 0 => Outcome::Told,
        _ => Outcome::Understood,
    }
}
