//! What is written is read, whatever it says; and no damage breaks the reader.

use crate::{BULLETIN, MISSING, QUAKE, STORM};
use cap::*;
use chrono::{DateTime, FixedOffset};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn text() -> impl Strategy<Value = Text> {
    let letter = select("aăđêộữ ĐẶZ09<>&'\"]/.,-\n\r\t\u{a0}\u{85}🌾".chars().collect::<Vec<_>>());
    vec(letter, 1..12).prop_map(|all| {
        let text: String = all.into_iter().collect();
        Text::new(&text).unwrap_or_else(|_| Text::new("Mẫu").unwrap())
    })
}

fn word() -> impl Strategy<Value = Word> {
    "[a-zăđ@.<&]{1,5}( [a-z,']{1,5}){0,2}".prop_map(|text| Word::new(&text).unwrap())
}

fn id() -> impl Strategy<Value = Id> {
    "[A-Za-zĐ0-9.:/>'\"-]{1,12}".prop_map(|text| Id::new(&text).unwrap())
}

fn time() -> impl Strategy<Value = Time> {
    (-62_000_000_000i64..253_000_000_000, -14 * 60..=14 * 60i32).prop_map(|(second, offset)| {
        let offset = FixedOffset::east_opt(offset * 60).unwrap();
        Time::new(DateTime::from_timestamp(second, 0).unwrap().with_timezone(&offset)).unwrap()
    })
}

fn named() -> impl Strategy<Value = Named> {
    (text(), of(text())).prop_map(|(name, value)| Named { name, value })
}

fn point() -> impl Strategy<Value = Point> {
    (-90.0..=90.0f64, -180.0..=180.0f64).prop_map(|(north, east)| Point::new(north, east).unwrap())
}

fn polygon() -> impl Strategy<Value = Polygon> {
    vec(point(), 3..8).prop_map(|mut points| {
        points.push(points[0]);
        Polygon::new(points).unwrap()
    })
}

fn height() -> impl Strategy<Value = Height> {
    let feet = || (-1e6..1e6f64).prop_map(|feet| Number::new(feet).unwrap());
    (feet(), of(feet())).prop_map(|(altitude, ceiling)| Height { altitude, ceiling })
}

fn area() -> impl Strategy<Value = Area> {
    let circle = (point(), 0.0..20_000.0f64).prop_map(|(centre, km)| Circle::new(centre, km).unwrap());
    (text(), vec(polygon(), 0..3), vec(circle, 0..3), vec(named(), 0..3), of(height())).prop_map(
        |(description, polygons, circles, geocodes, height)| Area {
            description,
            polygons,
            circles,
            geocodes,
            height,
        },
    )
}

fn resource() -> impl Strategy<Value = Resource> {
    let mime =
        select(vec!["audio/mpeg", "text/plain; charset=utf-8"]).prop_map(|text| Text::new(text).unwrap());
    let uri = "[a-z&;=?/:.]{1,12}".prop_map(|text| Uri::new(&text).unwrap());
    (text(), mime, any::<Option<u64>>(), of(uri), of(vec(any::<u8>(), 1..50)), any::<Option<[u8; 20]>>())
        .prop_map(|(description, mime, size, uri, inside, digest)| Resource {
            description,
            mime,
            size,
            uri,
            inside,
            digest,
        })
}

fn info() -> impl Strategy<Value = Info> {
    let words = (
        vec(select(Category::ALL), 1..4),
        vec(select(Response::ALL), 0..4),
        select(Urgency::ALL),
        select(Severity::ALL),
        select(Certainty::ALL),
    );
    let language = of("[a-z]{2}(-[A-Z]{2})?".prop_map(|text| Language::new(&text).unwrap()));
    let web = of("https?://[a-z]{1,9}".prop_map(|text| Uri::new(&text).unwrap()));
    let lists = (vec(named(), 0..3), vec(named(), 0..3), vec(resource(), 0..3), vec(area(), 0..3));
    (words, language, web, text(), vec(of(text()), 6), vec(of(time()), 3), lists).prop_map(
        |(words, language, web, event, texts, times, lists)| {
            let (categories, responses, urgency, severity, certainty) = words;
            let [audience, sender_name, headline, description, instruction, contact] =
                texts.try_into().unwrap();
            let [effective, onset, expires] = times.try_into().unwrap();
            let (event_codes, parameters, resources, areas) = lists;
            let new = Info::new(categories[0], event, urgency, severity, certainty);
            let told = Info {
                language,
                categories,
                responses,
                audience,
                event_codes,
                effective,
                onset,
                expires,
                ..new
            };
            let said = Info { sender_name, headline, description, instruction, web, contact, ..told };
            Info { parameters, resources, areas, ..said }
        },
    )
}

fn reference() -> impl Strategy<Value = Reference> {
    (id(), id(), time()).prop_map(|(sender, identifier, sent)| Reference { sender, identifier, sent })
}

fn alert() -> impl Strategy<Value = Alert> {
    let words = (select(Status::ALL), select(Kind::ALL), select(Scope::ALL));
    let lists = (vec(word(), 1..4), vec(text(), 0..3), vec(reference(), 0..3), vec(word(), 0..3));
    (words, reference(), vec(of(text()), 3), lists, vec(info(), 0..3)).prop_map(
        |((status, kind, scope), own, texts, lists, infos)| {
            let (addresses, codes, references, incidents) = lists;
            let [source, restriction, note] = texts.try_into().unwrap();
            let new = Alert::new(own.identifier, own.sender, own.sent, status, kind, scope);
            Alert { source, restriction, note, addresses, codes, references, incidents, infos, ..new }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_is_read(alert in alert()) {
        let xml = alert.to_xml();
        let again = Alert::parse(xml.as_bytes()).unwrap();
        prop_assert_eq!(&again, &alert);
        // Times are equal as moments; the text says the offset too.
        prop_assert_eq!(again.to_xml(), xml);
    }

    #[test]
    fn damage_never_breaks_the_reader(
        which in 0..4usize, at in any::<prop::sample::Index>(), piece in "[<>&\"'/!?=a\u{0}\\]\\[-]{0,4}", cut in 0..9usize
    ) {
        let whole = [BULLETIN, STORM, QUAKE, MISSING][which];
        let bytes = whole.as_bytes();
        let at = at.index(bytes.len());
        let damaged = [&bytes[..at], piece.as_bytes(), &bytes[(at + cut).min(bytes.len())..]].concat();
        if let Ok(alert) = Alert::parse(&damaged) {
            prop_assert_eq!(Alert::parse(alert.to_xml().as_bytes()), Ok(alert));
        }
    }

    #[test]
    fn no_text_is_taken_for_an_alert(text in "\\PC{0,200}") {
        prop_assert!(Alert::parse(text.as_bytes()).is_err());
    }
}
