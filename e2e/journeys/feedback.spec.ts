// Somebody reports with a photo where there is no network; it goes by itself, is settled, and its sender says how it was.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.use({ allowedComplaints: [/ERR_INTERNET_DISCONNECTED/] });
test.describe.configure({ timeout: 120_000 });

test("a report with a photo is written offline, goes by itself, is answered and rated", async ({ page, other }) => {
  // Both sizes run at once: each has its own matter, so that neither is taken for the other.
  const small = onPhone(page);
  const words = small ? "Bóng đèn đầu ngõ tắt ba tối nay" : "Rác vứt đầy bãi bồi sau mưa";
  const kind = small ? "lamp" : "rubbish";
  const phone = await other(small ? "otherResident" : "resident", small ? "phone" : "desk");

  await phone.goto("/phan-anh");
  await expectNoSideways(phone);
  await expectAccessible(phone, "reports");
  await picture(phone, "reports");
  await phone.getByRole("link", { name: "Gửi phản ánh" }).first().click();
  await expect(phone.getByRole("heading", { level: 1 })).toHaveText("Gửi phản ánh");
  await expectNoSideways(phone);
  await expectAccessible(phone, "report-form");
  await picture(phone, "report-form");
  const photo = { name: "anh.jpg", mimeType: "image/jpeg", buffer: await phone.screenshot({ type: "jpeg" }) };

  // The network goes away while the form is open.
  await phone.context().setOffline(true);
  await phone.locator("#anh").setInputFiles(photo);
  await phone.getByLabel("Nội dung").fill(words);
  await phone.getByLabel("Loại việc").selectOption(kind);
  // A finger on the map, in the middle of Đông Căm.
  const map = phone.locator("[data-place-map]");
  await map.locator("text", { hasText: "Đông Căm" }).evaluate((name) => {
    const box = name.getBoundingClientRect();
    const at = { bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
    name.closest("svg")?.dispatchEvent(new MouseEvent("click", at));
  });
  await expect(phone.locator("[data-locate-says]")).toContainText("Đã ghi chỗ");
  await phone.getByRole("button", { name: "Gửi phản ánh" }).click();
  await expect(phone.locator(".outbox")).toContainText("Mất mạng");
  await expect(phone.locator(".outbox")).toContainText("Phản ánh");

  // It comes back: the report goes, and its page opens.
  await phone.context().setOffline(false);
  await expect(phone).toHaveURL(/\/phan-anh\/PA/, { timeout: 30_000 });
  await expect(phone.locator("main")).toContainText(words);
  await expect(phone.locator("main")).toContainText("Chờ tiếp nhận");
  await expect(phone.locator("main")).toContainText("Đông Căm");
  await expectNoSideways(phone);
  await expectAccessible(phone, "report");
  await picture(phone, "report");
  const address = new URL(phone.url()).pathname;

  // The head of the village settles it.
  const head = await other("villageHead", small ? "phone" : "desk");
  await head.goto("/lam-viec/phan-anh");
  await expectNoSideways(head);
  await expectAccessible(head, "reports-work");
  await picture(head, "reports-work");
  await head.getByRole("link", { name: words }).click();
  await expectNoSideways(head);
  await expectAccessible(head, "report-work");
  await picture(head, "report-work");
  await head.getByRole("button", { name: "Cho hiện công khai" }).click();
  await head.getByLabel("Nội dung trả lời").fill("Đã làm xong sáng nay.");
  await head.locator("#anh-sau").setInputFiles(photo);
  await head.getByRole("button", { name: "Trả lời, khép lại" }).click();
  await expect(head.locator("main")).toContainText("Đã trả lời");

  // Its sender is told, looks, and says how it was.
  await phone.goto("/lam-viec/hop-thu");
  await phone.getByRole("link", { name: /Xã đã trả lời phản ánh/ }).first().click();
  await expect(phone).toHaveURL(new RegExp(address));
  await expect(phone.locator("main")).toContainText("Đã làm xong sáng nay.");
  await expectAccessible(phone, "report-answered");
  await picture(phone, "report-answered");
  await phone.getByLabel(/rất hài lòng/).check();
  await phone.getByRole("button", { name: "Gửi đánh giá" }).click();
  await expect(phone.locator("main")).toContainText("5/5");

  // Everybody reads it, without a name.
  await page.goto(address);
  await expect(page.locator("main")).toContainText("Đã làm xong sáng nay.");
  await expect(page.getByText("Mở lại phản ánh")).toHaveCount(0);
  await expectAccessible(page, "report-public");
});

test("the chairman looks at the numbers of reports", async ({ page, signIn }) => {
  await signIn("chairman");
  await page.goto("/lam-viec/so-lieu-phan-anh");
  await expect(page.locator("main")).toContainText("Trả lời đúng hạn");
  await expectNoSideways(page);
  await expectAccessible(page, "reports-numbers");
  await picture(page, "reports-numbers");
  await page.goto("/lam-viec/so-don-kin");
  await expectAccessible(page, "reports-book");
});
