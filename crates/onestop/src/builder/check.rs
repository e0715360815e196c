//! What keeps a working copy from being in force, each thing with the place where it is mended.

use super::place::{List, Place};
use super::write::write;
use crate::form::model::{When, Widget, Words};
use crate::procedure::Procedure;
use crate::procedure::file;
use crate::procedure::model::{Does, Kind};
use platform::Message;
use serde_json::Value;

/// Something that is missing or wrong.
#[derive(Debug, Clone)]
pub struct Fault {
    pub place: Place,
    /// The input there; `""` where no single one is meant.
    pub input: &'static str,
    pub message: Message,
}

/// Everything that is wrong. `known` are the fields of administration.
pub fn faults(one: &Procedure, known: &[(String, String)]) -> Vec<Fault> {
    let mut all = Faults(Vec::new());
    general(one, known, &mut all);
    steps(one, &mut all);
    form(one, &mut all);
    if all.0.is_empty() {
        // The reader of files has the last word.
        let written = write(one);
        let found = file::parse(&written.text).err().unwrap_or_default();
        all.0.extend(found.into_iter().map(|fault| Fault {
            place: written.places.get(fault.line.saturating_sub(1)).cloned().unwrap_or(Place::General),
            input: "",
            message: fault.reason,
        }));
    }
    all.0
}

struct Faults(Vec<Fault>);

impl Faults {
    fn unless(&mut self, right: bool, place: Place, input: &'static str, message: impl Into<Message>) {
        if !right {
            self.0.push(Fault { place, input, message: message.into() });
        }
    }
}

fn general(one: &Procedure, known: &[(String, String)], all: &mut Faults) {
    let empty = |words: &Words| words.vi.trim().is_empty();
    for (words, input) in [
        (&one.name, "ten-vi"),
        (&one.summary, "tom-tat-vi"),
        (&one.for_whom, "cho-ai-vi"),
        (&one.result, "ket-qua-vi"),
    ] {
        all.unless(!empty(words), Place::General, input, named(input));
    }
    let field = known.iter().any(|(code, _)| *code == one.field);
    all.unless(field, Place::General, "linh-vuc", "onestop-build-no-field");
    all.unless(!one.applicants.is_empty(), Place::General, "ai-citizen", "onestop-build-no-applicant");
    let doors = one.kind == Kind::Guide || !one.channels.is_empty();
    all.unless(doors, Place::General, "kenh-national-portal", "onestop-build-no-channel");
    let issued = one.kind != Kind::WorkingCopy || one.system.is_some();
    all.unless(issued, Place::General, "he-thong-vi", "onestop-build-no-system");
    let told = !matches!(one.kind, Kind::Guide | Kind::Appointment) || one.place.is_some();
    all.unless(told, Place::General, "noi-lam-vi", "onestop-build-no-place");
}

fn named(input: &str) -> &'static str {
    match input {
        "ten-vi" => "onestop-build-no-name",
        "tom-tat-vi" => "onestop-build-no-summary",
        "cho-ai-vi" => "onestop-build-no-for-whom",
        _ => "onestop-build-no-result",
    }
}

/// A dossier is received first and returned last; a guide has no steps.
fn steps(one: &Procedure, all: &mut Faults) {
    if one.kind == Kind::Guide && one.steps.is_empty() {
        return;
    }
    let place = || Place::New(List::Step, String::new());
    let (Some(first), Some(last)) = (one.steps.first(), one.steps.last()) else {
        all.unless(false, place(), "", "onestop-build-no-steps");
        return;
    };
    let at = |key: &str| Place::Row(List::Step, key.to_owned());
    all.unless(first.does == Does::Receive, at(&first.key), "viec-lam", "onestop-build-first-step");
    all.unless(last.does == Does::Return, at(&last.key), "viec-lam", "onestop-build-last-step");
}

fn form(one: &Procedure, all: &mut Faults) {
    for paper in &one.papers {
        let place = || Place::Row(List::Paper, paper.key.clone());
        paper.when.iter().for_each(|when| depends(one, when, place(), all));
    }
    let Some(form) = &one.form else { return };
    let first = || Place::New(List::Section, String::new());
    all.unless(!form.sections.is_empty(), first(), "", "onestop-build-no-sections");
    // A dossier has the name of somebody.
    let named = form.field("applicant_name").is_some();
    all.unless(form.sections.is_empty() || named, first(), "", "onestop-build-no-applicant-name");
    for section in &form.sections {
        let place = || Place::Row(List::Section, section.key.clone());
        all.unless(!section.fields.is_empty(), place(), "", "onestop-build-no-fields");
        section.when.iter().for_each(|when| depends(one, when, place(), all));
        for field in &section.fields {
            let place = || Place::Row(List::Field, field.key.clone());
            field.when.iter().for_each(|when| depends(one, when, place(), all));
            let choices = field.widget != Widget::Choice || field.list.is_some() || !field.choices.is_empty();
            all.unless(choices, place(), "lua-chon", "onestop-build-choices-empty");
        }
    }
}

