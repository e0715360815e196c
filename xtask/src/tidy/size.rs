//! Files and functions that one can take in.

use super::house::{Fault, House};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;
const FILE_BYTES: u64 = 500_000;

pub fn long_files(house: &House) -> Vec<Fault> {
    let written =
        |path: &str| [".rs", ".ts", ".mjs", ".css", ".html"].iter().any(|kind| path.ends_with(kind));
    let long =
        house.files.iter().filter(|file| written(&file.path) && file.text.lines().count() > FILE_LINES);
    long.map(|file| Fault::of(&file.path, format!("{} lines; split it by noun", file.text.lines().count())))
        .collect()
}

pub fn long_functions(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, source) in house.rust() {
        for (name, first, last) in source.functions() {
            let lines = last - first + 1;
            if lines > FUNCTION_LINES {
                faults.push(Fault::at(&file.path, first, format!("{name} has {lines} lines")));
            }
        }
    }
    faults
}

pub fn big_files(house: &House) -> Vec<Fault> {
    let big = house.files.iter().filter(|file| file.bytes > FILE_BYTES);
    big.map(|file| Fault::of(&file.path, format!("{} kB", file.bytes / 1000))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_found_and_data_is_not_meant() {
        let lines = "x\n".repeat(FILE_LINES + 1);
        let house = House::sample(&[("a.rs", &lines), ("b.csv", &lines), ("c.css", "x\n")]);
        assert_eq!(long_files(&house), [Fault::of("a.rs", "401 lines; split it by noun".into())]);
    }

    #[test]
    fn a_long_function_is_found() {
        let text = format!("fn short() {{}}\nfn long() {{\n{}}}\n", "    x();\n".repeat(FUNCTION_LINES));
        let faults = long_functions(&House::sample(&[("a.rs", &text)]));
        assert_eq!(faults, [Fault::at("a.rs", 2, "long has 72 lines")]);
    }

    #[test]
    fn a_big_file_is_found() {
        let house = House::sample(&[("a.bin", &"x".repeat(500_001))]);
        assert_eq!(big_files(&house).len(), 1);
    }
}
