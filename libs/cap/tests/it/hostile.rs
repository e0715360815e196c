//! What attacks the reader ends early.

use crate::{STORM, fault};
use cap::{Alert, LARGEST, Reason};
use std::time::{Duration, Instant};

fn reason(bytes: &[u8]) -> Reason {
    Alert::parse(bytes).unwrap_err().reason
}

fn body(before: &str, inside: &str) -> String {
    let at = STORM.find("<alert").unwrap();
    format!("{}{before}{}", &STORM[..at], STORM[at..].replace("</alert>", &format!("{inside}</alert>")))
}

#[test]
fn no_doctype_and_no_entity_is_followed() {
    let bomb = "<!DOCTYPE alert [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    assert_eq!(reason(body(bomb, "<note>&b;</note>").as_bytes()), Reason::Doctype);
    assert_eq!(reason(body("<!DOCTYPE alert>", "").as_bytes()), Reason::Doctype);
    assert_eq!(
        reason(body("<!DOCTYPE alert SYSTEM \"file:///etc/passwd\">", "").as_bytes()),
        Reason::Doctype
    );
    assert_eq!(reason(b"<!DOCTYPE"), Reason::Doctype);
    assert_eq!(fault(&body("", "<note>&b;</note>")), "alert/note: refers to an entity that does not exist");
    assert_eq!(reason(body("", "<note a='&b;'/>").as_bytes()), Reason::Entity);
    assert_eq!(reason(body("", "<note>&</note>").as_bytes()), Reason::Entity);
}

#[test]
fn large_deep_and_crowded_messages_end_early() {
    let begun = Instant::now();
    assert_eq!(reason(&vec![b'<'; 10 << 20]), Reason::Large);
    assert_eq!(reason(&vec![b' '; LARGEST]), Reason::Empty);
    assert_eq!(reason(body("", &"<a>".repeat(1 << 20)).as_bytes()), Reason::Depth);
    assert_eq!(reason(body("", &"<a/>".repeat(60_000)).as_bytes()), Reason::Crowded);
    let attributes: String = (0..10_000).map(|n| format!(" a{n}=''")).collect();
    assert_eq!(reason(body("", &format!("<a{attributes}/>")).as_bytes()), Reason::Crowded);
    let names: String = (0..10_000).map(|n| format!(" xmlns:a{n}='urn:{n}'")).collect();
    assert_eq!(reason(body("", &format!("<a{names}/>")).as_bytes()), Reason::Crowded);
    let nested: String = (0..9)
        .map(|n| (0..10).fold("<a".to_owned(), |tag, m| format!("{tag} xmlns:a{n}{m}='urn:1'")) + ">")
        .collect();
    assert_eq!(reason(body("", &nested).as_bytes()), Reason::Crowded);
    assert_eq!(reason(body("", &format!("<{}/>", "a".repeat(500))).as_bytes()), Reason::Crowded);
    assert_eq!(
        reason(body("", &format!("<a xmlns='urn:{}'/>", "a".repeat(500))).as_bytes()),
        Reason::Crowded
    );
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn what_is_not_xml_is_refused() {
    assert_eq!(reason(b""), Reason::Empty);
    assert_eq!(reason(b" \n"), Reason::Empty);
    assert_eq!(reason(b"{}"), Reason::Xml);
    assert_eq!(reason(&[0xFF, 0xFE, b'<', 0]), Reason::Encoding);
    assert_eq!(reason(STORM.replace("\"UTF-8\"", "\"windows-1258\"").as_bytes()), Reason::Encoding);
    assert_eq!(reason(STORM.replace("\"1.0\"", "\"1.1\"").as_bytes()), Reason::Xml);
    assert_eq!(reason(format!(" {STORM}").as_bytes()), Reason::Xml, "a declaration comes first");
    assert_eq!(reason(format!("{STORM}<more/>").as_bytes()), Reason::Xml);
    assert_eq!(reason(format!("{STORM}more").as_bytes()), Reason::Xml);
    assert_eq!(reason(format!("{STORM}&lt;").as_bytes()), Reason::Xml);
    assert_eq!(reason(STORM.replace("</event>", "</events>").as_bytes()), Reason::Xml);
    assert_eq!(reason(body("", "<a b='1' b='2'/>").as_bytes()), Reason::Xml);
    let same = "<a xmlns:p='urn:1' xmlns:q='urn:1' p:b='' q:b=''/>";
    assert_eq!(reason(body("", same).as_bytes()), Reason::Xml);
    assert_eq!(reason(body("", "<a b=1/>").as_bytes()), Reason::Xml);
    assert_eq!(reason(body("", "<a\"b/>").as_bytes()), Reason::Cut, "a quotation mark opens a value");
    assert_eq!(reason(body("", "<a,b/>").as_bytes()), Reason::Xml);
    assert_eq!(reason(body("", "<p:a/>").as_bytes()), Reason::Prefix);
    assert_eq!(reason(body("", "<a p:b=''/>").as_bytes()), Reason::Prefix);
    assert_eq!(reason(body("", "<a xmlns:p=''/>").as_bytes()), Reason::Prefix);
    assert_eq!(reason(body("", "<a xmlns:xml='urn:1'/>").as_bytes()), Reason::Prefix);
    assert_eq!(reason(body("", "<note>\u{1}</note>").as_bytes()), Reason::Character);
    assert_eq!(reason(body("", "<note>&#1;</note>").as_bytes()), Reason::Character);
    assert_eq!(reason(body("", "<note>]]></note>").as_bytes()), Reason::Xml);
    assert_eq!(reason(body("", "<!-- a -- b -->").as_bytes()), Reason::Xml);
    assert_eq!(reason(body("", "<?xml version='1.0'?>").as_bytes()), Reason::Xml);
}

#[test]
fn a_mark_and_an_instruction_at_the_beginning_do_no_harm() {
    let xml = format!("\u{FEFF}{}", body("<?xml-stylesheet href='cap.xsl'?><!-- hello -->\n", ""));
    assert_eq!(Alert::parse(xml.as_bytes()), Alert::parse(STORM.as_bytes()));
}

#[test]
fn every_beginning_of_a_message_is_refused() {
    for end in 0..STORM.trim_end().len() {
        let cut = &STORM.as_bytes()[..end];
        assert!(Alert::parse(cut).is_err(), "{end}");
    }
    assert_eq!(reason(&STORM.as_bytes()[..900]), Reason::Cut);
}
