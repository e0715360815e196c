//! Groups, counters and who comes first: `data/queue`.

use crate::form::model::Words;
use platform::{Ctx, Error, Lang, Result};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    calls: i64,
    priority_run: usize,
    #[serde(rename = "group")]
    groups: Vec<Group>,
    #[serde(rename = "counter")]
    counters: Vec<Counter>,
    #[serde(default, rename = "priority")]
    priorities: Vec<Priority>,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    pub key: String,
    pub letter: String,
    pub name: Words,
    #[serde(default)]
    pub fields: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counter {
    pub key: String,
    pub name: Words,
    pub groups: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Priority {
    pub key: String,
    pub name: Words,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

/// The desk's lines as they are today.
pub(crate) struct Settings {
    file: Arc<File>,
    lang: Lang,
}

impl Settings {
    /// # Errors
    /// A file that does not fit: unknown members, a letter twice, a counter of no group.
    pub fn load(ctx: &Ctx) -> Result<Settings> {
        let file = ctx.app.law.in_force::<File>("queue", ctx.today())?.content;
        let letters: BTreeSet<&str> = file.groups.iter().map(|group| group.letter.as_str()).collect();
        let known = |key: &String| file.groups.iter().any(|group| group.key == *key);
        if file.groups.is_empty() || letters.len() != file.groups.len() {
            return Err(Error::internal("queue: each group needs a letter of its own"));
        }
        if let Some(counter) = file.counters.iter().find(|counter| !counter.groups.iter().all(known)) {
            return Err(Error::internal(format!("queue: counter {} calls an unknown group", counter.key)));
        }
        Ok(Settings { file, lang: ctx.lang })
    }

    pub fn groups(&self) -> &[Group] {
        &self.file.groups
    }

    pub fn group(&self, key: &str) -> Option<&Group> {
        self.file.groups.iter().find(|group| group.key == key)
    }

    /// The line of a procedure's field; the first takes what belongs to none.
    pub fn group_of(&self, field: &str) -> Option<&Group> {
        let own = self.file.groups.iter().find(|group| group.fields.iter().any(|own| own == field));
        own.or(self.file.groups.first())
    }

    pub fn group_name(&self, key: &str) -> String {
        self.group(key).map_or_else(|| key.to_owned(), |group| group.name.of(self.lang).to_owned())
    }

    pub(super) fn counters(&self) -> &[Counter] {
        &self.file.counters
    }

    pub(super) fn counter(&self, key: &str) -> Option<&Counter> {
        self.file.counters.iter().find(|counter| counter.key == key)
    }

    pub fn counter_name(&self, key: &str) -> String {
        self.counter(key).map_or_else(|| key.to_owned(), |counter| counter.name.of(self.lang).to_owned())
    }

    /// Value and name of each reason to come first.
    pub fn priorities(&self) -> Vec<(String, String)> {
        let line = |one: &Priority| (one.key.clone(), one.name.of(self.lang).to_owned());
        self.file.priorities.iter().map(line).collect()
    }

    pub fn is_priority(&self, key: &str) -> bool {
        self.file.priorities.iter().any(|one| one.key == key)
    }

    /// After so many calls a number may be set aside.
    pub fn calls(&self) -> i64 {
        self.file.calls
    }

    pub fn priority_run(&self) -> usize {
        self.file.priority_run
    }
}
