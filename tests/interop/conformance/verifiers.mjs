/** Four verifiers behind one interface: two in Python, one in Rust, one in JavaScript. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { ROOT } from "../../lib/shop.mjs";

const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");

/**
 * @typedef {object} Verifier
 * @property {string} name
 * @property {(op: "creation" | "register" | "request" | "authenticate", asked: object) => Promise<any>} call rejects where the verifier refuses
 * @property {() => void} stop
 */

/** @returns {Promise<{ verifiers: Verifier[], missing: string[] }>} those that can run here, and the names of the others with the reason */
export async function startVerifiers() {
  const python = join(TARGET, "python/bin/python");
  const rust = process.env.VERIFIER_BIN ?? join(TARGET, "debug/storefront-verifier");
  const script = join(ROOT, "tests/interop/verifiers/verifier.py");
  const missing = [];
  const verifiers = [simpleWebAuthn()];
  if (existsSync(rust)) verifiers.push(external("webauthn-rs", rust, []));
  else missing.push("webauthn-rs: its program is not built");
  for (const name of ["py_webauthn", "python-fido2"]) {
    if (existsSync(python)) verifiers.push(external(name, python, [script, name]));
    else missing.push(`${name}: there is no Python with pip here`);
  }
  return { verifiers, missing };
}

/** A program that answers one line of JSON for each line of JSON. */
function external(name, program, args) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  let serial = 0;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, value, error } = JSON.parse(line);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(error));
  });
  child.on("exit", () => waiting.forEach(({ reject }) => reject(new Error(`${name} ended`))));
  return {
    name,
    call(op, asked) {
      const id = ++serial;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ id, op, ...asked })}\n`);
      });
    },
    stop: () => child.kill(),
  };
}

function simpleWebAuthn() {
  const states = [];
  const credentials = [];
  const keep = (list, value) => list.push(value) - 1;
  const required = ({ userVerification }) => userVerification === "required";
  const verbs = {
    async creation({ rpId, algorithms, resident, userVerification }) {
      const options = await generateRegistrationOptions({
        rpName: "Shop",
        rpID: rpId,
        userName: "ada@shop.example",
        userDisplayName: "Ada",
        supportedAlgorithmIDs: algorithms,
        authenticatorSelection: { residentKey: resident ? "required" : "discouraged", userVerification },
      });
      return { options, state: keep(states, { challenge: options.challenge, algorithms }) };
    },
    async register({ state, response, rpId, origin, presence = true, ...asked }) {
      const { challenge, algorithms } = states[state];
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: rpId,
        requireUserPresence: presence,
        requireUserVerification: required(asked),
        supportedAlgorithmIDs: algorithms,
      });
      if (!verified) throw new Error("not verified");
      return { credential: keep(credentials, registrationInfo.credential), userVerified: registrationInfo.userVerified };
    },
    async request({ credential, rpId, userVerification }) {
      const allowCredentials = credential === undefined ? undefined : [{ id: credentials[credential].id }];
      const options = await generateAuthenticationOptions({ rpID: rpId, userVerification, allowCredentials });
      return { options, state: keep(states, { challenge: options.challenge }) };
    },
    async authenticate({ state, response, credential, rpId, origin, ...asked }) {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge: states[state].challenge,
        expectedOrigin: origin,
        expectedRPID: rpId,
        credential: credentials[credential],
        requireUserVerification: required(asked),
      });
      if (!verified) throw new Error("not verified");
      return { userVerified: authenticationInfo.userVerified };
    },
  };
  return { name: "@simplewebauthn/server", call: (op, asked) => verbs[op](asked), stop() {} };
}
