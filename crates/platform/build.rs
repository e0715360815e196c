//! The law files are inside the program: a new or changed one under `data/` builds it anew.

fn main() {
    println!("cargo::rerun-if-changed=../../data");
}
