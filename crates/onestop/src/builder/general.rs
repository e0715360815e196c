//! The general part: what the procedure is, who may ask, where, how long.

use super::typed::{Say, Typed};
use crate::procedure::Procedure;
use crate::procedure::model::{Applicant, Channel, Effect, Kind, Limit, Online, Unit};
use chrono::NaiveTime;
use platform::Message;
use ui::form::{Input, Look};

/// Longer than any deadline of a law.
const LONGEST_LIMIT: i64 = 1_000;

pub fn inputs(say: &Say, one: &Procedure) -> Vec<Input> {
    let mut all = vec![say.head("onestop-build-what")];
    all.extend(say.words(Look::Text, "ten", "onestop-build-name", Some(&one.name)));
    all.extend(say.words(Look::Area, "tom-tat", "onestop-build-summary", Some(&one.summary)));
    let field = say.input(Look::Select, "linh-vuc", "onestop-field");
    all.push(field.among(say.fields.clone()).value(one.field.as_str()));
    all.push(say.help(Look::Area, "tu-khoa", "onestop-build-words").value(one.words.join("\n")).optional());
    all.push(say.head("onestop-build-who"));
    all.extend(
        Applicant::ALL
            .iter()
            .map(|who| say.tick(&tick("ai", who.code()), who.text_key(), one.applicants.contains(who))),
    );
    all.extend(say.words(Look::Area, "cho-ai", "onestop-for-whom", Some(&one.for_whom)));
    all.extend(say.words(Look::Area, "ket-qua", "onestop-result", Some(&one.result)));
    all.push(say.head("onestop-build-how"));
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| (kind.code(), kind.text_key())).collect();
    all.push(say.choice("cach-lam", "onestop-kind", &kinds, one.kind.code()));
    all.extend(say.maybe_words(Look::Text, "he-thong", "onestop-build-system", one.system.as_ref()));
    all.extend(say.maybe_words(Look::Area, "noi-lam", "onestop-where", one.place.as_ref()));
    let levels: Vec<_> = Online::ALL.iter().map(|level| (level.code(), level.text_key())).collect();
    all.push(say.choice("muc-do", "onestop-build-online", &levels, one.online.code()));
    all.push(say.head("onestop-channels"));
    all.extend(
        Channel::ALL
            .iter()
            .map(|door| say.tick(&tick("kenh", door.code()), door.text_key(), one.channels.contains(door))),
    );
    all.extend(time(say, one));
    all.extend(more(say, one));
    all
}

fn time(say: &Say, one: &Procedure) -> Vec<Input> {
    let limit = one.limit.as_ref();
    let units: Vec<_> = Unit::ALL.iter().map(|unit| (unit.code(), unit.text_key())).collect();
    let value = limit.map(|limit| limit.value.to_string()).unwrap_or_default();
    let until = one.same_day_until.map(|time| time.format("%H:%M").to_string()).unwrap_or_default();
    vec![
        say.head("onestop-time"),
        say.help(Look::Number, "han-so", "onestop-build-limit").value(value).optional(),
        say.choice(
            "han-don-vi",
            "onestop-build-unit",
            &units,
            limit.map_or("working-day", |limit| limit.unit.code()),
        ),
        say.tick("han-chua", "onestop-build-unverified", limit.is_some_and(|limit| limit.unverified)),
        say.help(Look::Text, "truoc-gio", "onestop-build-until").value(until).optional(),
    ]
}

fn more(say: &Say, one: &Procedure) -> Vec<Input> {
    let effects: Vec<_> = Effect::ALL.iter().map(|effect| (effect.code(), effect.text_key())).collect();
    let effect = say.choice("ghi-so", "onestop-build-effect", &effects, one.effect.map_or("", Effect::code));
    vec![
        say.head("onestop-build-more"),
        effect.optional().empty(say.t("onestop-build-nothing")),
        say.help(Look::Area, "lien-thong", "onestop-build-linked").value(one.linked.join("\n")).optional(),
        say.help(Look::Area, "nguon", "onestop-build-sources").value(one.sources.join("\n")).optional(),
        say.tick("chua-doi-chieu", "onestop-build-unverified-whole", one.unverified),
    ]
}

fn tick(family: &str, code: &str) -> String {
    format!("{family}-{code}")
}

pub fn apply(typed: &mut Typed, one: &mut Procedure, known: &[(String, String)]) {
    typed.words("ten", &mut one.name);
    typed.words("tom-tat", &mut one.summary);
    let field = |code: &str| known.iter().find(|(known, _)| known == code).map(|(code, _)| code.clone());
    typed.pick("linh-vuc", field, &mut one.field);
    one.words = typed.lines("tu-khoa").unwrap_or_default();
    let old = one.applicants.clone();
    one.applicants = ticked(typed, "ai", Applicant::ALL, &old, Applicant::code);
    typed.words("cho-ai", &mut one.for_whom);
    typed.words("ket-qua", &mut one.result);
    typed.pick("cach-lam", Kind::parse, &mut one.kind);
    typed.maybe_words("he-thong", &mut one.system);
    typed.maybe_words("noi-lam", &mut one.place);
    typed.pick("muc-do", Online::parse, &mut one.online);
    let old = one.channels.clone();
    one.channels = ticked(typed, "kenh", Channel::ALL, &old, Channel::code);
    apply_time(typed, one);
    typed.maybe_pick("ghi-so", Effect::parse, &mut one.effect);
    one.linked = typed.lines("lien-thong").unwrap_or_default();
    if let Some(wrong) = one.linked.iter().find(|code| !crate::procedure::file::code_is_right(code)) {
        typed.refuse("lien-thong", Message::new("onestop-file-code").with("value", wrong.as_str()));
    }
    one.sources = typed.lines("nguon").unwrap_or_default();
    typed.tick("chua-doi-chieu", &mut one.unverified);
}

/// What is ticked; what was there before keeps its order.
fn ticked<C: Copy + PartialEq>(
    typed: &Typed,
    family: &str,
    all: &[C],
    old: &[C],
    code: impl Fn(C) -> &'static str,
) -> Vec<C> {
    let is = |one: &C| {
        let mut set = false;
        typed.tick(&tick(family, code(*one)), &mut set);
        set
    };
    let stay = old.iter().copied().filter(is);
    stay.chain(all.iter().copied().filter(|one| !old.contains(one) && is(one))).collect()
}

fn apply_time(typed: &mut Typed, one: &mut Procedure) {
    let mut limit =
        one.limit.clone().unwrap_or(Limit { value: 1, unit: Unit::WorkingDay, unverified: false });
    typed.pick("han-don-vi", Unit::parse, &mut limit.unit);
    typed.tick("han-chua", &mut limit.unverified);
    match typed.whole("han-so", 1..=LONGEST_LIMIT) {
        Some(Some(value)) => {
            limit.value = u16::try_from(value).unwrap_or(limit.value);
            one.limit = Some(limit);
        }
        Some(None) => one.limit = None,
        None => {}
    }
    let hour = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
    match typed.text("truoc-gio").unwrap_or_default() {
        "" => one.same_day_until = None,
        text => match hour(text) {
            Some(time) => one.same_day_until = Some(time),
            None => typed.refuse("truoc-gio", "onestop-build-hour"),
        },
    }
}
