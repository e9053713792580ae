/** Python's packages as oracles: a virtual environment under `target/`, made once for each set of packages. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const target = process.env.CARGO_TARGET_DIR ?? join(import.meta.dirname, "../../target");

/** Makes the environment; gives what runs a program in it over lines of standard input, and resolves with its lines. */
export async function python(name, packages) {
  const folder = join(target, `python-${name}`);
  const mark = join(folder, `has-${packages.join("-").replaceAll("=", "_")}`);
  if (!existsSync(mark)) {
    await rm(folder, { recursive: true, force: true });
    await run("python3", ["-m", "venv", folder]);
    await run(join(folder, "bin/python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", ...packages]);
    await writeFile(mark, "");
  }
  return async (program, lines) => (await run(join(folder, "bin/python"), ["-c", program], `${lines.join("\n")}\n`)).trimEnd().split("\n");
}

function run(command, words, input = "") {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ["pipe", "pipe", "pipe"] });
    const [out, errors] = [[], []];
    child.stdout.on("data", (part) => out.push(part));
    child.stderr.on("data", (part) => errors.push(part));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString());
      else reject(new Error(`${command} ended with ${code}: ${Buffer.concat(errors)}`));
    });
    // A program that ends early has said why on its standard error.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
