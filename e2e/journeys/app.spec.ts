// The commune among the phone's applications: what was read opens without a network, what is of a person goes when they sign out.
import { expectAccessible, expectNoSideways } from "../support/access.ts";
import { expect, onPhone, test } from "../support/journey.ts";
import { picture } from "../support/screens.ts";

test.use({ allowedComplaints: [/ERR_INTERNET_DISCONNECTED/] });

type Manifest = { name: string; display: string; start_url: string; icons: { src: string; sizes: string; purpose: string }[]; shortcuts: { url: string }[] };

test("the application can be installed", async ({ page }) => {
  await page.goto("/");
  const path = await page.locator("link[rel=manifest]").getAttribute("href");
  const answer = await page.request.get(path ?? "");
  expect(answer.headers()["content-type"]).toContain("application/manifest+json");
  const manifest = (await answer.json()) as Manifest;
  expect(manifest).toMatchObject({ name: "Xã Gia Phú", display: "standalone", start_url: "/" });
  expect(manifest.shortcuts.map(({ url }) => url)).toContain("/thu-tuc");
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    expect(size).toBe(sizes);
  }
  expect(manifest.icons.map(({ purpose }) => purpose)).toEqual(["any", "any", "maskable"]);
});

test("what was read opens without a network, and signing out leaves nothing of a person", async ({ page, other }) => {
  const phone = await other(onPhone(page) ? "resident" : "otherResident", onPhone(page) ? "phone" : "desk");
  const kept = (url: string) =>
    phone.evaluate(
      (url) =>
        new Promise<boolean>((done) => {
          const request = indexedDB.open("outbox", 3);
          request.onupgradeneeded = () => request.transaction?.abort();
          request.onerror = () => done(false);
          request.onsuccess = () => {
            const found = request.result.transaction("pages").objectStore("pages").getKey(url);
            found.onsuccess = () => done(found.result !== undefined);
            request.result.onversionchange = () => request.result.close();
          };
        }),
      url,
    );
  await phone.goto("/");
  await phone.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => kept("/thu-tuc"), { message: "the first pages come with the application" }).toBe(true);

  await phone.goto("/tin-tuc");
  await phone.locator("main article a, main .card a").first().click();
  await phone.waitForURL(/\/tin-tuc\/./);
  const article = new URL(phone.url()).pathname;
  const title = await phone.locator("h1").innerText();
  await phone.goto("/ho-so-cua-toi");
  const heading = await phone.locator("h1").innerText();
  await expect.poll(() => kept("/ho-so-cua-toi")).toBe(true);
  await phone.goto("/phan-anh/moi");
  await expect.poll(() => kept("/phan-anh/moi")).toBe(true);

  await phone.context().setOffline(true);
  await phone.goto(article);
  await expect(phone.locator("h1")).toHaveText(title);
  await expect(phone.getByRole("status").first()).toContainText("Đây là bản đã đọc lúc");
  await expectNoSideways(phone);
  await expectAccessible(phone, "kept-article");
  await picture(phone, "kept-article");
  await phone.goto("/ho-so-cua-toi");
  await expect(phone.locator("h1")).toHaveText(heading);

  // A report is written on the kept form, twice: each is a report of its own.
  const keys = new Set<string>();
  for (const _ of [1, 2]) {
    await phone.goto("/phan-anh/moi");
    keys.add(await phone.locator("form[data-outbox] input[name=khoa]").inputValue());
  }
  expect(keys.size).toBe(2);

  // What was never read is not there; the phone lists what is.
  await phone.goto("/so-lieu/households");
  await expect(phone.getByRole("heading", { name: "Chưa có mạng" })).toBeVisible();
  await expect(phone.locator("[data-kept-pages]")).toContainText(title);
  await expectAccessible(phone, "offline-pages");
  await picture(phone, "offline-pages");

  // A form that does not wait by itself stays as it is.
  await phone.goto(article);
  await phone.context().setOffline(false);
  await phone.goto("/tai-khoan");
  await phone.context().setOffline(true);
  await phone.locator("form[data-sign-out] button").first().click();
  await expect(phone.getByRole("alert")).toContainText("chưa gửi được");
  await phone.context().setOffline(false);
  await expect(phone.getByRole("alert")).toHaveCount(0);
  await phone.locator("form[data-sign-out] button").first().click();
  await phone.waitForURL(/\/$|dang-nhap/);
  await expect.poll(() => kept("/ho-so-cua-toi"), { message: "nothing of the person stays" }).toBe(false);
  await phone.context().setOffline(true);
  await phone.goto("/ho-so-cua-toi");
  await expect(phone.getByRole("heading", { name: "Chưa có mạng" })).toBeVisible();
});
