// Labels with QR codes: chosen in the list, printed on A4, read back by a scanner.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { pagesOf } from "../support/paper.ts";
import { picture } from "../support/screens.ts";

test("an officer prints labels that a scanner reads", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/lam-viec/ho?q=lo+van");
  const picks = page.locator("[data-pick]");
  for (const at of [0, 1, 2]) await picks.nth(at).check();
  await expect(page.locator("[data-bulk-count]")).toHaveText("Đã chọn 3 dòng");
  await page.locator(".bulk").getByRole("button", { name: "In tem mã" }).click();
  await expect(page.locator(".label")).toHaveCount(3);
  await expectNoSideways(page);
  await expectAccessible(page, "label sheets");
  await picture(page, "labels");

  // The picture of the label, read as a telephone would read it.
  const label = page.locator(".label").first();
  const code = await label.locator(".label-code").innerText();
  const scan = join(tmpdir(), `sandinh-label-${process.pid}-${onPhone(page) ? "phone" : "desk"}.png`);
  writeFileSync(scan, await label.screenshot());
  const read = execFileSync("zbarimg", ["--quiet", "--raw", scan]).toString().trim();
  expect(read).toBe(`${new URL(page.url()).origin}/m/${code}`);
  await page.goto(read);
  await expect(page).toHaveURL(/\/lam-viec\/ho\//);
  await expect(page.locator("main .code").first()).toHaveText(code);
});

test("the labels of a kind fill sheets of A4 exactly", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/lam-viec/tem");
  await expectNoSideways(page);
  await expectAccessible(page, "labels, choose");
  await page.getByLabel("In tem cho").selectOption("household");
  await page.getByRole("button", { name: "Tạo tờ tem" }).first().click();
  await expect(page.locator(".label")).toHaveCount(240);
  await expect(page.locator(".label-sheet")).toHaveCount(10);
  await page.emulateMedia({ media: "print" });
  // Ten sheets are ten pages: nothing of the screen goes along, nothing is cut off.
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(pagesOf(pdf)).toBe(10);
  const box = await page.locator(".label").nth(23).boundingBox();
  const sheet = await page.locator(".label-sheet").first().boundingBox();
  expect(box!.y + box!.height).toBeLessThanOrEqual(sheet!.y + sheet!.height + 1);
});
