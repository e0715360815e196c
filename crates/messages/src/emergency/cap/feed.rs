//! Our warnings for other systems: a feed (Atom) and each message, signed.

use super::super::PUBLIC;
use super::super::store as notices;
use super::{seal, write};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::{Ctx, Error, Result, Uuid};

const SHOWN: i64 = 30;

/// One message.
pub(in super::super) async fn message(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = notices::find(&ctx, &ctx.app.db, id).await?;
    if one.published_at.is_none() {
        return Err(Error::not_found());
    }
    let alert = write::alert(&ctx, &one).await?;
    let (key, _) = seal::key(&ctx)?;
    let xml = cap::sign(&alert, &key).map_err(Error::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/cap+xml")], xml).into_response())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The last messages, the newest first.
pub(in super::super) async fn feed(ctx: Ctx) -> Result<Response> {
    let rows = notices::list(&ctx, true, None, SHOWN).await?;
    let (base, t) = (ctx.app.config.base_url(), ctx.t());
    let changed = |one: &super::super::Emergency| one.taken_at.or(one.published_at).unwrap_or(one.asked_at);
    let updated = rows.iter().map(changed).max().unwrap_or(ctx.now);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>{base}{PUBLIC}/cap.xml</id>\n\
         <title>{}</title>\n<updated>{}</updated>\n<author><name>{}</name></author>\n<link rel=\"self\" href=\"{base}{PUBLIC}/cap.xml\"/>\n",
        escaped(&t.t("emergency-title")),
        updated.to_rfc3339(),
        escaped(write::sender(&ctx)?.as_str()),
    );
    for one in &rows {
        let at = changed(one).to_rfc3339();
        let link = format!("{base}{}/cap.xml", one.public_path());
        let entry = format!(
            "<entry><id>{link}</id><title>{}</title><updated>{at}</updated>\
             <link rel=\"alternate\" type=\"application/cap+xml\" href=\"{link}\"/><link rel=\"related\" type=\"text/html\" href=\"{base}{}\"/>\
             <summary>{}</summary></entry>\n",
            escaped(&one.title),
            one.public_path(),
            escaped(&one.body),
        );
        xml.push_str(&entry);
    }
    xml.push_str("</feed>\n");
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
}
