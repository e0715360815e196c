//! What the commune owns or lives with: computers, lines, rooms, roads, cameras, loudspeakers.

use crate::commune::Commune;
use crate::day::{ARTICLE_DAY, days_after, ymd};
use crate::map::{self, Place};
use crate::person::PersonKey;
use crate::rng::Rng;
use crate::table::Table;
use crate::village::VillageKey;
use chrono::NaiveDate;

/// Index of an asset in [`Commune::assets`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AssetKey(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AssetKind {
    Computer,
    LocalNetwork,
    InternetLine,
    MeetingRoom,
    CultureHouse,
    Road,
    Camera,
    Loudspeaker,
    RelayStation,
}

impl AssetKind {
    /// The word of `data/demo/norms.csv`.
    pub fn slug(self) -> &'static str {
        match self {
            AssetKind::Computer => "computer",
            AssetKind::LocalNetwork => "local_network",
            AssetKind::InternetLine => "internet_line",
            AssetKind::MeetingRoom => "meeting_room",
            AssetKind::CultureHouse => "culture_house",
            AssetKind::Road => "road",
            AssetKind::Camera => "camera",
            AssetKind::Loudspeaker => "loudspeaker",
            AssetKind::RelayStation => "relay_station",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Condition {
    Good,
    Worn,
    Broken,
}

/// An asset of the demo. Its age follows from `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub key: AssetKey,
    pub kind: AssetKind,
    pub name: String,
    /// Whether a source names it (the three trunk roads); for the rest only the count is from the article.
    pub named_in_source: bool,
    pub village: Option<VillageKey>,
    /// In service since.
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub condition: Condition,
    /// Who works with it (computers).
    pub user: Option<PersonKey>,
    /// Invented; `None` for what has no one place.
    pub place: Option<Place>,
    /// `broadband` yes; `online_meetings` yes; `class` trunk or village; `length_m`; `public` yes; `connected_to_commune` yes;
    /// `seats`; `technology`.
    pub attributes: Vec<(&'static str, String)>,
}

/// How many of a kind there should be, and how old they may grow; example values, see the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Norm {
    pub asset_kind: &'static str,
    /// `commune`, `village` or `staff`.
    pub per: &'static str,
    pub quantity: u32,
    pub max_age_years: u32,
    pub note_vi: &'static str,
}

pub(crate) fn norms() -> Vec<Norm> {
    let table = Table::read(include_str!("../../../data/demo/norms.csv"));
    let norm = |row: crate::table::Row<'_>| Norm {
        asset_kind: row.text("asset_kind"),
        per: row.text("per"),
        quantity: row.number("quantity"),
        max_age_years: row.number("max_age_years"),
        note_vi: row.text("note_vi"),
    };
    table.rows().map(norm).collect()
}

pub(crate) fn all(commune: &Commune) -> Vec<Asset> {
    let mut inventory = Inventory { list: Vec::new(), rng: Rng::new(commune.seed, "assets") };
    inventory.office(commune);
    inventory.roads(commune);
    inventory.villages(commune);
    inventory.cameras(commune);
    inventory.list
}

const OFFICE: VillageKey = VillageKey(6);
/// The cameras beyond the one of each village: 14 + 4 = 18.
const MORE_CAMERAS: [(&str, u8); 4] = [
    ("Camera chợ Bến Đền", 6),
    ("Camera trụ sở UBND xã", 6),
    ("Camera cổng trường học", 5),
    ("Camera ngã ba", 1),
];

struct Inventory {
    list: Vec<Asset>,
    rng: Rng,
}

impl Inventory {
    /// Adds an asset put into service between two days; the older, the more worn.
    fn add(&mut self, kind: AssetKind, name: String, first: NaiveDate, last: NaiveDate) -> &mut Asset {
        let from = self.rng.day(first, last);
        let age = (ARTICLE_DAY - from).num_days() / 365;
        let condition = match self.rng.range(0, 9) + age {
            ..=9 => Condition::Good,
            10..=15 => Condition::Worn,
            _ => Condition::Broken,
        };
        let key = AssetKey(self.list.len() as u32);
        let (village, to, user, place) = (None, None, None, None);
        let attributes = Vec::new();
        self.list.push(Asset {
            key,
            kind,
            name,
            named_in_source: false,
            village,
            from,
            to,
            condition,
            user,
            place,
            attributes,
        });
        let at = self.list.len() - 1;
        &mut self.list[at]
    }

