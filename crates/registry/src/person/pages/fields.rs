//! The fields of a person in forms.

use crate::person::{RawPerson, Residence, Sex};
use crate::show::{Words, choices};
use platform::Ctx;
use ui::form::{Input, Look};

pub(crate) fn inputs(ctx: &Ctx, words: &Words, raw: &RawPerson) -> Vec<Input> {
    let t = ctx.t();
    let lists = &words.lists;
    let text =
        |name: &'static str, key: &str, value: &str| Input::new(Look::Text, name, t.t(key)).value(value);
    let select =
        |name: &'static str, key: &str, value: &str| Input::new(Look::Select, name, t.t(key)).value(value);
    let none = t.t("registry-none");
    vec![
        text("ho-ten", "registry-full-name", &raw.full_name).help(t.t("registry-full-name-help")),
        Input::new(Look::Radios, "gioi-tinh", t.t("registry-sex"))
            .among(choices(t, Sex::ALL, Sex::code, Sex::text_key))
            .value(&raw.sex),
        Input::new(Look::Date, "ngay-sinh", t.t("registry-birth"))
            .value(&raw.birth)
            .help(t.t("registry-birth-help")),
        select("quan-he", "registry-relation", &raw.relation)
            .among(words.choices(&lists.relation))
            .empty(t.t("registry-choose-relation")),
        select("cu-tru", "registry-residence", &raw.residence).among(choices(
            t,
            Residence::ALL,
            Residence::code,
            Residence::text_key,
        )),
        select("dan-toc", "registry-ethnic", &raw.ethnic)
            .among(words.choices(&lists.ethnic))
            .empty(t.t("registry-choose-ethnic")),
        Input::new(Look::Number, "so-dinh-danh", t.t("registry-personal-no"))
            .value(&raw.personal_no)
            .help(t.t("registry-personal-no-help"))
            .optional(),
        Input::new(Look::Number, "so-cu", t.t("registry-previous-no"))
            .value(&raw.previous_no)
            .help(t.t("registry-previous-no-help"))
            .optional(),
        Input::new(Look::Tel, "dien-thoai", t.t("registry-phone-number")).value(&raw.phone).optional(),
        Input::new(Look::Tick, "dien-thoai-thong-minh", t.t("registry-smartphone-ask"))
            .value(&raw.smartphone),
        Input::new(Look::Tick, "tai-khoan", t.t("registry-payment-ask")).value(&raw.payment_account),
        text("so-bhyt", "registry-insurance-no", &raw.insurance_no)
            .help(t.t("registry-insurance-no-help"))
            .optional(),
        Input::new(Look::Date, "bhyt-den-ngay", t.t("registry-insurance-until"))
            .value(&raw.insurance_until)
            .optional(),
        select("hoc-van", "registry-education", &raw.education)
            .among(words.choices(&lists.education))
            .empty(t.t("registry-unknown"))
            .optional(),
        text("nghe-nghiep", "registry-occupation", &raw.occupation).optional(),
        select("ton-giao", "registry-religion", &raw.religion)
            .among(words.choices(&lists.religion))
            .empty(none.clone())
            .optional(),
        select("khuyet-tat", "registry-disability", &raw.disability)
            .among(words.choices(&lists.disability))
            .empty(none.clone())
            .optional(),
        select("nguoi-co-cong", "registry-meritorious", &raw.meritorious)
            .among(words.choices(&lists.meritorious))
            .empty(none)
            .optional(),
        text("ma-so-thue", "registry-tax-no", &raw.tax_no).optional(),
    ]
}

/// The few fields that a birth registration knows.
pub(crate) fn birth_inputs(ctx: &Ctx, words: &Words, raw: &RawPerson) -> Vec<Input> {
    let known = ["ho-ten", "gioi-tinh", "ngay-sinh", "quan-he", "dan-toc", "so-dinh-danh"];
    inputs(ctx, words, raw).into_iter().filter(|input| known.contains(&input.name.as_str())).collect()
}
