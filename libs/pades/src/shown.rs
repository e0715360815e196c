//! What a reader sees of a signature: one page of another PDF, drawn into the rectangle of the field.

use crate::fault::{Fault, pdf};
use crate::pdf::read;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::BTreeSet;

/// A drawing may be so large when it is unpacked.
const LARGEST: usize = 8 << 20;

/// A drawing at a place.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The page, from 1.
    pub page: usize,
    /// Left, bottom, right, top, in points from the lower left corner of the page.
    pub at: [f32; 4],
    /// A PDF whose first page is the drawing; it is stretched to the place.
    pub drawing: &'a [u8],
}

/// The signatures that are drawn on a file: page and place, page by page, in the order in which they were added.
///
/// # Errors
/// [`Fault::NotPdf`] and [`Fault::Locked`] when the file cannot be read.
pub fn shown_at(file: &[u8]) -> Result<Vec<(usize, [f32; 4])>, Fault> {
    let document = read(file)?;
    let mut found = Vec::new();
    for (number, page) in document.page_iter().enumerate() {
        let page = document.get_dictionary(page).map_err(pdf)?;
        let Ok(notes) = page.get_deref(b"Annots", &document).and_then(Object::as_array) else { continue };
        found.extend(notes.iter().filter_map(|note| Some((number + 1, place(&document, note)?))));
    }
    Ok(found)
}

/// The edges of the first page: left, bottom, right, top, in points.
///
/// # Errors
/// [`Fault::Turned`] for a page that readers show turned; [`Fault::NotPdf`] and [`Fault::Locked`].
pub fn first_page(file: &[u8]) -> Result<[f32; 4], Fault> {
    let document = read(file)?;
    let page = document.page_iter().next().ok_or_else(|| pdf("it has no page"))?;
    let page = document.get_dictionary(page).map_err(pdf)?;
    let turned = inherited(&document, page, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0);
    if turned % 360 != 0 {
        return Err(Fault::Turned);
    }
    let edges = inherited(&document, page, b"CropBox").or_else(|| inherited(&document, page, b"MediaBox"));
    let edges =
        edges.as_ref().and_then(|edges| edges.as_array().ok()).ok_or_else(|| pdf("a page without a size"))?;
    let numbers: Vec<f32> = edges.iter().filter_map(|one| one.as_float().ok()).collect();
    numbers.try_into().map_err(|_| pdf("a page without a size"))
}

/// The place of a drawn signature.
fn place(document: &Document, note: &Object) -> Option<[f32; 4]> {
    let field = document.dereference(note).ok()?.1.as_dict().ok()?;
    field.get(b"FT").and_then(Object::as_name).ok().filter(|kind| *kind == b"Sig")?;
    let rect = field.get_deref(b"Rect", document).and_then(Object::as_array).ok()?;
    let numbers: Vec<f32> = rect.iter().filter_map(|one| one.as_float().ok()).collect();
    let [left, bottom, right, top] = numbers.try_into().ok()?;
    (left < right && bottom < top).then_some([left, bottom, right, top])
}

/// Gives the field its place and its drawing.
pub(crate) fn draw(into: &mut Document, field: &mut Dictionary, shown: &Shown<'_>) -> Result<(), Fault> {
    let [left, bottom, right, top] = shown.at;
    if !(shown.at.iter().all(|one| one.is_finite()) && left < right && bottom < top) {
        return Err(pdf("a place without room"));
    }
    let form = form(into, shown.drawing)?;
    let mut look = Dictionary::new();
    look.set("N", form);
    field.set("AP", look);
    field.set("Rect", shown.at.map(Object::from).to_vec());
    Ok(())
}

/// The drawing as something that a field can show.
fn form(into: &mut Document, drawing: &[u8]) -> Result<ObjectId, Fault> {
    let mut other = read(drawing)?;
    other.renumber_objects_with(into.max_id + 1);
    let page = other.page_iter().next().ok_or_else(|| pdf("a drawing without a page"))?;
    let content = other.get_page_content_with_limit(page, LARGEST).map_err(pdf)?;
    let dictionary = other.get_dictionary(page).map_err(pdf)?;
    let mut form = Dictionary::new();
    form.set("Type", Object::Name(b"XObject".to_vec()));
    form.set("Subtype", Object::Name(b"Form".to_vec()));
    form.set(
        "BBox",
        inherited(&other, dictionary, b"MediaBox").ok_or_else(|| pdf("a drawing without a size"))?,
    );
    if let Some(resources) = inherited(&other, dictionary, b"Resources") {
        form.set("Resources", resources);
    }
    if let Ok(group) = dictionary.get(b"Group") {
        form.set("Group", group.clone());
    }
    let mut needed = BTreeSet::new();
    form.iter().for_each(|(_, value)| reach(&other, value, &mut needed));
    for id in needed {
        if let Some(object) = other.objects.remove(&id) {
            into.max_id = into.max_id.max(id.0);
            into.set_object(id, object);
        }
    }
    let mut stream = Stream::new(form, content);
    // What cannot be packed stays as it is.
    let _ = stream.compress();
    Ok(into.add_object(stream))
}

/// An entry of a page, or of the tree above it.
fn inherited(document: &Document, page: &Dictionary, name: &[u8]) -> Option<Object> {
    let mut at = page;
    for _ in 0..16 {
        if let Ok(found) = at.get(name) {
            return document.dereference(found).ok().map(|(_, found)| found.clone());
        }
        at = at.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}

/// All objects that one leads to.
fn reach(document: &Document, from: &Object, found: &mut BTreeSet<ObjectId>) {
    match from {
        Object::Reference(id) => {
            if found.insert(*id)
                && let Ok(object) = document.get_object(*id)
            {
                reach(document, object, found);
            }
        }
        Object::Array(list) => list.iter().for_each(|one| reach(document, one, found)),
        Object::Dictionary(one) => one.iter().for_each(|(_, one)| reach(document, one, found)),
        Object::Stream(one) => one.dict.iter().for_each(|(_, one)| reach(document, one, found)),
        _ => {}
    }
}
