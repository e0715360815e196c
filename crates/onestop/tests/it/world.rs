//! A commune with a mother who has an account, and the office that serves her.

use chrono::NaiveDate;
use identity::{NewAccount, NewGrant};
use platform::access::Place;
use platform::{Ctx, Uuid};
use registry::household::{self, RawHousehold};
use registry::person::{NewPerson, RawPerson};
use registry::{Villages, lists};
use testkit::{Answer, Cast, Client, TestApp};

pub const BIRTH: &str = "1.001193";
pub const EXTRACT: &str = "2.000635";
pub const NUMBER: &str = "010195000123";

pub struct World {
    pub app: TestApp,
    pub cast: Cast,
    pub mother: Uuid,
    pub household: Uuid,
    account: Uuid,
    /// The mother, signed in on her phone.
    pub me: Client,
    pub desk: Client,
    pub specialist: Client,
    pub leader: Client,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl World {
    /// Tuesday, 10 March 2026, nine o'clock.
    pub async fn start() -> World {
        let (app, cast) = TestApp::start().await;
        let ctx = app.ctx(&cast.home);
        let (household, mother) = family(&ctx, cast.home.villages[0]).await;
        let account = account_of(&ctx, mother).await;
        let me = phone(&app, &cast, account).await;
        let desk = app.sign_in(&cast.home, "onestop_officer").await;
        let specialist = app.sign_in(&cast.home, "registry_officer").await;
        let leader = app.sign_in(&cast.home, "chairman").await;
        World { app, cast, mother, household, account, me, desk, specialist, leader }
    }

    /// Time goes by; sessions end, everybody signs in again.
    pub async fn later(&mut self, by: chrono::Duration) {
        self.app.clock.advance(by);
        self.me = phone(&self.app, &self.cast, self.account).await;
        self.desk = self.app.sign_in(&self.cast.home, "onestop_officer").await;
        self.specialist = self.app.sign_in(&self.cast.home, "registry_officer").await;
        self.leader = self.app.sign_in(&self.cast.home, "chairman").await;
    }

    pub fn ctx(&self) -> Ctx {
        self.app.ctx(&self.cast.home)
    }

    /// A key that no form has used.
    pub fn fresh(&self) -> String {
        platform::ids::new_id(self.app.clock.now()).to_string()
    }

    /// The household's people now.
    pub async fn size(&self) -> i64 {
        household::get(&self.ctx(), self.household).await.unwrap().size
    }

    /// The mother sends a birth with its paper; the address of the dossier for her, and its id.
    pub async fn send_birth(&self, child: &str) -> (String, Uuid) {
        let draft = self.begin_birth(child).await;
        photograph(&self.me, &draft, "birth_paper").await;
        let review = self.me.get(&format!("{draft}?phan=xem-lai")).await;
        let key = hidden(&review, &format!("{draft}/nop"), "khoa");
        let sent = self.me.post(&format!("{draft}/nop"), &[("khoa", &key), ("cam-doan", "1")]).await;
        let url = sent.is(303).location();
        let id = url.rsplit('/').next().unwrap().parse().unwrap();
        (url, id)
    }

    /// All sections of a birth are filled in; the address of the draft.
    pub async fn begin_birth(&self, child: &str) -> String {
        let path = format!("/thu-tuc/{BIRTH}/lam");
        let first = self.me.get(&path).await;
        let sent = self
            .me
            .post(
                &path,
                &[
                    ("khoa", &first.field("khoa")),
                    ("phan", "0"),
                    ("cho", &first.field("cho")),
                    ("applicant_name", "Giàng Thị Mỷ"),
                    ("applicant_number", NUMBER),
                    ("applicant_phone", "0912 345 678"),
                    ("applicant_relation", "me"),
                ],
            )
            .await;
        let mut url = sent.is(303).location();
        let draft = url.split('?').next().unwrap().to_owned();
        let parts: [&[(&str, &str)]; 4] = [
            &[
                ("child_name", child),
                ("child_birth", "01/03/2026"),
                ("child_sex", "nam"),
                ("child_ethnic", "mong"),
                ("child_place", "Trạm Y tế xã"),
            ],
            &[
                ("mother_name", "Giàng Thị Mỷ"),
                ("mother_birth_year", "1995"),
                ("mother_number", NUMBER),
                ("mother_address", "Đông Căm"),
            ],
            &[("parents_married", "0")],
            &[("copies", "2")],
        ];
        for part in parts {
            url = step(&self.me, &url, part).await.is(303).location();
        }
        draft
    }
}

async fn phone(app: &TestApp, cast: &Cast, account: Uuid) -> Client {
    let cookie = identity::open_session(&app.app, cast.home.id, account, true).await.unwrap();
    app.with_cookie(&format!("{}={cookie}", identity::COOKIE))
}

/// Sends a step of the form at its address.
pub async fn step(client: &Client, url: &str, typed: &[(&str, &str)]) -> Answer {
    let page = client.get(url).await;
    page.ok();
    let (key, revision, part) = (page.field("khoa"), page.field("phien-ban"), page.field("phan"));
    let mut fields = vec![
        ("khoa", key.as_str()),
        ("phien-ban", revision.as_str()),
        ("phan", part.as_str()),
        ("di", "tiep"),
    ];
    fields.extend(typed);
    client.post(url.split('?').next().unwrap(), &fields).await
}

/// A photograph of a paper as phones make it.
pub fn photo() -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(640, 480, |x, y| image::Rgb([(x % 251) as u8, (y % 241) as u8, 90]));
    let mut bytes = Vec::new();
    image::DynamicImage::from(picture)
        .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg)
        .unwrap();
    bytes
}

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

