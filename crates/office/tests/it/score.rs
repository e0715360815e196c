//! What became of tasks, person by person.

use crate::task::given;
use crate::world::{World, press};
use testkit::in_both_languages;

const PATH: &str = "/lam-viec/ket-qua-nhiem-vu";

#[tokio::test]
async fn each_doer_is_seen_by_what_was_done_in_time() {
    let mut world = World::start().await;
    world.chairman.get(PATH).await.ok().shows("Kỳ này chưa có việc nào đến hạn");
    let (early, late) = (given(&world, "12/03/2026").await, given(&world, "13/03/2026").await);
    let undone = given(&world, "16/03/2026").await;
    given(&world, "31/03/2026").await;
    given(&world, "02/04/2026").await;
    press(&world.officer, &early, "/bao-cao", &[("bao-cao", "Xong"), ("lam", "xong")]).await.is(303);
    world.later(5).await;
    press(&world.officer, &late, "/bao-cao", &[("bao-cao", "Xong"), ("lam", "xong")]).await.is(303);
    world.later(3).await;

    // In time, late, undone: a third each; the one of the 31st is not decided yet, that of April belongs to another month.
    let page = world.chairman.get(PATH).await;
    page.ok().shows("tháng 03/2026").shows("Thử registry_officer");
    assert_eq!(cells(&page.text(), "Thử registry_officer"), ["4", "1", "1", "1", "0", "2", "50,0"]);
    let april = world.chairman.get(&format!("{PATH}?ky=2026-04")).await;
    assert_eq!(cells(&april.text(), "Thử registry_officer"), ["1", "0", "0", "0", "0", "1", "–"]);
    let year = world.chairman.get(&format!("{PATH}?ky=2026")).await;
    assert_eq!(cells(&year.text(), "Thử registry_officer"), ["5", "1", "1", "1", "0", "3", "50,0"]);

    // What stands behind a line; an extension moves a task into the period of its new deadline.
    let officer = world.account("registry_officer");
    let person = format!("{PATH}/{officer}?ky=2026-03");
    world.chairman.get(&person).await.ok().shows(&undone).shows(&early).hides("02/04/2026");
    let ask = [("den-ngay", "06/04/2026"), ("ly-do", "Mưa lớn")];
    press(&world.officer, &undone, "/gia-han", &ask).await.is(303);
    let text = world.chairman.get(&undone).await.text();
    let extension = text.split(&format!("{undone}/gia-han/")).nth(1).unwrap()[..36].to_owned();
    press(&world.chairman, &undone, &format!("/gia-han/{extension}"), &[("lam", "dong-y")]).await.is(303);
    let page = world.chairman.get(PATH).await;
    assert_eq!(cells(&page.text(), "Thử registry_officer"), ["3", "1", "1", "0", "0", "1", "75,0"]);

    // Everybody sees themselves, and nobody else.
    world.officer.get(PATH).await.ok().shows("Thử registry_officer").shows("75,0");
    world.officer.get(&person).await.ok().shows(&early);
    world.head.get(PATH).await.ok().hides("Thử registry_officer");
    world.head.get(&person).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn directives_are_counted_by_day() {
    let mut world = World::start().await;
    let (early, late) = (given(&world, "12/03/2026").await, given(&world, "13/03/2026").await);
    assert_eq!(counted(&world, "directives_acknowledged_pct", "2026-03-10").await, "0 of 2");
    assert_eq!(counted(&world, "directives_in_time_pct", "2026-03-10").await, "0 of 0");
    press(&world.officer, &early, "/bao-cao", &[("bao-cao", "Xong"), ("lam", "xong")]).await.is(303);
    press(&world.head, &early, "/nhan", &[]).await.is(303);
    press(&world.head, &late, "/nhan", &[]).await.is(303);
    world.later(1).await;
    press(&world.officer, &late, "/nhan", &[]).await.is(303);
    world.later(6).await;
    press(&world.officer, &late, "/bao-cao", &[("bao-cao", "Xong"), ("lam", "xong")]).await.is(303);
    for (key, day, expected) in [
        ("directives_acknowledged_pct", "2026-03-09", "0 of 0"),
        ("directives_acknowledged_pct", "2026-03-10", "1 of 2"),
        ("directives_acknowledged_pct", "2026-03-11", "2 of 2"),
        ("directives_in_time_pct", "2026-03-10", "1 of 1"),
        ("directives_in_time_pct", "2026-03-14", "1 of 2"),
        ("directives_in_time_pct", "2026-03-17", "1 of 2"),
    ] {
        assert_eq!(counted(&world, key, day).await, expected, "{key} on {day}");
    }
    world.app.end().await;
}

#[tokio::test]
async fn it_leaves_as_a_file_and_speaks_both_languages() {
    let world = World::start().await;
    given(&world, "12/03/2026").await;
    let file = world.chairman.get(&format!("{PATH}?ky=2026-Q1&dinh-dang=xlsx")).await;
    assert!(file.ok().bytes.starts_with(b"PK"));
    world.chairman.get(&format!("{PATH}?ky=2026-Q9")).await.is(422).shows("Kỳ viết như");
    in_both_languages(async |lang| {
        let word = if lang == platform::Lang::Vi { "Đúng hạn" } else { "In time" };
        let of =
            |path: &str| format!("{path}{}lang={}", if path.contains('?') { "&" } else { "?" }, lang.code());
        world.chairman.get(&of(&format!("{PATH}?ky=2026-Q1"))).await.ok().shows(word);
        let officer = world.account("registry_officer");
        world.chairman.get(&of(&format!("{PATH}/{officer}?ky=2026"))).await.ok();
    })
    .await;
    world.app.end().await;
}

/// A share as of a day.
async fn counted(world: &World, key: &str, day: &str) -> String {
    let value = figures::one(&world.ctx(), key, day.parse().unwrap()).await.unwrap();
    format!("{} of {}", value.numerator.unwrap(), value.denominator.unwrap())
}

/// The numbers of the line of somebody.
fn cells(page: &str, name: &str) -> Vec<String> {
    let at = page.find(name).unwrap_or_else(|| panic!("{name} is not on the page"));
    let row = page[at..].split("</tr>").next().unwrap();
    let cell = |part: &str| {
        let inside = part.split_once('>').map_or("", |(_, rest)| rest).split("</td>").next().unwrap_or("");
        let bare: String = inside.split('<').map(|p| p.split_once('>').map_or(p, |(_, rest)| rest)).collect();
        bare.trim().to_owned()
    };
    row.split("<td").skip(1).map(cell).collect()
}
