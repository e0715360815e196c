// One line at the desk: a number is drawn at the door, followed on a phone, called by an officer and shown on the screen.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test("a number is drawn at the door, called at a counter and shown on the screen", async ({ other }) => {
  const kiosk = await other("officer", "desk");
  await kiosk.goto("/lay-so");
  await expectAccessible(kiosk, "kiosk");
  await picture(kiosk, "kiosk");
  await kiosk.getByRole("button", { name: "Đất đai, xây dựng, kinh doanh" }).click();
  const label = (await kiosk.locator(".ticket-number").innerText()).trim();
  expect(label).toMatch(/^C\d{3}$/);
  await expect(kiosk.locator(".ticket svg")).toBeVisible();
  const followed = new URL(kiosk.url()).pathname.replace(/\/phieu$/, "");

  // Who has the number follows it on the own phone, without an account of the office.
  const phone = await other("resident", "phone");
  await phone.goto(followed);
  await expect(phone.locator(".follow-number")).toContainText(label);
  await expectNoSideways(phone);
  await expectAccessible(phone, "follow");

  // The screen on the wall stands there before anybody is called.
  const screen = await other("auditor", "desk");
  await screen.goto("/man-hinh-goi-so");
  await expect(screen.locator(".board-next")).toContainText(label);
  await expect(screen.locator(".board-called")).not.toContainText(label);

  const officer = await other("officer", "desk");
  await officer.goto("/lam-viec/goi-so");
  await officer.getByLabel("Quầy").selectOption({ label: "Quầy 2" });
  await officer.getByRole("button", { name: "Bắt đầu gọi số" }).click();
  await expect(officer.locator("main")).toContainText(label);
  await officer.getByRole("button", { name: "Gọi số kế tiếp" }).click();
  await expect(officer.locator(".caller-number")).toHaveText(label);
  await expectAccessible(officer, "caller");
  await picture(officer, "caller");

  // Screen and phone tell it by themselves, each at its own pace.
  await expect(screen.locator(".board-row", { hasText: label })).toContainText("Quầy 2");
  await picture(screen, "board");
  await expect(phone.locator(".follow-words")).toContainText("Mời ông/bà đến Quầy 2", { timeout: 20_000 });

  await officer.getByRole("button", { name: "Xong", exact: true }).click();
  await expect(officer.locator("main")).toContainText(`Đã xong số ${label}`);
  await expect(phone.locator(".follow-words")).toContainText("Đã phục vụ xong", { timeout: 20_000 });
  await expect(screen.locator(".board-called")).not.toContainText(label);
});
