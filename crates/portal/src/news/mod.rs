//! News (tin tức): written, approved, published on time and read by everybody; commented on by residents; the same article is a
//! script for the radio, a sheet for the notice board, a message to groups, a post of the commune's Facebook page.
//!
//! `write` and `pass` are the rules, `text` is the one place that knows what an article's text may consist of. When an article is
//! published, the event [`PUBLISHED`] tells other areas.

mod api;
mod article;
mod comments;
mod desk;
mod edit;
mod feed;
pub(crate) mod figures;
mod front;
mod import;
mod media;
mod model;
mod outlet;
mod pass;
mod radio;
mod sections;
mod show;
mod store;
mod text;
mod views;
mod voice;
mod write;

pub(crate) use front::{Card, newest};
pub use pass::PUBLISHED;
pub use radio::script;
pub mod demo;

use platform::area::{get, post};
use platform::db::Migration;
use platform::jobs::{Every, Worker};
use platform::{Area, Route};
use std::time::Duration;

pub(crate) const MIGRATION: Migration = Migration {
    version: 400,
    name: "portal_news",
    text: include_str!("../../migrations/0400_portal_news.sql"),
};

/// Where everybody reads.
pub(crate) const PATH: &str = "/tin-tuc";
/// Where articles are written.
pub(crate) const WORK: &str = "/lam-viec/tin-tuc";
/// Addresses that are no article's.
const RESERVED: [&str; 8] =
    ["chuyen-muc", "nhan", "xem-truoc", "anh", "da-xem", "gui-binh-luan", "bao-binh-luan", "nghe"];
const PUBLISH: &str = "portal.news.publish";

/// What the news add to the area.
pub(crate) fn area(area: Area) -> Area {
    let publish = Worker::new(PUBLISH, |ctx, _| async move {
        Ok(serde_json::json!({ "published": pass::publish_due(ctx).await? }))
    });
    area.routes(public_routes())
        .routes(work_routes())
        .routes(api::routes())
        .openapi(api::paths)
        .worker(publish)
        .every(Every { kind: PUBLISH, period: Duration::from_secs(60) })
        .worker(views::worker())
        .every(views::every())
        .offer(voice::script())
        .worker(voice::worker())
        .every(voice::every())
        .worker(import::worker())
        .offer(views::Told::default())
        .offer(comments::Tries::default())
        .offer(figures::set())
        .offer(desk::waits())
        .offer(menu("news-menu", WORK, "newspaper", "news.write", 20))
        .offer(menu("news-comments", "/lam-viec/tin-tuc/binh-luan", "message-circle", "news.moderate", 21))
        .offer(ui::Door { text: "news", line: "news-line", url: PATH, icon: "newspaper", order: 30 })
}

fn menu(
    text: &'static str,
    url: &'static str,
    icon: &'static str,
    action: &'static str,
    order: u16,
) -> ui::MenuEntry {
    ui::MenuEntry { text, url, icon, action, group: "news-menu-group", order }
}

fn public_routes() -> Vec<Route> {
    vec![
        get("/tin-tuc", "news.read", front::all).kept(),
        get("/tin-tuc.atom", "news.read", feed::all),
        get("/tin-tuc/{slug}", "news.read", article::show).kept(),
        get("/tin-tuc/chuyen-muc/{slug}", "news.read", front::section).kept(),
        get("/tin-tuc/chuyen-muc/{slug}/atom", "news.read", feed::section),
        get("/tin-tuc/nhan/{slug}", "news.read", front::tag).kept(),
        get("/tin-tuc/anh/{id}/{part}", "news.read", media::show),
        get("/tin-tuc/nghe/{slug}", "news.read", voice::play),
        get("/tin-tuc/xem-truoc/{id}/{key}", "news.read", article::preview),
        post("/tin-tuc/da-xem/{id}", "news.read", views::tell),
        post("/tin-tuc/gui-binh-luan/{slug}", "news.comment", comments::send),
        post("/tin-tuc/bao-binh-luan/{id}", "news.comment", comments::report),
        get("/sitemap.xml", "news.read", feed::sitemap),
        get("/robots.txt", "news.read", feed::robots),
    ]
}

fn work_routes() -> Vec<Route> {
    vec![
        get("/lam-viec/tin-tuc", "news.write", desk::list),
        get("/lam-viec/tin-tuc/thong-ke", "news.write", desk::sums),
        get("/lam-viec/tin-tuc/moi", "news.write", edit::new),
        post("/lam-viec/tin-tuc/moi", "news.write", edit::create),
        get("/lam-viec/tin-tuc/binh-luan", "news.moderate", comments::list),
        post("/lam-viec/tin-tuc/binh-luan/{id}", "news.moderate", comments::decide),
        get("/lam-viec/tin-tuc/nhap", "news.import", import::form),
        post("/lam-viec/tin-tuc/nhap", "news.import", import::upload),
        get("/lam-viec/tin-tuc/nhap/{id}", "news.import", import::preview),
        post("/lam-viec/tin-tuc/nhap/{id}", "news.import", import::run),
        get("/lam-viec/tin-tuc/{id}", "news.write", show::show),
        get("/lam-viec/tin-tuc/{id}/soan", "news.write", edit::form),
        post("/lam-viec/tin-tuc/{id}/soan", "news.write", edit::save),
        post("/lam-viec/tin-tuc/{id}/tep", "news.write", edit::upload),
        post("/lam-viec/tin-tuc/{id}/tep/{file}", "news.write", edit::describe),
        get("/lam-viec/tin-tuc/{id}/so-sanh", "news.write", show::compare),
        post("/lam-viec/tin-tuc/{id}/trinh", "news.write", show::submit),
        post("/lam-viec/tin-tuc/{id}/duyet", "news.approve", show::approve),
        post("/lam-viec/tin-tuc/{id}/tra-lai", "news.approve", show::send_back),
        post("/lam-viec/tin-tuc/{id}/go", "news.approve", show::take_down),
        post("/lam-viec/tin-tuc/{id}/dang-trang", "news.approve", show::post_page),
        get("/lam-viec/tin-tuc/{id}/loi-doc", "news.write", outlet::script),
        get("/lam-viec/tin-tuc/{id}/loi-doc-txt", "news.write", outlet::script_text),
        get("/lam-viec/tin-tuc/{id}/to-dan", "news.write", outlet::sheet),
    ]
}
