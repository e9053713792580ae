let pressed = false;
let waiting: (() => void)[] = [];

/** Keeps track of presses in this document, for {@link whenUnpressed}. Listening twice does no harm. */
export function watchPresses(): void {
  document.addEventListener("pointerdown", press, { capture: true });
  document.addEventListener("pointerup", release, { capture: true });
  document.addEventListener("pointercancel", release, { capture: true });
}

/**
 * Does something at once, but after the click while a pointer is pressed: what appears in the page in between would move the button
 * from under the pointer, and the click would be lost.
 */
export function whenUnpressed(action: () => void): void {
  if (pressed) waiting.push(action);
  else action();
}

function press(): void {
  pressed = true;
}

function release(): void {
  pressed = false;
  const actions = waiting;
  waiting = [];
  setTimeout(() => actions.forEach((action) => action()));
}
