//! The shapes that are on the way, and what is hostile. Every person and number is invented.

use chrono::{NaiveDate, NaiveDateTime};
use edxml::*;

const WRAPPED: &str = include_str!("data/wrapped.edxml");
const PLAIN: &str = include_str!("data/plain.edxml");
const STATUS: &str = include_str!("data/status.edxml");

fn limits() -> Limits {
    Limits { attachment: 1 << 20, total: 2 << 20, ..Limits::default() }
}

fn document(text: &str) -> Document {
    match read(text.as_bytes(), &limits()) {
        Ok(Package::Document(document)) => *document,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn refused(bytes: impl AsRef<[u8]>, fault: Fault) -> Problem {
    let problem = read(bytes.as_ref(), &limits()).expect_err("refused");
    assert_eq!(problem.fault, fault, "{problem}");
    problem
}

/// A text with one thing in it changed.
#[track_caller]
fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn written(package: &Package) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(package, &mut bytes).unwrap();
    bytes
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn moment() -> NaiveDateTime {
    day(2026, 3, 2).unwrap().and_hms_opt(8, 15, 0).unwrap()
}

#[test]
fn the_shape_of_the_national_kit_is_read() {
    let read = document(WRAPPED);
    assert_eq!(read.from.name, "Ủy ban nhân dân tỉnh");
    assert_eq!(read.to.iter().map(|to| &*to.id).collect::<Vec<_>>(), ["000.00.01.H16", "000.00.02.H16"]);
    assert_eq!((read.id.organ(), read.id.number()), ("000.00.00.H16", "78/UBND-NN,TH"));
    assert_eq!((read.promulgated, read.due), (day(2026, 3, 2), day(2026, 3, 20)));
    assert_eq!((read.kind.number, &*read.kind.name), (Some(1), "Công văn"));
    assert_eq!(read.subject, "Về việc trồng chè & quế");
    assert_eq!(read.signer.competence, "KT. CHỦ TỊCH");
    assert_eq!((read.other.copies, read.other.direction), (Some(20), Some(false)));
    assert_eq!(read.other.appendixes, ["Biểu 1"]);
    assert_eq!(read.to_places, ["Như trên;", "Lưu: VT."]);
    assert_eq!(read.responses[0].code, "15/BC-UBND");
    assert_eq!((read.steering, read.business.kind), (1, BusinessKind::New));
    assert_eq!(read.traces, [Trace { organ: "000.00.00.H16".into(), at: moment() }]);
    assert!(read.signature.as_ref().unwrap().as_xml().contains("<SignatureValue>AAAA</SignatureValue>"));
    let file = &read.attachments[0];
    assert_eq!((&*file.id, &*file.name, file.wrapped), ("209", "78-UBND-NN.doc", true));
    assert!(file.body.starts_with("Kính gửi".as_bytes()), "the file and not its wrapping");
    assert_eq!(check(&read.into()), []);
}

#[test]
fn the_shape_of_a_province_is_read() {
    let read = document(PLAIN);
    assert_eq!((read.id.number(), &*read.subject), ("15/BC-UBND", "Kết quả trồng chè"));
    assert_eq!((read.business.kind, &*read.business.reason), (BusinessKind::New, "Gửi mới"));
    assert_eq!((read.kind.number, read.signature), (Some(18), None));
    // In the order of the list, though the contents stand the other way round.
    let [pdf, docx] = &read.attachments[..] else { panic!() };
    assert_eq!((&*pdf.name, &*pdf.body, pdf.wrapped), ("15-BC-UBND.pdf", &b"%PDF-1.7 mau"[..], false));
    assert_eq!((&*docx.name, docx.wrapped), ("phụ lục.docx", false));
    assert!(docx.body.starts_with(b"PK"), "a .docx is a zip archive and stays one");
}

#[test]
fn a_status_is_read_under_both_names() {
    let expected = Status {
        from: Organ { in_charge: "UBND tỉnh".into(), ..Organ::new("000.00.01.H16", "UBND xã Gia Phú") },
        response: Response {
            organ: "000.00.00.H16".into(),
            code: "78/UBND-NN,TH".into(),
            promulgated: day(2026, 3, 2),
            id: DocumentId::parse("000.00.00.H16,2026/03/02,78/UBND-NN,TH"),
        },
        staff: Staff { department: "Văn phòng".into(), name: "Vàng A Mẫu".into(), ..Staff::default() },
        code: StatusCode::Received,
        description: "Đã tiếp nhận".into(),
        at: day(2026, 3, 2).unwrap().and_hms_opt(9, 30, 0).unwrap(),
        signature: None,
    };
    for text in [STATUS, include_str!("data/status-named.edxml")] {
        assert_eq!(read(text.as_bytes(), &limits()), Ok(expected.clone().into()));
    }
    assert_eq!(refused(with(STATUS, ">03<", ">07<"), Fault::StatusCode).line, 9);
    refused(with(STATUS, "2026/03/02 09:30:00", "2026/03/02 9h30"), Fault::Moment);
}

#[test]
fn the_four_kinds_and_nine_statuses_come_back() {
    let id = |text: &str| DocumentId::parse(text).unwrap();
    for kind in BusinessKind::ALL {
        let mut document = document(WRAPPED);
        document.business.kind = kind;
        match kind {
            BusinessKind::New | BusinessKind::Revocation => {}
            BusinessKind::Update => {
                document.business.document = Some(id("000.00.00.H16,2026/02/01,7/UBND"));
                let list = vec![Receiver { organ: "000.00.01.H16".into(), kind: 1 }];
                document.business.update = Some(Update { document: true, receivers: false, list });
            }
            BusinessKind::Replacement => {
                let organs = vec!["000.00.01.H16".into(), "000.00.02.H16".into()];
                let document_id = id("000.00.00.H16,2026/02/01,7/UBND");
                document.business.replacements = vec![Replacement { document: document_id, organs }];
            }
        }
        let package = Package::from(document);
        assert_eq!(read(&written(&package)[..], &limits()), Ok(package));
    }
    let Ok(Package::Status(status)) = read(STATUS.as_bytes(), &limits()) else { panic!() };
    for code in StatusCode::ALL {
        let package = Package::from(Status { code, ..*status.clone() });
        let bytes = written(&package);
        assert!(String::from_utf8_lossy(&bytes).contains(&format!("StatusCode>{}<", code.digits())));
        assert_eq!(read(&bytes[..], &limits()), Ok(package));
    }
}

#[test]
fn an_id_is_split_at_its_first_two_commas() {
    for text in ["000.00.00.G22,2015/09/30,7816/VPCP-TTĐT", "H16,2026/01/02,5/UBND-NN,TH,KT", "a, b ,c "] {
        assert_eq!(DocumentId::parse(text).unwrap().to_string(), text);
    }
    for text in ["", "a", "a,b", "a,b,", ",b,c", "a,,c", " ,b,c"] {
        assert_eq!(DocumentId::parse(text), None, "{text}");
    }
    assert_eq!(DocumentId::new("a,b", "c", "d"), None);
    assert_eq!(DocumentId::parse("H16,30/09/2015,1/QĐ").unwrap().date(), None);
}

#[test]
fn what_attacks_the_reader_is_refused() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><edXML>&c;</edXML>"#;
    let outside = r#"<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><edXML>&b;</edXML>"#;
    for text in [bomb, outside, "<!DOCTYPE edXML>", "<?xml version=\"1.0\"?>\n<!DOCTYPE a [ <!ENTITY"] {
        refused(text, Fault::Doctype);
    }
    refused(with(WRAPPED, "chè &amp; quế", "chè &que;"), Fault::Entity);
    refused(with(WRAPPED, "chè &amp; quế", "chè &#0;"), Fault::Entity);
    refused(with(WRAPPED, "chè &amp; quế", "chè &#1;"), Fault::Character);
    refused(with(WRAPPED, "<edXML:Fax/>", &"<edXML:Fax>".repeat(50)), Fault::Depth);
    refused(with(WRAPPED, "<edXML:Fax/>", &"<edXML:Fix/>".repeat(30_000)), Fault::Elements);
    refused(with(WRAPPED, "<edXML:Fax/>", &format!("<edXML:Fax a='{}'/>", "x".repeat(20_000))), Fault::Long);
    refused(with(WRAPPED, "<edXML:Fax/>", &format!("<edXML:{}/>", "x".repeat(200))), Fault::Long);
    refused(with(WRAPPED, "Mới", &"x".repeat(300_000)), Fault::Long);
    refused(with(WRAPPED, "Mới", &"&amp;".repeat(270_000)), Fault::Long);
    refused(with(WRAPPED, "<edXML:Fax/>", &format!("<!--{}-->", "x".repeat(300_000))), Fault::Long);
    refused(with(WRAPPED, "<edXML:Fax/>", "<edXML:Fax a='1' a='2'/>"), Fault::Xml);
    let many = format!("<edXML:Email>{}</edXML:Email>", "x".repeat(200_000)).repeat(30);
    refused(with(WRAPPED, "<edXML:Fax/>", &many), Fault::Long);
    let small = Limits { package: 2_000, ..limits() };
    assert_eq!(read(WRAPPED.as_bytes(), &small).unwrap_err().fault, Fault::Large);
}

#[test]
fn what_is_another_format_is_named() {
    refused("", Fault::Empty);
    refused("no xml", Fault::Xml);
    refused("PK\u{3}\u{4}", Fault::Xml);
    let soap = r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>"#;
    refused(soap, Fault::Soap);
    refused("<edXML/>", Fault::Namespace);
    refused("<e:edXML/>", Fault::Namespace);
    refused(r#"<edXMLEnvelope xmlns="http://www.go.vn/eDoc"/>"#, Fault::Namespace);
    refused(format!(r#"<edXMLEnvelope xmlns="{NAMESPACE}"/>"#), Fault::Root);
    refused(with(WRAPPED, "<edXML:Fax/>", "<Fax xmlns=''/>"), Fault::Namespace);
    refused(b"\xFF\xFE<\0e\0".as_slice(), Fault::Encoding);
    refused(with(WRAPPED, "UTF-8", "windows-1258"), Fault::Encoding);
    let mut bytes = WRAPPED.as_bytes().to_vec();
    let at = WRAPPED.find("Chính phủ").unwrap();
    bytes[at + 3] = 0xFF;
    assert_eq!(refused(bytes, Fault::Encoding).line, 8);
}

#[test]
fn what_is_missing_double_or_wrong_is_told_with_its_place() {
    let problem = refused(with(WRAPPED, "<edXML:OrganId>000.00.00.H16</edXML:OrganId>", ""), Fault::Missing);
    assert_eq!((&*problem.place, problem.line), ("MessageHeader/From/OrganId", 6));
    let subject = "<edXML:Subject>Về việc trồng chè &amp; quế</edXML:Subject>";
    assert_eq!(
        refused(with(WRAPPED, subject, &subject.repeat(2)), Fault::Twice).place,
        "MessageHeader/Subject"
    );
    refused(with(WRAPPED, subject, ""), Fault::Missing);
    refused(with(WRAPPED, "2026/03/20", "2026/02/30"), Fault::Date);
    refused(with(WRAPPED, ">20<", ">hai mươi<"), Fault::Number);
    refused(with(WRAPPED, ">false<", ">không<"), Fault::Flag);
    refused(with(WRAPPED, "DocType>0<", "DocType>4<"), Fault::Business);
    refused(with(WRAPPED, "000.00.00.H16,2026/03/02,78/UBND-NN,TH", "78/UBND"), Fault::DocumentId);
    refused(with(WRAPPED, "</edXML:To>", ""), Fault::Xml);
    refused(format!("{WRAPPED}<edXML/>"), Fault::Namespace);
    refused(format!("{WRAPPED}x"), Fault::Xml);
    for length in [1, 100, 1_000, WRAPPED.len() - 200] {
        let end = (length..).find(|at| WRAPPED.is_char_boundary(*at)).unwrap();
        assert!(read(&WRAPPED.as_bytes()[..end], &limits()).is_err(), "{length}");
    }
}

#[test]
fn attachments_that_lie_are_refused() {
    let at = |text: &str| WRAPPED.find(text).unwrap();
    let begin = at("UEsDB");
    let base64 = &WRAPPED[begin..at("</edXML:ContentTransferEncoded>")];
    refused(with(WRAPPED, base64, "UEsDBB"), Fault::Base64Cut);
    refused(with(WRAPPED, base64, "UEs*"), Fault::Base64);
    refused(with(WRAPPED, base64, "UEs=UEs="), Fault::Base64);
    refused(with(WRAPPED, base64, "UE=sUEsD"), Fault::Base64);
    refused(with(WRAPPED, base64, "UEsD<edXML:a/>"), Fault::Misplaced);
    refused(with(WRAPPED, base64, "UEsD&lt;AAA"), Fault::Base64);
    refused(with(WRAPPED, base64, "UEsD"), Fault::Zip);
    refused(&with(WRAPPED, "</edXML:ContentTransferEncoded>", "").as_bytes()[..begin + 100], Fault::Cut);
    refused(with(WRAPPED, base64, &"AAAA".repeat(600_000)), Fault::AttachmentLarge);
    refused(with(WRAPPED, "<edXML:ContentId>cid:209", "<edXML:ContentId>cid:210"), Fault::AttachmentLost);
    for name in ["..", "../../etc/cron", r"C:\a.doc", "a/b.doc", "\u{1b}[2J", " "] {
        let text = WRAPPED.replace("78-UBND-NN.doc<", &format!("{name}<"));
        let problem = read(text.as_bytes(), &limits()).unwrap_err();
        assert!(matches!(problem.fault, Fault::FileName | Fault::Character), "{name}: {problem}");
    }
    let docx = "application/vnd.openxmlformats";
    let none = document(&WRAPPED.replace(">application/zip<", &format!(">{docx}<")));
    assert!(none.attachments[0].body.starts_with(b"PK"));
    let named = document(&WRAPPED.replace("78-UBND-NN.doc<", "ảnh.ZIP<"));
    assert!(named.attachments[0].body.starts_with(b"PK"), "an archive that was sent as an archive");
}

/// A package whose wrapping is this archive.
fn around(archive: &[u8]) -> Vec<u8> {
    let mut document = document(WRAPPED);
    document.attachments[0].wrapped = false;
    document.attachments[0].content_type = "application/x".into();
    document.attachments[0].body = archive.to_vec();
    let text = String::from_utf8(written(&document.into())).unwrap();
    text.replace(">application/x<", ">application/zip<").into_bytes()
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::{Cursor, Write};
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(body).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn wrappings_that_lie_are_refused() {
    let good = archive(&[("a.doc", b"good")]);
    let Ok(Package::Document(document)) = read(&around(&good)[..], &limits()) else { panic!() };
    assert_eq!(document.attachments[0].body, b"good");
    refused(around(&archive(&[("a", b"1"), ("b", b"2")])), Fault::ZipFiles);
    refused(around(&archive(&[])), Fault::ZipFiles);
    refused(around(&archive(&[("../../a", b"1")])), Fault::ZipName);
    refused(around(&archive(&[(r"x\..\a", b"1")])), Fault::ZipName);
    refused(around(&good[..good.len() / 2]), Fault::Zip);
    let names: Vec<String> = (0..100).map(|n| n.to_string()).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused(around(&archive(&many)), Fault::ZipFiles);
    let bomb = archive(&[("a.doc", &vec![0; 3 << 20])]);
    assert!(bomb.len() < 10_000);
    refused(around(&bomb), Fault::ZipBomb);
    // The same with a size in its list that says otherwise.
    let mut lying = bomb.clone();
    let listed = lying.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    lying[listed + 24..listed + 28].copy_from_slice(&10u32.to_le_bytes());
    let problem = read(&around(&lying)[..], &limits()).unwrap_err();
    assert!(matches!(problem.fault, Fault::ZipBomb | Fault::Zip), "{problem}");
}

#[test]
fn other_ways_to_write_the_same_are_read() {
    let base64 =
        &WRAPPED[WRAPPED.find("UEsDB").unwrap()..WRAPPED.find("</edXML:ContentTransferEncoded>").unwrap()];
    let expected = document(WRAPPED);
    let same = [
        WRAPPED.replace("edXML:", "x:").replace("xmlns:edXML", "xmlns:x"),
        WRAPPED
            .replace("edXML:", "")
            .replace(&format!("<edXMLEnvelope xmlns=\"{NAMESPACE}\""), "<edXMLEnvelope"),
        WRAPPED.replace(base64, &format!("<![CDATA[{base64}]]>")),
        WRAPPED.replace(base64, &base64.replace('\n', "&#13;\n&#xA;")),
        WRAPPED.replace(base64, &format!("<!-- here -->{base64}")),
        WRAPPED.replace("\n", "\r\n"),
        WRAPPED.replace("cid:209", "209"),
    ];
    for text in same {
        let text = text.replace("xmlns:xmlns", "xmlns").replace(" xmlns:x=\"x\"", "");
        let mut read = document(&text);
        read.signature.clone_from(&expected.signature);
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn what_is_not_complete_is_not_written() {
    let faults = |change: fn(&mut Document)| {
        let mut document = document(WRAPPED);
        change(&mut document);
        let Err(WriteProblem::Faults(faults)) = write(&document.into(), Vec::new()) else {
            panic!("written")
        };
        faults.iter().map(|problem| (problem.fault, problem.place.clone())).collect::<Vec<_>>()
    };
    assert_eq!(faults(|d| d.subject = " ".into()), [(Fault::Missing, "Subject".into())]);
    assert_eq!(faults(|d| d.content = "\u{0}".into()), [(Fault::Character, "MessageHeader".into())]);
    assert_eq!(faults(|d| d.to.clear()), [(Fault::Missing, "To".into())]);
    assert_eq!(faults(|d| d.from.id = "000,00".into()), [(Fault::Organ, "From/OrganId".into())]);
    assert_eq!(
        faults(|d| d.business.kind = BusinessKind::Update),
        [(Fault::Missing, "Bussiness/DocumentId".into())]
    );
    assert_eq!(faults(|d| d.business.kind = BusinessKind::Replacement).len(), 1);
    assert_eq!(faults(|d| d.promulgated = d.due)[0].0, Fault::Disagrees);
    assert_eq!(faults(|d| d.attachments[0].name = "../a".into())[0].0, Fault::FileName);
    assert_eq!(faults(|d| d.attachments[0].name = "a.zip".into())[0].0, Fault::Disagrees);
    assert_eq!(faults(|d| d.attachments.push(d.attachments[0].clone()))[0].0, Fault::Twice);
}

#[test]
fn a_signature_of_another_namespace_is_kept_as_it_is() {
    let ds = r#"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignatureValue>QQ==</ds:SignatureValue><ds:Object a="&lt;"/></ds:Signature>"#;
    let begin = WRAPPED.find("<Signature>").unwrap();
    let end = WRAPPED.find("</Signature>").unwrap() + "</Signature>".len();
    let text = format!("{}{ds}{}", &WRAPPED[..begin], &WRAPPED[end..]);
    let read_once = document(&text);
    assert_eq!(read_once.signature.as_ref().unwrap().as_xml(), ds);
    let again = written(&read_once.clone().into());
    assert_eq!(read(&again[..], &limits()), Ok(read_once.into()));
    let empty = format!("{}<Signature> </Signature>{}", &WRAPPED[..begin], &WRAPPED[end..]);
    assert_eq!(document(&empty).signature, None);
}

#[test]
fn a_package_in_memory_asks_for_its_room_once() {
    for wrapped in [false, true] {
        let mut one = Document {
            attachments: vec![Attachment {
                name: "a.pdf".into(),
                content_type: "application/pdf".into(),
                ..Attachment::default()
            }],
            ..document(WRAPPED)
        };
        one.attachments[0].id = "tep-1".into();
        let body: Vec<u8> =
            (0..1_000_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        (one.attachments[0].body, one.attachments[0].wrapped) = (body, wrapped);
        let package = Package::from(one);
        let bytes = edxml::written(&package).unwrap();
        assert_eq!(bytes, written(&package), "the same as piece by piece");
        // A third more by base64, and little else.
        assert!(bytes.capacity() < 1_400_000, "{} of {}", bytes.len(), bytes.capacity());
    }
}
