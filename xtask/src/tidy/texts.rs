//! Every text in both languages, every key used, none left over. A family of keys whose last part is data is found by the
//! code that puts it together (`format!("relation-{}", …)`), or declared in the Fluent file: `# family: relation-`.

use super::house::{Fault, House};
use super::source::Source;
use crate::workspace::Member;
use std::collections::BTreeSet;

pub fn faults(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut known = BTreeSet::new();
    let used = Used::read(house);
    for area in house.areas() {
        let path = |lang: &str| format!("{}/locales/{lang}.ftl", area.folder.display());
        if house.text(&path("vi")).is_none() || house.text(&path("en")).is_none() {
            faults.push(Fault::of(&path("vi"), "an area brings locales/vi.ftl and locales/en.ftl".into()));
            continue;
        }
        let (vi, en) = (whole(house, area, "vi"), whole(house, area, "en"));
        let (vi_keys, en_keys) = (keys(&vi), keys(&en));
        faults.extend(
            vi_keys.difference(&en_keys).map(|key| Fault::of(&path("en"), format!("{key} is missing"))),
        );
        faults.extend(
            en_keys.difference(&vi_keys).map(|key| Fault::of(&path("vi"), format!("{key} is missing"))),
        );
        let declared: Vec<&str> = families(&vi).chain(families(&en)).collect();
        let unused =
            vi_keys.iter().filter(|key| !used.holds(key) && !declared.iter().any(|d| key.starts_with(d)));
        faults.extend(unused.map(|key| Fault::of(&path("vi"), format!("{key} is used nowhere"))));
        known.extend(vi_keys.into_iter().map(str::to_owned));
    }
    if !known.is_empty() {
        let asked = used.asked.iter().filter(|(_, _, key)| !known.contains(key));
        faults.extend(
            asked.map(|(path, line, key)| {
                Fault::at(path, *line, format!("the text {key} stands in no locale"))
            }),
        );
    }
    faults
}

