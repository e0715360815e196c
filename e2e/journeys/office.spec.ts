// A document comes in (on the phone it is uploaded, at the desk the province sends it by edXML), the chairman directs it, village
// heads have it on their phones, an officer drafts the answer, it is approved, numbered and signed, the document is settled, and the
// province hears of it.
import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { judged } from "../support/pdf.ts";
import { PROVINCE, Province } from "../support/province.ts";
import { picture } from "../support/screens.ts";

test.describe.configure({ timeout: 180_000 });
// A form without the tick about secrecy is sent on purpose.
test.use({ allowedComplaints: [/status of 422/] });

/** A document as an agency's program prints it. */
async function letter(page: Page, number: string): Promise<Buffer> {
  const paper = await page.context().newPage();
  await paper.setContent(`<style>body{font:13pt serif;margin:2cm} table{width:100%;text-align:center} td{vertical-align:top}</style>
    <table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH LÀO CAI</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</td></tr>
    <tr><td>Số: ${number}/UBND-NC<br>V/v kiểm tra cầu treo</td><td>Lào Cai, ngày 20 tháng 11 năm 2026</td></tr></table>
    <p>Kính gửi: Ủy ban nhân dân các xã.</p><p>Đề nghị kiểm tra các cầu treo dân sinh và báo cáo.</p>`);
  const pdf = await paper.pdf({ format: "A4" });
  await paper.close();
  return pdf;
}

/** The clerk takes it in: the page asks about secrecy first. */
async function upload(page: Page, number: string, pdf: Buffer): Promise<void> {
  await page.goto("/lam-viec/van-ban-den/tiep-nhan");
  const file = { name: `${number}.pdf`, mimeType: "application/pdf", buffer: pdf };
  await page.locator("#tep").setInputFiles(file);
  await page.getByRole("button", { name: "Nhận và đọc văn bản" }).click();
  await expect(page.getByRole("alert")).toContainText("không phải văn bản mật");
  await page.locator("#tep").setInputFiles(file);
  await page.getByLabel("Tôi đã xem: đây không phải văn bản mật").check();
  await expectAccessible(page, "incoming-take");
  await page.getByRole("button", { name: "Nhận và đọc văn bản" }).click();
}

/** The province sends it; the clerk finds it among what has arrived. */
async function arrive(page: Page, province: Province, number: string, subject: string, pdf: Buffer): Promise<void> {
  expect(await province.send(number, subject, pdf)).toMatchObject({ outcome: "taken" });
  await page.goto(`/lam-viec/van-ban-den?viec=arrived&q=${number}`);
  await page.getByRole("main").getByRole("link", { name: subject }).first().click();
  await page.getByRole("link", { name: "Vào sổ văn bản đến" }).click();
}

