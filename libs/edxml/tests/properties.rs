//! What holds for every package, and for every damage to one.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use edxml::*;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    let letter = prop::sample::select("aăđêộữ ĐẶZ09<>&'\"]/.,-\n\r\t\u{a0}🌾".chars().collect::<Vec<_>>());
    prop::collection::vec(letter, 0..12).prop_map(|all| all.into_iter().collect::<String>().trim().to_owned())
}

fn filled() -> impl Strategy<Value = String> {
    text().prop_map(|text| if text.is_empty() { "Mẫu".into() } else { text })
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0..40_000i64).prop_map(|days| NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + TimeDelta::days(days))
}

fn moment() -> impl Strategy<Value = NaiveDateTime> {
    (date(), 0..86_400u32)
        .prop_map(|(day, second)| day.and_hms_opt(second / 3600, second / 60 % 60, second % 60).unwrap())
}

fn organ() -> impl Strategy<Value = Organ> {
    ("[0-9A-Z]{1,3}(\\.[0-9A-Z]{2,3}){0,3}", filled(), prop::collection::vec(text(), 6)).prop_map(
        |(id, name, rest)| {
            let [in_charge, address, email, telephone, fax, website] = rest.try_into().unwrap();
            Organ { id, name, in_charge, address, email, telephone, fax, website }
        },
    )
}

fn id() -> impl Strategy<Value = DocumentId> {
    ("[0-9A-Z.]{1,13}", date(), filled()).prop_map(|(organ, day, number)| {
        DocumentId::new(organ, day.format("%Y/%m/%d").to_string(), number).unwrap()
    })
}

fn response() -> impl Strategy<Value = Response> {
    (filled(), filled(), prop::option::of(date()), prop::option::of(id()))
        .prop_map(|(organ, code, promulgated, id)| Response { organ, code, promulgated, id })
}

fn staff() -> impl Strategy<Value = Staff> {
    (text(), text(), text(), text()).prop_map(|(department, name, mobile, email)| Staff {
        department,
        name,
        mobile,
        email,
    })
}

fn other() -> impl Strategy<Value = OtherInfo> {
    let numbers = prop::collection::vec(prop::option::of(any::<u32>()), 3);
    let lists = prop::collection::vec(prop::collection::vec(filled(), 0..3), 3);
    (numbers, text(), text(), any::<Option<bool>>(), lists).prop_map(
        |(numbers, sphere, typer, direction, lists)| {
            let [priority, copies, pages] = numbers.try_into().unwrap();
            let [appendixes, replies, references] = lists.try_into().unwrap();
            OtherInfo { priority, sphere, typer, copies, pages, direction, appendixes, replies, references }
        },
    )
}

fn business() -> impl Strategy<Value = Business> {
    let list = prop::collection::vec(("[0-9A-Z.]{1,13}", 0..2u32), 0..3);
    let update = (any::<bool>(), any::<bool>(), list).prop_map(|(document, receivers, list)| {
        let list = list.into_iter().map(|(organ, kind)| Receiver { organ, kind }).collect();
        Update { document, receivers, list }
    });
    let replacement = (id(), prop::collection::vec("[0-9A-Z.]{1,13}", 0..3))
        .prop_map(|(document, organs)| Replacement { document, organs });
    let replacements = prop::collection::vec(replacement, 1..3);
    (0..4usize, id(), text(), any::<bool>(), staff(), update, replacements).prop_map(
        |(kind, document, reason, paper, staff, update, replacements)| {
            let kind = BusinessKind::ALL[kind];
            let mut business = Business { kind, reason, paper, staff, ..Business::default() };
            match kind {
                BusinessKind::New => {}
                BusinessKind::Revocation => business.document = Some(document),
                BusinessKind::Update => {
                    (business.document, business.update) = (Some(document), Some(update));
                }
                BusinessKind::Replacement => business.replacements = replacements,
            }
            business
        },
    )
}

