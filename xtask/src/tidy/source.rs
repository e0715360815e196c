//! Reads Rust apart into code and string literals: enough for house rules, without a parser's build time.

/// A Rust file, taken apart.
pub struct Source<'t> {
    /// The text line by line, with comments and the insides of strings blanked.
    pub code: Vec<String>,
    /// String literals with the line (from 1) on which they begin.
    pub strings: Vec<(usize, &'t str)>,
    /// The first line of a test module at the end of the file (from 1), if there is one.
    pub tests_begin: Option<usize>,
}

/// What stands at one place of the text.
enum Piece {
    Code,
    Comment,
    /// The literal's inside, from and to.
    Text(usize, usize),
}

impl<'t> Source<'t> {
    pub fn of(text: &'t str) -> Source<'t> {
        let mut blanked = String::with_capacity(text.len());
        let mut strings = Vec::new();
        let (mut at, mut line) = (0, 1);
        while at < text.len() {
            let (piece, end) = next(text, at);
            match piece {
                Piece::Code => blanked.push_str(&text[at..end]),
                Piece::Comment => blank(&text[at..end], &mut blanked),
                Piece::Text(from, to) => {
                    strings.push((line, &text[from..to]));
                    blanked.push('"');
                    blank(&text[from..to], &mut blanked);
                    blanked.push('"');
                }
            }
            line += text[at..end].matches('\n').count();
            at = end;
        }
        let code: Vec<String> = blanked.lines().map(str::to_owned).collect();
        let opens =
            |pair: &[String]| pair[0].trim() == "#[cfg(test)]" && pair[1].trim_start().starts_with("mod ");
        let tests_begin = code.windows(2).position(opens).map(|index| index + 1);
        Source { code, strings, tests_begin }
    }

    /// True if the line (from 1) belongs to the tests of the file.
    pub fn is_test(&self, line: usize) -> bool {
        self.tests_begin.is_some_and(|begin| line >= begin)
    }

    /// Functions as (name, first line, last line), lines from 1. A function inside another is counted by itself too.
    pub fn functions(&self) -> Vec<(String, usize, usize)> {
        let mut functions = Vec::new();
        for (index, line) in self.code.iter().enumerate() {
            let Some(name) = function_name(line) else { continue };
            if let Some(last) = self.end_of_block(index) {
                functions.push((name, index + 1, last + 1));
            }
        }
        functions
    }

    /// The line of the brace that closes the first block opened from `index` on; `None` for a declaration only.
    fn end_of_block(&self, index: usize) -> Option<usize> {
        let mut depth = 0usize;
        for (number, line) in self.code.iter().enumerate().skip(index) {
            for letter in line.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 1 => return Some(number),
                    '}' => depth = depth.saturating_sub(1),
                    ';' if depth == 0 => return None,
                    _ => {}
                }
            }
        }
        None
    }
}

fn function_name(line: &str) -> Option<String> {
    let words = ["pub(crate)", "pub(super)", "pub", "async", "const", "extern"];
    let mut rest = line.trim_start();
    while let Some(word) =
        words.iter().find(|word| rest.starts_with(**word) && rest[word.len()..].starts_with(' '))
    {
        rest = rest[word.len()..].trim_start();
    }
    let name: String =
        rest.strip_prefix("fn ")?.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

fn blank(text: &str, into: &mut String) {
    // Byte for byte, so that a place in the code is the same place in the text.
    into.extend(text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

/// The piece that begins at `at`, and where it ends.
fn next(text: &str, at: usize) -> (Piece, usize) {
    let rest = &text[at..];
    if rest.starts_with("//") {
        return (Piece::Comment, at + rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Piece::Comment, at + comment_length(rest));
    }
    if let Some(length) = letter_literal(rest) {
        return (Piece::Code, at + length);
    }
    let before = text[..at].chars().next_back().unwrap_or(' ');
    if rest.starts_with('r') && !(before.is_alphanumeric() && before != 'b' || before == '_') {
        let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
        if rest[1 + hashes..].starts_with('"') {
            let from = at + 2 + hashes;
            let close = format!("\"{}", "#".repeat(hashes));
            let to = text[from..].find(&close).map_or(text.len(), |found| from + found);
            return (Piece::Text(from, to), (to + close.len()).min(text.len()));
        }
    }
    if let Some(inside) = rest.strip_prefix('"') {
        let to = at + 1 + string_length(inside);
        return (Piece::Text(at + 1, to), (to + 1).min(text.len()));
    }
    (Piece::Code, at + rest.chars().next().map_or(1, char::len_utf8))
}

/// Block comments nest in Rust.
fn comment_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Up to the quote that is not escaped.
fn string_length(inside: &str) -> usize {
    let mut escaped = false;
    for (index, letter) in inside.char_indices() {
        match letter {
            '"' if !escaped => return index,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    inside.len()
}

/// The length of a literal such as `'"'` or `'\''`; a lifetime is none.
fn letter_literal(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if let Some(escape) = inside.strip_prefix('\\') {
        let skip = escape.chars().next()?.len_utf8();
        return escape[skip..].find('\'').map(|end| 2 + skip + end + 1);
    }
    let letter = inside.chars().next()?.len_utf8();
    inside[letter..].starts_with('\'').then_some(1 + letter + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_strings_and_comments_are_told_apart() {
        let source = Source::of(
            "let a = \"one // two\"; // three \"four\"\nlet b = r#\"five \"six\" {\"#; /* x /* y */ z */ let c;\n",
        );
        assert_eq!(source.strings, [(1, "one // two"), (2, "five \"six\" {")]);
        assert!(!source.code[0].contains("three"));
        assert!(source.code[1].trim_end().ends_with("let c;"));
    }

    #[test]
    fn letters_and_lifetimes_do_not_open_strings() {
        let source =
            Source::of("fn f<'a>(x: &'a str) { x.find('\"'); x.find('\\''); x.find('{'); g(\"đ\") }");
        assert_eq!(source.strings, [(1, "đ")]);
        assert_eq!(Source::of("let x = b\"a\\\"b\"; for \"y\"").strings, [(1, "a\\\"b"), (1, "y")]);
    }

    #[test]
    fn functions_are_measured_with_braces_in_strings() {
        let text = "trait T {\n    fn declared(&self);\n}\npub async fn long() {\n    let x = \"}\";\n    if x { y }\n}\n";
        assert_eq!(Source::of(text).functions(), [("long".to_owned(), 4, 7)]);
    }

    #[test]
    fn the_tests_of_a_file_are_known() {
        let source = Source::of("fn a() {}\n#[cfg(test)]\nmod tests {}\n");
        assert!(!source.is_test(1));
        assert!(source.is_test(3));
    }
}
