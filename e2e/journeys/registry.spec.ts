// What officers do all day: find somebody without typing marks, open a number to its rows.
import { expectNoSideways } from "../support/access.ts";
import { expect, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test("an officer finds a household without marks and opens it", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/lam-viec/tim?q=ho+nguyen+van");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await picture(page, "search");
  const first = page.locator("main .todo a").first();
  await expect(first).toContainText("Nguyễn Văn");
  await first.click();
  await expect(page).toHaveURL(/\/lam-viec\/(ho|nguoi)\//);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectNoSideways(page);
  await picture(page, "household");
});

test("a figure opens to the rows behind it", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/so-lieu?ngay=31/12/2023");
  await expect(page.locator("main")).toContainText("9.993");
  await expect(page.locator("main")).toContainText("95,7");
  await expectNoSideways(page);
  await picture(page, "figures");
  await page.goto("/so-lieu/population");
  await page.locator('a[href*="/population/dong"]').first().click();
  await expect(page).toHaveURL(/\/lam-viec\/so-lieu\/population\/dong/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectNoSideways(page);
});

test("the lists of an officer fit the phone and the desk", async ({ page, signIn }) => {
  await signIn("officer");
  for (const [path, name] of [
    ["/lam-viec/ho", "households"],
    ["/lam-viec/nguoi", "people"],
    ["/lam-viec/tai-san", "assets"],
    ["/lam-viec/ban-do", "map"],
    ["/thon/dong-cam", "village"],
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoSideways(page);
    await picture(page, name);
  }
});