test("a document is directed, answered, signed and settled", async ({ page, other, signIn }) => {
  // Each project has a document of its own.
  const number = onPhone(page) ? "3601" : "1440";
  const subject = "Kiểm tra cầu treo";
  const pdf = await letter(await other("auditor", "desk"), number);
  const province = onPhone(page) ? undefined : await Province.open();
  await signIn("clerk");
  if (province) {
    await province.introduce(await other("admin", "desk"));
    await arrive(page, province, number, subject, pdf);
  } else {
    await upload(page, number, pdf);
  }
  await expect(page.locator("#so")).toHaveValue(number);
  await expect(page.locator("#noi-gui")).toHaveValue("Ủy ban nhân dân tỉnh Lào Cai");
  await expect(page.locator("#trich-yeu")).toHaveValue(subject);
  await expectNoSideways(page);
  await picture(page, "incoming-register");
  await page.getByRole("button", { name: "Cho số đến và vào sổ" }).click();
  await expect(page.getByText(/Đã vào sổ, số đến \d+/)).toBeVisible();
  const document = new URL(page.url()).pathname;

  // The chairman charges an officer, and all village heads with one tick.
  const chairman = await other("chairman", "desk");
  await chairman.goto(document);
  await chairman.getByLabel("Ý kiến chỉ đạo").fill("Trưởng thôn kiểm tra, cán bộ soạn báo cáo.");
  await chairman.getByLabel("Chủ trì").selectOption({ label: await chairman.getByLabel("Chủ trì").locator("option", { hasText: "hộ tịch" }).first().innerText() });
  await chairman.getByText("Phối hợp", { exact: true }).click();
  await chairman.getByLabel("Tất cả trưởng thôn").check();
  await chairman.getByRole("button", { name: "Giao việc" }).click();
  await expect(chairman.getByText(/Đã giao việc NV-/)).toBeVisible();
  await expectAccessible(chairman, "incoming-show");
  // The same name stands on the task and on the work file that opened with it.
  await chairman.getByRole("main").locator('a[href^="/lam-viec/nhiem-vu/"]', { hasText: subject }).click();
  const task = new URL(chairman.url()).pathname;

  // Two village heads have it on their phones; one sends a picture.
  const head = await other("villageHead", "phone");
  await head.goto(task);
  await head.getByRole("button", { name: "Đã nhận việc" }).click();
  await expect(head.getByText("Người giao đã biết ông/bà nhận việc.")).toBeVisible();
  await expectAccessible(head, "task-phone");
  await picture(head, "task-phone");
  const second = await other("otherHead", "phone");
  await second.goto(task);
  await second.getByRole("button", { name: "Đã nhận việc" }).click();
  await second.getByLabel("Đã làm được gì").fill("Cầu thôn còn tốt, thay hai tấm ván.");
  await second.getByRole("button", { name: "Xong phần của tôi" }).click();
  await expect(second.getByText("Đã gửi báo cáo.")).toBeVisible();
  await expectNoSideways(second);
  await chairman.reload();
  await expect(chairman.getByText("Cầu thôn còn tốt, thay hai tấm ván.")).toBeVisible();
  await expect(chairman.getByText(/Chưa xem: \d+/)).toBeVisible();
  await picture(chairman, "task-chairman");

  // The officer drafts the answer from the task and hands it on.
  const officer = await other("registryOfficer", "desk");
  await officer.goto(task);
  await officer.getByRole("link", { name: "Soạn văn bản trả lời" }).click();
  await officer.getByLabel("Loại văn bản").selectOption({ label: await officer.getByLabel("Loại văn bản").locator("option", { hasText: "Công văn" }).first().innerText() });
  await officer.getByRole("button", { name: "Bắt đầu soạn" }).click();
  await officer.getByLabel("Trích yếu").fill("báo cáo kiểm tra cầu treo");
  await officer.getByLabel("Kính gửi").fill("Ủy ban nhân dân tỉnh Lào Cai");
  if (province) await officer.getByLabel("Nơi nhận").fill(`${PROVINCE.name} [${PROVINCE.code}]\nLưu: VT`);
  await officer.getByLabel("Nội dung").fill("Các cầu treo trên địa bàn xã đã được kiểm tra, bảo đảm an toàn.");
  await officer.getByRole("button", { name: "Lưu dự thảo" }).click();
  await officer.getByRole("button", { name: "Trình duyệt" }).click();
  await expect(officer.getByText("Đã trình. Lãnh đạo đã nhận được tin.")).toBeVisible();
  const draft = new URL(officer.url()).pathname;

  // The chairman approves and signs in one sitting; the paper has a number and a signature that pdfsig finds valid.
  await chairman.goto(draft);
  await chairman.getByRole("button", { name: "Duyệt", exact: true }).click();
  await chairman.getByLabel("Mật khẩu của chứng thư").fill("sandinh");
  await chairman.getByRole("button", { name: "Ký và ban hành" }).click();
  await expect(chairman.getByText("Đã ký và ban hành.")).toBeVisible();
  await expect(chairman.getByRole("main")).toContainText(/\d+\/UBND/);
  await expectAccessible(chairman, "outgoing-show");
  await picture(chairman, "outgoing-show");
  const paper = await chairman.request.get(`${draft}/ban-xem`);
  expect(judged(await paper.body())).toContain("Signature is Valid");

  // The officer reports, the chairman finds it done, and the document is settled.
  await officer.goto(task);
  await officer.getByLabel("Đã làm được gì").fill("Đã gửi báo cáo.");
  await officer.getByRole("button", { name: "Báo cáo hoàn thành" }).click();
  await chairman.goto(task);
  await chairman.getByRole("button", { name: "Xác nhận hoàn thành" }).click();
  await expect(chairman.getByText("Đã xác nhận hoàn thành.")).toBeVisible();
  await page.goto(document);
  await expect(page.getByText("Đã xong").first()).toBeVisible();
  await picture(page, "incoming-show");

  // The province has the answer with its signed file, and heard: received, assigned, in work, done.
  if (province) {
    await expect.poll(() => province.statuses().at(-1)).toBe("06");
    expect(province.statuses()).toEqual(["01", "03", "04", "05", "06"]);
    const answer = province.packages.find((text) => text.includes("báo cáo kiểm tra cầu treo"));
    expect(answer).toContain("application/pdf");
    expect(province.doubtful).toEqual([]);
    province.close();
  }
});
