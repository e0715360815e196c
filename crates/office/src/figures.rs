//! Numbers that are counted from documents, work files and directives.

use crate::{group, incoming, mailbox, outgoing, plan, task, workfile};
use figures::{Base, Figure, FigureSet, Kind, Shown};
use platform::{Ctx, Lang, Result, Uuid, i18n};
use std::borrow::Cow;

pub(crate) const DOCUMENTS: &str = "office.document";
pub(crate) const WORK_FILES: &str = "office.work-file";
pub(crate) const TASKS: &str = "office.task";
pub(crate) const STAFF: &str = "office.staff";
pub(crate) const PLANS: &str = "office.plan";
pub(crate) const GROUPS: &str = "office.group";

/// Plans and resolutions that are carried out here, issued by the end of the day.
const PLANS_ON: &str = "(SELECT p.id AS id, NULL AS unit_id, p.kind AS kind, p.issued_on AS issued_on, \
    p.first_year AS first_year, p.last_year AS last_year FROM office_plan p \
    WHERE p.commune_id = $1 AND p.kind <> 'plan' AND p.issued_on <= $2)";

/// Work groups that were in use at the end of the day.
const GROUPS_ON: &str = "(SELECT w.id AS id, NULL AS unit_id, w.platform AS platform FROM work_group w \
    WHERE w.commune_id = $1 AND w.opened_on <= $2 AND (w.ended_on IS NULL OR w.ended_on > $2))";

/// Documents that stood in a book by the end of the day. `decided`: by then a leader had directed, settled or approved it here.
/// `axis`: it came over the interconnection axis, or an agency to which it went by it has it. What is secret is never here.
const DOCUMENTS_ON: &str = "(SELECT i.id AS id, NULL AS unit_id, \
    (i.decided_on IS NOT NULL AND i.decided_on <= $2) AS decided, (i.channel = 'edxml') AS axis \
    FROM incoming_document i WHERE i.commune_id = $1 AND i.registered_on <= $2 \
    UNION ALL SELECT o.id AS id, NULL AS unit_id, (o.approved_at IS NOT NULL) AS decided, \
    (EXISTS (SELECT 1 FROM outgoing_recipient r WHERE r.commune_id = $1 AND r.document_id = o.id \
    AND r.delivery IN ('arrived', 'received', 'assigned', 'working', 'done'))) AS axis \
    FROM outgoing_document o WHERE o.commune_id = $1 AND o.numbered_on <= $2)";

/// Work files that had been opened by the end of the day. `online`: no sheet of paper belonged to it by then.
const WORK_FILES_ON: &str = "(SELECT f.id AS id, NULL AS unit_id, (NOT EXISTS (SELECT 1 FROM work_file_item p \
    WHERE p.commune_id = $1 AND p.file_id = f.id AND p.kind = 'paper' AND p.added_on <= $2)) AS online \
    FROM work_file f WHERE f.commune_id = $1 AND f.opened_on <= $2)";

/// Directives that had been given by the end of the day and were not cancelled since. `acknowledged`: by then everybody who has to do
/// something had said so. `due`: the deadline was over or the main doer had done it; `in_time`: done by the deadline.
const TASKS_ON: &str = "(SELECT t.id AS id, NULL AS unit_id, (NOT EXISTS (SELECT 1 FROM task_part p \
    WHERE p.commune_id = $1 AND p.task_id = t.id AND p.duty <> 'inform' \
    AND (p.acknowledged_on IS NULL OR p.acknowledged_on > $2))) AS acknowledged, \
    (t.due_on IS NOT NULL AND (t.due_on < $2 OR EXISTS (SELECT 1 FROM task_part d WHERE d.commune_id = $1 \
    AND d.task_id = t.id AND d.duty = 'main' AND d.done_on <= $2))) AS due, \
    (EXISTS (SELECT 1 FROM task_part m WHERE m.commune_id = $1 AND m.task_id = t.id AND m.duty = 'main' \
    AND m.done_on <= t.due_on AND m.done_on <= $2)) AS in_time \
    FROM task t WHERE t.commune_id = $1 AND t.assigned_on <= $2 AND t.state <> 'cancelled')";

/// Officials: whoever held a role for the whole commune on the day. `official`: by then they had confirmed an address in the common
/// official mail, by a code that was sent there, and still had it.
fn staff_on() -> String {
    format!(
        "(SELECT s.id AS id, NULL AS unit_id, (EXISTS (SELECT 1 FROM mail_official m WHERE m.commune_id = $1 \
         AND m.account_id = s.id AND m.confirmed_on <= $2 AND (m.ended_on IS NULL OR m.ended_on > $2))) AS official \
         FROM {} s)",
        identity::STAFF_ON
    )
}

