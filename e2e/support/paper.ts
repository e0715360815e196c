// What came out of the printer.

/** How many pages a PDF has. Chromium writes its page objects in plain text. */
export function pagesOf(pdf: Buffer): number {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}
