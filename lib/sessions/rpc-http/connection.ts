/** Binds and calls over a connection that is open. C706 9.3, [MS-RPCE] 3.3.2 */
import type { RpcObstacle, RpcSecurity } from '#lib/auth/rpc-security.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { type FieldNote, type Layer, Trace } from '#lib/wire/bytes/trace.ts';
import {
  ACCEPTED,
  type BindAck,
  type BindNak,
  describeNak,
  describeResult,
  encodeAuth3,
  encodeBind,
} from '#lib/wire/dce-rpc/bind.ts';
import { encodeRequest, type Fault, fragmentsOf, Reassembly, type RequestFragment } from '#lib/wire/dce-rpc/call.ts';
import { decodeRpc, type RpcPdu } from '#lib/wire/dce-rpc/pdu.ts';
import type { RawPdu } from '#lib/wire/dce-rpc/splitter.ts';
import { ACCESS_DENIED, SECURITY_PACKAGE_ERROR } from '#lib/wire/dce-rpc/status.ts';
import { NDR32 } from '#lib/wire/dce-rpc/syntax.ts';
import type { Protection, Verifier } from '#lib/wire/dce-rpc/verifier.ts';
import { WireError } from '#lib/wire/error.ts';
import type { RpcInterface } from '#lib/wire/ndr/interface.ts';
import type { Challenge } from '#lib/wire/ntlm/challenge.ts';
import type { RtsPdu } from '#lib/wire/rts/pdu.ts';
import type { Channels } from './channels.ts';
import type { RpcFailure } from './failure.ts';
import { type Ends, type Got, VirtualConnection } from './virtual-connection.ts';

/** Whether a credential was sent, and what became of it as far as that is known. */
export type CredentialFate = 'none' | 'sent' | 'refused' | 'accepted';

/** How long each step is waited for, in milliseconds. */
export interface RpcPatience {
  readonly a3Ms: number;
  readonly c2Ms: number;
  readonly answerMs: number;
}

export interface ConnectionOptions extends Ends {
  readonly patience: RpcPatience;
  /** Exchanges before the channels. */
  readonly legs: readonly Evidence[];
  /** The one that the proxy was shown. */
  readonly credential: CredentialFate;
}

export type Bound =
  /** `challenge`: what the server told of itself, where somebody signed in. Whether the sign-in is taken, the first call shows. */
  | { readonly kind: 'bound'; readonly secondaryAddress: string; readonly challenge: Challenge | null }
  /** This interface is not served here. */
  | { readonly kind: 'refused'; readonly result: number; readonly reason: number; readonly why: string }
  /** The bind as a whole is not taken, mostly because of its way of signing in. */
  | { readonly kind: 'nak'; readonly reason: number; readonly why: string; readonly errorInfo: Uint8Array | null }
  | { readonly kind: 'obstacle'; readonly obstacle: RpcObstacle }
  | Faulted
  | Failed;

export type Called<T> =
  | { readonly kind: 'returned'; readonly value: T; readonly stub: Uint8Array; readonly elapsedMs: number }
  | Faulted
  | Failed;

export interface Faulted {
  readonly kind: 'fault';
  readonly status: number;
  readonly errorInfo: Uint8Array | null;
}

/** The connection is of no use any more. */
export interface Failed {
  readonly kind: 'failed';
  readonly failure: RpcFailure;
}

/** What is said with a call, and what is made of its answer. */
export interface Operation<T> {
  /** As the documents call it: `NspiBind`. */
  readonly name: string;
  readonly opnum: number;
  readonly encode: (trace: Trace) => Uint8Array;
  /** @throws WireError */
  readonly decode: (stub: Uint8Array, trace: Trace) => T;
  /** Without it the usual patience. */
  readonly waitMs?: number;
}

/** What Windows offers, and fits into four frames of Ethernet. */
const FRAGMENT = 5_840;

