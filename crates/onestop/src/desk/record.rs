//! What the registry learns from a result: a birth adds the child to a household, a death closes the
//! person, a marriage is known of both.

mod marriage;

use super::acts::mended;
use super::show;
use crate::dossier::{self, Dossier};
use crate::form::model::Answers;
use crate::procedure::model::Effect;
use crate::procedure::{Procedure, pinned};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};
use registry::person::{self, Arrival, NewPerson, Person, RawPerson};
use registry::{household, lists};
use serde_json::Value;

/// What the officer sees before it is written.
pub(super) struct Asked {
    /// A sentence that says what will be written.
    pub what: String,
    /// Households or people to choose from: (id, words).
    pub choices: Vec<(String, String)>,
    pub chosen: String,
    /// The child's personal number is asked for.
    pub number: bool,
    /// Relations of the child to the head.
    pub relations: Vec<(String, String)>,
    /// Who may be the head after the one who died.
    pub heads: Vec<(String, String)>,
    /// Who married.
    pub couple: Option<marriage::Couple>,
}

impl Asked {
    pub fn choices(&self) -> &[(String, String)] {
        &self.choices
    }

    pub fn relations(&self) -> &[(String, String)] {
        &self.relations
    }

    pub fn heads(&self) -> &[(String, String)] {
        &self.heads
    }

    /// Whose data the page shows beside the applicant's.
    pub fn people(&self) -> Vec<Uuid> {
        self.couple.as_ref().map(marriage::Couple::people).unwrap_or_default()
    }

    fn keep(&mut self, sent: &Form) {
        sent.text("noi-ghi").clone_into(&mut self.chosen);
        if let Some(couple) = &mut self.couple {
            couple.keep(sent);
        }
    }
}

fn text<'a>(answers: &'a Answers, key: &str) -> &'a str {
    answers.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn day(answers: &Answers, key: &str) -> Option<NaiveDate> {
    text(answers, key).parse().ok()
}

/// What the effect of the procedure asks of the officer; `None` where there is nothing to write.
pub(super) async fn asked(ctx: &Ctx, procedure: &Procedure, one: &Dossier) -> Result<Option<Asked>> {
    match procedure.effect {
        Some(Effect::Birth) => asked_birth(ctx, one).await.map(Some),
        Some(Effect::Death) => asked_death(ctx, one).await.map(Some),
        Some(Effect::Marriage) => Ok(Some(Asked {
            what: ctx.t().t("onestop-record-marriage"),
            choices: Vec::new(),
            chosen: String::new(),
            number: false,
            relations: Vec::new(),
            heads: Vec::new(),
            couple: Some(marriage::asked(ctx, one).await?),
        })),
        None => Ok(None),
    }
}

/// Which household the child comes to. Mother's, father's and applicant's homes are offered.
async fn asked_birth(ctx: &Ctx, one: &Dossier) -> Result<Asked> {
    let whole = crate::whole(ctx);
    let mut homes: Vec<(String, String)> = Vec::new();
    for person in parents(&whole, one).await? {
        let home = person.place.household_id;
        if homes.iter().any(|(id, _)| *id == home.to_string()) {
            continue;
        }
        for found in household::get_many(&whole, &[home]).await? {
            let head = found.head_name.unwrap_or_default();
            homes.push((home.to_string(), format!("{head} ({})", found.household.code)));
        }
    }
    let lists = lists::load(ctx)?;
    let relations = lists.relation.items().iter().filter(|item| item.code != lists::HEAD);
    Ok(Asked {
        what: ctx.t().s("onestop-record-birth", "name", text(&one.answers, "child_name")),
        chosen: homes.first().map(|(id, _)| id.clone()).unwrap_or_default(),
        choices: homes,
        number: true,
        relations: relations.map(|item| (item.code.clone(), item.label(ctx.lang).to_owned())).collect(),
        heads: Vec::new(),
        couple: None,
    })
}

/// Mother, father and applicant, where the registry knows them by number.
async fn parents(whole: &Ctx, one: &Dossier) -> Result<Vec<Person>> {
    let mut found = Vec::new();
    for number in ["mother_number", "father_number", "applicant_number"].map(|key| text(&one.answers, key)) {
        if !number.is_empty() {
            found.extend(person::by_number(whole, number).await?);
        }
    }
    if let Some(id) = one.applicant_person_id {
        found.extend(person::get_many(whole, &[id]).await?);
    }
    Ok(found)
}

