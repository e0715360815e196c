//! Letters that are broken or hostile: a clear word at the entry, the original kept, nothing half-registered.

use crate::mailbox_server::*;
use crate::world::{LETTER, World};
use std::io::Write as _;

/// An archive with these files; `bits` go into the flags of its first entry.
fn archive(names: &[&str], bits: u8) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in names {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<x/>").unwrap();
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    bytes[6] |= bits;
    bytes
}

#[tokio::test]
async fn files_that_are_no_documents_are_named_with_the_reason() {
    let Some(post) = Box::new() else { return };
    let world = World::start().await;
    post.connect(&world, &[]).await;
    let files = vec![
        ("..\\..\\cong-van.pdf", LETTER.pdf()),
        ("xem-ngay.exe", b"MZ\x90\0".to_vec()),
        ("khoa.zip", archive(&["a.pdf"], 1)),
        ("nen.zip", archive(&["a.pdf"], 0)),
        ("macro.docx", archive(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"], 0)),
        ("goi.edxml", b"<?xml version=\"1.0\"?>".to_vec()),
        ("phim.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec()),
    ];
    let mail = Mailed { from: "a@so.example", subject: "Nhiều loại", heads: "", files }.bytes();
    post.append(&mail).await;
    look(&world).await;
    let path = letters(&world, "waiting").await.remove(0);
    let page = world.clerk.get(&path).await;
    for words in [
        ">cong-van.pdf<",
        "Tệp chạy được trên máy",
        "Tệp nén có mật khẩu",
        "phần mềm không tự mở",
        "Tài liệu có macro",
        "chỉ nhận qua trục liên thông",
        "Loại tệp không nhận làm văn bản",
    ] {
        page.ok().shows(words);
    }
    world.clerk.get(&format!("{path}/thu-goc")).await.ok().shows("xem-ngay.exe");
    // Only what is a document goes on.
    let taken = decide(&world.clerk, &path, "vao-so-den", &[]).await;
    let document = taken.is(303).location().trim_end_matches("/vao-so").to_owned();
    world.clerk.get(&document).await.ok().shows("cong-van.pdf").hides("xem-ngay.exe").hides("khoa.zip");
    world.app.end().await;
}

#[tokio::test]
async fn letters_that_are_broken_say_so_and_are_kept() {
    let Some(post) = Box::new() else { return };
    let world = World::start().await;
    post.connect(&world, &[]).await;
    let mut deep = b"From: sau@so.example\r\nSubject: Sau\r\n".to_vec();
    for n in 0..200 {
        deep.extend(format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n").bytes());
    }
    post.append(&deep).await;
    post.append(
        b"From: hong@so.example\r\nSubject: Hong\r\nContent-Type: application/pdf; name=hong.pdf\r\n\
          Content-Disposition: attachment; filename=hong.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n@@@@!!!!\r\n",
    )
    .await;
    post.append(b"From: cu@so.example\r\nSubject: =?TCVN?Q?V=A8n_b=B6n?=\r\nContent-Type: text/plain; charset=TCVN\r\n\r\nV\xa8n b\xb6n").await;
    post.append(b"From: cu@so.example\r\nSubject: =?windows-1258?Q?Ho=E0?=\r\n\r\nx").await;
    post.append(b"\xff\xfe khong phai thu").await;
    look(&world).await;
    let all = world.clerk.get(&format!("{PAGE}?viec=tat-ca")).await;
    all.ok().shows("lồng vào nhau quá nhiều lớp").shows("bảng mã chữ").shows("Hoà");
    let broken = letters(&world, "waiting").await.remove(0);
    let page = world.clerk.get(&broken).await;
    page.ok().shows("hong.pdf").shows("Tệp bị hỏng trên đường đi").hides("vao-so-den");
    let every = [letters(&world, "plain").await, letters(&world, "automatic").await, vec![broken]].concat();
    assert_eq!(every.len(), 5);
    for path in every {
        world.clerk.get(&format!("{path}/thu-goc")).await.ok();
    }
    world.app.end().await;
}

#[tokio::test]
async fn a_letter_of_60_megabytes_stays_where_it_is_and_is_said_to() {
    let Some(post) = Box::new() else { return };
    let world = World::start().await;
    post.connect(&world, &[]).await;
    let mut mail =
        b"From: nang@so.example\r\nSubject: Nang\r\nMessage-ID: <nang@so.example>\r\n\r\n".to_vec();
    let line = [b'x'; 1022];
    for _ in 0..60 << 10 {
        mail.extend(line);
        mail.extend(b"\r\n");
    }
    post.append(&mail).await;
    look(&world).await;
    let path = letters(&world, "waiting").await.remove(0);
    world
        .clerk
        .get(&path)
        .await
        .ok()
        .shows("Quá lớn để lấy về")
        .shows("nang@so.example")
        .hides("thu-goc")
        .hides("vao-so-den");
    assert_eq!(post.folder("INBOX").await.0, 1);
    look(&world).await;
    assert_eq!(letters(&world, "waiting").await.len(), 1);
    world.app.end().await;
}
