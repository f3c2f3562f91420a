/** A browser without JavaScript and without a screen: fills in forms, keeps cookies, reads whatever it is given. */

/** What is filled in, by the names of the fields. */
export type FormValues = Readonly<Record<string, string | File>>;

export class FormClient {
  readonly #base: string;
  #cookie = '';

  constructor(base: string) {
    this.#base = base;
  }

  /** Sends the form of a test and returns the page that comes back. */
  async submit(test: string, values: FormValues): Promise<string> {
    const answer = await this.#post(test, values);
    return answer.text();
  }

  /** Starts a test. @returns the path of its result */
  async start(test: string, values: FormValues): Promise<string> {
    const answer = await this.#post(test, values);
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`the test was not started (${answer.status})`);
    this.#cookie =
      answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ') || this.#cookie;
    return new URL(location, this.#base).pathname;
  }

  /** The body at a path, whatever its status. */
  async get(path: string): Promise<string> {
    const answer = await fetch(this.#base + path, { headers: { cookie: this.#cookie } });
    return answer.text();
  }

  /** The whole event stream of a run, up to its end. */
  async stream(run: string): Promise<string> {
    return this.get(`${run}/events`);
  }

  /** Reads a run's event stream until it holds this, then leaves it. @returns what was read */
  async streamUntil(run: string, pattern: RegExp, after = 0): Promise<string> {
    const leave = new AbortController();
    const answer = await fetch(`${this.#base}${run}/events?after=${after}`, {
      headers: { cookie: this.#cookie },
      signal: leave.signal,
    });
    let seen = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      seen += chunk;
      if (pattern.test(seen)) break;
    }
    leave.abort();
    if (!pattern.test(seen)) throw new Error(`the stream ended without ${pattern}`);
    return seen;
  }

  /** The same person at another address of the server. */
  at(base: string): FormClient {
    const other = new FormClient(base);
    other.#cookie = this.#cookie;
    return other;
  }

  /** Sends a form to the page that it stands on. */
  post(path: string, body: FormData): Promise<Response> {
    const headers = { cookie: this.#cookie, origin: this.#base };
    return fetch(this.#base + path, { method: 'POST', body, headers, redirect: 'manual' });
  }

  async #post(test: string, values: FormValues): Promise<Response> {
    const path = `/test/${test}`;
    return this.post(path, filledIn(await this.get(path), values));
  }
}

/**
 * The form in a page, filled in.
 * @param holding what stands in it, where there are several
 */
export function filledIn(page: string, values: FormValues, holding = ''): FormData {
  const forms = page.split('<form').slice(1);
  const form = forms.map((one) => one.split('</form>')[0] ?? '').find((one) => one.includes(holding));
  if (form === undefined) throw new Error(`the page has no form with ${holding}`);
  const body = new FormData();
  for (const [, attributes = ''] of form.matchAll(/<input ([^>]*)>/g)) {
    const name = attribute(attributes, 'name');
    if (name !== null && attribute(attributes, 'type') === 'hidden')
      body.set(name, attribute(attributes, 'value') ?? '');
  }
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  return body;
}

function attribute(attributes: string, name: string): string | null {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? null;
  return value?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? null;
}
