//! A directive in the Zalo group: one address for all, a personal link for each, bound to the first phone.

use crate::world::{LETTER, World, press, task_of};
use http::Method;
use platform::sql;
use serde_json::json;
use testkit::{Answer, Client, in_both_languages};

const NEW: &str = "/lam-viec/nhiem-vu/moi";
const ZALO: &str = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Zalo android/24";

/// The chairman charges the officer, and both village heads beside them; the address of the task.
async fn given(world: &World) -> String {
    let officer = world.account("registry_officer");
    let key = world.chairman.get(NEW).await.field_of(NEW, "khoa");
    let fields = [
        ("khoa", key.as_str()),
        ("viec", "Dọn kênh mương"),
        ("y-kien", "Làm xong trước mùa mưa"),
        ("chu-tri", officer.as_str()),
        ("ca-truong-thon", "1"),
        ("han", "20/03/2026"),
    ];
    world.chairman.post(NEW, &fields).await.is(303).location()
}

/// Shares it; the address for the group.
async fn shared(world: &World, task: &str) -> String {
    let share = format!("{task}/chia-se");
    let page = world.chairman.get(&share).await;
    let key = page.field_of(&share, "khoa");
    world.chairman.post(&share, &[("khoa", &key)]).await.is(303);
    let text = world.chairman.get(&share).await.text();
    let code = text.split("https://giaphu.example/g/").nth(1).unwrap();
    format!("/g/{}", &code[..12])
}

/// The personal link of somebody, as the page of whoever gave the task shows it.
async fn personal(world: &World, task: &str, who: &str) -> String {
    let page = world.chairman.get(&format!("{task}/chia-se")).await.text();
    let field = page.split(&format!("id=\"lk-{}\"", world.account(who))).nth(1).expect("a link that waits");
    let url = field.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    url.strip_prefix("https://giaphu.example").unwrap().to_owned()
}

async fn bound(world: &World, link: &str) -> Client {
    let phone = world.app.visitor().header("user-agent", ZALO);
    bind(&phone, link).await.is(303);
    phone
}

async fn bind(phone: &Client, link: &str) -> Answer {
    let key = phone.get(link).await.ok().field("khoa");
    phone.post(link, &[("khoa", &key)]).await
}

#[tokio::test]
async fn a_village_head_opens_it_from_the_group_answers_and_the_giver_sees_it() {
    let world = World::start().await;
    let task = given(&world).await;
    let group = shared(&world, &task).await;
    let share = format!("{task}/chia-se");
    world.chairman.get(&share).await.shows("Dọn kênh mương").shows("Đã xem: 0 trên 3 người");
    let link = personal(&world, &task, "village_head").await;
    let phone = world.app.visitor().header("user-agent", ZALO);
    // Not known yet: the group's page says nothing of it.
    phone.get(&group).await.ok().shows("chưa được nhận ra").hides("kênh mương").hides("mùa mưa");
    let answer = bind(&phone, &link).await;
    let mut cookies = answer.is(303).headers.get_all("set-cookie").iter();
    let narrow = "Path=/g; HttpOnly; SameSite=Lax; Max-Age=15552000";
    assert!(cookies.any(|one| one.to_str().unwrap().contains(narrow)));
    let own = answer.location();
    phone.get(&own).await.ok().shows("mùa mưa").shows("Đã rõ").hides("Thử registry_officer");
    // From the group it is one press from now on.
    assert_eq!(phone.get(&group).await.is(303).location(), own);
    world.chairman.get(&share).await.shows("qua đường dẫn").shows("Zalo · Android");
    world.chairman.get(&task).await.shows("qua đường dẫn");
    press(&phone, &own, "/nhan", &[]).await.is(303);
    let key = phone.get(&own).await.field_of(&format!("{own}/bao-cao"), "khoa");
    let fields = [("khoa", key.as_str()), ("tien-do", "50"), ("lam", "tien-do")];
    let sent = phone.upload(&format!("{own}/bao-cao"), &fields, "giong-noi", "ghi-am.webm", &voice()).await;
    sent.is(303);
    let mine = phone.get(&own).await;
    mine.shows("<audio").shows("Được một nửa");
    let file = mine.text().split(&format!("{own}/tep/")).nth(1).unwrap()[..36].to_owned();
    let file = format!("{own}/tep/{file}");
    phone.get(&file).await.ok();
    // Phones of Apple ask for a part before they play anything.
    let part = phone.same().header("range", "bytes=0-1").get(&file).await;
    assert_eq!(part.is(206).header("content-range"), "bytes 0-1/316");
    assert_eq!(part.bytes, [0x1a, 0x45]);
    assert_eq!(part.header("cache-control"), "no-store");
    let seen = world.chairman.get(&task).await;
    seen.shows("50 %").shows("Báo cáo tiến độ (50 %) · qua đường dẫn");
    press(&phone, &own, "/bao-cao", &[("lam", "xong")]).await.is(422).shows("Hãy ghi vài lời");
    press(&phone, &own, "/bao-cao", &[("lam", "xong"), ("bao-cao", "Xong")]).await.is(303);
    phone.get("/g/viec").await.ok().shows("Dọn kênh mương");
    world.app.end().await;
}

