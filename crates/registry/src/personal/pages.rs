//! Pages of personal data: a field shown on a recorded click, who looked, the data officer's page, and the person's own.

mod officer;
mod own;
mod reveal;

use super::{Consent, Declaration};
use crate::work::account_names;
use audit::View;
use platform::area::{get, post};
use platform::{Ctx, Result, Route, Uuid};

/// The own side of a resident begins here.
pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-menu-own",
        url: "/cua-toi",
        icon: "id-card",
        action: "personal.own",
        group: "",
        order: 1,
    }
}

pub(crate) fn routes() -> Vec<Route> {
    vec![
        post("/lam-viec/nguoi/{id}/xem/{field}", "personal.reveal", reveal::show),
        get("/lam-viec/ca-nhan/{id}", "personal.export", officer::show),
        post("/lam-viec/ca-nhan/{id}/tai", "personal.export", officer::download),
        post("/lam-viec/ca-nhan/{id}/xoa", "personal.erase", officer::erase),
        get("/lam-viec/ca-nhan/{id}/ai-da-xem", "personal.views", officer::views),
        post("/lam-viec/ca-nhan/{id}/dong-y", "consent.insert", officer::consent_add),
        post("/lam-viec/ca-nhan/{id}/dong-y/{consent}/rut", "consent.withdraw", officer::consent_withdraw),
        get("/cua-toi", "personal.own", own::show),
        get("/cua-toi/ai-da-xem", "personal.own_views", own::views),
        post("/cua-toi/{id}/tai", "personal.own_export", own::download),
        post("/cua-toi/{id}/dong-y/{consent}/rut", "personal.own_consent", own::consent_withdraw),
    ]
}

/// One look, in words.
pub(super) struct Look {
    at: String,
    who: String,
    why: String,
    what: String,
}

const LOOKS: i64 = 100;

/// Who looked at a person's data, newest first.
async fn looks(ctx: &Ctx, declaration: &Declaration, person: Uuid) -> Result<Vec<Look>> {
    let views: Vec<View> = audit::views_of(ctx, person, None, LOOKS).await?;
    let mut accounts: Vec<Uuid> = views.iter().filter_map(|view| view.account_id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names = account_names(ctx, &accounts).await?;
    let t = ctx.t();
    let said = |view: View| Look {
        at: t.moment(view.at),
        who: match view.account_id {
            None => t.t("registry-look-program"),
            Some(id) => names.get(&id).cloned().unwrap_or_else(|| t.t("registry-look-account-gone")),
        },
        why: purpose(ctx, declaration, &view.purpose),
        what: view
            .fields
            .split(',')
            .map(|field| field_label(ctx, declaration, field))
            .collect::<Vec<_>>()
            .join(", "),
    };
    Ok(views.into_iter().map(said).collect())
}

fn purpose(ctx: &Ctx, declaration: &Declaration, key: &str) -> String {
    let t = ctx.t();
    let declared = declaration.purpose(key).map(|purpose| purpose.label(ctx.lang).to_owned());
    let own = format!("registry-purpose-{key}");
    declared.unwrap_or_else(|| if t.has(&own) { t.t(&own) } else { t.t("registry-purpose-other") })
}

fn field_label(ctx: &Ctx, declaration: &Declaration, name: &str) -> String {
    let t = ctx.t();
    if let Some(field) = declaration.field(name) {
        return field.label(ctx.lang).to_owned();
    }
    match name {
        "sex" | "birth" | "relation" | "residence" => t.t(crate::person::pages::story::label_key(name)),
        _ => t.t("registry-field-other"),
    }
}

/// A ground in words.
pub(super) struct Ground {
    purpose: String,
    basis: &'static str,
    given: String,
    withdrawn: String,
    evidence: String,
    /// Where a POST takes it back; `""` when it cannot be.
    withdraw: String,
}

fn grounds(ctx: &Ctx, declaration: &Declaration, consents: Vec<Consent>, path: &str) -> Vec<Ground> {
    let t = ctx.t();
    let said = |consent: Consent| Ground {
        purpose: purpose(ctx, declaration, &consent.purpose),
        basis: consent.basis.text_key(),
        given: t.date(consent.given_on),
        withdrawn: consent.withdrawn_on.map(|day| t.date(day)).unwrap_or_default(),
        withdraw: match (consent.basis, consent.withdrawn_on) {
            (super::Basis::Consent, None) => format!("{path}/dong-y/{}/rut", consent.id),
            _ => String::new(),
        },
        evidence: consent.evidence,
    };
    consents.into_iter().map(said).collect()
}
