//! Roles of an account as the administrator gives them.

use super::account::apply;
use crate::role::{self, ROLES};
use crate::{GrantRow, NewGrant, grant_end, grant_insert, grant_list};
use axum::extract::Path;
use axum::response::Response;
use platform::access::Place;
use platform::http::Form;
use platform::{Ctx, Error, Result, Tx, Uuid};

/// The part of the account's page that shows roles.
pub(crate) struct Panel {
    pub rows: Vec<Line>,
    pub roles: Vec<(&'static str, String)>,
    pub villages: Vec<(String, String)>,
    pub role: String,
    pub village: String,
    pub from: String,
    pub to: String,
}

pub(crate) struct Line {
    pub id: Uuid,
    pub role: String,
    pub place: String,
    pub days: String,
    pub now: bool,
}

pub(crate) async fn panel(ctx: &Ctx, account: Uuid, form: Option<&Form>) -> Result<Panel> {
    let t = ctx.t();
    let villages: Vec<(String, String)> = units::village_list(ctx, ctx.today())
        .await?
        .into_iter()
        .map(|village| (village.id.to_string(), village.name))
        .collect();
    let rows = grant_list(ctx, account).await?;
    let form = form.filter(|form| form.some("vai-tro").is_some());
    let text = |name: &str| form.map_or("", |form| form.text(name)).to_owned();
    let here = ROLES.iter().filter(|role| matches!(role.place_kind, "commune" | "village"));
    Ok(Panel {
        rows: rows.iter().map(|row| line(ctx, row, &villages)).collect(),
        roles: here.map(|role| (role.code, t.t(&role.text_key()))).collect(),
        villages,
        role: text("vai-tro"),
        village: text("thon"),
        from: form.map_or_else(|| t.date(ctx.today()), |form| form.text("tu-ngay").to_owned()),
        to: text("den-ngay"),
    })
}

fn line(ctx: &Ctx, row: &GrantRow, villages: &[(String, String)]) -> Line {
    let t = ctx.t();
    let place = match row.place_kind.as_str() {
        "commune" => t.t("grant-whole-commune"),
        "village" => {
            let id = row.place_id.to_string();
            villages
                .iter()
                .find(|(village, _)| *village == id)
                .map_or_else(|| t.t("grant-old-village"), |(_, name)| name.clone())
        }
        "organisation" => t.t("grant-an-organisation"),
        _ => t.t("grant-own-data"),
    };
    let days = if row.valid_to == platform::clock::forever() {
        t.s("grant-since", "day", &t.date(row.valid_from))
    } else {
        t.a("grant-days", &[("from", t.date(row.valid_from).into()), ("to", t.date(row.valid_to).into())])
    };
    Line { id: row.id, role: t.t(&role::text_key(&row.role)), place, days, now: row.valid_to >= ctx.today() }
}

pub(crate) async fn create(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let role = role::find(form.text("vai-tro")).ok_or_else(|| Error::field("vai-tro", "error-choose"))?;
        let place = match role.place_kind {
            "village" => {
                let village = form.id("thon")?.ok_or_else(|| Error::field("thon", "error-choose"))?;
                Place::new("village", village)
            }
            "commune" => Place::new("commune", ctx.commune),
            // Roles in an organisation or for one's own data are given where the organisation or person is kept.
            _ => return Err(Error::field("vai-tro", "error-choose")),
        };
        let valid_from = form.date("tu-ngay")?.unwrap_or(ctx.today());
        let new = NewGrant {
            account_id: id,
            role: role.code.into(),
            place,
            valid_from,
            valid_to: form.date("den-ngay")?,
        };
        grant_insert(&ctx, tx, new).await.map(|_| ())
    };
    apply(&ctx, id, &form, "grant-given", rule).await
}

pub(crate) async fn end(ctx: Ctx, Path((id, grant)): Path<(Uuid, Uuid)>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| grant_end(&ctx, tx, grant).await;
    apply(&ctx, id, &form, "grant-ended", rule).await
}
