// A list from Excel, as villages send them: one row is wrong. What is right goes in at once, what is wrong is mended on
// the page.
import writeExcel from "write-excel-file/node";
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test, withoutMarks } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Two households: in the second one somebody was born in 2090. Title row, headings of their own, names in capitals. */
async function list(who: string, other: string): Promise<Buffer> {
  const bold = (value: string) => ({ value, fontWeight: "bold" as const });
  return writeExcel([
    [{ value: "DANH SÁCH NHÂN KHẨU THÔN SOI CỜ", fontWeight: "bold", columnSpan: 8 }],
    ["STT", "STT HỘ", "HỌ VÀ TÊN", "QH VỚI CHỦ HỘ", "NAM/NỮ", "NTNS", "DÂN TỘC", "THÔN"].map(bold),
    [1, 1, `Lò Văn ${who}`.toUpperCase(), "Chủ hộ", "Nam", "12/05/1980", "Tày", "Soi Cờ"],
    [2, 1, `Vàng Thị ${who}`, "Vợ", "Nữ", "1982", "Tày", "Soi Cờ"],
    [3, 2, other, "Chủ hộ", "Nam", "01/01/2090", "Mông", "Soi Cờ"],
  ]).toBuffer();
}

test("an officer imports an Excel file and mends the wrong row on the page", async ({ page, signIn }) => {
  const who = onPhone(page) ? "Điện Thoại" : "Máy Bàn";
  const other = `Giàng A ${who}`;
  await signIn("registryOfficer");
  await page.goto("/lam-viec/nhap");
  await expectAccessible(page, "import, start");
  const file = { name: `Danh sách Soi Cờ ${who}.xlsx`, mimeType: EXCEL, buffer: await list(who, other) };
  await page.getByLabel("Tệp Excel").setInputFiles(file);
  await page.getByRole("button", { name: "Tải lên và xem các cột" }).click();

  // Which column is what: found by itself, with a preview of what stands in it.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Các cột của tệp");
  await expect(page.getByLabel("NTNS")).toHaveValue("birth");
  await expect(page.getByLabel("QH VỚI CHỦ HỘ")).toHaveValue("relation");
  await expect(page.locator("main")).toContainText(`Lò Văn ${who}`.toUpperCase());
  await expectNoSideways(page);
  await expectAccessible(page, "import, columns");
  await picture(page, "import-columns");
  await page.getByRole("button", { name: "Kiểm tra từng dòng" }).click();

  // The dry run names the row and the cell; nothing is written yet.
  const wrong = page.getByRole("row").filter({ hasText: "Dòng 5" });
  await expect(wrong).toContainText("Ngày sinh «01/01/2090»");
  await expect(wrong).toContainText(other);
  await expect(page.locator("main")).toContainText("Đã kiểm tra, chưa ghi");
  await expectNoSideways(page);
  await expectAccessible(page, "import, dry run");
  await picture(page, "import");

  // What is right goes in now.
  await page.getByLabel("Ghi ngay những hộ đúng cả, để lại hộ có lỗi cho tôi sửa").check();
  await page.getByRole("button", { name: "Ghi vào sổ" }).click();
  await expect(page.locator(".figure").filter({ hasText: "Dòng đã ghi" })).toContainText("2");

  // The wrong row is mended on a page of its own.
  await page.getByRole("link", { name: "Dòng 5" }).click();
  await expect(page.locator(".error-summary")).toContainText("chưa đến");
  await expectAccessible(page, "import, mend");
  await picture(page, "import-mend");
  await page.getByLabel("Ngày sinh").fill("01/01/1990");
  await page.getByRole("button", { name: "Lưu và kiểm tra lại" }).click();
  await expect(page.locator(".toast")).toContainText("Dòng đã đúng");
  await page.getByRole("button", { name: "Ghi vào sổ" }).click();
  await expect(page.locator(".figure").filter({ hasText: "Dòng đã ghi" })).toContainText("3");
  await expect(page.locator(".figure").filter({ hasText: "Dòng có lỗi" })).toContainText("0");

  // They are in: found by name, without marks.
  await page.getByRole("searchbox").first().fill(withoutMarks(other));
  await page.keyboard.press("Enter");
  await page.locator("main .todo a", { hasText: `Hộ ${other}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Hộ ${other}`);
  await expect(page.locator("main")).toContainText("1990");
  await expectNoSideways(page);
});
