//! Sending invitations: to the inbox of those who have an account, a child's to a parent; for the rest the village head
//! is asked to tell them.

use super::ask::AT_HEAD;
use super::model::Rule;
use super::rules::How;
use super::store::Person;
use super::store::notice::{self, Grown, Line, Meeting};
use crate::lists::HEAD;
use audit::Entry;
use chrono::Months;
use messages::Letter;
use platform::{Ctx, Error, Lang, Message, Result, Tx, Uuid};
use serde_json::json;
use std::collections::{BTreeMap, HashMap, HashSet};
use units::Unit;

/// From this age on a letter goes to nobody else.
pub(crate) const GROWN: u32 = 18;

/// How the chosen people can be reached. Whoever was invited before is left out.
#[derive(Debug, Default)]
pub(crate) struct Plan<'a> {
    /// With the account that reads the letter.
    pub letters: Vec<(&'a Person, Uuid)>,
    /// Told by the head of their village.
    pub by_head: Vec<&'a Person>,
    /// Their village has no head with an account: they are left for printing.
    pub left: Vec<&'a Person>,
    /// The accounts of the heads, by village.
    heads: HashMap<Uuid, Vec<Uuid>>,
}

/// What came of a sending.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sent {
    pub batch: Uuid,
    pub letters: u64,
    pub by_head: u64,
    pub left: u64,
}

/// Finds for each of the people who reads the letter.
pub(crate) async fn plan<'a>(ctx: &Ctx, people: &'a [Person]) -> Result<Plan<'a>> {
    let people: Vec<&Person> = people.iter().filter(|person| person.notice.is_none()).collect();
    let is_child = |person: &Person| ctx.today().years_since(person.birth_date).unwrap_or(0) < GROWN;
    let families: Vec<Uuid> = people.iter().filter(|p| is_child(p)).map(|p| p.household_id).collect();
    let born_until = ctx.today().checked_sub_months(Months::new(GROWN * 12)).unwrap_or(ctx.today());
    let grown = notice::grown(ctx, &unique(families), born_until).await?;
    let own = people.iter().map(|person| person.id);
    let readers = accounts(ctx, "resident", "person", own.chain(grown.iter().map(|one| one.id))).await?;
    let account = |person: Uuid| readers.get(&person).and_then(|accounts| accounts.first()).copied();
    let mut plan = Plan::default();
    let mut rest = Vec::new();
    for person in people {
        let reader = match is_child(person) {
            true => parents(person, &grown).into_iter().find_map(account),
            false => account(person.id),
        };
        match reader {
            Some(reader) => plan.letters.push((person, reader)),
            None => rest.push(person),
        }
    }
    plan.heads = accounts(ctx, "village_head", "village", rest.iter().map(|p| p.village_id)).await?;
    (plan.by_head, plan.left) = rest.into_iter().partition(|p| plan.heads.contains_key(&p.village_id));
    Ok(plan)
}

/// The grown people of a child's household who may read for it: the head first, then the others as they are likely to
/// be its parents. Brothers, lodgers and the like are not asked.
fn parents(child: &Person, grown: &[Grown]) -> Vec<Uuid> {
    const LIKELY: [&str; 4] = [HEAD, "spouse", "child", "child_in_law"];
    let home = || grown.iter().filter(|one| one.household_id == child.household_id && one.id != child.id);
    let of = |relation: &&str| {
        home().filter(|one| one.relation == *relation).map(|one| one.id).collect::<Vec<_>>()
    };
    LIKELY.iter().flat_map(of).collect()
}

