//! Why dossiers stay when a person is erased from the registry.

use super::store;
use super::terms::{Kept, Terms};
use platform::{Ctx, Result, Uuid};
use registry::personal::Stays;

pub(crate) fn stays() -> Stays {
    Stays(|ctx, person| Box::pin(lines(ctx, person)))
}

async fn lines(ctx: &Ctx, person: Uuid) -> Result<Vec<String>> {
    let terms = Terms::load(ctx)?;
    let t = ctx.t();
    let mut lines = Vec::new();
    for one in store::of_person(ctx, person).await? {
        let why = match terms.kept(&one) {
            Kept::Running => t.t("onestop-stays-running"),
            Kept::ForGood(why) => t.s("onestop-stays-for-good", "why", why.of(ctx.lang)),
            Kept::Until(day, Some(why)) => {
                format!("{} ({})", t.s("onestop-stays-until", "day", &t.date(day)), why.of(ctx.lang))
            }
            Kept::Until(day, None) => t.s("onestop-stays-until", "day", &t.date(day)),
        };
        lines.push(format!("{}: {why}", one.code));
    }
    Ok(lines)
}
