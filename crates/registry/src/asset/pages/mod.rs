//! Pages of assets: list, card, forms, and what is missing against the norm.

mod card;
mod coverage;
mod list;

use super::{Condition, Facts, Kind};
use crate::object::{Noun, edit, place};
use crate::show::{Words, choices};
use crate::thing::Thing;
use crate::version::How;
use chrono::NaiveDate;
use platform::area::{get, post};
use platform::http::Form;
use platform::{Ctx, Error, Result, Route, T, Tx, Uuid};
use ui::form::{Input, Look};
use ui::{Html, Status};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/tai-san", "asset.list", list::show),
        get("/lam-viec/tai-san/dinh-muc", "asset.list", coverage::show),
        get("/lam-viec/tai-san/moi", "asset.insert", edit::new_form::<Facts>),
        post("/lam-viec/tai-san/moi", "asset.insert", edit::new_save::<Facts>),
        get("/lam-viec/tai-san/{id}", "asset.show", card::show),
        get("/lam-viec/tai-san/{id}/sua", "asset.update", edit::form::<Facts>),
        post("/lam-viec/tai-san/{id}/sua", "asset.update", edit::save::<Facts>),
        get("/lam-viec/tai-san/{id}/ket-thuc", "asset.end", edit::end_form::<Facts>),
        post("/lam-viec/tai-san/{id}/ket-thuc", "asset.end", edit::end::<Facts>),
        get("/api/v1/assets", "asset.list", super::api::list),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-asset-list",
        url: "/lam-viec/tai-san",
        icon: "warehouse",
        action: "asset.list",
        group: "registry-menu-group",
        order: 125,
    }
}

impl Noun for Facts {
    const FAMILY: &'static str = "asset";
    const ROOT: &'static str = "/lam-viec/tai-san";

