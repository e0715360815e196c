//! Bad files, as an officer meets them: what is wrong is said in a sentence, and nothing is written.

use crate::import_desk::Commune;
use crate::sheet::{HEADINGS, couple, excel, long_list, package, raw_sheet};
use http::Method;
use testkit::Answer;

/// The answer to an upload that is refused at the field of the file; nothing is kept of it.
async fn refused(commune: &Commune, bytes: &[u8]) -> Answer {
    let answer = commune.upload(bytes).await;
    answer.is(422).shows("tep-error");
    assert_eq!(commune.count("import_batch", "staged").await, 0, "nothing is kept");
    assert_eq!(commune.people().await, 0);
    answer
}

#[tokio::test]
async fn a_file_that_is_not_excel_is_named_as_what_it_is() {
    let commune = Commune::start().await;
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let cases: [(&[u8], &str); 7] = [
        (b"%PDF-1.7", "Đây là tệp PDF"),
        (b"", "Chưa có tệp"),
        (b"ho ten,tuoi\na,1\nb,2\n", "Đây là tệp CSV"),
        (png, "Đây là ảnh"),
        (b"<html><table><tr><td>A</td></tr></table></html>", "Đây là trang web lưu dưới tên Excel"),
        (&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "tep-error"),
        (&[7; 300], "không phải Excel"),
    ];
    for (bytes, sentence) in cases {
        refused(&commune, bytes).await.shows(sentence);
    }
    let whole = excel(&HEADINGS, &couple());
    refused(&commune, &whole[..whole.len() / 2]).await.shows("Tệp bị hỏng hoặc tải lên chưa hết");
    let other = excel(&["Món", "Giá"], &[vec!["Chè".into(), "5000".into()]]);
    refused(&commune, &other).await.shows("Không tìm thấy dòng tiêu đề");
    commune.test.end().await;
}

#[tokio::test]
async fn a_zip_bomb_and_200_000_rows_are_refused_in_words() {
    let commune = Commune::start().await;
    let bomb = package(&vec![b' '; 300 << 20], zip::CompressionMethod::Deflated);
    assert!(bomb.len() < 1 << 20);
    refused(&commune, &bomb).await.shows("Tệp bung ra lớn bất thường");
    refused(&commune, &long_list(200_000)).await.shows("Tệp có quá nhiều dòng").shows("100.000 dòng");
    let wide: Vec<String> = (0..300).map(|n| format!("Cột {n}")).collect();
    let mut headings: Vec<&str> = vec!["Họ và tên"];
    headings.extend(wide.iter().map(String::as_str));
    let row: Vec<String> = headings.iter().map(|_| "x".to_owned()).collect();
    refused(&commune, &excel(&headings, &[row])).await.shows("Tệp có quá nhiều cột").shows("200 cột");
    commune.test.end().await;
}

#[tokio::test]
async fn a_file_that_is_too_large_is_told_in_vietnamese() {
    let commune = Commune::start().await;
    let large = package(&vec![b' '; 25 << 20], zip::CompressionMethod::Stored);
    refused(&commune, &large).await.shows("Tệp quá lớn").shows("20 MB");
    // More than the server takes in at all: it is not read to its end.
    let answer = commune.upload(&vec![b'P'; 50 << 20]).await;
    answer.is(413).shows("quá lớn").hides("length limit");
    commune.test.end().await;
}

#[tokio::test]
async fn an_upload_that_is_cut_off_keeps_nothing() {
    let commune = Commune::start().await;
    let key = commune.officer.get("/lam-viec/nhap").await.ok().field("khoa");
    let whole = excel(&HEADINGS, &couple());
    let mut body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"khoa\"\r\n\r\n{key}\r\n--b\r\nContent-Disposition: form-data; \
         name=\"tep\"; filename=\"x.xlsx\"\r\n\r\n"
    )
    .into_bytes();
    body.extend(&whole[..whole.len() / 2]);
    let kind = Some("multipart/form-data; boundary=b");
    let answer = commune.officer.send(Method::POST, "/lam-viec/nhap", kind, body).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    assert_eq!(commune.count("import_batch", "staged").await, 0);
    // The same form still works, with the same key.
    let fields = [("khoa", key.as_str())];
    commune
        .officer
        .upload("/lam-viec/nhap", &fields, "tep", "x.xlsx", &whole)
        .await
        .leads_to("/lam-viec/nhap/");
    commune.test.end().await;
}

#[tokio::test]
async fn the_same_file_twice_is_recognised_and_doubles_nobody() {
    let commune = Commune::start().await;
    let bytes = excel(&HEADINGS, &couple());
    let first = commune.checked(&bytes).await;
    commune.write(&first, "all").await;
    let columns = commune.upload(&bytes).await.location();
    commune.officer.get(&columns).await.ok().shows("đã được tải lên trước đây").shows(&first);
    let second = commune.take_columns(&columns).await;
    commune.test.run_jobs().await;
    commune.officer.get(&second).await.ok().shows("Đã có");
    commune.write(&second, "all").await;
    assert_eq!(commune.people().await, 2);
    commune.test.end().await;
}

#[tokio::test]
async fn an_odd_sheet_is_read_as_it_is_meant() {
    let commune = Commune::start().await;
    // The heading twice, as when two lists were pasted below each other; the village in merged cells; a name by a
    // formula; a birth date as a serial number; a book number with zeros before it.
    let heading: &[&str] = &[
        "STT hộ",
        "Họ và tên",
        "Quan hệ với chủ hộ",
        "Giới tính",
        "Ngày sinh",
        "Dân tộc",
        "Thôn",
        "Số sổ hộ khẩu",
    ];
    let rows: [&[&str]; 5] = [
        heading,
        &["n:1", "f:A1&B1|LÒ VĂN MẪU", "Chủ hộ", "Nam", "n:29353", "Tày", "Đông Căm", "00012"],
        &["n:1", "Vàng Thị Ví Dụ", "Vợ", "Nữ", "1982", "Tày", "", "00012"],
        heading,
        &["n:2", "Giàng A Thử", "Chủ hộ", "Nam", "1990", "Mông", "Soi Cờ", "n:7"],
    ];
    let batch = commune.checked(&raw_sheet(&rows, &["G2:G3"])).await;
    commune.officer.get(&batch).await.ok().hides("Dòng 4");
    commune.write(&batch, "all").await;
    assert_eq!((commune.people().await, commune.count("household", "active").await), (3, 2));
    let list = commune.officer.get("/api/v1/households").await.ok().json();
    let books: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|h| h["book_no"].as_str().unwrap()).collect();
    assert_eq!(books, ["00012", "7"], "zeros stay");
    commune.test.end().await;
}
