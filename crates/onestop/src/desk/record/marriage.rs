//! A marriage comes into the registry: both people are found and shown beside what the dossier says, the officer chooses,
//! or says that one lives elsewhere.

use super::{matching, text};
use crate::dossier::Dossier;
use chrono::NaiveDate;
use platform::http::Form;
use platform::{Ctx, Error, Result, Tx, Uuid};
use registry::marriage::{self, NewMarriage, Side};
use registry::person::{self, Person};
use registry::{household, lists};
use std::borrow::Cow;

/// In place of a person: lives in another commune.
const ELSEWHERE: &str = "noi-khac";
/// The prefixes of the fields in the procedure's form, and the field of our own form.
const SIDES: [(&str, &str); 2] = [("groom", "chong"), ("bride", "vo")];

/// What the officer sees of the two, and what is asked beside them.
pub(crate) struct Couple {
    sides: [One; 2],
    pub day: String,
    pub number: String,
    moves: Vec<(String, String)>,
    pub moving: String,
    relations: Vec<(String, String)>,
    pub relation: String,
}

/// One of the two.
pub(crate) struct One {
    pub field: &'static str,
    pub title: String,
    pub lines: Vec<Line>,
    choices: Vec<(String, String)>,
    pub chosen: String,
    found: Vec<Person>,
}

/// A fact as the dossier says it and as the registry does.
pub(crate) struct Line {
    pub label: String,
    pub dossier: String,
    pub registry: String,
    pub differs: bool,
}

impl One {
    pub fn choices(&self) -> &[(String, String)] {
        &self.choices
    }
}

impl Couple {
    pub fn sides(&self) -> &[One] {
        &self.sides
    }

    pub fn moves(&self) -> &[(String, String)] {
        &self.moves
    }

    pub fn relations(&self) -> &[(String, String)] {
        &self.relations
    }

    /// Whose data the page shows.
    pub fn people(&self) -> Vec<Uuid> {
        self.sides.iter().flat_map(|side| &side.found).map(|person| person.id).collect()
    }

    /// What was typed stays when something is wrong with it.
    pub fn keep(&mut self, sent: &Form) {
        for side in &mut self.sides {
            sent.text(side.field).clone_into(&mut side.chosen);
        }
        sent.text("ngay-ket-hon").clone_into(&mut self.day);
        sent.text("so-giay").clone_into(&mut self.number);
        sent.text("chuyen").clone_into(&mut self.moving);
        sent.text("quan-he").clone_into(&mut self.relation);
    }
}

pub(super) async fn asked(ctx: &Ctx, one: &Dossier) -> Result<Couple> {
    let t = ctx.t();
    let whole = crate::whole(ctx);
    let sides = [side(&whole, one, SIDES[0]).await?, side(&whole, one, SIDES[1]).await?];
    let lists = lists::load(ctx)?;
    let relations = lists.relation.items().iter().filter(|item| item.code != lists::HEAD);
    let moves = [("vo", "onestop-record-move-wife"), ("chong", "onestop-record-move-husband")];
    let head = sides[0].found.first().is_some_and(|husband| husband.place.relation == lists::HEAD);
    Ok(Couple {
        day: t.date(ctx.today()),
        number: String::new(),
        // Who both live here may come together; the others have nobody to move.
        moves: match sides.iter().all(|side| !side.found.is_empty()) {
            true => moves.map(|(code, key)| (code.to_owned(), t.t(key))).to_vec(),
            false => Vec::new(),
        },
        moving: String::new(),
        relations: relations.map(|item| (item.code.clone(), item.label(ctx.lang).to_owned())).collect(),
        relation: if head { "spouse".to_owned() } else { String::new() },
        sides,
    })
}

