//! The page `/thiet-ke`: the system shows itself, each component empty, typical, long and wrong.

use crate::{
    Bar, BarChart, BulkAction, Cell, Column, Empty, FieldErrors, Filter, Kind, LineChart, Multiple, Part,
    Row, Share, Shell, SmallMultiples, Status, Table, VillageMap, render,
};
use askama::Template;
use platform::{Result, T};
use std::collections::BTreeMap;

/// Invented shapes; a page of the commune brings its own.
const VILLAGES: &str = include_str!("../samples/villages.geojson");

const NAMES: [&str; 14] = [
    "Đông Căm",
    "Soi Cờ",
    "Nậm Chà",
    "Nậm Vằn",
    "Tả Thàng",
    "Thôn 06",
    "Thôn 07",
    "Thôn 08",
    "Thôn 09",
    "Thôn 10",
    "Thôn 11",
    "Thôn 12",
    "Thôn 13",
    "Thôn 14",
];
const FIBRE: [f64; 14] = [96.0, 91.0, 38.0, 41.0, 72.0, 88.0, 84.0, 79.0, 93.0, 67.0, 81.0, 76.0, 58.0, 86.0];

/// Names of `.fill-…` classes and their words, shown as swatches.
const COLOURS: [&str; 11] = [
    "paper",
    "surface",
    "sunken",
    "ink",
    "ink-soft",
    "leaf",
    "leaf-soft",
    "clay",
    "clay-soft",
    "gold",
    "deep",
];

const SECTIONS: [&str; 11] =
    ["type", "colour", "forms", "table", "cards", "charts", "map", "states", "progress", "undo", "print"];

