//! What the signatures in a PDF are worth.

use crate::cert::Certificate;
use crate::fault::Fault;
use crate::message;
use crate::pdf::read;
use crate::trust::{self, Anchor};
use chrono::{DateTime, FixedOffset, Utc};
use der::Encode;
use lopdf::{Dictionary, Document, Object};
use sha2::{Digest, Sha256};

/// One signature, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The name of its field in the file.
    pub field: String,
    /// Who signed. Absent when the signature cannot be read; `fault` says why.
    pub certificate: Option<Certificate>,
    /// When, as the signer's computer said.
    pub at: Option<DateTime<FixedOffset>>,
    /// `""` when none was given.
    pub reason: String,
    /// The signed bytes are as they were signed, and the signature is of the certificate's key.
    pub intact: bool,
    /// Nothing was added to the file after it.
    pub whole: bool,
    /// The certificate was valid at the moment that the signer's computer said.
    pub in_time: bool,
    /// The certificate leads to one of the given authorities.
    pub trusted: bool,
    pub fault: Option<Fault>,
}

/// Every signature of the file, in the order in which they were made. A file without one gives an empty list.
///
/// # Errors
/// [`Fault::NotPdf`] and [`Fault::Locked`] when the file itself cannot be read.
pub fn check(file: &[u8], anchors: &[Anchor]) -> Result<Vec<Judged>, Fault> {
    let document = read(file)?;
    let mut signed: Vec<Field> =
        fields(&document).into_iter().filter(|field| field.value.is_some()).collect();
    signed.sort_by_key(|field| field.value.as_ref().and_then(range).map_or(0, |range| range[2]));
    Ok(signed.into_iter().map(|field| judge(file, field, anchors)).collect())
}

/// A field for a signature.
pub(crate) struct Field {
    pub name: String,
    pub value: Option<Dictionary>,
}

/// The fields for signatures of a document.
pub(crate) fn fields(document: &Document) -> Vec<Field> {
    let form = document.catalog().and_then(|root| root.get_deref(b"AcroForm", document));
    let list = form.and_then(Object::as_dict).and_then(|form| form.get_deref(b"Fields", document));
    let mut found = Vec::new();
    if let Ok(list) = list.and_then(Object::as_array) {
        list.iter().for_each(|one| collect(document, one, 0, &mut found));
    }
    found
}

/// Fields may stand below fields; a file that nests them without end is not followed.
fn collect(document: &Document, at: &Object, depth: usize, found: &mut Vec<Field>) {
    let Ok((_, object)) = document.dereference(at) else { return };
    let Ok(field) = object.as_dict() else { return };
    if field.get_deref(b"FT", document).and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig") {
        let name = field.get_deref(b"T", document).map(text).unwrap_or_default();
        let value = field.get_deref(b"V", document).and_then(Object::as_dict).ok().cloned();
        found.push(Field { name, value });
    }
    if let Ok(kids) = field.get_deref(b"Kids", document).and_then(Object::as_array)
        && depth < 8
    {
        kids.iter().for_each(|kid| collect(document, kid, depth + 1, found));
    }
}

fn judge(file: &[u8], field: Field, anchors: &[Anchor]) -> Judged {
    let value = field.value.unwrap_or_default();
    let mut judged = Judged {
        field: field.name,
        certificate: None,
        at: value.get(b"M").ok().and_then(moment),
        reason: value.get(b"Reason").map(text).unwrap_or_default(),
        intact: false,
        whole: false,
        in_time: false,
        trusted: false,
        fault: None,
    };
    match weigh(file, &value, anchors, &mut judged) {
        Ok(intact) => judged.intact = intact,
        Err(fault) => judged.fault = Some(fault),
    }
    judged
}

fn weigh(file: &[u8], value: &Dictionary, anchors: &[Anchor], judged: &mut Judged) -> Result<bool, Fault> {
    let wrong = |what: &str| Fault::Signature(what.to_owned());
    let [start, first, second, last] = range(value).ok_or_else(|| wrong("no byte range"))?;
    let end = second.checked_add(last).filter(|end| *end <= file.len() && first < second);
    let end = end.filter(|_| start == 0).ok_or_else(|| wrong("a byte range that does not fit the file"))?;
    judged.whole = end == file.len();
    // The message is read out of the gap itself: what stands elsewhere under that name is not what was left out.
    let message =
        unhex(&file[first..second]).ok_or_else(|| wrong("a gap that holds more than the signature"))?;
    let read = message::read(&message)?;
    let certificate = Certificate::of(&read.certificate)?;
    let between: Vec<Vec<u8>> = read.others.iter().filter_map(|one| one.to_der().ok()).collect();
    let at = judged.at.map_or(certificate.not_before, |at| at.with_timezone(&Utc));
    judged.in_time = judged.at.is_some() && certificate.valid_at(at);
    judged.trusted = trust::leads(&certificate.der, &between, anchors, at);
    let parts = [&file[..first], &file[second..end]];
    let digest = read.signer.digest_alg.oid;
    let sum = message::digest(digest, parts).ok_or_else(|| wrong("an unknown digest"))?;
    let kind = read.signer.signature_algorithm.oid.to_string();
    let signature = read.signer.signature.as_bytes();
    let signed = trust::signed(&certificate.der, &kind, &digest.to_string(), &read.attributes, signature);
    let named = read.named.is_none_or(|hash| hash == Sha256::digest(&certificate.der).as_slice());
    judged.certificate = Some(certificate);
    Ok(sum == read.digest && signed && named)
}

fn range(value: &Dictionary) -> Option<[usize; 4]> {
    let list = value.get(b"ByteRange").and_then(Object::as_array).ok()?;
    let numbers: Vec<usize> =
        list.iter().filter_map(|one| one.as_i64().ok().and_then(|one| usize::try_from(one).ok())).collect();
    numbers.try_into().ok()
}

/// The bytes of `<0a1b…>`.
fn unhex(gap: &[u8]) -> Option<Vec<u8>> {
    let digits = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).map(pair).collect()
}

/// A text of a PDF: UTF-16 with its mark, UTF-8 with its mark, or one byte for each letter.
fn text(object: &Object) -> String {
    match object.as_str().unwrap_or_default() {
        [0xFE, 0xFF, wide @ ..] => {
            let units: Vec<u16> =
                wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Of `D:20260105090507+07'00'`; a zone that is left out is Greenwich's.
fn moment(object: &Object) -> Option<DateTime<FixedOffset>> {
    let said = text(object).replace('\'', "");
    let said = said.trim_start_matches("D:");
    let said = match said.trim_end_matches('Z') {
        plain if plain.len() == 14 => format!("{plain}+0000"),
        zoned => zoned.to_owned(),
    };
    DateTime::parse_from_str(&said, "%Y%m%d%H%M%S%z").ok()
}
