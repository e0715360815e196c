//! From a due list, a letter or a printed invitation to the filled-in form, for whom it is and for nobody else.

use crate::world::{EXTRACT, World, day};
use identity::{NewAccount, NewGrant};
use platform::Uuid;
use platform::access::Place;
use registry::bulk::Ending;
use registry::household::{self, RawHousehold};
use registry::person::{self, Leaving, NewPerson, RawPerson};
use registry::{Villages, lists};
use testkit::{Answer, Client};

const PENSION: &str = "1.014027";
const LIST: &str = "/lam-viec/den-han/tro-cap-huu-tri-75";
const NUMBER: &str = "010151000456";

/// Two who turn 75 in March 2026: Sùng Thị Mào of the first village, who has an account, and Tẩn A Pao of the second.
struct Elders {
    world: World,
    mao: Uuid,
    pao: Uuid,
    /// Sùng Thị Mào on her phone.
    me: Client,
}

impl Elders {
    async fn start() -> Elders {
        let world = World::start().await;
        let villages = world.cast.home.villages.clone();
        let mao = settle(&world, villages[0], &[("Sùng Thị Mào", "15/03/1951", "female", NUMBER)]).await[0];
        let pao =
            settle(&world, villages[1], &[("Tẩn A Pao", "20/03/1951", "male", "010051000789")]).await[0];
        let me = account(&world, mao, "sung.mao").await;
        Elders { world, mao, pao, me }
    }

    fn invited(&self, person: Uuid) -> String {
        format!("/thu-tuc/{PENSION}/moi/{person}")
    }

    fn form(&self, person: Uuid) -> String {
        format!("/thu-tuc/{PENSION}/lam?cho={person}")
    }

    fn counter(&self, person: Uuid) -> String {
        format!("/lam-viec/quay/{PENSION}?cho={person}")
    }

    async fn head(&self, who: &str) -> Client {
        self.world.app.sign_in(&self.world.cast.home, who).await
    }

    async fn dies(&self, id: Uuid) {
        dies(&self.world, id).await;
    }
}

pub async fn dies(world: &World, id: Uuid) {
    let ctx = onestop_whole(world);
    let tx = ctx.begin().await.unwrap();
    let leaving = Leaving {
        ending: Ending::Died(day("2026-03-09")),
        new_head: None,
        note: String::new(),
        source: "thử".into(),
    };
    let revision = person::get(&ctx, id).await.unwrap().revision;
    person::leave(&ctx, &tx, id, revision, &leaving).await.unwrap();
    tx.commit().await.unwrap();
}

pub fn onestop_whole(world: &World) -> platform::Ctx {
    let scope = platform::access::Scope::new(vec![Place::new("commune", world.cast.home.id)]);
    platform::Ctx { scope, ..world.ctx() }
}

/// A household: name, birth, sex and number of each, the head first.
async fn settle(world: &World, village: Uuid, people: &[(&str, &str, &str, &str)]) -> Vec<Uuid> {
    let related = |at| if at == 0 { lists::HEAD } else { "child" };
    let people: Vec<_> =
        people.iter().enumerate().map(|(at, one)| (one.0, one.1, one.2, one.3, related(at), "")).collect();
    house(world, village, &people).await
}

/// The same, with the relation to the head and the telephone of each.
pub async fn house(
    world: &World,
    village: Uuid,
    people: &[(&str, &str, &str, &str, &str, &str)],
) -> Vec<Uuid> {
    let ctx = onestop_whole(world);
    let raw =
        RawHousehold { village: village.to_string(), address: "Tổ 5".into(), ..RawHousehold::default() };
    let facts = raw.check(&Villages::load(&ctx).await.unwrap()).unwrap();
    let words = lists::load(&ctx).unwrap();
    let raw =
        |(name, birth, sex, number, relation, phone): &(&str, &str, &str, &str, &str, &str)| RawPerson {
            full_name: (*name).into(),
            birth: (*birth).into(),
            sex: (*sex).into(),
            personal_no: (*number).into(),
            ethnic: "mong".into(),
            relation: (*relation).into(),
            phone: (*phone).into(),
            residence: "permanent".into(),
            ..RawPerson::default()
        };
    let members = people.iter().map(raw);
    let members = members.map(|raw| NewPerson::check(&raw, &words, ctx.today()).unwrap()).collect();
    let tx = ctx.begin().await.unwrap();
    let id = household::insert(&ctx, &tx, facts, members, day("2021-01-01"), "thử").await.unwrap();
    tx.commit().await.unwrap();
    person::members(&ctx, id).await.unwrap().into_iter().map(|person| person.id).collect()
}

