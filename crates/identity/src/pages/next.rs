//! Where a person goes after signing in: back to the page that asked, if it is one of ours.

use axum::extract::Query;

/// `?tiep=/lam-viec/ho`
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    tiep: String,
}

pub(crate) type NextQuery = Query<Next>;

impl Next {
    /// The address if it is a path of this site, else `""`.
    pub(crate) fn path(&self) -> &str {
        local(&self.tiep)
    }
}

/// A path of this site or `""`. A browser reads `//host`, `/\host` and tabs inside as another site.
pub(crate) fn local(address: &str) -> &str {
    let plain = address.starts_with('/')
        && !address.starts_with("//")
        && address.len() <= 2_000
        && address.bytes().all(|byte| (0x21..0x7F).contains(&byte) && byte != b'\\');
    let door = ["/dang-nhap", "/dang-xuat"].iter().any(|path| address.starts_with(path));
    if plain && !door { address } else { "" }
}

/// A path with the address to go on to: `/dang-nhap?tiep=%2Flam-viec`.
pub(crate) fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() {
        return path.to_owned();
    }
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded: String =
        next.bytes().map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("{path}?tiep={encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_gone_to() {
        assert_eq!(local("/lam-viec/ho?q=an&trang=2"), "/lam-viec/ho?q=an&trang=2");
        for foreign in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/ /evil.example",
            "evil.example",
            "",
            "/\r\nSet-Cookie: a=b",
            "/dang-nhap",
            "/dang-xuat",
        ] {
            assert_eq!(local(foreign), "", "{foreign:?}");
        }
        assert_eq!(with_next("/dang-nhap", "/a?b=c&d"), "/dang-nhap?tiep=/a%3Fb%3Dc%26d");
    }
}