fn unique(ids: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The accounts that hold a role for each of these places.
async fn accounts(
    ctx: &Ctx,
    role: &str,
    kind: &str,
    places: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let mut accounts: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for holder in identity::holders_of_many(ctx, role, kind, &unique(places), ctx.today()).await? {
        accounts.entry(holder.place_id).or_default().push(holder.account_id);
    }
    Ok(accounts)
}

/// Sends the invitations: notices, letters and the record in one transaction. `asked` is the part of an address that
/// names the window of the list.
///
/// # Errors
/// `Invalid` when nobody can be reached, so that nothing would happen.
pub(crate) async fn send(
    ctx: &Ctx,
    tx: &Tx,
    rule: &Rule,
    people: &[Person],
    meeting: &Meeting,
    (villages, asked): (&[Unit], &str),
) -> Result<Sent> {
    let plan = plan(ctx, people).await?;
    let batch = ctx.new_id();
    let letters = plan.letters.iter().map(|(person, to)| Line { person, how: How::Sent, to: Some(*to) });
    let by_head = plan.by_head.iter().map(|person| Line { person, how: How::ByHead, to: None });
    let lines: Vec<Line> = letters.chain(by_head).collect();
    notice::put(ctx, tx, rule, &lines, batch).await?;
    // Somebody else may have invited some of them a moment ago: those get no second letter.
    let noted: HashSet<Uuid> = notice::noted(ctx, tx, batch).await?.into_iter().collect();
    if noted.is_empty() {
        return Err(Error::invalid("registry-due-send-nobody"));
    }
    notice::sending_put(ctx, tx, batch, rule, meeting).await?;
    let mut sent = own_letters(ctx, tx, &plan, &noted, batch).await?;
    sent.extend(head_letters(ctx, tx, &plan, &noted, (rule, villages, asked)).await?);
    notice::letters_put(ctx, tx, batch, &sent).await?;
    let count = |some: usize| u64::try_from(some).unwrap_or(u64::MAX);
    let done = Sent {
        batch,
        letters: count(plan.letters.iter().filter(|(person, _)| noted.contains(&person.id)).count()),
        by_head: count(plan.by_head.iter().filter(|person| noted.contains(&person.id)).count()),
        left: count(plan.left.len()),
    };
    let detail = json!({ "rule": rule.code, "how": "sent", "count": done.letters, "by_head": done.by_head, "left": done.left });
    audit::record(ctx, tx, Entry { action: "due.deliver", kind: "due_notice", id: batch, detail }).await?;
    Ok(done)
}

/// One letter to each account, however many children it is for. It says nothing of the matter: a mail passes through
/// other people's machines.
async fn own_letters(
    ctx: &Ctx,
    tx: &Tx,
    plan: &Plan<'_>,
    noted: &HashSet<Uuid>,
    batch: Uuid,
) -> Result<Vec<Uuid>> {
    let readers = plan.letters.iter().filter(|(person, _)| noted.contains(&person.id)).map(|(_, to)| *to);
    let mut sent = Vec::new();
    for to in unique(readers) {
        let link = format!("/cua-toi/giay-moi/{batch}");
        sent.push(
            messages::send(ctx, tx, Letter { to, text: Message::new("registry-due-mail-own"), link }).await?,
        );
    }
    Ok(sent)
}

/// One letter to each head of a village: how many people of which list, and where they stand.
async fn head_letters(
    ctx: &Ctx,
    tx: &Tx,
    plan: &Plan<'_>,
    noted: &HashSet<Uuid>,
    (rule, villages, asked): (&Rule, &[Unit], &str),
) -> Result<Vec<Uuid>> {
    let mut counts: BTreeMap<Uuid, u64> = BTreeMap::new();
    for person in plan.by_head.iter().filter(|person| noted.contains(&person.id)) {
        *counts.entry(person.village_id).or_default() += 1;
    }
    let mut sent = Vec::new();
    for (village, count) in counts {
        let name = crate::work::village_name(villages, Some(village));
        // The letter is read in the reader's language, but the name of a list is written once.
        let text = Message::new("registry-due-mail-head")
            .with("count", count)
            .with("village", name)
            .with("name", rule.words(Lang::Vi).name.clone());
        let link = format!("/lam-viec/den-han/{}?{asked}thon={village}&moi={AT_HEAD}", rule.code);
        for to in plan.heads.get(&village).into_iter().flatten() {
            let letter = Letter { to: *to, text: text.clone(), link: link.clone() };
            sent.push(messages::send(ctx, tx, letter).await?);
        }
    }
    Ok(sent)
}
