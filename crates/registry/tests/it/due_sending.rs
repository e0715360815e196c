//! Invitations that are sent: by real accounts, into inboxes, through a mail server.

use crate::mailbox::{Mailbox, mail_at};
use crate::world::{checked, day, raw};
use identity::{NewAccount, NewGrant, SignIn};
use platform::access::{Actor, Grant, Place, Scope, Via};
use platform::app::Builder;
use platform::clock::Clock;
use platform::config::{Config, Mail, Tls};
use platform::{App, Ctx, Uuid, jobs, sql};
use registry::Villages;
use registry::household::{self, RawHousehold};
use registry::person::RawPerson;
use std::sync::Arc;
use testkit::{Answer, Client, TestDatabase};
use units::{Kind, NewUnit};

const COMMUNE: Uuid = Uuid::from_u128(1);
const LIST: &str = "/lam-viec/den-han/can-cuoc-14";

struct Town {
    app: App,
    officer: Uuid,
    /// The head of Đông Căm; Soi Cờ has none with an account.
    head: Uuid,
    mother: Uuid,
    dong_cam: Uuid,
    soi_co: Uuid,
    database: TestDatabase,
    _data: tempfile::TempDir,
}

impl Town {
    async fn start(mail: Option<Mail>) -> Town {
        let data = tempfile::tempdir().unwrap();
        let database = TestDatabase::make(data.path()).await;
        let config = Config {
            data: data.path().to_owned(),
            database: database.location.clone(),
            listen: ([127, 0, 0, 1], 0).into(),
            demo: false,
            tls: Tls::Off,
            mail,
            behind_proxy: false,
            public_url: Some("https://xa.example".into()),
            voice: None,
            mqtt: platform::config::Mqtt::Off,
        };
        let builder = Builder {
            config,
            clock: Clock::fake(testkit::START.parse().unwrap()),
            areas: sandinh::areas(),
            authenticator: Box::new(SignIn),
            error_page: sandinh::error_page(),
        };
        let app = builder.start().await.unwrap();
        let none = Uuid::nil();
        let mut town = Town {
            app,
            officer: none,
            head: none,
            mother: none,
            dong_cam: none,
            soi_co: none,
            database,
            _data: data,
        };
        town.settle().await;
        town
    }

    fn ctx(&self) -> Ctx {
        let whole = Place::new("commune", COMMUNE);
        let actor = Actor {
            account_id: self.officer,
            commune_id: COMMUNE,
            name: "Thử".into(),
            grants: vec![Grant { role: "registry_officer".into(), place: whole.clone() }],
            second_factor: true,
            via: Via::Session(Uuid::nil()),
        };
        Ctx {
            actor: Some(Arc::new(actor)),
            scope: Scope::new(vec![whole]),
            ..Ctx::system(&self.app, COMMUNE, "test")
        }
    }