/// Who it is that died.
async fn asked_death(ctx: &Ctx, one: &Dossier) -> Result<Asked> {
    let what = ctx.t().s("onestop-record-death", "name", text(&one.answers, "deceased_name"));
    let whole = crate::whole(ctx);
    let people = matching(&whole, one, "deceased").await?;
    let words =
        |person: &Person| format!("{} ({})", person.facts.full_name, ctx.t().date(person.facts.birth_date));
    let choices: Vec<(String, String)> = people.iter().map(|one| (one.id.to_string(), words(one))).collect();
    let chosen = choices.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let mut heads = Vec::new();
    if let Some(dead) = people.first().filter(|one| one.place.relation == lists::HEAD) {
        let others = person::members(&whole, dead.place.household_id).await?;
        heads = others
            .iter()
            .filter(|one| one.id != dead.id)
            .map(|one| (one.id.to_string(), words(one)))
            .collect();
    }
    Ok(Asked { what, choices, chosen, number: false, relations: Vec::new(), heads, couple: None })
}

/// The person of a form, by number, else by name and day of birth.
async fn matching(whole: &Ctx, one: &Dossier, who: &str) -> Result<Vec<Person>> {
    let number = text(&one.answers, &format!("{who}_number"));
    if let Some(found) = if number.is_empty() { None } else { person::by_number(whole, number).await? } {
        return Ok(vec![found]);
    }
    match day(&one.answers, &format!("{who}_birth")) {
        Some(birth) => person::alike(whole, text(&one.answers, &format!("{who}_name")), birth).await,
        None => Ok(Vec::new()),
    }
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = write(&ctx, &tx, id, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => {
            let (status, mut page) = mended(&ctx, id, error).await?;
            if let Some(asked) = &mut page.record_form {
                asked.keep(&sent);
                show::looked(&ctx, &page).await?;
            }
            Ok((status, html(ui::render(&page)?)).into_response())
        }
    }
}

async fn write(ctx: &Ctx, tx: &Tx, id: Uuid, sent: &Form) -> Result<(String, Note)> {
    let one = dossier::find(ctx, tx, id).await?;
    let procedure = pinned(ctx, tx, &one.procedure_digest).await?;
    let whole = crate::whole(ctx);
    let note = match procedure.effect {
        Some(Effect::Birth) => birth(&whole, tx, &one, sent).await?,
        Some(Effect::Death) => death(&whole, tx, &one, sent).await?,
        Some(Effect::Marriage) => marriage::write(&whole, tx, &one, sent).await?,
        None => return Err(Error::conflict("onestop-not-now")),
    };
    let done = dossier::recorded(ctx, tx, id, sent.revision()?, &note).await?;
    Ok((done.path(), Note::new("onestop-done-record")))
}

async fn birth(whole: &Ctx, tx: &Tx, one: &Dossier, sent: &Form) -> Result<String> {
    let home = sent.id("noi-ghi")?.ok_or_else(|| Error::field("noi-ghi", "error-choose"))?;
    let answers = &one.answers;
    let raw = RawPerson {
        full_name: text(answers, "child_name").to_owned(),
        birth: day(answers, "child_birth").map(|day| whole.t().date(day)).unwrap_or_default(),
        sex: text(answers, "child_sex").to_owned(),
        ethnic: text(answers, "child_ethnic").to_owned(),
        personal_no: sent.text("so-dinh-danh").to_owned(),
        relation: sent.text("quan-he").to_owned(),
        residence: "permanent".to_owned(),
        ..RawPerson::default()
    };
    let child = NewPerson::check(&raw, &*lists::load(whole)?, whole.today()).map_err(Error::fields)?;
    let source = whole.t().s("onestop-record-source", "code", &one.code);
    let id = person::add(whole, tx, home, child, Arrival::Birth, "", &source).await?;
    Ok(id.to_string())
}

async fn death(whole: &Ctx, tx: &Tx, one: &Dossier, sent: &Form) -> Result<String> {
    let id = sent.id("noi-ghi")?.ok_or_else(|| Error::field("noi-ghi", "error-choose"))?;
    let died = day(&one.answers, "death_date").ok_or_else(|| Error::invalid("error-date"))?;
    let person = person::get_many(whole, &[id]).await?.pop().ok_or_else(Error::not_found)?;
    let leaving = person::Leaving {
        ending: registry::bulk::Ending::Died(died),
        new_head: sent.id("chu-ho-moi")?,
        note: text(&one.answers, "death_cause").to_owned(),
        source: whole.t().s("onestop-record-source", "code", &one.code),
    };
    person::leave(whole, tx, id, person.revision, &leaving).await?;
    Ok(id.to_string())
}
