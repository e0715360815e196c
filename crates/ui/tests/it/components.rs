use crate::pages::shell;
use platform::{Lang, T};
use std::collections::BTreeMap;
use ui::{Bar, BarChart, Cell, Column, Filter, Kind, LineChart, Part, Row, Share, Status, Table, VillageMap};

fn table(path: &str) -> Table {
    let shell = shell(Lang::Vi, path);
    let mut table = Table::new(&shell, "ho", "Các hộ");
    table.columns = vec![
        Column::new("ten", "Chủ hộ", Kind::Name).sortable(),
        Column::new("so", "Số người", Kind::Number).hidden(),
    ];
    let cells = vec![Cell::text("<b>Lò & Con</b>"), Cell::number(shell.t, 12_345)];
    table.rows = vec![Row { id: "r1".into(), url: Some("/ho/1?a=1&b=2".into()), cells }];
    table
}

#[test]
fn a_table_escapes_what_people_typed() {
    let html = table("/ho").to_string();
    assert!(!html.contains("<b>Lò"), "{html}");
    assert!(html.contains("12.345"));
    assert!(html.contains("data-of=\"so\" data-label=\"Số người\" hidden"));
}

#[test]
fn sorting_keeps_the_filter_and_drops_the_cursor() {
    let html = table("/ho?thon=v01&sau=abc&xep=ten").to_string();
    assert!(html.contains("aria-sort=\"ascending\""));
    let link =
        html.split("href=\"").find(|part| part.contains("xep=-ten")).expect("a link that turns the order");
    assert!(
        link.starts_with("/ho?thon=v01&") && !link.split('"').next().unwrap_or_default().contains("sau="),
        "{link}"
    );
}

#[test]
fn the_filter_is_said_in_words_and_each_can_be_taken_away() {
    let mut table = table("/ho?thon=v01&q=lo");
    let options = vec![(String::new(), "Tất cả".to_owned()), ("v01".to_owned(), "Đông Căm".to_owned())];
    table.filters = vec![Filter::text("q", "Tên", "lo"), Filter::choice("thon", "Thôn", "v01", options)];
    let html = table.to_string();
    assert!(html.contains("Thôn: Đông Căm") && html.contains("Tên: lo"));
    assert!(html.contains("class=\"chip\" href=\"/ho?thon=v01\""), "{html}");
}

#[test]
fn a_capped_count_says_more_than() {
    let mut table = table("/ho");
    (table.count, table.capped) = (Some(1000), true);
    assert!(table.to_string().contains("hơn 1.000 dòng"));
}

#[test]
fn charts_begin_at_zero_and_carry_their_table() {
    ui::load();
    let t = T(Lang::Vi);
    let bars = BarChart::new(t, "Hộ", "%", vec![Bar::new("A <i>", 50.0), Bar::new("B", 25.0)]).to_string();
    assert!(
        bars.contains("width=\"100%\" height=\"0.62rem\"")
            && bars.contains("width=\"50%\" height=\"0.62rem\""),
        "{bars}"
    );
    assert!(bars.contains("A &lt;i&gt;") && bars.contains("<table"));
    let one = LineChart::new(t, "Một", "", vec![("2023".into(), 3.0)]).to_string();
    assert!(!one.contains("NaN") && !one.contains("inf"), "{one}");
    let zero = Share {
        t,
        title: "Không".into(),
        note: String::new(),
        unit: String::new(),
        parts: vec![Part::new("A", 0.0)],
    };
    assert!(!zero.to_string().contains("NaN"));
}

#[test]
fn a_map_shows_shapes_points_and_what_is_unknown() {
    ui::load();
    let geojson = r#"{"features":[
        {"properties":{"id":"a","name":"Thôn A"},"geometry":{"type":"Polygon","coordinates":[[[104.0,22.3],[104.1,22.3],[104.1,22.4],[104.0,22.3]]]}},
        {"properties":{"id":"b","name":"Thôn B"},"geometry":{"type":"Point","coordinates":[104.2,22.35]}}]}"#;
    let values = BTreeMap::from([("a".to_owned(), 41.0)]);
    let map = VillageMap::new(T(Lang::Vi), "Cáp quang", "%", geojson, &values, |id| format!("/thon/{id}"))
        .expect("it draws");
    let html = map.to_string();
    for part in ["href=\"/thon/a\"", "Thôn A: 41%", "Thôn B: chưa có số liệu", "<circle", "class-none"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("NaN"));
    assert!(VillageMap::new(T(Lang::Vi), "", "", "{}", &values, |_| String::new()).is_err());
}

#[test]
fn a_badge_never_speaks_by_colour_alone() {
    for status in Status::ALL {
        let html = status.badge("chữ").0;
        assert!(html.contains("<svg") && html.contains("chữ"), "{html}");
    }
}
