//! A signature is added to a PDF: as a revision behind it, with a gap for the message.

use crate::fault::{Fault, pdf};
use crate::key::Signer;
use crate::message;
use crate::shown::{self, Shown};
use chrono::{DateTime, FixedOffset, Utc};
use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, StringFormat};

/// The bytes left for the message: an RSA signature of 4096 bits with a chain of five certificates fits.
const ROOM: usize = 16_384;
/// Stands in the byte range until the true places are known; ten digits reach past any file.
const LATER: i64 = 9_999_999_999;

/// What is said with a signature.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// When, in the zone of the signer.
    pub at: DateTime<FixedOffset>,
    /// Why, as "Ký ban hành"; `""` says nothing.
    pub reason: &'a str,
    /// Where; `""` says nothing.
    pub place: &'a str,
}

/// The file with a signature added. Not a byte of the file changes.
///
/// # Errors
/// [`Fault::NotPdf`] or [`Fault::Locked`] for files that take no signature, [`Fault::NotYet`] and [`Fault::Expired`]
/// when the certificate is not valid at that moment.
pub fn sign(file: &[u8], key: &dyn Signer, signing: &Signing<'_>) -> Result<Vec<u8>, Fault> {
    sign_shown(file, key, signing, None)
}

/// [`sign`], with a drawing for those who look at the paper.
///
/// # Errors
/// As [`sign`]; [`Fault::NotPdf`] also for a page that is not there and a drawing that is none.
pub fn sign_shown(
    file: &[u8],
    key: &dyn Signer,
    signing: &Signing<'_>,
    shown: Option<&Shown<'_>>,
) -> Result<Vec<u8>, Fault> {
    key.certificate().asked_at(signing.at.with_timezone(&Utc))?;
    add(file, key, signing, shown)
}

/// [`sign_shown`], whatever the certificate says of that moment.
pub(crate) fn add(
    file: &[u8],
    key: &dyn Signer,
    signing: &Signing<'_>,
    shown: Option<&Shown<'_>>,
) -> Result<Vec<u8>, Fault> {
    let before = read(file)?;
    let (catalog, page) = places(&before, shown.map_or(1, |shown| shown.page))?;
    let name = free_name(&before);
    let mut update = IncrementalDocument::create_from(file.to_vec(), before);
    let value = update.new_document.add_object(value(key, signing));
    let mut field = field(&name, value, page);
    if let Some(shown) = shown {
        shown::draw(&mut update.new_document, &mut field, shown)?;
    }
    let field = update.new_document.add_object(field);
    annotate(&mut update, page, field)?;
    register(&mut update, catalog, field)?;
    let mut bytes = Vec::with_capacity(file.len() + 2 * ROOM + 4_096);
    update.save_to(&mut bytes).map_err(pdf)?;
    fill(bytes, file.len(), key)
}

pub(crate) fn read(file: &[u8]) -> Result<Document, Fault> {
    let document = Document::load_mem(file).map_err(pdf)?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Fault::Locked);
    }
    Ok(document)
}

/// The catalog, and the page of that number, from 1.
fn places(document: &Document, number: usize) -> Result<(ObjectId, ObjectId), Fault> {
    let catalog = document.trailer.get(b"Root").and_then(Object::as_reference).map_err(pdf)?;
    let page =
        document.page_iter().nth(number.saturating_sub(1)).ok_or_else(|| pdf("it has no such page"))?;
    Ok((catalog, page))
}

/// A name of a field that no field has.
fn free_name(document: &Document) -> String {
    let taken = crate::check::fields(document);
    let mut names = (1..).map(|number| format!("Signature{number}"));
    let free = names.find(|name| taken.iter().all(|field| field.name != *name));
    free.unwrap_or_default()
}

/// The dictionary of the signature, with the gap.
fn value(key: &dyn Signer, signing: &Signing<'_>) -> Dictionary {
    let mut value = Dictionary::new();
    value.set("Type", Object::Name(b"Sig".to_vec()));
    value.set("Filter", Object::Name(b"Adobe.PPKLite".to_vec()));
    value.set("SubFilter", Object::Name(b"ETSI.CAdES.detached".to_vec()));
    value.set("ByteRange", vec![0.into(), LATER.into(), LATER.into(), LATER.into()]);
    value.set("Contents", Object::String(vec![0; ROOM], StringFormat::Hexadecimal));
    value.set("M", moment(signing.at));
    value.set("Name", text(&key.certificate().name));
    for (entry, said) in [("Reason", signing.reason), ("Location", signing.place)] {
        if !said.is_empty() {
            value.set(entry, text(said));
        }
    }
    value
}

