//! The fields of a household in forms.

use crate::household::{Poverty, RawHousehold, Residence};
use crate::show::{Words, choices};
use platform::Ctx;
use ui::form::{Input, Look};

pub(crate) fn inputs(ctx: &Ctx, words: &Words, raw: &RawHousehold) -> Vec<Input> {
    let t = ctx.t();
    let yes_no = vec![("1".to_owned(), t.t("registry-yes")), ("0".to_owned(), t.t("registry-no"))];
    let unknown = t.t("registry-unknown");
    vec![
        Input::new(Look::Select, "thon", t.t("registry-village"))
            .among(words.village_choices(ctx))
            .value(&raw.village)
            .empty(t.t("registry-choose-village")),
        Input::new(Look::Text, "dia-chi", t.t("registry-address"))
            .value(&raw.address)
            .help(t.t("registry-address-help"))
            .optional(),
        Input::new(Look::Text, "so-so", t.t("registry-book"))
            .value(&raw.book_no)
            .help(t.t("registry-book-help"))
            .optional(),
        Input::new(Look::Radios, "ho-ngheo", t.t("registry-standing"))
            .among(choices(t, Poverty::ALL, Poverty::code, Poverty::text_key))
            .value(&raw.poverty)
            .help(t.t("registry-standing-help")),
        Input::new(Look::Radios, "loai-ho", t.t("registry-residence"))
            .among(choices(t, Residence::ALL, Residence::code, Residence::text_key))
            .value(&raw.residence),
        Input::new(Look::Radios, "cap-quang", t.t("registry-fibre-ask"))
            .among(yes_no.clone())
            .value(&raw.fibre),
        Input::new(Look::Select, "nuoc-sach", t.t("registry-water-ask"))
            .among(yes_no.clone())
            .value(&raw.water)
            .empty(unknown.clone())
            .optional(),
        Input::new(Look::Select, "dien", t.t("registry-electric-ask"))
            .among(yes_no)
            .value(&raw.electric)
            .empty(unknown)
            .optional(),
    ]
}
