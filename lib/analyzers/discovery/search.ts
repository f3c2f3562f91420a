/** What all ways of one search for the settings share. */
import type { Net } from '#lib/net/door.ts';
import { isWithin, type Trail } from '#lib/probes/judging/trail.ts';
import type { Answer } from '#lib/result/events.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from '../context.ts';
import type { Arrived } from './endpoint.ts';
import type { MethodNotes } from './notes.ts';

/** Servers that one run asks for settings, redirects included. An honest search needs five, one for a mailbox that has moved twenty. */
const MOST_ENDPOINTS = 24;

export interface Search {
  readonly mailbox: string;
  readonly domain: string;
  readonly context: Context;
  readonly ground: Ground;
  /** How this mailbox was come to; it has no redirect yet where the person entered it. */
  readonly trail: Trail;
  /** Whether a way that the client goes before this one has led to the settings; settles when all of them have ended. */
  readonly isBeaten: () => Promise<boolean>;
  /** Begins anew for the address of a redirect. */
  readonly again: (scope: Scope<Net>, search: Search, notes: MethodNotes) => Promise<StepResult<Arrived>>;
}

/** What a run keeps in mind across its searches. */
export class Ground {
  readonly #home: string;
  readonly #asked = new Map<string, Promise<Answer>>();
  readonly #redirects = new Map<string, number>();
  #endpoints = 0;

  /** @param home the domain that the person entered */
  constructor(home: string) {
    this.#home = home;
  }

  /** The key of the next redirect below a node. */
  nextKey(node: string): string {
    const count = (this.#redirects.get(node) ?? 0) + 1;
    this.#redirects.set(node, count);
    return `redirect-${count}`;
  }

  /** Takes one of the endpoints that a run may ask; false where there are none left. */
  takeEndpoint(): boolean {
    this.#endpoints += 1;
    return this.#endpoints <= MOST_ENDPOINTS;
  }

  /** With what a host is reached: the client's own certificate says who somebody is, so nobody sees it who was not agreed upon. */
  contextFor(host: string, context: Context): Context {
    return this.#isAgreed(host, context) ? context : { ...context, clientCertificate: null };
  }

  /**
   * Why nothing secret may go to a host; null where it belongs to the domain that the person entered, or where the run's owner agreed.
   * Each name is asked about once: a host, or the domain of a mailbox that has moved with all that is in it.
   * @param from who sends clients there, where somebody does
   */
  async objectionTo(scope: Scope<Net>, host: string, search: Search, from?: string): Promise<FindingDraft | null> {
    const { domain, context } = search;
    if (this.#isAgreed(host, context)) return null;
    const name = isWithin(host, domain) ? domain : host;
    if (this.#isAgreed(name, context)) return null;
    // A client stops at the first way that works, and so nobody is asked about the next.
    if (!this.#asked.has(name) && (await search.isBeaten())) return objectionBy('needless', host);
    const asked = this.#asked.get(name) ?? this.#ask(scope, from === undefined ? [name] : [from, name]);
    this.#asked.set(name, asked);
    return objectionBy(await asked, host);
  }

  /** Before the test began: by its address, or by name. */
  #isAgreed(host: string, { redirectTo }: Context): boolean {
    return [this.#home, ...redirectTo].some((known) => isWithin(host, known));
  }

  #ask(scope: Scope<Net>, hosts: readonly string[]): Promise<Answer> {
    return this.#asked.size < MOST_QUESTIONS ? scope.ask('redirect-to-other-domain', hosts) : Promise.resolve('none');
  }
}

/** Whoever is asked again and again says yes in the end. */
const MOST_QUESTIONS = 5;

function objectionBy(answer: Answer | 'needless', host: string): FindingDraft | null {
  const what = `Signing in to ${host}`;
  switch (answer) {
    case 'yes':
      return null;
    case 'no':
      return draft('tool.not-tested', {
        what,
        reason: 'it is outside the domain, and you did not want it to get the password',
      });
    case 'needless':
      return draft('tool.not-tested', {
        what,
        reason: 'it is outside the domain, and an earlier way led to the settings',
      });
    case 'none':
      return draft('tool.not-tested', {
        what,
        reason: 'it is outside the domain, and nobody agreed that it gets the password',
      });
  }
}
