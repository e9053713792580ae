const unitedStates = "nat ca va co ut ct fl mt or tx de ia ne nh nj tn mn md in ky ri";

/** Every section that this version reads and writes, as `id:prefix` (GPP "Section Information"). */
export const supportedSections: readonly string[] = [
  "2:tcfeuv2",
  "5:tcfcav1",
  "6:uspv1",
  ...unitedStates.split(" ").map((state, index) => `${index + 7}:us${state}`),
];
