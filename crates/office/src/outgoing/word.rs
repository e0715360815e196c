//! A paper as a Word file, by the same measures as the PDF.

use docx::{Align, Cell, Document, Page, Paragraph, Row, Run, Table};
use typeset::decree30::{self, Appendix, Block, Form, Paper};

/// The letters of the face are so wide on average, as a part of their size: for rules as long as a text.
const BOLD_WIDTH: f64 = 0.53;
const MM: f64 = 25.4 / 72.0;
const RED: &str = "E4002B";
/// Between lines of the heading, in points.
const TIGHT: f64 = 2.5;

pub(super) fn document(paper: &Paper) -> Document {
    let margins = paper.layout.margins;
    let page = Page {
        top: margins.top,
        bottom: margins.bottom,
        left: margins.left,
        right: margins.right,
        ..Page::A4
    };
    let page = if paper.landscape { page.turned() } else { page };
    let mut out = Document::new(page, "Times New Roman", paper.layout.sizes.body);
    out.page_number = paper.layout.sizes.page;
    out.title = format!("{} {}{}", paper.title, paper.number.trim(), paper.symbol).trim().to_owned();
    out.author = paper.issuer.join(" ");
    out.foot =
        paper.contact.iter().map(|line| centred(line, paper.layout.sizes.contact, Look::Plain)).collect();
    out.push(heading(paper, page.inside()));
    if paper.form == Form::Letter {
        addressees(paper, &mut out);
    } else {
        title(paper, page.inside(), &mut out);
        addressees(paper, &mut out);
    }
    let body = Body { paper, inside: page.inside() };
    body.write(&mut out);
    out.push(Paragraph::of(Run::new("").size(8.0)).with_next());
    out.push(foot(paper, page.inside()));
    let upright = if paper.landscape { page.turned() } else { page };
    for one in &paper.appendices {
        let page = if one.landscape { upright.turned() } else { upright };
        out.push(page);
        appendix(paper, one, page.inside(), &mut out);
    }
    out
}

fn appendix(paper: &Paper, one: &Appendix, inside: f64, out: &mut Document) {
    let sizes = paper.layout.sizes;
    out.push(centred(&one.name, sizes.body, Look::Bold));
    if !one.title.is_empty() {
        out.push(centred(&one.title, sizes.title, Look::Bold).indents(8.0, 8.0));
    }
    out.push(centred(&format!("({})", paper.attached), sizes.body, Look::Italic));
    out.push(rule(&paper.attached, sizes.body, 0.4, inside));
    let body = Body { paper, inside };
    one.blocks.iter().for_each(|block| body.block(block, out));
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    Bold,
    Italic,
}

fn run(text: &str, size: f64, look: Look) -> Run {
    let run = Run::new(text).size(size);
    match look {
        Look::Plain => run,
        Look::Bold => run.bold(),
        Look::Italic => run.italic(),
    }
}

fn centred(text: &str, size: f64, look: Look) -> Paragraph {
    Paragraph::of(run(text, size, look)).align(Align::Centre).gaps(0.0, TIGHT)
}

/// A rule in the middle of a column of this width, as long as this part of a text.
fn rule(text: &str, size: f64, part: f64, column: f64) -> Paragraph {
    let long = (text.chars().count() as f64 * size * BOLD_WIDTH * MM * part).min(column);
    let side = (column - long) / 2.0;
    Paragraph::of(Run::new("").size(4.0)).indents(side, side).gaps(1.0, 3.0).rule()
}

