//! What a document is made of.

/// Paper and margins in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    pub top: f64,
    pub bottom: f64,
    pub left: f64,
    pub right: f64,
}

impl Page {
    pub const A4: Page =
        Page { width: 210.0, height: 297.0, top: 20.0, bottom: 20.0, left: 30.0, right: 20.0 };

    /// On its side: the upper edge becomes the right one.
    #[must_use]
    pub fn turned(self) -> Page {
        Page { width: self.height, height: self.width, ..self }
    }

    /// Between the margins.
    pub fn inside(&self) -> f64 {
        self.width - self.left - self.right
    }
}

#[derive(Debug, Clone)]
pub struct Document {
    pub page: Page,
    pub font: String,
    /// Of letters that say nothing else.
    pub size: f64,
    /// Of the page number; 0 for none.
    pub page_number: f64,
    pub title: String,
    pub author: String,
    /// Of the text, `vi-VN`.
    pub language: String,
    pub blocks: Vec<Block>,
    /// At the foot of the first page.
    pub foot: Vec<Paragraph>,
}

impl Document {
    pub fn new(page: Page, font: &str, size: f64) -> Document {
        Document {
            page,
            font: font.to_owned(),
            size,
            page_number: 0.0,
            title: String::new(),
            author: String::new(),
            language: "vi-VN".to_owned(),
            blocks: Vec::new(),
            foot: Vec::new(),
        }
    }

    pub fn push(&mut self, block: impl Into<Block>) {
        self.blocks.push(block.into());
    }
}

#[derive(Debug, Clone)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
    /// What follows stands on a page of its own, on this paper, with pages counted from 1 and no foot.
    Part(Page),
}

impl From<Page> for Block {
    fn from(page: Page) -> Block {
        Block::Part(page)
    }
}

impl From<Paragraph> for Block {
    fn from(paragraph: Paragraph) -> Block {
        Block::Paragraph(paragraph)
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Block {
        Block::Table(table)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Left,
    Centre,
    Right,
    /// Both edges straight.
    Both,
}

/// Letters of one kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    pub text: String,
    /// In points; 0 is the document's.
    pub size: f64,
    pub bold: bool,
    pub italic: bool,
    pub underline: bool,
    /// Six hexadecimal digits; empty is black.
    pub colour: &'static str,
}

impl Run {
    pub fn new(text: impl Into<String>) -> Run {
        Run { text: text.into(), ..Run::default() }
    }

    #[must_use]
    pub fn size(mut self, points: f64) -> Run {
        self.size = points;
        self
    }

    #[must_use]
    pub fn bold(mut self) -> Run {
        self.bold = true;
        self
    }

    #[must_use]
    pub fn italic(mut self) -> Run {
        self.italic = true;
        self
    }

    #[must_use]
    pub fn underline(mut self) -> Run {
        self.underline = true;
        self
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paragraph {
    pub runs: Vec<Run>,
    pub align: Align,
    /// Above and below, in points.
    pub before: f64,
    pub after: f64,
    /// The first line's, in mm.
    pub first_line: f64,
    /// From the left and the right, in mm.
    pub left: f64,
    pub right: f64,
    /// Stays on the page of what follows.
    pub with_next: bool,
    /// A rule above it, as wide as the paragraph.
    pub rule: bool,
    /// A box around it, in this colour; empty for none.
    pub boxed: &'static str,
}

impl Paragraph {
    pub fn new(runs: Vec<Run>) -> Paragraph {
        Paragraph { runs, ..Paragraph::default() }
    }

    pub fn of(run: Run) -> Paragraph {
        Paragraph::new(vec![run])
    }

    #[must_use]
    pub fn align(mut self, align: Align) -> Paragraph {
        self.align = align;
        self
    }

    #[must_use]
    pub fn gaps(mut self, before: f64, after: f64) -> Paragraph {
        (self.before, self.after) = (before, after);
        self
    }

    #[must_use]
    pub fn first_line(mut self, mm: f64) -> Paragraph {
        self.first_line = mm;
        self
    }

    #[must_use]
    pub fn indents(mut self, left: f64, right: f64) -> Paragraph {
        (self.left, self.right) = (left, right);
        self
    }

    #[must_use]
    pub fn with_next(mut self) -> Paragraph {
        self.with_next = true;
        self
    }

    #[must_use]
    pub fn rule(mut self) -> Paragraph {
        self.rule = true;
        self
    }
}

#[derive(Debug, Clone, Default)]
pub struct Cell {
    pub paragraphs: Vec<Paragraph>,
}

#[derive(Debug, Clone, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// Comes again at the top of each page.
    pub head: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Of the columns, in mm.
    pub widths: Vec<f64>,
    pub rows: Vec<Row>,
    pub lines: bool,
}