    async fn settle(&mut self) {
        let ctx = Ctx::system(&self.app, COMMUNE, "test");
        let tx = ctx.begin().await.unwrap();
        let commune = sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, 'Xã Thử', NULL, $2)");
        commune.bind(COMMUNE).bind(ctx.now).run(&tx).await.unwrap();
        let unit = |kind, name: &str, parent_id| NewUnit {
            kind,
            code: String::new(),
            name: name.into(),
            parent_id,
            valid_from: day("2020-01-01"),
            note: String::new(),
            source: "thử".into(),
        };
        let commune = units::insert(&ctx, &tx, unit(Kind::Commune, "Xã Thử", None)).await.unwrap().id;
        let village =
            async |name| units::insert(&ctx, &tx, unit(Kind::Village, name, Some(commune))).await.unwrap().id;
        self.dong_cam = village("Thôn Đông Căm").await;
        self.soi_co = village("Thôn Soi Cờ").await;
        tx.commit().await.unwrap();
        self.officer = self.account("can-bo", "registry_officer", Place::new("commune", COMMUNE), "").await;
        let place = Place::new("village", self.dong_cam);
        self.head = self.account("truong-thon", "village_head", place, "truong.thon@thu.example").await;
        // A family with a mother who has an account, one without, and one in the village without a head.
        let child = |name: &str| raw(name, "Nữ", "15/03/2012", "child");
        let mother = raw("Lý Thị Mẹ", "Nữ", "1988", "spouse");
        let head = |name: &str| raw(name, "Nam", "1985", "head");
        let twins = [head("Lý Văn Cha"), mother, child("Lý Thị Út"), child("Lý Thị Ít")];
        self.household(self.dong_cam, &twins).await;
        self.household(self.dong_cam, &[head("Vàng A Pao"), child("Vàng Thị Say")]).await;
        self.household(self.soi_co, &[head("Tẩn A Sử"), child("Tẩn Thị Giữa")]).await;
        let place = Place::new("person", self.person("Lý Thị Mẹ").await);
        self.mother = self.account("nguoi-me", "resident", place, "me@thu.example").await;
    }

    async fn account(&self, login: &str, role: &str, place: Place, email: &str) -> Uuid {
        let ctx = Ctx::system(&self.app, COMMUNE, "test");
        let tx = ctx.begin().await.unwrap();
        let new = NewAccount {
            login: login.into(),
            display_name: login.into(),
            email: (!email.is_empty()).then(|| email.into()),
            ..NewAccount::default()
        };
        let account_id = identity::account_insert(&ctx, &tx, new, None).await.unwrap().id;
        let grant =
            NewGrant { account_id, role: role.into(), place, valid_from: day("2020-01-01"), valid_to: None };
        identity::grant_insert(&ctx, &tx, grant).await.unwrap();
        tx.commit().await.unwrap();
        account_id
    }

    async fn household(&self, village: Uuid, people: &[RawPerson]) {
        let ctx = self.ctx();
        let facts = RawHousehold { village: village.to_string(), ..RawHousehold::default() };
        let facts = facts.check(&Villages::load(&ctx).await.unwrap()).unwrap();
        let members = people.iter().map(|raw| checked(&ctx, raw)).collect();
        let tx = ctx.begin().await.unwrap();
        household::insert(&ctx, &tx, facts, members, day("2021-01-01"), "thử").await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn person(&self, name: &str) -> Uuid {
        let found = sql("SELECT id FROM person WHERE commune_id = $1 AND full_name = $2 /* all rows */");
        found.bind(COMMUNE).bind(name).scalar(&self.app.db).await.unwrap().unwrap()
    }

    async fn browser(&self, account: Uuid) -> Client {
        let session = identity::open_session(&self.app, COMMUNE, account, true).await.unwrap();
        Client::of(&self.app).cookie(&format!("{}={session}", identity::COOKIE))
    }

    /// The officer sends to everybody who was not invited.
    async fn send(&self, officer: &Client) -> Answer {
        let key = officer.get(LIST).await.ok().field("khoa");
        let page = officer.post(&format!("{LIST}/giay-moi"), &[("khoa", &key), ("tat-ca", "1")]).await;
        page.ok().shows("Gửi không cần in").shows("2 người nhận được").shows("Gửi cho 3 người");
        let key = page.field("khoa");
        let meeting = [("ngay", "20/03/2026"), ("gio", "8 giờ"), ("dia-diem", "Nhà văn hóa <b>")];
        let mut fields = vec![("khoa", key.as_str()), ("tat-ca", "1")];
        fields.extend(meeting);
        let sent = officer.post(&format!("{LIST}/gui"), &fields).await;
        officer.post(&format!("{LIST}/gui"), &fields).await.leads_to(LIST);
        sent
    }

    async fn letters(&self, account: Uuid) -> i64 {
        let these = sql("SELECT COUNT(*) FROM message WHERE commune_id = $1 AND account_id = $2");
        these.bind(COMMUNE).bind(account).count(&self.app.db).await.unwrap()
    }

    async fn end(self) {
        assert_eq!(platform::i18n::missing(), Vec::<String>::new(), "texts are missing");
        self.app.db.close().await;
        self.database.remove().await;
    }
}

