//! What the desk says of the due lists.

use super::ask::{AT_HEAD, OPEN, window_part};
use super::model::{By, Rule, Window, load, month};
use super::store::{Ask, Only, count_due};
use chrono::Months;
use platform::access::Scope;
use platform::{Ctx, Result};
use ui::{Status, Waiting};

pub(super) async fn tell(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let scope = ctx.scope_of("due.send");
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let mut waiting = Vec::new();
    for rule in &*load(ctx)? {
        let usual = rule.usual(ctx.today());
        if !scope.whole() {
            let window = ahead(ctx, rule, usual);
            let address = format!("{}moi={AT_HEAD}", window_part(rule, window));
            let asked = ("registry-due-waiting-told", Only::AtHead, address);
            waiting.extend(line(ctx, rule, &scope, window, asked).await?);
        }
        if rule.waits {
            let asked = ("registry-due-waiting", Only::Open, format!("moi={OPEN}"));
            waiting.extend(line(ctx, rule, &scope, usual, asked).await?);
        }
    }
    Ok(waiting)
}

/// A village head may be asked to tell people of the next months as well.
fn ahead(ctx: &Ctx, rule: &Rule, usual: Window) -> Window {
    let later = ctx.today().checked_add_months(Months::new(2)).unwrap_or(usual.to);
    if rule.by == By::Year { usual } else { month(usual.from, later.max(usual.to)) }
}

async fn line(
    ctx: &Ctx,
    rule: &Rule,
    scope: &Scope,
    window: Window,
    (key, only, address): (&str, Only, String),
) -> Result<Option<Waiting>> {
    let ask = Ask { rule, window, scope, village: None, only, ids: None };
    let count = count_due(ctx, &ask).await?.count;
    let name = rule.words(ctx.lang).name.as_str();
    Ok((count > 0).then(|| Waiting {
        label: ctx.t().a(key, &[("count", count.into()), ("name", name.into())]),
        url: format!("/lam-viec/den-han/{}?{address}", rule.code),
        status: if rule.by == By::Year { Status::Info } else { Status::Soon },
    }))
}
