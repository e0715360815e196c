//! Dossiers of the one-stop desk: births of 2023 that came online and were returned, and what lies on the desk today.

use crate::{Commune, Person, Role, Sex};
use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Utc, Weekday};
use onestop::dossier::{self, Act, Doing, Dossier, Filing, Queue, Status};
use onestop::form::Answers;
use onestop::procedure::model::Channel;
use onestop::procedure::{self, InForce};
use platform::access::{Actor, Grant, Place, Scope, Via};
use platform::{Ctx, Error, Result, Tx, Uuid, clock, files};
use serde_json::json;
use std::sync::Arc;

const BIRTH: &str = "1.001193";
/// Extracts, statements of marital status, confirmations, support for the elderly: from one day to ten.
const USUAL: [&str; 6] =
    ["2.000635", "1.004873", "XA.xac-nhan-vay-von", "1.014027", "XA.xac-nhan-hoc-tap", "1.001612"];
/// Births of the year of the article that came by the national portal.
const EARLIER: usize = 8;
/// What lies on the desk today.
const TODAY: usize = 24;

/// The smallest document that is a PDF: what a national system would send.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// People of the office, each as the rules see them.
struct Office {
    desk: Arc<Actor>,
    specialist: Arc<Actor>,
    leader: Arc<Actor>,
}

struct Writing<'a> {
    ctx: &'a Ctx,
    tx: &'a Tx,
    demo: &'a Commune,
    office: Office,
    birth: InForce,
    /// What lies on the desk today, one after the other.
    usual: Vec<InForce>,
}

/// Accounts and people must stand: their rows are read.
pub async fn write(ctx: &Ctx, tx: &Tx, demo: &Commune, keys: &super::registry::Keys) -> Result<()> {
    let catalogue = procedure::catalogue(ctx).await?;
    let office = Office {
        desk: actor(ctx, demo, Role::OneStopOfficer, "onestop_officer").await?,
        specialist: actor(ctx, demo, Role::RegistryOfficer, "registry_officer").await?,
        leader: actor(ctx, demo, Role::Chairman, "chairman").await?,
    };
    let usual: Result<Vec<InForce>> = USUAL.iter().map(|code| catalogue.get(code).cloned()).collect();
    let writing = Writing { ctx, tx, demo, office, birth: catalogue.get(BIRTH)?.clone(), usual: usual? };
    for (child, mother) in writing.children_of_2023().into_iter().take(EARLIER) {
        let at = writing.morning(child.birth + Duration::days(12));
        let filed = writing.file(
            &writing.birth,
            at,
            Channel::NationalPortal,
            writing.born(child, mother),
            keys.person(mother.key),
        );
        writing.to_the_end(filed.await?, at).await?;
    }
    for (n, person) in writing.grown().into_iter().take(TODAY).enumerate() {
        writing.lying(n, person, keys.person(person.key)).await?;
    }
    Ok(())
}

pub(super) async fn actor(ctx: &Ctx, demo: &Commune, role: Role, code: &str) -> Result<Arc<Actor>> {
    let one = demo
        .staff
        .iter()
        .find(|one| one.role == role)
        .ok_or_else(|| Error::internal("nobody has the role"))?;
    let account =
        identity::account_by_login(ctx, &one.login).await?.ok_or_else(|| Error::internal("no account"))?;
    Ok(Arc::new(Actor {
        account_id: account.id,
        commune_id: ctx.commune,
        name: account.display_name,
        grants: vec![Grant { role: code.to_owned(), place: Place::new("commune", ctx.commune) }],
        second_factor: true,
        via: Via::Session(Uuid::nil()),
    }))
}

