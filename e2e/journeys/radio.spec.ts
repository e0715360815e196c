// The radio: a bulletin is written, read by the voice, approved, put into the plan and heard.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

const WORK = "/lam-viec/truyen-thanh";

test("a bulletin is written, approved by a leader, planned and found by everybody", async ({ page, signIn, other }, info) => {
  const width = info.project.name === "phone" ? "phone" : "desk";
  const title = `Bản tin ${width}`;
  await signIn("radioOfficer");
  await page.goto(WORK);
  await expectNoSideways(page);
  await expectAccessible(page, "radio-station");
  await picture(page, "radio-station");
  await page.getByRole("link", { name: "Thêm chương trình" }).click();
  await page.getByLabel("Tên chương trình").fill(title);
  await page.getByLabel("Loại chương trình").selectOption({ label: "Thời sự, tin xã" });
  await page.locator("#noi-dung").fill("Chào bà con. 7 giờ 30 sáng mai họp thôn.");
  await expectNoSideways(page);
  await expectAccessible(page, "radio-programme-form");
  await picture(page, "radio-programme-form");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  const path = new URL(page.url()).pathname;

  // The voice reads in the background.
  await expect(async () => {
    await page.goto(path);
    await expect(page.locator("svg.wave")).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expectAccessible(page, "radio-programme");
  await picture(page, "radio-programme");
  await page.getByRole("button", { name: "Trình duyệt" }).click();
  await expect(page.getByText("Đã trình lãnh đạo duyệt")).toBeVisible();

  const leader = await other("chairman", width);
  await leader.goto(path);
  await leader.getByRole("button", { name: "Duyệt cho phát" }).click();
  await expect(leader.getByText("Chương trình lên sóng theo lịch")).toBeVisible();

  await page.goto(path);
  await page.getByRole("link", { name: "Xếp vào lịch" }).click();
  await page.locator("#gio").fill(width === "phone" ? "19:10" : "19:20");
  for (const day of ["T2", "T4", "T6"]) await page.getByLabel(day, { exact: true }).check();
  await expectNoSideways(page);
  await expectAccessible(page, "radio-slot");
  await picture(page, "radio-slot");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByText("Đã xếp vào lịch")).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page, "radio-week");
  await picture(page, "radio-week");
});

test("everybody hears the station and sees what comes", async ({ page }) => {
  await page.goto("/truyen-thanh");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Truyền thanh");
  await expectNoSideways(page);
  await expectAccessible(page, "radio-public");
  await picture(page, "radio-public");
  const player = page.locator("audio.radio-player").first();
  await player.evaluate((audio: HTMLAudioElement) => {
    audio.muted = true;
    return audio.play();
  });
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0.5);
  await player.evaluate((audio: HTMLAudioElement) => {
    audio.pause();
    audio.replaceChildren();
    audio.load();
  });
});
