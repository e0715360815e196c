//! Writes the invented commune into an empty installation, through the areas' own rules.

mod registry;
mod staff;
mod things;
mod units;

use crate::{Commune, DEMO_SEED, generate};
use platform::clock::start_of_day;
use platform::{App, Ctx, Result, Uuid, sql};
use std::collections::HashMap;

/// Under which ids the demo's things stand in the database.
pub(crate) struct Ids {
    pub villages: HashMap<crate::VillageKey, Uuid>,
}

/// True when the installation has no commune yet.
pub async fn is_empty(app: &App) -> Result<bool> {
    Ok(sql("SELECT COUNT(*) FROM commune").count(&app.db).await? == 0)
}

/// Writes Gia Phú; returns the tenant's id. The installation must be empty.
pub async fn write(app: &App) -> Result<Uuid> {
    let demo = generate(DEMO_SEED);
    let commune = platform::ids::new_id(start_of_day(crate::BASELINE));
    let mut ctx = Ctx::system(app, commune, "demo.write");
    ctx.now = app.clock.now();
    let tx = app.db.begin().await?;
    let ids = units::write(&ctx, &tx, &demo).await?;
    tx.commit().await?;
    // The tenant's row comes last: a program that is stopped in between begins anew.
    let tx = app.db.begin().await?;
    let keys = registry::write(&ctx, &tx, &demo, &ids).await?;
    things::write(&ctx, &tx, &demo, &ids, &keys).await?;
    staff::write(&ctx, &tx, &demo, &ids, &keys).await?;
    sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, $2, NULL, $3)")
        .bind(commune)
        .bind("Xã Gia Phú")
        .bind(ctx.now)
        .run(&tx)
        .await?;
    tx.commit().await?;
    Ok(commune)
}

/// The accounts of the demo: sign-in name and what they are, in the order in which they are shown.
pub fn cast(demo: &Commune) -> Vec<(String, String)> {
    demo.staff.iter().map(|one| (one.login.clone(), one.position_vi.clone())).collect()
}
