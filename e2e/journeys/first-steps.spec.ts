// What everybody does first: open the commune's page, change how it looks, sign in.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test("a resident opens the home page", async ({ page }) => {
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(200);
  await expect(page.locator("html")).toHaveAttribute("lang", "vi");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("searchbox").first()).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page, "home");
  await picture(page, "home");
});

test("the same page speaks English", async ({ page }) => {
  await page.goto("/?lang=en");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expectNoSideways(page);
  await picture(page, "home-en");
});

for (const look of ["light", "dark", "large"] as const) {
  test(`the design system holds in ${look}`, async ({ page, context, baseURL }) => {
    const cookie = look === "large" ? { name: "size", value: "large" } : { name: "theme", value: look };
    await context.addCookies([{ ...cookie, url: baseURL as string }]);
    await page.goto("/thiet-ke");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoSideways(page);
    await expectAccessible(page, `design system, ${look}`);
    await picture(page, look === "light" ? "design" : `design-${look}`);
  });
}

test("an officer signs in with one click and sees what waits", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/lam-viec");
  await expect(page).toHaveURL(/\/lam-viec/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page, "work, today");
  await picture(page, "work");
});

test.describe("a page that does not exist", () => {
  test.use({ allowedComplaints: [/status of 404/] });

  test("says so and leads back", async ({ page }) => {
    const answer = await page.goto("/khong-co-trang-nay");
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("link", { name: /trang chủ/i }).first()).toBeAttached();
    if (onPhone(page)) await expectNoSideways(page);
  });
});