impl Writing<'_> {
    /// The context of somebody of the office at a moment.
    fn at(&self, who: &Arc<Actor>, now: DateTime<Utc>) -> Ctx {
        let scope = Scope::new(vec![Place::new("commune", self.ctx.commune)]);
        Ctx { actor: Some(who.clone()), now, scope, ..self.ctx.clone() }
    }

    /// Half past eight of a working day on or after it.
    fn morning(&self, day: NaiveDate) -> DateTime<Utc> {
        let mut day = day;
        while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            day += Duration::days(1);
        }
        let at = day.and_hms_opt(8, 30, 0).expect("a time");
        clock::vietnam().from_local_datetime(&at).single().expect("one moment").to_utc()
    }

    /// Children of the year of the article whose mother has a number, the oldest first.
    fn children_of_2023(&self) -> Vec<(&Person, &Person)> {
        let born =
            self.demo.people.iter().filter(|child| child.birth.year() == 2023 && child.birth.month() <= 10);
        let mother = |child: &Person| child.mother.map(|key| self.demo.person(key));
        let mut found: Vec<(&Person, &Person)> = born
            .filter_map(|child| Some((child, mother(child)?)))
            .filter(|(_, mother)| mother.personal_number.is_some() && mother.death.is_none())
            .collect();
        found.sort_by_key(|(child, _)| (child.birth, child.key));
        found
    }

    /// Grown people with a number, spread over the villages.
    fn grown(&self) -> Vec<&Person> {
        let grown = |one: &&Person| {
            (1960..2004).contains(&one.birth.year()) && one.death.is_none() && one.personal_number.is_some()
        };
        self.demo.people.iter().filter(grown).step_by(211).collect()
    }

    fn applicant(&self, person: &Person) -> Answers {
        let phone = person.phone.last().and_then(|dated| dated.value.clone()).unwrap_or_default();
        let mut answers = Answers::new();
        answers.insert("applicant_name".into(), person.name.clone().into());
        answers.insert("applicant_number".into(), person.personal_number.clone().unwrap_or_default().into());
        if !phone.is_empty() {
            answers.insert("applicant_phone".into(), phone.into());
        }
        answers
    }

    fn born(&self, child: &Person, mother: &Person) -> Answers {
        let mut answers = self.applicant(mother);
        let more = json!({
            "applicant_relation": "me", "child_name": child.name, "child_birth": child.birth.to_string(),
            "child_sex": sex(child), "child_ethnic": child.ethnic_group, "child_place": "Trạm Y tế xã Gia Phú",
            "parents_married": true, "mother_name": mother.name, "mother_birth_year": mother.birth.year(),
            "mother_address": "Xã Gia Phú", "copies": 1,
        });
        answers.extend(more.as_object().expect("an object").clone());
        answers
    }

    /// What the form requires, in the plainest words: the demo is about the desk, not about these people.
    fn filled(&self, what: &InForce, person: &Person) -> Answers {
        let mut answers = self.applicant(person);
        let Some(form) = &what.procedure.form else { return answers };
        for field in form.fields().filter(|field| form.requires(&field.key)) {
            if answers.contains_key(&field.key) {
                continue;
            }
            let property = form.property(&field.key).cloned().unwrap_or_default();
            let value = match (property["enum"].as_array(), property["type"].as_str(), field.key.as_str()) {
                (_, _, key) if key.ends_with("_sex") => sex(person).into(),
                (Some(choices), ..) => choices.first().cloned().unwrap_or_default(),
                (_, Some("boolean"), _) => false.into(),
                (_, Some("integer" | "number"), key) => plain_number(key, &property),
                (_, _, key) if property["format"] == "date" || key.ends_with("_birth") => {
                    person.birth.to_string().into()
                }
                (_, _, key) => self.plain_text(key, person).into(),
            };
            answers.insert(field.key.clone(), value);
        }
        answers
    }

    fn plain_text(&self, key: &str, person: &Person) -> String {
        let own = || person.personal_number.clone().unwrap_or_default();
        match key {
            key if key.ends_with("_name") && !key.contains("school") => person.name.clone(),
            key if key.ends_with("_number") => own(),
            key if key.contains("ethnic") => person.ethnic_group.to_owned(),
            key if key.contains("nationality") => "Việt Nam".to_owned(),
            key if key.contains("school_name") => "Trường THCS Gia Phú".to_owned(),
            key if key.contains("school_year") => "2026-2027".to_owned(),
            key if key.contains("class") => "8A".to_owned(),
            key if key.ends_with("_address") || key.ends_with("_residence") || key.ends_with("_at") => {
                "Xã Gia Phú".to_owned()
            }
            _ => "Theo hồ sơ kèm theo".to_owned(),
        }
    }

    async fn file(
        &self,
        what: &InForce,
        at: DateTime<Utc>,
        channel: Channel,
        answers: Answers,
        person: Uuid,
    ) -> Result<Dossier> {
        let mut ctx = self.at(&self.office.desk, at);
        if channel != Channel::Counter {
            ctx.actor = None;
        }
        procedure::keep_version(self.ctx, self.tx, what).await?;
        let filing = Filing {
            id: ctx.new_id(),
            procedure: what.procedure.clone(),
            digest: what.digest.clone(),
            channel,
            answers,
            person: Some(person),
            filed_by: None,
        };
        dossier::insert(&ctx, self.tx, filing).await
    }

    async fn act(&self, who: &Arc<Actor>, at: DateTime<Utc>, one: Dossier, what: Act) -> Result<Dossier> {
        self.say(who, at, one, what, Doing::default()).await
    }

    async fn say(
        &self,
        who: &Arc<Actor>,
        at: DateTime<Utc>,
        one: Dossier,
        what: Act,
        said: Doing,
    ) -> Result<Dossier> {
        dossier::act(&self.at(who, at), self.tx, one.id, one.revision, what, said).await
    }

    /// Received, written, signed, returned on the same day.
    async fn to_the_end(&self, one: Dossier, at: DateTime<Utc>) -> Result<Dossier> {
        let one = self.signed(one, at).await?;
        self.act(&self.office.desk, at + Duration::hours(6), one, Act::Pass).await
    }

    /// Received, through all steps to the signature; the result is attached.
    async fn signed(&self, one: Dossier, at: DateTime<Utc>) -> Result<Dossier> {
        let mut one = self.act(&self.office.desk, at + Duration::minutes(20), one, Act::Receive).await?;
        let mut now = at + Duration::hours(1);
        while one.status != Status::Processed {
            let who = match one.queue {
                Queue::Leader => &self.office.leader,
                Queue::Specialist => &self.office.specialist,
                _ => &self.office.desk,
            };
            one = self.act(who, now, one, Act::Pass).await?;
            now += Duration::minutes(50);
        }
        let file = files::prepare_now("ket-qua.pdf", PDF.to_vec(), dossier::ACCEPT)?;
        dossier::attach(&self.at(&self.office.desk, now), self.tx, one.id, one.revision, &file).await
    }

    /// One of those that lie on the desk today, at another point each.
    async fn lying(&self, n: usize, person: &Person, id: Uuid) -> Result<()> {
        let what = &self.usual[n % self.usual.len()];
        // Nobody's dossier is older than its time by much: most are in time, some are late, as on any desk.
        let days = what.procedure.limit.as_ref().map_or(3, |limit| i64::from(limit.value));
        let back = i64::try_from(n).unwrap_or(0) % (days + 1) + 1;
        let at = self.morning(clock::local_date(self.ctx.now) - Duration::days(back));
        let channels = [Channel::NationalPortal, Channel::Portal, Channel::Counter];
        let offered: Vec<Channel> =
            channels.into_iter().filter(|channel| what.procedure.channels.contains(channel)).collect();
        let one = self.file(what, at, offered[n % offered.len()], self.filled(what, person), id).await?;
        match n % 8 {
            0 | 1 => {}
            2 | 3 => {
                self.act(&self.office.desk, at + Duration::minutes(30), one, Act::Receive).await?;
            }
            4 => {
                let one = self.act(&self.office.desk, at + Duration::minutes(30), one, Act::Receive).await?;
                if one.queue == Queue::Specialist {
                    self.act(&self.office.specialist, at + Duration::hours(1), one, Act::Take).await?;
                }
            }
            5 => {
                let marks = vec![(
                    "applicant_phone".to_owned(),
                    "Số điện thoại này không gọi được, ghi lại giúp.".to_owned(),
                )];
                let said = Doing { marks, ..Doing::default() };
                self.say(&self.office.desk, at + Duration::minutes(40), one, Act::Ask, said).await?;
            }
            6 => {
                self.signed(one, at).await?;
            }
            _ => {
                let done = self.to_the_end(one, at).await?;
                debug_assert_eq!(done.status, Status::Returned);
            }
        }
        Ok(())
    }
}

fn sex(person: &Person) -> &'static str {
    if person.sex == Sex::Male { "nam" } else { "nu" }
}

fn plain_number(key: &str, property: &serde_json::Value) -> serde_json::Value {
    let least = property["minimum"].as_i64().unwrap_or(1);
    let usual = if key.contains("amount") || key.contains("capital") { 30_000_000 } else { 2 };
    usual.max(least).min(property["maximum"].as_i64().unwrap_or(i64::MAX)).into()
}
