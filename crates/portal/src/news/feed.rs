//! Feeds (Atom, RFC 4287), the list for search engines, and what these may look at.

use super::PATH;
use super::model::Brief;
use super::sections::Sections;
use super::store::{self, Shelf};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::{Ctx, Error, Result, Uuid};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use ui::Shell;

const ENTRIES: i64 = 30;
/// The protocol's limit is 50,000.
const SPOTS: i64 = 10_000;

type Xml = Writer<Vec<u8>>;

fn leaf(xml: &mut Xml, name: &str, text: &str) -> std::io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new(name)))?;
    xml.write_event(Event::Text(BytesText::new(text)))?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}

fn open(xml: &mut Xml, name: &str, space: &str) -> std::io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(BytesStart::new(name).with_attributes([("xmlns", space)])))
}

fn link(xml: &mut Xml, rel: &str, href: &str) -> std::io::Result<()> {
    let start = BytesStart::new("link").with_attributes([("rel", rel), ("href", href)]);
    xml.write_event(Event::Empty(start))
}

pub(super) async fn all(ctx: Ctx) -> Result<Response> {
    let title = ctx.t().t("news");
    feed(&ctx, title, PATH, "/tin-tuc.atom", Shelf::default()).await
}

pub(super) async fn section(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let sections = Sections::load(&ctx)?;
    let one = sections.find(&code).ok_or_else(Error::not_found)?;
    let path = one.path();
    let own = format!("{path}/atom");
    feed(&ctx, one.name(ctx.lang).to_owned(), &path, &own, Shelf { section: code, ..Shelf::default() }).await
}

async fn feed(ctx: &Ctx, title: String, path: &str, own: &str, shelf: Shelf) -> Result<Response> {
    let rows = store::published(ctx, &shelf, None, ENTRIES).await?;
    let commune = Shell::public(ctx, "news").await?.commune.name;
    let ids: Vec<Uuid> = rows.iter().map(|one| one.id).collect();
    let heard = super::voice::heard(ctx, &ids).await?;
    let title = format!("{title} · {commune}");
    let xml = written(ctx, &title, &commune, path, own, (&rows, &heard)).map_err(Error::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
}

fn written(
    ctx: &Ctx,
    title: &str,
    commune: &str,
    path: &str,
    own: &str,
    (rows, heard): (&[Brief], &[Uuid]),
) -> std::io::Result<Vec<u8>> {
    let base = ctx.app.config.base_url();
    let mut xml = Writer::new(Vec::new());
    open(&mut xml, "feed", "http://www.w3.org/2005/Atom")?;
    leaf(&mut xml, "id", &format!("{base}{own}"))?;
    leaf(&mut xml, "title", title)?;
    link(&mut xml, "self", &format!("{base}{own}"))?;
    link(&mut xml, "alternate", &format!("{base}{path}"))?;
    let newest = rows.iter().map(|one| one.updated_at).max().unwrap_or(ctx.now);
    leaf(&mut xml, "updated", &newest.to_rfc3339())?;
    xml.write_event(Event::Start(BytesStart::new("author")))?;
    leaf(&mut xml, "name", commune)?;
    xml.write_event(Event::End(BytesEnd::new("author")))?;
    for one in rows {
        xml.write_event(Event::Start(BytesStart::new("entry")))?;
        leaf(&mut xml, "id", &format!("urn:uuid:{}", one.id))?;
        leaf(&mut xml, "title", &one.content.title)?;
        link(&mut xml, "alternate", &format!("{base}{PATH}/{}", one.slug))?;
        if heard.contains(&one.id) {
            let address = format!("{base}{}", super::voice::address(&one.slug));
            let sound = [("rel", "enclosure"), ("type", "audio/mpeg"), ("href", address.as_str())];
            xml.write_event(Event::Empty(BytesStart::new("link").with_attributes(sound)))?;
        }
        leaf(&mut xml, "updated", &one.updated_at.to_rfc3339())?;
        if let Some(at) = one.published_at {
            leaf(&mut xml, "published", &at.to_rfc3339())?;
        }
        leaf(&mut xml, "summary", &one.content.summary)?;
        xml.write_event(Event::End(BytesEnd::new("entry")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("feed")))?;
    Ok(xml.into_inner())
}

/// Every page that stands still: what the doors lead to, the sections, the articles.
pub(super) async fn sitemap(ctx: Ctx) -> Result<Response> {
    let spots = store::spots(&ctx, SPOTS).await?;
    let sections = Sections::load(&ctx)?;
    let doors = ui::doors(&ctx).into_iter().map(|door| door.url.to_owned());
    let pages = ["/".to_owned()]
        .into_iter()
        .chain(doors)
        .chain(sections.all.iter().map(super::sections::Section::path));
    let base = ctx.app.config.base_url();
    let draw = || -> std::io::Result<Vec<u8>> {
        let mut xml = Writer::new(Vec::new());
        open(&mut xml, "urlset", "http://www.sitemaps.org/schemas/sitemap/0.9")?;
        let articles = spots.iter().map(|one| (format!("{PATH}/{}", one.slug), one.updated_at.to_rfc3339()));
        for (path, changed) in pages.map(|path| (path, String::new())).chain(articles) {
            xml.write_event(Event::Start(BytesStart::new("url")))?;
            leaf(&mut xml, "loc", &format!("{base}{path}"))?;
            if !changed.is_empty() {
                leaf(&mut xml, "lastmod", &changed)?;
            }
            xml.write_event(Event::End(BytesEnd::new("url")))?;
        }
        xml.write_event(Event::End(BytesEnd::new("urlset")))?;
        Ok(xml.into_inner())
    };
    let xml = draw().map_err(Error::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response())
}

pub(super) async fn robots(ctx: Ctx) -> Result<Response> {
    let text = format!(
        "User-agent: *\nDisallow: /lam-viec\nDisallow: /tai-khoan\nDisallow: /dang-nhap\nDisallow: /tin-tuc/xem-truoc\n\
         Sitemap: {}/sitemap.xml\n",
        ctx.app.config.base_url()
    );
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
