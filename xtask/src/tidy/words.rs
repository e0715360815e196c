//! Words that do not belong into what is committed.

use super::house::{Fault, House, HouseFile, is_test_code};

/// Made by tools, not written by us.
fn is_written(file: &&HouseFile) -> bool {
    !file.path.ends_with("Cargo.lock")
}

/// Each line (from 1) that holds one of the needles.
fn lines_with(file: &HouseFile, found: impl Fn(&str) -> Option<String>) -> Vec<Fault> {
    let hits = file.text.lines().enumerate().filter_map(|(index, line)| Some((index + 1, found(line)?)));
    hits.map(|(line, word)| Fault::at(&file.path, line, word)).collect()
}

/// Marks of work left over. Put together here, or this file would find itself.
pub fn unfinished(house: &House) -> Vec<Fault> {
    let marks = [["FIX", "ME"].concat(), ["TO", "DO:"].concat(), ["TO", "DO("].concat()];
    let calls = [["to", "do!("].concat(), ["unimplemen", "ted!("].concat()];
    let thrice = "X".repeat(3);
    let found = |line: &str| {
        let word = marks.iter().chain(&calls).find(|mark| line.contains(*mark));
        let alone = line.split(|c: char| !c.is_alphanumeric()).any(|word| word == thrice);
        word.cloned().or_else(|| alone.then(|| thrice.clone()))
    };
    let code = |file: &&HouseFile| {
        [".rs", ".ts", ".css", ".html", ".mjs"].iter().any(|kind| file.path.ends_with(kind))
    };
    house.files.iter().filter(code).flat_map(|file| lines_with(file, found)).collect()
}

/// Folders of the machine on which somebody worked.
pub fn machine_paths(house: &House) -> Vec<Fault> {
    let folders = ["work", "root", "tmp"].map(|name| format!("/{name}/"));
    let found = |line: &str| {
        folders
            .iter()
            .find(|folder| line.match_indices(*folder).any(|(at, _)| begins_path(&line[..at])))
            .cloned()
    };
    house.files.iter().filter(is_written).flat_map(|file| lines_with(file, found)).collect()
}

/// True if a slash after this text begins a path: `web/work/` and `https://x/work/` are none.
fn begins_path(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| c.is_whitespace() || "\"'`(=:,<".contains(c))
}

/// Hosts of package registries: a lock file that names one fails behind another.
pub fn registry_hosts(house: &House) -> Vec<Fault> {
    let hosts = [
        ["registry.", "npmjs"].concat(),
        ["registry.", "yarnpkg"].concat(),
        ["index.", "crates.io"].concat(),
        ["static.", "crates.io"].concat(),
        ["pypi.", "org"].concat(),
        ["pythonhosted.", "org"].concat(),
        ["\"resol", "ved\": \"http"].concat(),
        ["replace-", "with"].concat(),
    ];
    let found = |line: &str| hosts.iter().find(|host| line.contains(*host)).cloned();
    house.files.iter().filter(is_written).flat_map(|file| lines_with(file, found)).collect()
}

pub fn prints(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, source) in house.rust() {
        let places =
            ["crates/sandinh/", "crates/signagent/src/main.rs", "crates/speaker/src/main.rs", "xtask/"];
        let free = places.iter().any(|place| file.path.starts_with(place));
        if free || is_test_code(&file.path) || file.path.ends_with("build.rs") {
            continue;
        }
        for (index, line) in source.code.iter().enumerate().filter(|(index, _)| !source.is_test(index + 1)) {
            if ["println!(", "print!("].iter().any(|call| line.contains(call)) {
                faults.push(Fault::at(&file.path, index + 1, "prints"));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(faults: Vec<Fault>) -> Vec<usize> {
        faults.iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn unfinished_work_is_found() {
        let text = format!("a();\n// {}ME later\n{}!()\n// X{}\nlet todo = 1;\n", "FIX", "todo", "XX");
        assert_eq!(lines(unfinished(&House::sample(&[("a.rs", &text), ("a.md", &text)]))), [2, 3, 4]);
    }

    #[test]
    fn machine_paths_are_found_and_addresses_are_not() {
        let text = format!("see `/{}/x`\nweb/{}/y\nhttps://a.vn/{}/z\n/lam-viec/\n", "work", "work", "root");
        assert_eq!(lines(machine_paths(&House::sample(&[("a.md", &text), ("Cargo.lock", &text)]))), [1]);
    }

    #[test]
    fn registry_hosts_are_found() {
        let text = format!("\"version\": \"1\",\n\"resolved\": \"https://registry.{}.org/a\"\n", "npmjs");
        assert_eq!(lines(registry_hosts(&House::sample(&[("web/package-lock.json", &text)]))), [2]);
    }

    #[test]
    fn only_the_command_line_prints() {
        let text = "fn a() { println!(\"x\"); }\nfn b() { let s = \"println!(\"; }\n#[cfg(test)]\nmod t { print!() }\n";
        let house = House::sample(&[
            ("crates/registry/src/rules.rs", text),
            ("crates/sandinh/src/main.rs", text),
            ("crates/registry/examples/seed.rs", text),
        ]);
        let faults = prints(&house);
        assert_eq!(faults.len(), 1);
        assert_eq!((faults[0].path.as_str(), faults[0].line), ("crates/registry/src/rules.rs", 1));
    }
}
