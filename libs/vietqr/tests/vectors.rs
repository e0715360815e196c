//! Published and computed vectors. All accounts are published or fictitious.

use vietqr::*;

const VECTORS: &str = include_str!("data/vectors.csv");

/// The rows of the file; the payload is column 11 and no column before it holds a comma.
fn vectors() -> Vec<Vec<&'static str>> {
    let rows = VECTORS.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|row| row.split(',').collect()).collect()
}

fn transfer(payload: &str) -> Transfer {
    match decode(payload).unwrap().kind {
        Kind::Transfer(transfer) => transfer,
        kind => panic!("{kind:?}"),
    }
}

#[test]
fn every_vector_is_read_and_written() {
    let mut written = 0;
    for row in vectors() {
        let payload = row[11];
        let (body, sum) = payload.split_at(payload.len() - 4);
        assert_eq!((format!("{:04X}", crc(body.as_bytes())).as_str(), sum), (row[9], row[9]), "{}", row[0]);
        if row[0] == "napas-6.1.1" {
            let want = DecodeProblem { field: "38.01".into(), fault: Fault::LeftOver { bytes: 1 } };
            assert_eq!(decode(payload), Err(want));
            continue;
        }
        let read = transfer(payload);
        assert_eq!((&*read.bin, &*read.account), (row[3], row[4]), "{}", row[0]);
        assert_eq!(read.target == Target::Card, row[5] == "QRIBFTTC", "{}", row[0]);
        assert_eq!(read.amount, row[6].parse().ok(), "{}", row[0]);
        assert_eq!(read.mode == Mode::Dynamic, read.amount.is_some(), "{}", row[0]);
        assert_eq!(read.bill.as_deref().unwrap_or_default(), row[7], "{}", row[0]);
        assert_eq!(read.purpose.as_deref().unwrap_or_default(), row[8], "{}", row[0]);
        assert!(Banks::built_in().find(&read.bin).is_some(), "{}", row[0]);
        assert_eq!(read.encode().as_deref(), Ok(payload), "{}", row[0]);
        written += usize::from(row[10] == "yes");
    }
    assert_eq!(written, 6);
}

#[test]
fn the_builder_writes_the_vectors() {
    let payload = |id: &str| vectors().into_iter().find(|row| row[0] == id).unwrap()[11];
    let bill = Transfer::to_account("970403", "0011012345678")
        .with_amount(180_000)
        .with_bill("NPS6869")
        .with_purpose("Thanh toán đơn hàng".to_lowercase());
    assert_eq!(bill.encode().unwrap(), payload("napas-6.1.3"));
    let card = Transfer::to_card("970403", "9704031101234567");
    assert_eq!(card.encode().unwrap(), payload("napas-6.1.2"));
    let sign = Transfer::to_account("970405", "1900000000001");
    assert_eq!(sign.encode().unwrap(), payload("syn-1"));
}

#[test]
fn the_checksum_is_that_of_the_standard() {
    assert_eq!(crc(b"123456789"), 0x29B1);
    assert_eq!(crc(b""), 0xFFFF);
    let payload = vectors().into_iter().find(|row| row[0] == "vqp-parse").unwrap()[11];
    let problem = decode(payload.replace("BBB8", "BBB5")).unwrap_err();
    assert_eq!(problem.to_string(), "field 63: the checksum does not fit the payload");
    for small in ["bbb8", "bBb8"] {
        assert_eq!(decode(payload.replace("BBB8", small)), decode(payload));
    }
}
