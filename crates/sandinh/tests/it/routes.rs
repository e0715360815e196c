//! What stands behind the parameters of each route.

use platform::Uuid;
use registry::person::{NewPerson, RawPerson};
use registry::{asset, household, lists, organisation, team};
use testkit::{TestApp, TestCommune};

/// One object of each kind in one village, made through the rules.
pub struct Objects {
    village_slug: String,
    village: Uuid,
    account: Uuid,
    household: Uuid,
    person: Uuid,
    organisation: Uuid,
    asset: Uuid,
    team: Uuid,
}

/// The id of nothing: for rows that only their owner has.
const NOTHING: Uuid = Uuid::from_u128(7);

/// Rows that come and go, and rows of the reader's own: nobody else's id helps.
const FLEETING: &[&str] = &[
    "/api/v1/articles/",
    "/api/v1/bulletins/",
    "/api/v1/complaints/",
    "/api/v1/dossiers/",
    "/api/v1/drafts/",
    "/api/v1/emergencies/",
    "/api/v1/feedback/voices/",
    "/api/v1/feedback/work/",
    "/api/v1/incoming-documents/",
    "/api/v1/mail-letters/",
    "/api/v1/meetings/",
    "/api/v1/my/",
    "/api/v1/news/",
    "/api/v1/opinions/",
    "/api/v1/outgoing-documents/",
    "/api/v1/radio/",
    "/api/v1/retention/",
    "/api/v1/statements/",
    "/api/v1/tasks/",
    "/api/v1/work-file-disposals/",
    "/api/v1/work-files/",
    "/dang-nhap/qua/",
    "/g/viec/",
    "/ho-so-cua-toi/",
    "/lam-viec/cach-doc/",
    "/lam-viec/cong-viec",
    "/lam-viec/cuoc-hop/",
    "/lam-viec/de-nghi/",
    "/lam-viec/dich-vu-dang-nhap/",
    "/lam-viec/doi-chieu/",
    "/lam-viec/goi-so/",
    "/lam-viec/ho-so-cong-viec/",
    "/lam-viec/hop-thu",
    "/lam-viec/huy-ho-so/",
    "/lam-viec/ke-hoach/",
    "/lam-viec/ket-noi/",
    "/lam-viec/khieu-nai/",
    "/lam-viec/lich-cong-tac/",
    "/lam-viec/nhom-cong-viec/",
    "/lam-viec/lich-hen/",
    "/lam-viec/lien-thong/",
    "/lam-viec/luu-tru/",
    "/lam-viec/mot-cua/",
    "/lam-viec/nhap/",
    "/lam-viec/nhiem-vu/",
    "/lam-viec/noi-tai-khoan/",
    "/lam-viec/nop-luu/",
    "/lam-viec/phan-anh/",
    "/lam-viec/thong-bao/",
    "/lam-viec/truyen-thanh/",
    "/truyen-thanh/",
    "/lam-viec/thong-bao-khan/",
    "/lam-viec/tin-mang/",
    "/lam-viec/thu-phi/",
    "/lam-viec/so-thon/",
    "/hoi-dan/",
    "/lam-viec/hoi-dan/",
    "/api/v1/ask/",
    "/api/v1/campaigns/",
    "/lam-viec/van-dong/",
    "/van-dong/",
    "/lam-viec/tin-tuc/",
    "/lam-viec/van-ban-",
    "/lam-viec/van-ban-di/",
    "/lam-viec/y-kien/",
    "/cong-khai/",
    "/du-lieu-mo/",
    "/lam-viec/cong-khai/",
    "/lay-so/",
    "/lich-hen/",
    "/tai-khoan/",
    "/thon/",
    "/thong-bao/den/",
    "/thong-bao-khan/",
    "/tin-tuc/",
    "/du-lich/",
    "/hoi-cho/",
    "/lam-viec/du-lich/",
];

impl Objects {
    pub async fn make(test: &TestApp, commune: &TestCommune) -> Objects {
        Objects::make_in(test, commune, 0).await
    }

