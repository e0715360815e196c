//! The one table of the whole program. A page fills it with columns and rows; it brings filter words, sorting,
//! choice of columns, picking, keyboard, export, keyset pages, and cards instead of rows on a phone.

use crate::{Html, Shell, Status, icon};
use askama::Template;
use platform::T;

/// A list with everything around it. Print it in a template with `{{ table }}`.
#[derive(Debug, Clone, Template)]
#[template(path = "table.html")]
pub struct Table {
    pub t: T,
    /// One short word per list: the choice of columns is kept under it in the browser.
    pub id: &'static str,
    /// Says what the rows are, for screen readers and print.
    pub caption: String,
    pub path: String,
    /// The query of the page, still percent-encoded; sorting, paging and export links are made from it.
    pub query: Vec<(String, String)>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub filters: Vec<Filter>,
    /// How many rows there are in all; None when nobody counted.
    pub count: Option<u64>,
    /// True when counting stopped at `count`: "hơn 1.000 dòng".
    pub capped: bool,
    /// Cursor of the next page (parameter `sau`) and of the one before (`truoc`).
    pub next: Option<String>,
    pub previous: Option<String>,
    pub bulk: Vec<BulkAction>,
    /// The idempotency key of the bulk form.
    pub bulk_key: String,
    /// Offers CSV and Excel of all rows that match: the same address with `dinh-dang=csv|xlsx`.
    pub export: bool,
    /// What to say, and where to begin, when there is no row at all.
    pub empty: Empty,
}

/// How a column looks and is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name of the row: linked to the row's page, title of the card on a phone. One per table, first.
    Name,
    Text,
    Number,
    Date,
    Badge,
    Masked,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub key: &'static str,
    pub label: String,
    pub kind: Kind,
    pub sortable: bool,
    /// Shown until somebody chooses otherwise.
    pub shown: bool,
}

impl Column {
    pub fn new(key: &'static str, label: impl Into<String>, kind: Kind) -> Column {
        Column { key, label: label.into(), kind, sortable: false, shown: true }
    }

    pub fn sortable(mut self) -> Column {
        self.sortable = true;
        self
    }

    pub fn hidden(mut self) -> Column {
        self.shown = false;
        self
    }

    fn class(&self) -> &'static str {
        match self.kind {
            Kind::Name => "cell-main",
            Kind::Number => "cell-number",
            Kind::Date => "cell-date",
            Kind::Text | Kind::Badge | Kind::Masked => "",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Row {
    pub id: String,
    /// The page of the row.
    pub url: Option<String>,
    /// One cell a column, in the same order.
    pub cells: Vec<Cell>,
}

/// What stands in one place of the table.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    pub html: Html,
    /// The words alone, for labels.
    pub words: String,
    /// A second, quieter line.
    pub under: String,
}

impl Cell {
    /// Nothing to show: on a phone, where every cell has its label beside it, the line is left out.
    fn is_blank(&self) -> bool {
        self.html.0.is_empty() && self.under.is_empty()
    }

    pub fn text(text: impl Into<String>) -> Cell {
        let words = text.into();
        Cell { html: Html::text(&words), words, under: String::new() }
    }

    pub fn number(t: T, value: i64) -> Cell {
        Cell::text(t.number(value))
    }

    pub fn badge(status: Status, word: &str) -> Cell {
        Cell { html: status.badge(word), words: word.to_owned(), under: String::new() }
    }

    pub fn link(text: &str, url: &str) -> Cell {
        let html = Html(format!("<a href=\"{}\">{}</a>", Html::text(url), Html::text(text)));
        Cell { html, words: text.to_owned(), under: String::new() }
    }

    /// A personal value, masked; the button posts `khoa=key` to `url`, which answers with macro `revealed`.
    pub fn masked(t: T, masked: &str, url: &str, key: &str) -> Cell {
        let (shown, url, key) = (Html::text(masked), Html::text(url), Html::text(key));
        let html = Html(format!(
            "<span class=\"masked\"><span>{shown}</span><form method=\"post\" action=\"{url}\" hx-post=\"{url}\" \
             hx-target=\"closest .masked\" hx-swap=\"outerHTML\"><input type=\"hidden\" name=\"khoa\" value=\"{key}\">\
             <button class=\"reveal\">{}{}</button></form></span>",
            icon("eye"),
            Html::text(t.t("ui-reveal"))
        ));
        Cell { html, words: masked.to_owned(), under: String::new() }
    }

    pub fn html(html: Html) -> Cell {
        Cell { html, words: String::new(), under: String::new() }
    }

    pub fn under(mut self, line: impl Into<String>) -> Cell {
        self.under = line.into();
        self
    }
}

/// One field of the filter. The chosen ones are also said in words, each with a cross.
#[derive(Debug, Clone)]
pub struct Filter {
    pub name: &'static str,
    pub label: String,
    pub value: String,
    /// Pairs of value and word; empty for a text field.
    pub options: Vec<(String, String)>,
}

impl Filter {
    pub fn text(name: &'static str, label: impl Into<String>, value: impl Into<String>) -> Filter {
        Filter { name, label: label.into(), value: value.into(), options: Vec::new() }
    }

