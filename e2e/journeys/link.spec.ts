// A directive goes into the group that a village has already; whoever has the personal link answers on a phone without a
// password, and whoever gave it sees who has read it.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { PHONE, expect, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.describe.configure({ timeout: 120_000 });

test("a village head opens a directive by a personal link and answers without a password", async ({ page, browser, baseURL, signIn }) => {
  const title = "Nhắc các hộ khơi thông cống rãnh";
  await signIn("chairman");
  await page.goto("/lam-viec/nhiem-vu/moi");
  await page.getByLabel("Việc cần làm").fill(title);
  const doer = page.getByLabel("Chủ trì");
  // A village head whose phone the demo has not bound.
  const heads = doer.locator("option", { hasText: "Trưởng thôn" });
  await doer.selectOption({ label: await heads.nth(7).innerText() });
  await page.getByRole("button", { name: "Giao việc" }).click();
  await page.getByRole("link", { name: "Gửi vào nhóm Zalo" }).click();
  await page.getByRole("button", { name: "Tạo đường dẫn" }).click();
  await expectNoSideways(page);
  await expectAccessible(page, "link-share");
  await picture(page, "link-share");
  const share = page.url();
  const words = await page.getByLabel("Lời nhắn cho nhóm").inputValue();
  const group = new URL(words.slice(words.indexOf("http")).trim()).pathname;
  const personal = await page.getByLabel("Đường dẫn riêng").first().inputValue();

  // A phone that nobody is signed in on: looking says nothing of the directive and spends nothing.
  const phone = await browser.newContext({ baseURL, viewport: PHONE, isMobile: true, hasTouch: true });
  const head = await phone.newPage();
  await head.goto(new URL(personal).pathname);
  await expect(head.getByText(title)).toHaveCount(0);
  await head.reload();
  await expectAccessible(head, "link-person");
  await head.getByRole("button", { name: "Mở trên điện thoại này" }).click();
  await expect(head.getByRole("heading", { level: 1 })).toHaveText(title);
  // From now on the link of the group leads straight to it.
  await head.goto(group);
  await expect(head.getByRole("heading", { level: 1 })).toHaveText(title);
  await expectNoSideways(head);
  await expectAccessible(head, "link-task");
  await picture(head, "link-task");
  await head.getByRole("button", { name: "Đã rõ" }).click();
  await head.getByLabel("Đã làm được gì").fill("Đã báo cả thôn.");
  await head.getByRole("button", { name: "Gửi tiến độ" }).click();
  await head.goto("/lam-viec/nhiem-vu");
  await expect(head).toHaveURL(/dang-nhap/);

  // Another phone with the same link gets a clear word.
  const other = await browser.newContext({ baseURL, viewport: PHONE });
  const stranger = await other.newPage();
  await stranger.goto(new URL(personal).pathname);
  await expect(stranger.getByRole("button", { name: "Mở trên điện thoại này" })).toHaveCount(0);

  await page.goto(share);
  await expect(page.getByText("Đã xem: 1 trên 1 người")).toBeVisible();
  await phone.close();
  await other.close();
});
