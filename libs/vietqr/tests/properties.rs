//! What holds for every transfer and for every text.

use proptest::prelude::*;
use vietqr::*;

fn sealed(mut body: Vec<u8>) -> Vec<u8> {
    body.extend(b"6304");
    let sum = crc(&body);
    body.extend(format!("{sum:04X}").bytes());
    body
}

/// Vietnamese words, also with what is typed around them.
fn words(max: usize) -> impl Strategy<Value = Option<String>> {
    let letter = prop::sample::select(
        "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấộữợĐÂỨẶ0123456789 .,-–’\"/&".chars().collect::<Vec<_>>(),
    );
    prop::option::of(prop::collection::vec(letter, 1..=max).prop_map(|letters| letters.into_iter().collect()))
}

fn transfers() -> impl Strategy<Value = Transfer> {
    let payee = ("[0-9]{6}", "[0-9A-Za-z]{1,19}", "[0-9]{1,19}", any::<bool>());
    let amount = prop::option::of(1..=MAX_AMOUNT);
    let texts = (words(45), words(45), words(25), words(15));
    (payee, any::<bool>(), amount, texts).prop_map(|((bin, account, card, to_card), once, amount, texts)| {
        let transfer =
            if to_card { Transfer::to_card(bin, card) } else { Transfer::to_account(bin, account) };
        let mode = if once || amount.is_some() { Mode::Dynamic } else { Mode::Static };
        // What is nothing but spaces is refused, which is tested elsewhere.
        let some = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let (bill, purpose, name, city) = texts;
        let (merchant_name, merchant_city) = (some(name), some(city));
        Transfer {
            mode,
            amount,
            bill: some(bill),
            purpose: some(purpose),
            merchant_name,
            merchant_city,
            ..transfer
        }
    })
}

/// The transfer as it is read again.
fn plainly(transfer: Transfer) -> Transfer {
    let plainly = |text: Option<String>| text.map(|text| plain(&text).unwrap());
    Transfer {
        bill: plainly(transfer.bill),
        purpose: plainly(transfer.purpose),
        merchant_name: plainly(transfer.merchant_name),
        merchant_city: plainly(transfer.merchant_city),
        ..transfer
    }
}

/// Something done to a payload on its way.
#[derive(Clone, Debug)]
enum Harm {
    Put(prop::sample::Index, u8),
    Add(prop::sample::Index, u8),
    Drop(prop::sample::Index),
    Cut(prop::sample::Index),
    Repeat(prop::sample::Index, prop::sample::Index),
}

fn harms() -> impl Strategy<Value = Vec<Harm>> {
    let at = any::<prop::sample::Index>;
    // Digits most often: they move the lengths.
    let byte = || prop_oneof![3 => b'0'..=b'9', 1 => any::<u8>()];
    let harm = prop_oneof![
        4 => (at(), byte()).prop_map(|(at, byte)| Harm::Put(at, byte)),
        2 => (at(), byte()).prop_map(|(at, byte)| Harm::Add(at, byte)),
        2 => at().prop_map(Harm::Drop),
        1 => at().prop_map(Harm::Cut),
        1 => (at(), at()).prop_map(|(from, to)| Harm::Repeat(from, to)),
    ];
    prop::collection::vec(harm, 1..5)
}

fn harmed(mut bytes: Vec<u8>, harms: &[Harm]) -> Vec<u8> {
    for harm in harms {
        if bytes.is_empty() {
            break;
        }
        let at = |index: &prop::sample::Index| index.index(bytes.len());
        match harm {
            Harm::Put(index, byte) => {
                let at = at(index);
                bytes[at] = *byte
            }
            Harm::Add(index, byte) => bytes.insert(at(index), *byte),
            Harm::Drop(index) => drop(bytes.remove(at(index))),
            Harm::Cut(index) => bytes.truncate(at(index)),
            Harm::Repeat(from, to) => {
                let (from, to) = (at(from).min(at(to)), at(from).max(at(to)));
                let part = bytes[from..to].to_vec();
                bytes.splice(to..to, part);
            }
        }
    }
    bytes
}

