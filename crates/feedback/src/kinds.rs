//! Kinds of reports, who answers them and within how long: `data/feedback-kinds`.

use chrono::{DateTime, NaiveDate, Utc};
use platform::access::Place;
use platform::clock::end_of_day;
use platform::{Ctx, Lang, Result, Uuid};
use serde::Deserialize;
use std::sync::Arc;
use vncal::WorkCalendar;

/// What is not said about a kind.
fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    Denunciation,
    Complaint,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub key: String,
    pub icon: String,
    vi: String,
    en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub code: String,
    pub group: String,
    vi: String,
    en: String,
    pub roles: Vec<String>,
    pub days: u16,
    /// The head of the village may settle it.
    #[serde(default)]
    pub small: bool,
    #[serde(default = "yes")]
    pub public: bool,
    #[serde(default = "yes")]
    pub place: bool,
    /// The lawful way of its own.
    pub way: Option<Way>,
    #[serde(default)]
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    vi: String,
    en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lawful {
    denunciation: Vec<String>,
    complaint: Vec<String>,
    about: Both,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
    pub look_first: bool,
    pub duplicate_metres: f64,
    pub hold_minutes: i64,
    pub reopen_days: i64,
    pub ask_after_days: i64,
    pub remind_days: Vec<u16>,
    pub escalate_days: u16,
    pub escalate_to: Vec<String>,
    pub closed_roles: Vec<String>,
    pub photos_most: usize,
    pub anonymous_per_hour: u32,
    pub signed_in_per_hour: u32,
    pub proven_per_hour: u32,
    pub proof_bits: u32,
    pub group: Vec<Group>,
    pub kind: Vec<Kind>,
    lawful: Lawful,
}

fn said<'a>(lang: Lang, vi: &'a str, en: &'a str) -> &'a str {
    if lang == Lang::Vi { vi } else { en }
}

impl Group {
    pub fn name(&self, lang: Lang) -> &str {
        said(lang, &self.vi, &self.en)
    }
}

impl Kind {
    pub fn name(&self, lang: Lang) -> &str {
        said(lang, &self.vi, &self.en)
    }

    /// By words of everyday speech, for programs that ask what there is.
    pub fn keywords(&self) -> String {
        self.words.join(",")
    }
}

impl Kinds {
    pub fn load(ctx: &Ctx) -> Result<Arc<Kinds>> {
        Kinds::on(ctx, ctx.today())
    }

    pub fn on(ctx: &Ctx, day: NaiveDate) -> Result<Arc<Kinds>> {
        Ok(ctx.app.law.in_force("feedback-kinds", day)?.content)
    }

    pub fn find(&self, code: &str) -> Option<&Kind> {
        self.kind.iter().find(|kind| kind.code == code)
    }

    /// Its name, also when a newer file no longer has it.
    pub fn name(&self, code: &str, lang: Lang) -> String {
        self.find(code).map_or_else(|| code.to_owned(), |kind| kind.name(lang).to_owned())
    }

    pub fn icon(&self, code: &str) -> &str {
        let group = self.find(code).and_then(|kind| self.group.iter().find(|group| group.key == kind.group));
        group.map_or("flag", |group| &group.icon)
    }

    /// What the words seem to be about: the kind with the longest of its words in them.
    pub fn guess(&self, text: &str) -> Option<&Kind> {
        let text = padded(text);
        let longest = |kind: &Kind| {
            kind.words.iter().filter(|word| text.contains(&padded(word))).map(String::len).max()
        };
        let found = self.kind.iter().filter_map(|kind| Some((longest(kind)?, kind)));
        found.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, kind)| kind)
    }

    /// The lawful way that the words seem to ask for.
    pub fn lawful_way(&self, text: &str) -> Option<Way> {
        let text = padded(text);
        let speaks = |words: &[String]| words.iter().any(|word| text.contains(&padded(word)));
        match (speaks(&self.lawful.denunciation), speaks(&self.lawful.complaint)) {
            (true, _) => Some(Way::Denunciation),
            (false, true) => Some(Way::Complaint),
            (false, false) => None,
        }
    }

    pub fn of_way(&self, way: Way) -> Option<&Kind> {
        self.kind.iter().find(|kind| kind.way == Some(way))
    }

    pub fn lawful_about(&self, lang: Lang) -> &str {
        said(lang, &self.lawful.about.vi, &self.lawful.about.en)
    }
}