/// All texts of an area in one language: a large area splits its file, as `import.vi.ftl`.
fn whole(house: &House, area: &Member, lang: &str) -> String {
    let ending = format!("{lang}.ftl");
    let texts = house.of(area).filter(|file| file.path.contains("/locales/") && file.path.ends_with(&ending));
    texts.map(|file| file.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The keys of the messages in a Fluent file.
fn keys(ftl: &str) -> BTreeSet<&str> {
    let key = |line: &'_ str| -> Option<usize> {
        let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
        let message =
            line.starts_with(|c: char| c.is_ascii_alphabetic()) && line[end..].trim_start().starts_with('=');
        message.then_some(end)
    };
    ftl.lines().filter_map(|line| Some(&line[..key(line)?])).collect()
}

fn families(ftl: &str) -> impl Iterator<Item = &str> {
    ftl.lines().filter_map(|line| line.trim_start_matches('#').trim().strip_prefix("family: ")).map(str::trim)
}

/// What code and templates say of keys.
#[derive(Default)]
struct Used {
    /// Every quoted word anywhere: one of them may be a key.
    words: BTreeSet<String>,
    /// Beginnings that code completes: `relation-` of `"relation-{}"`.
    beginnings: BTreeSet<String>,
    /// Surely asked for as a text: path, line, key.
    asked: Vec<(String, usize, String)>,
}

impl Used {
    fn read(house: &House) -> Used {
        let mut used = Used::default();
        let places = ["crates/", "web/"];
        for file in house.files.iter().filter(|file| places.iter().any(|place| file.path.starts_with(place)))
        {
            let kind = file.path.rsplit('.').next().unwrap_or_default();
            if kind == "rs" {
                let source = Source::of(&file.text);
                source.strings.iter().for_each(|(_, text)| used.word(text));
                let tests = |line: usize| source.is_test(line) || file.path.contains("/tests/");
                let lines = file.text.lines().enumerate().filter(|(index, _)| !tests(index + 1));
                lines.for_each(|(index, line)| used.asks(&file.path, index + 1, line, &source.code[index]));
            } else if ["html", "svg", "txt", "ts", "toml", "json"].contains(&kind) {
                for (index, line) in file.text.lines().enumerate() {
                    line.split(['"', '\'', '`']).for_each(|text| used.word(text));
                    if kind == "html" {
                        used.asks(&file.path, index + 1, line, line);
                    }
                }
            }
        }
        used
    }

    fn word(&mut self, text: &str) {
        let key = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        if key(text) {
            self.words.insert(text.to_owned());
        }
        if let Some((beginning, _)) =
            text.split_once('{').filter(|(beginning, _)| beginning.ends_with('-') && key(beginning))
        {
            self.beginnings.insert(beginning.to_owned());
        }
        if text.ends_with('-') && key(text) {
            self.beginnings.insert(text.to_owned()); // "relation-" ~ kind in a template
        }
    }

    /// Notes keys in calls such as `t.t("key")`, `t.n("key", …)`, `Message::new("key")`, where `code` is no comment.
    fn asks(&mut self, path: &str, number: usize, line: &str, code: &str) {
        for call in [
            "t.t(\"",
            "t.n(\"",
            "t.a(\"",
            "t.s(\"",
            "t().t(\"",
            "t().n(\"",
            "t().a(\"",
            "t().s(\"",
            "Message::new(\"",
        ] {
            for (at, _) in line.match_indices(call) {
                let whole_name = !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                let is_code = code.get(at..at + 2) == line.get(at..at + 2);
                let key: &str = line[at + call.len()..].split('"').next().unwrap_or_default();
                let complete = !key.is_empty() && !key.ends_with('-') && !key.contains('{');
                if whole_name && is_code && complete {
                    self.asked.push((path.to_owned(), number, key.to_owned()));
                }
            }
        }
    }

    fn holds(&self, key: &str) -> bool {
        self.words.contains(key)
            || self.beginnings.iter().any(|beginning| key.starts_with(beginning.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(vi: &str, en: &str, code: &str, html: &str) -> Vec<String> {
        let lib = format!("pub fn area() -> Area {{}}\n{code}");
        let house = House::sample(&[
            ("crates/market/Cargo.toml", "[package]\nname = \"market\"\n"),
            ("crates/market/src/lib.rs", &lib),
            ("crates/market/src/pages/stall.html", html),
            ("crates/market/locales/vi.ftl", vi),
            ("crates/market/locales/en.ftl", en),
        ]);
        faults(&house).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let faults =
            texts("stall = Gian\nfee = Phí\n", "stall = Stall\n", "t.t(\"stall\"); t.t(\"fee\")", "");
        assert_eq!(faults, ["crates/market/locales/en.ftl: fee is missing"]);
    }

    #[test]
    fn a_key_that_stands_nowhere_is_found_with_its_line() {
        let faults =
            texts("stall = Gian\n", "stall = Stall\n", "t.t(\"stall\")", "<p>\n{{ t.n(\"stalls\", 3) }}\n");
        assert_eq!(faults, ["crates/market/src/pages/stall.html:2: the text stalls stands in no locale"]);
    }

    #[test]
    fn a_key_that_nobody_uses_is_found() {
        let ftl = "stall = A\n  .title = x\nold = B\n-brand = C\n";
        assert_eq!(
            texts(ftl, ftl, "t.t(\"stall\")", ""),
            ["crates/market/locales/vi.ftl: old is used nowhere"]
        );
    }

    #[test]
    fn families_of_keys_are_used_by_code_or_declared() {
        let ftl = "kind-food = A\nstate-open = B\nday-1 = C\n# family: day-\n";
        assert!(texts(ftl, ftl, "format!(\"kind-{kind}\")", "{{ t.t(\"state-\" ~ state) }}").is_empty());
    }

    #[test]
    fn other_calls_and_comments_ask_for_nothing() {
        let ftl = "stall = A\n";
        let code = "t.t(\"stall\"); list.t(\"x\"); let_t.t(\"y\"); // t.t(\"z\")";
        assert!(texts(ftl, ftl, code, "").is_empty());
    }
}
