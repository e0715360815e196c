//! Whether a message is to be told, and what it does to earlier ones.

use crate::{Alert, Info, Kind, Reference, Scope, Status};
use chrono::{DateTime, Utc};

/// What [`Alert::judge`] says.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<'a> {
    /// What it does to earlier messages.
    pub relation: Relation<'a>,
    /// What holds still: every `info` that is not past its `expires`.
    pub current: Vec<&'a Info>,
    /// Why it is not to be acted upon; all that apply.
    pub against: Vec<Objection>,
}

/// What a message does to those in its `references`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation<'a> {
    /// Nothing: it is new.
    New,
    /// It takes their place.
    Replaces(&'a [Reference]),
    /// It takes them back.
    Cancels(&'a [Reference]),
    /// It says that they arrived and were accepted.
    Accepts(&'a [Reference]),
    /// It says that they were refused.
    Rejects(&'a [Reference]),
}

/// Why a message is not to be acted upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Objection {
    /// An exercise, a test, a draft, or something for the network.
    NotActual(Status),
    /// Restricted or private, and none of our addresses is among its own.
    NotForUs(Scope),
    /// Everything told in it is past its `expires`.
    Expired,
    /// It tells nothing: an alert or update without `info`.
    NothingTold,
    /// An answer of another system (`Ack`, `Error`), not a warning.
    Answer(Kind),
    /// It updates, cancels or answers, and does not say what.
    NoReference,
}

impl Judged<'_> {
    /// It is to be acted upon: told for an alert or update, obeyed for a cancel.
    pub fn is_live(&self) -> bool {
        self.against.is_empty()
    }
}

impl Alert {
    /// What a receiver does with the message at that moment. `ours` are the names under which this receiver stands in
    /// `addresses`; letters of either case are the same.
    ///
    /// Whether a [`Reference`] names a message of the same sender, and whether that sender may speak, is the caller's
    /// to ask: CAP lets anybody refer to anything.
    pub fn judge(&self, at: DateTime<Utc>, ours: &[&str]) -> Judged<'_> {
        let relation = match self.kind {
            Kind::Alert => Relation::New,
            Kind::Update => Relation::Replaces(&self.references),
            Kind::Cancel => Relation::Cancels(&self.references),
            Kind::Ack => Relation::Accepts(&self.references),
            Kind::Error => Relation::Rejects(&self.references),
        };
        let current: Vec<&Info> = self.infos.iter().filter(|info| !info.is_past(at)).collect();
        let mut against = Vec::new();
        let mut object = |applies: bool, why: Objection| {
            if applies {
                against.push(why);
            }
        };
        object(self.status != Status::Actual, Objection::NotActual(self.status));
        object(!self.is_for(ours), Objection::NotForUs(self.scope));
        // A cancel holds for ever: the warning that it takes back may outlive the telling of why.
        let tells = matches!(self.kind, Kind::Alert | Kind::Update);
        object(tells && self.infos.is_empty(), Objection::NothingTold);
        object(tells && !self.infos.is_empty() && current.is_empty(), Objection::Expired);
        object(matches!(self.kind, Kind::Ack | Kind::Error), Objection::Answer(self.kind));
        object(self.kind != Kind::Alert && self.references.is_empty(), Objection::NoReference);
        Judged { relation, current, against }
    }

    /// It is for everybody, or one of these names is in its `addresses`.
    fn is_for(&self, ours: &[&str]) -> bool {
        let named = |our: &&str| {
            let our = our.trim().to_lowercase();
            self.addresses.iter().any(|address| address.as_str().to_lowercase() == our)
        };
        self.scope == Scope::Public || ours.iter().any(named)
    }
}
