use super::*;

fn read(text: &str) -> Parsed {
    whole(text.replace('\n', "\r\n").as_bytes(), &Own::default())
}

#[test]
fn a_letter_says_what_it_is() {
    let letter = read(
        "From: =?utf-8?B?U+G7nyBZIHThur8=?= <VanThu@so.example>\nTo: xa@giaphu.example\n\
         Subject: =?utf-8?Q?C=C3=B4ng_v=C4=83n?=\nDate: Tue, 10 Mar 2026 09:00:00 +0700\nMessage-ID: <a@so.example>\n\
         Content-Type: text/html; charset=utf-8\n\n<p>Kính gửi</p><br><p>UBND xã</p>",
    );
    assert_eq!((letter.from_name.as_str(), letter.from_address.as_str()), ("Sở Y tế", "vanthu@so.example"));
    assert_eq!(letter.subject, "Công văn");
    assert_eq!(letter.sent_at.unwrap().to_rfc3339(), "2026-03-10T02:00:00+00:00");
    assert!(
        letter.text.contains("Kính gửi") && letter.text.contains("UBND xã") && !letter.text.contains('<')
    );
    assert_eq!((letter.problem, letter.automatic), (None, None));
}

#[test]
fn old_letters_of_windows_are_read_and_those_of_tcvn_are_said_to_be_unread() {
    let old = [
        &b"From: a@so.example\r\nContent-Type: text/plain; charset=windows-1258\r\n\r\nHo"[..],
        b"\xe0",
        b" b\xecnh",
    ]
    .concat();
    let old = whole(&old, &Own::default());
    assert!(old.text.starts_with("Hoà b"), "{}", old.text);
    let tcvn =
        [&b"From: a@so.example\r\nSubject: =?TCVN?Q?V=A8n_b=B6n?=\r\n\r\n"[..], b"V\xa8n b\xb6n"].concat();
    let tcvn = whole(&tcvn, &Own::default());
    assert_eq!(tcvn.problem, Some(Problem::Garbled), "{tcvn:?}");
}

#[test]
fn names_of_files_are_only_names() {
    for (given, kept) in [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\cong-van.pdf", "cong-van.pdf"),
        ("..", ""),
        ("a\u{202e}fdp.exe", "afdp.exe"),
        ("a\0b\n.pdf", "a b .pdf"),
    ] {
        assert_eq!(file_name(given), kept, "{given:?}");
    }
}

#[test]
fn attachments_are_found_also_in_letters_within_and_ornament_is_left() {
    let letter = read(
        "From: a@so.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n<img src=\"cid:logo\">\n\
         --x\nContent-Type: image/png\nContent-ID: <logo>\nContent-Transfer-Encoding: base64\n\niVBORw0K\n\
         --x\nContent-Type: application/pdf; name=\"a.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n\
         --x\nContent-Type: message/rfc822\n\nFrom: b@so.example\nContent-Type: multipart/mixed; boundary=y\n\n\
         --y\nContent-Type: application/pdf; name=\"../b.pdf\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--y--\n--x--\n",
    );
    let names: Vec<&str> = letter.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.pdf", "b.pdf"], "{letter:?}");
    assert!(letter.files.iter().all(|file| file.bytes == b"%PDF-"));
}

#[test]
fn what_is_nested_too_deeply_is_not_taken_apart() {
    let mut deep = String::from("From: a@so.example\nSubject: x\n");
    for n in 0..200 {
        deep.push_str(&format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"));
    }
    let letter = read(&deep);
    assert_eq!((letter.problem, letter.subject.as_str()), (Some(Problem::Nested), "x"));
    let letters = "Content-Type: message/rfc822\n\n".repeat(100_000);
    assert_eq!(read(&format!("From: a@so.example\n{letters}")).problem, Some(Problem::Nested));
}

#[test]
fn the_same_letter_in_two_mailboxes_has_one_name() {
    let one = "Message-ID: <1@so.example>\r\nFrom: a@so.example\r\nDate: Tue, 10 Mar 2026 09:00:00 +0700\r\nSubject: a\r\n b\r\n\r\n";
    let other = format!("Received: by somebody\r\nDelivered-To: two@giaphu.example\r\n{one}");
    assert_eq!(key(one.as_bytes()), key(other.as_bytes()));
    assert!(key(one.as_bytes()).is_some());
    // A name that somebody took from another letter hides nothing.
    assert_ne!(key(one.as_bytes()), key(one.replace("Subject: a", "Subject: c").as_bytes()));
    assert_eq!(key(b"From: a@so.example\r\n\r\n"), None);
    let nameless = |received: &str, body: &str| {
        key_of_whole(format!("{received}From: a@so.example\r\n\r\n{body}").as_bytes())
    };
    assert_eq!(nameless("", "x"), nameless("Received: y\r\n", "x"));
    assert_ne!(nameless("", "x"), nameless("", "z"));
}

mod any {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of which hostile letters are made.
    fn piece() -> impl Strategy<Value = Vec<u8>> {
        let words: Vec<&[u8]> = vec![
            b"From: a@b.example\r\n",
            b"From: =?utf-8?B?",
            b"?=",
            b"Subject: ",
            b"=?windows-1258?Q?=e0?=",
            b"\r\n",
            b"\r\n\r\n",
            b"Content-Type: multipart/mixed; boundary=x\r\n",
            b"Content-Type: message/rfc822\r\n",
            b"--x\r\n",
            b"--x--\r\n",
            b"Content-Type: text/html; charset=utf-16\r\n",
            b"Content-Transfer-Encoding: base64\r\n",
            b"<div><div>",
            b"&#x110000;",
            b"Content-Transfer-Encoding: quoted-printable\r\n",
            b"Content-Disposition: attachment; filename*=utf-8''%2e%2e%2f\r\n",
            b"Date: Thu, 99 Foo 99999 99:99:99 +9999\r\n",
            b"Message-ID: <>\r\n",
            b"\0",
            b"\xff\xfe",
            b"begin 644 x\r\n",
        ];
        prop_oneof![
            proptest::sample::select(words).prop_map(<[u8]>::to_vec),
            proptest::collection::vec(any::<u8>(), 0..40)
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_read_short_and_clean(pieces in proptest::collection::vec(piece(), 0..60)) {
            let bytes = pieces.concat();
            let letter = whole(&bytes, &Own::default());
            for line in [&letter.subject, &letter.from_name, &letter.from_address, &letter.message_id] {
                prop_assert!(!line.contains(char::is_control) && line.chars().count() <= SUBJECT_MAX);
            }
            prop_assert!(letter.text.chars().count() <= TEXT_MAX && !letter.text.contains(|c: char| c.is_control() && c != '\n'));
            prop_assert!(letter.files.len() <= FILES_MAX + 1);
            for file in &letter.files {
                prop_assert!(!file.name.contains(['/', '\\', '\0']) && file.name != "..");
            }
            let _ = (key(&bytes), key_of_whole(&bytes), head(&bytes, &Own::default(), Problem::Large));
        }
    }
}