#[derive(Template)]
#[template(path = "design.html")]
struct DesignPage {
    shell: Shell,
    sections: [&'static str; 11],
    colours: [&'static str; 11],
    statuses: [Status; 8],
    villages: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    errors: FieldErrors,
    right: FieldErrors,
    tabs: Vec<(String, String)>,
    tab_here: &'static str,
    steps: Vec<String>,
    table: Table,
    nothing_found: Table,
    nothing_yet: Table,
    bars: BarChart,
    no_bars: BarChart,
    line: LineChart,
    multiples: SmallMultiples,
    share: Share,
    map: VillageMap,
}

/// The page `/thiet-ke` inside the frame of the work side.
pub fn design_page(shell: Shell) -> Result<String> {
    crate::load();
    let t = shell.t;
    let pairs =
        |keys: &[&str]| keys.iter().map(|key| ((*key).to_owned(), t.t(&format!("design-{key}")))).collect();
    let page = DesignPage {
        sections: SECTIONS,
        colours: COLOURS,
        statuses: Status::ALL,
        villages: NAMES
            .iter()
            .enumerate()
            .map(|(place, name)| (format!("v{:02}", place + 1), (*name).to_owned()))
            .collect(),
        kinds: pairs(&["kind-permanent", "kind-temporary", "kind-away"]),
        errors: FieldErrors::default()
            .with("sai-ho-ten", t.t("design-error-name"))
            .with("sai-ngay-sinh", t.t("design-error-birth"))
            .with("sai-dien-thoai", t.t("design-error-phone")),
        right: FieldErrors::default(),
        tabs: ["overview", "members", "history"]
            .iter()
            .map(|key| (format!("/thiet-ke?xem={key}"), t.t(&format!("design-tab-{key}"))))
            .collect(),
        tab_here: "/thiet-ke?xem=overview",
        steps: ["file", "columns", "check", "import"]
            .iter()
            .map(|key| t.t(&format!("design-step-{key}")))
            .collect(),
        table: households(&shell),
        nothing_found: nothing_found(&shell),
        nothing_yet: nothing_yet(&shell),
        bars: bars(t),
        no_bars: BarChart::new(t, t.t("design-chart-empty"), "", Vec::new()),
        line: line(t),
        multiples: multiples(t),
        share: share(t),
        map: map(t)?,
        shell,
    };
    render(&page)
}

fn columns(t: T) -> Vec<Column> {
    vec![
        Column::new("chu-ho", t.t("design-col-head"), Kind::Name).sortable(),
        Column::new("thon", t.t("ui-map-village"), Kind::Text).sortable(),
        Column::new("nguoi", t.t("design-col-members"), Kind::Number).sortable(),
        Column::new("dien-thoai", t.t("design-phone"), Kind::Masked),
        Column::new("ngay", t.t("design-col-date"), Kind::Date).sortable(),
        Column::new("tinh-trang", t.t("design-col-status"), Kind::Badge),
    ]
}

fn households(shell: &Shell) -> Table {
    let t = shell.t;
    let mut table = Table::new(shell, "mau", t.t("design-table-caption"));
    table.columns = columns(t);
    table.filters = vec![
        Filter::text("q", t.t("design-filter-name"), ""),
        Filter::choice("thon", t.t("ui-map-village"), "v01", village_options(t)),
    ];
    let rows: [(&str, &str, i64, &str, &str, Status, &str); 5] = [
        ("Lò Văn Mẫu", "GP-H-0142-7", 5, "09•• ••• •21", "12/03/2023", Status::Done, "design-badge-checked"),
        (
            "Hoàng Thị Mẫu Mỹ Ngưỡng Phượng Quỳnh",
            "GP-H-0977-3",
            12,
            "03•• ••• •08",
            "01/11/2023",
            Status::Soon,
            "design-badge-due",
        ),
        ("Chảo A Mẫu", "GP-H-1204-1", 3, "08•• ••• •55", "30/12/2023", Status::Late, "design-badge-late"),
        (
            "Nguyễn Thị Mẫu",
            "GP-H-1533-9",
            4,
            "09•• ••• •70",
            "05/06/2022",
            Status::Waiting,
            "design-badge-waiting",
        ),
        ("Vàng Thị Mẫu", "GP-H-2626-0", 1, "07•• ••• •13", "19/08/2021", Status::Off, "design-badge-away"),
    ];
    for (place, (name, code, members, phone, date, status, word)) in rows.into_iter().enumerate() {
        let cells = vec![
            Cell::text(name).under(code),
            Cell::text("Đông Căm"),
            Cell::number(t, members),
            Cell::masked(t, phone, "/thiet-ke", "00000000-0000-0000-0000-000000000000"),
            Cell::text(date),
            Cell::badge(status, &t.t(word)),
        ];
        table.rows.push(Row { id: format!("r{place}"), url: Some("#table".into()), cells });
    }
    table.bulk = vec![
        BulkAction {
            label: t.t("design-bulk-print"),
            url: "/thiet-ke".into(),
            icon: "qr-code",
            confirm: String::new(),
        },
        BulkAction {
            label: t.t("design-bulk-close"),
            url: "/thiet-ke".into(),
            icon: "archive",
            confirm: t.t("design-bulk-close-confirm"),
        },
    ];
    (table.count, table.capped, table.export, table.next) = (Some(1000), true, true, Some("mau".into()));
    table
}

fn village_options(t: T) -> Vec<(String, String)> {
    let named =
        NAMES.iter().enumerate().map(|(place, name)| (format!("v{:02}", place + 1), (*name).to_owned()));
    std::iter::once((String::new(), t.t("design-all-villages"))).chain(named).collect()
}

fn nothing_found(shell: &Shell) -> Table {
    let mut table = Table::new(shell, "khong-thay", shell.t("design-table-caption"));
    table.columns = columns(shell.t);
    table.filters = vec![Filter::text("ten", shell.t("design-filter-name"), "zzz")];
    table
}

fn nothing_yet(shell: &Shell) -> Table {
    let mut table = Table::new(shell, "chua-co", shell.t("design-table-caption"));
    table.columns = columns(shell.t);
    table.empty = Empty {
        title: shell.t("design-empty-title"),
        text: shell.t("design-empty-text"),
        action: shell.t("design-empty-action"),
        url: "#table".into(),
    };
    table
}

fn bars(t: T) -> BarChart {
    let mut order: Vec<usize> = (0..NAMES.len()).collect();
    order.sort_by(|a, b| FIBRE[*b].total_cmp(&FIBRE[*a]));
    let bar = |place: usize| {
        let bar = Bar::new(NAMES[place], FIBRE[place]).linked("#charts");
        if FIBRE[place] < 50.0 { bar.urgent() } else { bar }
    };
    let mut chart = BarChart::new(t, t.t("design-chart-fibre"), "%", order.into_iter().map(bar).collect());
    chart.note = t.t("design-chart-sample");
    (chart.full, chart.target) = (Some(100.0), Some(80.0));
    chart
}

fn line(t: T) -> LineChart {
    let online = [112.0, 140.0, 155.0, 149.0, 190.0, 236.0, 251.0, 278.0, 301.0, 322.0, 318.0, 356.0];
    let desk = vec![310.0, 301.0, 288.0, 290.0, 262.0, 240.0, 229.0, 201.0, 196.0, 170.0, 162.0, 149.0];
    let points =
        online.iter().enumerate().map(|(place, value)| (format!("{:02}/2023", place + 1), *value)).collect();
    let mut chart = LineChart::new(t, t.t("design-chart-online"), "", points);
    (chart.note, chart.second) = (t.t("design-chart-sample"), Some((t.t("design-chart-desk"), desk)));
    chart
}

fn multiples(t: T) -> SmallMultiples {
    let one = |(place, name): (usize, &&str)| Multiple {
        name: (*name).to_owned(),
        url: "#charts".into(),
        values: (0..5).map(|year| (FIBRE[place] * (0.2 + 0.2 * f64::from(year))).round()).collect(),
    };
    SmallMultiples {
        t,
        title: t.t("design-chart-multiples"),
        note: t.t("design-chart-sample"),
        unit: "%".into(),
        places: 0,
        moments: (2019..=2023).map(|year| year.to_string()).collect(),
        multiples: NAMES.iter().enumerate().map(one).collect(),
    }
}

fn share(t: T) -> Share {
    Share {
        t,
        title: t.t("design-chart-paid"),
        note: t.t("design-chart-sample"),
        unit: "đ".into(),
        parts: [
            ("design-part-card", 48_250_000.0),
            ("design-part-wallet", 17_400_000.0),
            ("design-part-cash", 22_180_000.0),
            ("design-part-other", 3_100_000.0),
        ]
        .into_iter()
        .map(|(key, value)| Part::new(t.t(key), value))
        .collect(),
    }
}

fn map(t: T) -> Result<VillageMap> {
    let values: BTreeMap<String, f64> = FIBRE
        .iter()
        .enumerate()
        .filter(|(place, _)| *place != 9)
        .map(|(place, value)| (format!("v{:02}", place + 1), *value))
        .collect();
    let mut map = VillageMap::new(t, t.t("design-chart-fibre"), "%", VILLAGES, &values, |_| "#map".into())?;
    map.note = t.t("design-map-note");
    Ok(map)
}
