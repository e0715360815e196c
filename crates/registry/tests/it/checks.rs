//! Bad input, field by field.

use crate::world::{World, day, raw};
use platform::{Lang, T};
use registry::lists::{self, Lists};
use registry::person::{NewPerson, Precision, RawPerson};

async fn lists() -> (World, std::sync::Arc<Lists>) {
    let world = World::start().await;
    let lists = lists::load(&world.officer()).unwrap();
    (world, lists)
}

fn good() -> RawPerson {
    RawPerson {
        personal_no: "010 090 000 123".into(),
        phone: "0912.345.678".into(),
        ..raw("NGUYỄN VĂN A", "Nam", "02/01/1990", "Chủ hộ")
    }
}

#[tokio::test]
async fn each_wrong_field_is_named_with_its_sentence() {
    let (_world, lists) = lists().await;
    let today = day("2026-03-10");
    let person = NewPerson::check(&good(), &lists, today).unwrap();
    assert_eq!(person.facts.full_name, "Nguyễn Văn A");
    assert_eq!(person.facts.personal_no.as_deref(), Some("010090000123"));
    assert_eq!(person.facts.phone.as_deref(), Some("+84912345678"));
    assert_eq!((person.relation.as_str(), person.facts.ethnic.as_str()), ("head", "dao"));

    let long = "a".repeat(10_000);
    type Put = fn(&mut RawPerson, String);
    let set: [(Put, &str, &str, &str); 23] = [
        (|p, t| p.full_name = t, "", "ho-ten", "registry-name-empty"),
        (|p, t| p.full_name = t, "<script>alert(1)</script>", "ho-ten", "registry-name-markup"),
        (|p, t| p.full_name = t, "Lan 🌸", "ho-ten", "registry-name-symbol"),
        (|p, t| p.full_name = t, "Nguyễn Văn 2", "ho-ten", "registry-name-digit"),
        (|p, t| p.full_name = t, "阮文", "ho-ten", "registry-name-not-latin"),
        (|p, t| p.full_name = t, &long, "ho-ten", "error-too-long"),
        (|p, t| p.sex = t, "khác", "gioi-tinh", "registry-sex-empty"),
        (|p, t| p.birth = t, "", "ngay-sinh", "registry-birth-empty"),
        (|p, t| p.birth = t, "30/02/1990", "ngay-sinh", "registry-birth-unreadable"),
        (|p, t| p.birth = t, "02/01/2090", "ngay-sinh", "registry-birth-in-future"),
        (|p, t| p.birth = t, "1890", "ngay-sinh", "registry-birth-too-early"),
        (|p, t| p.personal_no = t, "00109000012", "so-dinh-danh", "registry-number-length"),
        (|p, t| p.personal_no = t, "003090000123", "so-dinh-danh", "registry-number-place"),
        (|p, t| p.personal_no = t, "010091000123", "so-dinh-danh", "registry-number-birth"),
        (|p, t| p.personal_no = t, "010190000123", "so-dinh-danh", "registry-number-sex"),
        (|p, t| p.previous_no = t, "12345", "so-cu", "registry-previous-number"),
        (|p, t| p.tax_no = t, "0100109107", "ma-so-thue", "registry-tax-code"),
        (|p, t| p.phone = t, "0912", "dien-thoai", "registry-phone"),
        (|p, t| p.phone = t, "0912345678; 0987654321", "dien-thoai", "registry-phone-several"),
        (|p, t| p.ethnic = t, "Klingon", "dan-toc", "registry-word-unknown"),
        (|p, t| p.relation = t, "", "quan-he", "registry-relation-empty"),
        (|p, t| p.insurance_until = t, "mai", "bhyt-den-ngay", "error-date"),
        (|p, t| p.occupation = t, &long, "nghe-nghiep", "error-too-long"),
    ];
    for (put, text, field, key) in set {
        let mut raw = good();
        put(&mut raw, text.to_owned());
        let errors = NewPerson::check(&raw, &lists, today).unwrap_err();
        let found = errors
            .iter()
            .find(|e| e.field == field)
            .unwrap_or_else(|| panic!("{field} {text:.20}: {errors:?}"));
        assert_eq!(found.message.key, key, "{field} {text:.20}");
        for lang in Lang::ALL {
            assert_ne!(found.message.text(T(lang)), key, "no text for {key}");
        }
    }
    assert_eq!(platform::i18n::missing(), Vec::<String>::new());
}

#[tokio::test]
async fn decomposed_names_and_half_known_births_are_read() {
    let (_world, lists) = lists().await;
    let today = day("2026-03-10");
    let nfd = raw("Nguye\u{302}\u{303}n Thi\u{323} Ho\u{300}a", "Nữ", "1950", "Vợ");
    let person = NewPerson::check(&nfd, &lists, today).unwrap();
    assert_eq!(person.facts.full_name, "Nguyễn Thị Hòa");
    assert_eq!((person.facts.birth_date, person.facts.birth_precision), (day("1950-01-01"), Precision::Year));
    let month = NewPerson::check(&raw("Lý A", "Nam", "9/1984", "Con"), &lists, today).unwrap();
    assert_eq!((month.facts.birth_date, month.facts.birth_precision), (day("1984-09-01"), Precision::Month));
}

#[tokio::test]
async fn the_lists_hold_the_54_peoples_and_every_relation() {
    let (_world, lists) = lists().await;
    assert_eq!(lists.ethnic.items().iter().filter(|item| item.state.is_some()).count(), 54);
    for (typed, code) in
        [("H'MÔNG", "mong"), ("xa phó", "phu_la"), ("Kinh", "kinh"), ("Ê đê", "e_de"), ("Lào", "lao")]
    {
        assert_eq!(lists.ethnic.find(typed).unwrap().code, code);
    }
    for (typed, code) in [
        ("VỢ", "spouse"),
        ("con dâu", "child_in_law"),
        ("Mẹ", "parent"),
        ("em", "sibling"),
        ("cháu nội", "grandchild"),
    ] {
        assert_eq!(lists.relation.find(typed).unwrap().code, code);
    }
}
