// A meeting is called with a paper; the chairman opens the paper on a tablet, draws on the page with a pen and notes a word, the
// clerk sees nothing of it.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.describe.configure({ timeout: 120_000 });

test("a meeting is called with a paper, and its reader draws on the page", async ({ page, signIn, other }) => {
  const title = `Họp chuyên đề ${onPhone(page) ? "điện thoại" : "máy bàn"}`;
  await signIn("clerk");
  await page.goto("/lam-viec/cuoc-hop/moi");
  await page.getByLabel("Tên cuộc họp").fill(title);
  await page.locator("#ngay").fill("31/12/2026");
  await page.locator("#gio").fill("14h");
  await page.locator("#den-gio").fill("16:00");
  await page.locator("#phong").fill("Hội trường xã");
  await page.locator("#chu-tri").selectOption({ index: 1 });
  await page.locator("#thu-ky").selectOption({ index: 1 });
  await page.getByLabel("Tất cả trưởng thôn").check();
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);

  const paper = await page.context().newPage();
  await paper.setContent("<h1>Báo cáo</h1><p>Số liệu tháng 11.</p>");
  const buffer = await paper.pdf({ format: "A4" });
  await paper.close();
  await page.locator("#tai-lieu summary", { hasText: "Thêm tài liệu" }).click();
  await page.locator("#tep").setInputFiles({ name: "bao-cao.pdf", mimeType: "application/pdf", buffer });
  await page.getByLabel("đây không phải văn bản mật").check();
  await page.getByRole("button", { name: "Thêm tài liệu" }).click();
  await page.getByRole("button", { name: "Gửi giấy mời" }).click();
  await expectAccessible(page, "meeting, invited");
  const meeting = new URL(page.url()).pathname;

  // The reader: a page, a pen.
  const reader = await other("chairman", onPhone(page) ? "phone" : "desk");
  await reader.goto(meeting);
  await reader.getByRole("link", { name: "bao-cao.pdf" }).click();
  const draw = reader.getByRole("button", { name: "Vẽ lên trang" });
  await draw.click();
  await reader.getByRole("button", { name: "Bút xanh" }).click();
  const sheet = reader.locator(".ink-page");
  await sheet.locator("img").evaluate((picture: HTMLImageElement) => picture.decode());
  const line = async (x: number, y: number) => {
    await sheet.scrollIntoViewIfNeeded();
    const box = (await sheet.boundingBox())!;
    await reader.mouse.move(box.x + x, box.y + y);
    await reader.mouse.down();
    await reader.mouse.move(box.x + x + 80, box.y + y + 10, { steps: 6 });
    await reader.mouse.up();
  };
  await line(60, 60);
  await expect(reader.locator("[data-ink-says]")).toHaveText("Đã lưu, chỉ ông/bà thấy.");
  await line(60, 120);
  await reader.getByRole("button", { name: "Bỏ nét vừa vẽ" }).click();
  await expect(reader.locator("[data-ink-says]")).toHaveText("Đã lưu, chỉ ông/bà thấy.");
  await expectNoSideways(reader);
  await expectAccessible(reader, "meeting, a page drawn on");
  await picture(reader, "meeting-ink");
  await reader.reload();
  await expect(reader.locator(".ink-page path")).toHaveCount(1);
  await expect(reader.locator(".ink-page path")).toHaveClass("ink-1");

  // The eraser takes the line that it touches.
  await draw.click();
  await reader.getByRole("button", { name: "Tẩy" }).click();
  await line(100, 60);
  await expect(reader.locator(".ink-page path")).toHaveCount(0);
  await expect(reader.locator("[data-ink-says]")).toHaveText("Đã lưu, chỉ ông/bà thấy.");
  await line(60, 60);

  await page.goto(new URL(reader.url()).pathname);
  await expect(page.locator(".ink-page path")).toHaveCount(0);
});
