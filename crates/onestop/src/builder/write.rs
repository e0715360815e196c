//! Writing the file of a procedure, in the shape of `data/procedures`. Each line knows its place on the page, so that a
//! fault of the file is told where it is mended.

use super::place::{List, Place};
use crate::form::model::{Field, Form, Section, When, Words};
use crate::procedure::Procedure;
use crate::procedure::model::{Fee, Paper};
use serde_json::Value;

/// A written file.
pub struct Written {
    pub text: String,
    /// The place of each line.
    pub places: Vec<Place>,
}

/// The text that [`crate::procedure::file::parse`] reads as this procedure.
pub fn write(procedure: &Procedure) -> Written {
    let mut pen = Pen { text: String::new(), places: Vec::new(), here: Place::General };
    head(&mut pen, procedure);
    for fee in &procedure.fees {
        pen.table("fee", Place::Row(List::Fee, fee.key.clone()));
        write_fee(&mut pen, fee);
    }
    for paper in &procedure.papers {
        pen.table("paper", Place::Row(List::Paper, paper.key.clone()));
        write_paper(&mut pen, paper);
    }
    for step in &procedure.steps {
        pen.table("step", Place::Row(List::Step, step.key.clone()));
        pen.text("key", &step.key);
        pen.words("name", &step.name);
        pen.text("role", step.role.code());
        pen.text("does", step.does.code());
        pen.line("hours", step.hours);
    }
    if let Some(form) = &procedure.form {
        write_form(&mut pen, form);
    }
    Written { text: pen.text, places: pen.places }
}

struct Pen {
    text: String,
    places: Vec<Place>,
    here: Place,
}

impl Pen {
    fn raw(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.places.push(self.here.clone());
    }

    fn table(&mut self, name: &str, place: Place) {
        self.raw("");
        self.here = place;
        self.raw(&format!("[[{name}]]"));
    }

    fn line(&mut self, member: &str, value: impl std::fmt::Display) {
        self.raw(&format!("{member} = {value}"));
    }

    fn text(&mut self, member: &str, value: &str) {
        self.line(member, quoted(value));
    }

    fn words(&mut self, member: &str, words: &Words) {
        self.line(member, pair(words));
    }

    fn maybe(&mut self, member: &str, words: Option<&Words>) {
        words.into_iter().for_each(|words| self.words(member, words));
    }

    fn flag(&mut self, member: &str, set: bool) {
        if set {
            self.line(member, true);
        }
    }

    fn list(&mut self, member: &str, values: impl Iterator<Item = String>) {
        let values: Vec<String> = values.collect();
        if !values.is_empty() {
            self.line(member, format!("[{}]", values.join(", ")));
        }
    }

    fn when(&mut self, when: Option<&When>) {
        if let Some(when) = when {
            self.line("when", format!("{{ field = {}, is = {} }}", quoted(&when.field), value(&when.is)));
        }
    }
}

/// A JSON string is a TOML string, but for one letter.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}

fn pair(words: &Words) -> String {
    format!("{{ vi = {}, en = {} }}", quoted(&words.vi), quoted(&words.en))
}

/// Any JSON in one line; TOML knows no null, and members that are null are as good as absent.
fn value(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(all) => format!("[{}]", all.iter().map(self::value).collect::<Vec<_>>().join(", ")),
        Value::Object(all) => {
            let members = all.iter().filter(|(_, value)| !value.is_null());
            let members: Vec<String> =
                members.map(|(name, value)| format!("{} = {}", bare(name), self::value(value))).collect();
            if members.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", members.join(", ")) }
        }
        other => other.to_string(),
    }
}

fn bare(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    if !name.is_empty() && name.bytes().all(plain) { name.to_owned() } else { quoted(name) }
}