#[tokio::test]
async fn invitations_go_to_inboxes_and_the_rest_to_the_village_head() {
    let town = Town::start(None).await;
    let officer = town.browser(town.officer).await;
    town.send(&officer).await.leads_to(LIST);
    let list = officer.get(LIST).await;
    list.ok().shows("Đã gửi 2 giấy mời; nhờ trưởng thôn báo 1 người. Còn 1 người");
    list.shows("Gửi tới hộp thư").shows("Chờ trưởng thôn báo").shows("Chưa mời").shows("hoan-tac");
    assert_eq!(
        (town.letters(town.mother).await, town.letters(town.head).await),
        (1, 1),
        "one letter each, once"
    );
    // The mother reads both invitations on one page, and nothing of it stands in the inbox.
    let mother = town.browser(town.mother).await;
    let inbox = mother.get("/lam-viec/hop-thu").await;
    inbox.ok().shows("Xã gửi ông/bà giấy mời").hides("Lý Thị Út").hides("căn cước");
    let link = invitation(&mother, &inbox).await;
    for url in [format!("{link}?lang=en"), format!("{link}?lang=vi")] {
        let page = mother.get(&url).await;
        page.ok().shows("Lý Thị Út").shows("Lý Thị Ít").shows("20/03/2026").shows("Nhà văn hóa").hides("<b>");
        page.hides("Vàng Thị Say");
    }
    town.browser(town.head).await.get(&link).await.is(403);
    town.end().await;
}

/// Where the note of a page takes back what was done.
fn undo_of(page: &Answer) -> String {
    let text = page.text();
    let urls = text.split("action=\"").filter_map(|rest| rest.split('"').next());
    urls.filter(|url| url.contains("hoan-tac")).map(str::to_owned).next().expect("an undo")
}

/// The page to which the only letter of an inbox leads.
async fn invitation(browser: &Client, inbox: &Answer) -> String {
    let text = inbox.text();
    let letter = text.split("/lam-viec/hop-thu/").find_map(|rest| {
        let id: String = rest.chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').collect();
        (id.len() == 36).then_some(id)
    });
    browser.get(&format!("/lam-viec/hop-thu/{}", letter.expect("a letter"))).await.location()
}

#[tokio::test]
async fn a_village_head_sees_whom_to_tell_and_notes_it() {
    let town = Town::start(None).await;
    let officer = town.browser(town.officer).await;
    town.send(&officer).await;
    let head = town.browser(town.head).await;
    head.get("/lam-viec").await.ok().shows("1 người nhờ ông/bà báo");
    let inbox = head.get("/lam-viec/hop-thu").await;
    inbox.ok().shows("Nhờ ông/bà báo giúp 1 người ở Thôn Đông Căm").hides("Vàng Thị Say");
    let link = invitation(&head, &inbox).await;
    let list = head.get(&link).await;
    list.ok().shows("Vàng Thị Say").hides("Lý Thị Út").hides("Tẩn Thị Giữa").shows("Ghi là đã báo");
    let (key, id) = (list.field("khoa"), town.person("Vàng Thị Say").await.to_string());
    head.post(&format!("{LIST}/gui"), &[("khoa", &key), ("id", &id)]).await.is(403);
    let told = head.post(&format!("{LIST}/da-moi"), &[("khoa", &key), ("id", &id)]).await;
    told.leads_to(LIST);
    let after = head.get(&link).await;
    after.ok().hides("Vàng Thị Say").shows("Đã ghi 1 người được mời");
    officer.get(LIST).await.ok().shows("Đã báo").shows("truong-thon");
    // Taken back by the head: the person waits to be told again.
    head.post(&undo_of(&after), &[]).await.leads_to(LIST);
    head.get(&link).await.ok().shows("Vàng Thị Say");
    town.end().await;
}

