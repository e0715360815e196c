//! Templates of the commune's papers: `data/results`. The text of an official paper is Vietnamese, whatever the drafter
//! reads.

use crate::dossier::Dossier;
use crate::form::model::Words;
use crate::procedure::Procedure;
use platform::law::InForce;
use platform::{Ctx, Error, Lang, Result};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;
use units::Kind;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Template {
    pub name: Words,
    pub heading: String,
    pub symbol: String,
    pub book: String,
    #[serde(default)]
    pub unverified: bool,
    #[serde(rename = "text")]
    pub texts: Vec<Text>,
}

/// The draft for one procedure, or for all.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text {
    pub procedure: Option<String>,
    pub subject: String,
    pub paragraphs: Vec<String>,
    #[serde(default)]
    pub receivers: Vec<String>,
}

/// A draft before anybody changed it.
pub(crate) struct Drafted {
    pub subject: String,
    pub body: String,
    pub receivers: String,
}

/// The template of a procedure in force today; none when the procedure names none.
///
/// # Errors
/// A name without a file, or a file that does not fit.
pub(crate) fn of(ctx: &Ctx, procedure: &Procedure) -> Result<Option<InForce<Arc<Template>>>> {
    procedure.result_template.as_deref().map(|name| named(ctx, name)).transpose()
}

fn named(ctx: &Ctx, name: &str) -> Result<InForce<Arc<Template>>> {
    ctx.app.law.in_force(&format!("results/{name}"), ctx.today())
}

/// The version with which a paper was begun.
pub(crate) fn begun(ctx: &Ctx, name: &str, from: chrono::NaiveDate) -> Result<Arc<Template>> {
    Ok(ctx.app.law.in_force(&format!("results/{name}"), from)?.content)
}

impl Template {
    fn text(&self, procedure: &str) -> Option<&Text> {
        let own = self.texts.iter().find(|text| text.procedure.as_deref() == Some(procedure));
        own.or_else(|| self.texts.iter().find(|text| text.procedure.is_none()))
    }

    /// The draft about a dossier.
    ///
    /// # Errors
    /// A template without a text for this procedure.
    pub async fn draft(&self, ctx: &Ctx, procedure: &Procedure, dossier: &Dossier) -> Result<Drafted> {
        let text = self.text(&procedure.code).ok_or_else(|| Error::internal("a template without a text"))?;
        let known = words(ctx, procedure, dossier).await?;
        let paragraphs = text.paragraphs.iter().filter_map(|one| filled(one, &known));
        let receivers = text.receivers.iter().filter_map(|one| filled(one, &known));
        Ok(Drafted {
            subject: filled(&text.subject, &known).unwrap_or_default(),
            body: paragraphs.collect::<Vec<_>>().join("\n"),
            receivers: receivers.collect::<Vec<_>>().join("\n"),
        })
    }
}

/// The commune with its level: "xã Gia Phú".
pub(crate) async fn commune(ctx: &Ctx) -> Result<String> {
    let name = units::list(ctx, Kind::Commune, ctx.today()).await?.into_iter().next().map(|unit| unit.name);
    let name = name.ok_or_else(|| Error::internal("no unit of the commune"))?;
    Ok(typeset::decree30::commune(&name))
}

/// What may stand in braces.
async fn words(ctx: &Ctx, procedure: &Procedure, dossier: &Dossier) -> Result<HashMap<String, String>> {
    let official = Ctx { lang: Lang::Vi, ..ctx.clone() };
    let mut known = HashMap::new();
    if let Some(form) = &procedure.form {
        for field in form.sections.iter().flat_map(|section| &section.fields) {
            if let Some(value) = dossier.answers.get(&field.key) {
                let shown = crate::form::view::shown_value(&official, field, value)?;
                known.insert(field.key.clone(), shown);
            }
        }
    }
    let day = platform::clock::local_date(dossier.submitted_at);
    for (name, value) in [
        ("commune", commune(ctx).await?),
        ("applicant", dossier.applicant_name.clone()),
        ("code", dossier.code.clone()),
        ("submitted", vntext::date(day)),
        ("procedure", lower_first(procedure.name.of(Lang::Vi))),
        ("subject", dossier.subject.clone()),
    ] {
        known.insert(name.to_owned(), value);
    }
    Ok(known)
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The paragraph with its words put in; none when it asked for some and none of them is known. On one line: each line of
/// a draft is a paragraph.
fn filled(paragraph: &str, known: &HashMap<String, String>) -> Option<String> {
    let mut text = String::new();
    let (mut asked, mut found) = (0, 0);
    for part in parts(paragraph) {
        match part {
            Part::Plain(plain) => text.push_str(plain),
            Part::Word(word) => {
                asked += 1;
                let value = known.get(word).map(|value| value.trim()).filter(|value| !value.is_empty());
                found += usize::from(value.is_some());
                text.push_str(value.unwrap_or("…"));
            }
        }
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (asked == 0 || found > 0).then_some(line)
}

enum Part<'t> {
    Plain(&'t str),
    Word(&'t str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        parts.push(Part::Plain(before));
        let (word, after) = after.split_once('}').unwrap_or((after, ""));
        parts.push(Part::Word(word));
        rest = after;
    }
    parts.push(Part::Plain(rest));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_without_an_answer_is_left_out() {
        let known =
            HashMap::from([("a".to_owned(), "Lý A\n Pao".to_owned()), ("b".to_owned(), " ".to_owned())]);
        assert_eq!(filled("Cháu {a}, nơi sinh {b}.", &known).unwrap(), "Cháu Lý A Pao, nơi sinh ….");
        assert_eq!(filled("Cha: {b}, {c}.", &known), None);
        assert_eq!(filled("Không có gì.", &known).unwrap(), "Không có gì.");
    }

    /// Every word in braces of every built-in template is a field of its procedure, or one that all dossiers have.
    #[test]
    fn every_built_in_template_knows_its_words() {
        let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
        let common = ["commune", "applicant", "code", "submitted", "procedure", "subject"];
        let read = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
        let mut seen = 0;
        for folder in
            std::fs::read_dir(data.join("results")).unwrap().flatten().filter(|one| one.path().is_dir())
        {
            for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
                let template: Template = toml::from_str(&read(&file.path())).unwrap();
                assert!(
                    template.unverified
                        && !template.book.is_empty()
                        && !template.name.of(Lang::En).is_empty()
                );
                assert!(template.texts.iter().any(|text| text.procedure.is_none()), "{:?}", file.path());
                for text in &template.texts {
                    let procedure = text.procedure.as_ref().map(|code| {
                        let path = data.join("procedures").join(code).join("2026-01-01.toml");
                        crate::procedure::file::parse(&read(&path)).unwrap()
                    });
                    let form = procedure.as_ref().and_then(|procedure| procedure.form.as_ref());
                    let all = text.paragraphs.iter().chain(&text.receivers).chain([&text.subject]);
                    for part in all.flat_map(|one| parts(one)) {
                        let Part::Word(word) = part else { continue };
                        let field = form.and_then(|form| form.field(word)).is_some();
                        assert!(field || common.contains(&word), "{:?}: {{{word}}}", file.path());
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 30);
    }
}