fn head(pen: &mut Pen, one: &Procedure) {
    pen.text("code", &one.code);
    pen.words("name", &one.name);
    pen.words("summary", &one.summary);
    pen.text("field", &one.field);
    pen.list("words", one.words.iter().map(|text| quoted(text)));
    pen.line("applicants", format!("[{}]", codes(one.applicants.iter().map(|one| one.code()))));
    pen.words("for_whom", &one.for_whom);
    pen.text("online", one.online.code());
    pen.line("channels", format!("[{}]", codes(one.channels.iter().map(|one| one.code()))));
    pen.text("kind", one.kind.code());
    pen.maybe("system", one.system.as_ref());
    pen.maybe("where", one.place.as_ref());
    pen.words("result", &one.result);
    one.result_template.iter().for_each(|name| pen.text("result_template", name));
    one.same_day_until.iter().for_each(|time| pen.text("same_day_until", &time.format("%H:%M").to_string()));
    one.effect.iter().for_each(|effect| pen.text("effect", effect.code()));
    pen.list("unique", one.unique.iter().map(|text| quoted(text)));
    pen.list("linked", one.linked.iter().map(|text| quoted(text)));
    pen.flag("only_linked", one.only_linked);
    pen.list("sources", one.sources.iter().map(|text| quoted(text)));
    pen.list(
        "legal",
        one.legal.iter().map(|law| {
            let unverified = if law.unverified { ", unverified = true" } else { "" };
            format!("{{ text = {}{unverified} }}", quoted(&law.text))
        }),
    );
    if let Some(limit) = &one.limit {
        let unverified = if limit.unverified { ", unverified = true" } else { "" };
        let unit = quoted(limit.unit.code());
        pen.line("limit", format!("{{ value = {}, unit = {unit}{unverified} }}", limit.value));
    }
    pen.flag("unverified", one.unverified);
}

fn codes<'c>(codes: impl Iterator<Item = &'c str>) -> String {
    codes.map(quoted).collect::<Vec<_>>().join(", ")
}

fn write_fee(pen: &mut Pen, fee: &Fee) {
    pen.text("key", &fee.key);
    pen.flag("optional", fee.optional);
    pen.words("name", &fee.name);
    fee.vnd.iter().for_each(|vnd| pen.line("vnd", vnd));
    pen.text("per", fee.per.code());
    pen.text("set_by", fee.set_by.code());
    pen.list("waived", fee.waived.iter().map(pair));
    pen.maybe("note", fee.note.as_ref());
    pen.flag("unverified", fee.unverified);
}

fn write_paper(pen: &mut Pen, paper: &Paper) {
    pen.text("key", &paper.key);
    pen.words("name", &paper.name);
    pen.text("kind", paper.kind.code());
    pen.line("copies", paper.copies);
    pen.line("required", paper.required);
    pen.maybe("note", paper.note.as_ref());
    pen.when(paper.when.as_ref());
    paper.instead.iter().for_each(|name| pen.text("instead", name));
    pen.flag("unverified", paper.unverified);
}

fn write_form(pen: &mut Pen, form: &Form) {
    pen.raw("");
    let first = form.sections.first().map(|section| section.key.clone()).unwrap_or_default();
    pen.here = Place::Row(List::Section, first);
    if form.sections.is_empty() {
        pen.raw("[form]");
        pen.raw("section = []");
    }
    pen.raw("[form.schema]");
    let schema = form.schema.as_object();
    for (member, content) in schema.into_iter().flatten().filter(|(member, _)| *member != "properties") {
        pen.line(&bare(member), value(content));
    }
    if let Some(properties) = form.schema.get("properties").and_then(Value::as_object) {
        pen.raw("[form.schema.properties]");
        // In the order of the layout; what is not laid out is a fault that the reader of files tells.
        let laid_out = form.fields().filter_map(|field| properties.get_key_value(&field.key));
        let others = properties.iter().filter(|(key, _)| form.field(key).is_none());
        for (key, content) in laid_out.chain(others) {
            pen.here = Place::Row(List::Field, key.clone());
            pen.line(&bare(key), value(content));
        }
    }
    for section in &form.sections {
        pen.table("form.section", Place::Row(List::Section, section.key.clone()));
        write_section(pen, section);
    }
}

fn write_section(pen: &mut Pen, section: &Section) {
    pen.text("key", &section.key);
    pen.words("title", &section.title);
    pen.maybe("help", section.help.as_ref());
    pen.when(section.when.as_ref());
    if section.fields.is_empty() {
        pen.raw("field = []");
    }
    for field in &section.fields {
        pen.table("form.section.field", Place::Row(List::Field, field.key.clone()));
        write_field(pen, field);
    }
}

fn write_field(pen: &mut Pen, field: &Field) {
    pen.text("key", &field.key);
    pen.words("label", &field.label);
    pen.maybe("help", field.help.as_ref());
    pen.maybe("example", field.example.as_ref());
    pen.text("widget", field.widget.code());
    pen.list(
        "choices",
        field.choices.iter().map(|choice| {
            let (vi, en) = (quoted(&choice.vi), quoted(&choice.en));
            format!("{{ value = {}, vi = {vi}, en = {en} }}", quoted(&choice.value))
        }),
    );
    field.list.iter().for_each(|name| pen.text("list", name));
    pen.when(field.when.as_ref());
    pen.flag("must", field.must);
    field.prefill.iter().for_each(|name| pen.text("prefill", name));
    pen.flag("personal", field.personal);
    pen.flag("wide", field.wide);
}
