use crate::{
    Area, Category, Certainty, Language, Named, Resource, Response, Severity, Text, Time, Urgency, Uri,
};
use chrono::{DateTime, Utc};

/// What is told of one event in one language (section 3.2.2).
#[derive(Clone, Debug, PartialEq)]
pub struct Info {
    /// `language`; [`Info::spoken`] says what holds when none is named.
    pub language: Option<Language>,
    /// `category` of the event: one at least.
    pub categories: Vec<Category>,
    /// `event`: what it is, in a few words.
    pub event: Text,
    /// `responseType`: what people should do.
    pub responses: Vec<Response>,
    /// `urgency`: how soon.
    pub urgency: Urgency,
    /// `severity`: how bad.
    pub severity: Severity,
    /// `certainty`: how sure.
    pub certainty: Certainty,
    /// `audience`: whom it concerns.
    pub audience: Option<Text>,
    /// `eventCode`: the event in lists of other systems.
    pub event_codes: Vec<Named>,
    /// `effective`: from when the telling holds; without it from `sent`.
    pub effective: Option<Time>,
    /// `onset`: when the event is expected to begin.
    pub onset: Option<Time>,
    /// `expires`: until when the telling holds; without it the receiver decides.
    pub expires: Option<Time>,
    /// `senderName`: who warns, for people to read.
    pub sender_name: Option<Text>,
    /// `headline`: up to some 160 letters.
    pub headline: Option<Text>,
    /// `description` of the event.
    pub description: Option<Text>,
    /// `instruction`: what to do.
    pub instruction: Option<Text>,
    /// `web`: a page with more.
    pub web: Option<Uri>,
    /// `contact`: whom to ask.
    pub contact: Option<Text>,
    /// `parameter`: values of other systems.
    pub parameters: Vec<Named>,
    /// `resource`: pictures, sounds, files.
    pub resources: Vec<Resource>,
    /// `area`: where.
    pub areas: Vec<Area>,
}

impl Info {
    /// What each needs.
    pub fn new(
        category: Category,
        event: Text,
        urgency: Urgency,
        severity: Severity,
        certainty: Certainty,
    ) -> Info {
        Info {
            language: None,
            categories: vec![category],
            event,
            responses: Vec::new(),
            urgency,
            severity,
            certainty,
            audience: None,
            event_codes: Vec::new(),
            effective: None,
            onset: None,
            expires: None,
            sender_name: None,
            headline: None,
            description: None,
            instruction: None,
            web: None,
            contact: None,
            parameters: Vec::new(),
            resources: Vec::new(),
            areas: Vec::new(),
        }
    }

    /// The language that it is in: `en-US` when none is named (section 3.2.2).
    pub fn spoken(&self) -> Language {
        self.language.clone().unwrap_or_else(Language::implied)
    }

    /// Its time is over. Without `expires` it never is.
    pub fn is_past(&self, at: DateTime<Utc>) -> bool {
        self.expires.is_some_and(|expires| expires.moment() <= at)
    }
}
