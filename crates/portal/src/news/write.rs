//! Writing an article: every save is a version.

use super::model::{Article, Draft, Happened, State, slug};
use super::pass::{allowed, may, record, written};
use super::sections::Sections;
use super::{store, text};
use platform::{Ctx, Error, Result, Tx, Uuid, said};

const TITLE_MAX: usize = 160;
const SUMMARY_MAX: usize = 600;
const BODY_MAX: usize = 60_000;
const LINE_MAX: usize = 200;

/// Begins an article: its title and section are enough.
///
/// # Errors
/// At the field that is empty or wrong.
pub(crate) async fn create(ctx: &Ctx, tx: &Tx, draft: Draft, origin: Option<&str>) -> Result<Article> {
    let draft = checked(ctx, draft)?;
    let slug = free_slug(ctx, tx, &draft.title, None).await?;
    let mut one = Article {
        id: ctx.new_id(),
        section: draft.section.clone(),
        slug,
        state: State::Draft,
        html: String::new(),
        html_en: String::new(),
        words: 0,
        cover_id: None,
        drafted_by: ctx.account_or_none(),
        approved_by: None,
        publish_at: None,
        published_at: None,
        reason: String::new(),
        preview_key: platform::ids::new_secret(),
        to_page: false,
        bulletin_id: None,
        views: 0,
        version: 1,
        updated_at: ctx.now,
        revision: 1,
        content: draft,
    };
    drawn(ctx, tx, &mut one).await?;
    store::insert(ctx, tx, &one, origin).await?;
    store::address_insert(ctx, tx, &one.slug, one.id).await?;
    store::tags_write(ctx, tx, one.id, &one.content.tag_list()).await?;
    store::version_insert(ctx, tx, &one).await?;
    record(ctx, tx, "news.create", one.id).await?;
    Ok(one)
}

/// What stood in the form beside the draft.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent {
    pub draft: Draft,
    /// The address as typed; empty takes it from the title.
    pub slug: String,
    /// The texts are HTML, from the editor of the page.
    pub html: bool,
}

/// Keeps what was written: the next version. A published article is corrected by who may publish, and everybody reads it at once.
///
/// # Errors
/// At the field what is wrong; `Conflict` when somebody else was first or it is not to be written on now.
pub(crate) async fn save(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, sent: Sent) -> Result<Article> {
    let mut one = store::find(ctx, tx, id).await?;
    allowed(may(ctx, &one).edit)?;
    if one.revision != revision {
        return Err(Error::conflict("news-moved-on"));
    }
    let mut draft = sent.draft;
    if sent.html {
        let media = store::media(ctx, tx, id).await?;
        draft.body = text::from_html(&draft.body, &media).0;
        draft.body_en = text::from_html(&draft.body_en, &media).0;
    }
    let draft = checked(ctx, draft)?;
    let address = address(ctx, tx, &one, &draft, &sent.slug).await?;
    if one.content == draft && one.slug == address {
        return Ok(one);
    }
    one.section.clone_from(&draft.section);
    one.content = draft;
    one.slug = address;
    one.version += 1;
    drawn(ctx, tx, &mut one).await?;
    written(store::update(ctx, tx, &one).await?)?;
    one.revision += 1;
    store::address_insert(ctx, tx, &one.slug, one.id).await?;
    store::tags_write(ctx, tx, one.id, &one.content.tag_list()).await?;
    store::version_insert(ctx, tx, &one).await?;
    if one.state == State::Published {
        store::event_insert(ctx, tx, &one, Happened::Corrected, "").await?;
        super::pass::find_me(ctx, tx, &one).await?;
        super::voice::wanted(ctx, tx, &one).await?;
    }
    record(ctx, tx, "news.save", one.id).await?;
    Ok(one)
}

/// The HTML and the length of the text as it stands, with the article's pictures.
pub(super) async fn drawn(ctx: &Ctx, tx: &Tx, one: &mut Article) -> Result<()> {
    let media = store::media(ctx, tx, one.id).await?;
    one.html = text::to_html(&one.content.body, &media, "");
    let english = &one.content.body_en;
    one.html_en = if english.is_empty() { String::new() } else { text::to_html(english, &media, "") };
    let words = text::plain(&one.content.body).split_whitespace().count();
    one.words = i64::try_from(words).unwrap_or(0);
    Ok(())
}

fn checked(ctx: &Ctx, mut draft: Draft) -> Result<Draft> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    draft.title = one_line(&said::needed("tieu-de", &draft.title, "news-title-empty", TITLE_MAX)?);
    if slug(&draft.title).is_empty() {
        return Err(Error::field("tieu-de", "news-title-empty"));
    }
    Sections::load(ctx)?.find(&draft.section).ok_or_else(|| Error::field("chuyen-muc", "error-choose"))?;
    for (field, text, limit) in [
        ("sapo", &mut draft.summary, SUMMARY_MAX),
        ("noi-dung", &mut draft.body, BODY_MAX),
        ("sapo-en", &mut draft.summary_en, SUMMARY_MAX),
        ("noi-dung-en", &mut draft.body_en, BODY_MAX),
    ] {
        said::short(field, text, limit)?;
        *text = text::tidy(text);
    }
    for (field, text, limit) in [
        ("the", &mut draft.tags, LINE_MAX),
        ("tac-gia", &mut draft.author, LINE_MAX),
        ("nguon", &mut draft.source, LINE_MAX),
        ("tieu-de-en", &mut draft.title_en, TITLE_MAX),
    ] {
        said::short(field, text, limit)?;
        *text = one_line(text);
    }
    if !draft.body_en.is_empty() && draft.title_en.is_empty() {
        return Err(Error::field("tieu-de-en", "news-title-empty"));
    }
    Ok(draft)
}

/// The address that the article shall have: as typed, else from its title.
async fn address(ctx: &Ctx, tx: &Tx, one: &Article, draft: &Draft, typed: &str) -> Result<String> {
    let typed = slug(typed);
    if typed.is_empty() || (typed == one.slug && one.published_at.is_none()) {
        let same = slug(&draft.title) == slug(&one.content.title);
        return if same {
            Ok(one.slug.clone())
        } else {
            free_slug(ctx, tx, &draft.title, Some(one.id)).await
        };
    }
    match store::owner_of(ctx, tx, &typed).await? {
        Some(owner) if owner != one.id => Err(Error::field("dia-chi", "news-address-taken")),
        _ if super::RESERVED.contains(&typed.as_str()) => Err(Error::field("dia-chi", "news-address-taken")),
        _ => Ok(typed),
    }
}

/// The title's address, with a number behind it when others have it.
async fn free_slug(ctx: &Ctx, tx: &Tx, title: &str, own: Option<Uuid>) -> Result<String> {
    let wanted = slug(title);
    for number in 1..1000 {
        let slug = if number == 1 { wanted.clone() } else { format!("{wanted}-{number}") };
        let reserved = super::RESERVED.contains(&slug.as_str());
        let owner = store::owner_of(ctx, tx, &slug).await?;
        if !reserved && (owner.is_none() || owner == own) {
            return Ok(slug);
        }
    }
    Err(Error::field("tieu-de", "news-address-taken"))
}
