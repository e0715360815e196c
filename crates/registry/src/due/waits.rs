//! What the desk says of the due lists.

use super::model::{By, load};
use super::store::{Ask, count_due};
use platform::{Ctx, Result};
use ui::{Status, Waiting};

pub(super) async fn tell(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let scope = ctx.scope_of("due.send");
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let mut waiting = Vec::new();
    for rule in load(ctx)?.iter().filter(|rule| rule.waits) {
        let ask = Ask {
            rule,
            window: rule.usual(ctx.today()),
            scope: &scope,
            village: None,
            open: true,
            ids: None,
        };
        let open = count_due(ctx, &ask).await?.count;
        if open > 0 {
            let name = rule.words(ctx.lang).name.as_str();
            waiting.push(Waiting {
                label: ctx.t().a("registry-due-waiting", &[("count", open.into()), ("name", name.into())]),
                url: format!("/lam-viec/den-han/{}?moi=chua", rule.code),
                status: if rule.by == By::Year { Status::Info } else { Status::Soon },
            });
        }
    }
    Ok(waiting)
}
