//! Dependencies point down. The map stands in ARCHITECTURE.md, as the one line that begins with `libs  <`: the lowest layer
//! first, `(other areas)` for all that it does not name. Crates of one layer may use each other (cargo forbids circles),
//! the other areas may not.

use super::house::{Fault, House};
use crate::workspace::Member;

const MAP: &str = "ARCHITECTURE.md";
const OTHERS: &str = "(other areas)";

pub fn upward(house: &House) -> Vec<Fault> {
    if house.members.is_empty() {
        return Vec::new();
    }
    let Some(layers) = house.text(MAP).and_then(Layers::read) else {
        return vec![Fault::of(MAP, "has no line `libs < platform < …` with the map of the crates".into())];
    };
    let mut faults = Vec::new();
    for member in &house.members {
        let manifest = format!("{}/Cargo.toml", member.folder.display());
        for needed in &member.dependencies {
            let Some(other) = house.members.iter().find(|other| other.name == *needed) else { continue };
            if let Some(fault) = layers.fault(member, other) {
                faults.push(Fault::of(&manifest, fault));
            }
        }
    }
    faults
}

/// The names of each layer, the lowest first.
struct Layers<'m>(Vec<Vec<&'m str>>);

impl<'m> Layers<'m> {
    fn read(document: &'m str) -> Option<Layers<'m>> {
        let begins = |line: &&str| line.split_once('<').is_some_and(|(first, _)| first.trim() == "libs");
        let map = document.lines().find(begins)?;
        Some(Layers(map.split('<').map(|layer| layer.split(',').map(str::trim).collect()).collect()))
    }

    fn of(&self, name: &str) -> usize {
        let place = |name: &str| self.0.iter().position(|layer| layer.contains(&name));
        place(name).or_else(|| place(OTHERS)).unwrap_or(0)
    }

    fn fault(&self, member: &Member, needed: &Member) -> Option<String> {
        if needed.folder.starts_with("libs") {
            return None;
        }
        if member.folder.starts_with("libs") {
            return Some(format!("a library knows no crate of the commune, but uses {}", needed.name));
        }
        let areas = self.of(OTHERS);
        let (own, other) = (self.of(&member.name), self.of(&needed.name));
        if own == areas && other == areas {
            return Some(format!("areas do not use each other: {} uses {}", member.name, needed.name));
        }
        (other > own).then(|| format!("points up: {} uses {}", member.name, needed.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(name: &str, needs: &[&str]) -> String {
        let needs: String = needs.iter().map(|need| format!("{need}.workspace = true\n")).collect();
        format!("[package]\nname = \"{name}\"\n[dependencies]\n{needs}")
    }

    const DOCUMENT: &str =
        "# Map\n```\nlibs  <  platform  <  audit, figures  <  registry  <  (other areas)  <  sandinh\n```\n";

    fn faults(crates: &[(&str, &[&str])]) -> Vec<String> {
        let texts: Vec<(String, String)> = crates
            .iter()
            .map(|(path, needs)| {
                (format!("{path}/Cargo.toml"), manifest(path.rsplit('/').next().unwrap(), needs))
            })
            .collect();
        let mut files: Vec<(&str, &str)> =
            texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push((MAP, DOCUMENT));
        upward(&House::sample(&files)).into_iter().map(|fault| fault.text).collect()
    }

    #[test]
    fn downward_is_right() {
        let right: &[(&str, &[&str])] = &[
            ("libs/vnid", &[]),
            ("crates/platform", &["vnid"]),
            ("crates/audit", &["platform"]),
            ("crates/figures", &["platform", "audit"]),
            ("crates/registry", &["platform", "figures"]),
            ("crates/school", &["registry"]),
            ("crates/sandinh", &["school", "registry"]),
        ];
        assert_eq!(faults(right), Vec::<String>::new());
    }

    #[test]
    fn upward_and_across_are_faults() {
        assert_eq!(
            faults(&[("crates/platform", &["registry"]), ("crates/registry", &[])]),
            ["points up: platform uses registry"]
        );
        assert_eq!(
            faults(&[("crates/school", &["health"]), ("crates/health", &[])]),
            ["areas do not use each other: school uses health"]
        );
        assert!(
            faults(&[("libs/vnid", &["platform"]), ("crates/platform", &[])])[0].contains("knows no crate")
        );
    }

    #[test]
    fn the_document_must_hold_the_map() {
        let school = manifest("school", &[]);
        let house =
            House::sample(&[(MAP, "# No map, libs are below\n"), ("crates/school/Cargo.toml", &school)]);
        assert!(upward(&house)[0].text.contains("has no line"));
    }
}
