// A content security policy does not stop WebRTC: what can open a connection is taken away before anything else runs.
for (const name of Object.getOwnPropertyNames(globalThis)) {
  if (/^(webkit|moz)?RTC/.test(name) && !Reflect.deleteProperty(globalThis, name)) throw new Error(`${name} cannot be taken away`);
}
