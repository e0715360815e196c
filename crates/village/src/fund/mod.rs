//! The fund book of a village (sổ quỹ thôn): what comes in with a numbered receipt, what goes out with voucher and approver, who
//! has paid a contribution. Everybody reads sums and expenses; who has not paid is seen by the head and the office alone.

mod forms;
mod model;
mod pages;
mod public;
mod receipt;
mod rules;
mod store;

pub use model::{Due, Entry, Fund, Per};
pub(crate) use public::{Public, of_village};
pub use rules::{Setting, Spending, Taking, exempt, open, reverse, set_due, spend, take};
pub(crate) use store::list;

use platform::area::{get, post};
use platform::{Ctx, Result, Route, Uuid};
use units::Unit;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/so-thon/{village}/quy", "village_book.show", pages::list),
        get("/lam-viec/so-thon/{village}/quy/moi", "village_book.keep", forms::open_form),
        post("/lam-viec/so-thon/{village}/quy/moi", "village_book.keep", forms::open),
        get("/lam-viec/so-thon/{village}/quy/{id}", "village_book.show", pages::show),
        get("/lam-viec/so-thon/{village}/quy/{id}/thu", "village_book.keep", forms::take_form),
        post("/lam-viec/so-thon/{village}/quy/{id}/thu", "village_book.keep", forms::take),
        get("/lam-viec/so-thon/{village}/quy/{id}/chi", "village_book.keep", forms::spend_form),
        post("/lam-viec/so-thon/{village}/quy/{id}/chi", "village_book.keep", forms::spend),
        get("/lam-viec/so-thon/{village}/quy/{id}/dong-gop", "village_book.keep", forms::due_form),
        post("/lam-viec/so-thon/{village}/quy/{id}/dong-gop", "village_book.keep", forms::set_due),
        get("/lam-viec/so-thon/{village}/quy/{id}/dong-gop/{due}", "village_book.show", pages::due),
        get(
            "/lam-viec/so-thon/{village}/quy/{id}/dong-gop/{due}/mien/{home}",
            "village_book.keep",
            forms::exempt_form,
        ),
        post(
            "/lam-viec/so-thon/{village}/quy/{id}/dong-gop/{due}/mien/{home}",
            "village_book.keep",
            forms::exempt,
        ),
        get("/lam-viec/so-thon/{village}/quy/{id}/phieu/{entry}", "village_book.show", receipt::show),
        get("/lam-viec/so-thon/{village}/quy/{id}/phieu/{entry}/anh", "village_book.show", receipt::voucher),
        post("/lam-viec/so-thon/{village}/quy/{id}/phieu/{entry}/huy", "village_book.keep", receipt::reverse),
        get("/phieu-thu-cua-toi", "village_book.own", receipt::own).on_phone(),
        get("/thon/{slug}/quy", "village_site.show", public::show).on_phone(),
    ]
}

/// The own side of a resident.
pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "village-own-menu",
        url: "/phieu-thu-cua-toi",
        icon: "receipt-text",
        action: "village_book.own",
        group: "",
        order: 3,
    }
}

/// The fund with this id in a village's book.
async fn found(ctx: &Ctx, village: Uuid, id: Uuid) -> Result<(Unit, Fund)> {
    let village = crate::place::village(ctx, village).await?;
    let fund = store::find(ctx, &ctx.app.db, village.id, id).await?;
    Ok((village, fund))
}

/// The address of a fund's page.
fn path(village: Uuid, fund: Uuid) -> String {
    format!("{}/{fund}", crate::book::path(village, crate::book::Tab::Funds))
}
