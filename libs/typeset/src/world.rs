//! All that a template can see.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

const FACES: [&[u8]; 4] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
];

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FONTS: LazyLock<(Vec<Font>, LazyHash<FontBook>)> = LazyLock::new(|| {
    let fonts: Vec<Font> = FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    (fonts, book)
});

pub(crate) struct World<'a> {
    main: Source,
    data: Bytes,
    files: &'a BTreeMap<String, Vec<u8>>,
}

impl<'a> World<'a> {
    pub fn new(template: &str, data: &serde_json::Value, files: &'a BTreeMap<String, Vec<u8>>) -> World<'a> {
        let main = Source::new(named("main.typ"), template.to_owned());
        World { main, data: Bytes::from_string(data.to_string()), files }
    }
}

fn named(name: &str) -> FileId {
    let path = VirtualPath::new(name).unwrap_or_else(|_| unreachable!("a plain name"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl typst::World for World<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.1
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if *id.get().root() != VirtualRoot::Project {
            return Err(FileError::AccessDenied);
        }
        let name = id.get().vpath().get_without_slash();
        if name == "data.json" {
            return Ok(self.data.clone());
        }
        let file = self.files.get(name).ok_or(FileError::AccessDenied)?;
        Ok(Bytes::new(file.clone()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.0.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
