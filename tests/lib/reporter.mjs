/**
 * The test reporter of every Node suite: one readable line a test, and a summary for a machine in `$SUITE_REPORT`.
 *
 * A suite in which no test ran has proven nothing, so it fails.
 */
import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";

const INDENT = "  ";
const TOTALS = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

/**
 * Turns the events of `node --test` into lines.
 *
 * @param {AsyncIterable<{type: string, data: any}>} source the runner's events
 * @yields {string} text for standard output
 */
export default async function* report(source) {
  const summary = { passed: 0, failed: 0, failures: [], skipped: [] };
  const failures = [];
  for await (const { type, data } of source) {
    if (type === "test:stderr" || type === "test:stdout") {
      yield data.message;
    } else if (type === "test:diagnostic" && !TOTALS.test(data.message)) {
      yield `${INDENT.repeat(data.nesting)}note  ${data.message}\n`;
    } else if ((type === "test:pass" || type === "test:fail") && !isContainer(data)) {
      yield `${INDENT.repeat(data.nesting)}${line(type, data)}\n`;
      if (data.skip !== undefined) {
        summary.skipped.push({ name: data.name, reason: reasonOf(data) });
      } else if (type === "test:pass") {
        summary.passed += 1;
      } else {
        summary.failed += 1;
        failures.push(data);
        summary.failures.push(`${data.name}: ${firstLine(data)}`);
      }
    }
  }
  for (const failure of failures) {
    yield `\n${describe(failure)}\n`;
  }
  if (summary.passed + summary.failed === 0) {
    summary.failed = 1;
    yield "\nno test ran: a suite that runs nothing proves nothing\n";
    process.exitCode = 1;
  }
  yield `\n${summary.passed} passed, ${summary.failed} failed, ${summary.skipped.length} skipped\n`;
  if (process.env.SUITE_REPORT) {
    writeFileSync(process.env.SUITE_REPORT, `${JSON.stringify(summary, null, 2)}\n`);
  }
}

/** A `describe` block or a whole file is counted only when it failed by itself, outside its tests. */
function isContainer(data) {
  const isFile = data.file !== undefined && resolve(data.name) === data.file;
  if (data.details?.type !== "suite" && !isFile) {
    return false;
  }
  return data.details.error?.failureType === undefined || data.details.error.failureType === "subtestsFailed";
}

function line(type, data) {
  const time = `${Math.round(data.details.duration_ms)} ms`;
  if (data.skip !== undefined) {
    return `skip  ${data.name}: ${reasonOf(data)}`;
  }
  return `${type === "test:pass" ? "ok   " : "FAIL "} ${data.name} (${time})`;
}

function reasonOf(data) {
  return typeof data.skip === "string" && data.skip !== "" ? data.skip : "no reason given";
}

const causeOf = ({ details: { error } }) => error?.cause ?? error;

function firstLine(data) {
  return String(causeOf(data)?.message ?? causeOf(data)).trim().split("\n", 1)[0];
}

function describe(data) {
  const cause = causeOf(data);
  const where = data.file ? `${relative(process.cwd(), data.file)}:${data.line ?? ""}` : "";
  return `FAIL ${data.name}  ${where}\n${cause?.stack ?? String(cause)}`;
}
