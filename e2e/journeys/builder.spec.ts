// A procedure without a file: an administrator makes it on pages, a resident finds it in everyday words and begins it.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test, withoutMarks } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.describe.configure({ timeout: 120_000 });

test("an administrator makes a procedure on pages, a resident finds it and begins it", async ({ page, other }) => {
  const width = onPhone(page) ? "phone" : "desk";
  const thing = onPhone(page) ? "sân bóng thôn" : "nhà rông thôn";
  const admin = await other("admin", width);
  await admin.goto("/lam-viec/thu-tuc/moi");
  await expectNoSideways(admin);
  await expectAccessible(admin, "procedure-new");
  await admin.getByLabel("Tên thủ tục", { exact: true }).fill(`Mượn ${thing}`);
  await admin.getByLabel("Lĩnh vực").selectOption({ value: "xac-nhan" });
  await admin.getByRole("button", { name: "Bắt đầu soạn" }).click();

  // What is missing before it may be in force is told, and leads to where it is written.
  await expect(admin.locator("main")).toContainText("Chưa có tóm tắt");
  await admin.getByRole("link", { name: "Sửa Thông tin chung" }).click();
  await admin.getByLabel("Tóm tắt trong một, hai câu", { exact: true }).fill(`Xin mượn ${thing} cho việc chung.`);
  await admin.getByLabel("Ai được làm", { exact: true }).fill("Người dân trong xã");
  await admin.locator("[name=ket-qua-vi]").fill("Giấy đồng ý cho mượn");
  await admin.locator("[name=tu-khoa]").fill(`xin mượn ${thing}\nlịch ${thing}`);
  await expectNoSideways(admin);
  await expectAccessible(admin, "procedure-general");
  await admin.getByRole("button", { name: "Lưu" }).click();

  // The common form, and one question more.
  await admin.getByRole("button", { name: "Lập biểu mẫu từ mẫu chung" }).click();
  await admin.getByRole("link", { name: /^Thêm mục/ }).first().click();
  await admin.getByLabel("Câu hỏi hoặc tên mục", { exact: true }).fill("Mượn vào buổi nào");
  await admin.getByLabel("Kiểu trả lời").selectOption({ value: "choice" });
  await admin.getByLabel("Các lựa chọn").fill("Buổi sáng | Morning\nBuổi chiều | Afternoon");
  await admin.getByRole("button", { name: "Lưu" }).click();
  await expect(admin.locator("main")).toContainText("Mượn vào buổi nào");
  await expect(admin.locator("main")).not.toContainText("Còn thiếu trước khi cho hiệu lực");
  await expectNoSideways(admin);
  await expectAccessible(admin, "procedure-build");
  await picture(admin, "procedure-build");
  const code = new URL(admin.url()).pathname.split("/").at(-2) as string;
  await admin.locator("#hieu-luc").getByRole("button", { name: "Cho hiệu lực" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Cho hiệu lực" }).click();
  await expect(admin.locator("#hieu-luc")).toHaveCount(0);

  const resident = await other(onPhone(page) ? "resident" : "otherResident", width);
  await resident.goto("/thu-tuc");
  await resident.getByRole("main").getByRole("searchbox").fill(withoutMarks(`mượn ${thing}`).toLowerCase());
  await resident.getByRole("main").getByRole("button", { name: "Tìm" }).click();
  await resident.getByRole("link", { name: `Mượn ${thing}`, exact: true }).click();
  expect(new URL(resident.url()).pathname).toBe(`/thu-tuc/${code}`);
  await resident.getByRole("link", { name: "Làm hồ sơ" }).click();
  await expect(resident.getByLabel("Họ, chữ đệm, tên")).not.toHaveValue("");
  await expectNoSideways(resident);
  await expectAccessible(resident, "built-form");
  await resident.getByLabel("Buổi chiều", { exact: true }).check();
  await resident.getByRole("button", { name: "Tiếp tục" }).click();
  await resident.goto("/ho-so-cua-toi");
  await expect(resident.getByRole("link", { name: `Mượn ${thing}` })).toBeVisible();
});
