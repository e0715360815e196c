//! The office: documents that came from other agencies (`data/demo/letters.toml`), as far as each has got.

use super::dossiers::actor;
use super::radio::Tunes;
use super::visit::Pictures;
use crate::{Commune, Role};
use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Utc, Weekday};
use messages::channel::{self, Announcing};
use office::incoming::{self, Arrived, Channel, Facts, Incoming, NewFile, Registering, TextState};
use office::reading::Words;
use office::task::{self, Assigning, Reporting, Source, Task};
use platform::access::{Actor, Grant, Place, Scope, Via};
use platform::{Ctx, Error, Result, Tx, Uuid, clock, files};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

const TEMPLATE: &str = include_str!("letter.typ");
const LETTERS: &str = include_str!("../../../../data/demo/letters.toml");
const PDF: files::Accept = files::Accept { types: &["application/pdf"], max_bytes: 1 << 20 };

#[derive(Deserialize)]
struct File {
    letter: Vec<Letter>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Letter {
    #[serde(default)]
    days: i64,
    /// The day on which it came, for what came years ago.
    on: Option<NaiveDate>,
    /// It came over the interconnection axis.
    #[serde(default)]
    axis: bool,
    /// The title of a file that was opened for it.
    #[serde(default)]
    file: String,
    sender: String,
    number: String,
    notation: String,
    #[serde(default = "government")]
    book: String,
    kind: String,
    subject: String,
    signer: String,
    position: String,
    #[serde(default)]
    urgency: i64,
    body: String,
    due_days: Option<i64>,
    come: String,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    directive: String,
    #[serde(default)]
    seen: usize,
}

fn government() -> String {
    "ubnd".to_owned()
}

/// The documents with their files; setting them takes a while, so it is done before anything is written.
pub struct Letters(Vec<(Letter, Vec<u8>)>, Vec<Option<Vec<u8>>>);

pub fn letters() -> Result<Letters> {
    let file: File = toml::from_str(LETTERS).map_err(Error::internal)?;
    let set = |letter: Letter| {
        let data = serde_json::json!({
            "sender": letter.sender, "number": letter.number, "notation": letter.notation, "kind": letter.kind,
            "subject": letter.subject, "body": letter.body, "signer": letter.signer, "position": letter.position,
            "day": "ngày      tháng      năm",
        });
        let (template, files) = (TEMPLATE, &BTreeMap::new());
        let pdf = typeset::pdf(&typeset::Sheet { template, data: &data, files, at: DateTime::UNIX_EPOCH });
        pdf.map(|pdf| (letter, pdf)).map_err(Error::internal)
    };
    let letters = file.letter.into_iter().map(set).collect::<Result<_>>()?;
    Ok(Letters(letters, super::mail::documents()?))
}

pub(super) struct Writing<'a> {
    pub ctx: &'a Ctx,
    pub tx: &'a Tx,
    demo: &'a Commune,
    pub clerk: Arc<Actor>,
    pub chairman: Arc<Actor>,
}

/// Accounts must stand: their rows are read.
pub async fn write(
    ctx: &Ctx,
    tx: &Tx,
    demo: &Commune,
    letters: Letters,
    (pictures, tunes): (&Pictures, &Tunes),
) -> Result<()> {
    let clerk = actor(ctx, demo, Role::Clerk, "clerk").await?;
    let chairman = actor(ctx, demo, Role::Chairman, "chairman").await?;
    let writing = Writing { ctx, tx, demo, clerk, chairman };
    for (letter, pdf) in letters.0 {
        writing.letter(&letter, pdf).await?;
    }
    super::mail::write(&writing, letters.1).await?;
    super::plans::write(&writing).await?;
    super::disclosures::write(&writing).await?;
    super::meetings::write(&writing).await?;
    super::reports::write(&writing, demo).await?;
    super::voices::write(&writing).await?;
    super::villages::write(&writing).await?;
    super::asking::write(&writing).await?;
    super::visit::write(&writing, demo, pictures).await?;
    super::radio::write(&writing, tunes).await?;
    super::reaching::write(&writing).await?;
    writing.message().await
}

