// The commune's map: layers without a script, the large map with one press, a report's place set on it.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test("everybody finds places on the map and opens the large one", async ({ page }) => {
  await page.goto("/ban-do");
  await expectNoSideways(page);
  await expectAccessible(page, "map");
  await picture(page, "public-map");
  const pins = page.locator("svg.place-map a");
  const all = await pins.count();
  expect(all).toBeGreaterThan(10);
  await page.getByLabel(/^Nhà văn hóa/).uncheck();
  await page.getByRole("button", { name: "Hiện", exact: true }).click();
  expect(await pins.count()).toBeLessThan(all);

  const open = page.getByRole("button", { name: "Mở bản đồ lớn" });
  await open.click();
  const large = page.getByRole("dialog");
  await expect(large.locator(".map-place")).toHaveAttribute("data-ready", "");
  await expect(large.locator("button.map-pin")).toHaveCount(await pins.count());
  await expectAccessible(page, "large-map");
  await picture(page, "large-map");

  // By the keyboard alone: to the map, nearer, to a pin, to its page.
  const before = await large.locator(".maplibregl-ctrl-scale").innerText();
  await large.getByRole("button", { name: "Phóng to" }).press("Enter");
  await expect(large.locator(".maplibregl-ctrl-scale")).not.toHaveText(before);
  await large.locator("button.map-pin").first().focus();
  await page.keyboard.press("Enter");
  const told = large.locator(".maplibregl-popup a");
  await expect(told).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(large).toHaveCount(0);
  await expect(open).toBeFocused();
});

test("the place of a report is set on the large map", async ({ page, signIn }) => {
  await signIn(onPhone(page) ? "resident" : "otherResident");
  await page.goto("/phan-anh/moi");
  await page.getByRole("button", { name: "Mở bản đồ lớn" }).click();
  const large = page.getByRole("dialog");
  await expect(large.locator(".map-place")).toHaveAttribute("data-ready", "");
  await large.locator("canvas").click({ position: { x: 150, y: 200 } });
  await expect(large.locator(".map-here")).toBeVisible();
  await large.getByRole("button", { name: "Đóng bản đồ" }).click();
  await expect(page.locator("[data-lat]")).toHaveValue(/^22\.\d+$/);
  await expect(page.locator("[data-lon]")).toHaveValue(/^10\d\.\d+$/);
});
