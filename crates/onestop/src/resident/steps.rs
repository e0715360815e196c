//! The steps of a form, as these answers ask for them, and as they stand in addresses.

use crate::dossier::asked_papers;
use crate::form::model::Answers;
use crate::procedure::Procedure;
use platform::Ctx;

/// A step of the form: a section, then the papers, then everything once more before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Section(usize),
    Papers,
    Review,
}

/// The steps that these answers ask for.
pub(super) fn steps(procedure: &Procedure, answers: &Answers) -> Vec<Step> {
    let sections = procedure.form.iter().flat_map(|form| form.sections.iter().enumerate());
    let mut steps: Vec<Step> =
        sections.filter(|(_, section)| section.shown(answers)).map(|(at, _)| Step::Section(at)).collect();
    if !asked_papers(procedure, answers, true).is_empty() {
        steps.push(Step::Papers);
    }
    steps.push(Step::Review);
    steps
}

pub(super) fn labels(ctx: &Ctx, procedure: &Procedure, steps: &[Step]) -> Vec<String> {
    let t = ctx.t();
    let name = |step: &Step| match step {
        Step::Section(at) => procedure
            .form
            .as_ref()
            .and_then(|form| form.sections.get(*at))
            .map(|section| section.title.of(ctx.lang).to_owned())
            .unwrap_or_default(),
        Step::Papers => t.t("onestop-papers"),
        Step::Review => t.t("onestop-review"),
    };
    steps.iter().map(name).collect()
}

/// A step as it stands in an address.
pub(super) fn word(step: Step) -> String {
    match step {
        Step::Section(at) => at.to_string(),
        Step::Papers => "giay".to_owned(),
        Step::Review => "xem-lai".to_owned(),
    }
}

pub(super) fn parse(text: &str) -> Option<Step> {
    match text {
        "giay" => Some(Step::Papers),
        "xem-lai" => Some(Step::Review),
        at => at.parse().ok().map(Step::Section),
    }
}

pub(super) fn after(procedure: &Procedure, answers: &Answers, step: Step) -> Step {
    let steps = steps(procedure, answers);
    let at = steps.iter().position(|one| *one == step).map_or(0, |at| at + 1);
    steps.get(at).copied().unwrap_or(Step::Review)
}

pub(super) fn before(procedure: &Procedure, answers: &Answers, step: Step) -> Option<Step> {
    let steps = steps(procedure, answers);
    let at = steps.iter().position(|one| *one == step)?;
    steps.get(at.checked_sub(1)?).copied()
}