export class RpcConnection {
  readonly #virtual: VirtualConnection;
  readonly #patience: RpcPatience;
  #opening: readonly Evidence[] | null;
  #proxyCredential: CredentialFate;
  #rpcCredential: CredentialFate = 'none';
  #isBound = false;
  #protection: Protection | null = null;
  /** The longest PDU that the server takes. */
  #longest = FRAGMENT;
  #calls = 0;
  #failure: RpcFailure | null = null;

  constructor(channels: Channels, options: ConnectionOptions) {
    this.#virtual = new VirtualConnection(channels, options);
    this.#patience = options.patience;
    this.#opening = options.legs;
    this.#proxyCredential = options.credential;
  }

  /** What became of the credential that the proxy was shown, and of the one within RPC. */
  get credentials(): { readonly proxy: CredentialFate; readonly rpc: CredentialFate } {
    return { proxy: this.#proxyCredential, rpc: this.#rpcCredential };
  }

  /** Why nothing more can be done here; null where something can. */
  get failure(): RpcFailure | null {
    return this.#failure;
  }

  /** For whoever opens it. @returns why the channels do not belong together; null where they do */
  async join(a1: RtsPdu, b1: RtsPdu): Promise<RpcFailure | null> {
    this.#failure = await this.#virtual.join(a1, b1, this.#patience.a3Ms, this.#patience.c2Ms);
    if (this.#failure === null && this.#proxyCredential === 'sent') this.#proxyCredential = 'accepted';
    return this.#failure;
  }

  /**
   * Binds to an interface, once for each connection.
   * @param security null where nobody signs in to RPC
   * @throws NetFailure
   */
  async bind(what: RpcInterface, security: RpcSecurity | null): Promise<Bound> {
    if (this.#calls > 0) throw new TypeError('this connection is bound already');
    this.#calls = 1;
    const trace = new Trace();
    const contexts = [{ id: 0, abstractSyntax: what, transferSyntaxes: [NDR32] }];
    const sizes = { maxXmit: FRAGMENT, maxRecv: FRAGMENT, assocGroup: 0 };
    const bytes = encodeBind({ type: 'bind', callId: 1, ...sizes, contexts }, security?.begin() ?? null, trace);
    const { answerMs } = this.#patience;
    const unsent = await this.#send({ name: 'bind', bytes, trace });
    if (unsent !== null) return unsent;
    const answer = await this.#virtual.receive({
      name: 'bind_ack',
      waitMs: answerMs,
      rpc: (raw) => this.#bindAnswer(raw),
    });
    return answer.ok ? this.#concluded(answer.value, security) : this.#failed(answer.failure);
  }

  async #concluded(pdu: BindAnswer, security: RpcSecurity | null): Promise<Bound> {
    if (pdu.type === 'fault') return faulted(pdu);
    if (pdu.type === 'bind_nak')
      return { kind: 'nak', reason: pdu.reason, why: describeNak(pdu.reason), errorInfo: pdu.errorInfo };
    const [result = NO_RESULT] = pdu.results;
    if (result.result !== ACCEPTED)
      return { kind: 'refused', result: result.result, reason: result.reason, why: describeResult(result) };
    this.#isBound = true;
    this.#longest = Math.min(FRAGMENT, pdu.maxRecv);
    return security === null ? boundTo(pdu, null) : this.#signIn(security, pdu);
  }

