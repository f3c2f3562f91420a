/** The two channels of a connection, each with a request of its own: PDUs go up the one and come down the other. [MS-RPCH] 3.2.2 */
import type { Duplex, Exchange } from '#lib/net/duplex.ts';
import { NetFailure } from '#lib/net/failure.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { limits } from '#lib/net/limits.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { PduSplitter, type RawPdu } from '#lib/wire/dce-rpc/splitter.ts';
import type { Channel } from '#lib/wire/rts/http.ts';
import { failureOf, type RpcFailure } from './failure.ts';

/** One channel whose request has begun. */
export interface OpenChannel {
  readonly duplex: Duplex;
  readonly exchange: Exchange;
}

/** What comes next, from either channel. */
type News =
  | { readonly kind: 'piece'; readonly piece: Uint8Array }
  | { readonly kind: 'answer'; readonly channel: Channel; readonly answer: HttpAnswer }
  | { readonly kind: 'closed'; readonly channel: Channel; readonly how: 'closed' | 'reset' }
  | { readonly kind: 'thrown'; readonly error: unknown };

export class Channels {
  readonly #out: OpenChannel;
  readonly #in: OpenChannel;
  readonly #splitter = new PduSplitter();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  /** What is being waited for: a wait that was too long goes on with the next one. */
  #fromOut: Promise<News> | null = null;
  #fromIn: Promise<News> | null = null;
  #hasHead = false;

  constructor(out: OpenChannel, into: OpenChannel, signal: AbortSignal) {
    this.#out = out;
    this.#in = into;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
  }

  /** Whether an answer has come on the OUT channel, and said that there is a proxy. */
  get hasHead(): boolean {
    return this.#hasHead;
  }

  /** Sends a PDU up the IN channel. Where that is closed, `next` tells. @throws NetFailure where nobody takes it */
  async send(bytes: Uint8Array): Promise<void> {
    try {
      await this.#in.exchange.write(bytes, this.#signal);
    } catch (error) {
      if (howItEnded(error) === null) throw error;
    }
  }

  /**
   * The next PDU; why there is none; or null where none came in time.
   * @throws NetFailure
   * @throws WireError where what comes is no PDU
   */
  async next(awaited: string, waitMs: number): Promise<RawPdu | RpcFailure | null> {
    const end = performance.now() + waitMs;
    for (;;) {
      const pdu = this.#splitter.next();
      if (pdu !== null) return pdu;
      const news = await this.#news(end - performance.now());
      if (news === null) return null;
      switch (news.kind) {
        case 'piece':
          this.#splitter.add(news.piece);
          break;
        case 'answer':
          return failureOf(news.channel, news.answer);
        case 'closed':
          return { kind: 'closed', channel: news.channel, awaited, hasHead: this.#hasHead, how: news.how };
        case 'thrown':
          throw news.error;
      }
    }
  }

  /** The exchanges that opened both. */
  evidence(): Evidence[] {
    return [this.#out.exchange.evidence(), this.#in.exchange.evidence()];
  }

  close(): void {
    this.#stop.abort();
    this.#out.duplex.close();
    this.#in.duplex.close();
  }

  async #news(waitMs: number): Promise<News | null> {
    const out = this.#fromOut ?? this.#hear();
    const into = this.#fromIn ?? this.#overhear();
    [this.#fromOut, this.#fromIn] = [out, into];
    let news = await within(waitMs, out, into);
    // Where one is closed, the other one may know why.
    if (news?.kind === 'closed')
      news = betterOf(news, await within(limits.rpcGraceMs, news.channel === 'in' ? out : into));
    if (news?.kind === 'piece') this.#fromOut = null;
    return news;
  }

  /** The next piece from the OUT channel, or what comes in its place. */
  async #hear(): Promise<News> {
    const { exchange } = this.#out;
    try {
      const { status } = await exchange.head(null, this.#signal);
      if (status !== 200) return { kind: 'answer', channel: 'out', answer: await exchange.answer(this.#signal) };
      this.#hasHead = true;
      const piece = await exchange.read(null, this.#signal);
      return piece === null ? { kind: 'closed', channel: 'out', how: 'closed' } : { kind: 'piece', piece };
    } catch (error) {
      return endingOf('out', error);
    }
  }

  /** While all is well, nothing comes down the IN channel. */
  async #overhear(): Promise<News> {
    const { exchange } = this.#in;
    try {
      await exchange.head(null, this.#signal);
      return { kind: 'answer', channel: 'in', answer: await exchange.answer(this.#signal) };
    } catch (error) {
      return endingOf('in', error);
    }
  }
}

/** How the peer ended it; null where something else went wrong. */
export function howItEnded(error: unknown): 'closed' | 'reset' | null {
  if (!(error instanceof NetFailure)) return null;
  if (error.code === 'reset') return 'reset';
  return error.code === 'closed-early' || error.code === 'closed-between-requests' ? 'closed' : null;
}

function endingOf(channel: Channel, error: unknown): News {
  const how = howItEnded(error);
  return how === null ? { kind: 'thrown', error } : { kind: 'closed', channel, how };
}

const betterOf = (closed: News, other: News | null): News =>
  other === null || other.kind === 'closed' ? closed : other;

/** Whichever comes first; null where none does in time. */
async function within(waitMs: number, ...news: readonly Promise<News>[]): Promise<News | null> {
  const { promise: silence, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), Math.max(0, waitMs));
  try {
    return await Promise.race([...news, silence]);
  } finally {
    clearTimeout(timer);
  }
}
