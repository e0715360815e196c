// The head of a village calls a meeting, ticks who came, counts hands, takes a contribution with its receipt; everybody reads the sum.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.describe.configure({ timeout: 120_000 });

test("the head of a village calls a meeting, ticks, counts and takes a contribution", async ({ page, signIn, other }) => {
  // Both sizes run at once: each has its own meeting.
  const title = onPhone(page) ? "Họp bàn điện chiếu sáng" : "Họp bàn nước sạch";
  await signIn("villageHead");
  await page.goto("/lam-viec/so-thon");
  await expectNoSideways(page);
  await expectAccessible(page, "village-book");
  await picture(page, "village-book");

  const book = new URL(page.url()).pathname;
  await page.goto(`${book}/hop/moi`);
  await page.getByLabel("Họp về việc gì").fill(title);
  const today = new Intl.DateTimeFormat("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric" });
  await page.getByRole("textbox", { name: "Ngày" }).fill(today.format(new Date()));
  await page.getByLabel("Mấy giờ").fill("19:30");
  await page.getByLabel("Nội dung họp").fill("1. Bàn việc chung");
  await page.getByRole("button", { name: "Mời họp" }).click();
  await expect(page.locator("main")).toContainText("Sắp họp");

  await page.getByRole("link", { name: "Điểm danh theo hộ" }).click();
  for (const box of (await page.locator('input[name="co-mat"]').all()).slice(0, 3)) await box.check();
  await expectNoSideways(page);
  await expectAccessible(page, "village-tick");
  await picture(page, "village-tick");
  await page.getByRole("button", { name: "Lưu điểm danh" }).click();
  await expect(page.locator("main")).toContainText("chưa đủ để họp");

  await page.getByRole("link", { name: "Quay lại" }).click();
  await page.getByLabel("Biểu quyết việc gì").fill("Lắp thêm bóng đèn");
  await page.getByLabel("Đồng ý", { exact: true }).fill("3");
  await page.getByRole("button", { name: "Ghi kết quả" }).click();
  await expect(page.locator("main")).toContainText("Không đủ số hộ");
  await expectNoSideways(page);
  await expectAccessible(page, "village-meeting");
  await picture(page, "village-meeting");

  await page.goto(`${book}/quy`);
  await page.getByRole("link", { name: "Quỹ thôn", exact: true }).last().click();
  await expectNoSideways(page);
  await expectAccessible(page, "village-fund");
  await picture(page, "village-fund");
  await page.getByRole("link", { name: "Thu tiền" }).click();
  await page.locator(".todo a").last().click();
  await page.getByLabel("Số tiền").fill("50.000");
  await page.getByLabel("Nội dung").fill("Ủng hộ thắp sáng đường quê");
  await page.getByRole("button", { name: "Ghi và lập phiếu thu" }).click();
  await expect(page.locator("article.letter")).toContainText("50.000 đ");
  await expectNoSideways(page);
  await picture(page, "village-receipt");

  // A resident reads of the meeting and the sums, and the own receipts.
  const resident = await other("resident", onPhone(page) ? "phone" : "desk");
  await resident.goto("/thon/dong-cam");
  await expect(resident.locator("main")).toContainText(title);
  await expect(resident.locator("main")).toContainText("Quỹ thôn");
  await expectNoSideways(resident);
  await expectAccessible(resident, "village-site");
  await picture(resident, "village-site");
  await resident.goto("/phieu-thu-cua-toi");
  await expect(resident.locator("main")).toContainText("100.000 đ");
  await expectNoSideways(resident);
});
