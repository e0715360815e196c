// A resident adds a passkey on the phone, signs out and comes back with a touch. Keys belong to a name, so the journey goes to
// localhost; the device is Chromium's own virtual authenticator.
import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

/** A device that checks finger or face and keeps keys. `present`: a finger is on it whenever it is asked. */
async function device(page: Page, present: boolean): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: present,
    },
  });
}

function atName(address: string, path: string): string {
  const url = new URL(path, address);
  url.hostname = "localhost";
  return url.href;
}

test("a resident adds a passkey and signs in by it", async ({ page, baseURL }, info) => {
  const address = baseURL as string;
  const who = info.project.name === "phone" ? "nguoi-dan-1" : "nguoi-dan-2";
  await device(page, true);
  await page.goto(atName(address, `/demo/vao/${who}?tiep=/tai-khoan/khoa`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Khóa truy cập");
  await expectAccessible(page, "passkeys-none");
  await page.getByLabel("Tên của khóa").fill("Máy của tôi");
  await page.getByRole("button", { name: "Thêm khóa truy cập" }).click();
  await expect(page.getByText("Đã thêm khóa truy cập")).toBeVisible();
  await expect(page.getByText("Máy của tôi")).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page, "passkeys");
  await picture(page, "passkeys");

  await page.context().clearCookies();
  await page.goto(atName(address, "/dang-nhap/ma-xac-thuc"));
  await page.getByRole("button", { name: "Đăng nhập bằng khóa truy cập" }).click();
  await expect(page).toHaveURL(/\/tai-khoan$/);
  await expect(page.getByText("1 khóa")).toBeVisible();

  // Nobody in the demo has a password, so the last key stays; it gets a better name.
  await page.goto(atName(address, "/tai-khoan/khoa"));
  await expect(page.getByText("dùng lần cuối")).toBeVisible();
  await page.getByText("Đổi tên hoặc xóa").click();
  await page.getByLabel("Tên của khóa").first().fill("Điện thoại mới");
  await page.getByRole("button", { name: "Lưu tên" }).click();
  await expect(page.getByText("Điện thoại mới")).toBeVisible();
});

test("the sign-in page offers the passkey, and says what went wrong", async ({ page, baseURL }) => {
  await device(page, true);
  await page.goto(atName(baseURL as string, "/dang-nhap"));
  await page.getByRole("button", { name: "Đăng nhập bằng khóa truy cập" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Máy chưa mở khóa nào" })).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page, "sign-in-passkey");
  await picture(page, "sign-in");
});

test("at an address of numbers the page says why there is no passkey", async ({ page, baseURL }) => {
  await page.goto(`${baseURL}/demo/vao/nguoi-dan-3?tiep=/tai-khoan/khoa`);
  await expect(page.getByText("Khóa truy cập gắn với địa chỉ http://localhost")).toBeVisible();
  await expectNoSideways(page);
});
