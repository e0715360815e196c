// What other programs say of a PDF.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What pdfsig says of its signatures. */
export function judged(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "van-ban-"));
  const file = join(folder, "a.pdf");
  writeFileSync(file, pdf);
  const told = execFileSync("pdfsig", ["-nocert", file], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return told;
}
