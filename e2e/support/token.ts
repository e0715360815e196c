// A USB token that is a program (SoftHSM), with an official's key and certificate on it, and the signing agent in front of it.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { binary } from "./paths.ts";

export const PIN = "246810";

export type Token = { start: (site: string) => Promise<number>; end: () => void };

/** A token with one certificate on this name. `start` runs the agent for a site and gives its port. */
export function token(name: string): Token {
  const folder = mkdtempSync(join(tmpdir(), "token-"));
  const module = ["/usr/lib/softhsm", "/usr/lib64/softhsm", "/usr/local/lib/softhsm"]
    .map((place) => `${place}/libsofthsm2.so`)
    .find((place) => existsSync(place));
  if (!module) throw new Error("SoftHSM is missing: cargo xtask test installs it");
  mkdirSync(join(folder, "tokens"));
  writeFileSync(join(folder, "softhsm2.conf"), `directories.tokendir = ${folder}/tokens\nobjectstore.backend = file\n`);
  const env = { ...process.env, SOFTHSM2_CONF: join(folder, "softhsm2.conf") };
  const run = (program: string, ...line: string[]) => execFileSync(program, line, { cwd: folder, env, stdio: "pipe" });
  const subject = (who: string) => ["-subj", `/CN=${who}`, "-utf8", "-days", "700", "-nodes", "-newkey", "rsa:2048"];
  run("openssl", "req", "-x509", ...subject("Cơ quan thử"), "-keyout", "ca.key", "-out", "ca.pem");
  run("openssl", "req", ...subject(name).filter((word) => word !== "-days" && word !== "700"), "-keyout", "key.pem", "-out", "request.pem");
  writeFileSync(join(folder, "use.cnf"), "keyUsage=digitalSignature,nonRepudiation\nbasicConstraints=CA:FALSE\n");
  run("openssl", "x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "700", "-extfile", "use.cnf", "-outform", "DER", "-out", "cert.der");
  run("softhsm2-util", "--init-token", "--free", "--label", "Token", "--pin", PIN, "--so-pin", "13579135");
  run("softhsm2-util", "--import", "key.pem", "--token", "Token", "--label", "01", "--id", "01", "--pin", PIN);
  run("pkcs11-tool", "--module", module, "--token-label", "Token", "--login", "--pin", PIN, "--write-object", "cert.der", "--type", "cert", "--id", "01");

  let stop = () => {};
  return {
    start: async (site) => {
      const agent = spawn(binary, ["sign-agent", "--module", module, "--listen", "127.0.0.1:0", "--allow", site], { env, stdio: ["ignore", "pipe", "inherit"] });
      stop = () => void agent.kill("SIGTERM");
      const [line] = await new Promise<[string]>((done, fail) => {
        createInterface({ input: agent.stdout }).once("line", (line) => done([line]));
        agent.once("exit", (code) => fail(new Error(`sandinh sign-agent ended (${code})`)));
      });
      return Number(new URL(line).port);
    },
    end: () => {
      stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
