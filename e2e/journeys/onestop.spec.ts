// A birth from the phone to the returned result: prepared at home, asked back at the exact place, signed, returned.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.describe.configure({ timeout: 180_000 });
// A day that does not exist is typed on purpose, and the network is cut on purpose.
test.use({ allowedComplaints: [/status of 422|ERR_INTERNET_DISCONNECTED/] });

const RESULT = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

/** A photograph as a phone makes it, drawn by the browser itself; larger than what the page lets out. */
async function photo(page: Page, side: number): Promise<Buffer> {
  const url = await page.evaluate((side) => {
    const canvas = document.createElement("canvas");
    canvas.width = side;
    canvas.height = side;
    const draw = canvas.getContext("2d") as CanvasRenderingContext2D;
    for (let i = 0; i < 4000; i++) {
      draw.fillStyle = `rgb(${(i * 37) % 256} ${(i * 91) % 256} ${(i * 53) % 256})`;
      draw.fillRect((i * 131) % side, (i * 197) % side, 60, 60);
    }
    return canvas.toDataURL("image/jpeg", 0.98);
  }, side);
  return Buffer.from(url.split(",")[1] ?? "", "base64");
}

/** What pdfsig says of a PDF. */
function judged(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "giay-"));
  const file = join(folder, "giay.pdf");
  writeFileSync(file, pdf);
  const told = execFileSync("pdfsig", ["-nocert", file], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return told;
}

async function next(page: Page): Promise<void> {
  await expectNoSideways(page);
  await page.getByRole("button", { name: "Tiếp tục" }).click();
}

