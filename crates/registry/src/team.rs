//! Boards and teams: founded by a decision, with members and a work plan.

pub(crate) mod pages;
mod text;

use crate::code;
use crate::page::{self, After, Page};
use crate::person::changed_meanwhile;
use crate::version::not_in_future;
use audit::Entry;
use chrono::NaiveDate;
use platform::access::Place;
use platform::choice;
use platform::db::{FromQueryResult, insert_many};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, said, search, sql};
use serde::Serialize;
use serde_json::json;

choice! {
    Kind, "registry-team", {
        SteeringBoard = "steering_board", MarketBoard = "market_board", MobilisationTeam = "mobilisation_team",
        DigitalTeam = "digital_team", Other = "other",
    }
}

/// A board or team as it is now.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize)]
pub struct Team {
    pub id: Uuid,
    pub code: String,
    pub kind: Kind,
    pub name: String,
    /// `None`: of the whole commune.
    pub village_id: Option<Uuid>,
    pub decision_no: String,
    /// The day of the decision.
    pub founded_on: NaiveDate,
    pub ended_on: Option<NaiveDate>,
    pub revision: i64,
}

/// A team to be made or what it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamFacts {
    pub kind: Kind,
    pub name: String,
    pub village_id: Option<Uuid>,
    pub decision_no: String,
    pub founded_on: NaiveDate,
}

/// A member on a team's list.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize)]
pub struct Member {
    /// `None`: somebody from outside the commune.
    pub person_id: Option<Uuid>,
    /// The name as the decision has it.
    pub name: String,
    /// "Trưởng ban"
    pub title: String,
    /// What they do besides: "Chủ tịch UBND xã".
    pub duty: String,
    pub since: NaiveDate,
    /// The last day.
    pub until: Option<NaiveDate>,
}

/// A line of a work plan.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize)]
pub struct PlanLine {
    pub task: String,
    pub who: String,
    pub due_on: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
}

const COLUMNS: &str =
    "t.id, t.code, t.kind, t.name, t.village_id, t.decision_no, t.founded_on, t.ended_on, t.revision";

/// A team inside the scope; teams of the whole commune are seen by everybody who may see teams.
pub async fn get(ctx: &Ctx, id: Uuid) -> Result<Team> {
    find(ctx, &ctx.app.db, id).await
}

async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Team> {
    let team: Team = sql(format!("SELECT {COLUMNS} FROM team t WHERE t.commune_id = $1 AND t.id = $2"))
        .bind(ctx.commune)
        .bind(id)
        .one(on)
        .await?;
    match team.village_id {
        Some(village) => ctx.scope.require("village", village).map(|()| team),
        None => Ok(team),
    }
}

/// A page of teams by name, of one kind or all.
pub async fn list(ctx: &Ctx, kind: Option<Kind>, after: Option<&After>, limit: i64) -> Result<Page<Team>> {
    let mut query =
        sql(format!("SELECT {COLUMNS}, t.sort_key FROM team t WHERE t.commune_id = ")).arg(ctx.commune);
    if let Some(kind) = kind {
        query = query.push(" AND t.kind = ").arg(kind);
    }
    if !ctx.scope.whole() {
        query = query
            .push(" AND (t.village_id IS NULL OR t.village_id IN (")
            .args(ctx.scope.ids("village"))
            .push("))");
    }
    page::page(query, "t", after, limit, &ctx.app.db).await
}

/// The members in their order, those who left last.
pub async fn members(ctx: &Ctx, team: Uuid) -> Result<Vec<Member>> {
    get(ctx, team).await?;
    sql("SELECT person_id, name, title, duty, since, until FROM team_member WHERE commune_id = $1 AND team_id = $2 \
         ORDER BY position, id")
        .bind(ctx.commune)
        .bind(team)
        .all(&ctx.app.db)
        .await
}

/// The work plan in its order.
pub async fn plan(ctx: &Ctx, team: Uuid) -> Result<Vec<PlanLine>> {
    get(ctx, team).await?;
    sql("SELECT task, who, due_on, done_on FROM team_plan_line WHERE commune_id = $1 AND team_id = $2 ORDER BY position, id")
        .bind(ctx.commune)
        .bind(team)
        .all(&ctx.app.db)
        .await
}

fn check(ctx: &Ctx, facts: &TeamFacts) -> Result<String> {
    let name = said::needed("ten", &vntext::clean(&facts.name), "registry-team-name-empty", 200)?;
    not_in_future(ctx, facts.founded_on)?;
    match facts.village_id {
        Some(village) => ctx.scope.require("village", village)?,
        None if ctx.scope.whole() => {}
        None => return Err(Error::not_found()),
    }
    Ok(name)
}

pub async fn insert(ctx: &Ctx, tx: &Tx, facts: &TeamFacts) -> Result<Uuid> {
    let name = check(ctx, facts)?;
    let id = ctx.new_id();
    let code = code::issue(ctx, tx, code::TEAM, id).await?;
    sql("INSERT INTO team (commune_id, id, code, kind, name, village_id, decision_no, founded_on, ended_on, sort_key, \
         revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, 1)")
        .bind(ctx.commune)
        .bind(id)
        .bind(code.as_str())
        .bind(facts.kind)
        .bind(name.as_str())
        .bind(facts.village_id)
        .bind(facts.decision_no.as_str())
        .bind(facts.founded_on)
        .bind(vntext::sort_key(&name))
        .run(tx)
        .await?;
    search::put_new(ctx, tx, &[entry(id, &code, &name, facts)]).await?;
    let detail = json!({ "kind": facts.kind.code(), "on": facts.founded_on });
    crate::figures::touched_teams(ctx, tx);
    audit::record(ctx, tx, Entry { action: "team.insert", kind: "team", id, detail }).await?;
    Ok(id)
}