    /// The first line of the choice, "Tất cả …", is `label` of the empty value: give it among the options as ("", …).
    pub fn choice(
        name: &'static str,
        label: impl Into<String>,
        value: impl Into<String>,
        options: Vec<(String, String)>,
    ) -> Filter {
        Filter { name, label: label.into(), value: value.into(), options }
    }

    fn words(&self) -> String {
        let word =
            self.options.iter().find(|(value, _)| *value == self.value).map_or(&self.value, |(_, word)| word);
        format!("{}: {word}", self.label)
    }
}

/// One action on all picked rows: their ids are posted as `id=…` with `khoa`.
#[derive(Debug, Clone)]
pub struct BulkAction {
    pub label: String,
    pub url: String,
    pub icon: &'static str,
    /// Asked before, when taking it back is not possible; "" otherwise.
    pub confirm: String,
}

#[derive(Debug, Clone, Default)]
pub struct Empty {
    pub title: String,
    pub text: String,
    pub action: String,
    pub url: String,
}

impl askama::filters::HtmlSafe for Table {}

impl Table {
    /// A table on the page of `shell`, whose path and query make the links.
    pub fn new(shell: &Shell, id: &'static str, caption: impl Into<String>) -> Table {
        let (path, query) = shell.path.split_once('?').unwrap_or((&shell.path, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Table {
            t: shell.t,
            id,
            caption: caption.into(),
            path: path.to_owned(),
            query: pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            columns: Vec::new(),
            rows: Vec::new(),
            filters: Vec::new(),
            count: None,
            capped: false,
            next: None,
            previous: None,
            bulk: Vec::new(),
            bulk_key: String::new(),
            export: false,
            empty: Empty::default(),
        }
    }

    /// This page with some parameters set (`Some`) or left out (`None`).
    fn link(&self, changes: &[(&str, Option<&str>)]) -> String {
        let kept = self.query.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        let mut pairs: Vec<String> = kept.map(|(name, value)| format!("{name}={value}")).collect();
        pairs.extend(changes.iter().filter_map(|(name, value)| value.map(|value| format!("{name}={value}"))));
        if pairs.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, pairs.join("&")) }
    }

    fn sort(&self) -> &str {
        self.query.iter().find(|(name, _)| name == "xep").map_or("", |(_, value)| value)
    }

    /// `xep=key` upwards, `xep=-key` downwards; the cursor of another order is dropped.
    fn sort_link(&self, column: &Column) -> String {
        let next = if self.sort() == column.key { format!("-{}", column.key) } else { column.key.to_owned() };
        self.link(&[("xep", Some(&next)), ("sau", None), ("truoc", None)])
    }

    fn sort_state(&self, column: &Column) -> &'static str {
        match self.sort().strip_prefix('-') {
            Some(key) if key == column.key => "descending",
            None if self.sort() == column.key => "ascending",
            _ => "",
        }
    }

    fn sort_icon(&self, column: &Column) -> Html {
        icon(match self.sort_state(column) {
            "ascending" => "arrow-up",
            "descending" => "arrow-down",
            _ => "arrow-up-down",
        })
    }

    fn filtered(&self) -> bool {
        self.filters.iter().any(|filter| !filter.value.is_empty())
    }

    /// Two conditions and more: on a phone all but the first are folded away.
    fn folds(&self) -> bool {
        self.filters.len() > 2
    }

    /// One of the folded conditions is set, so it has to be seen.
    fn unfolded(&self) -> bool {
        self.filters.iter().skip(1).any(|filter| !filter.value.is_empty())
    }

    fn without(&self, filter: &Filter) -> String {
        self.link(&[(filter.name, None), ("sau", None), ("truoc", None)])
    }

    fn without_any(&self) -> String {
        let mut changes: Vec<(&str, Option<&str>)> =
            self.filters.iter().map(|filter| (filter.name, None)).collect();
        changes.extend([("sau", None), ("truoc", None)]);
        self.link(&changes)
    }

    fn page_link(&self, name: &'static str, cursor: &Option<String>) -> String {
        let Some(cursor) = cursor else { return String::new() };
        let other = if name == "sau" { "truoc" } else { "sau" };
        self.link(&[(name, Some(cursor)), (other, None)])
    }

    fn export_link(&self, format: &str) -> String {
        self.link(&[("dinh-dang", Some(format)), ("sau", None), ("truoc", None)])
    }

    fn count_words(&self) -> String {
        let key = if self.capped { "ui-count-more" } else { "ui-count" };
        self.count.map_or(String::new(), |count| self.t.n(key, "count", count))
    }

    /// Parameters that the filter form must carry along.
    fn carried(&self) -> impl Iterator<Item = &(String, String)> {
        self.query.iter().filter(|(name, _)| name == "xep")
    }

    fn named(&self, row: &Row) -> String {
        row.cells.first().map_or_else(|| row.id.clone(), |cell| cell.words.clone())
    }
}