/// What is only asked after an answer that nobody can give is never asked.
fn depends(one: &Procedure, when: &When, place: Place, all: &mut Faults) {
    let asked = one.form.as_ref().and_then(|form| form.field(&when.field));
    let possible = asked.is_some_and(|field| match (field.widget, &when.is) {
        (Widget::YesNo, is) => is.is_boolean(),
        (Widget::Choice, Value::String(is)) => {
            field.list.is_some() || field.choices.iter().any(|choice| choice.value == *is)
        }
        (Widget::Choice, _) => false,
        _ => true,
    });
    all.unless(possible, place, "khi", "onestop-build-when-gone");
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::edit;
    use super::super::place::keys;
    use super::super::typed::Say;
    use super::super::working::Working;
    use super::*;
    use platform::Lang;
    use platform::http::Form;
    use ui::form::Look;

    /// Every file of the program, as the builder takes it up.
    fn built_in() -> Vec<(String, Procedure)> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/procedures");
        let folders =
            std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()).filter(|one| one.is_dir());
        let files =
            folders.flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()));
        files
            .map(|file| {
                (file.display().to_string(), file::parse(&std::fs::read_to_string(&file).unwrap()).unwrap())
            })
            .collect()
    }

    fn known(all: &[(String, Procedure)]) -> Vec<(String, String)> {
        all.iter().map(|(_, one)| (one.field.clone(), one.field.clone())).collect()
    }

    #[test]
    fn every_built_in_file_is_the_same_after_it_was_read_and_written() {
        let all = built_in();
        assert!(all.len() >= 47, "{}", all.len());
        for (file, one) in &all {
            let written = write(&Working::new(one.clone()).procedure);
            assert_eq!(written.text.lines().count(), written.places.len(), "{file}");
            let again = file::parse(&written.text)
                .unwrap_or_else(|wrong| panic!("{file}: {wrong:?}\n{}", written.text));
            assert_eq!(again, *one, "{file}");
        }
    }

    #[test]
    fn every_page_of_a_built_in_file_gives_back_what_it_shows() {
        let all = built_in();
        let say = Say { word: &|key| key.to_owned(), lang: Lang::Vi, fields: known(&all) };
        let mut pages = 0;
        for (file, one) in &all {
            let one = Working::new(one.clone()).procedure;
            let rows = List::ALL
                .into_iter()
                .flat_map(|list| keys(&one, list).into_iter().map(move |key| Place::Row(list, key)));
            for place in std::iter::once(Place::General).chain(rows) {
                let inputs = edit::inputs(&say, &one, &place).unwrap();
                let asked =
                    inputs.iter().filter(|input| input.look != Look::Heading && !input.value.is_empty());
                let typed = Form::from_pairs(asked.map(|input| (input.name.clone(), input.value.clone())));
                let (same, at) = edit::apply(&say, &one, &place, &typed)
                    .unwrap_or_else(|wrong| panic!("{file} {place:?}: {wrong}"));
                assert_eq!(same, one, "{file} {place:?}");
                assert_eq!(at, place, "{file}");
                pages += 1;
            }
        }
        assert!(pages > 1_000, "{pages}");
    }

    #[test]
    fn built_in_files_have_no_faults() {
        let all = built_in();
        for (file, one) in &all {
            let found = faults(&Working::new(one.clone()).procedure, &known(&all));
            assert!(found.is_empty(), "{file}: {found:?}");
        }
    }

    #[test]
    fn a_fault_of_the_file_is_told_at_its_place() {
        let (_, birth) = built_in().into_iter().find(|(_, one)| one.code == "1.001193").unwrap();
        let known = vec![(birth.field.clone(), String::new())];
        let mut wrong = birth.clone();
        let form = wrong.form.as_mut().unwrap();
        form.schema["properties"]["applicant_number"]["pattern"] = "([".into();
        let found = faults(&wrong, &known);
        assert!(
            !found.is_empty() && found.iter().all(|one| one.message.key == "onestop-file-schema"),
            "{found:?}"
        );
        let mut wrong = birth.clone();
        wrong.form.as_mut().unwrap().schema["properties"]["child_name"] =
            serde_json::json!({ "type": "string" });
        let found = faults(&wrong, &known);
        assert_eq!(found[0].message.key, "onestop-file-endless");
        let here = |place: &Place| {
            *place == Place::Row(List::Field, "child_name".into()) || *place == Place::General
        };
        assert!(here(&found[0].place), "{found:?}");
    }
}
