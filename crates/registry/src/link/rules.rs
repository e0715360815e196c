//! Asking for a link, making it at the counter, confirming, refusing and undoing it.

use super::model::{Link, State, Way};
use super::store;
use crate::person::{self, Person};
use audit::Entry;
use chrono::Duration;
use futures_util::future::BoxFuture;
use identity::{NewGrant, account_by_login, account_find, grant_end, grant_insert};
use platform::access::{Place, Scope};
use platform::{Ctx, Error, Result, Tx, Uuid, ids};
use serde_json::json;

/// Letters and digits that nobody confuses on a screen in the sun.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_MINUTES: i64 = 10;
const CODE_LENGTH: usize = 8;
const REASON_LENGTH: usize = 300;

/// The link of an account that stands, else the request that waits.
pub async fn of_account(ctx: &Ctx, account: Uuid) -> Result<Option<Link>> {
    store::of_account(ctx, &ctx.app.db, account, &[State::Linked, State::Asked]).await
}

/// The link of a person that stands.
pub async fn of_person(ctx: &Ctx, person: Uuid) -> Result<Option<Link>> {
    store::of_person(ctx, &ctx.app.db, person).await
}

/// The requests that wait, the oldest first.
pub async fn waiting(ctx: &Ctx, limit: i64) -> Result<Vec<Link>> {
    store::waiting(ctx, limit).await
}

/// A code for the counter, `ABCD-EFGH`, good for ten minutes and once.
pub async fn code_make(ctx: &Ctx, tx: &Tx) -> Result<String> {
    let account = ctx.account()?;
    let mut bytes = [0u8; CODE_LENGTH];
    rand::Rng::fill(&mut rand::rng(), &mut bytes[..]);
    let code: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
    let until = ctx.now + Duration::minutes(CODE_MINUTES);
    store::code_set(ctx, tx, account, &ids::secret_hash(&code), until).await?;
    audit::record(ctx, tx, entry("account_link.code", account, json!({}))).await?;
    Ok(format!("{}-{}", &code[..4], &code[4..]))
}

/// The account that an officer means by a login or by the code on the resident's phone.
async fn meant(ctx: &Ctx, tx: &Tx, typed: &str) -> Result<Uuid> {
    let code: String =
        typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    if code.len() == CODE_LENGTH
        && let Some(account) = store::code_take(ctx, tx, &ids::secret_hash(&code)).await?
    {
        return Ok(account);
    }
    let found = account_by_login(ctx, typed).await?;
    found.map(|account| account.id).ok_or_else(|| Error::field("tai-khoan", "registry-link-no-account"))
}

/// The officer holds the card and has found the person: the link stands at once.
pub async fn link_at_counter(ctx: &Ctx, tx: &Tx, person: Uuid, typed: &str) -> Result<Uuid> {
    let person = person::get(ctx, person).await?;
    let account = meant(ctx, tx, typed).await?;
    let link = Link {
        id: ctx.new_id(),
        account_id: account,
        person_id: Some(person.id),
        state: State::Linked,
        way: Way::Counter,
        asked_at: ctx.now,
        decided_at: Some(ctx.now),
        decided_by: ctx.account_or_none(),
        reason: String::new(),
        grant_id: None,
    };
    stand(ctx, tx, link, &person, None).await
}

