use crate::{Reason, Text, Uri};

/// A file that belongs to the telling (section 3.2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// `resourceDesc`: what it is, for people.
    pub description: Text,
    /// `mimeType`: `audio/mpeg`.
    pub mime: Text,
    /// `size`: bytes, about.
    pub size: Option<u64>,
    /// `uri`: where it is; relative when it names what is in `inside`. It is the sender's word: nobody has to follow it.
    pub uri: Option<Uri>,
    /// `derefUri`: the file itself, decoded. Nothing is known of it but its length.
    pub inside: Option<Vec<u8>>,
    /// `digest`: SHA-1 of the file.
    pub digest: Option<[u8; 20]>,
}

impl Resource {
    /// Without a file yet.
    pub fn new(description: Text, mime: Text) -> Resource {
        Resource { description, mime, size: None, uri: None, inside: None, digest: None }
    }
}

/// `kind/form`, with parameters or not.
pub(crate) fn is_mime(text: &str) -> bool {
    let bare = text.split(';').next().unwrap_or_default().trim_end();
    let token = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    bare.split_once('/').is_some_and(|(kind, form)| token(kind) && token(form))
}

/// 40 hexadecimal digits.
pub(crate) fn sha1(text: &str) -> Result<[u8; 20], Reason> {
    let mut bytes = [0; 20];
    if text.len() != 40 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Reason::Digest);
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(pair).map_err(|_| Reason::Digest)?;
        *byte = u8::from_str_radix(digits, 16).map_err(|_| Reason::Digest)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_digests_have_their_shape() {
        for right in ["audio/mpeg", "text/plain; charset=utf-8", "application/vnd.oasis+xml"] {
            assert!(is_mime(right), "{right}");
        }
        for wrong in ["mp3", "/mpeg", "audio/", "a b/c", ""] {
            assert!(!is_mime(wrong), "{wrong}");
        }
        assert_eq!(sha1(&"0f".repeat(20)), Ok([15; 20]));
        assert_eq!(sha1("0f"), Err(Reason::Digest));
        assert_eq!(sha1(&"+1".repeat(20)), Err(Reason::Digest));
    }
}
