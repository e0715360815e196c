//! Pages of organisations: list, card and forms.

mod card;
mod list;

use super::{Facts, Kind};
use crate::object::{Noun, edit, place};
use crate::show::{Words, choices};
use crate::thing::Thing;
use crate::version::How;
use chrono::NaiveDate;
use platform::area::{get, post};
use platform::http::Form;
use platform::{Ctx, Error, Result, Route, Tx, Uuid};
use ui::form::{Input, Look};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/to-chuc", "organisation.list", list::show),
        get("/lam-viec/to-chuc/moi", "organisation.insert", edit::new_form::<Facts>),
        post("/lam-viec/to-chuc/moi", "organisation.insert", edit::new_save::<Facts>),
        get("/lam-viec/to-chuc/{id}", "organisation.show", card::show),
        get("/lam-viec/to-chuc/{id}/sua", "organisation.update", edit::form::<Facts>),
        post("/lam-viec/to-chuc/{id}/sua", "organisation.update", edit::save::<Facts>),
        get("/lam-viec/to-chuc/{id}/ket-thuc", "organisation.end", edit::end_form::<Facts>),
        post("/lam-viec/to-chuc/{id}/ket-thuc", "organisation.end", edit::end::<Facts>),
        get("/api/v1/organisations", "organisation.list", super::api::list),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-organisation-list",
        url: "/lam-viec/to-chuc",
        icon: "building-2",
        action: "organisation.list",
        group: "registry-menu-group",
        order: 120,
    }
}

impl Noun for Facts {
    const FAMILY: &'static str = "organisation";
    const ROOT: &'static str = "/lam-viec/to-chuc";

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
            text(Look::Text, "dia-chi", "registry-object-address", &|f| f.address.clone()).optional(),
            text(Look::Text, "nganh-nghe", "registry-organisation-trade", &|f| f.trade.clone()).optional(),
            text(Look::Number, "ma-so-thue", "registry-organisation-tax", &|f| {
                f.tax_no.clone().unwrap_or_default()
            })
            .optional(),
            text(Look::Tel, "dien-thoai", "registry-organisation-phone", &|f| phone(f.phone.as_deref()))
                .optional(),
            text(Look::Text, "dai-dien", "registry-organisation-representative", &|f| {
                f.representative.clone()
            })
            .optional(),
            text(Look::Text, "so-giay-phep", "registry-organisation-licence", &|f| f.licence_no.clone())
                .optional(),
            text(Look::Date, "ngay-lap", "registry-organisation-founded", &|f| {
                f.founded_on.map(|day| t.date(day)).unwrap_or_default()
            })
            .optional(),
        ]
    }

    fn read(form: &Form, old: Option<&Facts>) -> Result<Facts> {
        let text = |name: &str| form.text(name).to_owned();
        let representative = text("dai-dien");
        // The link to the person holds as long as the name does.
        let same = old.filter(|old| old.representative == representative);
        Ok(Facts {
            kind: Kind::parse(form.text("loai")).ok_or_else(|| Error::field("loai", "error-choose"))?,
            name: text("ten"),
            village_id: form.id("thon")?,
            address: text("dia-chi"),
            trade: text("nganh-nghe"),
            tax_no: form.some("ma-so-thue").map(str::to_owned),
            phone: form.some("dien-thoai").map(str::to_owned),
            representative_id: same.and_then(|old| old.representative_id),
            representative,
            licence_no: text("so-giay-phep"),
            founded_on: form.date("ngay-lap")?,
        })
    }

    fn said(&self, words: &Words) -> Vec<(&'static str, String)> {
        let t = words.t;
        vec![
            ("registry-object-kind", t.t(self.kind.text_key())),
            ("registry-object-name", self.name.clone()),
            ("registry-village", place(words, self.village_id)),
            ("registry-object-address", self.address.clone()),
            ("registry-organisation-trade", self.trade.clone()),
            ("registry-organisation-tax", self.tax_no.clone().unwrap_or_default()),
            ("registry-organisation-phone", phone(self.phone.as_deref())),
            ("registry-organisation-representative", self.representative.clone()),
            ("registry-organisation-licence", self.licence_no.clone()),
            ("registry-organisation-founded", self.founded_on.map(|day| t.date(day)).unwrap_or_default()),
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

/// As people read it: 0912 345 678.
fn phone(stored: Option<&str>) -> String {
    stored.map_or_else(String::new, |text| {
        vnid::Phone::parse(text).map_or_else(|_| text.to_owned(), |phone| phone.shown())
    })
}
