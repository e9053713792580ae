import zxcvbn from "zxcvbn";

export function theirs() {
  return zxcvbn("Tr0ub4dour&3");
}