/// Not drawn, unless something is put into it.
fn field(name: &str, value: ObjectId, page: ObjectId) -> Dictionary {
    let mut field = Dictionary::new();
    field.set("Type", Object::Name(b"Annot".to_vec()));
    field.set("Subtype", Object::Name(b"Widget".to_vec()));
    field.set("FT", Object::Name(b"Sig".to_vec()));
    field.set("Rect", vec![0.into(), 0.into(), 0.into(), 0.into()]);
    field.set("T", text(name));
    field.set("V", value);
    field.set("P", page);
    // Printed, and locked against being moved.
    field.set("F", 132);
    field
}

fn annotate(update: &mut IncrementalDocument, page: ObjectId, field: ObjectId) -> Result<(), Fault> {
    update.opt_clone_object_to_new_document(page).map_err(pdf)?;
    let dictionary = update.new_document.get_dictionary_mut(page).map_err(pdf)?;
    match dictionary.get(b"Annots").ok().cloned() {
        Some(Object::Reference(list)) => {
            update.opt_clone_object_to_new_document(list).map_err(pdf)?;
            let list = update.new_document.get_object_mut(list).and_then(Object::as_array_mut);
            list.map_err(pdf)?.push(field.into());
        }
        Some(Object::Array(mut list)) => {
            list.push(field.into());
            dictionary.set("Annots", list);
        }
        _ => dictionary.set("Annots", vec![field.into()]),
    }
    Ok(())
}

/// Names the field in the form of the document, and says that only adding is allowed from now on.
fn register(update: &mut IncrementalDocument, catalog: ObjectId, field: ObjectId) -> Result<(), Fault> {
    update.opt_clone_object_to_new_document(catalog).map_err(pdf)?;
    let root = update.new_document.get_dictionary(catalog).map_err(pdf)?;
    let form = root.get(b"AcroForm").ok().cloned();
    let at = match form {
        Some(Object::Reference(at)) => {
            update.opt_clone_object_to_new_document(at).map_err(pdf)?;
            at
        }
        Some(Object::Dictionary(form)) => update.new_document.add_object(form),
        _ => update.new_document.add_object(Dictionary::new()),
    };
    let form = update.new_document.get_dictionary(at).map_err(pdf)?;
    let mut fields = match form.get(b"Fields").ok() {
        Some(Object::Reference(list)) => {
            let list = update.get_prev_documents().get_object(*list).and_then(Object::as_array);
            list.map_err(pdf)?.clone()
        }
        Some(Object::Array(list)) => list.clone(),
        _ => Vec::new(),
    };
    fields.push(field.into());
    let form = update.new_document.get_dictionary_mut(at).map_err(pdf)?;
    form.set("Fields", fields);
    form.set("SigFlags", 3);
    let root = update.new_document.get_dictionary_mut(catalog).map_err(pdf)?;
    root.set("AcroForm", at);
    Ok(())
}

/// Puts the true places and the message into what was saved; `old` is where the new revision begins.
fn fill(mut bytes: Vec<u8>, old: usize, key: &dyn Signer) -> Result<Vec<u8>, Fault> {
    let lost = || pdf("the place of the signature was not found");
    let gap = [b"<".as_slice(), "0".repeat(2 * ROOM).as_bytes(), b">"].concat();
    let start = old + find(&bytes[old..], &gap).ok_or_else(lost)?;
    let end = start + gap.len();
    let empty = format!("[0 {LATER} {LATER} {LATER}]");
    let range = old + find(&bytes[old..], empty.as_bytes()).ok_or_else(lost)?;
    let filled = format!("[0 {start} {end} {}]", bytes.len() - end);
    let filled = format!("{filled:<width$}", width = empty.len());
    bytes[range..range + empty.len()].copy_from_slice(filled.as_bytes());
    let message = message::make(key, [&bytes[..start], &bytes[end..]])?;
    if message.len() > ROOM {
        return Err(Fault::TooLarge(message.len()));
    }
    let hex: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes[start + 1..start + 1 + hex.len()].copy_from_slice(hex.as_bytes());
    Ok(bytes)
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    within.windows(what.len()).position(|window| window == what)
}

/// A text of any script: UTF-16 with its mark.
fn text(said: &str) -> Object {
    let units = std::iter::once(0xFEFF).chain(said.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// `D:20260105090507+07'00'`.
fn moment(at: DateTime<FixedOffset>) -> Object {
    let zone = at.format("%:z").to_string().replace(':', "'");
    Object::string_literal(format!("D:{}{zone}'", at.format("%Y%m%d%H%M%S")))
}
