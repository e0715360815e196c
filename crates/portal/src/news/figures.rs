//! Numbers that are counted from published articles.

use super::sections::Sections;
use super::{model::Brief, store};
use ::figures::{Base, Figure, FigureSet, Kind, Shown};
use platform::{Ctx, Result, Uuid};
use std::borrow::Cow;

pub(crate) const ARTICLES: &str = "portal.article";

/// Articles that had been published by the end of the day and are still there. `digital`: in the section that the file of
/// sections marks.
const ARTICLES_ON: &str = "(SELECT a.id AS id, NULL AS unit_id, a.section AS section, \
    a.digital AS digital FROM news_article a \
    WHERE a.commune_id = $1 AND a.state = 'published' AND a.published_on <= $2)";

pub(crate) fn set() -> FigureSet {
    let figure = |key, unit, kind| Figure::new(key, unit, kind).group("news-figures");
    FigureSet {
        area: "portal",
        bases: vec![Base {
            name: ARTICLES,
            on: Cow::Borrowed(ARTICLES_ON),
            now: None,
            show: Some(|ctx, ids| Box::pin(shown(ctx, ids))),
        }],
        figures: vec![
            figure("website_section", "boolean", Kind::Exists { base: ARTICLES, only: "digital" }),
            figure("news_articles", "article", Kind::Count { base: ARTICLES, only: "1 = 1" }),
            figure("news_digital_articles", "article", Kind::Count { base: ARTICLES, only: "digital" }),
            figure(
                "news_sections_used",
                "section",
                Kind::Distinct { base: ARTICLES, column: "section", only: "1 = 1" },
            ),
            figure("fanpages", "channel", Kind::Attribute { fact: "fanpages" }).places(0),
        ],
    }
}

async fn shown(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let sections = Sections::load(ctx)?;
    let line = |one: Brief| {
        let day =
            one.published_at.map(|at| ctx.t().date(platform::clock::local_date(at))).unwrap_or_default();
        Shown {
            id: one.id,
            subtitle: format!("{} · {day}", sections.name(&one.section, ctx.lang)),
            url: format!("{}/{}", super::PATH, one.slug),
            title: one.content.title,
        }
    };
    Ok(store::by_ids(ctx, ids).await?.into_iter().map(line).collect())
}
