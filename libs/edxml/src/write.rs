use crate::attachment::ZIP;
use crate::business::{Business, Staff};
use crate::document::*;
use crate::out::Out;
use crate::{Attachment, DATE, MOMENT, NAMESPACE, Signature, Status, WriteProblem, check};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use base64::write::EncoderWriter;
use std::io::{self, Write};

/// Writes a package; nothing if [`check`] finds something wrong with it.
pub fn write(package: &Package, mut to: impl Write) -> Result<(), WriteProblem> {
    let problems = check(package);
    if !problems.is_empty() {
        return Err(WriteProblem::Faults(problems));
    }
    let mut out = Out::default();
    out.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.text.push_str(&format!("<edXML xmlns=\"{NAMESPACE}\" xmlns:edXML=\"{NAMESPACE}\">\n"));
    let attachments: &[Attachment] = match package {
        Package::Status(status) => {
            out.around("edXMLEnvelope", |out| self::status(out, status));
            &[]
        }
        Package::Document(document) => {
            out.around("edXMLEnvelope", |out| self::document(out, document));
            &document.attachments
        }
    };
    to.write_all(out.text.as_bytes())?;
    if !attachments.is_empty() {
        to.write_all(b"<AttachmentEncoded>\n")?;
        attachments.iter().try_for_each(|attachment| encoded(attachment, &mut to))?;
        to.write_all(b"</AttachmentEncoded>\n")?;
    }
    to.write_all(b"</edXML>\n")?;
    to.flush()?;
    Ok(())
}

/// A package in memory, in room that is asked for once: a `Vec` that grows by doubling would hold a large file three times.
///
/// # Errors
/// As [`write`].
pub fn written(package: &Package) -> Result<Vec<u8>, WriteProblem> {
    let attachments: &[Attachment] = match package {
        Package::Status(_) => &[],
        Package::Document(document) => &document.attachments,
    };
    // Base64 makes four of three; the rest of a package is small.
    let room: usize =
        attachments.iter().map(|one| one.body.len() / 3 * 4 + one.body.len() / 500 + 2_000).sum();
    let mut bytes = Vec::with_capacity(room + 16_000);
    write(package, &mut bytes)?;
    Ok(bytes)
}

fn document(out: &mut Out, document: &Document) {
    out.around("edXMLHeader", |out| {
        out.around("MessageHeader", |out| message(out, document));
        out.around("TraceHeaderList", |out| {
            for trace in &document.traces {
                out.around("TraceHeader", |out| {
                    out.leaf("OrganId", &trace.organ);
                    out.leaf("Timestamp", trace.at.format(MOMENT));
                });
            }
            out.around("Bussiness", |out| business(out, &document.business));
        });
        signature(out, document.signature.as_ref());
    });
    out.around("edXMLBody", |out| {
        out.text.push_str("<edXML:edXMLManifest version=\"1.0\">\n");
        for attachment in &document.attachments {
            out.around("Reference", |out| described(out, attachment));
        }
        out.text.push_str("</edXML:edXMLManifest>\n");
    });
}

fn message(out: &mut Out, document: &Document) {
    out.around("From", |out| organ(out, &document.from));
    for to in &document.to {
        out.around("To", |out| organ(out, to));
    }
    out.leaf("DocumentId", &document.id);
    out.around("Code", |out| {
        out.leaf("CodeNumber", &document.code.number);
        out.leaf("CodeNotation", &document.code.notation);
    });
    out.around("PromulgationInfo", |out| {
        out.leaf("Place", &document.place);
        out.some("PromulgationDate", document.promulgated.map(|day| day.format(DATE)));
    });
    out.around("DocumentType", |out| {
        out.some("Type", document.kind.number);
        out.leaf("TypeDetail", &document.kind.detail);
        out.leaf("TypeName", &document.kind.name);
    });
    out.leaf("Subject", &document.subject);
    out.leaf("Content", &document.content);
    out.around("SignerInfo", |out| {
        out.leaf("Competence", &document.signer.competence);
        out.leaf("Position", &document.signer.position);
        out.leaf("FullName", &document.signer.name);
    });
    out.some("DueDate", document.due.map(|day| day.format(DATE)));
    if !document.other.is_empty() {
        out.around("OtherInfo", |out| other(out, &document.other));
    }
    document.responses.iter().for_each(|response| self::response(out, response));
    out.leaf("SteeringType", document.steering);
    out.list("ToPlaces", "Place", &document.to_places);
    out.list("ResponseForTask", "TaskCode", &document.tasks);
    out.some("ApplicationType", Some(&document.application).filter(|text| !text.is_empty()));
}

fn organ(out: &mut Out, organ: &Organ) {
    out.leaf("OrganId", &organ.id);
    out.leaf("OrganizationInCharge", &organ.in_charge);
    out.leaf("OrganName", &organ.name);
    out.leaf("OrganAdd", &organ.address);
    out.leaf("Email", &organ.email);
    out.leaf("Telephone", &organ.telephone);
    out.leaf("Fax", &organ.fax);
    out.leaf("Website", &organ.website);
}