    /// In the village with this number.
    pub async fn make_in(test: &TestApp, commune: &TestCommune, village: usize) -> Objects {
        let ctx = test.ctx(commune);
        let unit = units::find(&ctx, commune.villages[village]).await.expect("a village");
        let raw = RawPerson {
            full_name: "Lò Thị Thử".into(),
            sex: "female".into(),
            birth: "05/06/1987".into(),
            ethnic: "dao".into(),
            relation: lists::HEAD.into(),
            ..RawPerson::default()
        };
        let words = lists::load(&ctx).expect("the lists");
        let head = NewPerson::check(&raw, &words, ctx.today()).expect("a person");
        let place = household::RawHousehold { village: unit.id.to_string(), ..Default::default() };
        let villages = registry::Villages::load(&ctx).await.expect("villages");
        let facts = place.check(&villages).expect("a household");
        let tx = ctx.begin().await.expect("a transaction");
        let today = ctx.today();
        let household =
            household::insert(&ctx, &tx, facts, vec![head], today, "test").await.expect("a household");
        let organisation =
            organisation::insert(&ctx, &tx, shop(unit.id), today, "test").await.expect("a shop");
        let asset = asset::insert(&ctx, &tx, camera(unit.id), today, "test").await.expect("a camera");
        let team = team::insert(&ctx, &tx, &volunteers(unit.id, today)).await.expect("a team");
        tx.commit().await.expect("the objects stand");
        let members = registry::person::members(&ctx, household).await.expect("the household's people");
        Objects {
            village_slug: unit.slug,
            village: unit.id,
            account: commune.accounts["clerk"],
            household,
            person: members[0].id,
            organisation,
            asset,
            team,
        }
    }

    /// True for routes whose parameter names an object that belongs to a place.
    pub fn is_placed(path: &str) -> bool {
        const PLACED: [&str; 9] = [
            "/lam-viec/tai-khoan/{id}",
            "/lam-viec/ho/{id}",
            "/lam-viec/nguoi/{id}",
            "/lam-viec/ca-nhan/{id}",
            "/lam-viec/to-chuc/{id}",
            "/lam-viec/tai-san/{id}",
            "/lam-viec/so-thon/{village}",
            "/api/v1/households/{id}",
            "/api/v1/people/{id}",
        ];
        PLACED.iter().any(|start| path.starts_with(start))
    }

    fn value(&self, path: &str, name: &str) -> String {
        let under = |start: &str| path.starts_with(start);
        let id = match name {
            "slug" => return self.village_slug.clone(),
            "kind" | "mount" | "path" | "login" | "link" | "key" | "rule" | "code" | "field" | "token" => {
                return "khong-co".into();
            }
            "village" => self.village,
            "row" => return "1".into(),
            "part" => return "can-cu".into(),
            "id" if under("/lam-viec/tai-khoan/") => self.account,
            "id" if under("/lam-viec/ho/") || under("/api/v1/households/") => self.household,
            "id" if under("/lam-viec/nguoi/") || under("/api/v1/people/") => self.person,
            "id" if under("/lam-viec/ca-nhan/") || under("/cua-toi/") => self.person,
            "id" if under("/lam-viec/to-chuc/") || under("/api/v1/organisations/") => self.organisation,
            "id" if under("/lam-viec/tai-san/") || under("/api/v1/assets/") => self.asset,
            "id" if under("/lam-viec/ban-to/") => self.team,
            "id" if FLEETING.iter().any(|start| under(start)) => NOTHING,
            "picture" | "paper" | "opinion" | "comment" | "complaint" | "file" | "extension" | "item" => {
                NOTHING
            }
            "note" | "speech" | "vote" | "conclusion" | "due" | "entry" | "home" => NOTHING,
            "page" => return "1".into(),
            "person" => self.person,
            "number" => return "01".into(),
            "sha" => return "0".repeat(64),
            "act" => return "tiep-nhan".into(),
            "grant" | "consent" | "first" | "second" | "log" | "batch" | "marriage" | "tie" => NOTHING,
            _ => panic!("say in tests/it/routes.rs what {{{name}}} of {path} is"),
        };
        id.to_string()
    }
}

fn shop(village: Uuid) -> organisation::Facts {
    organisation::Facts {
        kind: organisation::Kind::HouseholdBusiness,
        name: "Tạp hoá Thử".into(),
        village_id: Some(village),
        address: String::new(),
        trade: String::new(),
        tax_no: None,
        phone: None,
        representative: String::new(),
        representative_id: None,
        licence_no: String::new(),
        founded_on: None,
    }
}

fn camera(village: Uuid) -> asset::Facts {
    asset::Facts {
        kind: asset::Kind::Camera,
        name: "Camera thử".into(),
        village_id: Some(village),
        organisation_id: None,
        place: String::new(),
        latitude: None,
        longitude: None,
        quantity: 1,
        condition: asset::Condition::Good,
        connected: true,
        in_use_since: None,
        serial_no: String::new(),
    }
}

fn volunteers(village: Uuid, founded_on: chrono::NaiveDate) -> team::TeamFacts {
    team::TeamFacts {
        kind: team::Kind::DigitalTeam,
        name: "Tổ công nghệ số thử".into(),
        village_id: Some(village),
        decision_no: "01/QĐ".into(),
        founded_on,
    }
}

/// The address of a route with these objects.
pub fn address(path: &str, objects: &Objects) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').expect("a closed parameter");
        out.push_str(before);
        out.push_str(&objects.value(path, name.trim_start_matches('*')));
        rest = tail;
    }
    out + rest
}
