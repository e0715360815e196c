//! What the commune and Đông Căm ask their residents (`data/demo/asking.toml`).

use super::office::{Writing, morning};
use crate::rng::Rng;
use ask::draft::{self, CommentState, Verdict};
use ask::matter::{self, Kind, Matter, Setting, Shown, Who};
use ask::poll::{self, Asking};
use ask::works::{self, Offer};
use chrono::Duration;
use platform::access::Actor;
use platform::{Ctx, Error, Result, Uuid, clock};
use serde::Deserialize;
use std::sync::Arc;

const ASKING: &str = include_str!("../../../../data/demo/asking.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    poll: Vec<Poll>,
    draft: Vec<Draft>,
    round: Vec<Round>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Poll {
    title: String,
    about: String,
    who: String,
    shown: String,
    begins: i64,
    lasts: i64,
    answers: usize,
    question: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    words: String,
    #[serde(default)]
    several: bool,
    #[serde(default)]
    free: bool,
    choices: Vec<(String, usize)>,
    #[serde(default)]
    said: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    title: String,
    about: String,
    begins: i64,
    lasts: i64,
    text: String,
    comment: Vec<Comment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Comment {
    part: String,
    /// The number of the resident who signs in.
    by: usize,
    words: String,
    #[serde(default)]
    verdict: String,
    #[serde(default)]
    reply: String,
    #[serde(default)]
    held: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Round {
    village: String,
    title: String,
    about: String,
    budget: i64,
    picks: i64,
    begins: i64,
    lasts: i64,
    /// Per cent of the households that took a paper ballot.
    papers: usize,
    #[serde(default)]
    counted: bool,
    work: Vec<Work>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Work {
    name: String,
    place: String,
    #[serde(default)]
    about: String,
    cost: i64,
    #[serde(default)]
    crosses: usize,
}

pub(super) async fn write(writing: &Writing<'_>) -> Result<()> {
    let file: File = toml::from_str(ASKING).map_err(Error::internal)?;
    for one in &file.poll {
        one.write(writing).await?;
    }
    for one in &file.draft {
        one.write(writing).await?;
    }
    for one in &file.round {
        one.write(writing).await?;
    }
    Ok(())
}

/// The first day of something that began so many days ago.
fn first(writing: &Writing<'_>, who: &Arc<Actor>, begins: i64) -> Ctx {
    let day = clock::local_date(writing.ctx.now) - Duration::days(begins);
    writing.at(who, morning(day).min(writing.ctx.now))
}

fn setting(ctx: &Ctx, title: &str, about: &str, lasts: i64) -> Setting {
    Setting {
        title: title.to_owned(),
        about: about.to_owned(),
        from: Some(ctx.today()),
        until: Some(ctx.today() + Duration::days(lasts - 1)),
        ..Setting::default()
    }
}

/// Pairs of question and choice, and words to questions.
type Said = (Vec<(i64, i64)>, Vec<(i64, String)>);

impl Poll {
    async fn write(&self, writing: &Writing<'_>) -> Result<()> {
        let (ctx, tx) = (first(writing, &writing.clerk, self.begins), writing.tx);
        let set = Setting {
            who: Who::parse(&self.who),
            shown: Shown::parse(&self.shown),
            ..setting(&ctx, &self.title, &self.about, self.lasts)
        };
        let one = matter::prepare(&ctx, tx, Kind::Poll, &set).await?;
        for question in &self.question {
            let asking = Asking {
                words: question.words.clone(),
                choices: question.choices.iter().map(|(words, _)| words.clone()).collect(),
                several: question.several,
                free: question.free,
            };
            poll::ask(&ctx, tx, one.id, asking).await?;
        }
        let one = matter::publish(&ctx, tx, one.clone(), one.revision).await?;
        for voter in 0..self.answers {
            let (chosen, said) = self.answer(voter);
            poll::give(&ctx, tx, &one, &format!("demo-{voter}"), &chosen, &said).await?;
        }
        Ok(())
    }

    /// What one of the voters says, so that the sums are those of the file.
    fn answer(&self, voter: usize) -> Said {
        let (mut chosen, mut said) = (Vec::new(), Vec::new());
        for (at, question) in (1i64..).zip(&self.question) {
            let mut below = 0;
            for (position, (_, times)) in (1i64..).zip(&question.choices) {
                // Of one choice the voters stand in a row; of several each choice begins at another voter.
                let start =
                    if question.several { usize::try_from(position).unwrap_or(0) * 11 } else { below };
                if (voter + self.answers - start % self.answers) % self.answers < *times {
                    chosen.push((at, position));
                }
                below += times;
            }
            said.extend(
                question.said.get(voter / 5).filter(|_| voter % 5 == 2).map(|words| (at, words.clone())),
            );
        }
        (chosen, said)
    }
}

impl Draft {
    async fn write(&self, writing: &Writing<'_>) -> Result<()> {
        let (ctx, tx) = (first(writing, &writing.clerk, self.begins), writing.tx);
        let set = setting(&ctx, &self.title, &self.about, self.lasts);
        let one = matter::prepare(&ctx, tx, Kind::Draft, &set).await?;
        draft::set_text(&ctx, tx, one.id, &self.text).await?;
        let one = matter::publish(&ctx, tx, one.clone(), one.revision).await?;
        for (n, comment) in (1i64..).zip(&self.comment) {
            let login = format!("nguoi-dan-{}", comment.by);
            let account =
                identity::account_by_login(writing.ctx, &login).await?.ok_or_else(Error::not_found)?;
            let person = writing.person(&login).await?;
            let person = Arc::new(Actor { name: account.display_name, ..(*person).clone() });
            let later = writing.at(&person, ctx.now + Duration::hours(n * 9));
            let position = draft::position(&later, tx, one.id, &comment.part).await?;
            let id = draft::comment(&later, tx, &one, position, &comment.words).await?;
            draft::stand(&later, tx, &one, position, comment.verdict.is_empty()).await?;
            let clerk = writing.at(&writing.clerk, ctx.now + Duration::hours(n * 9 + 5));
            if let Some(verdict) = Verdict::parse(&comment.verdict) {
                draft::reply(&clerk, tx, &one, &[id], Some(verdict), &comment.reply).await?;
            } else if !comment.held {
                draft::decide(&clerk, tx, &one, id, CommentState::Shown).await?;
            }
        }
        Ok(())
    }
}

impl Round {
    async fn write(&self, writing: &Writing<'_>) -> Result<()> {
        let villages = units::village_list(writing.ctx, writing.ctx.today()).await?;
        let Some(at) = villages.iter().position(|unit| unit.slug == self.village) else { return Ok(()) };
        let village = &villages[at];
        let heads = writing.heads();
        let number: usize = village.code.parse().map_err(Error::internal)?;
        let head = heads.get(number.saturating_sub(1)).ok_or_else(Error::not_found)?;
        let head = writing.person(head).await?;
        let (ctx, tx) = (first(writing, &head, self.begins), writing.tx);
        let set = Setting {
            villages: vec![village.id],
            budget: Some(self.budget),
            picks: Some(self.picks),
            ..setting(&ctx, &self.title, &self.about, self.lasts)
        };
        let one = matter::prepare(&ctx, tx, Kind::Works, &set).await?;
        for work in &self.work {
            let offer = Offer {
                name: work.name.clone(),
                place: work.place.clone(),
                about: work.about.clone(),
                cost: Some(work.cost),
            };
            works::offer(&ctx, tx, one.id, offer).await?;
        }
        let one = matter::publish(&ctx, tx, one.clone(), one.revision).await?;
        let handed = self.hand(&ctx, writing, &one, village.id).await?;
        if self.counted {
            let over = writing.at(&head, ctx.now + Duration::days(self.lasts) + Duration::hours(2));
            self.count(&over, writing, one, handed).await?;
        }
        Ok(())
    }

    /// Paper ballots at the meeting. Households of residents who sign in wait for their own try.
    async fn hand(&self, ctx: &Ctx, writing: &Writing<'_>, one: &Matter, village: Uuid) -> Result<usize> {
        let filter = registry::household::Filter { villages: vec![village], ..Default::default() };
        let homes = registry::household::list(ctx, &filter, None, 500).await?.rows;
        let own = super::villages::households_with_account(writing.ctx).await?;
        let others: Vec<Uuid> =
            homes.iter().map(|home| home.household.id).filter(|id| !own.contains(id)).collect();
        let count = homes.len() * self.papers / 100;
        for home in others.iter().take(count) {
            works::hand(ctx, writing.tx, one, *home).await?;
        }
        Ok(count.min(others.len()))
    }

    async fn count(&self, ctx: &Ctx, writing: &Writing<'_>, one: Matter, papers: usize) -> Result<()> {
        let mut rng = Rng::new(crate::DEMO_SEED, "asking");
        for _ in 0..papers {
            let mut picks: Vec<i64> = (1i64..)
                .zip(&self.work)
                .filter(|(_, work)| rng.below(100) < work.crosses)
                .map(|(position, _)| position)
                .collect();
            picks.truncate(usize::try_from(self.picks).unwrap_or(1));
            works::write_paper(ctx, writing.tx, one.id, &works::code(), &picks).await?;
        }
        works::count(ctx, writing.tx, one).await?;
        Ok(())
    }
}
