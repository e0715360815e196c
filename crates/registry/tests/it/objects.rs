//! Pages of due lists, labels, the public card, villages, organisations, assets and teams, as people see them.

use crate::world::{COMMUNE, checked, day, raw};
use futures_util::future::BoxFuture;
use http::HeaderMap;
use platform::access::{Actor, Grant, Place, Scope, Via};
use platform::app::Authenticator;
use platform::{App, Ctx, Result, Uuid, sql};
use registry::household::{self, RawHousehold};
use registry::person::RawPerson;
use registry::{Villages, asset, organisation, team};
use std::sync::Arc;
use testkit::{Answer, Client, TestApp};
use units::{Kind, NewUnit};

/// The cookie says who it is: `who=officer`, `who=village_head:ID`.
struct ByCookie;

impl Authenticator for ByCookie {
    fn actor<'a>(&'a self, _: &'a App, headers: &'a HeaderMap) -> BoxFuture<'a, Result<Option<Arc<Actor>>>> {
        let who = platform::http::cookie(headers, "who");
        Box::pin(async move { Ok(who.map(|who| Arc::new(actor(&who)))) })
    }

    fn commune<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>> {
        Box::pin(async { Ok(COMMUNE) })
    }
}

fn actor(who: &str) -> Actor {
    let (role, place) = match who.split_once(':') {
        Some((role, village)) => (role, Place::new("village", village.parse().unwrap())),
        None => (who, Place::new("commune", COMMUNE)),
    };
    Actor {
        account_id: Uuid::from_u128(71),
        commune_id: COMMUNE,
        name: "Thử".into(),
        grants: vec![Grant { role: role.into(), place }],
        second_factor: true,
        via: Via::Session(Uuid::nil()),
    }
}

struct Commune {
    app: TestApp,
    dong_cam: Uuid,
    soi_co: Uuid,
}

impl Commune {
    async fn start() -> Commune {
        ui::load();
        let areas = vec![platform::area(), audit::area(), units::area(), registry::area()];
        let app = TestApp::with(areas, Box::new(ByCookie)).await;
        let ctx = Ctx::system(&app.app, COMMUNE, "test");
        let tx = ctx.begin().await.unwrap();
        sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, 'Xã Thử', NULL, $2)")
            .bind(COMMUNE)
            .bind(ctx.now)
            .run(&tx)
            .await
            .unwrap();
        let unit = |kind, name: &str, parent_id| NewUnit {
            kind,
            code: String::new(),
            name: name.into(),
            parent_id,
            valid_from: day("2020-01-01"),
            note: String::new(),
            source: "thử".into(),
        };
        let province = units::insert(&ctx, &tx, unit(Kind::Province, "Tỉnh Thử", None)).await.unwrap();
        let commune =
            units::insert(&ctx, &tx, unit(Kind::Commune, "Xã Thử", Some(province.id))).await.unwrap();
        let dong_cam = units::insert(&ctx, &tx, unit(Kind::Village, "Thôn Đông Căm", Some(commune.id)))
            .await
            .unwrap()
            .id;
        let soi_co =
            units::insert(&ctx, &tx, unit(Kind::Village, "Thôn Soi Cờ", Some(commune.id))).await.unwrap().id;
        for (village, west) in [(dong_cam, 104.0), (soi_co, 104.1)] {
            let east = west + 0.1;
            let shape = format!(
                r#"{{"type":"Polygon","coordinates":[[[{west},22.3],[{east},22.3],[{east},22.4],[{west},22.4],[{west},22.3]]]}}"#
            );
            units::boundary_set(&ctx, &tx, village, &shape).await.unwrap();
        }
        tx.commit().await.unwrap();
        Commune { app, dong_cam, soi_co }
    }

    fn ctx(&self) -> Ctx {
        let scope = Scope::new(vec![Place::new("commune", COMMUNE)]);
        Ctx {
            actor: Some(Arc::new(actor("registry_officer"))),
            scope,
            ..Ctx::system(&self.app.app, COMMUNE, "test")
        }
    }

    fn officer(&self) -> Client {
        self.app.with_cookie("who=registry_officer")
    }

    fn head(&self, village: Uuid) -> Client {
        self.app.with_cookie(&format!("who=village_head:{village}"))
    }

    async fn household(&self, village: Uuid, people: &[RawPerson]) -> Uuid {
        let ctx = self.ctx();
        let villages = Villages::load(&ctx).await.unwrap();
        let facts =
            RawHousehold {
                village: village.to_string(), address: "Tổ 2".into(), ..RawHousehold::default()
            }
            .check(&villages)
            .unwrap();
        let members = people.iter().map(|raw| checked(&ctx, raw)).collect();
        let tx = ctx.begin().await.unwrap();
        let id = household::insert(&ctx, &tx, facts, members, day("2010-01-01"), "thử").await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn id_of(&self, name: &str) -> Uuid {
        let found = sql("SELECT id FROM person WHERE commune_id = $1 AND full_name = $2 /* all rows */")
            .bind(COMMUNE)
            .bind(name);
        found.scalar::<Uuid>(&self.app.app.db).await.unwrap().unwrap()
    }

    /// Two families: in Đông Căm somebody of 14 in March (born on a 1st and on a 31st), in Soi Cờ one of 14 in March
    /// and one born on 29 February 2012.
    async fn people(&self) {
        let child = |name: &str, birth: &str| raw(name, "Nữ", birth, "child");
        self.household(
            self.dong_cam,
            &[
                raw("Lý Văn Páo", "Nam", "02/01/1990", "head"),
                child("Lý Thị Đầu", "01/03/2012"),
                child("Lý Thị Cuối", "31/03/2012"),
                child("Lý Thị Sau", "01/04/2012"),
            ],
        )
        .await;
        self.household(
            self.soi_co,
            &[
                raw("Tẩn A Sử", "Nam", "05/05/1985", "head"),
                child("Tẩn Thị Giữa", "15/03/2012"),
                child("Tẩn Thị Nhuận", "29/02/2012"),
            ],
        )
        .await;
    }

    async fn cooperative(&self) -> Uuid {
        let ctx = self.ctx();
        let tx = ctx.begin().await.unwrap();
        let facts = organisation::Facts {
            kind: organisation::Kind::Cooperative,
            name: "HTX Quế Soi Cờ".into(),
            village_id: Some(self.soi_co),
            address: String::new(),
            trade: "Quế".into(),
            tax_no: None,
            phone: None,
            representative: "Tẩn A Sử".into(),
            representative_id: None,
            licence_no: String::new(),
            founded_on: None,
        };
        let id = organisation::insert(&ctx, &tx, facts, day("2024-01-01"), "thử").await.unwrap();
        tx.commit().await.unwrap();
        id
    }
}

