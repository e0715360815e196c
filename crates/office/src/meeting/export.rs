//! The result of a vote as a file: against those who were present; of an open vote with names.

use super::live::share;
use super::model::VoteState;
use super::{people, store};
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::{Ctx, Error, Result, Uuid};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use vnsheet::Value;

pub(super) async fn result(
    ctx: Ctx,
    Path((id, vote)): Path<(Uuid, Uuid)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let format = query.get("dinh-dang").map_or("", |text| text.trim());
    let format = Format::parse(format).ok_or_else(Error::not_found)?;
    store::find(&ctx, &ctx.app.db, id).await?;
    let vote = store::vote(&ctx, &ctx.app.db, id, vote).await?;
    if vote.state != VoteState::Closed {
        return Err(Error::not_found());
    }
    let t = ctx.t();
    let voters = store::voters(&ctx, &ctx.app.db, vote.id).await?;
    let names = people::names(&ctx, voters.iter().map(|voter| voter.account_id)).await?;
    let who = |position: i64| {
        let these = voters.iter().filter(|voter| voter.position == Some(position));
        let mut these: Vec<String> =
            these.filter_map(|voter| names.get(&voter.account_id).cloned()).collect();
        these.sort_by_key(|name| vntext::sort_key(name));
        these.join(", ")
    };
    let text = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(text) };
    let row = |words: String, votes: i64, who: String| {
        vec![text(words), Value::Whole(votes), text(share(t, votes, vote.present)), text(who)]
    };
    let choices = store::choices(&ctx, &ctx.app.db, vote.id).await?;
    let mut rows: Vec<Vec<Value>> =
        choices.into_iter().map(|one| row(one.words, one.votes, who(one.position))).collect();
    rows.push(row(t.t("office-meeting-silent"), (vote.present - vote.voted).max(0), String::new()));
    rows.push(row(t.t("office-meeting-present"), vote.present, String::new()));
    let headings = ["choice", "votes", "share", "who"];
    Sheet {
        name: vote.question.clone(),
        headings: headings.iter().map(|name| t.t(&format!("office-meeting-column-{name}"))).collect(),
        rows,
    }
    .answer(&ctx, &format)
}
