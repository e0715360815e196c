//! A small part of a package as a tree, asked by name.

use crate::walk::{Step, Walk};
use crate::{DATE, DocumentId, Fault, MOMENT, Problem};
use chrono::{NaiveDate, NaiveDateTime};
use std::io::BufRead;

pub(crate) struct Node {
    pub name: String,
    pub text: String,
    pub line: u64,
    children: Vec<Node>,
    place: String,
}

impl Node {
    /// The element that just began, whole. Its depth is bounded by the walk.
    pub fn read<R: BufRead>(walk: &mut Walk<R>, name: String, above: &str) -> Result<Node, Problem> {
        let place = if above.is_empty() { name.clone() } else { format!("{above}/{name}") };
        let mut node = Node { name, text: String::new(), line: walk.line(), children: Vec::new(), place };
        while let Step::Open(name) = walk.next(&mut node.text)? {
            node.children.push(Node::read(walk, name, &node.place)?);
        }
        node.text = node.text.trim().to_owned();
        Ok(node)
    }

    pub fn wrong(&self, fault: Fault) -> Problem {
        fault.at(&self.place, self.line)
    }

    fn lacks(&self, name: &str) -> Problem {
        Fault::Missing.at(format!("{}/{name}", self.place), self.line)
    }

    /// All children of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The child of this name, which may stand once.
    pub fn one<'a>(&'a self, name: &str) -> Result<Option<&'a Node>, Problem> {
        let mut found = self.children.iter().filter(|child| child.name == name);
        let first = found.next();
        match found.next() {
            Some(second) => Err(second.wrong(Fault::Twice)),
            None => Ok(first),
        }
    }

    /// The child of this name, which has to be there.
    pub fn need(&self, name: &str) -> Result<&Node, Problem> {
        self.one(name)?.ok_or_else(|| self.lacks(name))
    }

    /// The text of a child; empty if it is not there.
    pub fn text(&self, name: &str) -> Result<String, Problem> {
        Ok(self.one(name)?.map(|child| child.text.clone()).unwrap_or_default())
    }

    /// The text of a child that has to be there and say something.
    pub fn need_text(&self, name: &str) -> Result<String, Problem> {
        let child = self.need(name)?;
        if child.text.is_empty() { Err(child.wrong(Fault::Missing)) } else { Ok(child.text.clone()) }
    }

    fn value<T>(
        &self,
        name: &str,
        fault: Fault,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        match self.one(name)? {
            Some(child) if !child.text.is_empty() => {
                parse(&child.text).map(Some).ok_or_else(|| child.wrong(fault))
            }
            _ => Ok(None),
        }
    }

    pub fn number(&self, name: &str) -> Result<Option<u32>, Problem> {
        self.value(name, Fault::Number, |text| text.parse().ok())
    }

    pub fn flag(&self, name: &str) -> Result<Option<bool>, Problem> {
        self.value(name, Fault::Flag, |text| match text.to_ascii_lowercase().as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        })
    }

    /// `yyyy/MM/dd`; some write it with dashes.
    pub fn date(&self, name: &str) -> Result<Option<NaiveDate>, Problem> {
        self.value(name, Fault::Date, |text| NaiveDate::parse_from_str(&text.replace('-', "/"), DATE).ok())
    }

    pub fn moment(&self, name: &str) -> Result<Option<NaiveDateTime>, Problem> {
        self.value(name, Fault::Moment, |text| {
            NaiveDateTime::parse_from_str(&text.replace('-', "/").replace('T', " "), MOMENT).ok()
        })
    }

    pub fn document_id(&self, name: &str) -> Result<Option<DocumentId>, Problem> {
        self.value(name, Fault::DocumentId, DocumentId::parse)
    }

    /// The texts of all `item` in the child `list`.
    pub fn texts(&self, list: &str, item: &str) -> Result<Vec<String>, Problem> {
        let Some(list) = self.one(list)? else { return Ok(Vec::new()) };
        let texts = list.all(item).map(|child| child.text.clone());
        Ok(texts.filter(|text| !text.is_empty()).collect())
    }

    /// The texts of everything in the child `list` that holds no elements, or its own: the names in it are not known.
    pub fn leaves(&self, list: &str) -> Result<Vec<String>, Problem> {
        let mut texts = Vec::new();
        if let Some(list) = self.one(list)? {
            list.collect(&mut texts);
        }
        Ok(texts)
    }

    fn collect(&self, into: &mut Vec<String>) {
        if self.children.is_empty() && !self.text.is_empty() {
            into.push(self.text.clone());
        }
        self.children.iter().for_each(|child| child.collect(into));
    }
}
