//! Texts in Vietnamese and English from the areas' Fluent files. Every text shown to a person goes through `T`.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, OnceLock, RwLock};

/// The two languages of the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Vi, Lang::En];

    pub fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    pub fn parse(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }

    fn text_lang(self) -> vntext::Lang {
        match self {
            Lang::Vi => vntext::Lang::Vi,
            Lang::En => vntext::Lang::En,
        }
    }
}

/// An argument of a text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Arg {
    Number(i64),
    Text(String),
}

macro_rules! arg_from {
    ($($kind:ty => $variant:ident),*) => { $(impl From<$kind> for Arg {
        fn from(value: $kind) -> Arg { Arg::$variant(value as _) }
    })* };
}
arg_from!(i64 => Number, i32 => Number, u32 => Number, usize => Number, u64 => Number);

impl From<&str> for Arg {
    fn from(value: &str) -> Arg {
        Arg::Text(value.to_owned())
    }
}
impl From<String> for Arg {
    fn from(value: String) -> Arg {
        Arg::Text(value)
    }
}

/// A whole number of any type, or a reference to one: templates hand out references.
pub trait Count {
    fn count(self) -> i64;
}

macro_rules! count_of {
    ($($kind:ty),*) => { $(
        impl Count for $kind {
            fn count(self) -> i64 { i64::try_from(self).unwrap_or(i64::MAX) }
        }
        impl Count for &$kind {
            fn count(self) -> i64 { (*self).count() }
        }
    )* };
}
count_of!(i64, i32, u32, u64, usize);

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<RwLock<[Bundle; 2]>> =
    LazyLock::new(|| RwLock::new([new_bundle(Lang::Vi), new_bundle(Lang::En)]));
static MISSING: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
static LOADED: OnceLock<Mutex<BTreeSet<(&'static str, &'static str)>>> = OnceLock::new();

fn new_bundle(lang: Lang) -> Bundle {
    let id = lang.code().parse().expect("vi and en are language ids");
    let mut bundle = Bundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false); // no invisible marks around arguments: they break copying and tests
    match lang {
        Lang::Vi => bundle.set_formatter(Some(|value, _| grouped(value, vntext::Lang::Vi))),
        Lang::En => bundle.set_formatter(Some(|value, _| grouped(value, vntext::Lang::En))),
    }
    bundle
}

/// Numbers inside texts are written as the language writes them: 2.626 or 2,626.
fn grouped(value: &FluentValue, lang: vntext::Lang) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(vntext::number(number.value as i64, lang)),
        _ => None,
    }
}

/// Adds an area's texts. Loading the same area twice is nothing new (each test starts an app).
///
/// # Panics
/// When a file is not Fluent, or a key stands in two areas: both are mistakes of the build, found by any test.
pub fn load(area: &'static str, lang: Lang, source: &'static str) {
    // Held to the end: whoever comes second may read the texts as soon as this returns.
    let mut done = LOADED.get_or_init(Default::default).lock().expect("no panic while held");
    if !done.insert((area, lang.code())) {
        return;
    }
    let resource = FluentResource::try_new(source.to_owned())
        .unwrap_or_else(|(_, errors)| panic!("locales of {area} ({}): {errors:?}", lang.code()));
    let mut bundles = BUNDLES.write().expect("no panic while held");
    if let Err(errors) = bundles[lang as usize].add_resource(resource) {
        panic!("locales of {area} ({}): {errors:?}", lang.code());
    }
}

/// Keys that were asked for and stand in no file; a test that sees one fails.
pub fn missing() -> Vec<String> {
    MISSING.lock().expect("no panic while held").iter().cloned().collect()
}

/// The texts of one language. Copy it freely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct T(pub Lang);

impl T {
    pub fn lang(self) -> Lang {
        self.0
    }

    /// A text without arguments.
    pub fn t(self, key: &str) -> String {
        self.a(key, &[])
    }

    /// A text with one number, for plurals: `households = { $count } hộ`.
    pub fn n(self, key: &str, name: &'static str, count: impl Count) -> String {
        self.a(key, &[(name, Arg::Number(count.count()))])
    }

    /// A text with one text argument.
    pub fn s(self, key: &str, name: &'static str, value: &str) -> String {
        self.a(key, &[(name, value.into())])
    }

    /// A text with any arguments.
    pub fn a(self, key: &str, args: &[(&'static str, Arg)]) -> String {
        let bundles = BUNDLES.read().expect("no panic while held");
        let bundle = &bundles[self.0 as usize];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            drop(bundles);
            return self.note_missing(key);
        };
        let mut values = FluentArgs::new();
        for (name, value) in args {
            match value {
                Arg::Number(number) => values.set(*name, *number),
                Arg::Text(text) => values.set(*name, text.as_str()),
            }
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        if !errors.is_empty() {
            self.note_missing(&format!("{key} ({errors:?})"));
        }
        text
    }

    /// True if the key exists: for families of keys whose last part is data.
    pub fn has(self, key: &str) -> bool {
        BUNDLES.read().expect("no panic while held")[self.0 as usize].has_message(key)
    }

    fn note_missing(self, key: &str) -> String {
        let name = format!("{}:{key}", self.0.code());
        tracing::error!(text.key = name, "text is missing");
        MISSING.lock().expect("no panic while held").insert(name);
        key.to_owned()
    }

    /// 9.993 or 9,993.
    pub fn number(self, value: i64) -> String {
        vntext::number(value, self.0.text_lang())
    }

    /// 95,7 or 95.7.
    pub fn decimal(self, value: f64, places: usize) -> String {
        vntext::decimal(value, places, self.0.text_lang())
    }

    /// dd/mm/yyyy in both languages, as Vietnamese papers write it.
    pub fn date(self, day: chrono::NaiveDate) -> String {
        vntext::date(day)
    }

    /// The moment in Vietnam: dd/mm/yyyy HH:MM.
    pub fn moment(self, at: chrono::DateTime<chrono::Utc>) -> String {
        at.with_timezone(&crate::clock::vietnam()).format("%d/%m/%Y %H:%M").to_string()
    }
}
