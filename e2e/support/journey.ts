// The ground of every journey: a page that fails the test when the browser complains about anything.
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { demo, linkOf, type Role } from "./demo.ts";

/** The cheap phone and the desk of the office. */
export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1440, height: 900 };

type Options = {
  /** Complaints that a journey causes on purpose, such as the 404 of an unknown page. */
  allowedComplaints: RegExp[];
};
type Fixtures = {
  /** Signs in by the one-click link of the demo; ends wherever the link leads. */
  signIn: (role: Role) => Promise<void>;
  /** Somebody else, with a browser of their own. */
  other: (role: Role, width: "phone" | "desk") => Promise<Page>;
  complaints: string[];
};

export const test = base.extend<Options & Fixtures>({
  allowedComplaints: [[], { option: true }],

  baseURL: async ({}, use) => use(demo().address),

  complaints: [
    async ({ page, allowedComplaints }, use, info) => {
      const heard: string[] = [];
      listen(page, heard);
      page.context().on("page", (other) => listen(other, heard));
      await use(heard);
      const unexpected = heard.filter((text) => !allowedComplaints.some((allowed) => allowed.test(text)));
      // A journey that failed already keeps its own fault in front.
      if (info.status === "passed") expect(unexpected, "the browser complained").toEqual([]);
      else if (unexpected.length > 0) await info.attach("complaints", { body: unexpected.join("\n") });
    },
    { auto: true },
  ],

  signIn: async ({ page }, use) => {
    await use((role) => enter(page, role));
  },

  other: async ({ browser, baseURL, complaints }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (role, width) => {
      const phone = width === "phone";
      const viewport = phone ? PHONE : DESK;
      const context = await browser.newContext({ baseURL, viewport, isMobile: phone, hasTouch: phone });
      opened.push(context);
      const page = await context.newPage();
      listen(page, complaints);
      await enter(page, role);
      return page;
    });
    for (const context of opened) await context.close();
  },
});

/** Signs in by the one-click link of the demo. */
async function enter(page: Page, role: Role): Promise<void> {
  await expect.poll(() => linkOf(role), { message: `the demo prints a sign-in link for ${role}` }).toBeTruthy();
  await page.goto(linkOf(role) as string);
}

export { expect };

/** Console errors, exceptions, and violations of the Content-Security-Policy (also those only reported). */
function listen(page: Page, heard: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error") heard.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => heard.push(`exception: ${error.message}`));
  void page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI} at ${event.sourceFile}`);
    });
  });
}

/** As people type who leave the marks out: "Đặng" becomes "Dang". */
export function withoutMarks(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/Đ/g, "D").replace(/đ/g, "d");
}

/** True in the phone project. */
export function onPhone(page: Page): boolean {
  return (page.viewportSize()?.width ?? 0) < 600;
}
