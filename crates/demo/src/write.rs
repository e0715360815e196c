//! Writes the invented commune into an empty installation, through the areas' own rules.

mod asking;
mod disclosures;
mod dossiers;
mod keys;
mod mail;
mod meetings;
mod news;
mod office;
mod paint;
mod plans;
mod radio;
mod reaching;
mod registry;
mod reports;
mod staff;
mod things;
mod units;
mod villages;
mod visit;
mod voices;

pub use radio::unconnected;

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
    let signing_keys = keys::make(app, &demo)?;
    let letters = office::letters()?;
    let commune = platform::ids::new_id(start_of_day(crate::BASELINE));
    let mut ctx = Ctx::system(app, commune, "demo.write");
    ctx.now = app.clock.now();
    let articles = news::articles(&ctx).await?;
    let pictures = visit::pictures(&ctx).await?;
    let tunes = radio::tunes(&ctx).await?;
    let tx = app.db.begin().await?;
    let ids = units::write(&ctx, &tx, &demo).await?;
    tx.commit().await?;
    // The tenant's row comes last: a program that is stopped in between begins anew.
    let tx = app.db.begin().await?;
    let keys = registry::write(&ctx, &tx, &demo, &ids).await?;
    things::write(&ctx, &tx, &demo, &ids, &keys).await?;
    staff::write(&ctx, &tx, &demo, &ids, &keys, &signing_keys).await?;
    tx.commit().await?;
    fee_account(app)?;
    let tx = app.db.begin().await?;
    dossiers::write(&ctx, &tx, &demo, &keys).await?;
    office::write(&ctx, &tx, &demo, letters, (&pictures, &tunes)).await?;
    news::write(&ctx, &tx, &demo, articles).await?;
    sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, $2, NULL, $3)")
        .bind(commune)
        .bind("Xã Gia Phú")
        .bind(ctx.now)
        .run(&tx)
        .await?;
    tx.commit().await?;
    Ok(commune)
}

/// An invented account for fees, in the data folder as a commune's own would be.
fn fee_account(app: &App) -> Result<()> {
    let folder = app.config.law_folder().join("fee-account");
    std::fs::create_dir_all(&folder)?;
    let text = "# Invented, for the demo.\nbin = \"970405\"\nnumber = \"0000000000001\"\nname = \"UBND XA GIA PHU\"\n";
    Ok(std::fs::write(folder.join("2020-01-01.toml"), text)?)
}

/// The accounts of the demo: sign-in name and what they are, in the order in which they are shown.
pub fn cast(demo: &Commune) -> Vec<(String, String)> {
    demo.staff.iter().map(|one| (one.login.clone(), one.position_vi.clone())).collect()
}

/// Writes the households and people of another seed into the villages of the demo: for measuring with many rows.
/// `round` counts the calls; it keeps the personal numbers of all rounds apart.
pub async fn write_more(app: &App, commune: Uuid, round: u32) -> Result<()> {
    let mut more = generate(DEMO_SEED + 1 + u64::from(round));
    let mut ctx = Ctx::system(app, commune, "demo.write");
    ctx.now = app.clock.now();
    let villages = units_by_code(&ctx).await?;
    let villages = more.villages.iter().filter_map(|village| {
        let code = format!("{:02}", village.key.0);
        Some((village.key, *villages.get(&code)?))
    });
    let ids = Ids { villages: villages.collect() };
    for (serial, person) in (round * 10_000..(round + 1) * 10_000).zip(&mut more.people) {
        // Serials of the demo itself begin with 9.
        let number = person.personal_number.take().filter(|_| serial < 900_000);
        person.personal_number = number.map(|number| format!("{}{serial:06}", &number[..6]));
    }
    more.people.iter_mut().skip(10_000).for_each(|person| person.personal_number = None);
    let tx = app.db.begin().await?;
    registry::write(&ctx, &tx, &more, &ids).await?;
    tx.commit().await
}

async fn units_by_code(ctx: &Ctx) -> Result<HashMap<String, Uuid>> {
    let villages = ::units::village_list(ctx, ctx.today()).await?;
    Ok(villages.into_iter().map(|village| (village.code, village.id)).collect())
}
