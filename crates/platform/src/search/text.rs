//! The search in long texts: the words of documents, found by a phrase or by all words in any order.

use super::quoted;
use crate::access::{Place, Scope, scope_token};
use crate::db::Engine;
use crate::{Ctx, Result, Run, Tx, Uuid, sql};

/// So many bytes of a text are found by: PostgreSQL indexes no more than a megabyte of words.
const INDEXED: usize = 400_000;

/// A long text that can be found.
pub struct Text<'a> {
    /// The object's own id; one text an object.
    pub id: Uuid,
    pub kind: &'static str,
    pub text: &'a str,
    /// The places whose readers may find it, besides those of the whole commune.
    pub places: &'a [Place],
}

/// Files a text, replacing what was filed under the same id.
pub async fn put(ctx: &Ctx, tx: &Tx, text: &Text<'_>) -> Result<()> {
    remove(ctx, tx, text.id).await?;
    let mut words = vntext::fold(text.text);
    if let Some((at, _)) = words.char_indices().find(|(at, _)| *at >= INDEXED) {
        words.truncate(at);
    }
    for place in text.places {
        words.push(' ');
        words.push_str(&scope_token(place));
    }
    words.push_str(&format!(" k{}", text.kind));
    sql("INSERT INTO text_entry (commune_id, id, words) VALUES ($1, $2, $3)")
        .bind(ctx.commune)
        .bind(text.id)
        .bind(words)
        .run(tx)
        .await?;
    if tx.engine() == Engine::Sqlite {
        sql(INDEX)
            .push(" WHERE commune_id = ")
            .arg(ctx.commune)
            .push(" AND id = ")
            .arg(text.id)
            .run(tx)
            .await?;
    }
    Ok(())
}

const INDEX: &str = "INSERT INTO text_index (rowid, words) SELECT rowid, words FROM text_entry";

/// Makes SQLite's index anew from the entries, for one commune.
pub(super) async fn rebuild(tx: &Tx, commune: Uuid) -> Result<()> {
    sql(INDEX).push(" /* all rows */ WHERE commune_id = ").arg(commune).run(tx).await?;
    Ok(())
}

/// Takes a text out.
pub async fn remove(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    if tx.engine() == Engine::Sqlite {
        sql("DELETE FROM text_index WHERE rowid IN (SELECT rowid FROM text_entry WHERE commune_id = $1 AND id = $2)")
            .bind(ctx.commune)
            .bind(id)
            .run(tx)
            .await?;
    }
    sql("DELETE FROM text_entry WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// The texts that the scope may see and that hold the words side by side; when those are few, also those that hold all
/// of them anywhere. At most `limit`, those filed last first on SQLite.
pub async fn find(ctx: &Ctx, scope: &Scope, query: &str, kind: &str, limit: usize) -> Result<Vec<Uuid>> {
    let folded = vntext::fold(query);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(12).collect();
    if words.is_empty() || scope.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids = lookup(ctx, &question(ctx.app.db.engine(), &words, true, scope, kind), limit).await?;
    if ids.len() < limit && words.len() > 1 {
        let loose = lookup(ctx, &question(ctx.app.db.engine(), &words, false, scope, kind), limit).await?;
        ids.extend(loose.into_iter().filter(|id| !ids.contains(id)).collect::<Vec<_>>());
        ids.truncate(limit);
    }
    Ok(ids)
}

async fn lookup(ctx: &Ctx, question: &str, limit: usize) -> Result<Vec<Uuid>> {
    let db = &ctx.app.db;
    let text = match db.engine() {
        Engine::Sqlite => {
            "SELECT e.id FROM text_index i CROSS JOIN text_entry e ON e.rowid = i.rowid \
             WHERE i.words MATCH $1 AND e.commune_id = $2 ORDER BY i.rowid DESC LIMIT $3"
        }
        Engine::Postgres => {
            "SELECT e.id FROM text_entry e WHERE e.tokens @@ to_tsquery('simple', $1) AND e.commune_id = $2 LIMIT $3"
        }
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    sql(text).bind(question).bind(ctx.commune).bind(limit).column(db).await
}

fn question(engine: Engine, words: &[&str], side_by_side: bool, scope: &Scope, kind: &str) -> String {
    let (and, or) = match engine {
        Engine::Sqlite => (" AND ", " OR "),
        Engine::Postgres => (" & ", " | "),
    };
    let mut parts: Vec<String> = match (side_by_side, engine) {
        (true, Engine::Sqlite) => vec![format!("\"{}\"", words.join(" "))],
        (true, Engine::Postgres) => vec![format!("({})", words.join(" <-> "))],
        (false, _) => words.iter().map(|word| quoted(engine, word)).collect(),
    };
    if let Some(tokens) = scope.search_tokens() {
        let any: Vec<String> = tokens.iter().map(|token| quoted(engine, token)).collect();
        parts.push(format!("({})", any.join(or)));
    }
    parts.push(quoted(engine, &format!("k{kind}")));
    parts.join(and)
}