pub async fn account(world: &World, person: Uuid, login: &str) -> Client {
    let ctx = world.ctx();
    let tx = ctx.begin().await.unwrap();
    let new = NewAccount { login: login.into(), display_name: login.into(), ..NewAccount::default() };
    let account = identity::account_insert(&ctx, &tx, new, None).await.unwrap().id;
    let grant = NewGrant {
        account_id: account,
        role: "resident".into(),
        place: Place::new("person", person),
        valid_from: day("2020-01-01"),
        valid_to: None,
    };
    identity::grant_insert(&ctx, &tx, grant).await.unwrap();
    tx.commit().await.unwrap();
    let cookie = identity::open_session(&world.app.app, world.cast.home.id, account, true).await.unwrap();
    world.app.with_cookie(&format!("{}={cookie}", identity::COOKIE))
}

/// The page to which the only letter of an inbox leads.
async fn letter(reader: &Client) -> String {
    let inbox = reader.get("/lam-viec/hop-thu").await;
    let text = inbox.ok().text();
    let id = text.split("/lam-viec/hop-thu/").find_map(|rest| rest.get(..36)?.parse::<Uuid>().ok());
    reader.get(&format!("/lam-viec/hop-thu/{}", id.expect("a letter"))).await.location()
}

/// The office sends the invitations of a list.
async fn send(desk: &Client, list: &str) {
    let key = desk.get(list).await.ok().field("khoa");
    desk.post(&format!("{list}/gui"), &[("khoa", &key), ("tat-ca", "1")]).await.leads_to(list);
}

/// The code that a printed invitation carries for this address.
fn qr(world: &World, path: &str, words: &str) -> String {
    ui::qr::svg(&format!("{}{path}", world.app.app.config.base_url()), words).unwrap().0
}

#[tokio::test]
async fn a_due_list_leads_each_reader_to_the_form_that_is_theirs_to_begin() {
    let elders = Elders::start().await;
    let (world, mao, pao) = (&elders.world, elders.mao, elders.pao);
    let list = world.desk.get(&format!("{LIST}?lang=vi")).await;
    list.ok().shows("Làm hồ sơ").shows(&elders.counter(mao)).shows(&elders.counter(pao));
    world.desk.get(&format!("{LIST}?lang=en")).await.ok().shows("Begin").shows("Dossier");
    let form = world.desk.get(&format!("{}&lang=vi", elders.counter(mao))).await;
    form.ok().shows("value=\"Sùng Thị Mào\"").shows(&format!("value=\"{NUMBER}\"")).shows("Có trong sổ bộ");
    // Who has no counter and no village begins nothing.
    world.specialist.get(LIST).await.ok().shows("Tẩn A Pao").hides("Làm hồ sơ").hides("?cho=").hides("/moi/");
    // A list without a fitting procedure has no such column.
    world.desk.get("/lam-viec/den-han/can-cuoc-14").await.ok().hides("Làm hồ sơ");

    let head = elders.head("village_head").await;
    head.get(LIST).await.ok().shows(&elders.invited(mao)).hides(&pao.to_string());
    head.get(&elders.invited(mao)).await.leads_to(&elders.form(mao));
    let form = head.get(&elders.form(mao)).await;
    form.ok().shows("Nộp giúp Sùng Thị Mào").shows(&format!("value=\"{NUMBER}\""));
    let looks = audit::views_of(&onestop_whole(world), mao, None, 9).await.unwrap();
    assert_eq!(looks.len(), 2, "the desk and the head have looked");

    let lists = world.desk.get("/api/v1/due-lists").await.ok().json();
    let of = |code: &str| {
        let items = lists["items"].as_array().unwrap();
        items.iter().find(|list| list["code"] == code).unwrap()["procedure"].clone()
    };
    assert_eq!((of("tro-cap-huu-tri-75"), of("lop-1")), (PENSION.into(), serde_json::Value::Null));
    let people = world.desk.get("/api/v1/due-lists/tro-cap-huu-tri-75").await.ok().json();
    assert_eq!(people["items"][0]["form"], elders.counter(mao));
    let people = world.specialist.get("/api/v1/due-lists/tro-cap-huu-tri-75").await.ok().json();
    assert!(people["items"][0].get("form").is_none());
    elders.world.app.end().await;
}