  /**
   * Calls an operation of the interface, and waits for the whole answer.
   * @throws NetFailure
   */
  async call<T>(operation: Operation<T>): Promise<Called<T>> {
    const { name, opnum, waitMs = this.#patience.answerMs } = operation;
    if (!this.#isBound) throw new TypeError(`${name} was to be called without a bind`);
    if (this.#failure !== null) return this.#failed(this.#failure);
    this.#calls += 1;
    const callId = this.#calls;
    const started = performance.now();
    const trace = new Trace();
    const stub = operation.encode(trace);
    const layer = { name: `arguments of ${name}`, bytes: stub, fields: trace.fields };
    const fragments = fragmentsOf({ callId, contextId: 0, opnum, stub }, this.#longest, this.#protection);
    for (const [at, fragment] of fragments.entries()) {
      const said = this.#written(fragment, at === 0 ? layer : null);
      const unsent = await this.#send({ name: at === 0 ? name : `${name}, fragment ${at + 1}`, ...said });
      if (unsent !== null) return unsent;
    }
    const reassembly = new Reassembly(callId);
    const rpc = (raw: RawPdu): Got<Answer<T>> | null => this.#answer(raw, { callId, reassembly, operation });
    const answer = await this.#virtual.receive({ name, waitMs, rpc });
    if (!answer.ok) return this.#failed(answer.failure);
    this.#learn(answer.value);
    return answer.value.kind === 'fault'
      ? answer.value
      : { ...answer.value, elapsedMs: rounded(performance.now() - started) };
  }

  /** All evidence since the last time that somebody asked. */
  takeEvidence(): Evidence[] {
    const messages = this.#virtual.conversation.take();
    const opening = this.#opening === null ? [] : [...this.#opening, ...this.#virtual.evidence()];
    this.#opening = null;
    return messages === null ? opening : [...opening, messages];
  }

  close(): void {
    this.#virtual.close();
  }

  /** The second and third leg of the sign-in. To the third nothing is answered. */
  async #signIn(security: RpcSecurity, ack: BindAck & { readonly verifier: Verifier | null }): Promise<Bound> {
    const reply = security.answer(ack.verifier);
    if (!reply.ok) return { kind: 'obstacle', obstacle: reply.obstacle };
    const trace = new Trace();
    const bytes = encodeAuth3(1, reply.verifier, trace);
    const { length } = reply.verifier.token;
    // By the proof in it the password could be guessed.
    const hidden = [{ offset: bytes.length - length, length }];
    const unsent = await this.#send({ name: 'rpc_auth_3', bytes, trace, hidden });
    if (unsent !== null) return unsent;
    this.#rpcCredential = 'sent';
    this.#protection = reply.protection;
    return boundTo(ack, reply.challenge);
  }

  async #send(said: Parameters<VirtualConnection['send']>[0]): Promise<Failed | null> {
    const failure = await this.#virtual.send(said, this.#patience.answerMs);
    return failure === null ? null : this.#failed(failure);
  }

  #failed(failure: RpcFailure): Failed {
    this.#failure = failure;
    return { kind: 'failed', failure };
  }

  #bindAnswer(raw: RawPdu): Got<BindAnswer> {
    return this.#read(raw, raw.header.type, null, (pdu) =>
      pdu.type === 'bind_ack' || pdu.type === 'bind_nak' || pdu.type === 'fault'
        ? { ok: true, value: pdu }
        : unexpected('bind_ack', pdu),
    );
  }

  /** Null where more is to come. @throws WireError */
  #answer<T>(raw: RawPdu, { callId, reassembly, operation }: Pending<T>): Got<Answer<T>> | null {
    const { name } = operation;
    const isFault = raw.header.type === 'fault';
    const protection = this.#protection && (isFault ? lenient(this.#protection) : this.#protection);
    return this.#read(raw, raw.header.type === 'response' ? name : raw.header.type, protection, (pdu, trace) => {
      if (pdu.type === 'fault') return pdu.callId < callId ? null : { ok: true, value: faulted(pdu) };
      if (pdu.type !== 'response') return unexpected(name, pdu);
      if (protection !== null && pdu.verifier === null) throw unsigned();
      const stub = reassembly.push(pdu);
      if (stub === null) return null;
      const inner = trace.inner();
      attach(trace.fields, { name: `results of ${name}`, bytes: stub, fields: inner.fields });
      return { ok: true, value: { kind: 'returned', value: operation.decode(stub, inner), stub } };
    });
  }

  /** Reads a PDU, and writes down that it came, whether it can be read or not. @throws WireError */
  #read<T>({ bytes }: RawPdu, name: string, protection: Protection | null, make: (pdu: RpcPdu, trace: Trace) => T): T {
    const trace = new Trace();
    const said = { name, direction: 'received', bytes, trace } as const;
    const at = performance.now();
    try {
      const value = make(decodeRpc(bytes, { trace, protection }), trace);
      this.#virtual.conversation.note(said, at);
      return value;
    } catch (error) {
      if (error instanceof WireError) this.#virtual.conversation.note({ ...said, problem: error }, at);
      throw error;
    }
  }

  /** The first answer says what became of the sign-in. */
  #learn<T>(answer: Answer<T>): void {
    if (this.#rpcCredential !== 'sent') return;
    if (answer.kind === 'returned') this.#rpcCredential = 'accepted';
    else if (REFUSALS.includes(answer.status)) this.#rpcCredential = 'refused';
  }

  /** One fragment as it goes out, with the tree of its fields: what is sealed is shown as it was before. */
  #written(fragment: RequestFragment, layer: Layer | null): { readonly bytes: Uint8Array; readonly trace: Trace } {
    const protection = this.#protection;
    let plain: Uint8Array | null = null;
    const protect: Protection['protect'] = (signed, span) => {
      plain = signed;
      return protection === null ? { sealed: signed, token: new Uint8Array() } : protection.protect(signed, span);
    };
    const bytes = encodeRequest(fragment, protection && { ...protection, protect });
    const trace = new Trace();
    decodeRpc(bytes, { trace, protection: protection && { ...protection, unprotect: () => plain } });
    if (layer !== null) attach(trace.fields, layer);
    return { bytes, trace };
  }
}