/// Makes a link stand: the role for the person, the row, the record.
async fn stand(ctx: &Ctx, tx: &Tx, mut link: Link, person: &Person, before: Option<State>) -> Result<Uuid> {
    let account = account_find(ctx, link.account_id).await?;
    if ctx.account_or_none() == Some(account.id) && link.way != Way::Service {
        return Err(Error::field("tai-khoan", "registry-link-own-account"));
    }
    if account.state() != identity::State::Active {
        return Err(Error::field("tai-khoan", "registry-link-locked"));
    }
    if person.state != person::State::Present {
        return Err(Error::invalid("registry-link-not-present"));
    }
    if store::of_account(ctx, tx, account.id, &[State::Linked]).await?.is_some() {
        return Err(Error::field("tai-khoan", "registry-link-account-taken"));
    }
    if store::of_person(ctx, tx, person.id).await?.is_some() {
        return Err(Error::invalid("registry-link-person-taken"));
    }
    let grant = NewGrant {
        account_id: account.id,
        role: "resident".to_owned(),
        place: Place::new("person", person.id),
        valid_from: ctx.today(),
        valid_to: None,
    };
    link.grant_id = Some(grant_insert(ctx, tx, grant).await?);
    match before {
        None => {
            // What waited for the same account is answered by this.
            if let Some(asked) = store::of_account(ctx, tx, account.id, &[State::Asked]).await? {
                let over = Link { state: State::Refused, decided_at: Some(ctx.now), ..asked };
                store::decide(ctx, tx, &over, State::Asked).await?;
            }
            store::insert(ctx, tx, &link).await?;
        }
        Some(before) => once(store::decide(ctx, tx, &link, before).await?)?,
    }
    let detail = json!({ "account": account.id, "person": person.id, "way": link.way });
    audit::record(ctx, tx, entry("account_link.insert", link.id, detail)).await?;
    Ok(link.id)
}

/// Writes down a link whose role identity holds already: for the demo and for accounts that come from elsewhere.
pub async fn keep(ctx: &Ctx, tx: &Tx, account: Uuid, person: Uuid, grant: Uuid) -> Result<()> {
    let link = Link {
        id: ctx.new_id(),
        account_id: account,
        person_id: Some(person),
        state: State::Linked,
        way: Way::Counter,
        asked_at: ctx.now,
        decided_at: Some(ctx.now),
        decided_by: ctx.account_or_none(),
        reason: String::new(),
        grant_id: Some(grant),
    };
    store::insert(ctx, tx, &link).await?;
    let detail = json!({ "account": account, "person": person, "way": link.way });
    audit::record(ctx, tx, entry("account_link.insert", link.id, detail)).await
}

/// The text of the card's QR from the resident: a request for an officer, never a link by itself. Says nothing about who is
/// in the registry.
pub async fn ask_by_card(ctx: &Ctx, tx: &Tx, text: &str) -> Result<()> {
    let account = ctx.account()?;
    let card =
        vnid::CardQr::parse(text.trim()).map_err(|_| Error::field("qr", "registry-link-card-wrong"))?;
    let found = person::by_number(&reader(ctx), card.number.as_str()).await?;
    let same = |person: &Person| {
        vntext::fold(&person.facts.full_name) == vntext::fold(&card.name)
            && person.facts.birth_date == card.birth
    };
    ask(ctx, tx, account, found.filter(same).map(|person| person.id), Way::Card).await
}

/// One request waits for each account; a newer one takes its place.
async fn ask(ctx: &Ctx, tx: &Tx, account: Uuid, person: Option<Uuid>, way: Way) -> Result<()> {
    if store::of_account(ctx, tx, account, &[State::Linked]).await?.is_some() {
        return Err(Error::invalid("registry-link-already"));
    }
    if let Some(before) = store::of_account(ctx, tx, account, &[State::Asked]).await? {
        let over = Link { state: State::Refused, decided_at: Some(ctx.now), ..before };
        once(store::decide(ctx, tx, &over, State::Asked).await?)?;
    }
    let link = Link {
        id: ctx.new_id(),
        account_id: account,
        person_id: person,
        state: State::Asked,
        way,
        asked_at: ctx.now,
        decided_at: None,
        decided_by: None,
        reason: String::new(),
        grant_id: None,
    };
    store::insert(ctx, tx, &link).await?;
    audit::record(ctx, tx, entry("account_link.ask", link.id, json!({ "account": account, "way": way })))
        .await
}

