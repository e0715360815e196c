//! Counting: one query answers all predicates of a base, by village.

use crate::cache;
use crate::model::{Base, Kind, base, figures};
use chrono::NaiveDate;
use platform::db::Sql;
use platform::{App, Ctx, Result, Uuid, sql};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the figures of a base ask, each question once.
struct Questions {
    columns: Vec<&'static str>,
    predicates: Vec<String>,
}

impl Questions {
    fn of(app: &App, name: &str) -> Questions {
        let (mut columns, mut predicates) = (BTreeSet::new(), BTreeSet::new());
        for figure in figures(app).filter(|figure| figure.base() == Some(name)) {
            if let Kind::Distinct { column, .. } | Kind::First { column, .. } = figure.kind {
                columns.insert(column);
            }
            predicates.extend(asked(figure.kind));
        }
        Questions { columns: columns.into_iter().collect(), predicates: predicates.into_iter().collect() }
    }
}

/// The predicates that a kind of figure needs: what is counted, then the whole of a share.
pub(crate) fn asked(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Count { only, .. }
        | Kind::Distinct { only, .. }
        | Kind::Exists { only, .. }
        | Kind::First { only, .. } => vec![format!("({only})")],
        Kind::Share { whole, part, .. } => vec![format!("({whole}) AND ({part})"), format!("({whole})")],
        Kind::Attribute { .. } | Kind::Ratio { .. } | Kind::Difference { .. } => Vec::new(),
    }
}

/// Rows with the same village and the same values of the distinct columns.
struct Group {
    unit: Option<Uuid>,
    values: Vec<Option<String>>,
    counts: Vec<i64>,
}

/// The answers for one base and day.
pub(crate) struct Counted {
    questions: Questions,
    groups: Vec<Group>,
}

/// A count in each village; `None` is what belongs to no village.
pub(crate) type ByUnit = BTreeMap<Option<Uuid>, i64>;

impl Counted {
    fn place(&self, predicate: &str) -> Option<usize> {
        self.questions.predicates.iter().position(|asked| asked == predicate)
    }

    /// How many rows fit, by village.
    pub fn count(&self, predicate: &str) -> ByUnit {
        let mut counts = ByUnit::new();
        if let Some(at) = self.place(predicate) {
            for group in &self.groups {
                *counts.entry(group.unit).or_default() += group.counts[at];
            }
        }
        counts
    }

    /// How many different values a column has among the rows that fit: in all, and by village.
    pub fn distinct(&self, column: &str, predicate: &str) -> (i64, ByUnit) {
        let (mut all, mut units) = (BTreeSet::new(), BTreeMap::<_, BTreeSet<_>>::new());
        for (unit, value) in self.values(column, predicate) {
            all.insert(value);
            units.entry(unit).or_default().insert(value);
        }
        let size = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        (size(all.len()), units.into_iter().map(|(unit, values)| (unit, size(values.len()))).collect())
    }
}

impl Counted {
    /// The values of a column among the rows that fit, with their villages.
    fn values(&self, column: &str, predicate: &str) -> impl Iterator<Item = (Option<Uuid>, &str)> {
        let column = self.questions.columns.iter().position(|asked| *asked == column);
        let found = column.zip(self.place(predicate)).map(|(column, at)| {
            let fit = self.groups.iter().filter(move |group| group.counts[at] > 0);
            fit.filter_map(move |group| Some((group.unit, group.values[column].as_deref()?)))
        });
        found.into_iter().flatten()
    }

    /// The least value of a column among the rows that fit: days and years of four digits sort as they are written.
    pub fn first(&self, column: &str, predicate: &str) -> Option<&str> {
        self.values(column, predicate).map(|(_, value)| value).min()
    }
}

/// The beginning of a statement over a base on a day, up to its alias.
pub(crate) fn from(ctx: &Ctx, base: &Base, day: NaiveDate, select: &str) -> Sql {
    match base.now.filter(|_| day == ctx.today()) {
        Some(now) => sql(format!("SELECT {select} FROM {now} b")).bind(ctx.commune),
        None => sql(format!("SELECT {select} FROM {} b", base.on)).bind(ctx.commune).bind(day),
    }
}

/// Counts a base as of a day, or tells what is still known.
pub(crate) async fn counted(ctx: &Ctx, name: &'static str, day: NaiveDate) -> Result<Arc<Counted>> {
    cache::get_or_count(ctx, name, day, count(ctx, name, day)).await
}

async fn count(ctx: &Ctx, name: &'static str, day: NaiveDate) -> Result<Counted> {
    let base = base(&ctx.app, name)?;
    let questions = Questions::of(&ctx.app, name);
    let columns: Vec<String> =
        questions.columns.iter().map(|column| format!("CAST({column} AS TEXT)")).collect();
    let mut select = vec!["unit_id".to_owned()];
    select.extend(columns.iter().cloned());
    let sums =
        questions.predicates.iter().map(|p| format!("CAST(SUM(CASE WHEN {p} THEN 1 ELSE 0 END) AS BIGINT)"));
    select.extend(sums);
    let groups: Vec<String> = std::iter::once("unit_id".to_owned()).chain(columns).collect();
    let query = from(ctx, base, day, &select.join(", "))
        .push(&format!(" GROUP BY {} /* all rows */", groups.join(", ")));
    let mut answers = Vec::new();
    for row in query.rows(&ctx.app.db).await? {
        let (width, count) = (questions.columns.len(), questions.predicates.len());
        answers.push(Group {
            unit: row.try_get_by_index(0)?,
            values: (1..=width).map(|at| row.try_get_by_index(at)).collect::<Result<_, _>>()?,
            counts: (0..count).map(|at| row.try_get_by_index(1 + width + at)).collect::<Result<_, _>>()?,
        });
    }
    Ok(Counted { questions, groups: answers })
}
