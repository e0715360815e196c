// An article is written as in a word processor, approved by a leader, and read by everybody on a phone and at a desk.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { DESK, PHONE, expect, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.describe.configure({ timeout: 120_000 });

test("an article is written, approved and read", async ({ page, signIn, other }, info) => {
  const title = `Thôn họp bàn làm đường ${info.project.name} ${info.retry}`;
  await signIn("clerk");
  await page.goto("/lam-viec/tin-tuc/moi");
  await page.getByLabel("Tiêu đề").fill(title);
  await page.getByLabel("Chuyên mục").selectOption("tin-hoat-dong");
  await page.getByRole("button", { name: "Bắt đầu viết" }).click();

  await page.getByLabel(/^Tóm tắt \(sapo\)/).fill("Bà con góp ngày công, xã lo đá và xe.");
  // The page to write on takes the place of the field once its script runs.
  const sheet = page.locator('[contenteditable="true"][aria-labelledby="noi-dung-ten"]');
  await expect(sheet).toHaveAccessibleName("Nội dung");
  await sheet.click();
  // What is pasted from Word keeps its structure and nothing else.
  await sheet.evaluate((element) => {
    const data = new DataTransfer();
    data.setData("text/html", "<h1 style='color:red'>Kết quả</h1><p class=MsoNormal>Có <b>42 hộ</b> dự họp.</p><script>alert(1)</script>");
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(sheet.locator("h2")).toHaveText("Kết quả");
  await expect(sheet.locator("strong, b")).toHaveText("42 hộ");
  await expectNoSideways(page);
  await expectAccessible(page, "news-edit");
  await picture(page, "news-edit");
  await page.getByRole("button", { name: "Lưu và xem" }).click();
  await expect(page.getByRole("heading", { name: "Kết quả" })).toBeVisible();
  await page.getByRole("button", { name: "Trình duyệt" }).click();
  await expectAccessible(page, "news-show");
  const work = new URL(page.url()).pathname;

  const leader = await other("chairman", "phone");
  await leader.goto(work);
  await leader.getByRole("button", { name: "Duyệt đăng" }).click();
  await leader.getByRole("link", { name: "Xem trang" }).click();
  const address = new URL(leader.url()).pathname;
  await expect(leader.getByRole("heading", { level: 1 })).toHaveText(title);

  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    await page.goto(address);
    await expect(page.getByText("42 hộ")).toBeVisible();
    await expectNoSideways(page);
    await expectAccessible(page, "news-article");
    await picture(page, `news-article-${size.width}`);
    await page.goto("/tin-tuc");
    await expect(page.getByRole("link", { name: title })).toBeVisible();
    await expectNoSideways(page);
    await expectAccessible(page, "news-front");
    await picture(page, `news-front-${size.width}`);
  }
});
