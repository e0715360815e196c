//! What was typed, before it is kept: each fault at its field.

use super::model::{Draft, Form};
use crate::law::{Broadcast, Word};
use platform::{Ctx, Error, Result, said};

const TITLE_MAX: usize = 200;
const WORDS_MAX: usize = 20_000;
const ADDRESS_MAX: usize = 500;
const OWN: &str = "commune";

/// The draft as it is kept.
///
/// # Errors
/// At the field that is wrong.
pub(super) fn checked(ctx: &Ctx, mut draft: Draft, recording: bool) -> Result<Draft> {
    draft.title = said::needed("ten", &draft.title, "broadcast-title-empty", TITLE_MAX)?;
    let law = Broadcast::now(ctx)?;
    known("loai", &law.kind, &draft.kind)?;
    known("tieng", &law.language, &draft.language)?;
    let origin = law.origin.iter().find(|word| word.code == draft.origin);
    let origin = origin.ok_or_else(|| Error::field("nguon", "error-choose"))?;
    if !origin.open(ctx.today()) {
        return Err(Error::field("nguon", "broadcast-origin-over"));
    }
    said::short("noi-dung", &draft.words, WORDS_MAX)?;
    draft.words = draft.words.trim().to_owned();
    match draft.form.ok_or_else(|| Error::field("cach", "error-choose"))? {
        Form::Sound if !recording => return Err(Error::field("tep", "broadcast-recording-empty")),
        Form::Sound => {}
        Form::Text if !draft.words.chars().any(char::is_alphabetic) => {
            return Err(Error::field("noi-dung", "broadcast-words-empty"));
        }
        Form::Text => {}
        Form::Relay => {
            draft.address = stream(&draft.address)?;
            if draft.origin == OWN {
                return Err(Error::field("nguon", "broadcast-relay-own"));
            }
        }
    }
    if draft.form != Some(Form::Relay) {
        draft.address.clear();
    }
    Ok(draft)
}

fn known(field: &'static str, list: &[Word], code: &str) -> Result<()> {
    let known = list.iter().any(|word| word.code == code);
    if known { Ok(()) } else { Err(Error::field(field, "error-choose")) }
}

/// The address of a stream.
fn stream(text: &str) -> Result<String> {
    let text = said::needed("dia-chi", text, "broadcast-address-empty", ADDRESS_MAX)?;
    let uri: Option<http::Uri> = text.parse().ok();
    let fits = uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty())
    });
    if fits { Ok(text) } else { Err(Error::field("dia-chi", "broadcast-address-wrong")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_has_an_address() {
        assert!(
            stream(" https://vov.example/vov1.mp3 ").is_ok() && stream("http://10.0.0.7:8000/tinh").is_ok()
        );
        for wrong in
            ["", "vov.example/vov1", "ftp://vov.example/a", "http://", "javascript:alert(1)", "http://a b/c"]
        {
            assert!(stream(wrong).is_err(), "{wrong}");
        }
    }
}
