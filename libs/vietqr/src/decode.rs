use crate::encode::{MAX_ACCOUNT, MAX_AMOUNT, is_account, is_bin};
use crate::fault::{DecodeProblem, Fault};
use crate::payload::{Field, Kind, Payload};
use crate::tlv::{Fields, Reader};
use crate::transfer::{Mode, Target, Transfer};
use crate::{NAPAS, VNPAY, crc};

/// The longest payload that EMVCo allows.
const MAX_PAYLOAD: usize = 512;

/// Every payload begins with field 00, whose value is always 01.
const START: &str = "000201";

/// Reads a payload strictly: every length and the checksum must fit. Field 00 comes first and 63 last, the
/// others in any order. Whoever has the line end of a scanner at the end takes it off before.
///
/// ```
/// use vietqr::{Fault, decode};
/// // The first example of NAPAS itself: its 38.01 says twelve digits and has thirteen.
/// let problem = decode("00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA\
///                       53037045802VN6304F4E5").unwrap_err();
/// assert_eq!((problem.field.as_str(), problem.fault), ("38.01", Fault::LeftOver { bytes: 1 }));
/// assert_eq!(problem.to_string(), "field 38.01: leaves 1 over at the end, too few for a field");
/// ```
pub fn decode(payload: impl AsRef<[u8]>) -> Result<Payload, DecodeProblem> {
    let bytes = payload.as_ref();
    let whole = |fault| Err(DecodeProblem::new("", fault));
    match bytes.len() {
        0 => return whole(Fault::Empty),
        bytes if bytes > MAX_PAYLOAD => return whole(Fault::TooLong { bytes }),
        _ if !bytes.starts_with(START.as_bytes()) => return whole(Fault::Start),
        _ => {}
    }
    let fields = checked(bytes)?;
    let kind = kind(&fields)?;
    let keep = |&(id, value): &(u8, &str)| Field { id, value: value.to_owned() };
    Ok(Payload { kind, fields: fields.0.iter().map(keep).collect() })
}

/// The fields before the checksum, which fits them.
fn checked(bytes: &[u8]) -> Result<Fields<'_>, DecodeProblem> {
    let mut fields = Fields::default();
    let mut reader = Reader { inside: "", rest: bytes };
    while !reader.rest.is_empty() {
        let (id, value) = reader.read()?;
        if id != 63 {
            fields.add("", id, value)?;
            continue;
        }
        let here = |fault| Err(DecodeProblem::new("63", fault));
        if value.len() != 4 || !value.bytes().all(|b| b.is_ascii_hexdigit()) {
            return here(Fault::Value("four hexadecimal digits"));
        }
        if !reader.rest.is_empty() {
            return here(Fault::NotLast { bytes: reader.rest.len() });
        }
        // Some programs write it in small letters.
        let computed = crc(&bytes[..bytes.len() - value.len()]);
        return if u16::from_str_radix(value, 16) == Ok(computed) { Ok(fields) } else { here(Fault::Crc) };
    }
    Err(DecodeProblem::new("63", Fault::Missing))
}

fn kind(fields: &Fields) -> Result<Kind, DecodeProblem> {
    if let Some(payee) = fields.find(38) {
        let payee = Fields::read("38", payee)?;
        if payee.find(0) == Some(NAPAS) {
            let service = payee.find(2);
            return match service.and_then(Target::of_service) {
                Some(target) => Ok(Kind::Transfer(transfer(fields, &payee, target)?)),
                None => Ok(Kind::NapasService { service: service.map(str::to_owned) }),
            };
        }
    }
    // Others put plain text into 26, so what is no row of fields is simply not VNPAY.
    let guid = fields.find(26).and_then(|value| Fields::read("26", value).ok()?.find(0));
    Ok(if guid == Some(VNPAY) { Kind::VnPay } else { Kind::Other })
}

fn transfer(fields: &Fields, payee: &Fields, target: Target) -> Result<Transfer, DecodeProblem> {
    let bank = Fields::read("38.01", payee.get("38", 1)?)?;
    let (bin, account) = (bank.get("38.01", 0)?, bank.get("38.01", 1)?);
    expect("38.01.00", "six digits", is_bin(bin))?;
    expect("38.01.01", "letters and digits, of a card digits only", is_account(target, account))?;
    expect("38.01.01", "at most 19 characters", account.len() <= MAX_ACCOUNT)?;
    let mode = Mode::of_code(fields.get("", 1)?);
    let mode = mode.ok_or_else(|| DecodeProblem::new("01", Fault::Value("11 or 12")))?;
    expect("53", "704 (đồng)", fields.get("", 53)? == "704")?;
    expect("58", "VN", fields.get("", 58)? == "VN")?;
    let additional = Fields::read("62", fields.find(62).unwrap_or_default())?;
    let text = |value: Option<&str>| value.map(str::to_owned);
    Ok(Transfer {
        bin: bin.to_owned(),
        account: account.to_owned(),
        target,
        mode,
        // An amount on a static code is not for us to write, but there are such signs, and banks take them.
        amount: fields.find(54).map(amount).transpose()?,
        bill: text(additional.find(1)),
        purpose: text(additional.find(8)),
        merchant_name: text(fields.find(59)),
        merchant_city: text(fields.find(60)),
    })
}

fn expect(field: &str, what: &'static str, holds: bool) -> Result<(), DecodeProblem> {
    if holds { Ok(()) } else { Err(DecodeProblem::new(field, Fault::Value(what))) }
}

/// The đồng has no smaller unit, so there is no point and nothing behind it.
fn amount(text: &str) -> Result<u64, DecodeProblem> {
    let whole = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    let amount = text.parse().ok().filter(|amount| whole && *amount <= MAX_AMOUNT);
    let what = "an amount of whole đồng: at most 13 digits, no leading zero";
    amount.ok_or_else(|| DecodeProblem::new("54", Fault::Value(what)))
}