#[tokio::test]
async fn a_link_that_waits_opens_what_was_shared_last() {
    let world = World::start().await;
    let first = given(&world).await;
    shared(&world, &first).await;
    let link = personal(&world, &first, "village_head").await;
    let second = given(&world).await;
    shared(&world, &second).await;
    assert_eq!(
        personal(&world, &second, "village_head").await,
        link,
        "the link that was given out still serves"
    );
    let phone = world.app.visitor().header("user-agent", ZALO);
    let opened = bind(&phone, &link).await.is(303).location();
    assert_eq!(opened.rsplit('/').next(), second.rsplit('/').next());
    world.app.end().await;
}

/// The first bytes of a WebM file, as a browser records a voice.
fn voice() -> Vec<u8> {
    let mut bytes = vec![0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 0x01, 0x42, 0x82, 0x84];
    bytes.extend(b"webm");
    bytes.extend([0; 300]);
    bytes
}

#[tokio::test]
async fn a_look_spends_nothing_and_a_second_phone_gets_a_clear_word() {
    let world = World::start().await;
    let task = given(&world).await;
    let group = shared(&world, &task).await;
    let link = personal(&world, &task, "village_head").await;
    // A program that makes a preview looks at both, often.
    let crawler = world.app.visitor().header("user-agent", "ZaloBot/1.0");
    for _ in 0..3 {
        let page = crawler.get(&link).await;
        page.ok()
            .shows("og:title")
            .shows("Chỉ đạo mới của UBND")
            .hides("kênh mương")
            .hides("Thử village_head");
        crawler.get(&group).await.ok().hides("kênh mương").hides("Thử village_head");
    }
    world.chairman.get(&task).await.shows("Chưa xem").hides("Đã xem");
    let phone = world.app.visitor();
    let key = phone.get(&link).await.field("khoa");
    phone.post(&link, &[("khoa", &key)]).await.is(303);
    // The answer was lost on the way: the same press again is the same phone.
    let again = world.app.visitor();
    let own = again.post(&link, &[("khoa", &key)]).await.is(303).location();
    again.get(&own).await.ok();
    let second = world.app.visitor();
    second.get(&link).await.is(409).shows("đã được dùng trên một điện thoại khác");
    let other = platform::ids::new_id(world.app.clock.now()).to_string();
    second.post(&link, &[("khoa", &other)]).await.is(409).shows("điện thoại khác");
    second.get(&own).await.is(404);
    world.head.get("/lam-viec/hop-thu").await.shows("vừa được gắn");
    // A new link ends the phone of before.
    let renew = format!("{task}/chia-se/cap-lai");
    let head = world.account("village_head");
    let key = world.chairman.get(&format!("{task}/chia-se")).await.field_of(&renew, "khoa");
    world.chairman.post(&renew, &[("khoa", &key), ("nguoi", &head)]).await.is(303);
    phone.get(&own).await.is(404);
    let fresh = personal(&world, &task, "village_head").await;
    assert_ne!(fresh, link);
    phone.get(&link).await.is(409).shows("đã bị thu hồi");
    bound(&world, &fresh).await.get(&own).await.ok();
    world.app.end().await;
}

#[tokio::test]
async fn a_bound_phone_opens_its_own_directives_and_nothing_else() {
    let world = World::start().await;
    let task = given(&world).await;
    shared(&world, &task).await;
    let phone = bound(&world, &personal(&world, &task, "village_head").await).await;
    // The cookie is kept for `/g` by a browser; sent elsewhere all the same it opens nothing.
    for path in ["/lam-viec", "/lam-viec/nhiem-vu", &task, "/lam-viec/ho", "/tai-khoan"] {
        phone.get(path).await.is(303).leads_to("/dang-nhap");
    }
    phone.get("/api/v1/tasks").await.is(401);
    // A directive for somebody else.
    let officer = world.account("registry_officer");
    let key = world.chairman.get(NEW).await.field_of(NEW, "khoa");
    let fields = [("khoa", key.as_str()), ("viec", "Việc khác"), ("chu-tri", officer.as_str())];
    let other = world.chairman.post(NEW, &fields).await.is(303).location();
    let id = other.rsplit('/').next().unwrap();
    phone.get(&format!("/g/viec/{id}")).await.is(404);
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    phone.post(&format!("/g/viec/{id}/nhan"), &[("khoa", &fresh)]).await.is(404);
    // Whoever leads everybody must sign in with a second factor: no link for such a role.
    let renew = format!("{task}/chia-se/cap-lai");
    let key = world.chairman.get(&format!("{task}/chia-se")).await.field_of(&renew, "khoa");
    world.chairman.post(&renew, &[("khoa", &key), ("nguoi", &officer)]).await.is(409);
    // The record says how it was done.
    let ctx = world.ctx();
    let by_link = sql("SELECT COUNT(*) FROM audit_entry WHERE commune_id = $1 AND action = 'tasklink.bind' \
                       AND detail LIKE '%\"by\":\"link\"%' AND account_id IS NOT NULL");
    assert_eq!(by_link.bind(ctx.commune).count(&ctx.app.db).await.unwrap(), 1);
    world.app.end().await;
}

