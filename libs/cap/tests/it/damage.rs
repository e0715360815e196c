//! What breaks a rule of the standard is refused, with the place.

use crate::{MISSING, QUAKE, STORM, fault};
use cap::{Alert, Reason, Step};

fn storm(from: &str, to: &str) -> String {
    assert!(STORM.contains(from), "{from}");
    fault(&STORM.replace(from, to))
}

#[test]
fn faults_say_where_and_why() {
    let fault = Alert::parse(STORM.replace("104.14 22.34", "904.14 22.34").as_bytes()).unwrap_err();
    let names: Vec<(&str, usize)> =
        fault.place.0.iter().map(|Step { name, nth }| (name.as_str(), *nth)).collect();
    assert_eq!(names, [("alert", 1), ("info", 1), ("area", 1), ("polygon", 1)]);
    assert_eq!((fault.reason, fault.reason.code()), (Reason::Point, "point"));
    assert_eq!(
        self::fault(&MISSING.replace(">hmn<", ">h_n<")),
        "alert/info[2]/language: is no code of a language"
    );
}

#[test]
fn needed_elements_are_needed() {
    assert_eq!(storm("<identifier>KTTV-2026-0815</identifier>", ""), "alert/identifier: is missing");
    assert_eq!(storm("<sender>kttv.example</sender>", "<sender> </sender>"), "alert/sender: is missing");
    assert_eq!(storm("<category>Met</category>", ""), "alert/info/category: is missing");
    assert_eq!(storm("<event>DÔNG MẠNH</event>", ""), "alert/info/event: is missing");
    assert_eq!(storm("<valueName>DAI</valueName>", ""), "alert/info/eventCode/valueName: is missing");
    assert_eq!(storm("Phía bắc huyện, gần hồ chứa", ""), "alert/info/area/areaDesc: is missing");
    assert_eq!(storm("<scope>Public</scope>", "<scope>Private</scope>"), "alert/addresses: is missing");
    let twice = "<scope>Public</scope><scope>Private</scope>";
    assert_eq!(storm("<scope>Public</scope>", twice), "alert/scope[2]: stands twice");
    assert_eq!(
        fault(&MISSING.replace("<mimeType>audio/mpeg</mimeType>", "")),
        "alert/info/resource/mimeType: is missing"
    );
}

#[test]
fn words_and_shapes_are_those_of_the_standard() {
    assert_eq!(storm("Actual", "actual"), "alert/status: is none of the words allowed here");
    assert_eq!(storm("Severe<", "Severest<"), "alert/info/severity: is none of the words allowed here");
    assert_eq!(storm("Shelter", "Hide"), "alert/info/responseType: is none of the words allowed here");
    assert!(storm("KTTV-2026-0815", "KTTV 2026").starts_with("alert/identifier: holds spaces"));
    assert!(storm("kttv.example", "kttv,example").starts_with("alert/sender: holds spaces"));
    assert_eq!(storm("14:57:00+07:00", "14:57:00Z"), "alert/sent: has no offset from UTC in numbers");
    assert_eq!(storm("14:57:00+07:00", "14:57:00"), "alert/sent: has no offset from UTC in numbers");
    assert_eq!(storm("16:00:00+07:00", "16:00+07:00"), "alert/info/expires: is no date and time");
    let closed = "22.62,103.89 22.47,104.14";
    assert_eq!(storm(closed, "22.62,103.89"), "alert/info/area/polygon: is a polygon that is not closed");
    assert!(storm(" 22.34,103.95 22.52,103.74 22.62,103.89", "").ends_with("of fewer than four points"));
    assert!(fault(&QUAKE.replace("104.0178 0", "104.0178 -1")).starts_with("alert/info/area/circle: "));
    assert_eq!(
        fault(&QUAKE.replace("<altitude>1800.5</altitude>", "")),
        "alert/info/area/ceiling: is a ceiling without an altitude"
    );
    assert!(fault(&QUAKE.replace("2000<", "2e3<")).starts_with("alert/info/area/ceiling: is no number"));
    assert!(fault(&QUAKE.replace(",DD-13970876.0,", ",")).starts_with("alert/references: is no sender"));
    assert_eq!(fault(&MISSING.replace("SUQz", "S!Qz")), "alert/info/resource/derefUri: is not base64");
    assert!(fault(&MISSING.replace("0123456789abcdef0", "")).ends_with("is no digest by SHA-1"));
    assert!(fault(&MISSING.replace("<size>5<", "<size>+5<")).contains("size: is no number"));
    assert!(fault(&MISSING.replace("Nghiệm\"<", "Nghiệm<")).starts_with("alert/addresses: has quotation"));
    assert!(fault(&MISSING.replace("audio/mpeg", "mp3")).ends_with("mimeType: is no type of a file"));
    assert!(fault(&MISSING.replace("loi.mp3", "loi 1.mp3")).ends_with("uri: is no address of the network"));
}

#[test]
fn other_messages_are_refused_by_name() {
    let of = |namespace: &str| fault(&STORM.replace("urn:oasis:names:tc:emergency:cap:1.2", namespace));
    assert_eq!(of("urn:oasis:names:tc:emergency:cap:1.1"), "alert: is an alert of another version of CAP");
    assert_eq!(of("http://www.incident.com/cap/1.0"), "alert: is an alert of another version of CAP");
    assert_eq!(of("urn:other"), "alert: is no alert of CAP");
    assert_eq!(fault("<feed xmlns='http://www.w3.org/2005/Atom'/>"), "feed: is no alert of CAP");
}
