// The village proposes on the phone, the commune decides at the desk, the registry shows it.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test("a village head proposes on the phone, an officer approves, the page shows it", async ({ page, signIn, other }) => {
  // Each project takes a household of its own: the first of the list, the second of the list.
  const place = onPhone(page) ? 0 : 1;
  const address = onPhone(page) ? "Xóm Đồi, cạnh giếng làng" : "Xóm Suối, sau nhà văn hoá";
  const head = await other("villageHead", "phone");
  await head.goto("/lam-viec/ho");
  await head.locator(".table .cell-main a").nth(place).click();
  const household = head.url();
  const name = await head.getByRole("heading", { level: 1 }).innerText();
  await picture(head, "village-head");
  await head.getByRole("link", { name: "Đề nghị sửa" }).click();
  await head.getByLabel("Địa chỉ").fill(address);
  await head.getByLabel("Vì sao").fill("Gia đình chuyển nhà trong thôn.");
  await expectNoSideways(head);
  await expectAccessible(head, "propose");
  await picture(head, "propose");
  await head.getByRole("button", { name: "Gửi đề nghị" }).click();
  await expect(head.locator(".toast")).toContainText("Đã gửi đề nghị");
  await expect(head.locator("main")).toContainText("Chờ duyệt");
  const proposal = new URL(head.url()).pathname;

  // What waits stands on the desk of the officer.
  await signIn("registryOfficer");
  await page.goto("/lam-viec");
  await page.getByRole("link", { name: /đề nghị của trưởng thôn chờ duyệt/ }).click();
  await page.locator(`main a[href="${proposal}"]`).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await expect(page.getByRole("row").filter({ hasText: "Địa chỉ" })).toContainText(address);
  await expectNoSideways(page);
  await expectAccessible(page, "proposal");
  await picture(page, "proposal");
  await page.getByRole("button", { name: "Duyệt", exact: true }).click();
  await expect(page.locator(".toast")).toContainText("Đã duyệt và ghi vào sổ");
  await page.goto(new URL(household).pathname);
  await expect(page.locator(".facts").filter({ hasText: "Địa chỉ" }).first()).toContainText(address);

  // And the village head sees it on the phone.
  await head.reload();
  await expect(head.locator("main")).toContainText("Đã duyệt");
  await head.goto(household);
  await expect(head.locator("main")).toContainText(address);
});