pub async fn photograph(client: &Client, draft: &str, paper: &str) {
    let page = client.get(&format!("{draft}?phan=giay")).await;
    let key = page.field("khoa");
    let fields = [("khoa", key.as_str()), ("giay", paper)];
    client
        .upload(&format!("{draft}/giay"), &fields, &format!("tep-{paper}"), "giấy chứng sinh.jpg", &photo())
        .await
        .is(303);
}

/// The value of a hidden field in the form that goes to `action`.
pub fn hidden(page: &Answer, action: &str, name: &str) -> String {
    let text = page.text();
    let at = text
        .find(&format!("action=\"{action}\""))
        .unwrap_or_else(|| panic!("no form goes to {action}:\n{text}"));
    let form = &text[at..at + text[at..].find("</form>").unwrap()];
    let tag = form.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\""))).unwrap();
    tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Whether a choice of a list stands as chosen on the page.
pub fn chosen(page: &Answer, value: &str) -> bool {
    let text = page.text();
    let tag = text.split(&format!("value=\"{value}\"")).nth(1).and_then(|rest| rest.split('>').next());
    tag.is_some_and(|tag| tag.contains(" checked") || tag.contains(" selected"))
}

/// Presses a button of the dossier's page.
pub async fn press(client: &Client, id: Uuid, act: &str, more: &[(&str, &str)]) -> Answer {
    let path = format!("/lam-viec/mot-cua/{id}");
    let page = client.get(&path).await;
    page.ok();
    let action = format!("{path}/viec/{act}");
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    fields.extend(more);
    client.post(&action, &fields).await
}

/// Attaches a result.
pub async fn attach(client: &Client, id: Uuid, name: &str, bytes: &[u8]) -> Answer {
    let path = format!("/lam-viec/mot-cua/{id}");
    let page = client.get(&path).await;
    let action = format!("{path}/ket-qua");
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    client.upload(&action, &[("khoa", &key), ("phien-ban", &revision)], "ket-qua", name, bytes).await
}

async fn family(ctx: &Ctx, village: Uuid) -> (Uuid, Uuid) {
    let raw =
        RawHousehold { village: village.to_string(), address: "Tổ 2".into(), ..RawHousehold::default() };
    let facts = raw.check(&Villages::load(ctx).await.unwrap()).unwrap();
    let person = |name: &str, birth: &str, sex: &str, number: &str, relation: &str| RawPerson {
        full_name: name.into(),
        birth: birth.into(),
        sex: sex.into(),
        personal_no: number.into(),
        ethnic: "mong".into(),
        relation: relation.into(),
        residence: "permanent".into(),
        phone: "0912345678".into(),
        ..RawPerson::default()
    };
    let lists = lists::load(ctx).unwrap();
    let people = [
        person("Lý A Sử", "12/05/1993", "male", "", "head"),
        person("Giàng Thị Mỷ", "20/06/1995", "female", NUMBER, "spouse"),
    ];
    let people = people.iter().map(|raw| NewPerson::check(raw, &lists, ctx.today()).unwrap()).collect();
    let tx = ctx.begin().await.unwrap();
    let id = household::insert(ctx, &tx, facts, people, day("2021-01-01"), "thử").await.unwrap();
    tx.commit().await.unwrap();
    let mother = registry::person::by_number(ctx, NUMBER).await.unwrap().unwrap().id;
    (id, mother)
}

async fn account_of(ctx: &Ctx, person: Uuid) -> Uuid {
    let tx = ctx.begin().await.unwrap();
    let new =
        NewAccount {
            login: "giang.my".into(), display_name: "Giàng Thị Mỷ".into(), ..NewAccount::default()
        };
    let account = identity::account_insert(ctx, &tx, new, None).await.unwrap();
    let grant = NewGrant {
        account_id: account.id,
        role: "resident".into(),
        place: Place::new("person", person),
        valid_from: day("2020-01-01"),
        valid_to: None,
    };
    identity::grant_insert(ctx, &tx, grant).await.unwrap();
    tx.commit().await.unwrap();
    account.id
}
