//! What waits for the province, on the page where its files are compared.

use super::names::Account;
use super::{send, store};
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::jobs::{self, Work};
use platform::{Ctx, Result, Tx};
use serde_json::{Value, json};

const PATH: &str = "/lam-viec/doi-chieu";
const SHOWN: i64 = 20;

/// How the connection stands; `None` where there is none.
pub(crate) struct State {
    pub waiting: i64,
    pub refused: i64,
    /// Address of the dossier, its code here, what the province said.
    pub lines: Vec<(String, String, String)>,
    pub key: String,
}

pub(crate) async fn state(ctx: &Ctx) -> Result<Option<State>> {
    if Account::load(ctx)?.is_none() {
        return Ok(None);
    }
    let mut lines = Vec::new();
    for call in store::list(ctx, "refused", SHOWN).await? {
        let one = crate::dossier::find(ctx, &ctx.app.db, call.dossier_id).await?;
        lines.push((one.path(), one.code, call.problem));
    }
    Ok(Some(State {
        waiting: store::count(ctx, "waiting").await?,
        refused: store::count(ctx, "refused").await?,
        lines,
        key: ctx.new_id().to_string(),
    }))
}

/// What was refused is sent again.
pub(super) async fn again(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = queued(&ctx, &tx).await;
    settle(&ctx, key, tx, done).await?
}

async fn queued(ctx: &Ctx, tx: &Tx) -> Result<(String, Note)> {
    let count = store::again(ctx, tx).await?;
    jobs::enqueue(ctx, tx, Work::new(send::JOB, Value::Null)).await?;
    let entry = audit::Entry {
        action: "province.send",
        kind: "onestop",
        id: ctx.commune,
        detail: json!({ "again": count }),
    };
    audit::record(ctx, tx, entry).await?;
    Ok((PATH.to_owned(), Note::new("onestop-upward-again")))
}
