//! Legal bases, fees, papers and steps: one page each.

use super::place::{List, key_of, keys};
use super::typed::{Say, Typed, pair_line};
use crate::form::model::{Form, Widget};
use crate::procedure::Procedure;
use crate::procedure::model::{Does, Fee, Legal, Paper, PaperKind, Per, SetBy, Step, StepRole};
use ui::form::{Input, Look};

const LARGEST_SUM: i64 = 1_000_000_000;
/// Working hours of a quarter of a year.
const LONGEST_STEP: i64 = 500;
const INSTEAD: [(&str, &str); 2] =
    [("person", "onestop-build-instead-person"), ("household", "onestop-build-instead-household")];

pub fn legal_inputs(say: &Say, one: Option<&Legal>) -> Vec<Input> {
    vec![
        say.help(Look::Area, "van-ban", "onestop-build-law").value(one.map_or("", |law| &law.text)),
        say.tick("chua-doi-chieu", "onestop-build-unverified", one.is_none_or(|law| law.unverified)),
    ]
}

pub fn legal_apply(typed: &mut Typed, one: &mut Legal) {
    typed.must("van-ban", &mut one.text);
    typed.tick("chua-doi-chieu", &mut one.unverified);
}

/// The fields by which a fee is counted.
fn counters(form: Option<&Form>) -> impl Iterator<Item = (&str, &crate::form::model::Words)> {
    let fields = form.into_iter().flat_map(Form::fields).filter(|field| field.widget == Widget::Number);
    fields.map(|field| (field.key.as_str(), &field.label))
}

pub fn fee_inputs(say: &Say, form: Option<&Form>, one: Option<&Fee>) -> Vec<Input> {
    let mut all = say.words(Look::Text, "ten", "onestop-build-fee-name", one.map(|fee| &fee.name)).to_vec();
    let sum = one.and_then(|fee| fee.vnd).map(|sum| sum.to_string()).unwrap_or_default();
    all.push(say.help(Look::Number, "so-tien", "onestop-build-sum").value(sum).optional());
    let per: Vec<_> = Per::ALL.iter().map(|per| (per.code(), per.text_key())).collect();
    all.push(say.choice("tinh-theo", "onestop-build-per", &per, one.map_or("case", |fee| fee.per.code())));
    let count: Vec<(String, String)> =
        counters(form).map(|(key, label)| (key.to_owned(), label.of(say.lang).to_owned())).collect();
    let counted = one.map_or("", |fee| &fee.key);
    let counted = count.iter().find(|(key, _)| key == counted).map_or("", |(key, _)| key).to_owned();
    let by = say.help(Look::Select, "dem-theo", "onestop-build-counted").among(count).value(counted);
    all.push(by.optional().empty(say.t("onestop-build-nothing")));
    let who: Vec<_> = SetBy::ALL.iter().map(|who| (who.code(), who.text_key())).collect();
    all.push(say.choice(
        "ai-quy-dinh",
        "onestop-build-set-by",
        &who,
        one.map_or("law", |fee| fee.set_by.code()),
    ));
    let waived: Vec<String> = one.iter().flat_map(|fee| &fee.waived).map(pair_line).collect();
    all.push(say.help(Look::Area, "mien-giam", "onestop-build-waived").value(waived.join("\n")).optional());
    all.extend(say.maybe_words(
        Look::Area,
        "ghi-chu",
        "onestop-build-note",
        one.and_then(|fee| fee.note.as_ref()),
    ));
    all.push(say.tick("khong-tu-tinh", "onestop-build-fee-optional", one.is_some_and(|fee| fee.optional)));
    all.push(say.tick("chua-doi-chieu", "onestop-build-unverified", one.is_some_and(|fee| fee.unverified)));
    all
}

pub fn fee_apply(typed: &mut Typed, procedure: &Procedure, one: &mut Fee) {
    typed.words("ten", &mut one.name);
    if let Some(sum) = typed.whole("so-tien", 0..=LARGEST_SUM) {
        one.vnd = sum;
    }
    typed.pick("tinh-theo", Per::parse, &mut one.per);
    typed.pick("ai-quy-dinh", SetBy::parse, &mut one.set_by);
    if let Some(waived) = typed.pairs("mien-giam") {
        one.waived = waived;
    }
    typed.maybe_words("ghi-chu", &mut one.note);
    typed.tick("khong-tu-tinh", &mut one.optional);
    typed.tick("chua-doi-chieu", &mut one.unverified);
    let by = typed.text("dem-theo").unwrap_or_default().to_owned();
    let fields: Vec<String> = counters(procedure.form.as_ref()).map(|(key, _)| key.to_owned()).collect();
    let others: Vec<String> =
        keys(procedure, List::Fee).into_iter().filter(|key| *key != one.key).chain(fields.clone()).collect();
    if by.is_empty() {
        // A fee whose key is no field's is counted once.
        if one.key.is_empty() || fields.contains(&one.key) {
            one.key = key_of(&one.name.vi, '_', &others);
        }
    } else if by != one.key {
        if !fields.contains(&by) {
            typed.refuse("dem-theo", "error-choose");
        } else if procedure.fees.iter().any(|fee| fee.key == by) {
            typed.refuse("dem-theo", "onestop-build-counted-twice");
        }
        one.key = by;
    }
    if one.vnd.is_none() && one.set_by == SetBy::Law {
        typed.refuse("so-tien", "onestop-build-sum-empty");
    }
}

