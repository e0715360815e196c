// Finding somebody, as people type: without marks, by the keyboard; and what is recorded when one looks closer.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test, withoutMarks } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test("an officer finds a household by typing without marks", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/lam-viec");
  const box = page.getByRole("banner").getByRole("searchbox");
  await box.fill("ho nguyen van");
  await box.press("Enter");
  await expect(page).toHaveURL(/\/lam-viec\/tim\?q=ho\+nguyen\+van/);
  const first = page.locator("main .todo a").first();
  await expect(first).toContainText("Nguyễn Văn");
  await expectNoSideways(page);
  await expectAccessible(page, "search");
  await picture(page, "search");
  const name = (await first.innerText()).trim();
  await first.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await expectNoSideways(page);
  await expectAccessible(page, "household");
  await picture(page, "household");
});

test("the palette opens a household and a page by a few letters", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/lam-viec/ho");
  const head = await page.locator(".table .cell-main a").nth(onPhone(page) ? 3 : 4).innerText();
  await page.goto("/lam-viec");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Đi tới trang hoặc đối tượng" });
  await palette.getByRole("combobox").pressSequentially(`ho ${withoutMarks(head)}`.toLowerCase());
  const hit = palette.getByRole("option").filter({ hasText: `Hộ ${head}` }).first();
  await expect(hit).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page, "palette");
  await picture(page, "palette");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Hộ ${head}`);

  await page.keyboard.press("Control+k");
  await palette.getByRole("combobox").fill("ban do");
  await expect(palette.getByRole("option").first()).toContainText("Bản đồ thôn");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/lam-viec\/ban-do/);
});

test("a list is walked by the keyboard", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/lam-viec/ho");
  await page.keyboard.press("/");
  await page.keyboard.type("nguyen van");
  await page.keyboard.press("Enter");
  await expect(page.locator(".chip")).toContainText("nguyen van");
  const rows = page.locator(".table tbody tr");
  await expect(rows.first()).toContainText("Nguyễn Văn");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toHaveClass(/is-here/);
  await page.keyboard.press("k");
  await expect(rows.first()).toBeFocused();
  const name = await rows.first().locator(".cell-main a").innerText();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
});

test("a masked field opens by a recorded click that stands in the log of the person", async ({ page, signIn, other }) => {
  await signIn("officer");
  await page.goto(`/lam-viec/nguoi?q=${onPhone(page) ? "ly+thi" : "vang+thi"}`);
  await page.locator(".table .cell-main a").first().click();
  const person = page.url();
  const field = page.locator(".facts > div").filter({ hasText: "Số định danh" });
  await expect(field).toContainText("•••");
  await field.getByRole("button", { name: /Xem/ }).click();
  await field.getByLabel("Xem để làm gì?").selectOption({ index: 0 });
  await field.getByRole("button", { name: "Xem" }).click();
  await expect(field.locator(".masked-shown")).toHaveText(/^\d{12}$/);
  await expectAccessible(page, "person");
  await picture(page, "person");

  // Who answers for the data sees the look, with name and purpose.
  const auditor = await other("registryOfficer", onPhone(page) ? "phone" : "desk");
  await auditor.goto(person);
  await auditor.getByRole("link", { name: "Ai đã xem" }).click();
  const look = auditor.locator(".table tbody tr").first();
  await expect(look).toContainText("Số định danh");
  await expectNoSideways(auditor);
  await expectAccessible(auditor, "who looked");
  await picture(auditor, "who-looked");
});
