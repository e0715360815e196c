// A resident answers a poll and votes for the works of the village; a visitor reads a draft and finds a ballot of an older round.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.describe.configure({ timeout: 120_000 });

test("a resident answers a poll and votes for the works of the village", async ({ page, signIn }) => {
  // Both sizes run at once, and each person has one answer; the first resident alone lives in Đông Căm.
  const votes = onPhone(page);
  await signIn(onPhone(page) ? "resident" : "otherResident");
  await page.goto("/hoi-dan");
  await expectNoSideways(page);
  await expectAccessible(page, "ask-list");
  await picture(page, "ask-list");

  await page.getByRole("link", { name: "Chợ phiên Bến Đền nên mở từ mấy giờ?" }).click();
  await page.getByRole("radio", { name: "5 giờ 30" }).check();
  await page.getByRole("checkbox", { name: "Nhà vệ sinh" }).check();
  await expectNoSideways(page);
  await expectAccessible(page, "ask-poll");
  await picture(page, "ask-poll");
  await page.getByRole("button", { name: "Gửi trả lời" }).click();
  await expect(page.locator("main")).toContainText("Ông/bà đã trả lời rồi");

  await page.goto("/hoi-dan");
  await page.getByRole("link", { name: "Chọn công trình năm tới của thôn Đông Căm" }).click();
  if (!votes) {
    await expect(page.locator("main")).toContainText("không phải thôn của ông/bà");
    await expectNoSideways(page);
    return;
  }
  await page.getByRole("link", { name: "Bỏ phiếu cho hộ của tôi" }).click();
  await page.getByRole("checkbox").first().check();
  await expectNoSideways(page);
  await expectAccessible(page, "ask-booth");
  await picture(page, "ask-booth");
  const code = await page.locator(".ask-code").innerText();
  await page.getByRole("button", { name: "Gửi phiếu" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Đã bỏ phiếu");
  await expect(page.locator(".ask-code")).toHaveText(code);
  await page.getByRole("link", { name: "Quay lại" }).click();
  await expect(page.locator("main")).toContainText("Hộ này đã bỏ phiếu rồi");
});

test("a visitor reads a draft by paragraph and finds a ballot again", async ({ page }) => {
  await page.goto("/hoi-dan");
  await page.getByRole("link", { name: "Dự thảo quy chế quản lý chợ phiên Bến Đền" }).click();
  await expect(page.locator("main")).toContainText("Tiếp thu một phần");
  await expectNoSideways(page);
  await expectAccessible(page, "ask-draft");
  await picture(page, "ask-draft");

  await page.goto("/hoi-dan");
  await page.getByRole("link", { name: "Chọn công trình năm nay của thôn Đông Căm" }).click();
  await page.getByText("Xem tất cả các phiếu").click();
  const code = await page.locator("main table th.code").first().innerText();
  await page.getByRole("searchbox", { name: "Mã phiếu" }).fill(code);
  await page.getByRole("button", { name: "Tra phiếu" }).click();
  await expect(page.locator("main")).toContainText("Có phiếu này");
  await expectNoSideways(page);
  await expectAccessible(page, "ask-works");
  await picture(page, "ask-works");
});
