//! The resident's papers: what came of all own dossiers, to be opened and shown.

use super::model::{Paper, State};
use super::{pages, store, template};
use crate::dossier::{self, Dossier};
use crate::procedure::pinned;
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid, files};
use ui::{Html, Shell};

/// So many dossiers are looked through.
const SHOWN: i64 = 100;

/// A paper in the wallet.
struct Card {
    title: String,
    line: String,
    badge: Option<Html>,
    open_url: String,
    check_url: String,
    qr: Option<Html>,
    revoked: String,
}

#[derive(Template)]
#[template(path = "wallet.html")]
struct WalletPage {
    shell: Shell,
    cards: Vec<Card>,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let shell = Shell::public(&ctx, "onestop-menu-wallet").await?;
    let mine = dossier::mine(&ctx, SHOWN).await?;
    let ids: Vec<Uuid> = mine.iter().map(|one| one.id).collect();
    let issued = if ids.is_empty() { Vec::new() } else { store::issued(&ctx, &ids).await? };
    let mut cards = Vec::new();
    for one in &mine {
        for paper in issued.iter().filter(|paper| paper.dossier_id == one.id) {
            cards.push(own(&ctx, one, paper)?);
        }
        if one.status.ended() {
            attached(&ctx, one, &issued, &mut cards).await?;
        }
    }
    Ok(html(ui::render(&WalletPage { shell, cards })?))
}

/// A paper that the commune issued.
fn own(ctx: &Ctx, one: &Dossier, paper: &Paper) -> Result<Card> {
    let t = ctx.t();
    let name = template::begun(ctx, &paper.template, paper.template_from)?.name.of(ctx.lang).to_owned();
    let day = paper.numbered_at.map(|at| t.date(platform::clock::local_date(at))).unwrap_or_default();
    let valid = paper.state == State::Issued;
    let url = format!("{}{}", ctx.app.config.base_url(), paper.check_path());
    let kept = paper.paper_id.filter(|_| valid);
    Ok(Card {
        title: format!("{name}: {}", paper.subject),
        line: format!("{} · {day} · {}", paper.full_number(), one.subject),
        badge: Some(pages::badge(ctx, paper.state)),
        open_url: kept.map(|kept| format!("{}/giay/{kept}", one.own_path())).unwrap_or_default(),
        check_url: paper.check_path(),
        qr: if valid {
            Some(ui::qr::svg(&url, &t.s("onestop-paper-qr", "code", &paper.code))?)
        } else {
            None
        },
        revoked: paper.revoked_why.clone(),
    })
}

/// Documents of national systems, attached to the dossier.
async fn attached(ctx: &Ctx, one: &Dossier, issued: &[Paper], cards: &mut Vec<Card>) -> Result<()> {
    let procedure = pinned(ctx, &ctx.app.db, &one.procedure_digest).await?;
    for row in dossier::results(ctx, &ctx.app.db, one.id).await? {
        if issued.iter().any(|paper| paper.paper_id == Some(row.id)) {
            continue;
        }
        let file = files::find(ctx, &ctx.app.db, row.file_id).await?;
        let day = ctx.t().date(platform::clock::local_date(row.added_at));
        cards.push(Card {
            title: procedure.result.of(ctx.lang).to_owned(),
            line: format!("{} · {day} · {}", file.name, one.subject),
            badge: None,
            open_url: format!("{}/giay/{}", one.own_path(), row.id),
            check_url: String::new(),
            qr: None,
            revoked: String::new(),
        });
    }
    Ok(())
}
