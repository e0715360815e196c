// What officers do all day: open a number to its rows, go through the lists.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test("a figure opens to the rows behind it", async ({ page, signIn }) => {
  await signIn("registryOfficer");
  await page.goto("/so-lieu?ngay=31/12/2023");
  await expect(page.locator("main")).toContainText("9.993");
  await expect(page.locator("main")).toContainText("95,7");
  await expectNoSideways(page);
  await picture(page, "figures");
  await expectAccessible(page, "figures");

  // From the number to its villages, from the village to the people behind it.
  await page.locator('a.figure[href^="/so-lieu/population?"]', { hasText: "9.993" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Số người");
  await expectNoSideways(page);
  await expectAccessible(page, "figure");
  await picture(page, "figure");
  await page.locator('a[href*="/population/dong"][href*="thon="]').first().click();
  await expect(page).toHaveURL(/\/lam-viec\/so-lieu\/population\/dong/);
  await expect(page.locator("main .lead")).toContainText("Tính đến ngày 31/12/2023 · Đông Căm");
  await expectNoSideways(page);
  await expectAccessible(page, "rows of a figure");
  const person = page.locator("main .todo a").first();
  const name = await person.innerText();
  await person.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
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
