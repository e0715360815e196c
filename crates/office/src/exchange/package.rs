//! From our words to those of a package.

use super::model::{Item, Office, Out, Outgoing, Purpose, Reply};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};
use edxml::{
    Attachment, Business, BusinessKind, Code, Document, DocumentId, DocumentKind, Organ, OtherInfo, Package,
    Replacement, Response, Signer, Status, StatusCode, Trace,
};
use platform::{Error, Result, clock};

/// `code,yyyy/MM/dd,number/notation`; never empty parts, as `Office` and numbers have none.
pub(super) fn id(office: &Office, day: NaiveDate, number: &str) -> DocumentId {
    DocumentId::new(&*office.code, day.format("%Y/%m/%d").to_string(), number).unwrap_or_default()
}

pub(super) fn document_id(office: &Office, one: &Outgoing) -> DocumentId {
    id(office, one.issued_on, &full_number(one))
}

fn full_number(one: &Outgoing) -> String {
    format!("{}/{}", one.number, one.notation)
}

/// Seconds of the wall clock in Vietnam, as packages have them.
pub(super) fn local(at: DateTime<Utc>) -> NaiveDateTime {
    let at = at.with_timezone(&clock::vietnam()).naive_local();
    at.with_nanosecond(0).unwrap_or(at)
}

/// The package of a row; the same for every try.
pub(super) fn package(office: &Office, row: &Out, files: Vec<Attachment>) -> Result<Package> {
    match &row.item {
        Item::Status(reply) => Ok(status(office, row, reply)?.into()),
        Item::Document(document) => Ok(self::document(office, row, document, files).into()),
    }
}

fn organ(office: &Office) -> Organ {
    Organ { in_charge: office.in_charge.clone(), ..Organ::new(&*office.code, &*office.name) }
}

fn document(office: &Office, row: &Out, one: &Outgoing, files: Vec<Attachment>) -> Document {
    let own = document_id(office, one);
    let to = one.to.iter().map(|to| Organ::new(&*to.code, &*to.name)).collect();
    let mut business = Business::default();
    let mut responses = Vec::new();
    let itself = || Response {
        organ: office.code.clone(),
        code: full_number(one),
        promulgated: Some(one.issued_on),
        id: Some(own.clone()),
    };
    match &one.purpose {
        Purpose::New => {}
        Purpose::Revocation { reason } => {
            (business.kind, business.reason) = (BusinessKind::Revocation, reason.clone());
            responses.push(itself());
        }
        Purpose::Update { reason } => {
            (business.kind, business.reason) = (BusinessKind::Update, reason.clone());
            business.document = Some(own.clone());
            business.update = Some(edxml::Update { document: true, receivers: false, list: Vec::new() });
        }
        Purpose::Replacement { reason, of } => {
            (business.kind, business.reason) = (BusinessKind::Replacement, reason.clone());
            let organs = vec![row.code.clone()];
            let replaced = |(number, day): &(String, NaiveDate)| Replacement {
                document: id(office, *day, number),
                organs: organs.clone(),
            };
            business.replacements = of.iter().map(replaced).collect();
        }
    }
    Document {
        from: organ(office),
        to,
        id: own,
        code: Code { number: one.number.clone(), notation: one.notation.clone() },
        place: one.place.clone(),
        promulgated: Some(one.issued_on),
        kind: DocumentKind { name: one.kind.clone(), ..DocumentKind::default() },
        subject: one.subject.clone(),
        content: one.subject.clone(),
        signer: Signer {
            competence: one.signed_for.clone(),
            position: one.signer_position.clone(),
            name: one.signer_name.clone(),
        },
        due: one.due_on,
        to_places: one.to_places.clone(),
        other: OtherInfo { priority: u32::try_from(one.urgency).ok(), ..OtherInfo::default() },
        responses,
        traces: vec![Trace { organ: office.code.clone(), at: local(row.at) }],
        business,
        attachments: files,
        ..Document::default()
    }
}

fn status(office: &Office, row: &Out, reply: &Reply) -> Result<Status> {
    Ok(Status {
        from: organ(office),
        response: Response {
            organ: row.code.clone(),
            code: reply.number.clone(),
            promulgated: reply.promulgated,
            id: DocumentId::parse(&reply.document),
        },
        staff: edxml::Staff::default(),
        code: StatusCode::parse(&reply.status).ok_or_else(|| Error::internal("a status of no code"))?,
        description: reply.note.clone(),
        at: local(row.at),
        signature: None,
    })
}