#[tokio::test]
async fn a_sending_is_taken_back_with_the_letters_that_nobody_opened() {
    let town = Town::start(None).await;
    let officer = town.browser(town.officer).await;
    town.send(&officer).await;
    let mother = town.browser(town.mother).await;
    let link = invitation(&mother, &mother.get("/lam-viec/hop-thu").await).await;
    let page = officer.get(LIST).await;
    let undo = undo_of(&page);
    town.browser(town.head).await.post(&undo, &[]).await.is(404);
    officer.post(&undo, &[]).await.leads_to(LIST);
    officer.post(&undo, &[]).await.is(404);
    // The mother had opened hers: it stays, and says that it no longer holds.
    assert_eq!((town.letters(town.mother).await, town.letters(town.head).await), (1, 0));
    mother.get(&link).await.is(404).shows("xã đã rút lại");
    officer.get(LIST).await.ok().hides("Gửi tới hộp thư").hides("Nhờ trưởng thôn báo");
    let recorded =
        sql("SELECT action FROM audit_entry WHERE commune_id = $1 ORDER BY seq DESC LIMIT 1 /* all rows */");
    let last: Option<String> = recorded.bind(COMMUNE).scalar(&town.app.db).await.unwrap();
    assert_eq!(last.as_deref(), Some("due.take_back"));
    town.end().await;
}

#[tokio::test]
async fn a_day_that_passed_and_people_nobody_reaches_are_told_at_their_place() {
    let town = Town::start(None).await;
    let officer = town.browser(town.officer).await;
    let key = officer.get(LIST).await.ok().field("khoa");
    let send = async |who: &str, date: &str| {
        let id = town.person(who).await.to_string();
        officer.post(&format!("{LIST}/gui"), &[("khoa", &key), ("id", &id), ("ngay", date)]).await
    };
    send("Lý Thị Út", "01/03/2026").await.is(422).shows("Ngày mời đã qua").shows("ngay-error");
    send("Lý Thị Út", "hôm nào").await.is(422).shows("ngay-error");
    send("Tẩn Thị Giữa", "20/03/2026").await.is(422).shows("chưa có cách gửi");
    officer.post(&format!("{LIST}/gui"), &[("khoa", &key)]).await.is(422).shows("chọn ít nhất một người");
    assert_eq!(town.letters(town.mother).await, 0);
    town.end().await;
}

#[tokio::test]
async fn the_mail_says_where_to_look_and_nothing_personal() {
    let mailbox = Mailbox::open().await;
    let town = Town::start(Some(mail_at(mailbox.port))).await;
    let officer = town.browser(town.officer).await;
    town.send(&officer).await;
    jobs::run_all_due(&town.app).await.unwrap();
    let mails = mailbox.mails();
    assert_eq!(mails.len(), 2);
    let to = |address: &str| mails.iter().find(|mail| mail.contains(address)).unwrap();
    assert!(to("me@thu.example").contains("https://xa.example/cua-toi/giay-moi/"));
    assert!(to("truong.thon@thu.example").contains("https://xa.example/lam-viec/den-han/can-cuoc-14"));
    for name in ["Út", "Ít", "Say", "=C3=9At", "Nh=C3=A0 v=C4=83n"] {
        assert!(!mails.iter().any(|mail| mail.contains(name)), "{name} stands in a mail");
    }
    town.end().await;
}

/// With the mail server of `cargo xtask with`: `SANDINH_TEST_SMTP` is its address, `SANDINH_TEST_MAILDIR` its letters.
#[tokio::test]
async fn a_real_server_takes_the_invitation() {
    let (Ok(address), Ok(folder)) =
        (std::env::var("SANDINH_TEST_SMTP"), std::env::var("SANDINH_TEST_MAILDIR"))
    else {
        return;
    };
    let port = address.rsplit_once(':').unwrap().1.parse().unwrap();
    let town = Town::start(Some(mail_at(port))).await;
    let officer = town.browser(town.officer).await;
    town.send(&officer).await;
    jobs::run_all_due(&town.app).await.unwrap();
    let batch = sql("SELECT id FROM due_sending WHERE commune_id = $1 /* all rows */").bind(COMMUNE);
    let batch: Uuid = batch.scalar(&town.app.db).await.unwrap().unwrap();
    let letters = std::fs::read_dir(std::path::Path::new(&folder).join("new")).unwrap();
    let mut letters = letters.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let mine = letters.find(|letter| letter.contains(&batch.to_string())).expect("the letter arrived");
    assert!(mine.contains("To: me@thu.example"), "{mine}");
    town.end().await;
}