fn other(out: &mut Out, other: &OtherInfo) {
    out.some("Priority", other.priority);
    out.leaf("SphereOfPromulgation", &other.sphere);
    out.leaf("TyperNotation", &other.typer);
    out.some("PromulgationAmount", other.copies);
    out.some("PageAmount", other.pages);
    out.some("Direction", other.direction);
    out.list("Appendixes", "Appendix", &other.appendixes);
    // The names inside these two were not seen anywhere; the reader takes any.
    out.list("ReplyFors", "ReplyFor", &other.replies);
    out.list("ReferenceCodes", "ReferenceCode", &other.references);
}

fn response(out: &mut Out, response: &Response) {
    out.around("ResponseFor", |out| {
        out.leaf("OrganId", &response.organ);
        out.leaf("Code", &response.code);
        out.some("PromulgationDate", response.promulgated.map(|day| day.format(DATE)));
        out.some("DocumentId", response.id.as_ref());
    });
}

fn business(out: &mut Out, business: &Business) {
    out.some("DocumentId", business.document.as_ref());
    out.leaf("BussinessDocType", business.kind.number());
    out.leaf("BussinessDocReason", &business.reason);
    out.leaf("Paper", u8::from(business.paper));
    staff(out, &business.staff);
    if let Some(update) = &business.update {
        out.around("BussinessDocumentInfo", |out| {
            out.leaf("DocumentInfo", u8::from(update.document));
            out.leaf("DocumentReceiver", u8::from(update.receivers));
            out.around("ReceiverList", |out| {
                for receiver in &update.list {
                    out.around("Receiver", |out| {
                        out.leaf("OrganId", &receiver.organ);
                        out.leaf("ReceiverType", receiver.kind);
                    });
                }
            });
        });
    }
    if !business.replacements.is_empty() {
        out.around("ReplacementInfoList", |out| {
            for replacement in &business.replacements {
                out.around("ReplacementInfo", |out| {
                    out.leaf("DocumentId", &replacement.document);
                    out.list("OrganIdList", "OrganId", &replacement.organs);
                });
            }
        });
    }
}

fn staff(out: &mut Out, staff: &Staff) {
    out.around("StaffInfo", |out| {
        out.leaf("Department", &staff.department);
        out.leaf("Staff", &staff.name);
        out.leaf("Mobile", &staff.mobile);
        out.leaf("Email", &staff.email);
    });
}

fn signature(out: &mut Out, signature: Option<&Signature>) {
    match signature {
        Some(signature) => out.text.push_str(signature.as_xml()),
        None => out.text.push_str("<edXML:DigitalSignature/>\n"),
    }
}

fn status(out: &mut Out, status: &Status) {
    out.around("edXMLHeader", |out| {
        out.around("MessageHeader", |out| {
            out.around("From", |out| organ(out, &status.from));
            response(out, &status.response);
            staff(out, &status.staff);
            out.leaf("StatusCode", status.code.digits());
            out.leaf("Description", &status.description);
            out.leaf("Timestamp", status.at.format(MOMENT));
        });
        signature(out, status.signature.as_ref());
    });
}

fn described(out: &mut Out, attachment: &Attachment) {
    out.leaf("ContentId", format_args!("cid:{}", attachment.id));
    out.leaf("ContentType", if attachment.wrapped { ZIP } else { &attachment.content_type });
    out.leaf("Description", &attachment.description);
    out.leaf("AttachmentName", &attachment.name);
}

/// Straight from the file through base64 to the taker: nothing is held twice.
fn encoded(attachment: &Attachment, mut to: &mut impl Write) -> io::Result<()> {
    let mut out = Out::default();
    described(&mut out, attachment);
    to.write_all(format!("<Attachment>\n{}<edXML:ContentTransferEncoded>", out.text).as_bytes())?;
    transfer(attachment, EncoderWriter::new(&mut to, &STANDARD))?;
    to.write_all(b"</edXML:ContentTransferEncoded>\n</Attachment>\n")
}

fn transfer<W: Write>(
    attachment: &Attachment,
    mut encoder: EncoderWriter<'_, impl Engine, W>,
) -> io::Result<()> {
    if attachment.wrapped {
        let mut zip = zip::ZipWriter::new_stream(&mut encoder);
        let options = zip::write::SimpleFileOptions::default()
            .large_file(attachment.body.len() >= u32::MAX as usize)
            .compression_method(zip::CompressionMethod::Deflated)
            // What agencies attach is packed already, nearly all of it.
            .compression_level(Some(1));
        zip.start_file(&attachment.name, options)?;
        zip.write_all(&attachment.body)?;
        zip.finish()?;
    } else {
        encoder.write_all(&attachment.body)?;
    }
    encoder.finish()?;
    Ok(())
}
