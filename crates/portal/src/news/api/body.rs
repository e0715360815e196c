//! What programs send and get.

use crate::news::model::{Article, Brief, Draft};
use crate::news::{PATH, voice};
use chrono::{DateTime, Utc};
use platform::Uuid;

/// A published article, without its text.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct NewsBody {
    pub(super) id: Uuid,
    pub(super) slug: String,
    /// A code of `data/news-sections`.
    pub(super) section: String,
    pub(super) title: String,
    /// Empty where nobody has translated it.
    pub(super) title_en: String,
    pub(super) summary: String,
    pub(super) summary_en: String,
    pub(super) tags: Vec<String>,
    pub(super) published_at: Option<DateTime<Utc>>,
    pub(super) updated_at: DateTime<Utc>,
    /// Address of the picture; empty without one.
    pub(super) cover: String,
    /// Address of the recording; empty where it is not read aloud.
    pub(super) audio: String,
    pub(super) url: String,
}

/// The same with its text.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct NewsWhole {
    #[serde(flatten)]
    pub(super) news: NewsBody,
    /// Markdown.
    pub(super) body: String,
    pub(super) body_en: String,
    pub(super) html: String,
    pub(super) author: String,
    pub(super) source: String,
    /// Words of the Vietnamese text.
    pub(super) words: i64,
}

/// An article in a list of the desk.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DeskBody {
    #[serde(flatten)]
    pub(super) news: NewsBody,
    /// draft, submitted, returned, scheduled, published or down.
    pub(super) state: &'static str,
}

/// An article as its writers see it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ArticleBody {
    pub(super) id: Uuid,
    pub(super) slug: String,
    /// draft, submitted, returned, scheduled, published or down.
    pub(super) state: &'static str,
    pub(super) content: Draft,
    /// When it is to be published.
    pub(super) publish_at: Option<DateTime<Utc>>,
    pub(super) published_at: Option<DateTime<Utc>>,
    /// Why it was taken down.
    pub(super) reason: String,
    pub(super) revision: i64,
    pub(super) url: String,
}

/// A change of an article.
#[derive(serde::Deserialize, utoipa::ToSchema)]
pub struct ArticleChange {
    pub(super) revision: i64,
    /// Empty takes it from the title.
    #[serde(default)]
    pub(super) slug: String,
    pub(super) content: Draft,
}

/// A step of an article.
#[derive(serde::Deserialize, utoipa::ToSchema)]
pub struct ArticleStep {
    pub(super) revision: i64,
    /// For a return and for taking down.
    #[serde(default)]
    pub(super) reason: String,
    /// For an approval: a later hour; at once if left out.
    pub(super) publish_at: Option<DateTime<Utc>>,
    /// For an approval: also on the commune's Facebook page.
    #[serde(default)]
    pub(super) to_page: bool,
}

/// Which articles.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NewsQuery {
    #[serde(default)]
    pub(super) section: String,
    /// The address of a tag: `chuyen-doi-so`.
    #[serde(default)]
    pub(super) tag: String,
    /// The id of the last one of the page before.
    pub(super) after: Option<Uuid>,
}

/// Which articles of the desk.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeskQuery {
    /// All if left out.
    #[serde(default)]
    pub(super) state: String,
    /// The id of the last one of the page before.
    pub(super) after: Option<Uuid>,
}

pub(super) fn body(one: &Brief, heard: bool) -> NewsBody {
    let content = &one.content;
    NewsBody {
        id: one.id,
        slug: one.slug.clone(),
        section: one.section.clone(),
        title: content.title.clone(),
        title_en: content.title_en.clone(),
        summary: content.summary.clone(),
        summary_en: content.summary_en.clone(),
        tags: content.tag_list().into_iter().map(|(_, name)| name).collect(),
        published_at: one.published_at,
        updated_at: one.updated_at,
        cover: one.cover_id.map(|id| format!("{}/anh/{id}/960", PATH)).unwrap_or_default(),
        audio: if heard { voice::address(&one.slug) } else { String::new() },
        url: format!("{}/{}", PATH, one.slug),
    }
}

pub(super) fn whole(one: Article) -> ArticleBody {
    ArticleBody {
        id: one.id,
        state: one.state.code(),
        url: one.path(),
        slug: one.slug,
        content: one.content,
        publish_at: one.publish_at,
        published_at: one.published_at,
        reason: one.reason,
        revision: one.revision,
    }
}
