// A village head goes from house to house with a phone; the clerk sees how far each village is and which households are left; a resident
// says that the own household knows.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.describe.configure({ timeout: 120_000 });

const TITLE = "Nhận ra cuộc gọi lừa đảo";

test("a head notes households with one tap and takes one back", async ({ page, signIn }) => {
  await signIn(onPhone(page) ? "villageHead" : "otherHead");
  await page.goto("/lam-viec/van-dong");
  await page.getByRole("link", { name: TITLE }).click();
  await expectNoSideways(page);
  await expectAccessible(page, "reach-village");
  await picture(page, "reach-village");
  const meter = page.getByRole("progressbar", { name: "Số hộ đã đến" });
  const before = Number(await meter.getAttribute("value"));
  const first = page.locator(".reach-homes > li").first();
  const name = await first.locator("strong").innerText();
  await first.getByRole("button", { name: /^Đã đến/ }).click();
  await expect(page.getByRole("heading", { name: `Đã ghi: ${name}` })).toBeVisible();
  await expect(meter).toHaveAttribute("value", String(before + 1));
  await expectNoSideways(page);
  await expectAccessible(page, "reach-just");
  await picture(page, "reach-just");
  await page.getByRole("button", { name: "Cần giúp" }).click();
  await page.getByRole("link", { name: "Cần giúp", exact: true }).click();
  await expect(page.locator(".reach-homes")).toContainText(name);

  // Another one, taken back by the note.
  await page.getByRole("link", { name: "Chưa đến", exact: true }).click();
  const second = page.locator(".reach-homes > li").first();
  await second.getByRole("button", { name: /^Đã đến/ }).click();
  await expect(meter).toHaveAttribute("value", String(before + 2));
  await page.getByRole("button", { name: "Hoàn tác" }).click();
  await expect(meter).toHaveAttribute("value", String(before + 1));

  // Several at once.
  const boxes = page.locator(".reach-homes input[type=checkbox]");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Ghi các hộ đã tích" }).first().click();
  await expect(meter).toHaveAttribute("value", String(before + 3));
  await page.locator(".reach-homes a").first().click();
  await expectNoSideways(page);
  await expectAccessible(page, "reach-home");
  await picture(page, "reach-home");
});

test("the clerk sees how far each village is and who is left", async ({ page, signIn }) => {
  await signIn("clerk");
  await page.goto("/lam-viec/van-dong");
  await expectNoSideways(page);
  await expectAccessible(page, "reach-desk");
  await picture(page, "reach-desk");
  await page.getByRole("link", { name: "Nộp hồ sơ ở nhà, không phải ra xã" }).first().click();
  await expect(page.locator("main")).toContainText("Theo thôn và cách đến");
  await expectNoSideways(page);
  await expectAccessible(page, "reach-show");
  await picture(page, "reach-show");
  await page.getByRole("link", { name: "Chưa đến", exact: true }).click();
  await expectNoSideways(page);
  await expectAccessible(page, "reach-homes");
  await picture(page, "reach-homes");
  const masked = page.locator(".masked").first();
  await expect(masked).toContainText("•••");
  await masked.getByRole("button").click();
  await expect(page.locator(".masked-shown").first()).not.toContainText("•");
});

test("a resident says that the own household knows", async ({ page, signIn }) => {
  await signIn(onPhone(page) ? "resident" : "otherResident");
  await page.goto("/van-dong");
  await expectNoSideways(page);
  await expectAccessible(page, "reach-list");
  await picture(page, "reach-list");
  await page.getByRole("link", { name: TITLE }).click();
  await page.getByRole("button", { name: "Tôi đã biết" }).click();
  await expect(page.locator("main")).toContainText("đã được ghi nhận");
  await expectNoSideways(page);
  await expectAccessible(page, "reach-public");
  await picture(page, "reach-public");
});
