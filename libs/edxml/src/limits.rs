/// How much a package may hold. What is beyond ends the reading with its [`Fault`](crate::Fault).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole file.
    pub package: u64,
    /// Bytes of one text outside the attachments, and of everything in one signature.
    pub text: usize,
    /// Bytes of one tag with its attributes.
    pub tag: usize,
    /// Elements inside elements.
    pub depth: usize,
    /// Elements altogether.
    pub elements: usize,
    /// Attachments.
    pub attachments: usize,
    /// Bytes of one attachment, unwrapped.
    pub attachment: usize,
    /// Bytes of all attachments, unwrapped.
    pub total: usize,
}

impl Default for Limits {
    /// What an agency sends on a bad day, and a machine of 4 GB bears.
    fn default() -> Limits {
        Limits {
            package: 200 << 20,
            text: 256 << 10,
            tag: 16 << 10,
            depth: 24,
            elements: 20_000,
            attachments: 200,
            attachment: 100 << 20,
            total: 150 << 20,
        }
    }
}
