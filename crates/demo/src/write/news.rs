//! The news of the demo, and the pictures in it, which are painted here.

use super::dossiers::actor;
use super::paint;
use crate::{Commune, Role};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use platform::clock::start_of_day;
use platform::{Ctx, Error, Result, Tx, Uuid};
use portal::news::demo::{Draft, Picture, State, Told, picture, tell};
use serde::Deserialize;

const ARTICLES: &str = include_str!("../../../../data/demo/news.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    article: Vec<Article>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    section: String,
    day: Option<NaiveDate>,
    ago: Option<i64>,
    title: String,
    summary: String,
    tags: String,
    state: String,
    #[serde(default)]
    views: i64,
    /// The picture that is painted, what it shows, and the words below it.
    #[serde(default)]
    art: String,
    #[serde(default)]
    alt: String,
    #[serde(default)]
    caption: String,
    body: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    summary_en: String,
    #[serde(default)]
    body_en: String,
    #[serde(default)]
    comments: Vec<String>,
    /// Comments that wait for an editor.
    #[serde(default)]
    held: Vec<String>,
}

/// The articles with their pictures; painting takes a while, so it is done before anything is written.
pub struct Articles(Vec<(Article, Vec<Picture>)>);

pub async fn articles(ctx: &Ctx) -> Result<Articles> {
    let file: File = toml::from_str(ARTICLES).map_err(Error::internal)?;
    let mut all = Vec::new();
    for article in file.article {
        let mut pictures = Vec::new();
        if !article.art.is_empty() {
            let bytes = paint::paint(&article.art)?;
            pictures.push(
                picture(ctx, &format!("{}.jpg", article.art), bytes, &article.alt, &article.caption).await?,
            );
        }
        all.push((article, pictures));
    }
    Ok(Articles(all))
}

/// Accounts must stand: their rows are read. The oldest comes first, as it was written.
pub async fn write(ctx: &Ctx, tx: &Tx, demo: &Commune, articles: Articles) -> Result<()> {
    let writer = Ctx { actor: Some(actor(ctx, demo, Role::Clerk, "clerk").await?), ..ctx.clone() };
    let leader =
        Ctx { actor: Some(actor(ctx, demo, Role::ViceChairman, "vice_chairman").await?), ..ctx.clone() };
    let readers = readers(ctx, demo).await?;
    let mut all: Vec<(DateTime<Utc>, Article, Vec<Picture>)> = Vec::new();
    for (article, pictures) in articles.0 {
        let day = article.day.unwrap_or_else(|| ctx.today() - Duration::days(article.ago.unwrap_or(1)));
        all.push((start_of_day(day) + Duration::hours(7), article, pictures));
    }
    all.sort_by_key(|(at, ..)| *at);
    for (at, article, pictures) in all {
        let said = article
            .comments
            .iter()
            .map(|words| (words, true))
            .chain(article.held.iter().map(|words| (words, false)));
        let comments = said.zip(readers.iter().cycle());
        let comments = comments.map(|((words, shown), (id, name))| (*id, name.clone(), words.clone(), shown));
        let told = Told {
            state: State::parse(&article.state).ok_or_else(|| Error::internal("no such state"))?,
            at,
            pictures,
            views: article.views,
            comments: comments.collect(),
            draft: Draft {
                section: article.section,
                title: article.title,
                summary: article.summary,
                body: article.body,
                tags: article.tags,
                author: "Ban biên tập".to_owned(),
                title_en: article.title_en,
                summary_en: article.summary_en,
                body_en: article.body_en,
                ..Draft::default()
            },
        };
        tell(&writer, &leader, tx, told).await?;
    }
    Ok(())
}

/// The residents of the cast.
async fn readers(ctx: &Ctx, demo: &Commune) -> Result<Vec<(Uuid, String)>> {
    let mut all = Vec::new();
    for one in demo.staff.iter().filter(|one| one.role == Role::Resident) {
        let account = identity::account_by_login(ctx, &one.login)
            .await?
            .ok_or_else(|| Error::internal("no account"))?;
        all.push((account.id, account.display_name));
    }
    Ok(all)
}
