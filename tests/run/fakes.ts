/** Probes without a network, and a run over them. */

import type { RunEvent } from '#lib/result/events.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { find, type PlannedNode, type ResultNode } from '#lib/result/node.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { fold, type RunState } from '#lib/result/reducer.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import { execute } from '#lib/run/runner.ts';
import type { Scope } from '#lib/run/scope.ts';

export type FakeProbe = Probe<null, Subject, string, string>;
export type FakeScope = Scope<null>;
export type Body = (scope: FakeScope) => Promise<StepResult<unknown>>;

export const SUBJECT: Subject = { host: 'a.test', port: 443 };
export const message = (word: string) => ({ key: 'autodiscover.host', args: { host: word } });

/** People notice this one before another method helps them. */
export const felt = draft('tls.certificate-expired', { host: 'a.test', days: 1, notAfter: '2026-01-01', clock: '' });
export const unfelt = draft('http.not-found', { host: 'a.test', path: '/' });
export const slight = draft('tls.certificate-expires-soon', { host: 'a.test', days: 1, notAfter: '2026-01-01' });
export const notice = draft('auth.password-not-usable', { host: 'a.test', authority: 'https://idp/' });

type Parts = Partial<Pick<FakeProbe, 'observe' | 'judge'>>;

/** A probe that sees its own name, and is content. */
export function probe({ observe = async () => 'seen', judge = passed }: Parts = {}): FakeProbe {
  const titles = { planned: () => message('planned'), failed: () => message('failed') };
  return { id: 'fake', titles, emits: [], observe, judge };
}

const passed = (seen: string) => ({ ok: true, value: seen, title: message('passed') }) as const;

export const works = probe();
export const fails = (...findings: [FindingDraft, ...FindingDraft[]]): FakeProbe =>
  probe({ judge: () => ({ ok: false, findings }) });
/** Finds out that nobody needs it. */
export const superfluous = probe({ judge: () => ({ ok: false, notNeeded: true, title: message('not there') }) });
export const warns = (...findings: FindingDraft[]): FakeProbe =>
  probe({ judge: (seen) => ({ ...passed(seen), findings }) });
export const shows = (...evidence: Evidence[]): FakeProbe =>
  probe({ judge: (seen) => ({ ...passed(seen), evidence }) });
export const throws = (error: unknown): FakeProbe => probe({ observe: () => Promise.reject(error) });
/** Neither answers nor listens to its signal. */
export const hangs = probe({ observe: () => new Promise<string>(() => undefined) });

/** A plan: keys, and groups of keys. `?` in front of a group's key makes its children alternatives. */
export type Keys = readonly (string | readonly [key: string, children: Keys])[];

export function planOf(keys: Keys, facts: Readonly<Record<string, string>> = {}): PlannedNode[] {
  return keys.map((entry) => {
    const [name, children] = typeof entry === 'string' ? [entry, []] : entry;
    const key = name.replace('?', '');
    const fact = facts[key];
    return {
      key,
      step: 'fake',
      title: message(key),
      children: planOf(children, facts),
      ...(name.startsWith('?') ? { alternatives: true as const } : {}),
      ...(fact === undefined ? {} : { fact }),
    };
  });
}

export interface Ran {
  readonly events: readonly RunEvent[];
  readonly state: RunState;
  /** Every evidence body with the number of events that had been sent before it. */
  readonly evidence: readonly { id: string; body: unknown; after: number }[];
  node(id: string): ResultNode;
}

interface Options {
  readonly cancel?: AbortSignal;
  readonly timeoutMs?: number;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Runs a body over a plan. */
export async function run(plan: readonly PlannedNode[], body: Body, options: Options = {}): Promise<Ran> {
  const { cancel = new AbortController().signal, timeoutMs = 60_000, onEvent } = options;
  const events: RunEvent[] = [];
  const evidence: { id: string; body: unknown; after: number }[] = [];
  await execute<null>({
    analyzer: 'tls',
    targetName: 'a.test',
    plan,
    body,
    net: null,
    hide: (text) => text,
    timeoutMs,
    cancel,
    output: {
      emit: ({ at, body: event }) => {
        const numbered: RunEvent = { v: 1, seq: events.length + 1, at, ...event };
        events.push(numbered);
        onEvent?.(numbered);
      },
      evidence: (id, _kind, json) => evidence.push({ id, body: JSON.parse(json), after: events.length }),
    },
  });
  const state = fold(events);
  const node = (id: string): ResultNode => {
    const found = find(state.root, id);
    if (found === undefined) throw new Error(`no node ${id}`);
    return found;
  };
  return { events, state, evidence, node };
}

/** Steps one after another; stops at the first that does not work. */
export async function inTurn(
  scope: FakeScope,
  steps: Readonly<Record<string, FakeProbe>>,
): Promise<StepResult<string>> {
  let last: StepResult<string> = { ok: true, value: '', node: scope.id };
  for (const [key, each] of Object.entries(steps)) {
    last = await scope.step(each, SUBJECT, key);
    if (!last.ok) return last;
  }
  return last;
}
