//! What may happen to a unit. Each rule writes, then records; the caller commits.

use crate::model::{Kind, NewUnit, Succession, Unit, slug_of};
use crate::store;
use audit::Entry;
use chrono::NaiveDate;
use platform::access::Place;
use platform::{Ctx, Error, Result, Tx, Uuid, clock, search};
use serde_json::json;

/// What can change about a unit from a day on; `None` stays as it was.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub code: Option<String>,
    pub name: Option<String>,
    /// `Some(None)` takes it out of the tree.
    pub parent_id: Option<Option<Uuid>>,
    pub note: Option<String>,
}

impl Change {
    fn apply(self, unit: &Unit) -> Unit {
        let mut unit = unit.clone();
        unit.code = self.code.unwrap_or(unit.code);
        unit.name = self.name.map_or(unit.name, |name| vntext::clean(&name));
        unit.parent_id = self.parent_id.unwrap_or(unit.parent_id);
        unit.note = self.note.unwrap_or(unit.note);
        unit.sort_key = vntext::sort_key(&unit.name);
        unit
    }

    fn fields(&self) -> Vec<&'static str> {
        let all = [
            ("code", self.code.is_some()),
            ("name", self.name.is_some()),
            ("parent", self.parent_id.is_some()),
            ("note", self.note.is_some()),
        ];
        all.into_iter().filter_map(|(name, changed)| changed.then_some(name)).collect()
    }
}

/// Makes a unit. Two of the same name get `…-2` in the address.
pub async fn insert(ctx: &Ctx, tx: &Tx, new: NewUnit) -> Result<Unit> {
    let name = vntext::clean(&new.name);
    let unit = Unit {
        id: ctx.new_id(),
        kind: new.kind,
        code: new.code,
        sort_key: vntext::sort_key(&name),
        slug: free_slug(ctx, tx, &slug_of(&name)).await?,
        name,
        parent_id: new.parent_id,
        valid_from: new.valid_from,
        valid_to: clock::forever(),
        note: new.note,
        revision: 1,
    };
    check(ctx, tx, &unit).await?;
    store::insert(ctx, tx, &unit, &new.source).await?;
    file(ctx, tx, &unit).await?;
    let detail = json!({ "kind": unit.kind.code(), "code": unit.code, "from": unit.valid_from });
    audit::record(ctx, tx, Entry { action: "unit.insert", kind: "unit", id: unit.id, detail }).await?;
    Ok(unit)
}

/// Something is different from the day `on`: the version before ends the day before.
///
/// # Errors
/// `Conflict` when the unit is no longer at `revision`; `Invalid` for a day in the future or before the version
/// that it would change.
pub async fn change(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    change: Change,
    on: NaiveDate,
    source: &str,
) -> Result<Unit> {
    let old = store::find_in(ctx, tx, id).await?;
    let start = store::version_start(ctx, tx, id).await?;
    if on > ctx.today() {
        return Err(Error::field("tu-ngay", "unit-date-in-future"));
    }
    if on < start || on > old.valid_to {
        return Err(Error::field("tu-ngay", "unit-date-before-version"));
    }
    let fields = change.fields();
    let unit = Unit { revision, ..change.apply(&old) };
    check(ctx, tx, &unit).await?;
    write(ctx, tx, &unit).await?;
    if on > start {
        store::version_close(ctx, tx, id, start, day_before(on)).await?;
    }
    store::version_put(ctx, tx, &unit, on, source).await?;
    let detail = json!({ "fields": fields, "from": on });
    audit::record(ctx, tx, Entry { action: "unit.update", kind: "unit", id, detail }).await?;
    Ok(Unit { revision: revision + 1, ..unit })
}

/// What was written was wrong: the newest version is overwritten as if it had always been so.
pub async fn correct(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    change: Change,
    source: &str,
) -> Result<Unit> {
    let old = store::find_in(ctx, tx, id).await?;
    let start = store::version_start(ctx, tx, id).await?;
    let fields = change.fields();
    let unit = Unit { revision, ..change.apply(&old) };
    check(ctx, tx, &unit).await?;
    write(ctx, tx, &unit).await?;
    store::version_put(ctx, tx, &unit, start, source).await?;
    let detail = json!({ "fields": fields });
    audit::record(ctx, tx, Entry { action: "unit.correct", kind: "unit", id, detail }).await?;
    Ok(Unit { revision: revision + 1, ..unit })
}

