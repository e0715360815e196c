//! What was true when: the version tables behind the current ones. One row for each stretch of days; both ends are
//! inclusive, the open end is 9999-12-31. Versions of one object follow each other without gap or overlap.

use chrono::NaiveDate;
use platform::db::{Value, insert_many};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, clock, sql};

/// How a difference is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// It is different from this day on.
    Change { on: NaiveDate, source: String },
    /// It was written wrongly: the newest version is overwritten.
    Correct { source: String },
}

impl How {
    pub fn change(on: NaiveDate, source: impl Into<String>) -> How {
        How::Change { on, source: source.into() }
    }

    pub fn correct(source: impl Into<String>) -> How {
        How::Correct { source: source.into() }
    }

    pub(crate) fn word(&self) -> &'static str {
        match self {
            How::Change { .. } => "change",
            How::Correct { .. } => "correct",
        }
    }
}

/// A version table and the columns that it copies from the current row.
pub(crate) struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
}

/// A version to be written as it is: for imports and for history that is known already.
pub(crate) struct Line {
    pub id: Uuid,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub values: Vec<Value>,
    pub source: String,
}

impl Line {
    /// A version that was read, to be written again.
    pub fn of<T>(id: Uuid, version: &crate::person::Version<T>, values: fn(&T) -> Vec<Value>) -> Line {
        Line {
            id,
            from: version.valid_from,
            to: version.valid_to,
            values: values(&version.what),
            source: version.source.clone(),
        }
    }
}

impl Table {
    /// The first day of the newest version.
    pub async fn start(&self, ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<NaiveDate> {
        sql(format!(
            "SELECT valid_from FROM {} WHERE commune_id = $1 AND id = $2 ORDER BY valid_from DESC LIMIT 1",
            self.name
        ))
        .bind(ctx.commune)
        .bind(id)
        .scalar(tx)
        .await?
        .ok_or_else(Error::not_found)
    }

    /// Writes what is true now, as a change or a correction.
    pub async fn write(&self, ctx: &Ctx, tx: &Tx, id: Uuid, how: &How, values: Vec<Value>) -> Result<()> {
        let start = self.start(ctx, tx, id).await?;
        match how {
            How::Change { on, source } => {
                not_in_future(ctx, *on)?;
                if *on < start {
                    return Err(too_early(start));
                }
                if *on > start {
                    self.end(ctx, tx, id, start, day_before(*on)).await?;
                }
                self.put(ctx, tx, id, *on, source, values).await
            }
            How::Correct { source } => self.put(ctx, tx, id, start, source, values).await,
        }
    }

    /// The first version of a new object, or of one that comes back.
    pub async fn open(
        &self,
        ctx: &Ctx,
        tx: &Tx,
        id: Uuid,
        from: NaiveDate,
        source: &str,
        values: Vec<Value>,
    ) -> Result<()> {
        not_in_future(ctx, from)?;
        self.put(ctx, tx, id, from, source, values).await
    }

    /// From `on` nothing is true any more. A version that began on that very day ends before it begins: it counts on
    /// no day, and the row still tells that there was something.
    pub async fn close(&self, ctx: &Ctx, tx: &Tx, id: Uuid, on: NaiveDate) -> Result<()> {
        not_in_future(ctx, on)?;
        let start = self.start(ctx, tx, id).await?;
        if on < start {
            return Err(too_early(start));
        }
        self.end(ctx, tx, id, start, day_before(on)).await
    }

    /// The newest version holds again: its end was a mistake.
    pub async fn reopen(&self, ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
        let start = self.start(ctx, tx, id).await?;
        self.end(ctx, tx, id, start, clock::forever()).await
    }

    async fn end(&self, ctx: &Ctx, tx: &Tx, id: Uuid, from: NaiveDate, last: NaiveDate) -> Result<()> {
        sql(format!(
            "UPDATE {} SET valid_to = $4 WHERE commune_id = $1 AND id = $2 AND valid_from = $3",
            self.name
        ))
        .bind(ctx.commune)
        .bind(id)
        .bind(from)
        .bind(last)
        .run(tx)
        .await?;
        crate::figures::touched(ctx, tx, self.name);
        Ok(())
    }

    async fn put(
        &self,
        ctx: &Ctx,
        tx: &Tx,
        id: Uuid,
        from: NaiveDate,
        source: &str,
        values: Vec<Value>,
    ) -> Result<()> {
        let line = Line { id, from, to: clock::forever(), values, source: source.to_owned() };
        let mut set: Vec<String> = self.columns.iter().map(|c| format!("{c} = excluded.{c}")).collect();
        set.extend(["valid_to", "source", "recorded_at"].map(|c| format!("{c} = excluded.{c}")));
        let suffix = format!(" ON CONFLICT (commune_id, id, valid_from) DO UPDATE SET {}", set.join(", "));
        self.insert(ctx, tx, vec![line], &suffix).await
    }

    /// Writes many lines at once.
    pub async fn insert_many(&self, ctx: &Ctx, tx: &Tx, lines: Vec<Line>) -> Result<()> {
        self.insert(ctx, tx, lines, "").await
    }

    async fn insert(&self, ctx: &Ctx, tx: &Tx, lines: Vec<Line>, suffix: &str) -> Result<()> {
        let mut columns = vec!["commune_id", "id", "valid_from", "valid_to"];
        columns.extend(self.columns);
        columns.extend(["source", "recorded_at"]);
        let rows = lines.into_iter().map(|line| {
            let mut row: Vec<Value> =
                vec![ctx.commune.into(), line.id.into(), line.from.into(), line.to.into()];
            row.extend(line.values);
            row.extend([Value::from(line.source), ctx.now.into()]);
            row
        });
        insert_many(tx, self.name, &columns, rows, suffix).await?;
        crate::figures::touched(ctx, tx, self.name);
        Ok(())
    }
}

/// Nothing is written ahead of its day.
pub(crate) fn not_in_future(ctx: &Ctx, day: NaiveDate) -> Result<()> {
    if day > ctx.today() { Err(Error::field("tu-ngay", "registry-date-in-future")) } else { Ok(()) }
}

fn too_early(start: NaiveDate) -> Error {
    Error::field("tu-ngay", Message::new("registry-date-before-version").with("day", vntext::date(start)))
}

pub(crate) fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(NaiveDate::MIN)
}