pub async fn update(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, facts: &TeamFacts) -> Result<()> {
    let old = find(ctx, tx, id).await?;
    let name = check(ctx, facts)?;
    let done = sql("UPDATE team SET kind = $4, name = $5, village_id = $6, decision_no = $7, founded_on = $8, \
                    sort_key = $9, revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3")
        .bind(ctx.commune)
        .bind(id)
        .bind(revision)
        .bind(facts.kind)
        .bind(name.as_str())
        .bind(facts.village_id)
        .bind(facts.decision_no.as_str())
        .bind(facts.founded_on)
        .bind(vntext::sort_key(&name))
        .run(tx)
        .await?;
    if done == 0 {
        return Err(changed_meanwhile());
    }
    search::put(ctx, tx, &[entry(id, &old.code, &name, facts)]).await?;
    crate::figures::touched_teams(ctx, tx);
    audit::record(ctx, tx, Entry { action: "team.update", kind: "team", id, detail: json!({}) }).await
}

/// The team is dissolved: it no longer is from the day `on`.
pub async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, on: NaiveDate) -> Result<()> {
    let team = find(ctx, tx, id).await?;
    owned(ctx, &team)?;
    not_in_future(ctx, on)?;
    touch(ctx, tx, id, revision).await?;
    sql("UPDATE team SET ended_on = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(on)
        .run(tx)
        .await?;
    search::remove(ctx, tx, &[id]).await?;
    code::retire(ctx, tx, id).await?;
    crate::figures::touched_teams(ctx, tx);
    audit::record(ctx, tx, Entry { action: "team.end", kind: "team", id, detail: json!({ "on": on }) }).await
}

/// Writes the whole list of members, in its order.
pub async fn members_set(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, members: &[Member]) -> Result<()> {
    owned(ctx, &find(ctx, tx, id).await?)?;
    touch(ctx, tx, id, revision).await?;
    clear(ctx, tx, "team_member", id).await?;
    let columns =
        ["commune_id", "id", "team_id", "person_id", "name", "title", "duty", "position", "since", "until"];
    let rows = members.iter().zip(1i64..).map(|(member, position)| {
        vec![
            ctx.commune.into(),
            ctx.new_id().into(),
            id.into(),
            member.person_id.into(),
            vntext::clean(&member.name).into(),
            vntext::clean(&member.title).into(),
            vntext::clean(&member.duty).into(),
            position.into(),
            member.since.into(),
            member.until.into(),
        ]
    });
    insert_many(tx, "team_member", &columns, rows, "").await?;
    let detail = json!({ "members": members.len() });
    audit::record(ctx, tx, Entry { action: "team.members", kind: "team", id, detail }).await
}

/// Writes the whole work plan, in its order.
pub async fn plan_set(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, lines: &[PlanLine]) -> Result<()> {
    owned(ctx, &find(ctx, tx, id).await?)?;
    touch(ctx, tx, id, revision).await?;
    clear(ctx, tx, "team_plan_line", id).await?;
    let columns = ["commune_id", "id", "team_id", "position", "task", "who", "due_on", "done_on"];
    let rows = lines.iter().zip(1i64..).map(|(line, position)| {
        vec![
            ctx.commune.into(),
            ctx.new_id().into(),
            id.into(),
            position.into(),
            vntext::clean(&line.task).into(),
            vntext::clean(&line.who).into(),
            line.due_on.into(),
            line.done_on.into(),
        ]
    });
    insert_many(tx, "team_plan_line", &columns, rows, "").await?;
    let detail = json!({ "lines": lines.len() });
    audit::record(ctx, tx, Entry { action: "team.plan", kind: "team", id, detail }).await
}

/// Seeing a team of the whole commune is not writing it.
fn owned(ctx: &Ctx, team: &Team) -> Result<()> {
    if team.village_id.is_some() || ctx.scope.whole() { Ok(()) } else { Err(Error::not_found()) }
}

async fn touch(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<()> {
    let done =
        sql("UPDATE team SET revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3")
            .bind(ctx.commune)
            .bind(id)
            .bind(revision)
            .run(tx)
            .await?;
    if done == 0 { Err(changed_meanwhile()) } else { Ok(()) }
}

async fn clear(ctx: &Ctx, tx: &Tx, table: &str, team: Uuid) -> Result<()> {
    sql(format!("DELETE FROM {table} WHERE commune_id = $1 AND team_id = $2"))
        .bind(ctx.commune)
        .bind(team)
        .run(tx)
        .await?;
    Ok(())
}

fn entry(id: Uuid, code: &str, name: &str, facts: &TeamFacts) -> search::Entry {
    search::Entry {
        id,
        kind: "team",
        title: name.to_owned(),
        subtitle: facts.decision_no.clone(),
        url: format!("/lam-viec/ban-to/{id}"),
        words: format!("{code} {}", code.replace('-', "")),
        places: facts.village_id.map(|id| Place::new("village", id)).into_iter().collect(),
    }
}
