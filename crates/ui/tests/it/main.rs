//! The design system as a person sees it: every page in both languages, every colour readable, every rule kept.

mod assets;
mod components;
mod contrast;
mod pages;
mod rules;
