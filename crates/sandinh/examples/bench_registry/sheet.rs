//! The Excel file of a whole commune, out and in.

use crate::report::{Report, row, words};
use platform::{App, Ctx, Uuid, sql};
use std::time::Instant;

pub async fn measure(report: &mut Report) {
    let (from, to) = (crate::place::folder(), crate::place::folder());
    let app = crate::place::open(from.path(), None).await;
    let commune = demo::write::write(&app).await.expect("the demo");
    let begin = Instant::now();
    let ctx = Ctx::system(&app, commune, "bench");
    let file = registry::export::export_file(&ctx).await.expect("an export");
    let out = begin.elapsed();
    let empty = crate::place::open(to.path(), None).await;
    let ctx = Ctx::system(&empty, villages(&app, commune, &empty).await, "bench");
    let kilobytes = file.len() / 1024;
    let begin = Instant::now();
    let tried = registry::import::import_file(&ctx, "thu.xlsx", file.clone(), true).await.expect("a dry run");
    let dry = begin.elapsed();
    let begin = Instant::now();
    let done = registry::import::import_file(&ctx, "ho-gia-phu.xlsx", file, false).await.expect("an import");
    let whole = begin.elapsed();
    assert!(done.written, "{:?}", &done.faults[..done.faults.len().min(3)]);
    let people = sql("SELECT COUNT(*) FROM person WHERE commune_id = $1").bind(ctx.commune);
    let people = people.count(&empty.db).await.expect("a count");
    report.heading("Excel");
    report.table(&[
        row(["what", "measured", "to beat"]),
        row([&format!("export of {people} people ({kilobytes} KB)"), &words(out), "–"]),
        row([&format!("dry run of the same file ({} rows judged)", tried.counts.rows), &words(dry), "–"]),
        row(["import into an empty commune: read, judged, written in one transaction", &words(whole), "2 s"]),
    ]);
    app.db.close().await;
    empty.db.close().await;
}

/// A commune without people that has the same villages.
async fn villages(app: &App, commune: Uuid, empty: &App) -> Uuid {
    let ctx = Ctx::system(app, commune, "bench");
    let villages = units::village_list(&ctx, ctx.today()).await.expect("villages");
    let id = platform::ids::new_id(empty.clock.now());
    let ctx = Ctx::system(empty, id, "bench");
    let tx = ctx.begin().await.expect("a transaction");
    let insert = sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, $2, NULL, $3)");
    insert.bind(id).bind("Xã Gia Phú").bind(ctx.now).run(&tx).await.expect("a commune");
    let new = |kind, name: &str, code: &str, parent_id| units::NewUnit {
        kind,
        code: code.to_owned(),
        name: name.to_owned(),
        parent_id,
        valid_from: chrono::NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day"),
        note: String::new(),
        source: "bench".to_owned(),
    };
    let unit = new(units::Kind::Commune, "Xã Gia Phú", "02923", None);
    let unit = units::insert(&ctx, &tx, unit).await.expect("the unit").id;
    for village in villages {
        let village = new(units::Kind::Village, &village.name, &village.code, Some(unit));
        units::insert(&ctx, &tx, village).await.expect("a village");
    }
    tx.commit().await.expect("it stands");
    id
}