impl Writing<'_> {
    /// The context of somebody at a moment.
    pub(super) fn at(&self, who: &Arc<Actor>, now: DateTime<Utc>) -> Ctx {
        let scope = Scope::new(vec![Place::new("commune", self.ctx.commune)]);
        Ctx { actor: Some(who.clone()), now, scope, ..self.ctx.clone() }
    }

    async fn letter(&self, letter: &Letter, pdf: Vec<u8>) -> Result<()> {
        let day =
            letter.on.unwrap_or_else(|| working_days_before(clock::local_date(self.ctx.now), letter.days));
        let at = morning(day).min(self.ctx.now);
        let clerk = self.at(&self.clerk, at);
        let name = format!("{}-{}.pdf", letter.number, letter.notation.replace('/', "-"));
        let file = files::prepare_now(&name, pdf, PDF)?;
        let text = format!("{}\n{}\n{}", letter.kind, letter.subject, letter.body);
        let words = Words { state: TextState::Read, text, pages: Some(1) };
        let arrived = Arrived {
            channel: if letter.axis { Channel::Edxml } else { Channel::Upload },
            sender_code: String::new(),
            external_id: None,
            facts: facts(letter, clock::local_date(at)),
            files: vec![NewFile { file, words }],
        };
        let one = incoming::arrive(&clerk, self.tx, arrived).await?;
        if letter.come == "arrived" {
            return Ok(());
        }
        let (revision, book) = (one.revision, letter.book.clone());
        let sent = Registering { revision, book, facts: one.facts.clone(), again: false };
        incoming::register(&clerk, self.tx, one.id, sent).await?;
        if letter.come == "registered" {
            return Ok(());
        }
        if letter.come == "done" {
            return self.settled(letter, &one, at + Duration::hours(1)).await;
        }
        let task = self.direct(letter, &one, at + Duration::hours(1)).await?;
        if letter.to.iter().any(|to| to == "heads") {
            task::share_link(&self.at(&self.chairman, at + Duration::hours(2)), self.tx, task.id).await?;
        }
        self.done(letter, &task, at + Duration::hours(3)).await
    }

    /// A leader settled it without a directive, and it stands in a file.
    async fn settled(&self, letter: &Letter, one: &Incoming, at: DateTime<Utc>) -> Result<()> {
        incoming::finish(&self.at(&self.chairman, at), self.tx, one.id, &letter.directive).await?;
        if letter.file.is_empty() {
            return Ok(());
        }
        let one = incoming::find(&self.at(&self.clerk, at), self.tx, one.id).await?;
        office::workfile::opened_for(&self.at(&self.clerk, at), self.tx, &letter.file, &one).await
    }

    async fn direct(&self, letter: &Letter, one: &Incoming, at: DateTime<Utc>) -> Result<Task> {
        let mut people = Vec::new();
        for login in &letter.to {
            let logins = if login == "heads" { self.heads() } else { vec![login.clone()] };
            for login in logins {
                people.push(self.account(&login).await?);
            }
        }
        let (main, co) = people.split_first().ok_or_else(|| Error::internal("nobody is charged"))?;
        let today = clock::local_date(self.ctx.now);
        let sent = Assigning {
            source: Source::Incoming,
            source_id: Some(one.id),
            parent_id: None,
            position: 0,
            title: letter.subject.clone(),
            body: letter.directive.clone(),
            urgency: letter.urgency,
            due: letter.due_days.map(|days| today + Duration::days(days)),
            main: Some(*main),
            co: co.to_vec(),
            inform: Vec::new(),
        };
        task::direct(&self.at(&self.chairman, at), self.tx, one.id, sent).await
    }

    /// Some of the heads have said that they have it; the main doer has reported.
    async fn done(&self, letter: &Letter, task: &Task, at: DateTime<Utc>) -> Result<()> {
        for (n, login) in self.heads().into_iter().enumerate().take(letter.seen) {
            let mut who = self.person(&login).await?;
            // Every other one from the group, on a phone without signing in.
            let early = self.at(&who, at);
            if n % 2 == 0
                && let Some(id) =
                    task::link_first_use(&early, self.tx, who.account_id, "Zalo · Android").await?
            {
                let via = Via::Link { id, actions: &["task.mine"] };
                who = Arc::new(Actor { via, ..(*who).clone() });
            }
            let minutes = i64::try_from(n).unwrap_or(0) * 7;
            task::acknowledge(&self.at(&who, at + Duration::minutes(minutes)), self.tx, task.id).await?;
        }
        if letter.come == "reported" {
            let who = self.person(letter.to.first().map_or("", String::as_str)).await?;
            let words = "Đã lập danh sách và gửi giấy mời đến các thôn.".to_owned();
            let sent = Reporting { words, progress: 100, done: true, files: Vec::new() };
            task::report(&self.at(&who, at + Duration::hours(2)), self.tx, task.id, sent).await?;
        }
        Ok(())
    }

    /// A message to all village heads; most of them have read it.
    async fn message(&self) -> Result<()> {
        let now = self.ctx.now - Duration::hours(20);
        let mut to = Vec::new();
        for login in self.heads() {
            to.push(self.account(&login).await?);
        }
        let sent = Announcing {
            title: "Họp giao ban trưởng thôn chiều thứ Sáu".to_owned(),
            body: "Mời các trưởng thôn họp giao ban lúc 14 giờ thứ Sáu tại hội trường xã. Mang theo danh sách hộ cần hỗ trợ \
                   sửa nhà trước mùa rét."
                .to_owned(),
            to,
            ..Announcing::default()
        };
        let one = channel::announce(&self.at(&self.chairman, now), self.tx, sent).await?;
        for (n, login) in self.heads().into_iter().enumerate().filter(|(n, _)| n % 4 != 1) {
            let who = self.person(&login).await?;
            let minutes = i64::try_from(n).unwrap_or(0) * 13;
            channel::read(&self.at(&who, now + Duration::minutes(minutes)), self.tx, one.id).await?;
        }
        Ok(())
    }

    pub(super) fn heads(&self) -> Vec<String> {
        let heads = self.demo.staff.iter().filter(|one| one.role == Role::VillageHead);
        heads.map(|one| one.login.clone()).collect()
    }

    async fn account(&self, login: &str) -> Result<Uuid> {
        let account = identity::account_by_login(self.ctx, login).await?;
        Ok(account.ok_or_else(|| Error::internal(format!("no account {login}")))?.id)
    }

    /// Somebody as the rules of tasks and meetings see them: only who they are counts there.
    pub(super) async fn person(&self, login: &str) -> Result<Arc<Actor>> {
        let person = self.person_of(self.account(login).await?);
        Ok(Arc::new(Actor { name: login.to_owned(), ..(*person).clone() }))
    }

    pub(super) fn person_of(&self, account_id: Uuid) -> Arc<Actor> {
        Arc::new(Actor {
            account_id,
            commune_id: self.ctx.commune,
            name: String::new(),
            grants: vec![Grant { role: "clerk".to_owned(), place: Place::new("commune", self.ctx.commune) }],
            second_factor: true,
            via: Via::Session(Uuid::nil()),
        })
    }
}

fn facts(letter: &Letter, day: NaiveDate) -> Facts {
    Facts {
        sender_name: letter.sender.clone(),
        number: letter.number.clone(),
        notation: letter.notation.clone(),
        issued_on: Some(day),
        kind: letter.kind.clone(),
        subject: letter.subject.clone(),
        signer_name: letter.signer.clone(),
        signer_position: letter.position.clone(),
        urgency: letter.urgency,
        due_on: letter.due_days.map(|days| day + Duration::days(days)),
        page_count: Some(1),
    }
}

/// So many days before, without Saturdays and Sundays.
pub(super) fn working_days_before(day: NaiveDate, mut days: i64) -> NaiveDate {
    let free = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let mut day = day;
    while days > 0 || free(day) {
        days -= i64::from(!free(day));
        day -= Duration::days(1);
    }
    day
}

/// Eight in the morning in Vietnam.
pub(super) fn morning(day: NaiveDate) -> DateTime<Utc> {
    let at = day.and_hms_opt(8, 0, 0).expect("a time");
    clock::vietnam().from_local_datetime(&at).single().expect("one moment").to_utc()
}