fn attachments() -> impl Strategy<Value = Vec<Attachment>> {
    let file =
        ("[a-zộđ ]{1,8}\\.(pdf|docx|zip)", text(), any::<bool>(), prop::collection::vec(any::<u8>(), 0..200));
    prop::collection::vec(file, 0..4).prop_map(|files| {
        let files = files.into_iter().enumerate().map(|(at, (name, description, wrapped, body))| {
            let name = name.trim().to_owned();
            let wrapped = wrapped && !name.ends_with(".zip");
            let kind = if wrapped { "application/zip" } else { "application/pdf" };
            Attachment { id: format!("f{at}"), name, description, content_type: kind.into(), wrapped, body }
        });
        files.collect()
    })
}

fn document() -> impl Strategy<Value = Document> {
    let heads = (organ(), prop::collection::vec(organ(), 1..4), "[0-9]{1,4}", filled(), text(), filled());
    let days = (date(), prop::option::of(date()), any::<Option<u32>>(), any::<u32>());
    let words = prop::collection::vec(text(), 6);
    let lists = prop::collection::vec(prop::collection::vec(filled(), 0..3), 2);
    let more = (prop::collection::vec(response(), 0..3), prop::collection::vec((filled(), moment()), 0..3));
    (heads, days, words, lists, more, other(), business(), attachments()).prop_map(
        |(heads, days, words, lists, more, other, business, attachments)| {
            let (from, to, number, notation, kind_name, subject) = heads;
            let (day, due, kind_number, steering) = days;
            let [place, detail, content, competence, position, application] = words.try_into().unwrap();
            let [to_places, tasks] = lists.try_into().unwrap();
            let day_text = day.format("%Y/%m/%d").to_string();
            let or = |text: String| if text.is_empty() { "Mẫu".into() } else { text };
            Document {
                id: DocumentId::new(from.id.clone(), day_text, format!("{number}/{notation}")).unwrap(),
                from,
                to,
                code: Code { number, notation },
                place,
                promulgated: Some(day),
                kind: DocumentKind { number: kind_number, detail, name: or(kind_name) },
                subject,
                content,
                signer: Signer { competence, position, name: "Nguyễn Văn Mẫu".into() },
                due,
                to_places,
                other,
                responses: more.0,
                steering,
                tasks,
                application,
                traces: more.1.into_iter().map(|(organ, at)| Trace { organ, at }).collect(),
                business,
                signature: None,
                attachments,
            }
        },
    )
}

fn status() -> impl Strategy<Value = Status> {
    (organ(), response(), staff(), 0..9usize, text(), moment()).prop_map(
        |(from, response, staff, code, description, at)| Status {
            from,
            response,
            staff,
            code: StatusCode::ALL[code],
            description,
            at,
            signature: None,
        },
    )
}

fn package() -> impl Strategy<Value = Package> {
    prop_oneof![4 => document().prop_map(Package::from), 1 => status().prop_map(Package::from)]
}

fn written(package: &Package) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(package, &mut bytes).unwrap();
    bytes
}

/// Gives one byte at a time: every place is the end of a buffer once.
struct Trickle<'a>(&'a [u8]);

impl std::io::Read for Trickle<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = into.len().min(1).min(self.0.len());
        into[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_is_read(package in package()) {
        let bytes = written(&package);
        prop_assert_eq!(read(&bytes[..], &Limits::default()), Ok(package.clone()));
        let slowly = std::io::BufReader::with_capacity(1, Trickle(&bytes));
        prop_assert_eq!(read(slowly, &Limits::default()), Ok(package));
    }

    #[test]
    fn damage_never_breaks_the_reader(
        package in package(),
        harms in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..6),
    ) {
        let mut bytes = written(&package);
        for (at, byte, what) in harms {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, b"<>&;/\"!?-]["[byte as usize % 11]),
                2 => bytes.truncate(at),
                _ => {
                    let end = (at + byte as usize).min(bytes.len());
                    drop(bytes.drain(at..end));
                }
            }
        }
        // Whatever it is, it is read or refused; what is read and complete comes back the same.
        if let Ok(read_once) = read(&bytes[..], &Limits::default())
            && check(&read_once).is_empty()
        {
            prop_assert_eq!(read(&written(&read_once)[..], &Limits::default()), Ok(read_once));
        }
    }
}
