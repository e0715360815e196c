//! From hand to hand: the writer puts a programme before a leader, who approves it or gives it back. Only what is approved goes on air.

use super::check::checked;
use super::model::{Draft, Form, Happened, Programme, Ready, State};
use super::{Recording, sound, store};
use audit::Entry;
use messages::Letter;
use platform::access::Place as Where;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::{Value, json};

const WORDS_MAX: usize = 2_000;

/// What the reader may do with a programme now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct May {
    pub edit: bool,
    pub submit: bool,
    pub approve: bool,
    pub send_back: bool,
    pub withdraw: bool,
}

pub(crate) fn may(ctx: &Ctx, one: &Programme) -> May {
    let (writes, leads) = (ctx.may("broadcast.write"), ctx.may("broadcast.approve"));
    let open = matches!(one.state, State::Draft | State::Returned);
    May {
        edit: writes && open,
        submit: writes && open,
        approve: leads && one.state == State::Submitted,
        send_back: leads && one.state == State::Submitted,
        withdraw: (writes || leads) && one.state == State::Approved,
    }
}

fn allowed(may: bool) -> Result<()> {
    if may { Ok(()) } else { Err(Error::conflict("broadcast-not-now")) }
}

fn written(first: bool) -> Result<()> {
    if first { Ok(()) } else { Err(Error::conflict("broadcast-moved-on")) }
}

async fn record(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "broadcast", id, detail: json!({}) }).await
}

/// Begins a programme.
///
/// # Errors
/// At the field what is missing or wrong.
pub async fn create(ctx: &Ctx, tx: &Tx, draft: Draft, recording: Option<&Recording>) -> Result<Programme> {
    let draft = checked(ctx, draft, recording.is_some())?;
    let mut one = Programme {
        id: ctx.new_id(),
        title: String::new(),
        kind: String::new(),
        origin: String::new(),
        language: String::new(),
        form: Form::Text,
        words: String::new(),
        address: String::new(),
        state: State::Draft,
        ready: Ready::None,
        why: String::new(),
        file_id: None,
        length: 0,
        gain: 0,
        loudness: None,
        wave: Value::Array(Vec::new()),
        reason: String::new(),
        drafted_by: ctx.account_or_none(),
        approved_by: None,
        approved_at: None,
        aired_at: None,
        updated_at: ctx.now,
        revision: 1,
    };
    put(&mut one, draft);
    if let Some(recording) = recording.filter(|_| one.form == Form::Sound) {
        sound::keep(ctx, tx, &mut one, recording).await?;
    } else if one.form == Form::Text {
        one.ready = Ready::Waiting;
    }
    store::insert(ctx, tx, &one).await?;
    sound::prepare(ctx, tx, &mut one, recording).await?;
    store::event(ctx, tx, one.id, Happened::Made, "").await?;
    record(ctx, tx, "broadcast.programme-make", one.id).await?;
    Ok(one)
}

fn put(one: &mut Programme, draft: Draft) {
    one.title = draft.title;
    one.kind = draft.kind;
    one.origin = draft.origin;
    one.language = draft.language;
    one.form = draft.form.unwrap_or(one.form);
    one.words = draft.words;
    one.address = draft.address;
}

/// The programme, when it is still as the form knew it and the act is allowed.
async fn taken(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, act: fn(May) -> bool) -> Result<Programme> {
    let one = store::find(ctx, tx, id).await?;
    allowed(act(may(ctx, &one)))?;
    written(one.revision == revision)?;
    Ok(one)
}

/// Writes a programme that is not before the leaders yet.
///
/// # Errors
/// At the field; `Conflict` when it moved on.
pub async fn save(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    draft: Draft,
    recording: Option<&Recording>,
) -> Result<Programme> {
    let mut one = taken(ctx, tx, id, revision, |may| may.edit).await?;
    let kept = one.form == Form::Sound && one.file_id.is_some();
    let draft = checked(ctx, draft, recording.is_some() || kept)?;
    let before = (one.form, one.words.clone());
    put(&mut one, draft);
    let spoken = one.form == Form::Text && before != (Form::Text, one.words.clone());
    if spoken || one.form == Form::Relay {
        (one.ready, one.file_id) = (if spoken { Ready::Waiting } else { Ready::None }, None);
        one.why.clear();
    }
    if let Some(recording) = recording.filter(|_| one.form == Form::Sound) {
        sound::keep(ctx, tx, &mut one, recording).await?;
    }
    moved(ctx, tx, &mut one, Happened::Changed, "").await?;
    if spoken || recording.is_some() {
        sound::prepare(ctx, tx, &mut one, recording).await?;
    }
    record(ctx, tx, "broadcast.programme-save", id).await?;
    Ok(one)
}

