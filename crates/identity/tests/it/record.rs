//! The page of the record, here because somebody must be signed in to read it.

use crate::support::{PASSWORD, start};
use platform::sql;

#[tokio::test]
async fn the_auditor_reads_the_record() {
    let cast = start().await;
    let auditor = cast.with_role("kiem.tra", "auditor").await;
    let mai = cast.account("lo.mai").await;
    cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    cast.sign_in("lo.mai", "sai rồi").await.unwrap_err();
    let browser = cast.browser(auditor.id, true).await;
    let page = browser.get("/lam-viec/nhat-ky").await;
    page.ok().shows("chưa được kiểm tra lần nào").shows("session.refused").shows("account.insert");
    let narrow = browser.get("/lam-viec/nhat-ky?viec=session.refused").await;
    narrow.ok().shows("session.refused").hides(">account.insert<");
    browser
        .get(&format!("/lam-viec/nhat-ky?doi-tuong={}&ngay=10/03/2026", mai.id))
        .await
        .ok()
        .shows("session.create");
    browser.get("/lam-viec/nhat-ky?ngay=09/03/2026").await.ok().hides("session.create<");
    browser.get("/lam-viec/nhat-ky?tai-khoan=%3Cscript%3E").await.is(422).hides("<script>alert");
    browser.post("/lam-viec/nhat-ky/kiem-tra", &[]).await.is(303).leads_to("/lam-viec/nhat-ky");
    browser.get("/lam-viec/nhat-ky").await.ok().shows("Chuỗi nguyên vẹn");
    cast.test.end().await;
}

#[tokio::test]
async fn a_forged_record_is_told_in_red() {
    let cast = start().await;
    let auditor = cast.with_role("kiem.tra", "auditor").await;
    let browser = cast.browser(auditor.id, true).await;
    let tx = cast.test.app.db.begin().await.unwrap();
    let forged = sql("UPDATE audit_entry SET account_id = $2 WHERE commune_id = $1 AND seq = 2");
    assert_eq!(forged.bind(cast.commune).bind(auditor.id).run(&tx).await.unwrap(), 1);
    tx.commit().await.unwrap();
    browser.post("/lam-viec/nhat-ky/kiem-tra", &[]).await.is(303);
    browser.get("/lam-viec/nhat-ky").await.ok().shows("Chuỗi bị sai từ dòng 2");
    cast.test.end().await;
}

#[tokio::test]
async fn the_record_leaves_only_with_the_second_factor_and_leaves_a_trace() {
    let cast = start().await;
    let auditor = cast.with_role("kiem.tra", "auditor").await;
    let plain = cast.browser(auditor.id, false).await;
    plain.get("/lam-viec/nhat-ky/tai-ve").await.is(403);
    let browser = cast.browser(auditor.id, true).await;
    let file = browser.get("/lam-viec/nhat-ky/tai-ve?viec=account.insert").await;
    let text = file.ok().text();
    assert!(text.starts_with("\u{feff}seq,at,account_id") && text.contains("account.insert"), "{text}");
    assert!(file.header("content-disposition").contains("nhat-ky-2026-03-10.csv"));
    browser.get("/lam-viec/nhat-ky?viec=audit.export").await.ok().shows("Lò Thị Mẫu");
    cast.test.end().await;
}

#[tokio::test]
async fn nobody_else_reads_it() {
    let cast = start().await;
    let clerk = cast.with_role("van.thu", "clerk").await;
    cast.test.visitor().get("/lam-viec/nhat-ky").await.leads_to("/dang-nhap");
    let browser = cast.browser(clerk.id, true).await;
    for path in ["/lam-viec/nhat-ky", "/lam-viec/nhat-ky/tai-ve"] {
        browser.get(path).await.is(403);
    }
    browser.post("/lam-viec/nhat-ky/kiem-tra", &[]).await.is(403);
    cast.test.end().await;
}