#[tokio::test]
async fn it_ends_by_the_person_the_administrator_time_and_a_closed_account() {
    let mut world = World::start().await;
    let task = given(&world).await;
    shared(&world, &task).await;
    let own = format!("/g/viec/{}", task.rsplit('/').next().unwrap());
    let list = "/lam-viec/nhiem-vu/dien-thoai";
    let phone = bound(&world, &personal(&world, &task, "village_head").await).await;
    world.head.get("/tai-khoan").await.shows(list);
    let end = ended_at(&world.head.get(list).await);
    // Nobody else's.
    world.officer.post(&end, &[]).await.is(404);
    phone.get(&own).await.ok();
    world.head.post(&end, &[]).await.is(303);
    phone.get(&own).await.is(404).shows("chưa được gắn");
    // The administrator.
    let phone = renewed(&world, &task, "village_head").await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let all = admin.get("/lam-viec/dien-thoai").await;
    all.shows("Thử village_head");
    admin.post(&ended_at(&all), &[]).await.is(303);
    phone.get(&own).await.is(404);
    world.head.get("/lam-viec/dien-thoai").await.is(403);
    // The phone itself.
    let phone = renewed(&world, &task, "village_head").await;
    phone.post("/g/thoi", &[]).await.is(303);
    phone.get(&own).await.is(404);
    // A closed account, also when it is opened again.
    let phone = renewed(&world, &task, "village_head").await;
    let account = world.cast.home.accounts["village_head"];
    let ctx = world.ctx();
    for lock in [true, false] {
        let revision = identity::account_find(&ctx, account).await.unwrap().revision;
        let tx = ctx.begin().await.unwrap();
        if lock {
            identity::account_lock(&ctx, &tx, account, revision).await.unwrap();
        } else {
            identity::account_unlock(&ctx, &tx, account, revision).await.unwrap();
        }
        tx.commit().await.unwrap();
        if lock {
            phone.get(&own).await.is(404);
        }
        world.app.run_jobs().await;
    }
    phone.get(&own).await.is(404);
    // Time: a link that nobody used, and a phone.
    let second = personal(&world, &task, "village_head_2").await;
    let phone = renewed(&world, &task, "village_head").await;
    world.later(15).await;
    world.app.visitor().get(&second).await.is(409).shows("đã hết hạn");
    phone.get(&own).await.ok();
    world.later(170).await;
    phone.get(&own).await.is(404);
    world.app.end().await;
}

fn ended_at(page: &Answer) -> String {
    let text = page.text();
    let rest = text.split("action=\"/lam-viec/nhiem-vu/dien-thoai/").nth(1).expect("a phone");
    format!("/lam-viec/nhiem-vu/dien-thoai/{}", rest.split('"').next().unwrap())
}

/// A phone with a new link.
async fn renewed(world: &World, task: &str, who: &str) -> Client {
    let renew = format!("{task}/chia-se/cap-lai");
    let key = world.chairman.get(&format!("{task}/chia-se")).await.field_of(&renew, "khoa");
    let account = world.account(who);
    world.chairman.post(&renew, &[("khoa", &key), ("nguoi", &account)]).await.is(303);
    bound(world, &personal(world, task, who).await).await
}

