// The leader signs with the USB token in the own computer: the page hands the document to the signing agent, the PIN is typed
// in the agent's window, and the document is issued.
import { readFileSync } from "node:fs";
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, test } from "../support/journey.ts";
import { judged } from "../support/pdf.ts";
import { picture } from "../support/screens.ts";
import { PIN, token } from "../support/token.ts";

test.describe.configure({ timeout: 180_000 });
// The agent does not run at first, and a wrong PIN is answered with 422: both on purpose.
test.use({ allowedComplaints: [/ERR_CONNECTION_REFUSED|status of 422/] });

test("a leader signs with the token of the own computer", async ({ page, other, signIn, baseURL }) => {
  // A document waits for its signature.
  const officer = await other("registryOfficer", "desk");
  await officer.goto("/lam-viec/van-ban-di/soan");
  await officer.getByLabel("Loại văn bản").selectOption({ label: await officer.getByLabel("Loại văn bản").locator("option", { hasText: "Thông báo" }).first().innerText() });
  await officer.getByRole("button", { name: "Bắt đầu soạn" }).click();
  await officer.getByLabel("Trích yếu").fill("Lịch tiếp công dân tháng 12");
  await officer.getByLabel("Nội dung").fill("Ủy ban nhân dân xã tiếp công dân vào thứ Năm hằng tuần.");
  await officer.getByRole("button", { name: "Lưu dự thảo" }).click();
  await officer.getByRole("button", { name: "Trình duyệt" }).click();
  await expect(officer.getByText("Đã trình. Lãnh đạo đã nhận được tin.")).toBeVisible();
  const draft = new URL(officer.url()).pathname;

  await signIn("chairman");
  await page.goto(draft);
  await page.getByRole("button", { name: "Duyệt", exact: true }).click();
  await page.getByRole("button", { name: "Cấp số" }).click();
  const sign = page.getByRole("button", { name: "Ký bằng USB token trên máy này" });
  await expect(sign).toBeVisible();

  const usb = token("Nguyễn Thị Lãnh Đạo");
  try {
    const port = await usb.start(baseURL ?? "");
    // Nothing listens where the page looks first.
    await page.evaluate(() => localStorage.setItem("usb-port", "1025"));
    await sign.click();
    await expect(page.getByText("Không thấy chương trình ký trên máy này.")).toBeVisible();
    await expect(sign).toBeEnabled();
    await page.getByText("Chương trình ký chạy ở cổng khác?").click();
    await page.getByLabel("Cổng trên máy này").fill(String(port));
    await page.getByLabel("Cổng trên máy này").blur();

    // Cancelled in the agent's window: nothing is signed, and nothing is lost.
    let opened = page.context().waitForEvent("page");
    await sign.click();
    let window = await opened;
    await window.getByRole("button", { name: "Không ký" }).click();
    await expect(page.getByText("Chưa ký: yêu cầu đã được hủy.")).toBeVisible();

    // Asked again; the page is loaded anew meanwhile and still waits for the same press.
    opened = page.context().waitForEvent("page");
    await sign.click();
    window = await opened;
    await expect(window.getByRole("heading", { name: /Lịch tiếp công dân tháng 12/ })).toBeVisible();
    await expect(window.getByText("Nguyễn Thị Lãnh Đạo")).toBeVisible();
    await expectAccessible(window, "sign-agent");
    await expectNoSideways(window);
    await picture(window, "sign-agent");
    await window.getByLabel("Mã PIN của USB token").fill("999999");
    await window.getByRole("button", { name: "Ký", exact: true }).click();
    await expect(window.getByText("Mã PIN không đúng.")).toBeVisible();
    await page.reload();
    await expect(page.getByText("Đang chờ ông/bà xác nhận")).toBeVisible();
    await expectAccessible(page, "outgoing-token");
    await expectNoSideways(page);
    await window.getByLabel("Mã PIN của USB token").fill(PIN);
    await window.getByRole("button", { name: "Ký", exact: true }).click();
    await expect(window.getByRole("heading", { name: "Đã ký" })).toBeVisible();
    await expect(page.getByText("Đã ký và ban hành.")).toBeVisible();
    const paper = await page.request.get(`${draft}/ban-xem`);
    const told = judged(await paper.body());
    expect(told).toContain("Signature is Valid");
    expect(told).toContain("Total document signed");
    expect(told).toContain("Nguyễn Thị Lãnh Đạo");
  } finally {
    usb.end();
  }
});

test("the clerk signs the copy of a paper with the token of the agency", async ({ page, signIn, baseURL }) => {
  await signIn("clerk");
  await page.goto("/lam-viec/chu-ky-so/sao-y");
  const sign = page.getByRole("button", { name: "Ký bằng USB token trên máy này" });
  const usb = token("UBND xã Gia Phú");
  try {
    const port = await usb.start(baseURL ?? "");
    await page.evaluate((port) => localStorage.setItem("usb-port", String(port)), port);
    await sign.click();
    await expect(page.getByText("Hãy chọn bản quét trước rồi bấm ký.")).toBeVisible();
    await page.getByLabel("Bản quét (PDF)").setInputFiles({ name: "quet.pdf", mimeType: "application/pdf", buffer: Buffer.from("không phải PDF") });
    await page.getByLabel("Hình thức sao").selectOption("SAO LỤC");
    await sign.click();
    await expect(page.locator("[data-usb-told]")).toContainText(/PDF/);
    await page.getByLabel("Bản quét (PDF)").setInputFiles({ name: "quet.pdf", mimeType: "application/pdf", buffer: onePage() });
    const opened = page.context().waitForEvent("page");
    await sign.click();
    const window = await opened;
    await expectAccessible(page, "copy-token");
    await expectNoSideways(page);
    await picture(page, "copy-token");
    const downloaded = page.waitForEvent("download");
    await window.getByLabel("Mã PIN của USB token").fill(PIN);
    await window.getByRole("button", { name: "Ký", exact: true }).click();
    const copy = await downloaded;
    await expect(page.getByText("Đã ký. Bản sao đã được tải về máy này.")).toBeVisible();
    const told = judged(readFileSync(await copy.path()));
    expect(told).toContain("Signature is Valid");
    expect(told).toContain("UBND xã Gia Phú");
  } finally {
    usb.end();
  }
});

/** A scan of one empty page of A4. */
function onePage(): Buffer {
  const parts = ["1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n", "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n", "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"];
  let text = "%PDF-1.4\n";
  const places = parts.map((part) => {
    const at = text.length;
    text += part;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = text.length;
  return Buffer.from(`${text}xref\n0 4\n0000000000 65535 f \n${places.join("")}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`);
}
