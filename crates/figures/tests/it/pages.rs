use crate::toy::World;

#[tokio::test]
async fn everybody_reads_the_figures_of_any_day() {
    let world = World::start().await;
    let visitor = world.test.visitor();
    visitor.get("/so-lieu").await.ok().shows("Số phiếu").shows("42,24").shows("60").shows("/so-lieu/notes");
    visitor.get("/so-lieu?ngay=30/06/2025").await.ok().shows("50").shows("/so-lieu/notes?ngay=2025-06-30");
    visitor.get("/so-lieu?ngay=31/12/2023").await.ok().shows("Chưa có");
    visitor.get("/so-lieu?ngay=11/03/2026").await.ok().shows("Ngày này chưa tới");
    visitor.get("/so-lieu?ngay=xyz").await.ok().shows("Ngày chưa đúng");
    visitor.get("/so-lieu?lang=en").await.ok().shows("Figures of the commune");
    world.test.end().await;
}

#[tokio::test]
async fn a_figure_shows_its_villages_its_map_and_its_past() {
    let world = World::start().await;
    let visitor = world.test.visitor();
    let page = visitor.get("/so-lieu/good_pct?ngay=30/06/2025").await;
    page.ok()
        .shows("Phiếu tốt trên tất cả.")
        .shows("3 / 6")
        .shows("Thôn Bến")
        .shows("66,7")
        .shows("/thon/ben")
        .hides("/dong?");
    visitor.get("/so-lieu/good_pct/lich-su").await.ok().shows("<h1>").shows("03/2026").shows("04/2025");
    let piece = world.test.visitor().header("hx-request", "true").get("/so-lieu/good_pct/lich-su").await;
    piece.ok().shows("<figure").hides("<html");
    visitor.get("/so-lieu/area_km2").await.ok().shows("42,24").hides("Theo thôn");
    visitor.get("/so-lieu/nothing").await.is(404);
    world.test.end().await;
}

#[tokio::test]
async fn the_rows_open_to_those_who_work_with_them() {
    let world = World::start().await;
    let rows = "/lam-viec/so-lieu/notes/dong?ngay=2026-03-10";
    world.test.visitor().get(rows).await.leads_to("/dang-nhap");
    world.test.with_cookie("as=resident").get(rows).await.is(403);
    let officer = world.test.with_cookie("as=registry_officer");
    officer.get("/so-lieu/good_pct").await.ok().shows("/lam-viec/so-lieu/good_pct/dong?ngay=2026-03-10");
    officer.get(rows).await.ok().shows("Phiếu 0");
    let head = world.test.with_cookie("as=village_head").cookie(&format!("village={}", world.first));
    head.get(&format!("{rows}&thon={}", world.first)).await.ok().shows("Thôn Bến");
    head.get(&format!("{rows}&thon={}", world.second)).await.is(404);
    head.get(&format!("{rows}&thon=x")).await.is(404);
    world.test.end().await;
}

#[tokio::test]
async fn figures_leave_as_csv_excel_and_json() {
    let world = World::start().await;
    let visitor = world.test.visitor();
    let csv = visitor.get("/so-lieu?ngay=2025-06-30&dinh-dang=csv").await;
    csv.ok().shows("good_pct,50,percent,3,6,2025-06-30,rows");
    assert!(
        csv.header("content-disposition").contains("so-lieu-cua-xa-2025-06-30.csv"),
        "{}",
        csv.header("content-disposition")
    );
    let excel = visitor.get("/so-lieu?dinh-dang=xlsx").await;
    assert!(excel.ok().bytes.starts_with(b"PK"));
    let list = visitor.get("/api/v1/figures?as_of=2025-06-30").await.ok().json();
    assert_eq!((list[0]["key"].as_str(), list[0]["value"].as_str()), (Some("notes"), Some("7")));
    let one = visitor.get("/api/v1/figures/good_pct").await.ok().json();
    assert_eq!((one["denominator"].as_str(), one["by_unit"].as_array().map(Vec::len)), (Some("5"), Some(3)));
    visitor.get("/api/v1/figures?as_of=2027-01-01").await.is(422);
    visitor.get("/api/v1/figures/nothing").await.is(404);
    world.test.end().await;
}
