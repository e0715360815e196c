use crate::attachment::{Attachment, is_file_name, is_wrapping};
use crate::encoded::Decoder;
use crate::node::Node;
use crate::unwrap::unwrap;
use crate::walk::{Step, Walk};
use crate::{Fault, Limits, Package, Problem, Signature, header};
use std::io::BufRead;

/// Reads a package whole, or says why not. Nothing is half read.
pub fn read(input: impl BufRead, limits: &Limits) -> Result<Package, Problem> {
    let mut walk = Walk::new(input, limits)?;
    let mut blank = String::new();
    match walk.next(&mut blank)? {
        Step::Open(name) if name == "edXML" && blank.trim().is_empty() => {}
        Step::Open(_) => return Err(walk.wrong(Fault::Root)),
        Step::Close | Step::End => return Err(walk.wrong(Fault::Xml)),
    }
    let mut parts = Parts::default();
    while let Some(name) = child(&mut walk)? {
        match name.as_str() {
            "edXMLEnvelope" => parts.envelope(&mut walk)?,
            "AttachmentEncoded" => parts.encoded(&mut walk)?,
            _ => walk.pass_over()?,
        }
    }
    blank.clear();
    match walk.next(&mut blank)? {
        Step::End if blank.trim().is_empty() => parts.package(limits),
        _ => Err(walk.wrong(Fault::Xml)),
    }
}

/// The name of the next child; none at the end of the parent.
fn child<R: BufRead>(walk: &mut Walk<R>) -> Result<Option<String>, Problem> {
    match walk.next(&mut String::new())? {
        Step::Open(name) => Ok(Some(name)),
        Step::Close | Step::End => Ok(None),
    }
}

/// What was found, before it is put together.
#[derive(Default)]
struct Parts {
    message: Option<Node>,
    traces: Option<Node>,
    manifest: Option<Node>,
    signature: Option<Signature>,
    attachments: Vec<(Attachment, u64)>,
    total: usize,
}

impl Parts {
    fn envelope<R: BufRead>(&mut self, walk: &mut Walk<R>) -> Result<(), Problem> {
        while let Some(part) = child(walk)? {
            match part.as_str() {
                "edXMLHeader" => self.header(walk)?,
                "edXMLBody" => {
                    while let Some(name) = child(walk)? {
                        match name.as_str() {
                            "edXMLManifest" => once(&mut self.manifest, walk, name)?,
                            _ => walk.pass_over()?,
                        }
                    }
                }
                _ => walk.pass_over()?,
            }
        }
        Ok(())
    }

    fn header<R: BufRead>(&mut self, walk: &mut Walk<R>) -> Result<(), Problem> {
        while let Some(name) = child(walk)? {
            match name.as_str() {
                "MessageHeader" | "status" => once(&mut self.message, walk, name)?,
                "TraceHeaderList" => once(&mut self.traces, walk, name)?,
                "Signature" | "DigitalSignature" => {
                    let signature = walk.signature()?;
                    self.signature = self.signature.take().or(signature);
                }
                _ => walk.pass_over()?,
            }
        }
        Ok(())
    }

    fn encoded<R: BufRead>(&mut self, walk: &mut Walk<R>) -> Result<(), Problem> {
        while let Some(name) = child(walk)? {
            if name != "Attachment" {
                walk.pass_over()?;
                continue;
            }
            if self.attachments.len() >= walk.limits.attachments {
                return Err(walk.wrong(Fault::Attachments));
            }
            let line = walk.line();
            let attachment = self.attachment(walk)?;
            if self.attachments.iter().any(|(other, _)| other.id == attachment.id) {
                return Err(Fault::Twice.at("AttachmentEncoded/Attachment/ContentId", line));
            }
            self.attachments.push((attachment, line));
        }
        Ok(())
    }

