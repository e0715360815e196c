//! `cargo xtask new-area NAME [VIETNAMESE ENGLISH]`: an empty area that already passes every check. What is the same in every
//! area stands here; its first noun is yours, with crates/registry as the model.

use crate::run::{Outcome, cargo, run};
use crate::workspace;
use std::path::Path;

/// The files of an area. NAME, TITLE_VI and TITLE_EN are filled in.
const FILES: [(&str, &str); 6] = [
    ("Cargo.toml", include_str!("../area/Cargo.toml.txt")),
    ("src/lib.rs", include_str!("../area/lib.rs.txt")),
    ("access.cedar", include_str!("../area/access.cedar.txt")),
    ("locales/vi.ftl", "NAME-title = TITLE_VI\n"),
    ("locales/en.ftl", "NAME-title = TITLE_EN\n"),
    ("tests/it/main.rs", include_str!("../area/tests.rs.txt")),
];

pub fn new_area(arguments: &[String]) -> Outcome {
    let area = Area::parse(arguments)?;
    let root = workspace::root();
    area.write(&root)?;
    area.enlist(&root)?;
    run(cargo("fmt").args(["-p", &area.name, "-p", "sandinh"]))?;
    run(cargo("test").args(["-p", &area.name]))?;
    println!("crates/{} is there. Next: its first noun, model.rs first; see CONTRIBUTING.md.", area.name);
    Ok(())
}

#[derive(Debug, PartialEq)]
struct Area {
    name: String,
    vi: String,
    en: String,
}

impl Area {
    fn parse(arguments: &[String]) -> Outcome<Area> {
        let (name, vi, en) = match arguments {
            [name] => (name, name, name),
            [name, vi, en] => (name, vi, en),
            _ => return Err("cargo xtask new-area NAME [\"TÊN TIẾNG VIỆT\" \"ENGLISH NAME\"]".into()),
        };
        let letters = name.bytes().all(|b| b.is_ascii_lowercase()) && name.len() > 2;
        if !letters || ["common", "utils", "helpers", "core", "std", "test"].contains(&name.as_str()) {
            return Err(format!("\"{name}\" is no name for an area: one English noun in small letters"));
        }
        Ok(Area { name: name.clone(), vi: vi.clone(), en: en.clone() })
    }

    fn files(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let fill = |text: &str| {
            text.replace("TITLE_VI", &self.vi).replace("TITLE_EN", &self.en).replace("NAME", &self.name)
        };
        FILES.iter().map(move |(path, text)| (format!("crates/{}/{path}", self.name), fill(text)))
    }

    fn write(&self, root: &Path) -> Outcome {
        if root.join("crates").join(&self.name).exists() {
            return Err(format!("crates/{} is already there", self.name));
        }
        for (path, text) in self.files() {
            let path = root.join(path);
            let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
            made.and_then(|()| std::fs::write(&path, text))
                .map_err(|error| format!("{}: {error}", path.display()))?;
        }
        Ok(())
    }

    /// Puts the area on the workspace's list of crates and on the binary's list of areas.
    fn enlist(&self, root: &Path) -> Outcome {
        let name = &self.name;
        edit(&root.join("Cargo.toml"), |text| {
            before(text, "demo = { path", &format!("{name} = {{ path = \"crates/{name}\" }}\n"))
        })?;
        edit(&root.join("crates/sandinh/Cargo.toml"), |text| {
            text.contains("[dependencies]\n").then(|| {
                text.replacen("[dependencies]\n", &format!("[dependencies]\n{name}.workspace = true\n"), 1)
            })
        })?;
        edit(&root.join("crates/sandinh/src/lib.rs"), |text| listed(text, name))
    }
}

fn edit(file: &Path, change: impl Fn(&str) -> Option<String>) -> Outcome {
    let fault = |what: &str| format!("{}: {what}", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| fault(&error.to_string()))?;
    let text =
        change(&text).ok_or_else(|| fault("the place for the new area is not found: add it by hand"))?;
    std::fs::write(file, text).map_err(|error| fault(&error.to_string()))
}

fn before(text: &str, mark: &str, insert: &str) -> Option<String> {
    let at = text.find(mark)?;
    Some(format!("{}{insert}{}", &text[..at], &text[at..]))
}

/// Adds the area at the end of `pub fn areas() -> Vec<Area> { vec![…] }`.
fn listed(text: &str, name: &str) -> Option<String> {
    let begin = text.find("pub fn areas()")?;
    let open = begin + text[begin..].find("vec![")? + "vec![".len();
    let close = open + text[open..].find(']')?;
    let list = text[open..close].trim_end().trim_end_matches(',');
    Some(format!("{}{list}, {name}::area(){}", &text[..open], &text[close..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn market() -> Area {
        Area::parse(&["market", "Chợ phiên", "Market"].map(str::to_owned)).unwrap()
    }

    #[test]
    fn a_new_area_keeps_the_house_rules() {
        let files: Vec<(String, String)> = market().files().collect();
        let mut files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push(("ARCHITECTURE.md", "libs < platform < (other areas) < sandinh\n"));
        assert_eq!(crate::tidy::broken_by(&files), Vec::<String>::new());
        assert!(files.iter().all(|(_, text)| !text.contains("NAME") && !text.contains("TITLE")));
    }

    #[test]
    fn names_are_nouns_in_small_letters() {
        let parse = |name: &str| Area::parse(&[name.to_owned()]);
        assert!(parse("market").is_ok());
        assert!(parse("Market").is_err());
        assert!(parse("cho-phien").is_err());
        assert!(parse("utils").is_err());
        assert!(Area::parse(&[]).is_err());
    }

    #[test]
    fn the_area_joins_both_lists() {
        let lib = "/// All.\npub fn areas() -> Vec<Area> {\n    vec![platform::area(), units::area()]\n}\n";
        assert!(
            listed(lib, "market").unwrap().contains("vec![platform::area(), units::area(), market::area()]")
        );
        let long = "pub fn areas() -> Vec<Area> {\n    vec![\n        platform::area(),\n    ]\n}\n";
        assert!(listed(long, "market").unwrap().contains("platform::area(), market::area()]"));
        assert_eq!(before("a\ndemo = { path\n", "demo = { path", "b\n").unwrap(), "a\nb\ndemo = { path\n");
    }
}
