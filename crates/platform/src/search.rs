//! The one search over everything. An area files what can be found; the engine's text index finds it by words
//! without marks ("ho khau" finds "hộ khẩu"), the last word by its beginning.

pub mod text;

use crate::access::{Place, Scope, scope_token};
use crate::db::{Engine, Value, insert_many};
use crate::{Ctx, Result, Run, Tx, Uuid, sql};

/// More hits than this are not ranked: counting them all would cost more than it tells.
const RANK_BELOW: usize = 1000;

/// Something that can be found.
pub struct Entry {
    /// The object's own id; one entry an object.
    pub id: Uuid,
    /// `person`, `household`, …: shown as a badge and used as a filter.
    pub kind: &'static str,
    pub title: String,
    pub subtitle: String,
    pub url: String,
    /// More words by which it is found: codes, numbers, village.
    pub words: String,
    /// The places whose readers may find it, besides those of the whole commune.
    pub places: Vec<Place>,
}

/// A hit, with what the list shows.
#[derive(Debug, Clone, sea_orm::FromQueryResult, serde::Serialize)]
pub struct Hit {
    pub id: Uuid,
    pub kind: String,
    pub title: String,
    pub subtitle: String,
    pub url: String,
    #[serde(skip)]
    pub title_folded: String,
}

/// The answer to a search.
#[derive(Debug, Clone)]
pub struct Hits {
    pub hits: Vec<Hit>,
    /// False: there are too many to rank; the first ones found are shown and the page asks for another word.
    pub ranked: bool,
    /// How many there are, at most 1,001.
    pub count: usize,
}

impl Entry {
    fn folded_words(&self, title_folded: &str) -> String {
        let mut words =
            format!("{title_folded} {} {}", vntext::fold(&self.subtitle), vntext::fold(&self.words));
        for place in &self.places {
            words.push(' ');
            words.push_str(&scope_token(place));
        }
        words.push_str(&format!(" k{}", self.kind));
        words
    }
}

/// Files entries, replacing what was filed under the same ids.
pub async fn put(ctx: &Ctx, tx: &Tx, entries: &[Entry]) -> Result<()> {
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.id).collect();
    remove(ctx, tx, &ids).await?;
    put_new(ctx, tx, entries).await
}

/// Files entries whose ids are known to be new: for imports.
pub async fn put_new(ctx: &Ctx, tx: &Tx, entries: &[Entry]) -> Result<()> {
    let columns = ["commune_id", "id", "kind", "title", "title_folded", "subtitle", "url", "words"];
    let rows = entries.iter().map(|entry| {
        let title = vntext::fold(&entry.title);
        let words = entry.folded_words(&title);
        vec![
            ctx.commune.into(),
            entry.id.into(),
            entry.kind.into(),
            Value::from(entry.title.clone()),
            title.into(),
            entry.subtitle.clone().into(),
            entry.url.clone().into(),
            words.into(),
        ]
    });
    insert_many(tx, "search_entry", &columns, rows, "").await?;
    if tx.engine() == Engine::Postgres {
        return Ok(());
    }
    for chunk in entries.chunks(500) {
        let ids = chunk.iter().map(|entry| entry.id);
        sql(INDEX)
            .push(" WHERE commune_id = ")
            .arg(ctx.commune)
            .push(" AND id IN (")
            .args(ids)
            .push(")")
            .run(tx)
            .await?;
    }
    Ok(())
}

/// PostgreSQL's index stands in the row itself and needs nothing of the kind.
const INDEX: &str = "INSERT INTO search_index (rowid, words) SELECT rowid, words FROM search_entry";

/// Makes the engine's text index anew from the entries: after a restore, since a dump carries only the entries.
pub(crate) async fn rebuild(tx: &Tx) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        return Ok(());
    }
    let communes: Vec<Uuid> = sql("SELECT id FROM commune").column(tx).await?;
    for commune in communes {
        sql(INDEX).push(" /* all rows */ WHERE commune_id = ").arg(commune).run(tx).await?;
        text::rebuild(tx, commune).await?;
    }
    Ok(())
}

/// Takes entries out.
pub async fn remove(ctx: &Ctx, tx: &Tx, ids: &[Uuid]) -> Result<()> {
    for chunk in ids.chunks(500) {
        let these = |start: &str| {
            sql(start)
                .push(" commune_id = ")
                .arg(ctx.commune)
                .push(" AND id IN (")
                .args(chunk.iter().copied())
                .push(")")
        };
        if tx.engine() == Engine::Sqlite {
            these("DELETE FROM search_index WHERE rowid IN (SELECT rowid FROM search_entry WHERE")
                .push(")")
                .run(tx)
                .await?;
        }
        these("DELETE FROM search_entry WHERE").run(tx).await?;
    }
    Ok(())
}

