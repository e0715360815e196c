import { defineConfig } from "@playwright/test";
import { DESK, PHONE } from "./support/journey.ts";
import { chromium, targetDir } from "./support/paths.ts";

// Two people: one with a cheap phone, one at the desk of an office. No retries: a journey that fails at times is a
// fault to find, not to hide.
export default defineConfig({
  testDir: "./journeys",
  outputDir: `${targetDir}/e2e/results`,
  globalSetup: "./support/commune.ts",
  workers: 2,
  retries: 0,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["./support/count.ts"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: chromium },
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    colorScheme: "light",
    serviceWorkers: "allow",
    // What is not there fails with its name, long before the journey runs out of time.
    actionTimeout: 20_000,
    // Recording every step of every journey costs much; a journey that fails is looked at with TRACE=1.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
  },
  projects: [
    // The journey of the queue has phone, desk and screen in it, and the commune has one queue: it runs once, at the desk.
    { name: "phone", testIgnore: "queue.spec.ts", use: { viewport: PHONE, hasTouch: true, isMobile: true } },
    // That of a link has the giver and the phone of a village head in it, and binds that phone for good: it runs once, at 360 px.
    { name: "desk", testIgnore: "link.spec.ts", use: { viewport: DESK } },
  ],
});
