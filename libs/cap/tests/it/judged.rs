use crate::{MISSING, QUAKE, STORM, at};
use cap::{Alert, Kind, Objection, Relation, Scope, Status};

fn storm(from: &str, to: &str) -> Alert {
    Alert::parse(STORM.replace(from, to).as_bytes()).unwrap()
}

fn against(alert: &Alert, moment: &str, ours: &[&str]) -> Vec<Objection> {
    alert.judge(at(moment), ours).against
}

const DURING: &str = "2026-06-17T15:00:00+07:00";

#[test]
fn a_public_alert_in_its_time_is_live() {
    let alert = storm("", "");
    let judged = alert.judge(at(DURING), &[]);
    assert!(judged.is_live());
    assert_eq!((judged.relation, judged.current.len()), (Relation::New, 1));
}

#[test]
fn an_alert_is_over_when_all_of_it_is_past() {
    let alert = storm("", "");
    assert_eq!(against(&alert, "2026-06-17T15:59:59+07:00", &[]), []);
    assert_eq!(against(&alert, "2026-06-17T16:00:00+07:00", &[]), [Objection::Expired]);
    assert_eq!(against(&alert, "2026-06-17T09:00:00+00:00", &[]), [Objection::Expired], "the same moment");
    let two = Alert::parse(MISSING.as_bytes()).unwrap();
    let judged = two.judge(at("2027-01-01T00:00:00+07:00"), &["giaphu.example"]);
    assert!(judged.is_live(), "the second info has no end");
    assert_eq!(judged.current, [&two.infos[1]]);
}

#[test]
fn exercises_tests_and_drafts_are_not_acted_upon() {
    for status in [Status::Exercise, Status::System, Status::Test, Status::Draft] {
        assert_eq!(against(&storm("Actual", status.word()), DURING, &[]), [Objection::NotActual(status)]);
    }
}

#[test]
fn restricted_and_private_alerts_are_for_those_named() {
    let restricted = Alert::parse(MISSING.as_bytes()).unwrap();
    let during = "2026-06-11T17:00:00+07:00";
    assert_eq!(against(&restricted, during, &["ubnd xã thử nghiệm"]), []);
    assert_eq!(against(&restricted, during, &["GIAPHU.example"]), []);
    let not = [Objection::NotForUs(Scope::Restricted)];
    assert_eq!(against(&restricted, during, &["other.example"]), not);
    assert_eq!(against(&restricted, during, &[]), not);
    let named = "<scope>Private</scope><addresses>a.example</addresses>";
    let private = storm("<scope>Public</scope>", named);
    assert_eq!(against(&private, DURING, &["a.example"]), []);
    assert_eq!(against(&private, DURING, &[""]), [Objection::NotForUs(Scope::Private)]);
}

#[test]
fn updates_and_cancels_name_what_they_are_about() {
    let update = Alert::parse(QUAKE.as_bytes()).unwrap();
    let judged = update.judge(at("2026-06-12T00:00:00+07:00"), &[]);
    assert!(judged.is_live());
    assert_eq!(judged.relation, Relation::Replaces(&update.references));
    let lost = storm(">Alert<", ">Update<");
    assert_eq!(against(&lost, DURING, &[]), [Objection::NoReference]);

    let cancel = QUAKE.replace("Update", "Cancel");
    let bare = format!("{}</alert>", &cancel[..cancel.find("<info>").unwrap()]);
    let bare = Alert::parse(bare.as_bytes()).unwrap();
    let judged = bare.judge(at("2030-01-01T00:00:00+07:00"), &[]);
    assert!(judged.is_live(), "a cancel tells nothing and never ends");
    assert_eq!(judged.relation, Relation::Cancels(&bare.references));
}

#[test]
fn answers_and_empty_alerts_tell_nothing() {
    for kind in [Kind::Ack, Kind::Error] {
        let answer = Alert::parse(QUAKE.replace("Update", kind.word()).as_bytes()).unwrap();
        assert_eq!(against(&answer, "2026-06-12T00:00:00+07:00", &[]), [Objection::Answer(kind)]);
    }
    let mut empty = storm("", "");
    empty.infos.clear();
    assert_eq!(against(&empty, DURING, &[]), [Objection::NothingTold]);
    empty.status = Status::Test;
    assert_eq!(against(&empty, DURING, &[]).len(), 2, "all that apply");
}