/// The unit exists for the last time on `last`.
pub async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, last: NaiveDate) -> Result<()> {
    close(ctx, tx, id, last).await?;
    let detail = json!({ "last": last });
    audit::record(ctx, tx, Entry { action: "unit.end", kind: "unit", id, detail }).await
}

/// `from` became part of `to` on the day `on`; a unit that went in whole ended the day before. Merging a unit into
/// itself under the same code is not written: it only grew.
pub async fn merge(ctx: &Ctx, tx: &Tx, from: &[Uuid], to: Uuid, on: NaiveDate, source: &str) -> Result<()> {
    for id in from.iter().copied().filter(|id| *id != to) {
        close(ctx, tx, id, day_before(on)).await?;
        let row = Succession { from_id: id, to_id: to, on_date: on, source: source.to_owned() };
        store::succession_insert(ctx, tx, &row).await?;
    }
    let detail = json!({ "from": from, "on": on });
    audit::record(ctx, tx, Entry { action: "unit.merge", kind: "unit", id: to, detail }).await
}

/// Stores the boundary, a GeoJSON geometry (Polygon or MultiPolygon, longitude and latitude in degrees).
pub async fn boundary_set(ctx: &Ctx, tx: &Tx, id: Uuid, geojson: &str) -> Result<()> {
    let shape: serde_json::Value =
        serde_json::from_str(geojson).map_err(|_| Error::field("ranh-gioi", "unit-boundary-unreadable"))?;
    if !matches!(shape["type"].as_str(), Some("Polygon" | "MultiPolygon")) || !shape["coordinates"].is_array()
    {
        return Err(Error::field("ranh-gioi", "unit-boundary-unreadable"));
    }
    if store::boundary_set(ctx, tx, id, geojson).await? == 0 {
        return Err(Error::not_found());
    }
    audit::record(ctx, tx, Entry { action: "unit.boundary", kind: "unit", id, detail: json!({}) }).await
}

async fn close(ctx: &Ctx, tx: &Tx, id: Uuid, last: NaiveDate) -> Result<()> {
    let old = store::find_in(ctx, tx, id).await?;
    let start = store::version_start(ctx, tx, id).await?;
    if last < start {
        return Err(Error::field("den-ngay", "unit-date-before-version"));
    }
    write(ctx, tx, &Unit { valid_to: last, ..old }).await?;
    store::version_close(ctx, tx, id, start, last).await
}

async fn write(ctx: &Ctx, tx: &Tx, unit: &Unit) -> Result<()> {
    match store::update(ctx, tx, unit).await? {
        0 => Err(Error::conflict("error-conflict")),
        _ => file(ctx, tx, unit).await,
    }
}

/// Anybody finds a village that is one today; the levels above have no page of their own.
async fn file(ctx: &Ctx, tx: &Tx, unit: &Unit) -> Result<()> {
    if unit.kind != Kind::Village {
        return Ok(());
    }
    if unit.valid_to < ctx.today() {
        return search::remove(ctx, tx, &[unit.id]).await;
    }
    let entry = search::Entry {
        id: unit.id,
        kind: "village",
        title: unit.name.clone(),
        subtitle: String::new(),
        url: format!("/thon/{}", unit.slug),
        words: "thon".to_owned(),
        places: vec![Place::new("public", ctx.commune), Place::new("village", unit.id)],
    };
    search::put(ctx, tx, &[entry]).await
}

async fn check(ctx: &Ctx, tx: &Tx, unit: &Unit) -> Result<()> {
    if unit.name.is_empty() || unit.slug.is_empty() {
        return Err(Error::field("ten", "unit-name-empty"));
    }
    if let Some(parent) = unit.parent_id {
        let parent = store::find_in(ctx, tx, parent).await?;
        if !unit.kind.fits_under(parent.kind) {
            return Err(Error::field("thuoc", "unit-wrong-parent"));
        }
    }
    Ok(())
}

async fn free_slug(ctx: &Ctx, tx: &Tx, wanted: &str) -> Result<String> {
    for n in 1..100 {
        let slug = if n == 1 { wanted.to_owned() } else { format!("{wanted}-{n}") };
        if !store::slug_taken(ctx, tx, &slug).await? {
            return Ok(slug);
        }
    }
    Err(Error::field("ten", "unit-name-taken"))
}

fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(NaiveDate::MIN)
}