/// Without marks and signs, blanks around: a word is found whole, never inside another.
fn padded(text: &str) -> String {
    let words = vntext::fold(text);
    let words: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

pub fn calendar(ctx: &Ctx) -> Result<Arc<WorkCalendar>> {
    ctx.app.law.read_as("holidays/vn.csv", WorkCalendar::from_csv)
}

/// The end of the last working day.
pub fn deadline(ctx: &Ctx, days: u16) -> Result<DateTime<Utc>> {
    Ok(end_of_day(calendar(ctx)?.add_working_days(ctx.today(), days)))
}

/// Who is responsible for a kind in a village: holders of the first role that anybody holds.
pub async fn responsible(ctx: &Ctx, kind: &Kind, village: Option<Uuid>) -> Result<Vec<Uuid>> {
    for role in &kind.roles {
        let place = match (role.as_str(), village) {
            ("village_head", Some(village)) => Place::new("village", village),
            ("village_head", None) => continue,
            _ => Place::new("commune", ctx.commune),
        };
        let found = identity::holders(ctx, role, &place, ctx.today()).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Beginnings of answers: `data/feedback-answers`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    pub answer: Vec<Beginning>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beginning {
    kind: String,
    pub name: String,
    pub words: String,
}

impl Answers {
    /// Those for a kind, its own before the general ones.
    pub fn of(ctx: &Ctx, kind: &str) -> Result<Vec<(String, String)>> {
        let file = ctx.app.law.in_force::<Answers>("feedback-answers", ctx.today())?.content;
        let these = |code: &str| -> Vec<(String, String)> {
            let fitting = file.answer.iter().filter(|one| one.kind == code);
            fitting.map(|one| (one.name.clone(), one.words.clone())).collect()
        };
        Ok([these(kind), these("")].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds() -> Kinds {
        toml::from_str(include_str!("../../../data/feedback-kinds/2020-01-01.toml")).unwrap()
    }

    #[test]
    fn words_lead_to_their_kind() {
        let kinds = kinds();
        let guess = |text| kinds.guess(text).map(|kind| kind.code.as_str());
        assert_eq!(guess("Ổ gà to trước nhà văn hóa"), Some("road-damage"));
        assert_eq!(guess("ngõ nhà tôi bóng đèn cháy"), Some("lamp"));
        assert_eq!(guess("Hàng xóm hát KARAOKE tới nửa đêm"), Some("noise"));
        assert_eq!(guess("thành tích"), None);
        for kind in &kinds.kind {
            assert!(kinds.group.iter().any(|group| group.key == kind.group), "{}", kind.code);
            assert!(
                !kind.roles.is_empty() && kind.days > 0 && (kind.way.is_none() || !kind.public),
                "{}",
                kind.code
            );
        }
    }

    #[test]
    fn accusing_words_are_heard_as_whole_words() {
        let kinds = kinds();
        assert_eq!(kinds.lawful_way("Tôi tố cáo cán bộ ăn chặn tiền"), Some(Way::Denunciation));
        assert_eq!(kinds.lawful_way("khiếu nại quyết định xử phạt"), Some(Way::Complaint));
        assert_eq!(kinds.lawful_way("Hộ tố hảo, ngõ tối"), None);
        assert!(kinds.of_way(Way::Denunciation).is_some() && kinds.of_way(Way::Complaint).is_some());
    }
}