async fn moved(ctx: &Ctx, tx: &Tx, one: &mut Programme, happened: Happened, note: &str) -> Result<()> {
    written(store::update(ctx, tx, one).await?)?;
    one.revision += 1;
    store::event(ctx, tx, one.id, happened, note).await?;
    crate::station::changed(ctx, tx);
    Ok(())
}

async fn told(ctx: &Ctx, tx: &Tx, one: &Programme, key: &'static str) -> Result<()> {
    let Some(to) = one.drafted_by.filter(|to| ctx.account_or_none() != Some(*to)) else { return Ok(()) };
    let text = Message::new(key).with("name", one.title.as_str());
    messages::send(ctx, tx, Letter { to, text, link: one.path() }).await?;
    Ok(())
}

/// The writer asks the leaders to approve it.
///
/// # Errors
/// While it cannot be heard; `Conflict` when it moved on.
pub async fn submit(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Programme> {
    let mut one = taken(ctx, tx, id, revision, |may| may.submit).await?;
    if !one.sounds() {
        let key = if one.ready == Ready::Waiting { "broadcast-not-heard-yet" } else { "broadcast-not-heard" };
        return Err(Error::invalid(key));
    }
    one.state = State::Submitted;
    moved(ctx, tx, &mut one, Happened::Submitted, "").await?;
    let text = Message::new("broadcast-told-submitted").with("name", one.title.as_str());
    let commune = Where::new("commune", ctx.commune);
    messages::send_to_role(ctx, tx, "vice_chairman", &commune, &text, &one.path()).await?;
    record(ctx, tx, "broadcast.submit", id).await?;
    Ok(one)
}

/// A leader answers for it: from now on the plan may air it.
///
/// # Errors
/// `Conflict` when it moved on.
pub async fn approve(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Programme> {
    let mut one = taken(ctx, tx, id, revision, |may| may.approve).await?;
    one.state = State::Approved;
    one.approved_by = ctx.account_or_none();
    one.approved_at = Some(ctx.now);
    one.reason.clear();
    moved(ctx, tx, &mut one, Happened::Approved, "").await?;
    figures::touch(ctx, tx, crate::figures::LINES);
    crate::speaker::fresh(ctx, tx, &one).await?;
    told(ctx, tx, &one, "broadcast-told-approved").await?;
    record(ctx, tx, "broadcast.approve", id).await?;
    Ok(one)
}

/// A leader gives it back, with a word.
///
/// # Errors
/// Without a word; `Conflict` when it moved on.
pub async fn send_back(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, why: &str) -> Result<Programme> {
    let mut one = taken(ctx, tx, id, revision, |may| may.send_back).await?;
    one.reason = said::needed("ly-do", why, "broadcast-reason-empty", WORDS_MAX)?;
    one.state = State::Returned;
    let reason = one.reason.clone();
    moved(ctx, tx, &mut one, Happened::Returned, &reason).await?;
    told(ctx, tx, &one, "broadcast-told-returned").await?;
    record(ctx, tx, "broadcast.return", id).await?;
    Ok(one)
}

/// From this moment on it is not aired any more, also when it is on air.
///
/// # Errors
/// Without a reason; `Conflict` when it moved on.
pub async fn withdraw(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, why: &str) -> Result<Programme> {
    let mut one = taken(ctx, tx, id, revision, |may| may.withdraw).await?;
    one.reason = said::needed("ly-do-ngung", why, "broadcast-reason-empty", WORDS_MAX)?;
    one.state = State::Withdrawn;
    let reason = one.reason.clone();
    moved(ctx, tx, &mut one, Happened::Withdrawn, &reason).await?;
    figures::touch(ctx, tx, crate::figures::LINES);
    told(ctx, tx, &one, "broadcast-told-withdrawn").await?;
    record(ctx, tx, "broadcast.withdraw", id).await?;
    Ok(one)
}
