//! The week for a vendor's system: a table of what plays when on which of its clusters, and the sound.

use crate::plan::{self, Line};
use crate::programme::{self, Form, State};
use crate::speaker::{self, Kind, Speaker};
use chrono::{Duration, NaiveDate};
use platform::{Ctx, Error, Result, Uuid};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A ZIP: `lich-phat.csv` and the folder `am-thanh`.
///
/// # Errors
/// `Invalid` when no cluster answers to a vendor.
pub(crate) async fn package(ctx: &Ctx, first: NaiveDate) -> Result<Vec<u8>> {
    let clusters: Vec<Speaker> = speaker::store::all(ctx, &ctx.app.db)
        .await?
        .into_iter()
        .filter(|one| one.kind == Kind::Vendor && one.in_service(ctx.today()))
        .collect();
    if clusters.is_empty() {
        return Err(Error::invalid("broadcast-vendor-nobody"));
    }
    let last = first + Duration::days(6);
    let slots = plan::store::between(ctx, &ctx.app.db, first, last).await?;
    let skips = plan::store::skips(ctx, &ctx.app.db, &slots, first, last).await?;
    let days = (0..7).map(|ahead| first + Duration::days(ahead));
    let lines: Vec<Line> = days
        .flat_map(|day| plan::lines(&slots, &skips, day))
        .filter(|line| line.off.is_none() && line.slot.state == State::Approved)
        .collect();
    let ids: BTreeSet<Uuid> = lines.iter().map(|line| line.slot.programme_id).collect();
    let sources = sources(ctx, &ids.into_iter().collect::<Vec<_>>()).await?;
    let table = table(ctx, &clusters, &lines, &sources)?;
    let pack = move || pack(&table, &sources);
    tokio::task::spawn_blocking(pack).await.map_err(Error::internal)?
}

/// Where the sound of a programme comes from: a file of the package with its bytes, or the address of a relay.
struct Source {
    name: String,
    bytes: Option<Vec<u8>>,
}

async fn sources(ctx: &Ctx, ids: &[Uuid]) -> Result<BTreeMap<Uuid, Source>> {
    let mut all = BTreeMap::new();
    for one in programme::store::get_many(ctx, ids).await? {
        let source = match one.form {
            Form::Relay => Source { name: one.address.clone(), bytes: None },
            _ => {
                let Some(bytes) = speaker::stored_sound(ctx, one.id).await? else { continue };
                let name = format!(
                    "am-thanh/{}-{}.mp3",
                    vntext::slug(&one.title),
                    &one.id.simple().to_string()[24..]
                );
                Source { name, bytes: Some(bytes) }
            }
        };
        all.insert(one.id, source);
    }
    Ok(all)
}

fn table(
    ctx: &Ctx,
    clusters: &[Speaker],
    lines: &[Line],
    sources: &BTreeMap<Uuid, Source>,
) -> Result<Vec<u8>> {
    let t = ctx.t();
    // Excel takes it for UTF-8 by this mark.
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::from("\u{feff}"));
    let headings = [
        "broadcast-speaker-code",
        "broadcast-speaker-name",
        "broadcast-log-day",
        "broadcast-log-from",
        "broadcast-log-to",
        "broadcast-programme",
        "broadcast-vendor-source",
    ];
    out.write_record(headings.map(|key| t.t(key))).map_err(Error::internal)?;
    for line in lines {
        let villages = line.slot.villages();
        let Some(source) = sources.get(&line.slot.programme_id) else { continue };
        for one in clusters.iter().filter(|one| villages.is_empty() || villages.contains(&one.unit_id)) {
            let clock = |second: i64| crate::law::clock(second);
            let row = [
                one.vendor_code.clone(),
                one.name.clone(),
                t.date(line.day),
                clock(line.slot.starts),
                clock(line.slot.ends()),
                line.slot.title.clone(),
                source.name.clone(),
            ];
            out.write_record(&row).map_err(Error::internal)?;
        }
    }
    out.into_inner().map_err(Error::internal)
}

fn pack(table: &[u8], sources: &BTreeMap<Uuid, Source>) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).map_err(Error::internal)?;
        zip.write_all(bytes).map_err(Error::internal)
    };
    add("lich-phat.csv", table)?;
    for source in sources.values() {
        if let Some(bytes) = &source.bytes {
            add(&source.name, bytes)?;
        }
    }
    Ok(zip.finish().map_err(Error::internal)?.into_inner())
}
