//! Writes `data/demo/gia-phu.geojson` anew: `cargo run -p demo --example write_map`.

fn main() -> std::io::Result<()> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/demo/gia-phu.geojson");
    std::fs::write(file, demo::map::geojson())
}
