/** The run's own notebook: emits events, keeps the same fold of them as every reader, and hands evidence over. */

import { createHash } from 'node:crypto';
import { catalogue } from '#lib/result/catalogue/index.ts';
import type { Emitted, EventBody, Question } from '#lib/result/events.ts';
import type { Evidence, EvidenceRef } from '#lib/result/evidence.ts';
import type { Finding, FindingDraft } from '#lib/result/finding.ts';
import { find, type PlannedNode, type ResultNode } from '#lib/result/node.ts';
import { emptyRun, type RunState, reduce } from '#lib/result/reducer.ts';
import { type Hide, hideIn, hideInArgs, hideInMessage } from './hide.ts';

/** Where events and evidence go. Evidence always comes before the event that refers to it. */
export interface RunOutput {
  emit(emitted: Emitted): void;
  evidence(id: string, kind: string, body: string): unknown;
}

/** Twenty large certificates, or an exchange with all that is kept of it, stay below. */
const LARGEST_EVIDENCE = 1_000_000;
/** All of it together: an honest run has a tenth of that, and a hostile server could go on for minutes. */
const MOST_EVIDENCE = 8_000_000;

export class RunRecorder {
  readonly #output: RunOutput;
  readonly #hide: Hide;
  #state: RunState = emptyRun;
  readonly #evidence = new Map<string, EvidenceRef>();
  #evidenceBytes = 0;

  constructor(output: RunOutput, hide: Hide) {
    this.#output = output;
    this.#hide = hide;
  }

  get root(): ResultNode {
    return this.#state.root;
  }

  emit(body: EventBody): void {
    // The wall clock for readers, the monotonic one for differences: both in one number.
    const at = Math.round((performance.timeOrigin + performance.now()) * 10) / 10;
    this.#state = reduce(this.#state, { v: 1, seq: this.#state.seq + 1, at, ...body });
    this.#output.emit({ at, body });
  }

  /** Adds nodes whose titles may hold what a peer has said. */
  planned(parent: string, nodes: readonly PlannedNode[]): void {
    const clean = (node: PlannedNode): PlannedNode => ({
      ...node,
      title: hideInMessage(node.title, this.#hide),
      children: node.children.map(clean),
    });
    this.emit({ kind: 'planned', parent, nodes: nodes.map(clean) });
  }

  /** Ends a node; its new title is cleaned. */
  ended(event: Omit<EventBody & { kind: 'ended' }, 'kind'>): void {
    const title = event.title && { title: hideInMessage(event.title, this.#hide) };
    this.emit({ kind: 'ended', ...event, ...title });
  }

  /** Tells of a question; where it leads was said by somebody else, and is cleaned. */
  asked(node: string, question: Question): void {
    this.emit({ kind: 'asked', node, question: { ...question, hosts: question.hosts.map(this.#hide) } });
  }

  node(id: string): ResultNode {
    const node = find(this.#state.root, id);
    if (node === undefined) throw new Error(`the plan has no node "${id}"`);
    return node;
  }

  found(node: string, { code, args, severity }: FindingDraft): Finding {
    const same = this.node(node).findings.filter((finding) => finding.code === code).length;
    const id = `${node}#${code}${same === 0 ? '' : `~${same + 1}`}`;
    const finding: Finding = {
      id,
      code,
      severity: severity ?? catalogue[code].severity,
      args: hideInArgs(code, args, this.#hide),
    };
    this.emit({ kind: 'found', node, finding });
    return finding;
  }

  /** Says afterwards that findings below a node are explained by another one. */
  explain(below: ResultNode, causedBy: string): void {
    for (const finding of below.findings) {
      if (finding.severity !== 'notice')
        this.emit({ kind: 'found', node: below.id, finding: { ...finding, causedBy } });
    }
    for (const child of below.children) this.explain(child, causedBy);
  }

  /** Equal evidence is stored once, however many nodes refer to it. */
  saw(node: string, { kind, body }: Evidence): void {
    const whole = JSON.stringify(hideIn(body, this.#hide));
    const isKept = whole.length <= LARGEST_EVIDENCE && this.#evidenceBytes + whole.length <= MOST_EVIDENCE;
    const json = isKept ? whole : JSON.stringify({ tooLarge: whole.length });
    const digest = createHash('sha256').update(kind).update(json).digest('base64');
    const known = this.#evidence.get(digest);
    const shown = json === whole ? kind : 'too-large';
    const ref = known ?? { id: `e${this.#evidence.size + 1}`, kind: shown, bytes: Buffer.byteLength(json) };
    if (known === undefined) {
      this.#output.evidence(ref.id, ref.kind, json);
      this.#evidenceBytes += ref.bytes;
    }
    this.#evidence.set(digest, ref);
    this.emit({ kind: 'evidence', node, evidence: ref });
  }
}
