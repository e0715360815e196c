//! Each trap of the format. All accounts are published or fictitious.

use vietqr::*;

/// Field 38 of a transfer to a fictitious account.
const PAYEE: &str = "38560010A0000007270126000697041501121000000000010208QRIBFTTA";

/// Puts the right checksum behind a row of fields.
fn sealed(fields: &str) -> String {
    let text = format!("{fields}6304");
    format!("{text}{:04X}", crc(text.as_bytes()))
}

fn transfer(payload: &str) -> Transfer {
    match decode(payload).unwrap().kind {
        Kind::Transfer(transfer) => transfer,
        kind => panic!("{kind:?}"),
    }
}

#[track_caller]
fn refused(payload: impl AsRef<[u8]>, field: &str, fault: Fault) {
    let want = DecodeProblem { field: field.to_owned(), fault };
    assert_eq!(decode(payload.as_ref()), Err(want), "{}", String::from_utf8_lossy(payload.as_ref()));
}

#[test]
fn wrong_banks_and_accounts_are_named() {
    use EncodeProblem::*;
    for bin in ["", "97041", "9704150", "97041a", "97041５", " 97041"] {
        assert_eq!(Transfer::to_account(bin, "1").encode(), Err(Bin), "{bin}");
    }
    for (account, want) in [
        ("", AccountEmpty),
        ("10000000000000000001", AccountLength { characters: 20 }),
        ("1000 0001", AccountCharacter),
        ("1000-0001", AccountCharacter),
        ("tài khoản", AccountCharacter),
        ("１２３", AccountCharacter),
    ] {
        assert_eq!(Transfer::to_account("970415", account).encode(), Err(want), "{account}");
        assert_eq!(Transfer::to_card("970415", account).encode(), Err(want), "{account}");
    }
    assert_eq!(Transfer::to_card("970415", "99VI0000001").encode(), Err(AccountCharacter));
    // Wallets have letters in their accounts; the longest one is written.
    for account in ["99VI0000001", "1000000000000000001"] {
        let payload = Transfer::to_account("970454", account).encode().unwrap();
        assert_eq!(transfer(&payload).account, account);
    }
}

#[test]
fn amounts_are_whole_and_have_bounds() {
    let of = |dong| Transfer::to_account("970415", "100000000001").with_amount(dong);
    assert_eq!(of(0).encode(), Err(EncodeProblem::AmountZero));
    assert_eq!(of(MAX_AMOUNT + 1).encode(), Err(EncodeProblem::AmountTooLarge));
    assert_eq!(of(u64::MAX).encode(), Err(EncodeProblem::AmountTooLarge));
    assert!(of(MAX_AMOUNT).encode().unwrap().contains("54139999999999999"));
    assert!(of(1).encode().unwrap().contains("54011"));
    let what = "an amount of whole đồng: at most 13 digits, no leading zero";
    for text in ["0", "-5000", "10.5", "10,000", "0700", "1e5", "+5", " 5", "10000000000000"] {
        let amount = format!("54{:02}{text}", text.len());
        let payload = sealed(&format!("000201010212{PAYEE}5303704{amount}5802VN"));
        refused(payload, "54", Fault::Value(what));
    }
}

/// The payer types the amount of a static code, so it cannot be matched; a bill is dynamic.
#[test]
fn an_amount_makes_a_code_dynamic() {
    let sign = Transfer::to_account("970415", "100000000001");
    assert!(sign.encode().unwrap().starts_with("000201010211"));
    assert!(sign.clone().once().encode().unwrap().starts_with("000201010212"));
    let bill = sign.with_amount(20_000);
    assert!(bill.encode().unwrap().starts_with("000201010212"));
    let mixed = Transfer { mode: Mode::Static, ..bill };
    assert_eq!(mixed.encode(), Err(EncodeProblem::StaticAmount));
    // There are such signs, so it is read.
    let sign = transfer(&sealed(&format!("000201010211{PAYEE}53037045405200005802VN")));
    assert_eq!((sign.mode, sign.amount), (Mode::Static, Some(20_000)));
}

#[test]
fn no_text_overflows_its_two_digits() {
    use EncodeProblem::*;
    let account = || Transfer::to_account("970415", "100000000001");
    let long = |text, characters, max| Err(TextLength { text, characters, max });
    let x = |count: usize| "x".repeat(count);
    assert!(account().with_purpose(x(95)).encode().unwrap().contains("62990895x"));
    assert_eq!(account().with_purpose(x(96)).encode(), long(Text::Purpose, 96, 95));
    assert_eq!(account().with_bill(x(100)).encode(), long(Text::Bill, 100, 95));
    assert_eq!(transfer(&account().with_bill(x(41)).with_purpose(x(50)).encode().unwrap()).bill, Some(x(41)));
    let both = account().with_bill(x(41)).with_purpose(x(51));
    assert_eq!(both.encode(), Err(AdditionalLength { characters: 100 }));
    // A reference of the safe length and a bill number as long fit together.
    assert!(account().with_bill(x(SAFE_TEXT)).with_purpose(x(SAFE_TEXT)).encode().is_ok());
    let merchant = |name, city| account().with_merchant(x(name), x(city)).encode();
    assert!(merchant(25, 15).unwrap().contains(&format!("5925{}6015{}6304", x(25), x(15))));
    assert_eq!(merchant(26, 15), long(Text::MerchantName, 26, 25));
    assert_eq!(merchant(25, 16), long(Text::MerchantCity, 16, 15));
}

