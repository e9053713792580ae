const UNITS = ["year", "month", "week", "day", "hour", "minute", "second"] as const;
const DURATION = /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Writes an ISO 8601 duration as people read it; what is not one stays as it is. */
export function durationText(duration: string, language: string): string {
  const found = DURATION.exec(duration);
  if (found === null) return duration;
  const parts = UNITS.flatMap((unit, index) => {
    const amount = found[index + 1];
    return amount === undefined ? [] : [unitText(Number(amount), unit, language)];
  });
  return parts.join(" ");
}

function unitText(amount: number, unit: (typeof UNITS)[number], language: string): string {
  const style: Intl.NumberFormatOptions = { style: "unit", unit, unitDisplay: "long" };
  try {
    return new Intl.NumberFormat(language, style).format(amount);
  } catch {
    return new Intl.NumberFormat(undefined, style).format(amount);
  }
}