#[tokio::test]
async fn whoever_has_no_link_asks_for_one_by_role() {
    let world = World::start().await;
    let task = given(&world).await;
    let group = shared(&world, &task).await;
    let visitor = world.app.visitor();
    let page = visitor.get(&group).await;
    page.shows("Trưởng thôn, Đông Căm").hides("Thử village_head");
    let mark = page.text().split("<option value=\"").find(|part| part.contains("Đông Căm")).unwrap()[..16]
        .to_owned();
    let key = page.field("khoa");
    visitor
        .post(&group, &[("khoa", &key), ("toi-la", "khong-co")])
        .await
        .is(422)
        .shows("Hãy chọn ông/bà là ai");
    visitor.post(&group, &[("khoa", &key), ("toi-la", &mark)]).await.is(303);
    let key = visitor.get(&group).await.field("khoa");
    visitor.post(&group, &[("khoa", &key), ("toi-la", &mark)]).await.is(303);
    let inbox = world.chairman.get("/lam-viec/hop-thu").await;
    assert_eq!(inbox.text().matches("xin đường dẫn riêng").count(), 1);
    world.chairman.get(&format!("{task}/chia-se")).await.shows("Xin đường dẫn riêng lúc");
    // Codes are not tried out.
    for _ in 0..30 {
        visitor.get("/g/aaaabbbbcccc").await.is(404);
    }
    visitor.get("/g/aaaabbbbcccc").await.is(429);
    visitor.get("/g/rieng/aaaabbbbcccc").await.is(429);
    visitor.get(&group).await.ok();
    // Somebody who has signed in has the usual page.
    assert_eq!(world.head.get(&group).await.is(303).location(), task);
    world.officer.get(&format!("{task}/chia-se")).await.is(403);
    let key = world.chairman.get(&task).await.field_of(&format!("{task}/dat"), "khoa");
    world.chairman.post(&format!("{task}/huy"), &[("khoa", &key), ("loi", "Hoãn")]).await.is(303);
    visitor.get(&group).await.ok().shows("đã kết thúc").hides("Đông Căm");
    world.app.end().await;
}

#[tokio::test]
async fn the_document_comes_with_the_directive() {
    let world = World::start().await;
    let path = world.registered(&LETTER).await;
    let (officer, head) = (world.account("registry_officer"), world.account("village_head"));
    let fields = [("viec", "Rà soát"), ("chu-tri", officer.as_str()), ("phoi-hop", head.as_str())];
    press(&world.chairman, &path, "/chi-dao", &fields).await.is(303);
    let task = task_of(&world.chairman.get(&path).await);
    shared(&world, &task).await;
    let phone = bound(&world, &personal(&world, &task, "village_head").await).await;
    let own = format!("/g/viec/{}", task.rsplit('/').next().unwrap());
    let page = phone.get(&own).await;
    page.shows("den.pdf");
    let paper = page.text().split(&format!("{own}/van-ban/")).nth(1).unwrap()[..36].to_owned();
    phone.get(&format!("{own}/van-ban/{paper}")).await.ok();
    world.app.visitor().get(&format!("{own}/van-ban/{paper}")).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn the_pages_speak_both_languages_and_programs_share_too() {
    let world = World::start().await;
    let task = given(&world).await;
    let group = shared(&world, &task).await;
    let link = personal(&world, &task, "village_head_2").await;
    let phone = bound(&world, &personal(&world, &task, "village_head").await).await;
    let own = format!("/g/viec/{}", task.rsplit('/').next().unwrap());
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    in_both_languages(async |lang| {
        let code = lang.code();
        for path in [format!("{task}/chia-se"), format!("{task}/chia-se/in"), task.clone()] {
            world.chairman.get(&format!("{path}?lang={code}")).await.ok();
        }
        for path in [&own, "/g/viec"] {
            phone.get(&format!("{path}?lang={code}")).await.ok();
        }
        for path in [&group, &link] {
            world.app.visitor().get(&format!("{path}?lang={code}")).await.ok();
        }
        world.head.get(&format!("/lam-viec/nhiem-vu/dien-thoai?lang={code}")).await.ok();
        admin.get(&format!("/lam-viec/dien-thoai?lang={code}")).await.ok();
    })
    .await;
    let url = format!("/api/v1/tasks/{}/links", task.rsplit('/').next().unwrap());
    let told = world.chairman.get(&url).await.ok().json();
    assert_eq!(told["group_url"], format!("https://giaphu.example{group}"));
    let of = |body: &serde_json::Value, who: &str| {
        let all = body["recipients"].as_array().unwrap().clone();
        all.into_iter().find(|one| one["account_id"] == world.account(who)).unwrap()
    };
    assert_eq!(
        (of(&told, "village_head")["state"].clone(), of(&told, "village_head")["url"].clone()),
        (json!("bound"), json!(null))
    );
    assert_eq!(of(&told, "village_head_2")["url"], format!("https://giaphu.example{link}"));
    assert_eq!(of(&told, "registry_officer")["state"], "none");
    let again = world.chairman.json(Method::POST, &url, &json!({})).await.ok().json();
    assert_eq!(again["group_url"], told["group_url"]);
    assert_eq!(of(&again, "village_head_2")["url"], of(&told, "village_head_2")["url"]);
    let renew = json!({ "account_id": world.account("village_head") });
    let renewed = world.chairman.json(Method::POST, &format!("{url}/renew"), &renew).await.ok().json();
    assert_eq!(of(&renewed, "village_head")["state"], "waiting");
    phone.get(&own).await.is(404);
    world.officer.get(&url).await.is(403);
    world.app.end().await;
}