/// What is read holds together: a transfer that can be written again is read as itself.
fn holds(bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok(payload) = decode(bytes) else { return Ok(()) };
    prop_assert!(bytes.is_ascii() && bytes.starts_with(b"000201"));
    for field in &payload.fields {
        prop_assert_eq!(payload.find(&[field.id]), Some(field.value.as_str()));
        let _ = payload.find(&[field.id, 1, 0]);
    }
    if let Kind::Transfer(transfer) = payload.kind
        && let Ok(again) = transfer.encode()
    {
        prop_assert_eq!(decode(again).unwrap().kind, Kind::Transfer(plainly(transfer)));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_written_is_read(transfer in transfers()) {
        let payload = transfer.encode().unwrap();
        prop_assert!(payload.bytes().all(|b| matches!(b, b' '..=b'~')) && payload.len() <= 512);
        prop_assert_eq!(decode(&payload).unwrap().kind, Kind::Transfer(plainly(transfer)));
    }

    /// Also when nothing about it is right.
    #[test]
    fn no_transfer_panics(
        (bin, account, card) in (any::<String>(), any::<String>(), any::<bool>()),
        (amount, once) in (any::<Option<u64>>(), any::<bool>()),
        texts in any::<[Option<String>; 4]>(),
    ) {
        let target = if card { Target::Card } else { Target::Account };
        let mode = if once { Mode::Dynamic } else { Mode::Static };
        let [bill, purpose, merchant_name, merchant_city] = texts;
        let transfer =
            Transfer { bin, account, target, mode, amount, bill, purpose, merchant_name, merchant_city };
        let _ = (format!("{transfer:?}"), transfer.encode());
        for (bin, account) in [("970415", "1"), ("970415", &*transfer.account)] {
            let right = Transfer { bin: bin.into(), account: account.into(), ..transfer.clone() };
            if let Ok(payload) = right.encode() {
                prop_assert_eq!(decode(payload).unwrap().kind, Kind::Transfer(plainly(right)));
            }
        }
    }

    #[test]
    fn no_text_panics(
        text in any::<String>(),
        bytes in any::<Vec<u8>>(),
        fields in "(00020101021[12])?([0-9]{2}0[0-9][ -~]{0,9}){0,9}",
    ) {
        holds(text.as_bytes())?;
        holds(&bytes)?;
        holds(fields.as_bytes())?;
        holds(&sealed(fields.into_bytes()))?;
        let _ = Banks::from_csv(&text);
    }

    /// With the checksum as it was, and with one that fits again, so that the fields behind it are read too.
    #[test]
    fn no_harmed_payload_panics(transfer in transfers(), harms in harms()) {
        let payload = transfer.encode().unwrap().into_bytes();
        let body = payload[..payload.len() - 8].to_vec();
        holds(&harmed(payload, &harms))?;
        holds(&sealed(harmed(body, &harms)))?;
    }

    /// Sixteen bits of checksum see every error that is as short as a character.
    #[test]
    fn one_wrong_character_is_found(
        transfer in transfers(),
        at in any::<prop::sample::Index>(),
        byte in prop_oneof![b'0'..=b'9', b' '..=b'~', any::<u8>()],
    ) {
        let payload = transfer.encode().unwrap().into_bytes();
        let mut wrong = payload.clone();
        wrong[at.index(payload.len())] = byte;
        // The checksum itself may be written in small letters.
        prop_assume!(!wrong.eq_ignore_ascii_case(&payload) || at.index(payload.len()) < payload.len() - 4);
        prop_assume!(wrong != payload);
        prop_assert!(decode(&wrong).is_err());
    }

    #[test]
    fn plain_text_stays_plain(text in any::<String>()) {
        if let Ok(once) = plain(&text) {
            prop_assert!(once.bytes().all(|b| matches!(b, b' '..=b'~')) && once.trim() == once);
            prop_assert_eq!(plain(&once), Ok(once));
        }
    }
}