/// One press: the request becomes a link.
pub async fn confirm(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let link = store::find(ctx, tx, id).await?;
    if link.state != State::Asked {
        return Err(Error::conflict("error-conflict"));
    }
    let person = link.person_id.ok_or_else(|| Error::invalid("registry-link-nobody"))?;
    let person = person::get(ctx, person).await?;
    let link =
        Link { state: State::Linked, decided_at: Some(ctx.now), decided_by: ctx.account_or_none(), ..link };
    stand(ctx, tx, link, &person, Some(State::Asked)).await?;
    Ok(())
}

/// The request is refused, with a reason that the resident reads.
pub async fn refuse(ctx: &Ctx, tx: &Tx, id: Uuid, reason: &str) -> Result<()> {
    end(ctx, tx, id, reason, State::Asked, State::Refused).await
}

/// The link is taken back, with a reason: the account reads nothing of the person any more.
pub async fn undo(ctx: &Ctx, tx: &Tx, id: Uuid, reason: &str) -> Result<()> {
    end(ctx, tx, id, reason, State::Linked, State::Undone).await
}

async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, reason: &str, before: State, after: State) -> Result<()> {
    let reason = vntext::clean(reason);
    if reason.is_empty() || reason.chars().count() > REASON_LENGTH {
        return Err(Error::field("ly-do", "registry-link-reason"));
    }
    let link = store::find(ctx, tx, id).await?;
    if let Some(grant) = link.grant_id.filter(|_| after == State::Undone) {
        grant_end(ctx, tx, grant).await?;
    }
    let decided_by = ctx.account_or_none();
    let link = Link { state: after, decided_at: Some(ctx.now), decided_by, reason, ..link };
    once(store::decide(ctx, tx, &link, before).await?)?;
    let action = if after == State::Undone { "account_link.undo" } else { "account_link.refuse" };
    audit::record(ctx, tx, entry(action, id, json!({ "account": link.account_id }))).await
}

/// A sign-in service vouches for the number of an account: a link where the administrator trusts it with that, else a
/// request. Nothing when the account or the person is linked already, or nobody has the number.
pub(crate) fn vouched<'a>(
    ctx: &'a Ctx,
    tx: &'a Tx,
    account: Uuid,
    number: &'a str,
    trusted: bool,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let read = reader(ctx);
        let Some(person) = person::by_number(&read, number).await? else { return Ok(()) };
        let taken = store::of_account(ctx, tx, account, &[State::Linked, State::Asked]).await?.is_some()
            || store::of_person(ctx, tx, person.id).await?.is_some();
        if taken {
            return Ok(());
        }
        if !trusted {
            return ask(ctx, tx, account, Some(person.id), Way::Service).await;
        }
        let link = Link {
            id: ctx.new_id(),
            account_id: account,
            person_id: Some(person.id),
            state: State::Linked,
            way: Way::Service,
            asked_at: ctx.now,
            decided_at: Some(ctx.now),
            decided_by: None,
            reason: String::new(),
            grant_id: None,
        };
        stand_by_service(ctx, tx, link, &person).await
    })
}

/// The account may have been made in this very transaction, where no other reader sees it yet.
async fn stand_by_service(ctx: &Ctx, tx: &Tx, mut link: Link, person: &Person) -> Result<()> {
    let grant = NewGrant {
        account_id: link.account_id,
        role: "resident".to_owned(),
        place: Place::new("person", person.id),
        valid_from: ctx.today(),
        valid_to: None,
    };
    link.grant_id = Some(grant_insert(ctx, tx, grant).await?);
    store::insert(ctx, tx, &link).await?;
    let detail = json!({ "account": link.account_id, "person": person.id, "way": link.way });
    audit::record(ctx, tx, entry("account_link.insert", link.id, detail)).await
}

/// The same request, able to look a number up; what it finds is never told.
fn reader(ctx: &Ctx) -> Ctx {
    Ctx { scope: Scope::new(vec![Place::new("commune", ctx.commune)]), ..ctx.clone() }
}

fn entry(action: &'static str, id: Uuid, detail: serde_json::Value) -> Entry {
    Entry { action, kind: "account_link", id, detail }
}

fn once(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::conflict("error-conflict")) }
}
