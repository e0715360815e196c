//! What the structures of Appendix A say, field by field.

use crate::{BULLETIN, MISSING, QUAKE, STORM};
use cap::{Alert, Category, Certainty, Kind, Response, Scope, Severity, Status, Urgency};

fn read(xml: &str) -> Alert {
    Alert::parse(xml.as_bytes()).unwrap()
}

#[test]
fn a_bulletin_without_times_or_places_is_read() {
    let alert = read(BULLETIN);
    assert_eq!((alert.identifier.as_str(), alert.sender.as_str()), ("7b31c90d42ee", "tinbao.antoan.example"));
    assert_eq!((alert.status, alert.kind, alert.scope), (Status::Actual, Kind::Alert, Scope::Public));
    let info = &alert.infos[0];
    assert_eq!(info.spoken().as_str(), "en-US", "nothing said means this");
    assert_eq!(info.description.as_ref().unwrap().as_str().lines().count(), 2);
    assert!(info.web.as_ref().unwrap().is_web());
    assert_eq!(info.parameters[0].value.as_ref().unwrap().as_str(), "CAM");
    assert_eq!(info.resources[0].mime.as_str(), "image/gif");
    assert!(info.areas[0].polygons.is_empty());
}

#[test]
fn a_storm_has_its_polygon_and_codes() {
    let alert = read(STORM);
    let info = &alert.infos[0];
    assert_eq!((info.urgency, info.severity), (Urgency::Immediate, Severity::Severe));
    assert_eq!((info.certainty, info.responses.as_slice()), (Certainty::Observed, &[Response::Shelter][..]));
    assert_eq!(info.event_codes[0].name.as_str(), "DAI");
    let points = info.areas[0].polygons[0].points();
    assert_eq!((points.len(), points[0].latitude(), points[0].longitude()), (5, 22.47, 104.14));
    assert_eq!(info.areas[0].geocodes.len(), 2);
    assert_eq!(info.expires.unwrap().to_string(), "2026-06-17T16:00:00+07:00");
}

#[test]
fn a_quake_refers_to_its_first_report() {
    let alert = read(QUAKE);
    assert_eq!(alert.references[0].identifier.as_str(), "DD-13970876.0");
    let area = &alert.infos[0].areas[0];
    assert_eq!((area.circles[0].centre().latitude(), area.circles[0].radius()), (22.3525, 0.0));
    let height = area.height.unwrap();
    assert_eq!((height.altitude.get(), height.ceiling.unwrap().get()), (1800.5, 2000.0));
    assert!(alert.infos[0].parameters[3].value.is_none());
}

#[test]
fn a_restricted_search_in_two_languages_is_read() {
    let alert = read(MISSING);
    assert_eq!(alert.addresses[1].as_str(), "UBND xã Thử Nghiệm");
    assert_eq!(alert.incidents.len(), 2);
    assert_eq!(alert.infos[0].categories, [Category::Rescue, Category::Security]);
    let resource = &alert.infos[0].resources[0];
    assert_eq!(resource.inside.as_deref(), Some(&b"ID3\x04\0"[..]));
    assert_eq!((resource.size, resource.digest.unwrap()[0]), (Some(5), 0x01));
    assert_eq!(alert.infos[1].spoken().as_str(), "hmn");
}

#[test]
fn what_is_written_is_in_the_order_of_the_schema_and_the_same() {
    for xml in [BULLETIN, STORM, QUAKE, MISSING] {
        let alert = read(xml);
        let written = alert.to_xml();
        assert_eq!(Alert::parse(written.as_bytes()).unwrap(), alert);
        let names = |xml: &str| -> Vec<String> {
            let tags = xml.split('<').filter_map(|tag| tag.split(['>', ' ', '/']).next());
            tags.filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
        };
        assert_eq!(names(&written), names(xml), "the data stand in that order");
    }
}

#[test]
fn prefixes_unknown_elements_comments_and_order_do_not_matter() {
    let xml = include_str!("../data/prefixed.xml");
    let alert = read(xml);
    assert_eq!(alert.infos[0].event.as_str(), "Mưalớn", "a comment never cuts a text");
    assert_eq!(alert.note.as_ref().unwrap().as_str(), "Một & hai <ba> <bốn> & \"năm\"");
    let turned =
        STORM.replace("<scope>Public</scope>", "").replace("</alert>", "<scope>Public</scope><new/></alert>");
    assert_eq!(read(&turned), read(STORM));
    let foreign = STORM.replace("<status>", "<status xmlns=\"urn:other\">Test</status><status>");
    assert_eq!(read(&foreign), read(STORM), "another namespace is another element");
}

#[test]
fn an_empty_element_is_as_none() {
    let xml = STORM.replace("<scope>", "<source/><references> </references><scope>").replace(">vi-VN<", "><");
    let alert = read(&xml);
    assert!(alert.source.is_none() && alert.references.is_empty());
    assert!(alert.infos[0].language.is_none());
}

#[test]
fn the_word_of_an_older_version_is_understood() {
    let alert = read(&STORM.replace("Observed", "Very Likely"));
    assert_eq!(alert.infos[0].certainty, Certainty::Likely);
}
