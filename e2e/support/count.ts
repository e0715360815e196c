// One line at the end that `cargo xtask test` adds to its sum.
import type { FullConfig, FullResult, Reporter, Suite } from "@playwright/test/reporter";

export default class Count implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): void {
    const outcomes = this.suite?.allTests().map((test) => test.outcome()) ?? [];
    const passed = outcomes.filter((outcome) => outcome === "expected").length;
    // A skipped journey was not run, so it must not look as if it passed.
    let failed = outcomes.length - passed;
    if (result.status !== "passed" && failed === 0) failed = 1;
    console.log(`journeys: ${passed} passed, ${failed} failed`);
  }
}
