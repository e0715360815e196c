//! What the elements of a header mean.

use crate::business::*;
use crate::document::*;
use crate::node::Node;
use crate::status::{Status, StatusCode};
use crate::{Fault, Problem};

/// Fills everything of a document that stands in `MessageHeader`.
pub(crate) fn document(node: &Node) -> Result<Document, Problem> {
    let mut document = Document {
        from: organ(node.need("From")?)?,
        to: node.all("To").map(organ).collect::<Result<_, _>>()?,
        id: node.document_id("DocumentId")?.ok_or_else(|| missing(node, "DocumentId"))?,
        subject: node.need_text("Subject")?,
        content: node.text("Content")?,
        due: node.date("DueDate")?,
        to_places: node.texts("ToPlaces", "Place")?,
        responses: node.all("ResponseFor").map(response).collect::<Result<_, _>>()?,
        steering: node.number("SteeringType")?.unwrap_or_default(),
        tasks: node.texts("ResponseForTask", "TaskCode")?,
        application: node.text("ApplicationType")?,
        ..Document::default()
    };
    if document.to.is_empty() {
        return Err(missing(node, "To"));
    }
    if let Some(code) = node.one("Code")? {
        document.code = Code { number: code.text("CodeNumber")?, notation: code.text("CodeNotation")? };
    }
    if let Some(info) = node.one("PromulgationInfo")? {
        document.place = info.text("Place")?;
        document.promulgated = info.date("PromulgationDate")?;
    }
    if let Some(kind) = node.one("DocumentType")? {
        document.kind = DocumentKind {
            number: kind.number("Type")?,
            detail: kind.text("TypeDetail")?,
            name: kind.text("TypeName")?,
        };
    }
    if let Some(signer) = node.one("SignerInfo")? {
        document.signer = Signer {
            competence: signer.text("Competence")?,
            position: signer.text("Position")?,
            name: signer.text("FullName")?,
        };
    }
    if let Some(other) = node.one("OtherInfo")? {
        document.other = other_info(other)?;
    }
    Ok(document)
}

fn missing(node: &Node, name: &str) -> Problem {
    let mut problem = node.wrong(Fault::Missing);
    problem.place = format!("{}/{name}", problem.place);
    problem
}

fn organ(node: &Node) -> Result<Organ, Problem> {
    Ok(Organ {
        id: node.need_text("OrganId")?,
        in_charge: node.text("OrganizationInCharge")?,
        name: node.text("OrganName")?,
        address: node.text("OrganAdd")?,
        email: node.text("Email")?,
        telephone: node.text("Telephone")?,
        fax: node.text("Fax")?,
        website: node.text("Website")?,
    })
}

fn other_info(node: &Node) -> Result<OtherInfo, Problem> {
    Ok(OtherInfo {
        priority: node.number("Priority")?,
        sphere: node.text("SphereOfPromulgation")?,
        typer: node.text("TyperNotation")?,
        copies: node.number("PromulgationAmount")?,
        pages: node.number("PageAmount")?,
        direction: node.flag("Direction")?,
        appendixes: node.texts("Appendixes", "Appendix")?,
        replies: node.leaves("ReplyFors")?,
        references: node.leaves("ReferenceCodes")?,
    })
}

fn response(node: &Node) -> Result<Response, Problem> {
    Ok(Response {
        organ: node.text("OrganId")?,
        code: node.text("Code")?,
        promulgated: node.date("PromulgationDate")?,
        id: node.document_id("DocumentId")?,
    })
}

/// `TraceHeaderList`
pub(crate) fn traces(node: &Node, document: &mut Document) -> Result<(), Problem> {
    for trace in node.all("TraceHeader") {
        let at = trace.moment("Timestamp")?.ok_or_else(|| missing(trace, "Timestamp"))?;
        document.traces.push(Trace { organ: trace.need_text("OrganId")?, at });
    }
    let found = match (node.one("Bussiness")?, node.one("Business")?) {
        (Some(_), Some(second)) => return Err(second.wrong(Fault::Twice)),
        (one, other) => one.or(other),
    };
    if let Some(found) = found {
        document.business = business(found)?;
    }
    Ok(())
}

fn business(node: &Node) -> Result<Business, Problem> {
    // The right spelling and the standard's, for each element.
    let either = |name: &str| if node.has(&format!("Bussiness{name}")) { "Bussiness" } else { "Business" };
    let named = |name: &str| format!("{}{name}", either(name));
    let kind = named("DocType");
    let number = node.number(&kind)?.ok_or_else(|| missing(node, "BussinessDocType"))?;
    let mut business = Business {
        kind: BusinessKind::of(number).ok_or_else(|| node.wrong(Fault::Business))?,
        document: node.document_id("DocumentId")?,
        reason: node.text(&named("DocReason"))?,
        paper: node.flag("Paper")?.unwrap_or_default(),
        staff: node.one("StaffInfo")?.map(staff).transpose()?.unwrap_or_default(),
        ..Business::default()
    };
    business.update = node.one(&named("DocumentInfo"))?.map(update).transpose()?;
    if let Some(list) = node.one("ReplacementInfoList")? {
        business.replacements = list.all("ReplacementInfo").map(replacement).collect::<Result<_, _>>()?;
    }
    Ok(business)
}

fn staff(node: &Node) -> Result<Staff, Problem> {
    Ok(Staff {
        department: node.text("Department")?,
        name: node.text("Staff")?,
        mobile: node.text("Mobile")?,
        email: node.text("Email")?,
    })
}

fn update(node: &Node) -> Result<Update, Problem> {
    let mut update = Update {
        document: node.flag("DocumentInfo")?.unwrap_or_default(),
        receivers: node.flag("DocumentReceiver")?.unwrap_or_default(),
        list: Vec::new(),
    };
    if let Some(list) = node.one("ReceiverList")? {
        for receiver in list.all("Receiver") {
            let kind = receiver.number("ReceiverType")?.unwrap_or_default();
            update.list.push(Receiver { organ: receiver.need_text("OrganId")?, kind });
        }
    }
    Ok(update)
}

fn replacement(node: &Node) -> Result<Replacement, Problem> {
    Ok(Replacement {
        document: node.document_id("DocumentId")?.ok_or_else(|| missing(node, "DocumentId"))?,
        organs: node.texts("OrganIdList", "OrganId")?,
    })
}

/// A header with `StatusCode`.
pub(crate) fn status(node: &Node) -> Result<Status, Problem> {
    let code = node.need("StatusCode")?;
    Ok(Status {
        from: organ(node.need("From")?)?,
        response: response(node.need("ResponseFor")?)?,
        staff: node.one("StaffInfo")?.map(staff).transpose()?.unwrap_or_default(),
        code: StatusCode::parse(&code.text).ok_or_else(|| code.wrong(Fault::StatusCode))?,
        description: node.text("Description")?,
        at: node.moment("Timestamp")?.ok_or_else(|| missing(node, "Timestamp"))?,
        signature: None,
    })
}
