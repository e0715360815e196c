//! The house rules. Each is a check with its reason; `xtask/tidy-exempt.txt` lists what is excused, and only shrinks.

mod areas;
mod format;
mod house;
mod layers;
mod places;
mod size;
mod source;
mod templates;
mod texts;
mod words;

use crate::run::Outcome;
use crate::test::tally::Tally;
use crate::workspace;
use house::{Fault, House};

/// One house rule. A rule without a reason is dropped.
struct Rule {
    name: &'static str,
    reason: &'static str,
    faults: fn(&House) -> Vec<Fault>,
}

const RULES: &[Rule] = &[
    Rule { name: "format", reason: "nobody discusses spaces", faults: format::unformatted },
    Rule {
        name: "file-length",
        reason: "a file has one idea: at most 400 lines, aim for 300",
        faults: size::long_files,
    },
    Rule {
        name: "function-length",
        reason: "a function fits a screen: at most 70 lines",
        faults: size::long_functions,
    },
    Rule { name: "file-size", reason: "a clone stays small: at most 500 kB", faults: size::big_files },
    Rule {
        name: "unfinished",
        reason: "what is not done stands in docs/progress.md, not in the code",
        faults: words::unfinished,
    },
    Rule {
        name: "machine-path",
        reason: "a path of one machine means nothing on another",
        faults: words::machine_paths,
    },
    Rule {
        name: "registry-host",
        reason: "every builder chooses where packages come from",
        faults: words::registry_hosts,
    },
    Rule {
        name: "print",
        reason: "a server logs with tracing; only the command line prints",
        faults: words::prints,
    },
    Rule {
        name: "sql-place",
        reason: "a page, an API handler or a model holds no SQL: they ask a rule or a store",
        faults: places::sql,
    },
    Rule {
        name: "clock",
        reason: "the time comes from the context, so tests can set the day",
        faults: places::clocks,
    },
    Rule { name: "folder-name", reason: "what has no name has no owner", faults: places::nameless_folders },
    Rule {
        name: "inline",
        reason: "the Content-Security-Policy refuses anything inline",
        faults: templates::inline,
    },
    Rule {
        name: "layers",
        reason: "dependencies point down; upward there are events and panels",
        faults: layers::upward,
    },
    Rule {
        name: "texts",
        reason: "Vietnamese first, English complete, nothing left over",
        faults: texts::faults,
    },
    Rule {
        name: "access",
        reason: "an area with routes says who may use them",
        faults: areas::without_policy,
    },
    Rule {
        name: "tested",
        reason: "a crate without a test is a promise nobody keeps",
        faults: areas::without_tests,
    },
    Rule {
        name: "screens",
        reason: "at most 30 pictures: few enough to be looked at",
        faults: areas::too_many_screens,
    },
];

/// `cargo xtask tidy`
pub fn tidy() -> Outcome {
    let tally = counted();
    println!("house rules: {}", tally.closing_line());
    if tally.good() { Ok(()) } else { Err("The house rules are not kept; see above.".into()) }
}

/// Checks every rule and prints what is wrong; each rule counts as a test.
pub fn counted() -> Tally {
    let house = House::read(&workspace::root());
    let (mut passed, mut failed) = (0, 0);
    let exempt = house.text("xtask/tidy-exempt.txt").unwrap_or_default();
    for rule in RULES {
        let faults = excused(rule.name, (rule.faults)(&house), exempt);
        if faults.is_empty() {
            passed += 1;
            continue;
        }
        failed += 1;
        println!("\n{}: {}", rule.name, rule.reason);
        faults.iter().for_each(|fault| println!("  {fault}"));
    }
    for line in unknown_rules(exempt) {
        failed += 1;
        println!("\nxtask/tidy-exempt.txt: there is no rule of this name: {line}");
    }
    Tally::of("house rules", passed, failed)
}

/// Takes out what the list excuses. An excuse that nothing needs any more is itself a fault: the list shrinks.
fn excused(rule: &str, mut faults: Vec<Fault>, exempt: &str) -> Vec<Fault> {
    for (_, path, _) in exemptions(exempt).filter(|(name, ..)| *name == rule) {
        let before = faults.len();
        faults.retain(|fault| fault.path != path);
        if faults.len() == before {
            faults.push(Fault::of(
                "xtask/tidy-exempt.txt",
                format!("{path} needs this excuse no more: take it out"),
            ));
        }
    }
    for (_, path, why) in exemptions(exempt).filter(|(name, ..)| *name == rule) {
        if why.is_empty() {
            faults.push(Fault::of("xtask/tidy-exempt.txt", format!("{path} is excused without a reason")));
        }
    }
    faults
}

/// Lines `rule path # reason`.
fn exemptions(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (what, why) = line.split_once('#').unwrap_or((line, ""));
        let (rule, path) = what.trim().split_once(' ')?;
        Some((rule, path.trim(), why.trim()))
    })
}

fn unknown_rules(exempt: &str) -> Vec<String> {
    let known = |name: &str| RULES.iter().any(|rule| rule.name == name);
    exemptions(exempt)
        .filter(|(name, ..)| !known(name))
        .map(|(name, path, _)| format!("{name} {path}"))
        .collect()
}

/// What these files alone would break: for the test of a new area.
#[cfg(test)]
pub fn broken_by(files: &[(&str, &str)]) -> Vec<String> {
    let house = House::sample(files);
    let asked = RULES.iter().filter(|rule| rule.name != "format");
    asked.flat_map(|rule| (rule.faults)(&house)).map(|fault| fault.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excuse_excuses_one_file_of_one_rule() {
        let faults = || vec![Fault::of("a.rs", "long".into()), Fault::of("b.rs", "long".into())];
        let left = excused("file-length", faults(), "# the list\nfile-length a.rs # a table\n");
        assert_eq!(left, [Fault::of("b.rs", "long".into())]);
        assert_eq!(excused("print", faults(), "file-length a.rs # a table\n").len(), 2);
    }

    #[test]
    fn an_excuse_that_nothing_needs_is_a_fault() {
        let left = excused("file-length", Vec::new(), "file-length a.rs # a table\n");
        assert!(left[0].text.contains("no more"));
    }

    #[test]
    fn an_excuse_gives_its_reason_and_names_a_rule() {
        assert!(
            excused("print", vec![Fault::of("a.rs", String::new())], "print a.rs\n")[0]
                .text
                .contains("without a reason")
        );
        assert_eq!(unknown_rules("prints a.rs # typo\n"), ["prints a.rs"]);
    }

    #[test]
    fn every_rule_has_a_name_of_its_own_and_a_reason() {
        let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
        assert!(RULES.iter().all(|rule| rule.reason.len() > 10));
    }
}
