//! Which version of each procedure is in force on a day: files of the program, of the data folder, uploaded ones.

use super::file::{self, Fault};
use super::model::Procedure;
use super::store;
use chrono::NaiveDate;
use platform::law::FilesState;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, remember};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

/// A procedure as it is in force.
#[derive(Debug, Clone)]
pub struct InForce {
    pub procedure: Arc<Procedure>,
    pub from: NaiveDate,
    /// What names this very text; a dossier keeps it.
    pub digest: String,
    /// A commune's own file, not one of the program.
    pub uploaded: bool,
}

/// Everything in force on a day, by code.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub all: BTreeMap<String, InForce>,
    /// Files in the data folder that cannot be read: (code, faults). The others work on.
    pub broken: Vec<(String, Vec<Fault>)>,
}

impl Catalogue {
    /// # Errors
    /// Not found.
    pub fn get(&self, code: &str) -> Result<&InForce> {
        self.all.get(code).ok_or_else(Error::not_found)
    }
}

/// What was read of procedures.
#[derive(Default)]
pub(crate) struct Parsed {
    /// Texts by digest: a text never changes under its digest.
    texts: Mutex<HashMap<String, Arc<Procedure>>>,
    /// The last catalogue of each commune, with what it was made of.
    made: Mutex<HashMap<Uuid, (MadeOf, Arc<Catalogue>)>>,
}

#[derive(PartialEq)]
struct MadeOf {
    day: NaiveDate,
    files: FilesState,
    uploaded: Arc<Vec<store::Uploaded>>,
}

/// What is in force today.
pub async fn catalogue(ctx: &Ctx) -> Result<Arc<Catalogue>> {
    let uploaded = remember::remember(ctx, "onestop.uploaded", String::new(), store::uploaded(ctx)).await?;
    // Half a hundred files are looked at and hashed only when one of them, the day or an upload is another.
    let of = MadeOf { day: ctx.today(), files: ctx.app.law.state("procedures"), uploaded };
    let cache = ctx.app.offers::<Parsed>().next();
    if let Some(cache) = cache {
        let made = cache.made.lock().expect("no panic while held");
        if let Some((_, catalogue)) = made.get(&ctx.commune).filter(|(known, _)| *known == of) {
            return Ok(catalogue.clone());
        }
    }
    let catalogue = Arc::new(read(ctx, of.day, &of.uploaded).await?);
    if let Some(cache) = cache {
        cache.made.lock().expect("no panic while held").insert(ctx.commune, (of, catalogue.clone()));
    }
    Ok(catalogue)
}

async fn read(ctx: &Ctx, day: NaiveDate, uploaded: &[store::Uploaded]) -> Result<Catalogue> {
    let mut catalogue = Catalogue::default();
    for code in ctx.app.law.sets("procedures") {
        // A file of the future only is none yet.
        let Ok(found) = ctx.app.law.text(&format!("procedures/{code}"), "toml", day) else { continue };
        match parsed(ctx, &found.content) {
            Ok((digest, procedure)) if procedure.code == code => {
                let in_force = InForce { procedure, from: found.from, digest, uploaded: false };
                catalogue.all.insert(code, in_force);
            }
            Ok((_, procedure)) => {
                let reason =
                    platform::Message::new("onestop-file-other-code").with("value", procedure.code.as_str());
                catalogue.broken.push((code, vec![Fault { line: 1, reason }]));
            }
            Err(faults) => catalogue.broken.push((code, faults)),
        }
    }
    for own in uploaded {
        let newer =
            catalogue.all.get(&own.code).is_none_or(|known| known.uploaded || own.valid_from >= known.from);
        if own.valid_from <= day && newer {
            let procedure = of_digest(ctx, &ctx.app.db, &own.digest).await?;
            let in_force =
                InForce { procedure, from: own.valid_from, digest: own.digest.clone(), uploaded: true };
            catalogue.all.insert(own.code.clone(), in_force);
        }
    }
    Ok(catalogue)
}

/// Reads a text, or remembers how it was read.
fn parsed(ctx: &Ctx, text: &str) -> std::result::Result<(String, Arc<Procedure>), Vec<Fault>> {
    let digest = digest(text);
    let cache = ctx.app.offers::<Parsed>().next();
    if let Some(known) =
        cache.and_then(|cache| cache.texts.lock().expect("no panic while held").get(&digest).cloned())
    {
        return Ok((digest, known));
    }
    let procedure = Arc::new(file::parse(text)?);
    if let Some(cache) = cache {
        cache.texts.lock().expect("no panic while held").insert(digest.clone(), procedure.clone());
    }
    Ok((digest, procedure))
}

pub(crate) fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..32].to_owned()
}

async fn of_digest(ctx: &Ctx, on: &impl Run, digest: &str) -> Result<Arc<Procedure>> {
    let cache = ctx.app.offers::<Parsed>().next();
    if let Some(known) =
        cache.and_then(|cache| cache.texts.lock().expect("no panic while held").get(digest).cloned())
    {
        return Ok(known);
    }
    let text = store::text(ctx, on, digest).await?;
    let wrong = |faults: Vec<Fault>| Error::internal(format!("procedure {digest}: {faults:?}"));
    Ok(parsed(ctx, &text).map_err(wrong)?.1)
}

/// The version that a dossier began with.
pub async fn pinned(ctx: &Ctx, on: &impl Run, digest: &str) -> Result<Arc<Procedure>> {
    of_digest(ctx, on, digest).await
}

/// Keeps the text in force, so that a dossier may point to it for ever.
pub async fn pin(ctx: &Ctx, tx: &Tx, in_force: &InForce) -> Result<()> {
    if in_force.uploaded {
        return Ok(());
    }
    let code = &in_force.procedure.code;
    let text = ctx.app.law.text(&format!("procedures/{code}"), "toml", in_force.from)?.content;
    if digest(&text) != in_force.digest {
        // The file was exchanged a moment ago; the next try sees the new one.
        return Err(Error::conflict("onestop-procedure-changed"));
    }
    store::keep_text(ctx, tx, &in_force.digest, code, &text).await
}