test("a parent prepares a birth on the phone, the office settles it, the population moves by one", async ({ page, other }) => {
  const child = onPhone(page) ? "Trần Minh Khôi" : "Trần Bảo Ngân";
  // Each project has a parent of its own: a draft is one for each account and procedure.
  const parent = await other(onPhone(page) ? "resident" : "otherResident", "phone");

  // Everyday words without marks find the procedure.
  await parent.goto("/thu-tuc");
  await parent.getByRole("main").getByRole("searchbox").fill("giay khai sinh");
  await parent.getByRole("main").getByRole("button", { name: "Tìm" }).click();
  await parent.getByRole("link", { name: "Đăng ký khai sinh", exact: true }).click();
  await expectAccessible(parent, "procedure");
  await picture(parent, "procedure");
  await parent.getByRole("link", { name: "Làm hồ sơ" }).click();

  // What the registry knows is filled in already.
  const number = await parent.getByLabel("Số định danh cá nhân").inputValue();
  await expect(parent.getByLabel("Họ, chữ đệm, tên")).not.toHaveValue("");
  await parent.getByLabel("Cha", { exact: true }).check();
  await picture(parent, "draft");
  await next(parent);
  await parent.getByLabel("Họ, chữ đệm, tên của trẻ").fill(child);
  await parent.getByLabel("Ngày sinh").fill("31/02/2026");
  await parent.getByLabel("Nam", { exact: true }).check();
  await parent.getByLabel("Dân tộc").selectOption({ label: "Kinh" });
  await parent.getByLabel("Nơi sinh").fill("Trạm Y tế xã Gia Phú");
  await next(parent);
  await expect(parent.locator(".error-summary")).toContainText("Ngày");
  await parent.getByLabel("Ngày sinh").fill("02/11/2026");
  await next(parent);
  await parent.getByLabel("Họ, chữ đệm, tên mẹ").fill("Nguyễn Thị Hạnh");
  await parent.getByLabel("Năm sinh").fill("1995");
  await next(parent);
  await parent.getByLabel("Không", { exact: true }).check();
  await next(parent);
  await parent.getByLabel("Số bản sao trích lục cần cấp").fill("2");
  await next(parent);

  // The battery dies: the draft is where it was.
  await parent.goto("/ho-so-cua-toi");
  await parent.getByRole("link", { name: "Đăng ký khai sinh" }).first().click();
  await expect(parent.locator(".steps")).toBeVisible();

  // A large photograph is made small on the phone.
  await parent.goto(`${new URL(parent.url()).pathname}?phan=giay`);
  const large = await photo(parent, 2600);
  const upload = parent.locator("#giay-birth_paper");
  await upload.locator("input[type=file]").first().setInputFiles({ name: "chung-sinh.jpg", mimeType: "image/jpeg", buffer: large });
  const going = () => upload.locator("input[type=file]").first().evaluate((input: HTMLInputElement) => input.files?.[0]?.size ?? 0);
  await expect.poll(going, { message: "the phone makes it small" }).toBeLessThan(large.length);
  await expect(upload.locator(".upload-list")).toContainText("chung-sinh.jpg");
  await upload.getByRole("button", { name: "Gửi trang này lên" }).click();
  await expect(parent.locator("#giay-birth_paper")).toContainText("Đã có");
  await expectAccessible(parent, "papers");
  await picture(parent, "papers");
  await parent.getByRole("link", { name: "Tiếp tục" }).click();
  await expect(parent.locator("main")).toContainText("16.000 đồng");
  await parent.getByLabel("Tôi cam đoan").check();
  await expectAccessible(parent, "review");
  await parent.getByRole("button", { name: "Gửi hồ sơ" }).click();
  await expect(parent.locator("main")).toContainText("Mới đăng ký");
  await picture(parent, "own-dossier");
  const id = new URL(parent.url()).pathname.split("/").pop() as string;

  // She pays for the two extracts by the code; the desk takes the bank's statement over, and they find each other.
  const purpose = await parent.locator("dl.facts > div", { hasText: "Nội dung, giữ nguyên" }).locator("dd").innerText();
  await picture(parent, "pay");
  const paying = await other("officer", "desk");
  await paying.goto("/lam-viec/thu-phi");
  const today = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
  const statement = `Ngày giao dịch;Ghi có;Nội dung;Mã giao dịch\n${today};16.000;MBVCB ${purpose.trim()} CT;FT${id}\n`;
  await paying.locator("input[name=tep]").setInputFiles({ name: "sao-ke.csv", mimeType: "text/csv", buffer: Buffer.from(statement) });
  await paying.getByRole("button", { name: "Đối chiếu" }).click();
  await expect(paying.locator("main")).toContainText("Khớp 1 khoản");
  await parent.reload();
  await expect(parent.locator("main")).not.toContainText("Quét mã để chuyển khoản");

  // The desk finds it, asks for a better picture at its exact place; the parent lands on it.
  const desk = await other("officer", "desk");
  await desk.goto("/lam-viec/mot-cua?viec=dang-lam");
  await expectNoSideways(desk);
  await expectAccessible(desk, "dossiers");
  await picture(desk, "dossiers");
  await desk.goto(`/lam-viec/mot-cua/${id}`);
  await desk.locator("summary", { hasText: "Yêu cầu bổ sung" }).click();
  await desk.getByLabel("Giấy chứng sinh", { exact: true }).check();
  await desk.getByLabel("Vì sao Giấy chứng sinh").fill("Ảnh mờ, chụp lại cho rõ dấu.");
  await picture(desk, "ask");
  await desk.getByRole("button", { name: "Yêu cầu bổ sung" }).click();
  await expect(desk.locator("main")).toContainText("Yêu cầu bổ sung giấy tờ");
  await parent.reload();
  await expect(parent.locator(".notice:not(.outbox)")).toContainText("Ảnh mờ, chụp lại cho rõ dấu.");
  await parent.getByRole("link", { name: "Bổ sung hồ sơ" }).click();
  await expectNoSideways(parent);
  await expectAccessible(parent, "answer");
  await picture(parent, "answer");
  const again = parent.locator("input[type=file]").first();
  await again.setInputFiles({ name: "ro.jpg", mimeType: "image/jpeg", buffer: await photo(parent, 600) });
  // The network is cut: it waits on the phone, and goes by itself when the network is back.
  await parent.context().setOffline(true);
  await parent.getByRole("button", { name: "Gửi bổ sung" }).click();
  await expect(parent.locator(".outbox")).toContainText("Mất mạng");
  await expectNoSideways(parent);
  await expectAccessible(parent, "outbox");
  await picture(parent, "outbox");
  await parent.context().setOffline(false);
  await expect(parent.locator("main")).toContainText("Mới đăng ký");

  // Received with its receipt, written, signed, the Ministry's document attached, returned.
  await desk.goto(`/lam-viec/mot-cua/${id}`);
  await expectAccessible(desk, "dossier");
  await picture(desk, "dossier");
  await desk.getByRole("button", { name: "Tiếp nhận", exact: true }).click();
  await expect(desk.locator(".qr")).toBeVisible();
  await picture(desk, "receipt");
  const specialist = await other("registryOfficer", "desk");
  await specialist.goto(`/lam-viec/mot-cua/${id}`);
  await specialist.getByRole("link", { name: "Soạn thảo" }).click();
  await expect(specialist.getByLabel("Nội dung")).toHaveValue(new RegExp(`Cháu ${child}, sinh ngày 02/11/2026`));
  await expectNoSideways(specialist);
  await expectAccessible(specialist, "paper-draft");
  await specialist.getByRole("button", { name: "Lưu dự thảo" }).click();
  await picture(specialist, "paper-draft");
  await specialist.goto(`/lam-viec/mot-cua/${id}`);
  await specialist.getByRole("button", { name: /Xong bước này/ }).click();
  const leader = await other("chairman", "desk");
  await leader.goto(`/lam-viec/mot-cua/${id}`);
  await leader.getByRole("link", { name: "Xem và ký" }).click();
  await leader.getByLabel("Mật khẩu của chứng thư").fill("sandinh");
  await expectAccessible(leader, "paper-sign");
  await picture(leader, "paper-sign");
  await leader.getByRole("button", { name: "Ký và ban hành" }).click();
  await expect(leader.locator(".toast")).toContainText("Đã ký và ban hành");
  await desk.goto(`/lam-viec/mot-cua/${id}`);
  await desk.locator("input[name=ket-qua]").setInputFiles({ name: "giay-khai-sinh.pdf", mimeType: "application/pdf", buffer: RESULT });
  await desk.getByRole("button", { name: "Gắn kết quả" }).click();

  const people = async () => Number((await (await desk.request.get("/api/v1/figures/population")).json()).value);
  const before = await people();
  await desk.getByLabel("Quan hệ với chủ hộ").selectOption({ label: "Con" });
  await desk.getByRole("button", { name: "Ghi vào sổ bộ" }).click();
  await expect(desk.locator(".toast")).toContainText("Đã ghi vào sổ bộ");
  await desk.getByRole("button", { name: "Đã trả kết quả" }).click();
  await expect(desk.locator("main")).toContainText("Đã trả kết quả");
  // Journeys run side by side: at least this child was added meanwhile.
  expect(await people()).toBeGreaterThan(before);
  await parent.goto(`/ho-so-cua-toi/${id}`);
  await expect(parent.getByRole("link", { name: "giay-khai-sinh.pdf" })).toBeVisible();

  const code = (await parent.locator(".code").first().innerText()).trim();

  // She opens the commune's confirmation; another program says that its signature is valid; anybody may check it.
  await parent.goto("/giay-to-cua-toi");
  const mine = parent.locator(".card", { hasText: child }).filter({ hasText: "GXN-UBND" });
  await mine.locator("summary").click();
  await expect(mine.locator(".qr svg")).toBeVisible();
  await expectNoSideways(parent);
  await expectAccessible(parent, "wallet");
  await picture(parent, "wallet");
  const opened = await mine.getByRole("link", { name: "Mở giấy" }).getAttribute("href");
  const paper = await parent.request.get(opened as string);
  expect(judged(await paper.body())).toContain("Signature Validation: Signature is Valid.");
  await page.goto((await mine.getByRole("link", { name: "Trang kiểm tra giấy này" }).getAttribute("href")) as string);
  await expect(page.locator("main")).toContainText("còn giá trị");
  await expectNoSideways(page);
  await expectAccessible(page, "paper-checked");
  await picture(page, "paper-checked");

  // Anybody who has the receipt follows it.
  await page.goto(`/ho-so?ma=${code}`);
  await page.getByLabel("4 số cuối số định danh").fill(number.slice(-4));
  await page.getByRole("button", { name: "Tra cứu" }).click();
  await expect(page.locator("main")).toContainText("Đã trả kết quả");
  await expectNoSideways(page);
});