pub fn paper_inputs(say: &Say, form: Option<&Form>, one: Option<&Paper>) -> Vec<Input> {
    let mut all =
        say.words(Look::Text, "ten", "onestop-build-paper-name", one.map(|paper| &paper.name)).to_vec();
    let kinds: Vec<_> = PaperKind::ALL.iter().map(|kind| (kind.code(), kind.text_key())).collect();
    all.push(say.choice(
        "loai",
        "onestop-build-paper-kind",
        &kinds,
        one.map_or("copy", |paper| paper.kind.code()),
    ));
    let copies = one.map_or(1, |paper| paper.copies).to_string();
    all.push(say.input(Look::Number, "so-ban", "onestop-build-copies").value(copies));
    all.push(say.tick("bat-buoc", "onestop-build-paper-required", one.is_none_or(|paper| paper.required)));
    all.extend(say.maybe_words(
        Look::Area,
        "ghi-chu",
        "onestop-build-note",
        one.and_then(|paper| paper.note.as_ref()),
    ));
    all.push(say.when(form, &[], one.and_then(|paper| paper.when.as_ref())));
    let instead = one.and_then(|paper| paper.instead.as_deref()).unwrap_or_default();
    let mut known = INSTEAD.to_vec();
    if !instead.is_empty() && !known.iter().any(|(code, _)| *code == instead) {
        known.push((instead, "onestop-build-instead-other"));
    }
    let input = say.choice("thay-bang", "onestop-build-instead", &known, instead).optional();
    all.push(input.empty(say.t("onestop-build-nothing")));
    all.push(say.tick(
        "chua-doi-chieu",
        "onestop-build-unverified",
        one.is_some_and(|paper| paper.unverified),
    ));
    all
}

pub fn paper_apply(typed: &mut Typed, procedure: &Procedure, one: &mut Paper) {
    typed.words("ten", &mut one.name);
    typed.pick("loai", PaperKind::parse, &mut one.kind);
    typed.small("so-ban", 1..=50, &mut one.copies);
    typed.tick("bat-buoc", &mut one.required);
    typed.maybe_words("ghi-chu", &mut one.note);
    typed.when(&mut one.when);
    let old = one.instead.clone();
    let known = |text: &str| {
        let known = INSTEAD.iter().any(|(code, _)| *code == text) || old.as_deref() == Some(text);
        known.then(|| text.to_owned())
    };
    typed.maybe_pick("thay-bang", known, &mut one.instead);
    typed.tick("chua-doi-chieu", &mut one.unverified);
    if one.key.is_empty() {
        one.key = key_of(&one.name.vi, '_', &keys(procedure, List::Paper));
    }
}

pub fn step_inputs(say: &Say, one: Option<&Step>) -> Vec<Input> {
    let mut all =
        say.words(Look::Text, "ten", "onestop-build-step-name", one.map(|step| &step.name)).to_vec();
    let roles: Vec<_> = StepRole::ALL.iter().map(|role| (role.code(), role.text_key())).collect();
    all.push(say.choice(
        "vai-tro",
        "onestop-build-role",
        &roles,
        one.map_or("specialist", |step| step.role.code()),
    ));
    let does: Vec<_> = Does::ALL.iter().map(|does| (does.code(), does.text_key())).collect();
    all.push(say.choice(
        "viec-lam",
        "onestop-build-does",
        &does,
        one.map_or("check", |step| step.does.code()),
    ));
    let hours = one.map_or(4, |step| step.hours).to_string();
    all.push(say.help(Look::Number, "gio", "onestop-build-hours").value(hours));
    all
}

pub fn step_apply(typed: &mut Typed, procedure: &Procedure, one: &mut Step) {
    typed.words("ten", &mut one.name);
    typed.pick("vai-tro", StepRole::parse, &mut one.role);
    typed.pick("viec-lam", Does::parse, &mut one.does);
    typed.small("gio", 0..=LONGEST_STEP, &mut one.hours);
    if one.key.is_empty() {
        one.key = key_of(&one.name.vi, '-', &keys(procedure, List::Step));
    }
}
