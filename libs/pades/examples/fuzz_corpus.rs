//! Writes signed files for the fuzzer to begin with: `cargo run -p pades --example fuzz_corpus -- fuzz/corpus/signed`.

use pades::practice::{Authority, Holder};
use pades::{Key, Signing, sign};
use std::error::Error;

const PLAIN: &[u8] = b"%PDF-1.4
1 0 obj
<</Type/Catalog/Pages 2 0 R>>
endobj
2 0 obj
<</Type/Pages/Kids[3 0 R]/Count 1>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>
endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000054 00000 n 
0000000105 00000 n 
trailer
<</Size 4/Root 1 0 R>>
startxref
170
%%EOF
";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    std::fs::create_dir_all(&folder)?;
    let authority = Authority::new("Cơ quan thử", "2020-01-01".parse()?, "2040-01-01".parse()?)?;
    let who = Holder {
        name: "Nguyễn Văn Thử",
        organisation: "UBND xã Thử",
        from: "2025-01-01".parse()?,
        until: "2030-01-01".parse()?,
    };
    let key = Key::from_pkcs12(&authority.key_file(&who, None, "thử")?, "thử")?;
    let signing = Signing { at: "2026-01-05T09:05:07+07:00".parse()?, reason: "Ký thử", place: "Thử" };
    let once = sign(PLAIN, &key, &signing)?;
    let twice = sign(&once, &key, &signing)?;
    for (name, bytes) in [("plain.pdf", PLAIN), ("once.pdf", &once), ("twice.pdf", &twice)] {
        std::fs::write(format!("{folder}/{name}"), bytes)?;
    }
    Ok(())
}
