//! A plan becomes a tree of tasks whose progress is seen.

use crate::world::{World, press};
use testkit::{Answer, in_both_languages};

const PLANS: &str = "/lam-viec/ke-hoach";
const IMPORT: &str = "/lam-viec/ke-hoach/nhap";

async fn send(world: &World, table: &str, more: &[(&str, &str)]) -> Answer {
    let key = world.chairman.get(IMPORT).await.field_of(IMPORT, "khoa");
    // The first of two fields counts.
    let mut fields = vec![("khoa", key.as_str())];
    fields.extend(more);
    fields.extend([("ten", "Xã thông minh"), ("so-ky-hieu", "263/KH-UBND"), ("bang", table)]);
    world.chairman.post(IMPORT, &fields).await
}

/// Two parts: three tasks in the first, one in the second.
fn table() -> String {
    let (officer, clerk) = ("Thử registry_officer", "Thử clerk");
    format!(
        "TT\tNhiệm vụ\tChủ trì\tPhối hợp\tHạn\nI\tHạ tầng số\n1\tWi-Fi nhà văn hóa\t{officer}\tCác trưởng thôn\tQuý II/2026\n\
         2\tCáp quang\t{officer}\t\tTháng 12/2026\n3\tLoa thông minh\t{clerk}\t{officer}\nII\tChính quyền số\n1\tVăn bản điện tử\t{clerk}\t\t30/6/2026"
    )
}

#[tokio::test]
async fn a_table_becomes_tasks_and_each_part_shows_how_far_it_is() {
    let world = World::start().await;
    let table = table();
    let look = send(&world, &table, &[("lam", "xem")]).await;
    look.ok().shows("4 việc").shows("30/06/2026").shows("31/12/2026");
    world.officer.get("/lam-viec/nhiem-vu").await.hides("Wi-Fi nhà văn hóa");
    let more = [("lam", "nhap"), ("tu-nam", "2026"), ("den-nam", "2027"), ("ngay", "28/02/2026")];
    let plan = send(&world, &table, &more).await.is(303).location();
    let page = world.officer.get(&plan).await;
    page.ok()
        .shows("263/KH-UBND · 28/02/2026 · 2026–2027")
        .shows("0 việc đã xong / 4 việc")
        .shows("Hạ tầng số");
    world.head.get("/lam-viec/nhiem-vu").await.shows("Wi-Fi nhà văn hóa");
    world.head.get(&plan).await.is(403);
    // All tasks of a plan stand in one work file.
    world.clerk.get("/lam-viec/ho-so-cong-viec?xem=tat-ca").await.shows("01.TH/2026").hides("02.TH/2026");
    let task = |title: &str| {
        let text = page.text();
        let before = text.split(&format!(">{title}</a>")).next().unwrap();
        before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned()
    };
    let fiber = task("Cáp quang");
    press(&world.officer, &fiber, "/bao-cao", &[("bao-cao", "Đã kéo"), ("lam", "xong")]).await.is(303);
    press(&world.chairman, &fiber, "/dat", &[]).await.is(303);
    let wifi = task("Wi-Fi nhà văn hóa");
    let half = [("bao-cao", "Một nửa"), ("tien-do", "50"), ("lam", "tien-do")];
    press(&world.officer, &wifi, "/bao-cao", &half).await.is(303);
    // 100, 50 and 0 in the first part; of all four 38.
    world.chairman.get(&plan).await.shows("1 việc đã xong / 4 việc").shows("50 %").shows("0 %");
    world.chairman.get(PLANS).await.shows("Xã thông minh").shows("38 %");
    in_both_languages(async |lang| {
        let code = lang.code();
        for path in [PLANS, IMPORT, plan.as_str()] {
            world.chairman.get(&format!("{path}?lang={code}")).await.ok();
        }
    })
    .await;
    world.app.end().await;
}

#[tokio::test]
async fn what_is_wrong_is_told_by_its_line_and_nothing_is_kept() {
    let world = World::start().await;
    let wrong = "1\tViệc không ai làm\n2\tViệc của người lạ\tÔng Không Có\n3\tViệc trễ\tThử clerk\t\t01/02/2026\n\
                 4\tViệc lúc nào đó\tThử clerk\tNgười Lạ\tthường xuyên";
    let answer = send(&world, wrong, &[("lam", "nhap")]).await;
    answer.is(422).shows("Dòng 1: chưa ghi ai chủ trì").shows("Dòng 2: không rõ &#34;Ông Không Có&#34;");
    answer
        .shows("Dòng 3: hạn")
        .shows("Dòng 4: không hiểu hạn")
        .shows("Dòng 4: không rõ")
        .shows("Ông Không Có");
    send(&world, "", &[("lam", "xem")]).await.is(422).shows("chưa có dòng nhiệm vụ nào");
    let one = "1\tViệc\tThử clerk";
    send(&world, one, &[("lam", "nhap"), ("ten", "")]).await.is(422).shows("Hãy ghi tên kế hoạch");
    let years = [("lam", "nhap"), ("tu-nam", "2027"), ("den-nam", "2026")];
    send(&world, one, &years).await.is(422).shows("Năm cuối phải");
    send(&world, one, &[("lam", "nhap"), ("tu-nam", "27")]).await.is(422).shows("từ 2000 đến 2099");
    let key = world.chairman.get(IMPORT).await.field_of(IMPORT, "khoa");
    let fields = [("khoa", key.as_str()), ("ten", "Kế hoạch"), ("lam", "nhap")];
    world
        .chairman
        .upload(IMPORT, &fields, "tep", "ke-hoach.xlsx", b"khong phai Excel")
        .await
        .is(422)
        .shows("Không đọc được tệp");
    world.chairman.get(PLANS).await.shows("Chưa có kế hoạch nào");
    world.officer.get(IMPORT).await.is(403);
    world.officer.get("/lam-viec/nhiem-vu").await.hides("Việc trễ");
    world.app.end().await;
}

