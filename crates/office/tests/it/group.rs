//! The list of work groups, the figure of their platforms, and the page that shares a directive.

use crate::world::World;
use testkit::{Answer, Client, in_both_languages};

const GROUPS: &str = "/lam-viec/nhom-cong-viec";

async fn add(who: &Client, name: &str, platform: &str, address: &str, day: &str) -> Answer {
    let key = who.get(GROUPS).await.field_of(GROUPS, "khoa");
    let fields = [
        ("khoa", key.as_str()),
        ("ten", name),
        ("nen-tang", platform),
        ("dia-chi", address),
        ("thanh-phan", "14 trưởng thôn"),
        ("ngay", day),
    ];
    who.post(GROUPS, &fields).await
}

async fn platforms(world: &World, day: &str) -> String {
    let one = figures::one(&world.ctx(), "work_group_platforms", day.parse().unwrap()).await.unwrap();
    one.plain()
}

#[tokio::test]
async fn groups_are_kept_counted_and_opened_where_a_directive_is_shared() {
    let world = World::start().await;
    world.head.get(GROUPS).await.ok().shows("Chưa ghi nhóm nào").hides("Ghi thêm nhóm");
    add(&world.clerk, "Giao ban thôn", "zalo", "https://zalo.me/g/abc", "06/01/2026").await.is(303);
    add(&world.clerk, "Tổ công nghệ số", "zalo", "", "10/02/2026").await.is(303);
    add(&world.chairman, "Ban biên tập", "facebook", "https://www.facebook.com/groups/1", "01/03/2026")
        .await
        .is(303);
    world.head.get(GROUPS).await.shows("https://zalo.me/g/abc").shows("Facebook · 14 trưởng thôn");
    assert_eq!(platforms(&world, "2026-02-28").await, "1");
    assert_eq!(platforms(&world, "2026-03-10").await, "2");
    let rows = world.chairman.get("/lam-viec/so-lieu/work_group_platforms/dong").await;
    rows.ok().shows("Giao ban thôn").shows("Tổ công nghệ số").shows("Ban biên tập");

    // What is no longer used counts no more from today on, and is put back with one press.
    let page = world.clerk.get(GROUPS).await;
    let text = page.text();
    let at = text.find("Ban biên tập").unwrap();
    let end = text[at..].split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let lay = async |what: &str| {
        let form = world.clerk.get(GROUPS).await;
        let (key, revision) = (form.field_of(&end, "khoa"), form.field_of(&end, "phien-ban"));
        world.clerk.post(&end, &[("khoa", &key), ("phien-ban", &revision), ("lam", what)]).await.is(303);
    };
    lay("thoi").await;
    assert_eq!(platforms(&world, "2026-03-10").await, "1");
    assert_eq!(platforms(&world, "2026-03-09").await, "2");
    lay("lai").await;
    assert_eq!(platforms(&world, "2026-03-10").await, "2");

    // Two people change one at the same time: the second is told.
    let one = end.trim_end_matches("/ket-thuc");
    let (first, second) = (world.clerk.get(one).await, world.chairman.get(one).await);
    let change = async |who: &Client, form: &Answer, name: &str| {
        let (key, revision) = (form.field_of(one, "khoa"), form.field_of(one, "phien-ban"));
        let fields = [
            ("khoa", key.as_str()),
            ("phien-ban", &revision),
            ("ten", name),
            ("nen-tang", "facebook"),
            ("ngay", "01/03/2026"),
        ];
        who.post(one, &fields).await
    };
    change(&world.clerk, &first, "Ban biên tập Bến Đền").await.is(303);
    change(&world.chairman, &second, "Tên khác").await.is(409).shows("Tên khác");
    world.head.get(GROUPS).await.shows("Ban biên tập Bến Đền");

    // The page that shares a directive leads into the groups that have an address.
    const NEW: &str = "/lam-viec/nhiem-vu/moi";
    let (key, officer) =
        (world.chairman.get(NEW).await.field_of(NEW, "khoa"), world.account("registry_officer"));
    let sent = [("khoa", key.as_str()), ("viec", "Dọn kênh mương"), ("chu-tri", &officer)];
    let share = format!("{}/chia-se", world.chairman.post(NEW, &sent).await.is(303).location());
    let key = world.chairman.get(&share).await.field_of(&share, "khoa");
    world.chairman.post(&share, &[("khoa", &key)]).await.is(303);
    world.chairman.get(&share).await.shows("https://zalo.me/g/abc").hides("Tổ công nghệ số</a>");
    in_both_languages(async |lang| {
        world.clerk.get(&format!("{GROUPS}?lang={}", lang.code())).await.ok();
    })
    .await;
    world.app.end().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_group_is_said_at_its_field() {
    let world = World::start().await;
    let good = "https://zalo.me/g/abc";
    add(&world.clerk, "", "zalo", good, "06/01/2026").await.is(422).shows("Hãy ghi tên nhóm");
    add(&world.clerk, "A", "myspace", good, "06/01/2026").await.is(422).shows("Hãy chọn nền tảng");
    let bad = "javascript:alert(1)";
    add(&world.clerk, "A", "zalo", bad, "06/01/2026").await.is(422).shows("phải bắt đầu bằng https://");
    add(&world.clerk, "A", "zalo", good, "").await.is(422).shows("Hãy ghi ngày lập nhóm");
    add(&world.clerk, "A", "zalo", good, "01/01/2027").await.is(422).shows("chưa tới");
    world.clerk.get(GROUPS).await.shows("Chưa ghi nhóm nào");
    let key = world.clerk.get(GROUPS).await.field_of(GROUPS, "khoa");
    world.officer.post(GROUPS, &[("khoa", &key), ("ten", "A")]).await.is(403);
    world.app.end().await;
}
