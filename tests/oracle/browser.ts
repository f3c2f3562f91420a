/** A browser without a screen, for pages on this machine: it keeps cookies, follows redirects and sends the forms that it finds. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly body: string;
}

export class Browser {
  readonly #ca: Buffer;
  readonly #cookies = new Map<string, string>();

  /** @param ca the root to trust, PEM */
  constructor(ca: Buffer) {
    this.#ca = ca;
  }

  async open(url: URL, form?: URLSearchParams, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    const answer = await this.#send(url, form, headers);
    for (const line of answer.headers['set-cookie'] ?? []) this.#keep(line);
    const body = await text(answer);
    const { location } = answer.headers;
    if (location !== undefined) return this.open(new URL(location, url));
    return { url, status: answer.statusCode ?? 0, body };
  }

  /** Sends the first form of a page, as its button with this name and value would. */
  submit({ url, body }: Page, more: Readonly<Record<string, string>>): Promise<Page> {
    const action = /<form[^>]* action="([^"]+)"/.exec(body)?.[1] ?? url.href;
    const inputs = [...body.matchAll(/<input[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'name'),
      attribute(tag, 'value'),
    ]);
    const form = new URLSearchParams(inputs.filter(([name]) => name !== '') as [string, string][]);
    for (const [name, value] of Object.entries(more)) form.set(name, value);
    return this.open(new URL(action, url), form);
  }

  async #send(url: URL, form: URLSearchParams | undefined, more: Readonly<Record<string, string>>) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const type = form && { 'Content-Type': 'application/x-www-form-urlencoded' };
    const asking = request({
      ...{ host: '127.0.0.1', port: url.port, servername: url.hostname, ca: this.#ca, agent: false },
      ...{ path: url.pathname + url.search, method: form === undefined ? 'GET' : 'POST' },
      headers: { Host: url.host, Cookie: cookie, ...type, ...more },
    });
    asking.end(form?.toString());
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    return answer;
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

function attribute(tag: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}
