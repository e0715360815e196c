//! Import and export by the rules: what a file does to the registry.

use crate::sheet::{HEADINGS, couple, excel, long_list, many, package, row};
use crate::world::World;
use platform::Error;
use registry::export::export_file;
use registry::import::{Counts, Report, import_file};
use registry::{household, person};

async fn run(world: &World, rows: &[Vec<String>], dry_run: bool) -> Report {
    import_file(&world.officer(), "danh sách.xlsx", excel(&HEADINGS, rows), dry_run).await.unwrap()
}

async fn refused(world: &World, bytes: Vec<u8>) -> String {
    let error: Error = import_file(&world.officer(), "x.xlsx", bytes, false).await.unwrap_err();
    assert!(error.is(platform::Kind::Invalid), "{error}");
    error.fields[0].message.key.to_string()
}

async fn people(world: &World) -> usize {
    let page = person::list(&world.officer(), &person::Filter::default(), None, 500).await.unwrap();
    page.rows.len()
}

#[tokio::test]
async fn a_dry_run_tells_and_writes_nothing() {
    let world = World::start().await;
    let report = run(&world, &couple(), true).await;
    assert_eq!(report.counts, Counts { rows: 2, new_households: 1, new_people: 2, ..Counts::default() });
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    assert_eq!((report.batch, people(&world).await), (None, 0));
}

#[tokio::test]
async fn a_right_file_is_written_once_however_often_it_comes() {
    let world = World::start().await;
    let report = run(&world, &couple(), false).await;
    assert!(report.written, "{:?}", report.faults);
    let all = person::list(&world.officer(), &person::Filter::default(), None, 10).await.unwrap().rows;
    assert_eq!(all.len(), 2);
    let head = all.iter().find(|person| person.place.relation == "head").unwrap();
    assert_eq!(head.facts.full_name, "Lò Văn Mẫu");
    assert_eq!(head.facts.phone.as_deref(), Some("+84912345678"));
    let home = world.home(head.place.household_id).await;
    assert_eq!(
        (home.size, home.facts.head_person_id, home.facts.village_id),
        (2, Some(head.id), world.dong_cam)
    );
    assert_eq!(world.people_on("2026-03-10").await, 2);
    let again = run(&world, &couple(), false).await;
    assert_eq!(again.counts, Counts { rows: 2, same: 2, ..Counts::default() });
    assert_eq!(people(&world).await, 2);
}

#[tokio::test]
async fn a_newcomer_joins_the_household_that_is_there() {
    let world = World::start().await;
    run(&world, &couple(), false).await;
    let mut rows = couple();
    rows.push(row(["", "Lò Thị Con", "Con", "Nữ", "01/02/2026", "", "Tày", "", ""]));
    let report = run(&world, &rows, false).await;
    assert_eq!(report.counts, Counts { rows: 3, new_people: 1, same: 2, ..Counts::default() });
    let all = person::list(&world.officer(), &person::Filter::default(), None, 10).await.unwrap().rows;
    assert_eq!(all.len(), 3);
    assert_eq!(world.home(all[0].place.household_id).await.size, 3);
}

#[tokio::test]
async fn one_faulty_cell_holds_everything_back() {
    let world = World::start().await;
    let mut rows = couple();
    rows.push(row(["2", "Giàng A Thử", "Chủ hộ", "Nam", "01/01/2090", "", "Mông", "Soi Cờ", ""]));
    let report = run(&world, &rows, false).await;
    assert!(!report.written);
    let faults: Vec<_> =
        report.faults.iter().map(|f| (f.row, f.problem.field.as_str(), f.problem.key.as_str())).collect();
    assert_eq!(faults, [(5, "birth", "registry-birth-in-future")]);
    assert_eq!(people(&world).await, 0);
}

#[tokio::test]
async fn files_that_are_no_excel_are_named_as_what_they_are() {
    let world = World::start().await;
    assert_eq!(refused(&world, b"%PDF-1.7 ...".to_vec()).await, "registry-import-file-pdf");
    assert_eq!(refused(&world, Vec::new()).await, "registry-import-file-empty");
    assert_eq!(refused(&world, b"ten,tuoi\na,1\n".to_vec()).await, "registry-import-file-csv");
    let whole = excel(&HEADINGS, &couple());
    assert_eq!(refused(&world, whole[..whole.len() / 2].to_vec()).await, "registry-import-file-damaged");
    let other = excel(&["Món", "Giá"], &[vec!["Chè".into(), "5000".into()]]);
    assert_eq!(refused(&world, other).await, "registry-import-no-heading");
}

