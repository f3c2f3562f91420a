/** The cookies of one session context: all of them come back on every request, each in its newest form. [MS-OXCMAPIHTTP] 3.1.5.5 */
import type { Header } from '#lib/result/evidence.ts';

/** Exchange sets two of its own and a few for routing; more are nobody's session. */
const MOST = 40;
const LONGEST = 4_096;
/** All together: servers take no longer header. */
const MOST_OCTETS = 12 * 1024;

export class Cookies {
  readonly #values = new Map<string, string>();

  /** Names of those that there are. */
  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** Takes what an answer sets. Attributes are left aside: the session has one host and one path, and ends with the test. */
  take(headers: readonly Header[]): void {
    for (const [name, line] of headers) {
      if (name.toLowerCase() !== 'set-cookie') continue;
      const [pair = ''] = line.split(';', 1);
      const equals = pair.indexOf('=');
      if (equals < 1 || pair.length > LONGEST) continue;
      const key = pair.slice(0, equals).trim();
      const value = pair.slice(equals + 1).trim();
      if (this.#hasRoom(key, value)) this.#values.set(key, value);
    }
  }

  #hasRoom(key: string, value: string): boolean {
    const others = [...this.#values].filter(([name]) => name !== key);
    const octets = others.reduce((sum, [name, each]) => sum + name.length + each.length, key.length + value.length);
    return others.length < MOST && octets <= MOST_OCTETS;
  }

  /** The header of a request; none where there are no cookies. */
  get header(): readonly Header[] {
    const pairs = [...this.#values].map(([name, value]) => `${name}=${value}`);
    return pairs.length === 0 ? [] : [['Cookie', pairs.join('; ')]];
  }
}
