//! Crops, herds and skills, written in forms.

use crate::desk::{Desk, typed};
use testkit::{Answer, Client};

async fn post(client: &Client, path: &str, fields: &[(&str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(path, &fields).await
}

#[tokio::test]
async fn a_survey_counts_crops_and_herds_from_its_day() {
    let desk = Desk::start().await;
    let (home, ..) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let (officer, path) = (desk.officer(), format!("/lam-viec/ho/{home}/cay-con"));
    let first = officer.get(&path).await;
    first.ok().shows("Lúa").shows("Lợn");
    officer.get(&format!("{path}?lang=en")).await.ok().shows("Rice");
    let stale = officer.get(&format!("{path}?lang=vi")).await;
    let survey = |page: &Answer, rice: &str, pigs: &str, day: &str| {
        typed(page, &[], &[("so-rice", rice), ("so-pigs", pigs), ("tu-ngay", day), ("nguon", "Rà soát 2025")])
    };
    post(&officer, &path, &survey(&first, "1.200", "-3", "01/06/2025")).await.is(422).shows("so-pigs-error");
    post(&officer, &path, &survey(&first, "1.200", "3", "01/01/2090")).await.is(422).shows("tu-ngay-error");
    let card = format!("/lam-viec/ho/{home}");
    post(&officer, &path, &survey(&first, "1.200", "3", "01/06/2025")).await.leads_to(&card);
    officer.get(&card).await.ok().shows("1.200 m²").shows("3 con").shows("01/06/2025").shows("Rà soát 2025");
    // A survey of somebody who opened the form before is told of it.
    post(&officer, &path, &survey(&stale, "900", "3", "01/06/2025")).await.is(409).shows("1200");
    let second = officer.get(&path).await;
    post(&officer, &path, &survey(&second, "1.200", "0", "01/02/2026")).await.leads_to(&card);
    officer.get(&card).await.ok().shows("0 con");
    officer.get(&format!("{card}?ngay=01/07/2025")).await.ok().shows("3 con");
    desk.head_of(desk.dong_cam).get(&path).await.is(403);
    desk.test.end().await;
}

#[tokio::test]
async fn skills_are_ticked_with_their_paper() {
    let desk = Desk::start().await;
    let (_, head, _) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let (officer, path) = (desk.officer(), format!("/lam-viec/nguoi/{head}/ky-nang"));
    let page = officer.get(&path).await;
    page.ok().shows("Lái xe").shows("Chứng chỉ");
    officer.get(&format!("{path}?lang=en")).await.ok().shows("Driving");
    let page = officer.get(&format!("{path}?lang=vi")).await;
    let driving = |page: &Answer, day: &str| {
        typed(page, &[], &[("co-driving", "1"), ("tu-driving", day), ("giay-driving", "GPLX hạng B")])
    };
    post(&officer, &path, &driving(&page, "31/02/2020")).await.is(422).shows("tu-driving-error");
    let card = format!("/lam-viec/nguoi/{head}");
    post(&officer, &path, &driving(&page, "05/06/2020")).await.leads_to(&card);
    officer.get(&card).await.ok().shows("Lái xe").shows("05/06/2020").shows("GPLX hạng B");
    officer.get("/lam-viec/nguoi?ky-nang=driving").await.ok().shows("Lò Thị Mẫu");
    let page = officer.get(&path).await;
    post(&officer, &path, &typed(&page, &[], &[("co-first_aid", "1")])).await.leads_to(&card);
    officer.get(&card).await.ok().shows("Sơ cứu").hides("Lái xe");
    desk.head_of(desk.dong_cam).get(&path).await.is(403);
    desk.test.end().await;
}