    fn office(&mut self, commune: &Commune) {
        let officials = commune.people.iter().filter(|p| p.works_as("official"));
        for (at, official) in officials.enumerate() {
            let name = format!("Máy tính làm việc số {:02}", at + 1);
            let computer = self.add(AssetKind::Computer, name, ymd(2017, 3, 1), ymd(2023, 10, 30));
            computer.user = Some(official.key);
            computer.condition = computer.condition.min(Condition::Worn);
            computer.attributes.push(("broadband", "yes".into()));
        }
        let day = (ymd(2019, 5, 1), ymd(2019, 9, 1));
        self.add(AssetKind::LocalNetwork, "Mạng nội bộ (LAN) trụ sở xã".into(), day.0, day.1);
        for name in ["Đường truyền cáp quang chính", "Đường truyền số liệu chuyên dùng"] {
            let line = self.add(AssetKind::InternetLine, name.into(), day.0, day.1);
            line.attributes.push(("technology", "fibre".into()));
        }
        let day = (ymd(2021, 2, 1), ymd(2021, 6, 1));
        let room = self.add(AssetKind::MeetingRoom, "Phòng họp trực tuyến trụ sở xã".into(), day.0, day.1);
        room.attributes.extend([("online_meetings", "yes".into()), ("seats", "60".into())]);
        let day = (ymd(2016, 1, 10), ymd(2016, 8, 10));
        self.add(
            AssetKind::RelayStation,
            "Trạm tiếp, phát sóng phát thanh - truyền hình".into(),
            day.0,
            day.1,
        );
        let kinds =
            [AssetKind::Computer, AssetKind::LocalNetwork, AssetKind::InternetLine, AssetKind::MeetingRoom];
        for asset in &mut self.list {
            let offset = if kinds.contains(&asset.kind) { (0.15, -0.20) } else { (0.05, 0.35) };
            asset.village = Some(OFFICE);
            asset.place = Some(map::near(OFFICE, offset));
            asset.condition = asset.condition.min(Condition::Worn);
        }
    }

    fn roads(&mut self, commune: &Commune) {
        // Only the opening of the expressway is a known day (21/09/2014); the other two stand since long before.
        let named = [
            ("Đường cao tốc Nội Bài - Lào Cai", ymd(2014, 9, 21)),
            ("Quốc lộ 4E", ymd(2000, 1, 1)),
            ("Đường tỉnh lộ 152", ymd(2000, 1, 1)),
        ];
        for (name, day) in named {
            let road = self.add(AssetKind::Road, name.into(), day, day);
            road.named_in_source = true;
            road.condition = Condition::Good;
            road.attributes.push(("class", "trunk".into()));
        }
        for village in &commune.villages {
            let name = format!("Đường trục {}", map::with_prefix(village).replacen("Thôn", "thôn", 1));
            let length = self.rng.range(8, 42) * 100;
            let road = self.add(AssetKind::Road, name, ymd(2013, 1, 1), ymd(2022, 12, 1));
            road.village = Some(village.key);
            road.attributes.extend([("class", "village".into()), ("length_m", length.to_string())]);
        }
    }

    fn villages(&mut self, commune: &Commune) {
        for village in &commune.villages {
            let name = map::with_prefix(village);
            let seats = self.rng.range(6, 15) * 10;
            let house = self.add(
                AssetKind::CultureHouse,
                format!("Nhà văn hoá {name}"),
                ymd(2012, 1, 1),
                ymd(2021, 10, 1),
            );
            house.village = Some(village.key);
            house.place = Some(map::near(village.key, (0.0, 0.0)));
            house.attributes.push(("seats", seats.to_string()));
            for number in 1..=self.rng.range(2, 4) {
                let offset =
                    (self.rng.range(-400, 400) as f64 / 1000.0, self.rng.range(-400, 400) as f64 / 1000.0);
                let technology = if self.rng.per_mille(650) { "ip" } else { "fm" };
                let name = format!("Cụm loa số {number} {name}");
                let speaker = self.add(AssetKind::Loudspeaker, name, ymd(2015, 1, 1), ymd(2023, 9, 1));
                speaker.village = Some(village.key);
                speaker.place = Some(map::near(village.key, offset));
                speaker.attributes.push(("technology", technology.into()));
            }
        }
    }

    fn cameras(&mut self, commune: &Commune) {
        let own = |v: &crate::Village| {
            (format!("Camera đường vào {}", map::with_prefix(v).replacen("Thôn", "thôn", 1)), v.key)
        };
        let villages = commune.villages.iter().map(own);
        let more = MORE_CAMERAS.iter().map(|(name, village)| ((*name).to_owned(), VillageKey(*village)));
        for (name, village) in villages.chain(more).collect::<Vec<_>>() {
            let offset =
                (self.rng.range(-300, 300) as f64 / 1000.0, self.rng.range(-300, 300) as f64 / 1000.0);
            let camera = self.add(AssetKind::Camera, name, ymd(2021, 6, 1), days_after(ARTICLE_DAY, -30));
            camera.village = Some(village);
            camera.place = Some(map::near(village, offset));
            camera.attributes.extend([("public", "yes".into()), ("connected_to_commune", "yes".into())]);
        }
    }
}