fn both(client: &Client, path: &str) -> [String; 2] {
    let _ = client;
    let join = if path.contains('?') { '&' } else { '?' };
    [format!("{path}{join}lang=vi"), format!("{path}{join}lang=en")]
}

#[tokio::test]
async fn a_month_lists_its_birthdays_and_no_others() {
    let place = Commune::start().await;
    place.people().await;
    let officer = place.officer();
    let march = officer.get("/lam-viec/den-han/can-cuoc-14").await;
    march
        .ok()
        .shows("Lý Thị Đầu")
        .shows("Lý Thị Cuối")
        .shows("Tẩn Thị Giữa")
        .hides("Lý Thị Sau")
        .hides("Tẩn Thị Nhuận");
    march.shows("••/03/2012").hides("31/03/2012");
    let february = officer.get("/lam-viec/den-han/can-cuoc-14?tu=2026-02").await;
    february.ok().shows("Tẩn Thị Nhuận").hides("Lý Thị Đầu");
    officer
        .get("/lam-viec/den-han/can-cuoc-14?tu=2026-02&den=2026-04")
        .await
        .ok()
        .shows("Tẩn Thị Nhuận")
        .shows("Lý Thị Sau");
    officer.get("/lam-viec/den-han/lop-1").await.ok().hides("Lý Thị");
    officer.get("/lam-viec/den-han/khong-co").await.is(404);
    let file = officer.get("/lam-viec/den-han/can-cuoc-14?dinh-dang=csv").await;
    file.ok().shows("31/03/2012").shows("Lý Thị Cuối").hides("Lý Thị Sau");
    let looks = audit::views_of(&place.ctx(), place.id_of("Lý Thị Cuối").await, None, 9).await.unwrap();
    assert_eq!(looks.len(), 1, "the export is a look");
    place.app.end().await;
}

