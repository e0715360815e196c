use crate::toy::{World, day};
use figures::{Which, all, one, rows};
use platform::Kind;

fn plain(values: &[figures::Value]) -> Vec<(&'static str, String)> {
    values.iter().map(|value| (value.key, value.plain())).collect()
}

#[tokio::test]
async fn every_kind_of_figure_is_counted_on_any_day() {
    let world = World::start().await;
    let ctx = world.ctx();
    let today = all(&ctx, ctx.today()).await.unwrap();
    let expected = [
        ("notes", "6"),
        ("kinds", "2"),
        ("good_pct", "60"),
        ("any_bad", "1"),
        ("area_km2", "42.24"),
        ("density", "0.1"),
        ("gap", "4"),
    ];
    assert_eq!(plain(&today), expected.map(|(key, value)| (key, value.to_owned())));
    // Before 2026 there was one note of a third kind, neither good nor bad, so it is not good.
    let then = all(&ctx, day("2025-06-30")).await.unwrap();
    assert_eq!([then[0].plain(), then[1].plain(), then[2].plain()], ["7", "3", "50"]);
    assert_eq!(
        (then[2].numerator.unwrap().to_string(), then[2].denominator.unwrap().to_string()),
        ("3".into(), "6".into())
    );
    // Before there was anything: zero rows, no share of nothing, no area.
    let before = all(&ctx, day("2023-12-31")).await.unwrap();
    assert_eq!(
        before.iter().map(figures::Value::plain).collect::<Vec<_>>(),
        ["0", "0", "", "0", "", "", "0"]
    );
    let future = all(&ctx, day("2026-03-11")).await.unwrap_err();
    assert_eq!(future.fields[0].message.key, "figures-day-in-future");
    assert!(one(&ctx, "no_such", ctx.today()).await.unwrap_err().is(Kind::NotFound));
    world.test.end().await;
}

#[tokio::test]
async fn villages_add_up_to_the_commune() {
    let world = World::start().await;
    let ctx = world.ctx();
    let notes = one(&ctx, "notes", ctx.today()).await.unwrap();
    let of =
        |unit| notes.by_unit.iter().find(|value| value.unit_id == unit).unwrap().value.unwrap().to_string();
    assert_eq!([of(Some(world.first)), of(Some(world.second)), of(None)], ["4", "1", "1"]);
    let share = one(&ctx, "good_pct", ctx.today()).await.unwrap();
    let first = share.by_unit.iter().find(|value| value.unit_id == Some(world.first)).unwrap();
    assert_eq!(first.value.unwrap().to_string(), "66.7");
    let kinds = one(&ctx, "kinds", ctx.today()).await.unwrap();
    assert_eq!(kinds.by_unit.iter().map(|value| value.value.unwrap().to_f64()).sum::<f64>(), 4.0);
    world.test.end().await;
}

#[tokio::test]
async fn a_figure_opens_to_exactly_the_rows_it_counted_page_by_page() {
    let world = World::start().await;
    let ctx = world.ctx_as("chairman", None, "figure.rows");
    let today = ctx.today();
    let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = rows(&ctx, "notes", today, Which::Counted, None, after, 4).await.unwrap();
        seen.extend(page.shown.iter().map(|row| row.id));
        pages += 1;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((seen.len(), pages), (6, 2));
    assert!(seen.is_sorted());
    let count = async |key: &str, which, unit| {
        rows(&ctx, key, today, which, unit, None, 50).await.unwrap().shown.len()
    };
    assert_eq!(count("good_pct", Which::Counted, None).await, 3);
    assert_eq!(count("good_pct", Which::Rest, None).await, 2);
    assert_eq!(count("good_pct", Which::Counted, Some(world.first)).await, 2);
    assert!(rows(&ctx, "notes", today, Which::Rest, None, None, 50).await.is_err());
    assert!(rows(&ctx, "area_km2", today, Which::Counted, None, None, 50).await.is_err());
    // A note that is neither good nor bad belongs to the rest.
    let rest = rows(&ctx, "good_pct", day("2025-06-30"), Which::Rest, None, None, 50).await.unwrap();
    assert_eq!(rest.shown.len(), 3);
    world.test.end().await;
}

#[tokio::test]
async fn a_village_head_opens_only_the_own_village() {
    let world = World::start().await;
    let head = world.ctx_as("village_head", Some(world.first), "figure.rows");
    let today = head.today();
    assert_eq!(rows(&head, "notes", today, Which::Counted, None, None, 50).await.unwrap().shown.len(), 4);
    let other = rows(&head, "notes", today, Which::Counted, Some(world.second), None, 50).await;
    assert!(other.unwrap_err().is(Kind::NotFound));
    world.test.end().await;
}

#[tokio::test]
async fn what_was_counted_stays_known_until_somebody_writes() {
    let world = World::start().await;
    let count = async || {
        let ctx = world.ctx();
        one(&ctx, "notes", ctx.today()).await.unwrap().plain()
    };
    assert_eq!(count().await, "6");
    world.note(Some(world.first), Some("d"), Some(true), "9999-12-31", true).await;
    assert_eq!(count().await, "7");
    // As another process would write: known for a little while, then seen.
    world.note(Some(world.first), Some("d"), Some(true), "9999-12-31", false).await;
    assert_eq!(count().await, "7");
    world.test.clock.advance(chrono::Duration::seconds(16));
    assert_eq!(count().await, "8");
    world.test.end().await;
}

#[tokio::test]
async fn exports_carry_exact_values() {
    let world = World::start().await;
    let ctx = world.ctx();
    let csv = figures::csv(&ctx, day("2025-06-30")).await.unwrap();
    let expected = "key,value,unit,numerator,denominator,as_of,basis\n\
        notes,7,note,,,2025-06-30,rows\n\
        kinds,3,kind,,,2025-06-30,rows\n\
        good_pct,50,percent,3,6,2025-06-30,rows\n\
        any_bad,1,boolean,,,2025-06-30,rows\n\
        area_km2,42.24,km2,,,2025-06-30,attribute\n\
        density,0.2,note/km2,7,42.24,2025-06-30,rows\n\
        gap,4,note,,,2025-06-30,rows\n";
    assert_eq!(csv, expected);
    let json: serde_json::Value =
        serde_json::from_str(&figures::json(&ctx, ctx.today()).await.unwrap()).unwrap();
    assert_eq!((json[2]["value"].as_str(), json[2]["denominator"].as_str()), (Some("60"), Some("5")));
    let table = figures::table(&ctx, day("2025-06-30")).await.unwrap();
    assert!(table.lines().any(|line| line.starts_with("Phiếu tốt") && line.ends_with("3 / 6")), "{table}");
    world.test.end().await;
}
