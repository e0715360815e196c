// Due lists: invite many at once, and take it back when it was the wrong button.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test("what was done to many at once is taken back with one press", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/lam-viec/den-han");
  await expectNoSideways(page);
  await expectAccessible(page, "due lists");
  await picture(page, "due");
  // The phone takes another list than the desk, so that neither counts what the other does.
  await page.locator(`.due-list[href$="/${onPhone(page) ? "can-cuoc-doi" : "bao-hiem-y-te"}"]`).click();
  const rows = page.locator(".table tbody tr");
  for (const at of [0, 1]) await rows.nth(at).locator("[data-pick]").check();
  await expectNoSideways(page);
  await picture(page, "due-list");
  await page.locator(".bulk").getByRole("button", { name: "Ghi là đã mời" }).click();
  await expect(page.locator(".toast")).toContainText("Đã ghi 2 người được mời");
  await expect(page.locator(".badge", { hasText: "Đã mời" })).toHaveCount(2);
  await picture(page, "undo");
  await page.locator(".toast").getByRole("button", { name: "Hoàn tác" }).click();
  await expect(page.locator(".toast")).toContainText("Đã bỏ ghi 2 lời mời");
  await expect(page.locator(".badge", { hasText: "Đã mời" })).toHaveCount(0);
});
