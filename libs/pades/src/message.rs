//! The signed message (CMS, RFC 5652) that stands in a PDF, with the attributes that PAdES asks for (ETSI EN 319 122-1).

use crate::cert::Certificate;
use crate::fault::Fault;
use crate::key::{KeyKind, Signer};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode, Encode, Sequence, SliceReader};
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_cert::attr::Attribute;

pub(crate) const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
/// Binds the signature to this certificate, so that none of the same key can be put in its place (RFC 5035).
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

#[derive(Sequence)]
struct SigningCertificateV2 {
    certs: Vec<CertIdV2>,
}

/// The hash is SHA-256, which the standard lets be left out.
#[derive(Sequence)]
struct CertIdV2 {
    hash: OctetString,
}

/// `parts` are the signed bytes, in order.
pub(crate) fn digest(kind: ObjectIdentifier, parts: [&[u8]; 2]) -> Option<Vec<u8>> {
    fn of<D: Digest>(parts: [&[u8]; 2]) -> Vec<u8> {
        let mut digest = D::new();
        parts.iter().for_each(|part| digest.update(part));
        digest.finalize().to_vec()
    }
    match kind.to_string().as_str() {
        "2.16.840.1.101.3.4.2.1" => Some(of::<Sha256>(parts)),
        "2.16.840.1.101.3.4.2.2" => Some(of::<Sha384>(parts)),
        "2.16.840.1.101.3.4.2.3" => Some(of::<Sha512>(parts)),
        _ => None,
    }
}

/// The message over these bytes, in DER.
pub(crate) fn make(key: &dyn Signer, parts: [&[u8]; 2]) -> Result<Vec<u8>, Fault> {
    let kind = key.kind()?;
    assemble(key, kind, parts).map_err(|error| Fault::Signature(error.to_string()))?
}

fn assemble(key: &dyn Signer, of: KeyKind, parts: [&[u8]; 2]) -> der::Result<Result<Vec<u8>, Fault>> {
    let kind = of.digest_kind();
    let sum = digest(kind.oid, parts).unwrap_or_default();
    let parsed = |one: &Certificate| x509_cert::Certificate::from_der(one.der());
    let own = parsed(key.certificate())?;
    let certificate = Sha256::digest(key.certificate().der());
    let named =
        SigningCertificateV2 { certs: vec![CertIdV2 { hash: OctetString::new(certificate.as_slice())? }] };
    let mut attributes = SetOfVec::new();
    for (oid, value) in [
        (CONTENT_TYPE, Any::from(DATA)),
        (MESSAGE_DIGEST, Any::encode_from(&OctetString::new(sum)?)?),
        (SIGNING_CERTIFICATE, Any::encode_from(&named)?),
    ] {
        attributes.insert(Attribute { oid, values: SetOfVec::try_from(vec![value])? })?;
    }
    let signature = match key.sign(&attributes.to_der()?) {
        Ok(signature) => signature,
        Err(fault) => return Ok(Err(fault)),
    };
    let body = own.tbs_certificate();
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: body.issuer().clone(),
            serial_number: body.serial_number().clone(),
        }),
        digest_alg: kind.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: of.signature_kind(),
        signature: OctetString::new(signature)?,
        unsigned_attrs: None,
    };
    let mut certificates = CertificateSet(SetOfVec::new());
    for one in std::iter::once(key.certificate()).chain(key.chain()) {
        certificates.0.insert(CertificateChoices::Certificate(parsed(one)?))?;
    }
    let signed = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![kind])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: DATA, econtent: None },
        certificates: Some(certificates),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::try_from(vec![signer])?),
    };
    let message = ContentInfo { content_type: SIGNED_DATA, content: Any::encode_from(&signed)? };
    message.to_der().map(Ok)
}

/// What a message says, before anything of it is believed.
pub(crate) struct Read {
    pub signer: SignerInfo,
    pub certificate: x509_cert::Certificate,
    pub others: Vec<x509_cert::Certificate>,
    /// Of the signed attributes, as they were signed.
    pub attributes: Vec<u8>,
    pub digest: Vec<u8>,
    /// The hash of the signer's certificate that the signature names, when it names one.
    pub named: Option<Vec<u8>>,
}

/// Reads a message; zeros after it, which fill the place that was left, are passed over.
pub(crate) fn read(bytes: &[u8]) -> Result<Read, Fault> {
    let parsed = parse(bytes).map_err(|error| Fault::Signature(error.to_string()))?;
    let missing = |what: &str| Fault::Signature(format!("no {what}"));
    let mut signers = parsed.signer_infos.0.into_vec();
    let signer = signers.pop().ok_or_else(|| missing("signer"))?;
    if !signers.is_empty() {
        return Err(Fault::Signature("more than one signer in one signature".to_owned()));
    }
    let all = parsed.certificates.map(|set| set.0.into_vec()).unwrap_or_default();
    let all = all.into_iter().filter_map(|one| match one {
        CertificateChoices::Certificate(one) => Some(one),
        CertificateChoices::Other(_) => None,
    });
    let (mut own, others): (Vec<_>, Vec<_>) = all.partition(|one| belongs(&signer.sid, one));
    let certificate = own.pop().ok_or_else(|| missing("certificate of the signer"))?;
    let signed = signer.signed_attrs.clone().ok_or_else(|| missing("signed attributes"))?;
    let attributes = signed.to_der().map_err(|error| Fault::Signature(error.to_string()))?;
    let value = |oid| signed.iter().find(|one| one.oid == oid).and_then(|one| one.values.iter().next());
    let digest = value(MESSAGE_DIGEST).and_then(|value| value.decode_as::<OctetString>().ok());
    let digest = digest.ok_or_else(|| missing("digest"))?.as_bytes().to_vec();
    let named = value(SIGNING_CERTIFICATE).and_then(|value| value.decode_as::<SigningCertificateV2>().ok());
    let named = named.and_then(|named| named.certs.first().map(|one| one.hash.as_bytes().to_vec()));
    Ok(Read { signer, certificate, others, attributes, digest, named })
}

fn parse(bytes: &[u8]) -> der::Result<SignedData> {
    let message = ContentInfo::decode(&mut SliceReader::new(bytes)?)?;
    message.content.decode_as::<SignedData>()
}

fn belongs(signer: &SignerIdentifier, certificate: &x509_cert::Certificate) -> bool {
    let body = certificate.tbs_certificate();
    match signer {
        SignerIdentifier::IssuerAndSerialNumber(one) => {
            one.issuer == *body.issuer() && one.serial_number == *body.serial_number()
        }
        SignerIdentifier::SubjectKeyIdentifier(_) => SignerIdentifier::from(certificate) == *signer,
    }
}