type BindAnswer = (BindAck | BindNak | Fault) & { readonly verifier: Verifier | null };

type Answer<T> = Faulted | Omit<Extract<Called<T>, { kind: 'returned' }>, 'elapsedMs'>;

/** A call that is waited for. */
interface Pending<T> {
  readonly callId: number;
  readonly reassembly: Reassembly;
  readonly operation: Operation<T>;
}

/** What a server says of a sign-in that it does not take. */
const REFUSALS: readonly number[] = [ACCESS_DENIED, SECURITY_PACKAGE_ERROR];

/** Servers send fewer results than were asked for where they take nothing. */
const NO_RESULT = { result: 2, reason: 0 };

const boundTo = ({ secondaryAddress }: BindAck, challenge: Challenge | null): Bound => ({
  kind: 'bound',
  secondaryAddress,
  challenge,
});

const faulted = ({ status, errorInfo }: Fault): Faulted => ({ kind: 'fault', status, errorInfo });

const unexpected = (awaited: string, { type }: RpcPdu) =>
  ({ ok: false, failure: { kind: 'unexpected', awaited, got: type } }) as const;

/** Of a fault the status is never sealed, and servers differ in whether they sign it; where they do, it counts like any other PDU. */
const lenient = (protection: Protection): Protection => ({
  ...protection,
  unprotect: (sealed, span, token) => protection.unprotect(sealed, span, token) ?? sealed,
});

const unsigned = (): WireError =>
  new WireError(
    'bad-value',
    { path: 'rpc.header.auth_length', offset: 10, spec: '[MS-RPCE] 3.3.1.5.2' },
    'the answer is not protected as was agreed upon',
  );

/** Puts what the stub holds into the tree, wherever it stands there: plain, or in what was decrypted. */
function attach(fields: readonly FieldNote[], layer: Layer): void {
  const stub = fields.find(({ name }) => name === 'stub_data');
  if (stub !== undefined) stub.layer = layer;
  else for (const { layer: inner } of fields) if (inner !== undefined) attach(inner.fields, layer);
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;
