/** The way from redirect to redirect. Outlook gives up after ten. [MS-OXDISCO] 3.1.5.2 */
export const MOST_HOPS = 10;

export interface Hop {
  readonly from: string;
  /** HTTP 302, RedirectAddr, RedirectUrl, SRV record. */
  readonly how: string;
  readonly to: string;
}

interface Place {
  readonly kind: 'url' | 'address';
  readonly name: string;
}

/** Grows by one place at a time; earlier ones stay as they are, because several ways may begin at one place. */
export class Trail {
  readonly hops: readonly Hop[];
  readonly #places: readonly Place[];

  private constructor(places: readonly Place[], hops: readonly Hop[]) {
    this.#places = places;
    this.hops = hops;
  }

  /** The way of an address before anybody was asked. */
  static of(mailbox: string): Trail {
    return new Trail([{ kind: 'address', name: mailbox.toLowerCase() }], []);
  }

  /** Every place so far, in order. */
  get places(): readonly string[] {
    return this.#places.map(({ name }) => name);
  }

  /** A way that begins at this URL, without anybody having sent the client there. */
  at(url: string): Trail {
    return new Trail([...this.#places, { kind: 'url', name: url }], this.hops);
  }

  /** The way with one more redirect. */
  with(hop: Hop, kind: Place['kind']): Trail {
    return new Trail([...this.#places, { kind, name: hop.to }], [...this.hops, hop]);
  }

  /** Whether it has been there. A server that is asked for another address may be asked again. */
  has(name: string, kind: Place['kind']): boolean {
    const since = kind === 'address' ? 0 : this.#places.findLastIndex((place) => place.kind === 'address');
    return this.#places.slice(since).some((place) => place.kind === kind && place.name === name);
  }
}

/** Whether a host is the domain or lies below it. A domain's parent is another's. */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
