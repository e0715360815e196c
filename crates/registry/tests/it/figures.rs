//! The demo's figures are the numbers of the article, row by row.

use chrono::NaiveDate;
use platform::{Ctx, Uuid};
use std::collections::BTreeMap;
use testkit::TestApp;

const EXPECTED: &str = include_str!("../data/seed-figures.csv");
/// Of our own, not in the article.
const OURS: &[&str] = &[
    "campaign_households_reached_pct",
    "directives_acknowledged_pct",
    "directives_in_time_pct",
    // In the article as a row; here it is a dated fact of the commune.
    "fanpages",
    "festivals",
    "homestays",
    "loudspeaker_clusters",
    "loudspeakers_heard",
    "loudspeakers_it_pct",
    "news_articles",
    "news_digital_articles",
    "news_sections_used",
    // Years of the article; rows of the plan here.
    "pilot_end_year",
    "pilot_start_year",
    "resident_accounts_in_use",
    "resident_accounts_passkey",
    "reports_in_time_pct",
    "tourism_places",
];
/// The day of the article.
const DAY: &str = "2023-12-31";

/// The lines of a CSV by their first column, each as its columns by name. `#` begins a remark.
fn lines(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let plain: String =
        text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    let mut reader = csv::Reader::from_reader(plain.as_bytes());
    let head = reader.headers().unwrap().clone();
    let line = |record: csv::StringRecord| {
        let cells: BTreeMap<String, String> =
            head.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
        (record[0].to_owned(), cells)
    };
    reader.records().map(|record| line(record.unwrap())).collect()
}

/// What is wrong, figure by figure; empty when all agree.
fn differences(found: &str) -> Vec<String> {
    let (found, expected) = (lines(found), lines(EXPECTED));
    let mut wrong = Vec::new();
    for (key, expected) in &expected {
        let Some(found) = found.get(key) else {
            wrong.push(format!("{key} is missing"));
            continue;
        };
        // The article gives no parts for some shares; then ours are free.
        for name in ["value", "unit", "numerator", "denominator", "basis"] {
            let wanted = if name == "basis" { &expected["origin"] } else { &expected[name] };
            let free = wanted.is_empty() && name != "value";
            if !free && *wanted != found[name] {
                wrong.push(format!("{key}: {name} is {}, not {wanted}", found[name]));
            }
        }
        if found["as_of"] != DAY {
            wrong.push(format!("{key}: as of {}", found["as_of"]));
        }
    }
    let known = |key: &&String| expected.contains_key(*key) || OURS.contains(&key.as_str());
    wrong.extend(found.keys().filter(|key| !known(key)).map(|key| format!("{key} was not asked for")));
    wrong
}

#[tokio::test]
async fn the_demo_gives_the_numbers_of_the_article_and_opens_to_their_rows() {
    let test = TestApp::with(sandinh::areas(), sandinh::authenticator()).await;
    let commune: Uuid = demo::write::write(&test.app).await.unwrap();
    let ctx = Ctx::system(&test.app, commune, "figure.rows");
    let day: NaiveDate = DAY.parse().unwrap();
    // The registry's, one of the one-stop desk, seven of the office, one of the portal, three of the radio.
    assert_eq!(lines(EXPECTED).len(), 28 + 1 + 7 + 1 + 3);
    assert_eq!(differences(&figures::csv(&ctx, day).await.unwrap()), Vec::<String>::new());
    for value in figures::all(&ctx, day).await.unwrap().into_iter().filter(|value| value.opens) {
        // Documents, files, directives and resolutions open to people only: their own tests do that.
        if value.key.starts_with("documents_")
            || value.key.starts_with("work_files_")
            || value.key.starts_with("directives_")
            || value.key == "party_thematic_resolution"
        {
            continue;
        }
        let counted = value.numerator.or(value.value).unwrap();
        // 10,000 names would take a page of their own each time: the large ones are counted by pages elsewhere.
        if counted.to_f64() < 200.0 && !matches!(value.unit, "group" | "section" | "platform" | "boolean") {
            let rows =
                figures::rows(&ctx, value.key, day, figures::Which::Counted, None, None, 500).await.unwrap();
            assert_eq!(rows.shown.len() as f64, counted.to_f64(), "{}", value.key);
        }
    }
    // Today is counted from the current tables: the same as the rows of today by the versions.
    let today = figures::one(&ctx, "population", ctx.today()).await.unwrap();
    let versions =
        platform::sql(format!("SELECT COUNT(*) FROM {} p /* all rows */", registry::views::PERSON_ON));
    let counted = versions.bind(commune).bind(ctx.today()).count(&test.app.db).await.unwrap();
    assert_eq!(today.plain(), counted.to_string());
    test.end().await;
}