/// Boxes 1 to 5b and 10b: two columns without lines.
fn heading(paper: &Paper, inside: f64) -> Table {
    let (sizes, words) = (paper.layout.sizes, &paper.layout.heading);
    let widths = vec![inside * 0.43, inside * 0.57];
    let mut left: Vec<Paragraph> =
        paper.above.iter().map(|line| centred(line, sizes.above, Look::Plain)).collect();
    left.extend(paper.issuer.iter().map(|line| centred(line, sizes.issuer, Look::Bold)));
    let last = paper.issuer.last().map_or("", String::as_str);
    left.push(if words.mark.is_empty() {
        rule(last, sizes.issuer, 0.4, widths[0])
    } else {
        centred(&words.mark, sizes.issuer, Look::Plain)
    });
    let mut right = vec![centred(&words.state, sizes.state, Look::Bold)];
    if words.motto.is_empty() {
        right.push(rule(&words.state, sizes.state, 1.0, widths[1]));
    } else {
        right.push(centred(&words.motto, sizes.motto, Look::Bold));
        right.push(rule(&words.motto, sizes.motto, 0.95, widths[1]));
    }
    let number =
        centred(&format!("{}{}{}", words.number, paper.number, paper.symbol), sizes.number, Look::Plain);
    let place = centred(&paper.place_and_date, sizes.place, Look::Italic);
    let mut under = Vec::new();
    if paper.form == Form::Letter && !paper.subject.is_empty() {
        under.push(
            centred(&format!("V/v {}", paper.subject), sizes.letter_subject, Look::Plain).gaps(6.0, 0.0),
        );
    }
    if !paper.stamp.is_empty() {
        let mut run = run(&paper.stamp, sizes.stamp, Look::Bold);
        run.colour = RED;
        let mut stamp = Paragraph::of(run).align(Align::Centre).gaps(6.0, 0.0);
        let side = (widths[0] - stamp_width(&paper.stamp)) / 2.0;
        (stamp.left, stamp.right, stamp.boxed) = (side, side, RED);
        under.push(stamp);
    }
    if !paper.circulation.is_empty() {
        let mut one = centred(&paper.circulation, sizes.stamp, Look::Bold).gaps(6.0, 0.0);
        let wide = paper.circulation.chars().count() as f64 * sizes.stamp * 0.72 * MM + 4.0;
        let side = ((widths[0] - wide) / 2.0).max(0.0);
        (one.left, one.right, one.boxed) = (side, side, "000000");
        under.push(one);
    }
    let row =
        |left, right| Row { cells: vec![Cell { paragraphs: left }, Cell { paragraphs: right }], head: false };
    let mut rows = vec![row(left, right), row(vec![number], vec![place])];
    if !under.is_empty() {
        rows.push(row(under, Vec::new()));
    }
    Table { widths, rows, lines: false }
}

fn stamp_width(stamp: &str) -> f64 {
    match stamp {
        "KHẨN" => 20.0,
        "HỎA TỐC" => 30.0,
        _ => 40.0,
    }
}

/// Box 5a.
fn title(paper: &Paper, inside: f64, out: &mut Document) {
    let size = paper.layout.sizes.title;
    out.push(centred(&paper.title, size, Look::Bold).gaps(14.0, TIGHT));
    if !paper.subject.is_empty() {
        out.push(centred(&paper.subject, size, Look::Bold).indents(8.0, 8.0));
        let shown: String = paper.subject.chars().take(60).collect();
        out.push(rule(&shown, size, 0.4, inside));
    }
}

/// Box 9a.
fn addressees(paper: &Paper, out: &mut Document) {
    let size = paper.layout.sizes.to;
    if let [one] = paper.to.as_slice() {
        out.push(centred(&format!("Kính gửi: {one}"), size, Look::Plain).gaps(14.0, 10.0));
    } else if !paper.to.is_empty() {
        out.push(Paragraph::of(run("Kính gửi:", size, Look::Plain)).indents(30.0, 0.0).gaps(14.0, 3.0));
        for line in &paper.to {
            out.push(
                Paragraph::of(run(&format!("- {line}"), size, Look::Plain)).indents(50.0, 0.0).gaps(0.0, 3.0),
            );
        }
    }
}

struct Body<'p> {
    paper: &'p Paper,
    inside: f64,
}

