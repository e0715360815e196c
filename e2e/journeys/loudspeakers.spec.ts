// The loudspeakers: which play, which are silent, one is tested, a new one is written down, a leader speaks.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

const WORK = "/lam-viec/truyen-thanh";

test("the officer sees which loudspeakers play, tests one and writes another down", async ({ page, signIn }, info) => {
  await signIn("radioOfficer");
  // The devices of the demo sign in by themselves.
  await expect(async () => {
    await page.goto(`${WORK}/loa`);
    await expect(page.getByText("Đang hoạt động").first()).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(page.locator(".place-map")).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page, "loudspeakers");
  await picture(page, "loudspeakers");
  await page.getByRole("link", { name: "Cụm loa nhà văn hóa thôn Đông Căm" }).first().click();
  await expectNoSideways(page);
  await expectAccessible(page, "loudspeaker");
  await picture(page, "loudspeaker");
  await page.getByRole("button", { name: "Thử loa" }).click();
  await expect(page.getByText("Đã gửi lệnh tới loa")).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("Loa đã làm").first()).toBeVisible({ timeout: 1000 });
  }).toPass();

  const name = `Loa chợ ${info.project.name}`;
  await page.goto(`${WORK}/loa/moi`);
  await page.getByLabel("Tên cụm loa").fill(name);
  await page.getByLabel("Thôn", { exact: true }).selectOption({ index: 2 });
  await page.locator(".place-map").first().click({ position: { x: 120, y: 120 } });
  await expectNoSideways(page);
  await expectAccessible(page, "loudspeaker-form");
  await picture(page, "loudspeaker-form");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByText("Chưa nối máy")).toBeVisible();
  await page.goto(`${WORK}/bao-cao`);
  await expectNoSideways(page);
  await expectAccessible(page, "radio-report");
  await picture(page, "radio-report");
});

// It is not sent: it would stand above every page of the other journeys. Where it goes is tested over HTTP.
test("a leader writes an exercise for some villages and sees the way to speak live", async ({ page, signIn }) => {
  await signIn("chairman");
  await page.goto("/lam-viec/thong-bao-khan/moi");
  await page.getByLabel("Tiêu đề").first().fill("Tập báo lũ");
  await page.getByLabel("Bà con cần làm gì").fill("Nghe còi thì rời nhà ven suối.");
  await page.getByLabel("Diễn tập").check();
  await page.locator("[name=thon]").first().check();
  await expectNoSideways(page);
  await expectAccessible(page, "emergency-form");
  await picture(page, "emergency-form");
  await page.goto(`${WORK}/noi`);
  await expectNoSideways(page);
  await expectAccessible(page, "live-form");
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(page.getByRole("button", { name: "Bắt đầu nói" })).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page, "live");
  await picture(page, "live");
});
