// No network on the way to the field: a form that was kept on the phone is opened, filled in, and goes by itself later.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.use({ allowedComplaints: [/ERR_INTERNET_DISCONNECTED/] });

test("a form kept on the phone is filled in without a network and becomes a draft", async ({ page, other }) => {
  const phone = await other(onPhone(page) ? "otherResident" : "resident", onPhone(page) ? "phone" : "desk");
  await phone.goto("/thu-tuc/XA.xac-nhan-ho-ngheo/lam");
  await phone.getByRole("link", { name: /^Hay mất mạng/ }).click();
  await expectNoSideways(phone);
  await expectAccessible(phone, "whole-form");
  await picture(phone, "whole-form");
  await phone.getByRole("button", { name: "Giữ mẫu này trên máy" }).click();
  await expect(phone.locator("[data-keep-said]")).toContainText("Đã giữ trên máy này");

  // No page of the commune can be reached now; the phone shows what it keeps, and names nobody else.
  await phone.context().setOffline(true);
  for (const worker of phone.context().serviceWorkers()) {
    const reaches = () => worker.evaluate(() => fetch("/khong-mang", { cache: "no-store" }).then(() => true, () => false));
    await expect.poll(reaches, { message: "the worker is cut off as the page is" }).toBe(false);
  }
  await phone.goto("/ho-so-cua-toi");
  await expect(phone).toHaveTitle(/Chưa có mạng/);
  await expect(phone.getByRole("heading", { name: "Chưa có mạng" })).toBeVisible();
  await expectNoSideways(phone);
  await expectAccessible(phone, "offline");
  await picture(phone, "offline");
  await phone.getByRole("button", { name: "Mở ra điền" }).click();
  await expect(phone.getByLabel("Họ, chữ đệm, tên").first()).not.toHaveValue("");
  await phone.getByLabel("Người trong hộ", { exact: true }).check();
  await phone.locator("[name=members_count]").fill("4");
  await phone.locator("[name=year]").fill("2026");
  await phone.locator("[name=purpose]").selectOption({ value: "hoc-tap" });
  await phone.locator("[name=count]").fill("1");
  await phone.getByLabel("Hộ nghèo", { exact: true }).check();

  // The battery dies before it is sent: what was typed is still there, as soon as the browser has written it down.
  await expect.poll(() => phone.evaluate(() => Object.values(localStorage).some((kept) => kept.includes("poor=true")))).toBe(true);
  await phone.reload();
  await phone.getByRole("button", { name: "Mở ra điền" }).click();
  await expect(phone.locator("[name=members_count]")).toHaveValue("4");
  await expect(phone.getByLabel("Hộ nghèo", { exact: true })).toBeChecked();
  await phone.getByRole("button", { name: "Gửi bản nháp" }).click();
  await expect(phone.locator(".outbox")).toContainText("Mất mạng");

  await phone.context().setOffline(false);
  await expect(phone.locator(".outbox")).toContainText("Đã gửi");
  await phone.locator(".outbox").getByRole("link").click();
  await expect(phone.getByRole("button", { name: "Gửi hồ sơ" })).toBeVisible();
  await expect(phone.locator("main")).toContainText("Học tập, miễn giảm học phí");
});
