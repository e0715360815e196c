//! The form of a programme.

use crate::WORK;
use crate::law::{Broadcast, Word};
use crate::programme::{self, Draft, Form as Made, Programme, Recording, may, store};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "programme-edit.html")]
struct EditPage {
    shell: Shell,
    action: String,
    back: String,
    sent: Form,
    forms: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    origins: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    /// The recording that is there.
    heard: String,
    voice: bool,
    key: String,
    revision: String,
    errors: FieldErrors,
    wrong: String,
}

/// What stands in the fields of a programme.
fn fields(one: &Programme) -> Form {
    Form::from_pairs([
        ("ten".to_owned(), one.title.clone()),
        ("loai".to_owned(), one.kind.clone()),
        ("nguon".to_owned(), one.origin.clone()),
        ("tieng".to_owned(), one.language.clone()),
        ("cach".to_owned(), one.form.code().to_owned()),
        ("noi-dung".to_owned(), one.words.clone()),
        ("dia-chi".to_owned(), one.address.clone()),
    ])
}

fn draft(sent: &Form) -> Draft {
    let text = |name: &str| sent.text(name).to_owned();
    Draft {
        title: text("ten"),
        kind: text("loai"),
        origin: text("nguon"),
        language: text("tieng"),
        form: Made::parse(sent.text("cach")),
        words: text("noi-dung"),
        address: text("dia-chi"),
    }
}

async fn page(ctx: &Ctx, one: Option<&Programme>, sent: Form, wrong: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let law = Broadcast::now(ctx)?;
    let among = |list: &[Word]| -> Vec<(String, String)> {
        let open = list.iter().filter(|word| word.open(ctx.today()));
        open.map(|word| (word.code.clone(), word.name(ctx.lang).to_owned())).collect()
    };
    let list = format!("{WORK}/chuong-trinh");
    let title = if one.is_some() { "broadcast-edit" } else { "broadcast-new" };
    let shell = Shell::of(ctx, title).await?.crumb(t.t("broadcast-menu"), WORK);
    let shell = shell.crumb(t.t("broadcast-programmes"), &list).crumb(t.t(title), "");
    let back = one.map_or_else(|| list.clone(), Programme::path);
    ui::render(&EditPage {
        shell,
        action: if one.is_some() { format!("{back}/sua") } else { format!("{list}/moi") },
        forms: Made::ALL.iter().map(|form| (form.code().to_owned(), t.t(form.text_key()))).collect(),
        kinds: among(&law.kind),
        origins: among(&law.origin),
        languages: among(&law.language),
        heard: one
            .filter(|one| one.file_id.is_some())
            .map(|one| format!("{}/nghe", one.path()))
            .unwrap_or_default(),
        voice: speech::ready(ctx),
        key: ctx.new_id().to_string(),
        revision: one.map(|one| one.revision.to_string()).unwrap_or_default(),
        errors: wrong.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong
            .filter(|error| error.fields.is_empty())
            .map(|error| error.message.text(t))
            .unwrap_or_default(),
        back,
        sent,
    })
}

/// An empty form, or one with the words of a text of another area (`?tu=news&bai=…`).
pub(super) async fn new(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let usual = [("cach", "text"), ("nguon", "commune"), ("tieng", "vi")];
    let mut fields: Vec<(String, String)> =
        usual.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let text = query.get("bai").and_then(|id| id.parse().ok());
    if let Some((kind, id)) = query.get("tu").zip(text) {
        let (title, words) = speech::script(&ctx, kind, id).await?;
        fields.extend([
            ("ten".to_owned(), title),
            ("noi-dung".to_owned(), words),
            ("loai".to_owned(), kind.clone()),
        ]);
    }
    Ok(html(page(&ctx, None, Form::from_pairs(fields), None).await?))
}

/// The recording that was sent along, judged before anything is written.
async fn recording(ctx: &Ctx, sent: &mut Form) -> Result<Option<Recording>> {
    let upload = std::mem::take(&mut sent.uploads).into_iter().find(|upload| !upload.bytes.is_empty());
    let wanted = Made::parse(sent.text("cach")) == Some(Made::Sound);
    match upload.filter(|_| wanted) {
        Some(upload) => programme::recording(ctx, upload).await.map(Some),
        None => Ok(None),
    }
}

pub(super) async fn create(ctx: Ctx, mut sent: Form) -> Result<Response> {
    let recording = match recording(&ctx, &mut sent).await {
        Ok(recording) => recording,
        Err(error) => return again(&ctx, None, sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = programme::create(&ctx, &tx, draft(&sent), recording.as_ref()).await;
    let done = done.map(|one| (one.path(), Note::new("broadcast-made")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, None, sent, error).await,
    }
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    if !may(&ctx, &one).edit {
        return Err(Error::conflict("broadcast-not-now"));
    }
    let sent = fields(&one);
    Ok(html(page(&ctx, Some(&one), sent, None).await?))
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, mut sent: Form) -> Result<Response> {
    let read = match recording(&ctx, &mut sent).await {
        Ok(recording) => sent.revision().map(|revision| (revision, recording)),
        Err(error) => Err(error),
    };
    let (revision, recording) = match read {
        Ok(read) => read,
        Err(error) => return again(&ctx, Some(id), sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = programme::save(&ctx, &tx, id, revision, draft(&sent), recording.as_ref()).await;
    let done = done.map(|one| (one.path(), Note::new("broadcast-saved")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, Some(id), sent, error).await,
    }
}

/// What was written stays before the writer's eyes.
async fn again(ctx: &Ctx, id: Option<Uuid>, sent: Form, error: Error) -> Result<Response> {
    use platform::Kind::{Conflict, Invalid, TooLarge};
    if !matches!(error.kind, Invalid | Conflict | TooLarge) {
        return Err(error);
    }
    let one = match id {
        Some(id) => Some(store::find(ctx, &ctx.app.db, id).await?),
        None => None,
    };
    let page = page(ctx, one.as_ref(), sent, Some(&error)).await?;
    Ok((error.kind.status(), html(page)).into_response())
}