async fn add(world: &World, plan: &str, table: &str, under: &str) -> Answer {
    let more = format!("{plan}/them");
    let key = world.chairman.get(&more).await.field_of(&more, "khoa");
    let fields = [("khoa", key.as_str()), ("bang", table), ("muc", under), ("lam", "nhap")];
    world.chairman.post(&more, &fields).await
}

#[tokio::test]
async fn a_plan_grows_and_its_figures_tell_of_the_pilot() {
    let world = World::start().await;
    let day = |day: &str| day.parse::<chrono::NaiveDate>().unwrap();
    let figure = async |key: &str, on: &str| figures::one(&world.ctx(), key, day(on)).await.unwrap().plain();
    let pilot = [("lam", "nhap"), ("loai", "pilot")];
    send(&world, &table(), &pilot).await.is(422).shows("Hãy ghi ngày ban hành");
    let dated = [("lam", "nhap"), ("loai", "pilot"), ("ngay", "28/02/2026")];
    send(&world, &table(), &dated).await.is(422).shows("cần năm đầu và năm cuối");
    let ahead = [("lam", "nhap"), ("loai", "pilot"), ("ngay", "28/02/2027")];
    send(&world, &table(), &ahead).await.is(422).shows("Ngày ban hành chưa tới");
    // A plan may stand without tasks at first.
    let bare = [
        ("khong-bang", "1"),
        ("loai", "pilot"),
        ("ngay", "28/02/2026"),
        ("tu-nam", "2026"),
        ("den-nam", "2028"),
    ];
    let plan = send(&world, "", &bare).await.is(303).location();
    world.chairman.get(&plan).await.shows("Kế hoạch chưa có việc nào");
    assert_eq!(figure("plan_263_date", "2026-03-10").await, "2026-02-28");
    assert_eq!(figure("plan_263_date", "2026-02-27").await, "");
    assert_eq!(figure("pilot_start_year", "2026-03-10").await, "2026");
    assert_eq!(figure("pilot_end_year", "2026-03-10").await, "2028");
    world.app.visitor().get("/so-lieu/plan_263_date").await.ok().shows("28/02/2026").hides("lich-su");
    world.app.visitor().get("/so-lieu").await.ok().shows("28/02/2026");

    add(&world, &plan, &table(), "").await.is(303);
    let found = async |text: &str, before: &str| {
        let page = world.chairman.get(&plan).await;
        let at = |words: &str| page.text().find(words).unwrap_or_else(|| panic!("{words} is not there"));
        assert!(at(text) < at(before), "{text} stands before {before}");
    };
    // Under the first heading: after its tasks and before the second heading.
    add(&world, &plan, "4\tCamera ngã ba\tThử clerk", "0").await.is(303);
    found(">Loa thông minh<", ">Camera ngã ba<").await;
    found(">Camera ngã ba<", ">Chính quyền số<").await;
    add(&world, &plan, "III\tXã hội số\n1\tMã địa chỉ số\tThử clerk", "").await.is(303);
    found(">Văn bản điện tử<", ">Xã hội số<").await;
    world.chairman.get(&plan).await.shows("0 việc đã xong / 6 việc");
    add(&world, &plan, "", "").await.is(422).shows("chưa có dòng nhiệm vụ nào");
    add(&world, &plan, "1\tViệc\tThử clerk", "99").await.is(422).shows("Mục này không còn");
    world.clerk.get(&format!("{plan}/them")).await.is(403);

    let resolution = [("lam", "nhap"), ("loai", "resolution"), ("ngay", "05/03/2026")];
    send(&world, "1\tQuán triệt\tThử clerk", &resolution).await.is(303);
    assert_eq!(figure("party_thematic_resolution", "2026-03-04").await, "0");
    assert_eq!(figure("party_thematic_resolution", "2026-03-10").await, "1");
    in_both_languages(async |lang| {
        world.chairman.get(&format!("{plan}/them?lang={}", lang.code())).await.ok();
        world.app.visitor().get(&format!("/so-lieu?lang={}", lang.code())).await.ok();
    })
    .await;
    world.app.end().await;
}
