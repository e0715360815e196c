// The ground of every journey: a page that fails the test when the browser complains about anything.
import { test as base, expect, type Page } from "@playwright/test";
import { demo, linkOf, type Role } from "./demo.ts";

type Options = {
  /** Complaints that a journey causes on purpose, such as the 404 of an unknown page. */
  allowedComplaints: RegExp[];
};
type Fixtures = {
  /** Signs in by the one-click link of the demo; ends wherever the link leads. */
  signIn: (role: Role) => Promise<void>;
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
    await use(async (role) => {
      await expect.poll(() => linkOf(role), { message: `the demo prints a sign-in link for ${role}` }).toBeTruthy();
      await page.goto(linkOf(role) as string);
    });
  },
});

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

/** True in the phone project. */
export function onPhone(page: Page): boolean {
  return (page.viewportSize()?.width ?? 0) < 600;
}
