//! Things that have one place.

use super::house::{Fault, House, is_test_code};

/// Where SQL may not stand: pages and API handlers parse, call a rule and render; a model does nothing outside itself.
fn may_hold_sql(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let upper =
        ["pages.rs", "api.rs", "model.rs", "routes.rs", "lib.rs"].contains(&name) || path.contains("/pages/");
    !upper || is_test_code(path)
}

pub fn sql(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, source) in house.rust().filter(|(file, _)| !may_hold_sql(&file.path)) {
        for (line, text) in
            source.strings.iter().filter(|(line, text)| !source.is_test(*line) && is_sql(text))
        {
            faults.push(Fault::at(
                &file.path,
                *line,
                format!("SQL: {}", text.chars().take(40).collect::<String>()),
            ));
        }
    }
    faults
}

fn is_sql(text: &str) -> bool {
    let pairs = [("SELECT ", "FROM "), ("INSERT ", "INTO "), ("UPDATE ", "SET "), ("DELETE ", "FROM ")];
    pairs.iter().any(|(verb, word)| text.contains(verb) && text.contains(word))
}

/// Clippy refuses the same calls, but only where a method is resolved; this also covers targets it does not build.
pub fn clocks(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, source) in house.rust().filter(|(file, _)| file.path != "crates/platform/src/clock.rs") {
        for (index, line) in source.code.iter().enumerate() {
            if ["Utc::now(", "Local::now(", "SystemTime::now("].iter().any(|call| line.contains(call)) {
                faults.push(Fault::at(&file.path, index + 1, "reads the machine's clock"));
            }
        }
    }
    faults
}

pub fn nameless_folders(house: &House) -> Vec<Fault> {
    let nameless = ["common", "utils", "util", "helpers", "misc"];
    let named = |path: &&str| path.split('/').any(|part| nameless.contains(&part.trim_end_matches(".rs")));
    house
        .files
        .iter()
        .map(|file| file.path.as_str())
        .filter(named)
        .map(|path| Fault::of(path, "says nothing".into()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_in_a_page_is_found() {
        let text = "fn a() { sql(\"SELECT id FROM person\"); }\n// SELECT x FROM y\nfn b() { \"Please SELECT one\" }\n";
        let house = House::sample(&[
            ("crates/registry/src/household/pages/list.rs", text),
            ("crates/registry/src/household/store.rs", text),
            ("crates/registry/tests/it/main.rs", text),
        ]);
        let faults = sql(&house);
        assert_eq!(faults.len(), 1);
        assert_eq!(
            (faults[0].path.as_str(), faults[0].line),
            ("crates/registry/src/household/pages/list.rs", 1)
        );
    }

    #[test]
    fn the_clock_has_one_place() {
        let text = "let a = Utc::now();\nlet b = \"Utc::now()\";\n";
        let house =
            House::sample(&[("crates/registry/src/rules.rs", text), ("crates/platform/src/clock.rs", text)]);
        assert_eq!(
            clocks(&house),
            [Fault::at("crates/registry/src/rules.rs", 1, "reads the machine's clock")]
        );
    }

    #[test]
    fn folders_have_names() {
        let house = House::sample(&[
            ("crates/a/src/utils/x.rs", ""),
            ("crates/a/src/helpers.rs", ""),
            ("a/commons.rs", ""),
        ]);
        assert_eq!(nameless_folders(&house).len(), 2);
    }
}