#[tokio::test]
async fn a_printed_invitation_carries_the_code_of_the_form() {
    let elders = Elders::start().await;
    let (world, desk) = (&elders.world, &elders.world.desk);
    let print = async |list: &str, lang: &str| {
        let key = desk.get(list).await.ok().field("khoa");
        desk.post(&format!("{list}/giay-moi?lang={lang}"), &[("khoa", &key), ("tat-ca", "1")]).await
    };
    let page = print(LIST, "vi").await;
    let words = "Mã QR mở hồ sơ của người được mời";
    page.ok().shows("quét mã dưới đây").shows(&qr(world, &elders.invited(elders.mao), words));
    page.shows(&qr(world, &elders.invited(elders.pao), words));
    let words = "QR code that opens the form of the one who is invited";
    print(LIST, "en").await.ok().shows("scan this code").shows(&qr(
        world,
        &elders.invited(elders.mao),
        words,
    ));
    elders.world.app.end().await;
}

#[tokio::test]
async fn who_is_invited_begins_the_own_form_and_goes_on_with_it() {
    let elders = Elders::start().await;
    let (world, me, mao) = (&elders.world, &elders.me, elders.mao);
    // Signed out: first the sign-in, which leads back here.
    let out = world.app.visitor().get(&elders.invited(mao)).await;
    out.leads_to("/dang-nhap?tiep=");
    assert!(out.location().contains("moi"), "{}", out.location());

    send(&world.desk, LIST).await;
    let link = letter(me).await;
    for lang in ["vi", "en"] {
        me.get(&format!("{link}?lang={lang}")).await.ok().shows(&elders.invited(mao));
    }
    me.get(&elders.invited(mao)).await.leads_to(&elders.form(mao));
    let first = me.get(&elders.form(mao)).await;
    first.ok().shows("value=\"Sùng Thị Mào\"").shows(&format!("value=\"{NUMBER}\"")).hides("Nộp giúp");
    let (key, person) = (first.field("khoa"), mao.to_string());
    let fields = [
        ("khoa", key.as_str()),
        ("phan", "0"),
        ("cho", &person),
        ("applicant_name", "Sùng Thị Mào"),
        ("applicant_number", NUMBER),
        ("applicant_relation", "ban-than"),
    ];
    let url = me.post(&format!("/thu-tuc/{PENSION}/lam"), &fields).await.is(303).location();
    me.get(&url).await.ok().shows("value=\"Sùng Thị Mào\"").shows("15/03/1951");
    // Scanned again: the same draft, not a second one.
    me.get(&elders.invited(mao)).await.leads_to(url.split('?').next().unwrap());
    // The other one has no account: the head of the village is asked, and begins it from there.
    let head = elders.head("village_head_2").await;
    head.get(&letter(&head).await).await.ok().shows(&elders.invited(elders.pao)).hides(&person);
    elders.world.app.end().await;
}

fn guides(page: &Answer) {
    page.ok().shows("Tài khoản này không mở được hồ sơ của giấy mời").shows("nhờ trưởng thôn nộp giúp");
    page.hides("Sùng Thị Mào").hides(NUMBER);
}

#[tokio::test]
async fn an_invitation_tells_nothing_to_somebody_else() {
    let elders = Elders::start().await;
    let (world, mao) = (&elders.world, elders.mao);
    let nobody = Uuid::from_u128(7);
    let other = world.me.get(&format!("{}?lang=vi", elders.invited(mao))).await;
    guides(&other);
    other.shows("Làm hồ sơ đứng tên tôi").shows("Giàng Thị Mỷ");
    let unknown = world.me.get(&format!("{}?lang=vi", elders.invited(nobody))).await;
    unknown.ok().shows("Tài khoản này không mở được hồ sơ của giấy mời");
    let english = world.me.get(&format!("{}?lang=en", elders.invited(mao))).await;
    english.ok().shows("This account cannot open the form of the invitation").hides("Sùng Thị Mào");
    world.me.get(&elders.form(mao)).await.is(404);
    // The head of another village, an officer without a counter, another commune.
    guides(&elders.head("village_head_2").await.get(&elders.invited(mao)).await);
    guides(&world.specialist.get(&elders.invited(mao)).await);
    let away = world.app.sign_in(&world.cast.other, "onestop_officer").await;
    guides(&away.get(&elders.invited(mao)).await);
    away.get(&elders.counter(mao)).await.is(404);
    world.desk.get(&elders.invited(mao)).await.leads_to(&elders.counter(mao));
    world.desk.get(&elders.counter(nobody)).await.is(404);
    let looks = audit::views_of(&onestop_whole(world), mao, None, 9).await.unwrap();
    assert_eq!(looks.len(), 0, "nobody was shown anything");
    // What the address names must be there.
    world.me.get("/lam-viec/den-han/khong-co").await.is(403);
    world.desk.get("/lam-viec/den-han/khong-co").await.is(404);
    for code in ["khong-co", "1.004222"] {
        let gone = world.me.get(&format!("/thu-tuc/{code}/moi/{mao}?lang=vi")).await;
        gone.is(404).shows("hiện không làm được trên điện thoại");
    }
    elders.world.app.end().await;
}