/// Finds what the scope may see. `kind` narrows to one kind; `limit` is how many are shown.
pub async fn find(ctx: &Ctx, scope: &Scope, query: &str, kind: Option<&str>, limit: usize) -> Result<Hits> {
    let folded = vntext::fold(query);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(8).collect();
    if words.is_empty() || scope.is_empty() {
        return Ok(Hits { hits: Vec::new(), ranked: true, count: 0 });
    }
    let db = &ctx.app.db;
    let question = question(db.engine(), &words, scope, kind);
    let shown = "e.id, e.kind, e.title, e.title_folded, e.subtitle, e.url";
    // What one looks for by a number or a whole name is usually all there, and nothing is asked twice.
    let mut hits: Vec<Hit> = lookup(ctx, db.engine(), shown, &question, limit + 1).all(db).await?;
    let (mut count, mut ranked) = (hits.len(), true);
    if count > limit {
        let counted = lookup(ctx, db.engine(), "1", &question, RANK_BELOW + 1);
        let counted = sql("SELECT COUNT(*) FROM (").then(counted).push(") counted").count(db).await?;
        count = usize::try_from(counted).unwrap_or(0);
        ranked = count <= RANK_BELOW;
        // Too many to rank: no more is fetched than is shown.
        if ranked {
            hits = lookup(ctx, db.engine(), shown, &question, RANK_BELOW).all(db).await?;
        }
    }
    if ranked {
        hits.sort_by_cached_key(|hit| (rank(hit, &folded, &words), vntext::sort_key(&hit.title)));
    }
    hits.truncate(limit);
    Ok(Hits { hits, ranked, count })
}

fn lookup(ctx: &Ctx, engine: Engine, shown: &str, question: &str, limit: usize) -> crate::db::Sql {
    let text = match engine {
        // CROSS: the index of words comes first, whatever the planner guesses about sizes it does not know.
        Engine::Sqlite => format!(
            "SELECT {shown} FROM search_index i CROSS JOIN search_entry e ON e.rowid = i.rowid \
             WHERE i.words MATCH $1 AND e.commune_id = $2 LIMIT $3"
        ),
        Engine::Postgres => format!(
            "SELECT {shown} FROM search_entry e WHERE e.tokens @@ to_tsquery('simple', $1) AND e.commune_id = $2 LIMIT $3"
        ),
    };
    sql(text).bind(question).bind(ctx.commune).bind(i64::try_from(limit).unwrap_or(i64::MAX))
}

/// The words joined by AND, the last as a prefix, then the places of the scope joined by OR. Words are folded, so they
/// hold only letters and digits and need no quoting.
fn question(engine: Engine, words: &[&str], scope: &Scope, kind: Option<&str>) -> String {
    let (and, or, prefix) = match engine {
        Engine::Sqlite => (" AND ", " OR ", "*"),
        Engine::Postgres => (" & ", " | ", ":*"),
    };
    let mut parts: Vec<String> = words.iter().map(|word| quoted(engine, word)).collect();
    if let Some(last) = parts.last_mut() {
        last.push_str(prefix);
    }
    if let Some(tokens) = scope.search_tokens() {
        let any: Vec<String> = tokens.iter().map(|token| quoted(engine, token)).collect();
        parts.push(format!("({})", any.join(or)));
    }
    parts.extend(kind.map(|kind| quoted(engine, &format!("k{}", vntext::fold(kind)))));
    parts.join(and)
}

/// A folded word as the engine's question takes it.
fn quoted(engine: Engine, word: &str) -> String {
    match engine {
        Engine::Sqlite => format!("\"{word}\""),
        Engine::Postgres => word.to_owned(),
    }
}

/// Smaller is better: the whole title, then its beginning, then words in order, then the rest.
fn rank(hit: &Hit, query: &str, words: &[&str]) -> usize {
    let title = &hit.title_folded;
    if title == query {
        0
    } else if title.ends_with(&format!(" {query}")) || title.starts_with(query) {
        1
    } else if title.contains(query) {
        2
    } else if words.iter().all(|word| title.contains(word)) {
        3
    } else {
        4
    }
}