#[tokio::test]
async fn a_village_head_sees_invites_and_takes_back_in_the_own_village_only() {
    let place = Commune::start().await;
    place.people().await;
    let head = place.head(place.dong_cam);
    let list = head.get("/lam-viec/den-han/can-cuoc-14").await;
    list.ok().shows("Lý Thị Đầu").hides("Tẩn Thị Giữa").hides("dinh-dang=xlsx");
    head.get("/lam-viec/den-han/can-cuoc-14?dinh-dang=csv").await.is(403);
    head.get(&format!("/lam-viec/den-han/can-cuoc-14?thon={}", place.soi_co)).await.is(404);
    let (own, other) =
        (place.id_of("Lý Thị Đầu").await.to_string(), place.id_of("Tẩn Thị Giữa").await.to_string());
    let url = "/lam-viec/den-han/can-cuoc-14/da-moi";
    let key = list.field("khoa");
    head.post(url, &[("khoa", &key), ("id", &other)]).await.is(422).shows("chọn ít nhất một người");
    let done = head.post(url, &[("khoa", &key), ("id", &own), ("id", &other)]).await;
    done.leads_to("/lam-viec/den-han/can-cuoc-14");
    head.post(url, &[("khoa", &key), ("id", &own)]).await.leads_to("/lam-viec/den-han/can-cuoc-14");
    let after = head.get("/lam-viec/den-han/can-cuoc-14").await;
    after.ok().shows("Đã ghi 1 người được mời").shows("Đã mời").shows("hoan-tac");
    head.get("/lam-viec/den-han/can-cuoc-14?moi=chua").await.ok().hides("Lý Thị Đầu").shows("Lý Thị Cuối");
    let undo = between(&after, "action=\"/lam-viec/den-han/can-cuoc-14/hoan-tac/", "\"");
    let undo = format!("/lam-viec/den-han/can-cuoc-14/hoan-tac/{undo}");
    head.post(&undo, &[]).await.leads_to("/lam-viec/den-han/can-cuoc-14");
    head.post(&undo, &[]).await.is(404);
    head.get("/lam-viec/den-han/can-cuoc-14?moi=chua").await.ok().shows("Lý Thị Đầu");
    place.app.visitor().get("/lam-viec/den-han").await.leads_to("/dang-nhap");
    place.app.end().await;
}