    fn inputs(ctx: &Ctx, words: &Words, facts: Option<&Facts>) -> Vec<Input> {
        let t = ctx.t();
        let text = |look: Look, name: &'static str, key: &str, value: &dyn Fn(&Facts) -> String| {
            Input::new(look, name, t.t(key)).value(facts.map(value).unwrap_or_default())
        };
        vec![
            text(Look::Select, "loai", "registry-object-kind", &|f| f.kind.code().into())
                .among(choices(t, Kind::ALL, Kind::code, Kind::text_key))
                .empty(t.t("registry-object-choose")),
            text(Look::Text, "ten", "registry-object-name", &|f| f.name.clone()),
            text(Look::Select, "thon", "registry-village", &|f| {
                f.village_id.map(|id| id.to_string()).unwrap_or_default()
            })
            .among(words.village_choices(ctx))
            .empty(t.t("registry-whole-commune"))
            .optional(),
            text(Look::Text, "vi-tri", "registry-asset-place", &|f| f.place.clone()).optional(),
            text(Look::Text, "toa-do", "registry-asset-coordinates", &position)
                .help(t.t("registry-asset-coordinates-help"))
                .optional(),
            Input::new(Look::Number, "so-luong", t.t("registry-asset-count"))
                .value(facts.map_or(1, |f| f.quantity).to_string()),
            text(Look::Radios, "tinh-trang", "registry-asset-condition", &|f| f.condition.code().into())
                .among(choices(t, Condition::ALL, Condition::code, Condition::text_key)),
            text(Look::Tick, "ket-noi", "registry-asset-connected", &|f| {
                if f.connected { "1".into() } else { String::new() }
            })
            .help(t.t("registry-asset-connected-help"))
            .optional(),
            text(Look::Date, "dung-tu", "registry-asset-since", &|f| {
                f.in_use_since.map(|day| t.date(day)).unwrap_or_default()
            })
            .optional(),
            text(Look::Text, "so-may", "registry-asset-serial", &|f| f.serial_no.clone()).optional(),
        ]
    }

    fn read(form: &Form, old: Option<&Facts>) -> Result<Facts> {
        let text = |name: &str| form.text(name).to_owned();
        let (latitude, longitude) = read_position(form.text("toa-do"))?;
        Ok(Facts {
            kind: Kind::parse(form.text("loai")).ok_or_else(|| Error::field("loai", "error-choose"))?,
            name: text("ten"),
            village_id: form.id("thon")?,
            organisation_id: old.and_then(|old| old.organisation_id),
            place: text("vi-tri"),
            latitude,
            longitude,
            quantity: form.whole("so-luong")?.unwrap_or(0),
            condition: Condition::parse(form.text("tinh-trang"))
                .ok_or_else(|| Error::field("tinh-trang", "error-choose"))?,
            connected: form.ticked("ket-noi"),
            in_use_since: form.date("dung-tu")?,
            serial_no: text("so-may"),
        })
    }

    fn said(&self, words: &Words) -> Vec<(&'static str, String)> {
        let t = words.t;
        vec![
            ("registry-object-kind", t.t(self.kind.text_key())),
            ("registry-object-name", self.name.clone()),
            ("registry-village", place(words, self.village_id)),
            ("registry-asset-place", self.place.clone()),
            ("registry-asset-coordinates", position(self)),
            ("registry-asset-count", t.number(self.quantity)),
            ("registry-asset-condition", t.t(self.condition.text_key())),
            ("registry-asset-connected", words.yes(self.connected)),
            ("registry-asset-since", self.in_use_since.map(|day| t.date(day)).unwrap_or_default()),
            ("registry-asset-serial", self.serial_no.clone()),
        ]
    }

    fn name(&self) -> &str {
        &self.name
    }

    async fn insert(ctx: &Ctx, tx: &Tx, facts: Facts, on: NaiveDate, source: &str) -> Result<Uuid> {
        super::insert(ctx, tx, facts, on, source).await
    }

    async fn update(
        ctx: &Ctx,
        tx: &Tx,
        id: Uuid,
        revision: i64,
        facts: Facts,
        how: &How,
    ) -> Result<Thing<Facts>> {
        super::update(ctx, tx, id, revision, facts, how).await
    }

    async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, on: NaiveDate, reason: &str) -> Result<()> {
        super::end(ctx, tx, id, revision, on, reason).await
    }
}

/// "22.31234, 104.01234", as phones and maps write it.
fn position(facts: &Facts) -> String {
    match (facts.latitude, facts.longitude) {
        (Some(latitude), Some(longitude)) => format!("{latitude:.5}, {longitude:.5}"),
        _ => String::new(),
    }
}

fn read_position(text: &str) -> Result<(Option<f64>, Option<f64>)> {
    if text.is_empty() {
        return Ok((None, None));
    }
    let wrong = || Error::field("toa-do", "registry-asset-position");
    let (latitude, longitude) = text.split_once([',', ';']).ok_or_else(wrong)?;
    let number =
        |part: &str| part.trim().parse::<f64>().ok().filter(|degrees| degrees.is_finite()).ok_or_else(wrong);
    Ok((Some(number(latitude)?), Some(number(longitude)?)))
}

pub(crate) fn condition_badge(t: T, condition: Condition) -> Html {
    let status = match condition {
        Condition::Good => Status::Done,
        Condition::Fair => Status::Info,
        Condition::Poor => Status::Soon,
        Condition::Broken => Status::Late,
    };
    status.badge(&t.t(condition.text_key()))
}

#[cfg(test)]
mod tests {
    use super::read_position;

    #[test]
    fn a_place_is_read_as_maps_write_it() {
        assert_eq!(read_position("").unwrap(), (None, None));
        assert_eq!(read_position("22.3, 104.0").unwrap(), (Some(22.3), Some(104.0)));
        for wrong in ["22.3", "a, b", "22.3, NaN", "inf; 1"] {
            assert!(read_position(wrong).is_err(), "{wrong}");
        }
    }
}
