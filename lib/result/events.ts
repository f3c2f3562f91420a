/** A run is an append-only list of these; tree, stored result and every export are the same fold of them. */
import type { EvidenceRef } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { Args, Message } from './message.ts';
import type { EndState, PlannedNode } from './node.ts';
import type { ClientOutcome, Verdict } from './verdict.ts';

/** What is known before the first packet. */
export interface RunHead {
  readonly engine: string;
  readonly rules: string;
  readonly analyzer: string;
  readonly startedAt: string;
  readonly title: Message;
  readonly target: Args;
  readonly options: Args;
  readonly vantage: { readonly name: string; readonly resolvers: readonly string[]; readonly proxied: boolean };
  /** Runs that were ahead of this one when it was created. */
  readonly ahead: number;
}

/** What a run asks its owner. Kind and hosts only: what is secret or personal goes to the owner's session alone and is not stored. */
export interface Question {
  readonly id: string;
  readonly kind: 'redirect-to-other-domain' | 'device-code';
  readonly hosts: readonly string[];
  /** From when it is asked. */
  readonly withinMs: number;
}

/** `none`: nobody answered in time, or nobody can be asked. */
export type Answer = 'yes' | 'no' | 'none';

export type EventBody =
  | { readonly kind: 'opened'; readonly head: RunHead }
  | { readonly kind: 'planned'; readonly parent: string; readonly nodes: readonly PlannedNode[] }
  | { readonly kind: 'started'; readonly node: string }
  /** A finding with an id that is there already replaces it: so an explanation found later can be added. */
  | { readonly kind: 'found'; readonly node: string; readonly finding: Finding }
  | { readonly kind: 'evidence'; readonly node: string; readonly evidence: EvidenceRef }
  | {
      readonly kind: 'ended';
      readonly node: string;
      readonly status: EndState;
      readonly title?: Message;
      readonly because?: string;
      readonly sameAs?: string;
    }
  | { readonly kind: 'asked'; readonly node: string; readonly question: Question }
  | { readonly kind: 'answered'; readonly question: string; readonly answer: Answer }
  | { readonly kind: 'judged'; readonly verdict: Verdict; readonly clients: readonly ClientOutcome[] }
  | { readonly kind: 'closed' };

/** `seq` counts from 1 without gaps; `at` is the wall clock in milliseconds, to a tenth. */
export type RunEvent = { readonly v: 1; readonly seq: number; readonly at: number } & EventBody;

/** What a worker or the runner produces: the one writer of the run adds `v` and `seq`. */
export interface Emitted {
  readonly at: number;
  readonly body: EventBody;
}

export class UnreadableEvent extends Error {}

/** Parses a stored event and brings older versions up to date. @throws UnreadableEvent for a newer or broken one */
export function readEvent(json: string): RunEvent {
  const event = parsed(json);
  if (typeof event !== 'object' || event === null || !('v' in event) || !('kind' in event))
    throw new UnreadableEvent('This is not an event of a run.');
  if (event.v !== 1)
    throw new UnreadableEvent(`This result was stored by a newer Throughline (events of version ${String(event.v)}).`);
  return event as RunEvent;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new UnreadableEvent('This event of a run was not stored whole.', { cause: error });
  }
}