/// Characters and bytes are then the same, so that every reader counts alike.
#[test]
fn texts_are_written_without_diacritics() {
    let payload = Transfer::to_account("970415", "100000000001")
        .with_purpose("Nộp lệ phí  Đăng ký TTHC000123")
        .with_merchant("UBND xã Gia Phú", "Lào Cai")
        .encode()
        .unwrap();
    assert!(payload.is_ascii() && payload.contains("5915UBND xa Gia Phu6007Lao Cai6233"), "{payload}");
    assert_eq!(transfer(&payload).purpose.as_deref(), Some("Nop le phi Dang ky TTHC000123"));
    let purpose = |text: &str| Transfer::to_account("970415", "1").with_purpose(text).encode();
    // 96 characters with diacritics decomposed, 48 of them to be counted.
    assert!(purpose(&"a\u{301}".repeat(48)).is_ok());
    for empty in ["", "  ", "\u{200b}"] {
        assert_eq!(purpose(empty), Err(EncodeProblem::TextEmpty { text: Text::Purpose }));
    }
    let strange = EncodeProblem::TextCharacter { text: Text::Purpose, character: '税' };
    assert_eq!(purpose("Phí 税"), Err(strange));
    assert_eq!(strange.to_string(), "the purpose contains '税', which cannot be written");
}

#[test]
fn broken_payloads_are_refused_with_the_place() {
    let head = format!("000201010211{PAYEE}53037045802VN");
    refused("", "", Fault::Empty);
    refused("https://giaphu.example/m/H-4K7P-2M9", "", Fault::Start);
    refused("00020", "", Fault::Start);
    refused("0002020102116304", "", Fault::Start);
    refused([head.as_bytes(), &[b'9'; 500]].concat(), "", Fault::TooLong { bytes: 585 });
    refused("000201", "63", Fault::Missing);
    refused(&head, "63", Fault::Missing);
    refused(format!("{head}630"), "", Fault::LeftOver { bytes: 3 });
    refused(format!("{head}6304AB"), "63", Fault::PastEnd { length: 4, left: 2 });
    refused(format!("{head}6304ABCG"), "63", Fault::Value("four hexadecimal digits"));
    refused(format!("{head}6304+ABC"), "63", Fault::Value("four hexadecimal digits"));
    refused(format!("{head}6302AB"), "63", Fault::Value("four hexadecimal digits"));
    refused(format!("{}\r\n", sealed(&head)), "63", Fault::NotLast { bytes: 2 });
    refused(format!("{}5802VN", sealed(&head)), "63", Fault::NotLast { bytes: 6 });
    refused(sealed(&format!("{head}62xx")), "62", Fault::Length);
    refused(sealed(&format!("{head}62-5")), "62", Fault::Length);
    refused(sealed(&format!("{head}6200")), "62", Fault::NoValue);
    refused(sealed(&format!("{head}6a04")), "", Fault::Id);
    refused(sealed(&format!("{head}6299AB")), "62", Fault::PastEnd { length: 99, left: 10 });
    refused(sealed(&format!("{head}5802VN")), "58", Fault::Twice);
    refused(sealed(&format!("{head}6005Hà N")), "60", Fault::NotAscii);
    refused(sealed(&format!("{head}6003a\tb")), "60", Fault::NotAscii);
    refused(b"0002015902\xff\xfe6304ABCD", "59", Fault::NotAscii);
    refused(sealed(&format!("{head}62120809Thu phi ")), "62.08", Fault::PastEnd { length: 9, left: 8 });
    refused(sealed(&format!("{head}62070802Phi")), "62", Fault::LeftOver { bytes: 1 });
}

