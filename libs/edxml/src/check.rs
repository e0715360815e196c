use crate::attachment::{is_file_name, is_wrapping};
use crate::document::{Document, Organ, Package, Response};
use crate::walk::is_xml;
use crate::{BusinessKind, DocumentId, Fault, Problem, Status};

/// What is missing or contradicts itself in a package, by what stood in every sample of the national axis: a receiver
/// may take it all the same, a sender shall not send it. The table of the standard itself was not at hand.
pub fn check(package: &Package) -> Vec<Problem> {
    let mut found = Found::default();
    match package {
        Package::Document(document) => found.document(document),
        Package::Status(status) => found.status(status),
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<Problem>);

impl Found {
    fn add(&mut self, fault: Fault, place: &str) {
        self.0.push(fault.at(place, 0));
    }

    /// A text that may be empty.
    fn text(&mut self, text: &str, place: &str) {
        if !text.chars().all(is_xml) {
            self.add(Fault::Character, place);
        }
    }

    fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a String>, place: &str) {
        texts.into_iter().for_each(|text| self.text(text, place));
    }

    fn needed(&mut self, text: &str, place: &str) {
        match text.trim() {
            "" => self.add(Fault::Missing, place),
            text => self.text(text, place),
        }
    }

    fn organ(&mut self, organ: &Organ, place: &str) {
        self.organ_id(&organ.id, &format!("{place}/OrganId"));
        self.needed(&organ.name, &format!("{place}/OrganName"));
        let others =
            [&organ.in_charge, &organ.address, &organ.email, &organ.telephone, &organ.fax, &organ.website];
        self.texts(others, place);
    }

    /// Opaque, but without what would break a document id or a path.
    fn organ_id(&mut self, id: &str, place: &str) {
        if id.trim().is_empty() {
            self.add(Fault::Missing, place);
        } else if id.len() > 35
            || !id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
        {
            self.add(Fault::Organ, place);
        }
    }

    fn id(&mut self, id: &DocumentId, place: &str) {
        if DocumentId::parse(&id.to_string()).as_ref() != Some(id) {
            self.add(Fault::DocumentId, place);
        }
        self.text(&id.to_string(), place);
    }

    fn response(&mut self, response: &Response) {
        self.needed(&response.organ, "ResponseFor/OrganId");
        self.needed(&response.code, "ResponseFor/Code");
        if let Some(id) = &response.id {
            self.id(id, "ResponseFor/DocumentId");
        }
    }

    fn document(&mut self, document: &Document) {
        self.organ(&document.from, "From");
        if document.to.is_empty() {
            self.add(Fault::Missing, "To");
        }
        document.to.iter().for_each(|to| self.organ(to, "To"));
        self.id(&document.id, "DocumentId");
        if document.id.date().is_none() {
            self.add(Fault::Date, "DocumentId");
        }
        self.needed(&document.code.number, "Code/CodeNumber");
        self.needed(&document.code.notation, "Code/CodeNotation");
        match document.promulgated {
            None => self.add(Fault::Missing, "PromulgationInfo/PromulgationDate"),
            Some(day) if document.id.date().is_some_and(|said| said != day) => {
                self.add(Fault::Disagrees, "PromulgationInfo/PromulgationDate");
            }
            Some(_) => {}
        }
        self.needed(&document.kind.name, "DocumentType/TypeName");
        self.needed(&document.subject, "Subject");
        self.needed(&document.signer.name, "SignerInfo/FullName");
        let other = &document.other;
        let signer = &document.signer;
        self.texts(
            [&document.place, &document.kind.detail, &document.content, &document.application],
            "MessageHeader",
        );
        self.texts([&signer.competence, &signer.position], "SignerInfo");
        self.texts([&other.sphere, &other.typer], "OtherInfo");
        let lists =
            [&other.appendixes, &other.replies, &other.references, &document.to_places, &document.tasks];
        lists.into_iter().flatten().for_each(|text| self.needed(text, "MessageHeader"));
        document.responses.iter().for_each(|response| self.response(response));
        self.business(document);
        self.attachments(document);
    }

    fn business(&mut self, document: &Document) {
        let business = &document.business;
        document.traces.iter().for_each(|trace| self.needed(&trace.organ, "TraceHeader/OrganId"));
        let staff = &business.staff;
        self.texts(
            [&business.reason, &staff.department, &staff.name, &staff.mobile, &staff.email],
            "Bussiness",
        );
        if let Some(id) = &business.document {
            self.id(id, "Bussiness/DocumentId");
        }
        let listed = business.update.iter().flat_map(|update| &update.list);
        listed.for_each(|receiver| self.organ_id(&receiver.organ, "Receiver/OrganId"));
        for replacement in &business.replacements {
            self.id(&replacement.document, "ReplacementInfo/DocumentId");
            replacement.organs.iter().for_each(|organ| self.organ_id(organ, "ReplacementInfo/OrganId"));
        }
        match business.kind {
            BusinessKind::Update if business.document.is_none() => {
                self.add(Fault::Missing, "Bussiness/DocumentId")
            }
            BusinessKind::Replacement if business.replacements.is_empty() => {
                self.add(Fault::Missing, "Bussiness/ReplacementInfoList");
            }
            BusinessKind::Revocation if document.responses.is_empty() && business.document.is_none() => {
                self.add(Fault::Missing, "ResponseFor");
            }
            _ => {}
        }
    }

    fn attachments(&mut self, document: &Document) {
        for (at, attachment) in document.attachments.iter().enumerate() {
            self.needed(&attachment.id, "Attachment/ContentId");
            if document.attachments[..at].iter().any(|other| other.id == attachment.id) {
                self.add(Fault::Twice, "Attachment/ContentId");
            }
            if attachment.id.trim() != attachment.id || attachment.id.starts_with("cid:") {
                self.add(Fault::Disagrees, "Attachment/ContentId");
            }
            if !is_file_name(&attachment.name) {
                self.add(Fault::FileName, "Attachment/AttachmentName");
            }
            self.text(&attachment.description, "Attachment/Description");
            self.text(&attachment.content_type, "Attachment/ContentType");
            // Otherwise the receiver unwraps what is no wrapping, or leaves the wrapping on.
            let declared = if attachment.wrapped { crate::attachment::ZIP } else { &attachment.content_type };
            if is_wrapping(declared, &attachment.name) != attachment.wrapped {
                self.add(Fault::Disagrees, "Attachment/ContentType");
            }
        }
    }

    fn status(&mut self, status: &Status) {
        self.organ(&status.from, "From");
        self.response(&status.response);
        let staff = &status.staff;
        self.texts(
            [&status.description, &staff.department, &staff.name, &staff.mobile, &staff.email],
            "MessageHeader",
        );
    }
}
