// Starts one demo commune for all journeys and stops it at the end.
import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { printed } from "./demo.ts";
import { binary, demoFile, targetDir } from "./paths.ts";

const START_LIMIT_MS = 180_000;

export default async function commune(): Promise<() => Promise<void>> {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: cargo xtask test builds it`);
  mkdirSync(`${targetDir}/e2e`, { recursive: true });
  const data = mkdtempSync(`${tmpdir()}/sandinh-e2e-`);
  const server = spawn(binary, ["demo", "--data", data, "--listen", `127.0.0.1:${await freePort()}`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(`${targetDir}/e2e/server.log`);
  server.stderr.pipe(log, { end: false });
  const ended = new Promise<number | null>((done) => server.once("exit", done));

  const demo = { address: "", links: [] as { label: string; url: string }[] };
  const ready = new Promise<void>((done) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      log.write(`${line}\n`);
      printed(line, demo);
      writeFileSync(demoFile, JSON.stringify(demo, null, 2));
      if (demo.links.length > 0) done();
    });
  });
  const tooLate = new Promise<never>((_, fail) => {
    setTimeout(() => fail(new Error("sandinh demo printed no sign-in link in time")), START_LIMIT_MS).unref();
  });
  const died = ended.then((code) => {
    throw new Error(`sandinh demo ended (${code}) before it was ready; see ${targetDir}/e2e/server.log`);
  });
  died.catch(() => {}); // the ordinary stop at the end also settles it

  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await Promise.race([ready, died, tooLate]);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}
