use crate::fold;

/// The part of an address that a title gives: `ra-quan-don-ve-sinh`. At most 80 letters; empty for a title without any.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for word in fold(title).split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        if slug.len() + word.len() > 80 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_an_address() {
        assert_eq!(slug("Đông Căm: 120/120 hộ có mã QR!"), "dong-cam-120-120-ho-co-ma-qr");
        assert!(slug(&"dài ".repeat(80)).len() <= 80);
        assert_eq!(slug("!!!"), "");
    }
}
