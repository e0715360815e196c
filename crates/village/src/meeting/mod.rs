//! Meetings of a village (họp thôn): called with an invitation, attendance ticked by household, hands counted against the rule of the
//! day, closed with minutes. Everybody reads what was decided; who came is seen by the head and the office alone.

mod came;
mod forms;
mod model;
mod pages;
mod public;
mod rules;
mod store;

pub(crate) use came::gatherings;
pub use model::{How, Meeting, Vote};
pub(crate) use public::{Open, newest};
pub use rules::{Calling, Closing, Counting, call, cancel, close, count, tick};

use platform::area::{get, post};
use platform::{Ctx, Result, Route, Uuid};
use units::Unit;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/so-thon/{village}/hop", "village_book.show", pages::list),
        get("/lam-viec/so-thon/{village}/hop/moi", "village_book.keep", forms::call_form),
        post("/lam-viec/so-thon/{village}/hop/moi", "village_book.keep", forms::call),
        get("/lam-viec/so-thon/{village}/hop/{id}", "village_book.show", pages::show),
        get("/lam-viec/so-thon/{village}/hop/{id}/diem-danh", "village_book.show", pages::attendance),
        post("/lam-viec/so-thon/{village}/hop/{id}/diem-danh", "village_book.keep", pages::tick),
        post("/lam-viec/so-thon/{village}/hop/{id}/bieu-quyet", "village_book.keep", pages::count),
        post(
            "/lam-viec/so-thon/{village}/hop/{id}/bieu-quyet/{vote}/bo",
            "village_book.keep",
            pages::uncount,
        ),
        get("/lam-viec/so-thon/{village}/hop/{id}/bien-ban", "village_book.keep", forms::close_form),
        post("/lam-viec/so-thon/{village}/hop/{id}/bien-ban", "village_book.keep", forms::close),
        get("/lam-viec/so-thon/{village}/hop/{id}/in", "village_book.show", forms::sheet),
        get("/lam-viec/so-thon/{village}/hop/{id}/anh", "village_book.show", forms::photo),
        post("/lam-viec/so-thon/{village}/hop/{id}/huy", "village_book.keep", pages::cancel),
        get("/thon/{slug}/hop", "village_site.show", public::list).on_phone(),
        get("/thon/{slug}/hop/{id}", "village_site.show", public::show).on_phone(),
    ]
}

async fn found(ctx: &Ctx, village: Uuid, id: Uuid) -> Result<(Unit, Meeting)> {
    let village = crate::place::village(ctx, village).await?;
    let one = store::find(ctx, &ctx.app.db, village.id, id).await?;
    Ok((village, one))
}

/// The address of a meeting in the book.
fn path(village: Uuid, id: Uuid) -> String {
    format!("{}/{id}", crate::book::path(village, crate::book::Tab::Meetings))
}

/// A count, in words.
pub(crate) struct Counted {
    pub question: String,
    pub about: String,
    pub numbers: String,
    pub badge: ui::Html,
    /// Where a POST takes it back; `""` when it cannot be.
    pub drop: String,
}

fn counted(ctx: &Ctx, one: &Meeting, votes: &[Vote], drop: &str) -> Result<Vec<Counted>> {
    let (t, rule) = (ctx.t(), model::Rule::on(ctx, one.day)?);
    let counted = |vote: &Vote| {
        let (status, word) = if vote.carried {
            (ui::Status::Done, "village-vote-carried")
        } else if rule.enough(vote.present, vote.homes) {
            (ui::Status::Off, "village-vote-failed")
        } else {
            (ui::Status::Late, "village-vote-too-few")
        };
        let numbers = [
            ("yes", t.number(vote.yes).into()),
            ("no", t.number(vote.no).into()),
            ("other", t.number(vote.abstain).into()),
            ("present", t.number(vote.present).into()),
            ("homes", t.number(vote.homes).into()),
        ];
        Counted {
            question: vote.question.clone(),
            about: rule.find(&vote.matter).map(|matter| matter.name(ctx.lang).to_owned()).unwrap_or_default(),
            numbers: t.a("village-vote-numbers", &numbers),
            badge: status.badge(&t.t(word)),
            drop: if drop.is_empty() { String::new() } else { format!("{drop}/bieu-quyet/{}/bo", vote.id) },
        }
    };
    Ok(votes.iter().map(counted).collect())
}
