use crate::toy::{ACCOUNT, World, day};
use figures::{all, freeze, frozen, periods};

#[tokio::test]
async fn a_reported_value_stays_when_the_rows_are_corrected() {
    let world = World::start().await;
    let ctx = world.ctx_as("chairman", None, "figure.freeze");
    let values = all(&ctx, day("2025-12-31")).await.unwrap();
    let tx = ctx.begin().await.unwrap();
    freeze(&ctx, &tx, "2025", &values).await.unwrap();
    tx.commit().await.unwrap();
    world.note(None, Some("a"), Some(true), "9999-12-31", true).await;
    assert_eq!(all(&ctx, day("2025-12-31")).await.unwrap()[0].plain(), "8");
    let reported = frozen(&ctx, "2025").await.unwrap();
    let notes = reported.iter().find(|row| row.key == "notes").unwrap();
    assert_eq!(
        (notes.value.as_str(), notes.as_of, notes.account_id),
        ("7", day("2025-12-31"), Some(ACCOUNT))
    );
    assert_eq!(reported.len(), values.len());
    assert_eq!(periods(&ctx).await.unwrap()[0].period, "2025");
    let tx = ctx.begin().await.unwrap();
    let again = freeze(&ctx, &tx, "2025", &values).await.unwrap_err();
    assert_eq!(again.message.key, "figures-period-taken");
    assert!(freeze(&ctx, &tx, "năm nay", &values).await.unwrap_err().fields[0].field == "ky");
    tx.rollback().await.unwrap();
    world.test.end().await;
}

#[tokio::test]
async fn the_chairman_freezes_on_the_page_once() {
    let world = World::start().await;
    let chairman = world.test.with_cookie("as=chairman");
    let page = "/lam-viec/so-lieu-da-chot";
    let key = chairman.get(page).await.ok().shows("Chưa chốt kỳ nào").field("khoa");
    chairman
        .post(page, &[("khoa", &key), ("ky", "nay"), ("ngay", "10/03/2026")])
        .await
        .is(422)
        .shows("Kỳ chưa đúng");
    chairman
        .post(page, &[("khoa", &key), ("ky", "2026-Q1"), ("ngay", "11/03/2026")])
        .await
        .is(422)
        .shows("chưa tới");
    let fields = [("khoa", key.as_str()), ("ky", "2026-Q1"), ("ngay", "10/03/2026")];
    chairman.post(page, &fields).await.leads_to("/lam-viec/so-lieu-da-chot?ky=2026-Q1");
    chairman.post(page, &fields).await.leads_to("/lam-viec/so-lieu-da-chot?ky=2026-Q1");
    chairman
        .get("/lam-viec/so-lieu-da-chot?ky=2026-Q1")
        .await
        .ok()
        .shows("Số liệu ngày 10/03/2026")
        .shows("3 / 5");
    let fresh = chairman.get(page).await.ok().field("khoa");
    chairman.post(page, &[("khoa", &fresh), ("ky", "2026-Q1"), ("ngay", "10/03/2026")]).await.is(409);
    let auditor = world.test.with_cookie("as=auditor");
    auditor.get(page).await.ok().hides("name=\"khoa\"");
    auditor.post(page, &fields).await.is(403);
    world.test.end().await;
}
