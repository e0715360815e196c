// A resident files for somebody of the own household: asked for whom, told why, led to a form that is filled in.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test("a resident begins a form for somebody of the own household", async ({ page, other }) => {
  const resident = await other(onPhone(page) ? "otherResident" : "resident", onPhone(page) ? "phone" : "desk");
  await resident.goto("/thu-tuc/XA.xac-nhan-ho-ngheo");
  await resident.getByRole("link", { name: "Nộp cho người nhà" }).click();
  await expect(resident.getByRole("heading", { name: "Nộp cho ai?" })).toBeVisible();
  await expectNoSideways(resident);
  await expectAccessible(resident, "for-whom");
  await picture(resident, "for-whom");
  const first = resident.locator("ul.todo > li", { has: resident.getByRole("link", { name: /^Làm hồ sơ/ }) }).first();
  const name = (await first.locator("strong").innerText()).trim();
  await first.getByRole("link").click();
  await expect(resident.locator("main")).toContainText(`Nộp giúp ${name}`);
  await expect(resident.getByLabel("Họ, chữ đệm, tên")).toHaveValue(name);
  await expectNoSideways(resident);
});