pub(crate) fn set() -> FigureSet {
    i18n::load("office-figures", Lang::Vi, include_str!("../locales/figures.vi.ftl"));
    i18n::load("office-figures", Lang::En, include_str!("../locales/figures.en.ftl"));
    let base = |name, on| Base { name, on: Cow::Borrowed(on), now: None, show: None };
    let share = |base, part| Kind::Share { base, whole: "1 = 1", part };
    let exchanged = Kind::Exists { base: DOCUMENTS, only: "axis" };
    let pilot = |column| Kind::First { base: PLANS, column, only: "kind = 'pilot'" };
    let figure = |key, unit, kind| Figure::new(key, unit, kind).group("figures-group-documents");
    FigureSet {
        area: "office",
        bases: vec![
            Base { show: Some(|ctx, ids| Box::pin(documents(ctx, ids))), ..base(DOCUMENTS, DOCUMENTS_ON) },
            Base {
                show: Some(|ctx, ids| Box::pin(workfile::shown(ctx, ids))),
                ..base(WORK_FILES, WORK_FILES_ON)
            },
            Base { show: Some(|ctx, ids| Box::pin(tasks(ctx, ids))), ..base(TASKS, TASKS_ON) },
            Base { show: Some(|ctx, ids| Box::pin(plans(ctx, ids))), ..base(PLANS, PLANS_ON) },
            Base { show: Some(|ctx, ids| Box::pin(groups(ctx, ids))), ..base(GROUPS, GROUPS_ON) },
            Base {
                name: STAFF,
                on: Cow::Owned(staff_on()),
                now: None,
                show: Some(|ctx, ids| Box::pin(mailbox::shown(ctx, ids))),
            },
        ],
        figures: vec![
            figure("documents_on_software_pct", "percent", share(DOCUMENTS, "decided")),
            figure("documents_exchanged_electronically", "boolean", exchanged),
            figure("work_files_online_pct", "percent", share(WORK_FILES, "online")),
            figure("directives_acknowledged_pct", "percent", share(TASKS, "acknowledged")),
            figure(
                "directives_in_time_pct",
                "percent",
                Kind::Share { base: TASKS, whole: "due", part: "in_time" },
            ),
            figure("staff_shared_mail_pct", "percent", share(STAFF, "official")),
            figure("plan_263_date", "date", pilot("issued_on")),
            figure("pilot_start_year", "year", pilot("first_year")),
            figure("pilot_end_year", "year", pilot("last_year")),
            figure(
                "party_thematic_resolution",
                "document",
                Kind::Count { base: PLANS, only: "kind = 'resolution'" },
            ),
            figure(
                "work_group_platforms",
                "platform",
                Kind::Distinct { base: GROUPS, column: "platform", only: "1 = 1" },
            ),
        ],
    }
}

/// Documents behind a figure, as far as the reader may see them.
async fn documents(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let within = Ctx { scope: ctx.scope_of("incoming.show"), ..ctx.clone() };
    let incoming = incoming::by_ids(&within, ids.to_vec()).await?;
    let mut shown: Vec<Shown> = incoming
        .into_iter()
        .map(|one| Shown {
            id: one.id,
            title: one.title().to_owned(),
            subtitle: format!("{} · {}", one.facts.symbol(), one.facts.sender_name),
            url: one.path(),
        })
        .collect();
    if ctx.may("outgoing.list") {
        let outgoing = outgoing::by_ids(ctx, ids.to_vec()).await?;
        shown.extend(outgoing.into_iter().map(|one| Shown {
            id: one.id,
            title: one.subject.clone(),
            subtitle: one.full_number(),
            url: one.path(),
        }));
    }
    Ok(shown)
}

/// Directives behind a figure, as far as the reader may see them.
async fn tasks(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    if !ctx.may("task.mine") {
        return Ok(Vec::new());
    }
    let found = task::by_ids(ctx, ids).await?;
    let line = |one: task::Task| Shown {
        id: one.id,
        title: one.title.clone(),
        subtitle: one.code.clone(),
        url: one.path(),
    };
    Ok(found.into_iter().map(line).collect())
}

async fn plans(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    if !ctx.may("plan.list") {
        return Ok(Vec::new());
    }
    let line = |one: plan::Plan| Shown {
        id: one.id,
        url: one.path(),
        subtitle: one.symbol.clone(),
        title: one.title,
    };
    Ok(plan::by_ids(ctx, ids.to_vec()).await?.into_iter().map(line).collect())
}

async fn groups(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    if !ctx.may("workgroup.list") {
        return Ok(Vec::new());
    }
    let line = |one: group::Group| Shown {
        id: one.id,
        title: one.name,
        subtitle: ctx.t().t(one.platform.text_key()),
        url: group::PATH.to_owned(),
    };
    Ok(group::by_ids(ctx, ids).await?.into_iter().map(line).collect())
}
