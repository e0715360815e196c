//! A procedure that is not there yet: from nothing, or as a copy of another one.

use super::edit::nothing;
use super::place::key_of;
use super::store;
use super::typed::{Say, Typed};
use super::working::{self, Working};
use crate::form::model::Words;
use crate::procedure::model::{Applicant, Channel, Does, Kind, Online, Step, StepRole};
use crate::procedure::{Catalogue, FieldNames, Procedure, catalogue, file};
use audit::Entry;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Lang, Message, Result, T, Tx};
use serde_json::json;
use std::collections::HashSet;
use ui::Shell;
use ui::form::{FormPage, Input, Look};

const PATH: &str = "/lam-viec/thu-tuc/moi";

pub(super) async fn form(ctx: Ctx) -> Result<Response> {
    page(&ctx).await?.answer()
}

async fn page(ctx: &Ctx) -> Result<FormPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "onestop-build-new").await?;
    let shell = shell.crumb(t.t("onestop-menu-procedures"), "/lam-viec/thu-tuc");
    let shell = shell.crumb(t.t("onestop-build-new"), "");
    let mut page = FormPage::new(ctx, shell, PATH, "/lam-viec/thu-tuc");
    page.lead = t.t("onestop-build-new-lead");
    page.inputs = inputs(ctx, catalogue(ctx).await?.as_ref())?;
    page.submit = t.t("onestop-build-begin");
    page.icon = "plus";
    Ok(page)
}

fn inputs(ctx: &Ctx, catalogue: &Catalogue) -> Result<Vec<Input>> {
    let t = ctx.t();
    let word = |key: &str| t.t(key);
    let say = Say { word: &word, lang: ctx.lang, fields: FieldNames::load(ctx)?.all() };
    let mut all = say.words(Look::Text, "ten", "onestop-build-name", None).to_vec();
    all.push(say.input(Look::Select, "linh-vuc", "onestop-field").among(say.fields.clone()));
    let mut known: Vec<(String, String)> = catalogue
        .all
        .values()
        .map(|one| (one.procedure.code.clone(), one.procedure.name.of(ctx.lang).to_owned()))
        .collect();
    known.sort_by_key(|(_, name)| vntext::sort_key(name));
    let copy = say.help(Look::Select, "chep-tu", "onestop-build-copy").among(known).optional();
    all.push(copy.empty(say.t("onestop-build-nothing")));
    all.push(say.help(Look::Text, "ma", "onestop-build-code").optional());
    Ok(all)
}

pub(super) async fn make(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = begin(&ctx, &tx, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => page(&ctx).await?.again(&ctx, &sent, error),
    }
}

async fn begin(ctx: &Ctx, tx: &Tx, sent: &Form) -> Result<(String, Note)> {
    let catalogue = catalogue(ctx).await?;
    let mut typed = Typed::new(sent, &inputs(ctx, &catalogue)?);
    let mut name = nothing();
    typed.words("ten", &mut name);
    let known = FieldNames::load(ctx)?.all();
    let mut field = String::new();
    let parse = |code: &str| known.iter().find(|(known, _)| known == code).map(|(code, _)| code.clone());
    typed.pick("linh-vuc", parse, &mut field);
    let mut model = None;
    let parse = |code: &str| catalogue.get(code).ok().map(|one| one.procedure.as_ref().clone());
    typed.maybe_pick("chep-tu", parse, &mut model);
    let mut taken: HashSet<String> = catalogue.all.keys().cloned().collect();
    taken.extend(working::begun(ctx).await?.into_iter().map(|one| one.code));
    let code = match typed.text("ma").unwrap_or_default() {
        "" => own_code(&name.vi, &taken),
        code => {
            if !file::code_is_right(code) {
                typed.refuse("ma", Message::new("onestop-file-code").with("value", code));
            } else if taken.contains(code) {
                typed.refuse("ma", "onestop-build-code-taken");
            }
            code.to_owned()
        }
    };
    if !typed.wrong.is_empty() {
        return Err(Error::fields(typed.wrong));
    }
    let model = model.unwrap_or_else(fresh);
    let one = Working::new(Procedure { code, name, field, ..model });
    store::insert(ctx, tx, &one).await?;
    let detail = json!({ "code": one.code });
    let entry = Entry { action: "procedure.draft", kind: "procedure", id: ctx.commune, detail };
    audit::record(ctx, tx, entry).await?;
    Ok((one.path(), Note::new("onestop-build-begun")))
}

/// A code of the commune's own.
fn own_code(name: &str, taken: &HashSet<String>) -> String {
    let used: Vec<String> =
        taken.iter().filter_map(|code| code.strip_prefix("XA.")).map(str::to_owned).collect();
    format!("XA.{}", key_of(name, '-', &used))
}

/// What most procedures of a commune are: it decides itself, in four steps.
fn fresh() -> Procedure {
    let both = |key: &'static str| Words { vi: T(Lang::Vi).t(key), en: T(Lang::En).t(key) };
    let step = |key: &str, name: &'static str, role: StepRole, does: Does, hours: u16| Step {
        key: key.to_owned(),
        name: both(name),
        role,
        hours,
        does,
    };
    Procedure {
        code: String::new(),
        name: nothing(),
        summary: nothing(),
        field: String::new(),
        words: Vec::new(),
        applicants: vec![Applicant::Citizen],
        for_whom: nothing(),
        online: Online::Full,
        channels: vec![Channel::Portal, Channel::Counter, Channel::Team],
        kind: Kind::Settle,
        system: None,
        place: None,
        result: nothing(),
        result_template: None,
        same_day_until: None,
        effect: None,
        unique: Vec::new(),
        linked: Vec::new(),
        only_linked: false,
        sources: Vec::new(),
        legal: Vec::new(),
        limit: None,
        fees: Vec::new(),
        papers: Vec::new(),
        steps: vec![
            step("receive", "onestop-build-step-receive", StepRole::OneStopOfficer, Does::Receive, 1),
            step("check", "onestop-build-step-check", StepRole::Specialist, Does::Check, 8),
            step("sign", "onestop-build-step-sign", StepRole::Leader, Does::Sign, 2),
            step("return", "onestop-build-step-return", StepRole::OneStopOfficer, Does::Return, 1),
        ],
        form: None,
        unverified: false,
    }
}
