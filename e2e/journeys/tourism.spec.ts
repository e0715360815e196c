// A visitor finds a homestay, reads it in English, asks for a place and gets an answer; an officer writes a place and a leader publishes it.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.describe.configure({ timeout: 120_000 });
// A form that has to be mended is answered with 422, on purpose.
test.use({ allowedComplaints: [/status of 422/] });

test("a visitor finds a homestay, reads it in English and asks for a place", async ({ page, other }, info) => {
  await page.goto("/du-lich");
  await expect(page.getByRole("heading", { name: "Lễ hội sắp tới" })).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page, "tourism-front");
  await picture(page, "tourism-front");

  await page.getByRole("navigation", { name: "Các loại" }).getByRole("link", { name: "Chỗ nghỉ, homestay" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Chỗ nghỉ, homestay");
  await page.getByRole("link", { name: "Homestay Nhà Sàn Mẫu", exact: true }).click();
  await expect(page.locator("main")).toContainText("chưa kiểm chứng");
  await expectNoSideways(page);
  await expectAccessible(page, "tourism-show");
  await picture(page, "tourism-show");

  const address = new URL(page.url()).pathname;
  await page.goto(`${address}?lang=en`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Stilt House Homestay (sample)");
  await expect(page.locator("main")).toContainText("Good months to come");
  await expect(page.locator("main")).not.toContainText("Vietnamese only");
  await page.goto(`${address}?lang=vi`);

  const who = `Khách ${info.project.name} ${info.retry}`;
  await page.getByRole("link", { name: "Hỏi chỗ" }).click();
  await page.getByLabel("Tên của ông/bà").fill(who);
  await page.getByLabel(/^Số người/).fill("3");
  await page.getByLabel(/^Từ ngày/).fill("01/01/2020");
  await page.getByLabel(/^Điện thoại/).fill("+49 30 1234567");
  await page.getByRole("button", { name: "Gửi câu hỏi" }).click();
  await expect(page.getByRole("alert")).toContainText("Ngày này đã qua");
  await expectAccessible(page, "tourism-ask");
  const soon = new Date(Date.now() + 20 * 86_400_000);
  const day = [soon.getDate(), soon.getMonth() + 1].map((part) => String(part).padStart(2, "0"));
  await page.getByLabel(/^Từ ngày/).fill(`${day.join("/")}/${soon.getFullYear()}`);
  await page.getByRole("button", { name: "Gửi câu hỏi" }).click();
  await expect(page.locator("main")).toContainText("Chờ trả lời");
  const code = await page.locator(".page-head .code").innerText();
  await expectNoSideways(page);
  await expectAccessible(page, "tourism-request");
  await picture(page, "tourism-request");

  const clerk = await other("clerk", "desk");
  await clerk.goto("/lam-viec/du-lich/hoi-cho");
  await clerk.getByRole("row", { name: new RegExp(code) }).getByRole("link").first().click();
  await expect(clerk.locator("main")).not.toContainText(who);
  await clerk.getByRole("button", { name: /^Xem/ }).click();
  await expect(clerk.locator("main")).toContainText(who);
  await clerk.getByLabel(/^Trả lời/).fill("Còn chỗ.");
  await clerk.getByRole("button", { name: "Gửi trả lời" }).click();
  await expectAccessible(clerk, "tourism-request-work");
  await page.reload();
  await expect(page.locator("main")).toContainText("Còn chỗ.");
});

test("an officer writes a place with a point on the map, a leader publishes it", async ({ page, signIn, other }, info) => {
  const name = `Vườn Mẫu ${info.project.name} ${info.retry}`;
  await signIn("clerk");
  await page.goto("/lam-viec/du-lich");
  await expectNoSideways(page);
  await expectAccessible(page, "tourism-list");
  await picture(page, "tourism-list");
  await page.getByRole("link", { name: "Thêm nơi mới" }).click();
  await page.getByLabel(/^Tên/).fill(name);
  await page.getByLabel("Loại").selectOption({ label: "Di tích, danh thắng" });
  await page.getByLabel("Thôn").selectOption({ label: "Soi Cờ" });
  await page.getByRole("button", { name: "Bắt đầu soạn" }).click();

  await page.getByLabel(/^Giới thiệu ngắn/).fill("Vườn hoa bên suối.");
  await page.getByLabel(/^Nội dung/).first().fill("## Đi thế nào\n\nĐi bộ 10 phút.");
  const map = page.locator("svg[data-place-map]");
  await map.scrollIntoViewIfNeeded();
  await map.click();
  await expect(page.getByLabel(/^Vĩ độ/)).not.toHaveValue("");
  await page.getByRole("checkbox", { name: "Tháng 3", exact: true }).check();
  await expectNoSideways(page);
  await expectAccessible(page, "tourism-edit");
  await picture(page, "tourism-edit");
  await page.getByRole("button", { name: "Lưu và xem" }).click();
  await expect(page.getByRole("heading", { name: "Đi thế nào" })).toBeVisible();
  await page.getByRole("button", { name: "Trình duyệt" }).click();
  await expectNoSideways(page);
  await expectAccessible(page, "tourism-work");
  await picture(page, "tourism-work");
  const work = new URL(page.url()).pathname;

  const leader = await other("chairman", "phone");
  await leader.goto(work);
  await leader.getByRole("button", { name: "Duyệt đăng" }).click();
  await leader.getByRole("link", { name: "Xem trang" }).click();
  await expect(leader.getByRole("heading", { level: 1 })).toHaveText(name);
  await expectNoSideways(leader);
});
