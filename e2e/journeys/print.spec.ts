// What an office files: on paper nothing is cut off at the right, and a letter is a sheet.
import type { Page } from "@playwright/test";
import { expect, test } from "../support/journey.ts";
import { pagesOf } from "../support/paper.ts";

/** A4 between the margins of print.css, in pixels of CSS. */
const WIDTH = 643;

// Ten pages, each laid out twice: a busy machine needs its time.
test.describe.configure({ timeout: 180_000 });

test("cards and lists fit on paper", async ({ page, signIn }) => {
  await signIn("registryOfficer");
  for (const list of ["/lam-viec/ho", "/lam-viec/nguoi", "/lam-viec/den-han/bao-hiem-y-te", "/lam-viec/tai-san", "/lam-viec/ban-to"]) {
    await expectWithinPaper(page, list);
    await page.emulateMedia({ media: "screen" });
    const first = await page.locator(".table .cell-main a").first().getAttribute("href");
    await expectWithinPaper(page, first as string);
  }
});

test("a household is filed on two sheets at most", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/lam-viec/ho");
  await page.locator(".table .cell-main a").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hộ ");
  expect(pagesOf(await page.pdf({ format: "A4", preferCSSPageSize: true }))).toBeLessThanOrEqual(2);
});

test("every invitation is a sheet of its own", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/lam-viec/den-han/can-cuoc-14");
  await page.getByRole("button", { name: "In hoặc gửi giấy mời cho người chưa mời" }).click();
  const letters = page.locator(".letter");
  await expect(letters.first()).toContainText("GIẤY MỜI");
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pagesOf(pdf)).toBe(await letters.count());
});

/** The page as it is printed, as wide as the paper: its tables end where the paper ends. */
async function expectWithinPaper(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: "print" });
  const over = await page.evaluate((width) => {
    document.body.style.width = `${width}px`;
    const ends = [...document.querySelectorAll("main table, main .card, main .facts")].map((part) => part.getBoundingClientRect().right);
    return Math.max(0, ...ends) - document.body.getBoundingClientRect().right;
  }, WIDTH);
  expect(over, `${path} sticks out of the paper`).toBeLessThanOrEqual(1);
}
