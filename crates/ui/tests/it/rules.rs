//! What no template may hold, in this crate and in every area: the Content-Security-Policy forbids it anyway.

use std::path::{Path, PathBuf};

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
}

fn faults(text: &str) -> Vec<&'static str> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    for needle in [
        " style=",
        "<style",
        "javascript:",
        " onclick=",
        " onchange=",
        " onsubmit=",
        " oninput=",
        " onload=",
        "hx-on",
    ] {
        if lower.contains(needle) {
            found.push(needle);
        }
    }
    if lower
        .match_indices("<script")
        .any(|(at, _)| !lower[at..].split('>').next().unwrap_or_default().contains("src="))
    {
        found.push("inline script");
    }
    found
}

#[test]
fn no_template_holds_inline_style_or_script() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut templates = Vec::new();
    files(&crates, "html", &mut templates);
    assert!(templates.len() > 6, "the templates were not found");
    for path in templates {
        let text = std::fs::read_to_string(&path).expect("a template is text");
        assert_eq!(faults(&text), Vec::<&str>::new(), "{}", path.display());
    }
}

#[test]
fn the_judge_sees_what_it_should() {
    assert_eq!(faults("<p style=\"x\">"), [" style="]);
    assert_eq!(faults("<script>x</script>"), ["inline script"]);
    assert!(faults("<script src=\"/a.js\" defer></script>").is_empty());
}

#[test]
fn what_the_browser_loads_stays_small() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    let size = |start: &str, end: &str| {
        let files = std::fs::read_dir(&dist).expect("the front end is built").flatten();
        let named = files.filter(|f| {
            f.file_name().to_str().is_some_and(|name| name.starts_with(start) && name.ends_with(end))
        });
        named.map(|file| file.metadata().expect("it is a file").len()).sum::<u64>()
    };
    assert!(size("app.", ".js.gz") <= 21 * 1024, "script: {}", size("app.", ".js.gz"));
    assert!(size("app.", ".css.gz") <= 15 * 1024, "styles: {}", size("app.", ".css.gz"));
    assert!(size("be-vietnam-pro", ".woff2") <= 42 * 1024, "fonts: {}", size("be-vietnam-pro", ".woff2"));
}