async fn side(whole: &Ctx, one: &Dossier, (who, field): (&str, &'static str)) -> Result<One> {
    let t = whole.t();
    let found = matching(whole, one, who).await?;
    let mut choices = Vec::new();
    for person in &found {
        let birth = t.date(person.facts.birth_date);
        choices.push((
            person.id.to_string(),
            format!("{}, {birth}, {}", person.facts.full_name, home(whole, person).await?),
        ));
    }
    choices.push((ELSEWHERE.to_owned(), t.t("onestop-record-elsewhere")));
    Ok(One {
        field,
        title: t.s(&format!("onestop-record-{who}"), "name", text(&one.answers, &format!("{who}_name"))),
        lines: lines(whole, one, who, found.first()).await?,
        chosen: choices.first().map(|(value, _)| value.clone()).unwrap_or_default(),
        choices,
        found,
    })
}

/// The household's head and village.
async fn home(whole: &Ctx, person: &Person) -> Result<String> {
    let village = units::find(whole, person.place.village_id).await?.name;
    let home = household::get_many(whole, &[person.place.household_id]).await?.pop();
    let head = home.and_then(|home| home.head_name).unwrap_or_default();
    if head.is_empty() {
        return Ok(village);
    }
    Ok(format!("{}, {village}", whole.t().s("onestop-record-home", "name", &head)))
}

/// Both records side by side.
async fn lines(whole: &Ctx, one: &Dossier, who: &str, found: Option<&Person>) -> Result<Vec<Line>> {
    let t = whole.t();
    let said = |key: &str| text(&one.answers, &format!("{who}_{key}")).to_owned();
    let birth = said("birth").parse::<NaiveDate>().map(|day| t.date(day)).unwrap_or_default();
    let (name, number, address) = (said("name"), said("number"), said("address"));
    let known = match found {
        Some(person) => [
            person.facts.full_name.clone(),
            person::birth_text(&person.facts),
            person.facts.personal_no.clone().unwrap_or_default(),
            home(whole, person).await?,
        ],
        None => [const { String::new() }; 4],
    };
    let keys = [
        "onestop-record-name",
        "onestop-record-birth-day",
        "onestop-record-number-of",
        "onestop-record-lives",
    ];
    let rows = keys.into_iter().zip([name, birth, number, address]).zip(known);
    Ok(rows
        .map(|((key, dossier), registry)| Line {
            label: t.t(key),
            // Where somebody lives is written in many ways: nothing is made of it.
            differs: key != "onestop-record-lives"
                && !registry.is_empty()
                && vntext::fold(&dossier) != vntext::fold(&registry),
            dossier,
            registry,
        })
        .collect())
}

/// Writes the marriage and, where it was ticked, who moves; the id of the marriage.
pub(super) async fn write(whole: &Ctx, tx: &Tx, one: &Dossier, sent: &Form) -> Result<String> {
    let husband = chosen(whole, one, sent, SIDES[0]).await?;
    let wife = chosen(whole, one, sent, SIDES[1]).await?;
    let on_date = sent.date("ngay-ket-hon")?.ok_or_else(|| Error::field("ngay-ket-hon", "error-date"))?;
    let act_number =
        sent.some("so-giay").ok_or_else(|| Error::field("so-giay", "onestop-record-act-empty"))?;
    let source = whole.t().s("onestop-record-source", "code", &one.code);
    let new = NewMarriage {
        husband: husband.clone(),
        wife: wife.clone(),
        on_date,
        act_number: act_number.to_owned(),
        source: source.clone(),
    };
    let id = marriage::insert(whole, tx, &new).await?;
    match sent.text("chuyen") {
        "" => {}
        "vo" => together(whole, tx, sent, (&wife, &husband), &source).await?,
        "chong" => together(whole, tx, sent, (&husband, &wife), &source).await?,
        _ => return Err(Error::field("chuyen", "error-choose")),
    }
    Ok(id.to_string())
}

/// One of those whom the page offered.
async fn chosen(whole: &Ctx, one: &Dossier, sent: &Form, (who, field): (&str, &'static str)) -> Result<Side> {
    let value = sent.text(field);
    if value == ELSEWHERE {
        return Ok(Side::Elsewhere(text(&one.answers, &format!("{who}_name")).to_owned()));
    }
    let found = matching(whole, one, who).await?;
    let person = found.into_iter().find(|person| person.id.to_string() == value);
    person.map(|person| Side::Here(person.id)).ok_or_else(|| Error::field(field, "error-choose"))
}

/// The first moves to the household of the second, today: when they moved is not what the certificate says.
async fn together(
    whole: &Ctx,
    tx: &Tx,
    sent: &Form,
    (mover, host): (&Side, &Side),
    source: &str,
) -> Result<()> {
    let (Side::Here(mover), Side::Here(host)) = (mover, host) else {
        return Err(Error::field("chuyen", "onestop-record-move-both"));
    };
    let find = async |id: Uuid| person::get(whole, id).await;
    let (mover, host) = (find(*mover).await?, find(*host).await?);
    let relation = sent.some("quan-he").ok_or_else(|| Error::field("quan-he", "error-choose"))?;
    let home = host.place.household_id;
    let done =
        person::move_to(whole, tx, mover.id, mover.revision, home, relation, whole.today(), source).await;
    // The form has no field for a household or a new head: the choice of who moves is what can be mended.
    done.map_err(|mut error| {
        for wrong in error.fields.iter_mut().filter(|wrong| wrong.field != "quan-he") {
            wrong.field = Cow::Borrowed("chuyen");
        }
        error
    })
}
