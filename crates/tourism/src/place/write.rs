//! Writing a place: every save is a version.

use super::check::checked;
use super::model::{Draft, Happened, Place, State};
use super::pass::{allowed, find_me, may, record, within, written};
use super::store;
use platform::{Ctx, Error, Result, Tx, Uuid};

/// Addresses that are no place's.
const RESERVED: [&str; 5] = ["le-hoi", "truoc-khi-den", "anh", "xem-truoc", "da-xem"];

/// Begins a place: kind, name and village are enough.
///
/// # Errors
/// At the field that is empty or wrong.
pub async fn create(ctx: &Ctx, tx: &Tx, draft: Draft) -> Result<Place> {
    let content = checked(ctx, draft, None).await?;
    let mut one = Place {
        id: ctx.new_id(),
        kind: content.kind,
        slug: free_slug(ctx, tx, &content.name, None).await?,
        state: State::Draft,
        html: String::new(),
        html_en: String::new(),
        cover_id: None,
        drafted_by: ctx.account_or_none(),
        approved_by: None,
        published_at: None,
        reason: String::new(),
        preview_key: platform::ids::new_secret(),
        views: 0,
        version: 1,
        updated_at: ctx.now,
        revision: 1,
        content,
    };
    drawn(&mut one);
    store::insert(ctx, tx, &one).await?;
    store::address_insert(ctx, tx, &one.slug, one.id).await?;
    store::version_insert(ctx, tx, &one).await?;
    record(ctx, tx, "tourism.create", one.id).await?;
    Ok(one)
}

/// Keeps what was written: the next version. A published place is corrected by who may publish, and everybody reads it at once.
/// `typed` is the address; empty takes it from the name.
///
/// # Errors
/// At the field what is wrong; `Conflict` when somebody else was first or it is not to be written on now.
pub async fn save(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, draft: Draft, typed: &str) -> Result<Place> {
    let mut one = within(ctx, tx, id).await?;
    allowed(may(ctx, &one).edit)?;
    written(one.revision == revision)?;
    let draft = checked(ctx, draft, one.content.organisation).await?;
    let slug = address(ctx, tx, &one, &draft, typed).await?;
    if one.content == draft && one.slug == slug {
        return Ok(one);
    }
    let moved = one.kind != draft.kind || one.content.village != draft.village;
    one.kind = draft.kind;
    one.content = draft;
    one.slug = slug;
    one.version += 1;
    drawn(&mut one);
    written(store::update(ctx, tx, &one).await?)?;
    one.revision += 1;
    store::address_insert(ctx, tx, &one.slug, one.id).await?;
    store::version_insert(ctx, tx, &one).await?;
    if one.state == State::Published {
        if moved {
            store::span_correct(ctx, tx, &one).await?;
        }
        store::event_insert(ctx, tx, one.id, Happened::Corrected, "").await?;
        find_me(ctx, tx, &one).await?;
    }
    record(ctx, tx, "tourism.save", one.id).await?;
    Ok(one)
}

fn drawn(one: &mut Place) {
    one.html = ui::markdown::html(&one.content.body);
    one.html_en = ui::markdown::html(&one.content.body_en);
}

/// The address that the place shall have: as typed, else from its name.
async fn address(ctx: &Ctx, tx: &Tx, one: &Place, draft: &Draft, typed: &str) -> Result<String> {
    let typed = vntext::slug(typed);
    if typed.is_empty() || (typed == one.slug && one.published_at.is_none()) {
        let same = vntext::slug(&draft.name) == vntext::slug(&one.content.name);
        return if same { Ok(one.slug.clone()) } else { free_slug(ctx, tx, &draft.name, Some(one.id)).await };
    }
    let taken = store::owner_of(ctx, tx, &typed).await?.is_some_and(|owner| owner != one.id);
    if taken || RESERVED.contains(&typed.as_str()) {
        return Err(Error::field("dia-chi", "tourism-address-taken"));
    }
    Ok(typed)
}

/// The name's address, with a number behind it when others have it.
async fn free_slug(ctx: &Ctx, tx: &Tx, name: &str, own: Option<Uuid>) -> Result<String> {
    let wanted = vntext::slug(name);
    for number in 1..1000 {
        let slug = if number == 1 { wanted.clone() } else { format!("{wanted}-{number}") };
        let owner = store::owner_of(ctx, tx, &slug).await?;
        if !RESERVED.contains(&slug.as_str()) && (owner.is_none() || owner == own) {
            return Ok(slug);
        }
    }
    Err(Error::field("ten", "tourism-address-taken"))
}
