use crate::tlv::Fields;
use crate::transfer::Transfer;
use std::fmt;

/// A payload that was read: what it is, and every field as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// What the code is for.
    pub kind: Kind,
    /// All fields in their order, known or not, without the checksum.
    pub fields: Vec<Field>,
}

/// What a payment code is for. People scan the wrong one: the sign of a shop is not the account of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A transfer through NAPAS.
    Transfer(Transfer),
    /// Another service of NAPAS: payment in a shop (`QRPUSH`, also when none is named), cash at a machine.
    NapasService {
        /// The name in 38.02, if there is one.
        service: Option<String>,
    },
    /// A shop or bill of VNPAY-QR, which only programs that work with VNPAY can pay.
    VnPay,
    /// Some other payment code, as that of a wallet or of another country.
    Other,
}

/// One field of a payload.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// 0 to 99.
    pub id: u8,
    /// Printable ASCII, 1 to 99 characters.
    pub value: String,
}

impl Payload {
    /// The value of a field, by the ids down to it.
    ///
    /// ```
    /// # let payload = "00020101021238570010A000000727012700069704030113001101234567802\
    /// #     08QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E";
    /// let payload = vietqr::decode(payload)?;
    /// assert_eq!(payload.find(&[54]), Some("180000"));
    /// assert_eq!(payload.find(&[38, 1, 0]), Some("970403"));
    /// assert_eq!(payload.find(&[62, 7]), None);
    /// # Ok::<(), vietqr::DecodeProblem>(())
    /// ```
    pub fn find(&self, ids: &[u8]) -> Option<&str> {
        let (first, inner) = ids.split_first()?;
        let field = self.fields.iter().find(|field| field.id == *first)?;
        inner.iter().try_fold(field.value.as_str(), |value, id| Fields::read("", value).ok()?.find(*id))
    }
}

/// The value may be an account or a name.
impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({:02}, {} characters)", self.id, self.value.len())
    }
}