impl Body<'_> {
    fn write(&self, out: &mut Document) {
        let size = self.paper.layout.sizes.body;
        for line in &self.paper.authority {
            out.push(centred(line, size, Look::Bold).gaps(self.gap(), self.gap()));
        }
        for line in &self.paper.grounds {
            out.push(self.paragraph(vec![run(line, size, Look::Italic)]));
        }
        for block in &self.paper.blocks {
            self.block(block, out);
        }
    }

    fn gap(&self) -> f64 {
        self.paper.layout.paragraph_gap / 2.0
    }

    fn paragraph(&self, runs: Vec<Run>) -> Paragraph {
        Paragraph::new(runs)
            .align(Align::Both)
            .first_line(self.paper.layout.first_line)
            .gaps(self.gap(), self.gap())
    }

    fn runs(&self, runs: &[decree30::Run], bold: bool, italic: bool) -> Vec<Run> {
        let one = |run: &decree30::Run| Run {
            size: self.paper.layout.sizes.body,
            bold: bold || run.bold,
            italic: italic || run.italic,
            ..Run::new(run.text.clone())
        };
        runs.iter().map(one).collect()
    }

    fn block(&self, block: &Block, out: &mut Document) {
        match block {
            Block::Plain { runs } => out.push(self.paragraph(self.runs(runs, false, false))),
            Block::Ground { runs } => out.push(self.paragraph(self.runs(runs, false, true))),
            Block::Article { head, runs, title } => {
                let mut all = vec![Run::new(format!("{head} ")).size(self.paper.layout.sizes.body).bold()];
                all.extend(self.runs(runs, *title, false));
                out.push(self.paragraph(all));
            }
            Block::Middle { runs } => {
                let one = Paragraph::new(self.runs(runs, true, false)).align(Align::Centre);
                out.push(one.gaps(10.0, 10.0).with_next());
            }
            Block::PartTitle { text } => {
                out.push(centred(text, self.paper.layout.sizes.body, Look::Bold).gaps(0.0, 10.0).with_next());
            }
            Block::Table { head, rows } => out.push(self.table(*head, rows)),
        }
    }

    fn table(&self, head: bool, rows: &[Vec<Vec<decree30::Run>>]) -> Table {
        let columns = rows.first().map_or(1, Vec::len).max(1);
        let cell = |runs: &Vec<decree30::Run>, head: bool| {
            let one = Paragraph::new(self.runs(runs, head, false)).gaps(2.0, 2.0);
            Cell { paragraphs: vec![if head { one.align(Align::Centre) } else { one }] }
        };
        let row = |(at, cells): (usize, &Vec<Vec<decree30::Run>>)| {
            let head = head && at == 0;
            Row { cells: cells.iter().map(|runs| cell(runs, head)).collect(), head }
        };
        let widths = vec![self.inside / columns as f64; columns];
        Table { widths, rows: rows.iter().enumerate().map(row).collect(), lines: true }
    }
}

/// Boxes 7 and 9b, level with each other.
fn foot(paper: &Paper, inside: f64) -> Table {
    let sizes = paper.layout.sizes;
    let word = Run::new("Nơi nhận:").size(sizes.receivers_title);
    let word = if paper.layout.receivers_underlined { word.underline() } else { word.bold().italic() };
    let mut left = vec![Paragraph::of(word).gaps(0.0, TIGHT)];
    let line = |line: &String| Paragraph::of(run(line, sizes.receivers, Look::Plain)).gaps(0.0, TIGHT);
    left.extend(paper.receivers.iter().map(line));
    let mut right: Vec<Paragraph> =
        paper.signer.iter().map(|line| centred(line, sizes.signer, Look::Bold)).collect();
    let gap = paper.layout.signature_gap / MM;
    right.push(centred(&paper.signer_name, sizes.signer, Look::Bold).gaps(gap, 0.0));
    let cells = vec![Cell { paragraphs: left }, Cell { paragraphs: right }];
    Table { widths: vec![inside / 2.0; 2], rows: vec![Row { cells, head: false }], lines: false }
}