#[test]
fn a_transfer_has_all_that_it_needs() {
    let payee = |bank: &str| {
        let bank = format!("0010A00000072701{:02}{bank}0208QRIBFTTA", bank.len());
        sealed(&format!("00020101021138{:02}{bank}53037045802VN", bank.len()))
    };
    assert!(decode(payee("0006970415010510001")).is_ok());
    refused(payee("0006970415"), "38.01.01", Fault::Missing);
    refused(payee("010510001"), "38.01.00", Fault::Missing);
    refused(payee("0005970410105100 1"), "38.01.00", Fault::Value("six digits"));
    refused(payee("000697041x010510001"), "38.01.00", Fault::Value("six digits"));
    let characters = Fault::Value("letters and digits, of a card digits only");
    refused(payee("00069704150105100 1"), "38.01.01", characters);
    let length = Fault::Value("at most 19 characters");
    refused(payee("0006970415012010000000000000000001"), "38.01.01", length);
    refused(payee("00069704150105100010300"), "38.01.03", Fault::NoValue);
    refused(payee("0006970415010510001000697041"), "38.01.00", Fault::PastEnd { length: 6, left: 5 });
    refused(payee("00069704150105100010006970416"), "38.01.00", Fault::Twice);
    let whole = |fields: &str| sealed(&format!("000201{fields}"));
    refused(whole(&format!("{PAYEE}53037045802VN")), "01", Fault::Missing);
    refused(whole(&format!("010213{PAYEE}53037045802VN")), "01", Fault::Value("11 or 12"));
    refused(whole(&format!("010211{PAYEE}5802VN")), "53", Fault::Missing);
    refused(whole(&format!("010211{PAYEE}53038405802VN")), "53", Fault::Value("704 (đồng)"));
    refused(whole(&format!("010211{PAYEE}5303704")), "58", Fault::Missing);
    refused(whole(&format!("010211{PAYEE}53037045802TH")), "58", Fault::Value("VN"));
    let no_bank = "38260010A0000007270208QRIBFTTA";
    refused(whole(&format!("010211{no_bank}53037045802VN")), "38.01", Fault::Missing);
}

/// 00 is first and 63 last; what is between comes in any order, and what is not known is kept.
#[test]
fn the_order_is_free_and_unknown_fields_are_kept() {
    let payee = "38560208QRIBFTTA0126011210000000000100069704150010A000000727";
    let additional = "62210705000120808Phi cho ";
    let mixed = sealed(&format!("000201{additional}8008abcdefgh{payee}5802VN540415005303704010212"));
    let payload = decode(&mixed).unwrap();
    let Kind::Transfer(read) = &payload.kind else { panic!("{payload:?}") };
    assert_eq!((&*read.bin, &*read.account, read.amount), ("970415", "100000000001", Some(1500)));
    assert_eq!(read.purpose.as_deref(), Some("Phi cho "));
    assert_eq!(payload.find(&[80]), Some("abcdefgh"));
    assert_eq!(payload.find(&[62, 7]), Some("00012"));
    assert_eq!(payload.find(&[38, 1, 0]), Some("970415"));
    assert_eq!((payload.find(&[]), payload.find(&[99]), payload.find(&[58, 1])), (None, None, None));
    let ids: Vec<u8> = payload.fields.iter().map(|field| field.id).collect();
    assert_eq!(ids, [0, 62, 80, 38, 58, 54, 53, 1]);
}

#[test]
fn other_kinds_of_codes_are_told_apart() {
    let kind = |payload: &str| decode(payload).unwrap().kind;
    // A shop, as published in the tests of xuannghia/vietnam-qr-pay.
    let shop = "00020101021126280010A000000775011001087990425204597753037045802VN5909MYPHAMHER6005HANOI\
                62260311MY PHAM HER0707MPHER0163041C50";
    assert_eq!(kind(shop), Kind::VnPay);
    let napas = |service: &str| {
        let payee = format!("0010A000000727012600069704150112100000000001{service}");
        kind(&sealed(&format!("00020101021138{:02}{payee}520458125303704", payee.len())))
    };
    let service = |name: &str| Kind::NapasService { service: Some(name.to_owned()) };
    assert_eq!(napas("0206QRPUSH"), service("QRPUSH"));
    assert_eq!(napas("0206QRCASH"), service("QRCASH"));
    assert_eq!(napas(""), Kind::NapasService { service: None });
    for fields in [
        "000201010211",
        "0002010102100202010306908401",
        "00020126100010A00000",
        "00020126280010A00000077601100108799042",
        "0002012611plain text!",
        "00020138140010D1560000005303764",
    ] {
        let read = decode(sealed(fields));
        assert_eq!(read.map(|payload| payload.kind), Ok(Kind::Other), "{fields}");
    }
    // Both on one sign: the transfer is what anybody can pay.
    let both = format!("00020101021126280010A00000077501100108799042{PAYEE}53037045802VN");
    assert!(matches!(kind(&sealed(&both)), Kind::Transfer(_)));
}

#[test]
fn nothing_leaks_into_logs() {
    let transfer =
        Transfer::to_account("970415", "100000000001").with_amount(5000).with_purpose("Nguyễn Văn A");
    let shown = "Transfer(Account 970415 •••••••••001, Dynamic, Some(5000))";
    assert_eq!(format!("{transfer:?}"), shown);
    let payload = decode(transfer.encode().unwrap()).unwrap();
    let shown = format!("{payload:?}");
    assert!(!shown.contains("100000000001") && !shown.contains("Nguyen"), "{shown}");
    assert_eq!(Transfer::to_account("", "12").masked_account(), "12");
}
