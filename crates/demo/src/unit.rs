//! The administrative units around the commune, with their dates, and the dated facts of the commune.

use crate::day::{TWO_LEVELS, ymd};
use chrono::NaiveDate;

/// Identifies a unit inside the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnitKey {
    Province,
    District,
    Commune,
}

/// Level of a unit; villages are in [`crate::Village`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnitKind {
    Province,
    District,
    Commune,
}

/// A unit and its versions, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub key: UnitKey,
    pub kind: UnitKind,
    pub versions: Vec<UnitVersion>,
}

/// What a unit was during a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitVersion {
    pub from: NaiveDate,
    /// First day on which this no longer held.
    pub to: Option<NaiveDate>,
    pub name: &'static str,
    /// State code: 2 digits for a province, 3 for a district, 5 for a commune.
    pub code: &'static str,
    pub parent: Option<UnitKey>,
    pub note_vi: &'static str,
    pub source: &'static str,
}

/// A change of units, told with the names and codes of that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitChange {
    pub date: NaiveDate,
    pub unit: UnitKey,
    pub text_vi: &'static str,
    /// (name, code) of the units that took part; no code where none was found.
    pub predecessors: Vec<(&'static str, Option<&'static str>)>,
    pub source: &'static str,
}

/// A dated fact of the commune, with the key of the figure that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub key: &'static str,
    /// Decimal point "."; as text, so that 42.24 stays 42.24.
    pub value: &'static str,
    pub unit: &'static str,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub source: &'static str,
    pub note_vi: &'static str,
}

const ARTICLE: &str = "Trường Chính trị tỉnh Lào Cai, bài viết về xã Gia Phú (số liệu cuối năm 2023)";
const UNIT_DATA: &str = "Danh mục đơn vị hành chính công khai, trước và sau ngày 01/7/2025";
const MERGER: &str =
    "Danh mục đơn vị hành chính công khai; Nghị quyết 1673/NQ-UBTVQH15 (số nghị quyết chưa đối chiếu)";
const SPLIT_2020: &str = "Nghị quyết 896/NQ-UBTVQH14, trang thông tin xã Xuân Giao";

pub(crate) fn units() -> Vec<Unit> {
    let version = |from, to, name, code, parent, note_vi, source| UnitVersion {
        from,
        to,
        name,
        code,
        parent,
        note_vi,
        source,
    };
    let start = ymd(2020, 3, 1);
    let province_note = "Tỉnh Lào Cai mới gồm tỉnh Lào Cai và tỉnh Yên Bái trước đây, mang mã 15.";
    let commune_note =
        "Xã mới gồm Gia Phú, Xuân Giao và Thống Nhất; bản minh hoạ giữ 14 thôn của xã Gia Phú trước đây.";
    let (province, district) = (Some(UnitKey::Province), Some(UnitKey::District));
    vec![
        Unit {
            key: UnitKey::Province,
            kind: UnitKind::Province,
            versions: vec![
                version(ymd(1991, 10, 1), Some(TWO_LEVELS), "Lào Cai", "10", None, "", UNIT_DATA),
                version(TWO_LEVELS, None, "Lào Cai", "15", None, province_note, UNIT_DATA),
            ],
        },
        Unit {
            key: UnitKey::District,
            kind: UnitKind::District,
            versions: vec![version(
                ymd(1991, 10, 1),
                Some(TWO_LEVELS),
                "Bảo Thắng",
                "086",
                province,
                "Cấp huyện kết thúc ngày 01/7/2025.",
                UNIT_DATA,
            )],
        },
        Unit {
            key: UnitKey::Commune,
            kind: UnitKind::Commune,
            versions: vec![
                version(
                    ymd(1991, 10, 1),
                    Some(start),
                    "Gia Phú",
                    "02923",
                    district,
                    "Trước khi tách 15 thôn.",
                    UNIT_DATA,
                ),
                version(start, Some(TWO_LEVELS), "Gia Phú", "02923", district, "", UNIT_DATA),
                version(TWO_LEVELS, None, "Gia Phú", "02923", province, commune_note, UNIT_DATA),
            ],
        },
    ]
}

pub(crate) fn changes() -> Vec<UnitChange> {
    vec![
        UnitChange {
            date: ymd(2020, 3, 1),
            unit: UnitKey::Commune,
            text_vi: "15 thôn của xã Gia Phú chuyển sang lập xã Thống Nhất, thành phố Lào Cai.",
            predecessors: vec![("Gia Phú", Some("02923"))],
            source: SPLIT_2020,
        },
        UnitChange {
            date: TWO_LEVELS,
            unit: UnitKey::Commune,
            text_vi: "Xã Gia Phú, xã Xuân Giao và xã Thống Nhất nhập thành xã Gia Phú mới, giữ mã 02923.",
            predecessors: vec![
                ("Gia Phú", Some("02923")),
                ("Xuân Giao", Some("02932")),
                ("Thống Nhất", Some("02659")),
            ],
            source: MERGER,
        },
        UnitChange {
            date: TWO_LEVELS,
            unit: UnitKey::Province,
            text_vi: "Tỉnh Lào Cai và tỉnh Yên Bái nhập thành tỉnh Lào Cai mới, mang mã 15.",
            predecessors: vec![("Lào Cai", Some("10")), ("Yên Bái", Some("15"))],
            source: UNIT_DATA,
        },
        UnitChange {
            date: TWO_LEVELS,
            unit: UnitKey::District,
            text_vi: "Kết thúc cấp huyện; huyện Bảo Thắng thôi là đơn vị hành chính.",
            predecessors: vec![("Bảo Thắng", Some("086"))],
            source: UNIT_DATA,
        },
    ]
}

pub(crate) fn facts() -> Vec<Fact> {
    let fact =
        |key, value, unit, from, note_vi| Fact { key, value, unit, from, to: None, source: ARTICLE, note_vi };
    let former = "Số liệu của xã Gia Phú trước khi sáp nhập ngày 01/7/2025.";
    vec![
        fact("area_km2", "42.24", "km2", ymd(2020, 3, 1), former),
        fact("distance_city_km", "18", "km", ymd(2020, 3, 1), "Khoảng cách gần đúng."),
        fact("ntm_recognised_year", "2020", "year", ymd(2020, 12, 31), "Ngày trong năm 2020 là giả định."),
        fact(
            "fanpages",
            "1",
            "channel",
            ymd(2023, 1, 1),
            "Fanpage \"Bến Đền Đổi mới\"; ngày ghi nhận là giả định.",
        ),
        fact(
            "ntm_advanced_planned_year",
            "2024",
            "year",
            ymd(2023, 7, 28),
            "Kế hoạch; ngày ghi nhận là giả định.",
        ),
    ]
}
