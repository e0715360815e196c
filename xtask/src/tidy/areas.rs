//! What every area and crate brings with it.

use super::house::{Fault, House};

pub fn without_policy(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for area in house.areas() {
        let policy = format!("{}/access.cedar", area.folder.display());
        let routes =
            house.of(area).any(|file| file.path.ends_with("/src/lib.rs") && file.text.contains(".routes("));
        if routes
            && !house
                .of(area)
                .any(|file| file.path.ends_with("/access.cedar") && file.text.contains("permit"))
        {
            faults.push(Fault::of(&policy, "is missing, but the area has routes".into()));
        }
    }
    faults
}

pub fn without_tests(house: &House) -> Vec<Fault> {
    let mark = ["#[", "test]"].concat();
    let marks = [mark.as_str(), "#[tokio::test", "proptest! {"];
    let tested = |text: &str| marks.iter().any(|mark| text.contains(mark));
    let lacking = house.members.iter().filter(|member| {
        let mut rust = house.of(member).filter(|file| file.path.ends_with(".rs"));
        !rust.any(|file| tested(&file.text))
    });
    lacking
        .map(|member| Fault::of(&member.folder.display().to_string(), "has no test: tests/it/main.rs".into()))
        .collect()
}

pub fn too_many_screens(house: &House) -> Vec<Fault> {
    let pictures = house.files.iter().filter(|file| file.path.starts_with("docs/screens/")).count();
    if pictures > 30 { vec![Fault::of("docs/screens", format!("{pictures} pictures"))] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: (&str, &str) = ("crates/market/Cargo.toml", "[package]\nname = \"market\"\n");
    const LIB: (&str, &str) = (
        "crates/market/src/lib.rs",
        "pub fn area() -> Area {\n    Area::new(\"market\").routes(pages::routes())\n}\n",
    );

    #[test]
    fn routes_need_a_policy() {
        assert_eq!(without_policy(&House::sample(&[MANIFEST, LIB])).len(), 1);
        let policy = ("crates/market/access.cedar", "permit (principal, action, resource);");
        assert_eq!(without_policy(&House::sample(&[MANIFEST, LIB, policy])).len(), 0);
    }

    #[test]
    fn a_crate_needs_a_test() {
        assert_eq!(without_tests(&House::sample(&[MANIFEST, LIB])).len(), 1);
        let text = format!("#[{}]\nfn it_works() {{}}\n", "test");
        assert_eq!(
            without_tests(&House::sample(&[MANIFEST, LIB, ("crates/market/tests/it/main.rs", &text)])).len(),
            0
        );
    }

    #[test]
    fn pictures_are_few() {
        let names: Vec<String> = (0..31).map(|number| format!("docs/screens/{number}.png")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert_eq!(too_many_screens(&House::sample(&files)).len(), 1);
        assert_eq!(too_many_screens(&House::sample(&files[1..])).len(), 0);
    }
}
