/// How much one file may ask of us. The defaults suit a commune of some ten thousand people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as uploaded.
    pub max_file_bytes: u64,
    /// Bytes of all parts after unpacking. Memory in use stays within a small multiple of it.
    pub max_unpacked_bytes: u64,
    /// Unpacked bytes for each packed byte of one part; real sheets stay below 50.
    pub max_ratio: u64,
    /// Rows that hold anything, of one sheet.
    pub max_rows: u32,
    /// Columns that hold anything.
    pub max_columns: u16,
    /// Characters in one cell; a longer one is kept as its beginning and reported where it is read.
    pub max_cell_chars: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_file_bytes: 20 << 20,
            max_unpacked_bytes: 200 << 20,
            max_ratio: 200,
            max_rows: 100_000,
            max_columns: 200,
            max_cell_chars: 10_000,
        }
    }
}

impl Limits {
    /// Cells that hold anything, of one sheet: fifty for each allowed row.
    pub(crate) fn max_cells(&self) -> usize {
        self.max_rows as usize * 50
    }
}
