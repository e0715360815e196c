//! Pages that organisations and assets have in common: list, card with history and code, forms for a new one, for a
//! change and for the end. What is special to each stands in its [`Noun`].

pub(crate) mod card;
pub(crate) mod edit;
pub(crate) mod list;

use crate::show::Words;
use crate::thing::{self, Thing};
use crate::version::How;
use chrono::NaiveDate;
use platform::http::Form;
use platform::{Ctx, Result, T, Tx, Uuid};
use std::future::Future;
use ui::form::Input;

/// A thing with pages.
pub(crate) trait Noun: thing::Facts + 'static {
    /// `organisation`: its keys are `registry-organisation-…`.
    const FAMILY: &'static str;
    const ROOT: &'static str;

    fn inputs(ctx: &Ctx, words: &Words, facts: Option<&Self>) -> Vec<Input>;
    /// What the form says; fields that it does not have stay as they were.
    fn read(form: &Form, old: Option<&Self>) -> Result<Self>;
    /// Name and value of each fact, in the order of the card.
    fn said(&self, words: &Words) -> Vec<(&'static str, String)>;
    fn name(&self) -> &str;

    fn insert(
        ctx: &Ctx,
        tx: &Tx,
        facts: Self,
        on: NaiveDate,
        source: &str,
    ) -> impl Future<Output = Result<Uuid>> + Send;
    fn update(
        ctx: &Ctx,
        tx: &Tx,
        id: Uuid,
        revision: i64,
        facts: Self,
        how: &How,
    ) -> impl Future<Output = Result<Thing<Self>>> + Send;
    fn end(
        ctx: &Ctx,
        tx: &Tx,
        id: Uuid,
        revision: i64,
        on: NaiveDate,
        reason: &str,
    ) -> impl Future<Output = Result<()>> + Send;
}

/// The key of a text of a noun.
pub(crate) fn key<N: Noun>(name: &str) -> String {
    format!("registry-{}-{name}", N::FAMILY)
}

pub(crate) fn or_nothing(t: T, text: &str) -> String {
    if text.is_empty() { t.t("ui-nothing") } else { text.to_owned() }
}

/// The village, or that it is of the whole commune.
pub(crate) fn place(words: &Words, village: Option<Uuid>) -> String {
    village.map_or_else(|| words.t.t("registry-whole-commune"), |id| words.village(id))
}