fn between(answer: &Answer, before: &str, after: &str) -> String {
    let text = answer.text();
    let rest = text.split(before).nth(1).unwrap_or_else(|| panic!("no {before}"));
    rest.split(after).next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn invitations_say_who_when_and_where() {
    let place = Commune::start().await;
    place.people().await;
    let officer = place.officer();
    let url = "/lam-viec/den-han/can-cuoc-14/giay-moi";
    let key = officer.get("/lam-viec/den-han/can-cuoc-14").await.field("khoa");
    let id = place.id_of("Lý Thị Đầu").await.to_string();
    let letter = officer
        .post(
            url,
            &[
                ("khoa", &key),
                ("id", &id),
                ("ngay", "20/3/2026"),
                ("gio", "8 giờ"),
                ("dia-diem", "Nhà văn hóa"),
            ],
        )
        .await;
    letter
        .ok()
        .shows("Gia đình cháu Lý Thị Đầu")
        .shows("20/03/2026")
        .shows("Nhà văn hóa")
        .shows("ngày 10 tháng 3 năm 2026")
        .hides("Cuối");
    officer
        .post(url, &[("khoa", &key), ("tat-ca", "1"), ("ngay", "mai")])
        .await
        .ok()
        .shows("Lý Thị Cuối")
        .shows("ngay-error");
    officer.post(url, &[("khoa", &key)]).await.is(422);
    let looks = audit::views_of(&place.ctx(), place.id_of("Lý Thị Đầu").await, None, 9).await.unwrap();
    assert_eq!(looks.len(), 2, "each print is a look");
    place.app.end().await;
}

#[tokio::test]
async fn a_scanned_code_opens_for_those_who_may_and_tells_others_nothing_personal() {
    let place = Commune::start().await;
    place.people().await;
    let home = household::get(
        &place.ctx(),
        place.household(place.dong_cam, &[raw("Vàng Seo Lìn", "Nam", "1970", "head")]).await,
    )
    .await
    .unwrap();
    let person = registry::person::get(&place.ctx(), place.id_of("Vàng Seo Lìn").await).await.unwrap();
    for (code, path) in [(&home.code, "/lam-viec/ho/"), (&person.code, "/lam-viec/nguoi/")] {
        let url = format!("/m/{code}");
        let visitor = place.app.visitor();
        for url in both(&visitor, &url) {
            visitor.get(&url).await.ok().hides("Vàng Seo Lìn").hides("1970").hides("Đông Căm").hides("Tổ 2");
        }
        place.officer().get(&url).await.leads_to(path);
        place.head(place.dong_cam).get(&url).await.leads_to(path);
        place.head(place.soi_co).get(&url).await.ok().hides("Vàng Seo Lìn");
        let bare = code.replace('-', "").to_lowercase();
        place.officer().get(&format!("/m/{bare}")).await.leads_to(path);
    }
    let mut wrong = home.code.clone();
    let last = if wrong.pop() == Some('7') { '8' } else { '7' };
    wrong.push(last);
    place.app.visitor().get(&format!("/m/{wrong}")).await.is(404).shows("Mã gõ chưa đúng");
    let id = place.cooperative().await;
    let coop = organisation::get(&place.ctx(), id).await.unwrap();
    place
        .app
        .visitor()
        .get(&format!("/m/{}", coop.code))
        .await
        .ok()
        .shows("HTX Quế Soi Cờ")
        .hides("Tẩn A Sử");
    let ctx = place.ctx();
    let tx = ctx.begin().await.unwrap();
    organisation::end(&ctx, &tx, id, coop.revision, day("2026-03-01"), "giải thể").await.unwrap();
    tx.commit().await.unwrap();
    place.app.visitor().get(&format!("/m/{}", coop.code)).await.is(410).shows("không còn dùng").hides("HTX");
    place.app.end().await;
}

#[tokio::test]
async fn labels_name_people_only_when_asked() {
    let place = Commune::start().await;
    place.people().await;
    let officer = place.officer();
    for url in both(&officer, "/lam-viec/tem") {
        officer.get(&url).await.ok();
    }
    let plain = officer.get("/lam-viec/tem/in?loai=household&lang=vi").await;
    plain.ok().shows("<svg class=\"qr\"").shows("Tổ 2, Thôn Đông Căm").hides("Lý Văn Páo");
    officer.get("/lam-viec/tem/in?loai=household&ten=1").await.ok().shows("Lý Văn Páo");
    place
        .head(place.soi_co)
        .get("/lam-viec/tem/in?loai=person&ten=1")
        .await
        .ok()
        .shows("Tẩn A Sử")
        .hides("Lý Văn Páo");
    officer.get("/lam-viec/tem/in?loai=x").await.is(404);
    officer.post("/lam-viec/tem/in", &[("ma", "H-0000-000")]).await.is(422);
    let code = registry::person::get(&place.ctx(), place.id_of("Tẩn A Sử").await).await.unwrap().code;
    officer.post("/lam-viec/tem/in", &[("ma", &code)]).await.ok().shows(&code);
    let id = place.id_of("Lý Văn Páo").await.to_string();
    officer.post("/lam-viec/tem", &[("id", &id)]).await.ok().shows("<svg class=\"qr\"");
    place.app.end().await;
}

#[tokio::test]
async fn villages_show_counts_and_no_names() {
    let place = Commune::start().await;
    place.people().await;
    place.cooperative().await;
    let visitor = place.app.visitor();
    for url in both(&visitor, "/thon/soi-co") {
        visitor
            .get(&url)
            .await
            .ok()
            .shows("Soi Cờ")
            .shows("HTX Quế Soi Cờ")
            .hides("Tẩn A Sử")
            .shows("class=\"map-drawing\"");
    }
    visitor.get("/thon/khong-co").await.is(404);
    visitor.get("/thon/xa-thu").await.is(404);
    let officer = place.officer();
    for measure in ["dan-so", "ho", "cap-quang", "ho-ngheo", "bao-hiem", "loa", "x"] {
        officer.get(&format!("/lam-viec/ban-do?do={measure}")).await.ok().shows("/thon/dong-cam");
    }
    let villages = officer.get("/api/v1/villages").await.ok().json();
    assert_eq!(villages["items"][0]["people"], 4);
    assert_eq!(villages["items"][1]["households"], 1);
    place.app.end().await;
}

#[tokio::test]
async fn an_organisation_is_made_changed_and_ended_in_forms() {
    let place = Commune::start().await;
    let officer = place.officer();
    for url in both(&officer, "/lam-viec/to-chuc") {
        officer.get(&url).await.ok();
    }
    let form = officer.get("/lam-viec/to-chuc/moi?lang=vi").await;
    let key = form.ok().field("khoa");
    let wrong = officer
        .post(
            "/lam-viec/to-chuc/moi",
            &[("khoa", &key), ("loai", "cooperative"), ("ten", ""), ("tu-ngay", "01/01/2025")],
        )
        .await;
    wrong.is(422).shows("Cần ghi tên tổ chức");
    let key = wrong.field("khoa");
    let fields = [
        ("khoa", key.as_str()),
        ("loai", "cooperative"),
        ("ten", "HTX <b>Chè</b>"),
        ("tu-ngay", "01/01/2025"),
        ("nguon", "Giấy phép 12"),
    ];
    let path = officer.post("/lam-viec/to-chuc/moi", &fields).await.location();
    officer.post("/lam-viec/to-chuc/moi", &fields).await.leads_to(&path);
    let card = officer.get(&path).await;
    card.ok().shows("HTX &#60;b&#62;Chè").shows("Giấy phép 12").hides("<b>Chè");
    officer.get("/lam-viec/to-chuc?q=che").await.ok().shows("Chè");
    officer.get("/lam-viec/to-chuc?loai=school").await.ok().hides("Chè");
    officer.get("/lam-viec/to-chuc?dinh-dang=csv").await.ok().shows("Chè");
    let edit = officer.get(&format!("{path}/sua")).await;
    let (key, revision) = (edit.ok().field("khoa"), edit.field("phien-ban"));
    let change = |key: &str, revision: &str, trade: &str| {
        let pairs = [
            ("khoa", key),
            ("phien-ban", revision),
            ("loai", "cooperative"),
            ("ten", "HTX Chè"),
            ("nganh-nghe", trade),
            ("cach", "change"),
            ("tu-ngay", "01/02/2026"),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send =
        |pairs: &[(String, String)]| pairs.iter().map(|(n, v)| (n.clone(), v.clone())).collect::<Vec<_>>();
    let first = send(&change(&key, &revision, "Chè"));
    let refs: Vec<(&str, &str)> = first.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    officer.post(&format!("{path}/sua"), &refs).await.leads_to(&path);
    let other = Uuid::from_u128(9).to_string();
    let second = send(&change(&other, &revision, "Quế"));
    let refs: Vec<(&str, &str)> = second.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    officer.post(&format!("{path}/sua"), &refs).await.is(409);
    for url in both(&officer, &path) {
        officer.get(&url).await.ok().shows("→ Chè");
    }
    place.head(place.dong_cam).get(&format!("{path}/sua")).await.is(403);
    let end = officer.get(&format!("{path}/ket-thuc")).await;
    let (key, revision) = (end.ok().field("khoa"), end.field("phien-ban"));
    officer
        .post(
            &format!("{path}/ket-thuc"),
            &[("khoa", &key), ("phien-ban", &revision), ("tu-ngay", "10/03/2026"), ("ly-do", "giải thể")],
        )
        .await
        .leads_to("/lam-viec/to-chuc");
    officer.get("/lam-viec/to-chuc?trang-thai=ended").await.ok().shows("Chè");
    place.app.end().await;
}

#[tokio::test]
async fn assets_are_measured_against_the_norm() {
    let place = Commune::start().await;
    let ctx = place.ctx();
    let facts = |kind, name: &str, condition, since: &str| asset::Facts {
        kind,
        name: name.into(),
        village_id: Some(place.dong_cam),
        organisation_id: None,
        place: "Đầu thôn".into(),
        latitude: Some(22.3),
        longitude: Some(104.05),
        quantity: 1,
        condition,
        connected: true,
        in_use_since: Some(day(since)),
        serial_no: String::new(),
    };
    let tx = ctx.begin().await.unwrap();
    asset::insert(
        &ctx,
        &tx,
        facts(asset::Kind::Loudspeaker, "Loa cũ", asset::Condition::Fair, "2010-01-01"),
        day("2024-01-01"),
        "",
    )
    .await
    .unwrap();
    asset::insert(
        &ctx,
        &tx,
        facts(asset::Kind::Loudspeaker, "Loa hỏng", asset::Condition::Broken, "2024-01-01"),
        day("2024-01-01"),
        "",
    )
    .await
    .unwrap();
    let good = asset::insert(
        &ctx,
        &tx,
        facts(asset::Kind::Loudspeaker, "Loa tốt", asset::Condition::Good, "2024-01-01"),
        day("2024-01-01"),
        "",
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let officer = place.officer();
    for url in both(&officer, "/lam-viec/tai-san/dinh-muc") {
        officer.get(&url).await.ok().shows("1 / 2");
    }
    officer.get("/lam-viec/tai-san/dinh-muc?lang=vi").await.ok().shows("1 hỏng").shows("1 quá cũ");
    for path in [
        "/lam-viec/tai-san",
        &format!("/lam-viec/tai-san/{good}"),
        "/lam-viec/tai-san/moi",
        &format!("/lam-viec/tai-san/{good}/sua"),
    ] {
        for url in both(&officer, path) {
            officer.get(&url).await.ok();
        }
    }
    place.head(place.soi_co).get(&format!("/lam-viec/tai-san/{good}")).await.is(404);
    place.head(place.soi_co).get("/lam-viec/tai-san").await.ok().hides("Loa tốt");
    let list = officer.get("/api/v1/assets?kind=loudspeaker&limit=2").await.ok().json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let next = list["after"].as_str().unwrap();
    let rest = officer.get(&format!("/api/v1/assets?limit=2&after={}", encode(next))).await.ok().json();
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    officer.get("/api/v1/assets?kind=x").await.is(422).shows("request_id");
    place.app.end().await;
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

#[tokio::test]
async fn a_team_has_members_and_a_plan() {
    let place = Commune::start().await;
    let ctx = place.ctx();
    let facts = team::TeamFacts {
        kind: team::Kind::DigitalTeam,
        name: "Tổ công nghệ số Đông Căm".into(),
        village_id: Some(place.dong_cam),
        decision_no: "12/QĐ-UBND".into(),
        founded_on: day("2024-01-01"),
    };
    let tx = ctx.begin().await.unwrap();
    let id = team::insert(&ctx, &tx, &facts).await.unwrap();
    tx.commit().await.unwrap();
    let officer = place.officer();
    let path = format!("/lam-viec/ban-to/{id}");
    let send = async |word: &str, field: &str, text: &str| {
        let form = officer.get(&format!("{path}/{word}")).await;
        let (key, revision) = (form.ok().field("khoa"), form.field("phien-ban"));
        officer
            .post(&format!("{path}/{word}"), &[("khoa", &key), ("phien-ban", &revision), (field, text)])
            .await
    };
    send("thanh-vien", "thanh-vien", "Lò Văn An; Tổ trưởng; Trưởng thôn\nVàng Thị Bích; Tổ viên")
        .await
        .leads_to(&path);
    send("ke-hoach", "ke-hoach", "Họp tổ; Tổ trưởng; 01/02/2026\nDạy cài ứng dụng; ; 30/06/2026")
        .await
        .leads_to(&path);
    send("ke-hoach", "ke-hoach", "Họp; ai; hôm nào").await.is(422).shows("dòng 1");
    for url in both(&officer, &path) {
        officer.get(&url).await.ok().shows("Lò Văn An").shows("Họp tổ").shows("12/QĐ-UBND");
    }
    let card = officer.get(&format!("{path}?lang=vi")).await;
    card.ok().shows("Trễ 37 ngày");
    let (key, revision) = (card.field("khoa"), card.field("phien-ban"));
    officer
        .post(&format!("{path}/xong"), &[("khoa", &key), ("phien-ban", &revision), ("dong", "0")])
        .await
        .leads_to(&path);
    officer.get(&path).await.ok().shows("Xong muộn, 10/03/2026");
    place.head(place.dong_cam).get(&path).await.ok().hides("/sua");
    place.head(place.soi_co).get(&path).await.is(404);
    for url in both(&officer, "/lam-viec/ban-to") {
        officer.get(&url).await.ok().shows("Tổ công nghệ số Đông Căm");
    }
    place.app.end().await;
}

#[tokio::test]
async fn the_overview_and_the_interface_speak_both_languages() {
    let place = Commune::start().await;
    place.people().await;
    let officer = place.officer();
    for path in [
        "/lam-viec/den-han",
        "/lam-viec/den-han/can-cuoc-14",
        "/lam-viec/den-han/nghia-vu-17?nam=2027",
        "/lam-viec/den-han/bao-hiem-y-te",
        "/lam-viec/to-chuc/moi",
        "/lam-viec/ban-to/moi",
    ] {
        for url in both(&officer, path) {
            officer.get(&url).await.ok();
        }
    }
    let lists = officer.get("/api/v1/due-lists?lang=en").await.ok().json();
    assert_eq!(lists["items"][0]["name"], "Turning 14: identity card");
    let people =
        officer.get("/api/v1/due-lists/can-cuoc-14?from=2026-02&to=2026-03&open=true").await.ok().json();
    assert_eq!(people["items"].as_array().unwrap().len(), 4);
    assert_eq!(people["items"][0]["due_on"], "2026-02-28");
    place.app.end().await;
}
