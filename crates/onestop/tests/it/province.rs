//! The daily file of the province: compared, ticked, taken over once; an older file never turns back.

use crate::world::{BIRTH, NUMBER, World, press};
use chrono::Duration;
use platform::Uuid;
use testkit::{Answer, in_both_languages};
use vnsheet::{Column, Kind, SheetSpec, Value};

const PATH: &str = "/lam-viec/doi-chieu";
const HEAD: &str = "Số hồ sơ;Mã TTHC;Chủ hồ sơ;Số CCCD;Trạng thái hồ sơ;Cán bộ xử lý;Ngày tiếp nhận;Ngày hẹn trả;Ngày cập nhật\n";

fn code(n: u32) -> String {
    format!("000.00.01.H38-260309-{n:04}")
}

/// A row of the file: received on 9 March, due on the 12th.
fn row(n: u32, status: &str, updated: &str) -> String {
    let birth = format!("{BIRTH}.000.00.00.H38");
    format!("{};{birth};Giàng Thị Mỷ;{NUMBER};{status};;09/03/2026;12/03/2026;{updated}\n", code(n))
}

async fn upload(world: &World, name: &str, bytes: &[u8]) -> Answer {
    let key = world.desk.get(PATH).await.field("khoa");
    world.desk.upload(PATH, &[("khoa", &key)], "tep", name, bytes).await
}

/// Uploads and says that the columns are as proposed; where it leads.
async fn take(world: &World, text: &str) -> String {
    let url = upload(world, "ngay.csv", text.as_bytes()).await.is(303).location();
    let Some(path) = url.strip_suffix("/cot") else { return url };
    let page = world.desk.get(&url).await;
    let (key, day) = (page.ok().field("khoa"), page.field("tinh-den"));
    let mut fields = vec![("khoa".to_owned(), key), ("tinh-den".to_owned(), day)];
    fields.extend(chosen(&page.text()));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    world.desk.post(&url, &fields).await.is(303);
    path.to_owned()
}

/// What each select box says.
fn chosen(page: &str) -> Vec<(String, String)> {
    let boxes = page.split("<select").skip(1).filter_map(|rest| {
        let name = rest.split("name=\"").nth(1)?.split('"').next()?;
        let select = rest.split("</select>").next()?;
        let value = select.split("<option").find(|option| option.contains(" selected"));
        let value = value.and_then(|option| option.split("value=\"").nth(1)?.split('"').next());
        Some((name.to_owned(), value.unwrap_or_default().to_owned()))
    });
    boxes.filter(|(name, _)| name.starts_with("cot-")).collect()
}

