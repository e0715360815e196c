//! Nothing inline: styles and scripts come from files of our own, so injected ones never run.

use super::house::{Fault, House, is_test_code};

pub fn inline(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in house.kind(".html").filter(|file| !is_test_code(&file.path)) {
        for (index, line) in file.text.lines().enumerate() {
            faults.extend(found(line).map(|what| Fault::at(&file.path, index + 1, what)));
        }
    }
    // Pages and pictures that code writes.
    for (file, source) in
        house.rust().filter(|(file, _)| file.path.starts_with("crates/") && !is_test_code(&file.path))
    {
        for (line, text) in
            source.strings.iter().filter(|(line, text)| !source.is_test(*line) && text.contains('<'))
        {
            faults.extend(found(text).map(|what| Fault::at(&file.path, *line, what)));
        }
    }
    faults
}

/// What is inline in a piece of HTML.
fn found(html: &str) -> Option<String> {
    let small = html.to_lowercase();
    let attribute = small.split([' ', '\t', '\n']).find_map(|word| {
        let name = word.split_once('=')?.0;
        let handler =
            name.len() > 4 && name.starts_with("on") && name[2..].bytes().all(|b| b.is_ascii_lowercase());
        (handler || name == "style").then(|| format!("{name}="))
    });
    let script = small.split("<script").skip(1).any(|tag| {
        let head = tag.split('>').next().unwrap_or_default();
        !head.contains("src=")
    });
    let address = small.contains("javascript:").then(|| "javascript:".to_owned());
    let style = small.contains("<style").then(|| "<style>".to_owned());
    attribute.or(script.then(|| "<script> without src".to_owned())).or(style).or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_styles_and_scripts_are_found() {
        assert_eq!(found("<p style=\"color:red\">"), Some("style=".into()));
        assert_eq!(found("<button class=x onclick=\"go()\">"), Some("onclick=".into()));
        assert_eq!(found("<script>go()</script>"), Some("<script> without src".into()));
        assert_eq!(found("<style>p{}</style>"), Some("<style>".into()));
    }

    #[test]
    fn files_and_ordinary_attributes_are_fine() {
        assert_eq!(found("<script type=\"module\" src=\"/web/app.js\" defer></script>"), None);
        assert_eq!(found("<input name=\"one\" data-style=\"x\" aria-label=\"y\">"), None);
    }

    #[test]
    fn code_that_writes_html_is_read_too() {
        let house = House::sample(&[
            ("crates/ui/src/chart.rs", "let a = \"<rect style='fill:red'/>\";\n"),
            ("crates/ui/pages/base.html", "<p>\n<p style=\"x\">\n"),
        ]);
        assert_eq!(inline(&house).iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 1]);
    }
}