#[tokio::test]
async fn bombs_and_endless_lists_are_refused() {
    let world = World::start().await;
    let bomb = package(&vec![b' '; 30 << 20], zip::CompressionMethod::Deflated);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(refused(&world, bomb).await, "registry-import-file-zip-bomb");
    assert_eq!(refused(&world, long_list(200_000)).await, "registry-import-file-too-many-rows");
    assert_eq!(people(&world).await, 0);
}

#[tokio::test]
async fn what_goes_out_comes_in_again() {
    let world = World::start().await;
    let mut rows = couple();
    rows.extend(many(40).into_iter().map(|mut row| {
        row[0] = format!("x{}", row[0]);
        row
    }));
    assert!(run(&world, &rows, false).await.written);
    let first = export_file(&world.officer()).await.unwrap();
    let other = World::start().await;
    let report = import_file(&other.officer(), "xuất.xlsx", first.clone(), false).await.unwrap();
    assert!(report.written, "{:?}", report.faults);
    assert_eq!(report.counts.new_people, 122);
    let second = export_file(&other.officer()).await.unwrap();
    assert_eq!(cells(&first), cells(&second));
}

/// A couple with a list of each kind in its cells.
fn with_lists(skills: &str, crops: &str, herds: &str) -> Vec<u8> {
    let headings: Vec<&str> = HEADINGS.into_iter().chain(["Kỹ năng", "Cây trồng", "Vật nuôi"]).collect();
    let mut rows = couple();
    rows[0].extend([skills, crops, herds].map(str::to_owned));
    excel(&headings, &rows)
}

#[tokio::test]
async fn skills_crops_and_herds_come_along_both_ways() {
    let world = World::start().await;
    let ctx = world.officer();
    let file = with_lists("Lái xe, sơ cứu", "Lúa: 1.200; Ngô 500 m2", "Trâu: 2");
    assert!(import_file(&ctx, "a.xlsx", file, false).await.unwrap().written);
    let first = export_file(&ctx).await.unwrap();
    let other = World::start().await;
    let report = import_file(&other.officer(), "b.xlsx", first.clone(), false).await.unwrap();
    assert!(report.written, "{:?}", report.faults);
    assert_eq!(cells(&first), cells(&export_file(&other.officer()).await.unwrap()));
    let page = person::list(&other.officer(), &person::Filter::default(), None, 9).await.unwrap();
    let head = page.rows.iter().find(|person| person.place.relation == "head").unwrap();
    let skills = person::skills(&other.officer(), head.id).await.unwrap();
    assert_eq!(skills.iter().map(|skill| skill.skill.as_str()).collect::<Vec<_>>(), ["driving", "first_aid"]);
    let held = household::holdings(&other.officer(), head.place.household_id, ctx.today()).await.unwrap();
    let held: Vec<(&str, i64)> = held.iter().map(|held| (held.kind.as_str(), held.quantity)).collect();
    assert_eq!(held, [("buffalo", 2), ("maize", 500), ("rice", 1200)]);
    // The same again is nothing new; other numbers are told as a difference.
    let same = import_file(&ctx, "c.xlsx", first, true).await.unwrap();
    assert_eq!((same.counts.same, same.counts.changed), (2, 0));
    let changed = with_lists("Lái xe", "Lúa: 900", "");
    assert_eq!(import_file(&ctx, "d.xlsx", changed, true).await.unwrap().counts.changed, 1);
    let wrong = import_file(&ctx, "e.xlsx", with_lists("Bay", "Lúa: nhiều", "Voi: 1"), true).await.unwrap();
    let wrong: Vec<&str> = wrong.faults.iter().map(|fault| fault.problem.field.as_str()).collect();
    assert_eq!(wrong, ["skills", "crops", "herds"]);
}

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut workbook = vnsheet::Workbook::open(bytes, &vnsheet::Limits::default()).unwrap();
    let grid = workbook.grid(0).unwrap();
    grid.rows.iter().map(|row| row.cells.iter().map(vnsheet::Cell::display).collect()).collect()
}

/// Prints how long a large commune takes: `cargo test --release -p registry --test it import::speed -- --nocapture`.
#[tokio::test]
async fn speed_of_a_commune() {
    let world = World::start().await;
    let households = if cfg!(debug_assertions) { 60 } else { 3_331 };
    let bytes = excel(&HEADINGS, &many(households));
    let start = std::time::Instant::now();
    let report = import_file(&world.officer(), "xã.xlsx", bytes, false).await.unwrap();
    let took = start.elapsed();
    assert!(report.written, "{:?}", report.faults.first());
    assert_eq!(report.counts.new_people, households as u64 * 3);
    eprintln!("{} people imported in {took:?}", report.counts.new_people);
}