fn tickets(page: &str) -> Vec<String> {
    let boxes = page.split("name=\"chon\" value=\"").skip(1);
    boxes.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// Takes over everything that is ticked.
async fn apply(world: &World, url: &str) -> Answer {
    let page = world.desk.get(url).await;
    let key = page.ok().field("khoa");
    let all = tickets(&page.text());
    let mut fields = vec![("khoa", key.as_str())];
    fields.extend(all.iter().map(|ticket| ("chon", ticket.as_str())));
    let done = world.desk.post(url, &fields).await;
    // Pressed twice it is done once.
    assert_eq!(world.desk.post(url, &fields).await.is(303).location(), done.is(303).location());
    world.desk.get(&done.location()).await
}

async fn page_of(world: &World, code: &str) -> String {
    let found = onestop::dossier::by_code(&world.ctx(), code).await.unwrap();
    found.unwrap_or_else(|| panic!("no dossier {code}")).path()
}

#[tokio::test]
async fn new_rows_become_dossiers_and_the_same_file_again_changes_nothing() {
    let world = World::start().await;
    let wrong = format!(
        "{};9.999999.000.00.00.H38;Lý A Pao;;4;;;;\n{};{BIRTH};Lý A Pao;;bay mất;;;;\n;{BIRTH};Lý A Pao;;4;;;;\n",
        code(7),
        code(8)
    );
    let file = format!(
        "{HEAD}{}{}{wrong}",
        row(1, "4 - Đang xử lý", "09/03/2026"),
        row(2, "Đã trả kết quả", "09/03/2026")
    );
    let url = take(&world, &file).await;
    let page = world.desk.get(&url).await;
    page.ok().shows(&code(1)).shows("Xã không có thủ tục &#34;9.999999.000.00.00.H38&#34;");
    page.shows("Không hiểu trạng thái &#34;bay mất&#34;").shows("Thiếu mã hồ sơ").shows("Dòng 5");
    assert_eq!(tickets(&page.text()).len(), 2, "wrong rows cannot be ticked");
    apply(&world, &url)
        .await
        .ok()
        .shows("Thêm 2 hồ sơ mới, cập nhật 0 hồ sơ")
        .shows("Không còn gì phải cập nhật");
    // It stands in the work list under the province's code and channel, with its story; its applicant is known.
    let path = page_of(&world, &code(1)).await;
    let shown = world.specialist.get(&path).await;
    shown.ok().shows("Hệ thống của tỉnh").shows("Đồng bộ từ hệ thống tỉnh").shows("12/03/2026 17:00");
    shown.shows("Đang xử lý").shows(&format!("/lam-viec/nguoi/{}", world.mother));
    world.me.get("/ho-so-cua-toi").await.ok().shows(&code(1));
    // Yesterday's file again.
    let again = take(&world, &file).await;
    assert_ne!(again, url);
    let page = world.desk.get(&again).await;
    page.ok().shows("Không còn gì phải cập nhật");
    assert!(tickets(&page.text()).is_empty());
    let count = world.desk.get("/api/v1/dossiers").await.json()["items"].as_array().unwrap().len();
    assert_eq!(count, 2);
    let history = world.desk.get(PATH).await;
    assert_eq!(history.ok().text().matches("ngay.csv").count(), 2);
    // The commune works on with it.
    let id: Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
    press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
    world.app.end().await;
}

#[tokio::test]
async fn a_later_file_moves_on_and_an_older_one_never_turns_back() {
    let mut world = World::start().await;
    let monday = format!("{HEAD}{}{}", row(1, "4", "09/03/2026"), row(2, "2", "09/03/2026"));
    let url = take(&world, &monday).await;
    apply(&world, &url).await.ok();
    world.later(Duration::days(1)).await;
    let tuesday =
        format!("{HEAD}{}{}", row(1, "Đã xử lý xong", "10/03/2026 16:00"), row(2, "2", "09/03/2026"));
    let url = take(&world, &tuesday).await;
    let page = world.desk.get(&url).await;
    page.ok().shows("Đã xử lý xong").shows("Đang xử lý");
    assert_eq!(tickets(&page.text()).len(), 1);
    apply(&world, &url).await.ok().shows("cập nhật 1 hồ sơ");
    let path = page_of(&world, &code(1)).await;
    world.desk.get(&path).await.ok().shows("Đang xử lý → Đã xử lý xong");
    world.me.get("/lam-viec/hop-thu").await.ok().shows(&code(1));
    // The file of Monday comes again, also in other words: what stands here is newer.
    for file in [monday.clone(), monday.replace("Giàng Thị Mỷ", "GIÀNG THỊ MỶ")] {
        let url = take(&world, &file).await;
        let page = world.desk.get(&url).await;
        page.ok().shows("Xã mới hơn").shows(&code(1));
        assert!(tickets(&page.text()).is_empty());
    }
    // Without a moment of its own a row does not turn a dossier back either.
    let silent = format!("{HEAD}{}", row(1, "2", ""));
    let url = take(&world, &silent).await;
    assert!(tickets(&world.desk.get(&url).await.text()).is_empty());
    world.app.end().await;
}

#[tokio::test]
async fn what_the_commune_did_later_is_not_overwritten_and_a_stale_tick_is_left() {
    let world = World::start().await;
    let file = |status: &str, at: &str| format!("{HEAD}{}", row(1, status, at));
    let url = take(&world, &file("4", "09/03/2026")).await;
    apply(&world, &url).await.ok();
    let path = page_of(&world, &code(1)).await;
    let id: Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
    // Shown and ticked, but meanwhile somebody stopped it.
    let url = take(&world, &file("5 - Yêu cầu bổ sung", "10/03/2026 09:00")).await;
    let page = world.desk.get(&url).await;
    let (key, all) = (page.field("khoa"), tickets(&page.text()));
    assert_eq!(all.len(), 1);
    press(&world.specialist, id, "dung", &[("ly-do", "Gia đình nộp ở nơi khác.")]).await.is(303);
    let done = world.desk.post(&url, &[("khoa", &key), ("chon", &all[0])]).await;
    world.desk.get(&done.is(303).location()).await.ok().shows("để lại 1 dòng").shows("Xã mới hơn");
    world.desk.get(&path).await.ok().shows("Dừng xử lý");
    world.app.end().await;
}

#[tokio::test]
async fn the_meaning_of_columns_is_corrected_once_and_remembered() {
    let world = World::start().await;
    let head = "Ký hiệu;Mã TTHC;Trạng thái;Tên\n";
    let file = |n: u32| format!("{head}{};{BIRTH};4;Giàng Thị Mỷ\n", code(n));
    let url = upload(&world, "la.csv", file(1).as_bytes()).await.is(303).location();
    assert!(url.ends_with("/cot"), "{url}");
    let page = world.desk.get(&url).await;
    let (key, day) = (page.ok().field("khoa"), page.field("tinh-den"));
    let fields = |first| {
        [
            ("khoa", key.as_str()),
            ("tinh-den", day.as_str()),
            ("cot-0", first),
            ("cot-1", "procedure"),
            ("cot-2", "status"),
            ("cot-3", "applicant"),
        ]
    };
    world.desk.post(&url, &fields("")).await.is(422).shows("Cần có cột mã hồ sơ");
    world.desk.post(&url, &fields("status")).await.is(422).shows("chỉ chọn cho một cột");
    world.desk.post(&url, &fields("code")).await.is(303);
    let next = upload(&world, "la.csv", file(2).as_bytes()).await.is(303).location();
    assert!(!next.ends_with("/cot"), "the same headings are understood");
    world.desk.get(&next).await.ok().shows(&code(2));
    world.app.end().await;
}

#[tokio::test]
async fn an_excel_file_with_a_title_and_an_officer_by_name_is_understood() {
    let world = World::start().await;
    let name = "Số hồ sơ,Tên thủ tục hành chính,Chủ hồ sơ,Trạng thái,Người xử lý";
    let columns =
        name.split(',').map(|heading| Column { heading: heading.to_owned(), kind: Kind::Text, width: None });
    let officer =
        identity::account_names(&world.ctx(), &[world.cast.home.accounts["registry_officer"]]).await.unwrap();
    let officer = officer.into_values().next().unwrap();
    let cells = [
        code(3),
        "Thủ tục đăng ký khai sinh".into(),
        "Lý A Sử".into(),
        "Đang xử lý".into(),
        officer.to_uppercase(),
    ];
    let rows = vec![cells.into_iter().map(Value::Text).collect()];
    let spec = SheetSpec {
        title: Some("SỔ THEO DÕI HỒ SƠ".into()),
        notes: vec!["Tính đến ngày 09/03/2026".into()],
        columns: columns.collect(),
        rows,
        ..SheetSpec::default()
    };
    let bytes = vnsheet::write_table(&spec).unwrap();
    let url = upload(&world, "ngay.xlsx", &bytes).await.is(303).location();
    let page = world.desk.get(&url).await;
    let (key, mut fields) = (page.ok().field("khoa"), chosen(&page.text()));
    assert_eq!(page.field("tinh-den"), "09/03/2026", "the day stands above the table");
    fields.push(("khoa".into(), key));
    fields.push(("tinh-den".into(), page.field("tinh-den")));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let url = world.desk.post(&url, &fields).await.is(303).location();
    apply(&world, &url).await.ok().shows("Thêm 1 hồ sơ mới");
    let one = onestop::dossier::by_code(&world.ctx(), &code(3)).await.unwrap().unwrap();
    assert_eq!(one.holder_id, Some(world.cast.home.accounts["registry_officer"]));
    world.app.end().await;
}

#[tokio::test]
async fn files_that_lie_and_other_roles_are_refused() {
    let world = World::start().await;
    for (name, bytes) in [
        ("ngay.xlsx", b"%PDF-1.4\n".as_slice()),
        ("ngay.xlsx", b"PK\x03\x04 cut off"),
        ("ngay.xls", b"<html><body><table><tr><td>S\xe1\xbb\x91 h\xe1\xbb\x93 s\xc6\xa1</td></tr></table></body></html>"),
        ("ngay.csv", b"MZ this is a program"),
        ("ngay.csv", &[0xff, 0xfe, 0, 1, 2]),
        ("ngay.csv", b""),
        ("ngay.csv", "Họ và tên;Năm sinh\nLý A Pao;2026\n".as_bytes()),
    ] {
        upload(&world, name, bytes).await.is(422);
    }
    for other in [&world.me, &world.specialist, &world.leader] {
        other.get(PATH).await.is(403);
    }
    assert!(world.app.visitor().get(PATH).await.status != 200);
    world.desk.get(&format!("{PATH}/{}", Uuid::from_u128(7))).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn the_pages_speak_both_languages() {
    let world = World::start().await;
    let url = take(&world, &format!("{HEAD}{}", row(1, "4", "09/03/2026"))).await;
    in_both_languages(async |lang| {
        let english = lang == platform::Lang::En;
        let say = if english { "lang=en" } else { "lang=vi" };
        let pages = [
            (PATH.to_owned(), "Compare with the province", "Đối chiếu với tỉnh"),
            (format!("{url}/cot"), "Columns of the file", "Các cột của tệp"),
            (url.clone(), "What differs between commune and province", "Khác nhau giữa xã và tỉnh"),
        ];
        for (path, en, vi) in pages {
            world.desk.get(&format!("{path}?{say}")).await.ok().shows(if english { en } else { vi });
        }
    })
    .await;
    world.app.end().await;
}