#[tokio::test]
async fn nothing_is_begun_for_somebody_who_died() {
    let elders = Elders::start().await;
    let (world, mao) = (&elders.world, elders.mao);
    let head = elders.head("village_head").await;
    send(&world.desk, LIST).await;
    let link = letter(&elders.me).await;
    elders.dies(mao).await;
    world.desk.get(LIST).await.ok().hides("Sùng Thị Mào").shows("Tẩn A Pao");
    for page in [
        world.desk.get(&elders.invited(mao)).await,
        world.desk.get(&elders.counter(mao)).await,
        world.desk.get(&format!("/lam-viec/quay?cho={mao}")).await,
        head.get(&elders.invited(mao)).await,
        head.get(&elders.form(mao)).await,
    ] {
        page.is(422).shows("không còn trong sổ bộ của xã").hides("Sùng Thị Mào");
    }
    world.me.get(&elders.invited(mao)).await.ok().hides("sổ bộ của xã").hides("Sùng Thị Mào");
    elders.me.get(&link).await.ok().hides("/moi/");
    world.desk.get(&format!("/lam-viec/nguoi/{mao}")).await.ok().hides("quay?cho=");
    elders.world.app.end().await;
}

/// A list of the commune's own: at 14, for this procedure.
fn rule(code: &str, procedure: &str) -> String {
    let words =
        "name = \"Đủ 14 tuổi\"\nwhat = \"Việc\"\nreason = \"đủ 14 tuổi\"\nbring = \"Giấy khai sinh.\"\n";
    format!(
        "[[rule]]\ncode = \"{code}\"\nby = \"birthday\"\nages = [14]\nprocedure = \"{procedure}\"\nbasis = \"thử\"\n\
         [rule.vi]\n{words}[rule.en]\n{words}\n"
    )
}

#[tokio::test]
async fn a_list_of_the_communes_own_leads_where_its_procedure_is_in_force() {
    let world = World::start().await;
    let folder = world.app.data().join("law/due-lists");
    std::fs::create_dir_all(&folder).unwrap();
    let rules = [rule("trich-luc", EXTRACT), rule("cu-tru", "1.004222"), rule("khac", "khong-co")].concat();
    std::fs::write(folder.join("2026-02-01.toml"), rules).unwrap();
    let people = [("Vàng Thị Say", "01/01/1988", "female", ""), ("Vàng Thị Út", "15/03/2012", "female", "")];
    let family = settle(&world, world.cast.home.villages[0], &people).await;
    let (mother, child) = (account(&world, family[0], "vang.say").await, family[1]);

    let list = "/lam-viec/den-han/trich-luc";
    world.desk.get(list).await.ok().shows(&format!("/lam-viec/quay/{EXTRACT}?cho={child}"));
    for without in ["/lam-viec/den-han/cu-tru", "/lam-viec/den-han/khac"] {
        let page = world.desk.get(without).await;
        page.ok().shows("Vàng Thị Út").hides("Làm hồ sơ").hides("cho=");
        let fields = [("khoa", page.field("khoa")), ("tat-ca", "1".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let sheets = world.desk.post(&format!("{without}/giay-moi"), &fields).await;
        sheets.ok().shows("Vàng Thị Út").hides("class=\"qr\"").hides("quét mã");
    }
    // A child's letter goes to the mother, who files as the child's legal representative.
    send(&world.desk, list).await;
    let invited = format!("/thu-tuc/{EXTRACT}/moi/{child}");
    let page = mother.get(&letter(&mother).await).await;
    page.ok().shows("Vàng Thị Út").shows(&invited).hides("nhờ trưởng thôn nộp giúp");
    mother.get(&invited).await.leads_to(&format!("/thu-tuc/{EXTRACT}/lam?cho={child}"));
    // Somebody of another household learns nothing.
    world.me.get(&invited).await.ok().shows("Nếu giấy mời là của người nhà").hides("Vàng Thị Út");
    world.app.end().await;
}
