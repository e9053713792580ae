let bound: typeof fetch | undefined;

/** Lets requests of the elements go by another `fetch`. */
export function sendWith(other: typeof fetch | undefined): void {
  bound = other;
}

/** Sends a request of an element to the shop's own server. */
export function send(url: string, init: RequestInit): Promise<Response> {
  return (bound ?? fetch)(url, init);
}