    fn attachment<R: BufRead>(&mut self, walk: &mut Walk<R>) -> Result<Attachment, Problem> {
        let (mut attachment, mut body) = (Attachment::default(), None);
        while let Some(name) = child(walk)? {
            if name == "ContentTransferEncoded" {
                if body.is_some() {
                    return Err(walk.wrong(Fault::Twice));
                }
                let left = walk.limits.total.saturating_sub(self.total);
                let mut decoder = Decoder::new(walk.limits.attachment.min(left));
                walk.stream(|bytes| decoder.take(bytes))?;
                body = Some(decoder.finish().map_err(|fault| walk.wrong(fault))?);
                continue;
            }
            let text = Node::read(walk, name, "AttachmentEncoded/Attachment")?;
            match text.name.as_str() {
                "ContentId" => attachment.id = bare(&text.text).to_owned(),
                "AttachmentName" => attachment.name = text.text,
                "Description" => attachment.description = text.text,
                "ContentType" => attachment.content_type = text.text,
                _ => {}
            }
        }
        attachment.body = body.ok_or_else(|| walk.wrong(Fault::Missing))?;
        self.total += attachment.body.len();
        Ok(attachment)
    }

    fn package(mut self, limits: &Limits) -> Result<Package, Problem> {
        let attachments = self.joined(limits)?;
        let message = self.message.ok_or_else(|| Fault::Missing.at("MessageHeader", 0))?;
        if message.has("StatusCode") || message.name == "status" {
            if !attachments.is_empty() {
                return Err(Fault::Misplaced.at("AttachmentEncoded", 0));
            }
            let status = header::status(&message)?;
            return Ok(crate::Status { signature: self.signature, ..status }.into());
        }
        let mut document = header::document(&message)?;
        if let Some(traces) = &self.traces {
            header::traces(traces, &mut document)?;
        }
        document.signature = self.signature;
        document.attachments = attachments;
        Ok(document.into())
    }

    /// Brings list and content together, in the order of the list, and unwraps.
    fn joined(&mut self, limits: &Limits) -> Result<Vec<Attachment>, Problem> {
        let mut waiting = std::mem::take(&mut self.attachments);
        let mut joined = Vec::with_capacity(waiting.len());
        for reference in self.manifest.iter().flat_map(|manifest| manifest.all("Reference")) {
            let id = reference.need_text("ContentId")?;
            let found = waiting.iter().position(|(attachment, _)| attachment.id == bare(&id));
            let Some(found) = found else { return Err(reference.wrong(Fault::AttachmentLost)) };
            let (mut attachment, line) = waiting.remove(found);
            fill(&mut attachment.name, reference.text("AttachmentName")?);
            fill(&mut attachment.description, reference.text("Description")?);
            fill(&mut attachment.content_type, reference.text("ContentType")?);
            joined.push((attachment, line));
        }
        // What is not listed is there all the same; leaving it out would lose it without a word.
        joined.append(&mut waiting);
        let mut total = 0;
        let mut done = Vec::with_capacity(joined.len());
        for (mut attachment, line) in joined {
            let wrong = |fault: Fault| fault.at("AttachmentEncoded/Attachment", line);
            if !is_file_name(&attachment.name) {
                return Err(Fault::FileName.at("AttachmentEncoded/Attachment/AttachmentName", line));
            }
            if is_wrapping(&attachment.content_type, &attachment.name) {
                let left = limits.attachment.min(limits.total.saturating_sub(total));
                attachment.body = unwrap(&attachment.body, left).map_err(wrong)?;
                attachment.wrapped = true;
            }
            total += attachment.body.len();
            done.push(attachment);
        }
        Ok(done)
    }
}

/// Reads an element that may stand once.
fn once<R: BufRead>(slot: &mut Option<Node>, walk: &mut Walk<R>, name: String) -> Result<(), Problem> {
    if slot.is_some() {
        return Err(walk.wrong(Fault::Twice));
    }
    *slot = Some(Node::read(walk, name, "")?);
    Ok(())
}

fn fill(text: &mut String, from: String) {
    if text.is_empty() {
        *text = from;
    }
}

/// An id without `cid:`.
fn bare(id: &str) -> &str {
    let id = id.trim();
    id.strip_prefix("cid:").unwrap_or(id)
}
