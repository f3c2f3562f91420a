/** The server's side of DCE/RPC over one virtual connection: binds, calls, fragments. C706 9, [MS-RPCE] 3.3.3 */
import type { Place } from '../place.ts';
import type { Random } from '../random.ts';
import { NotReadable } from '../store/bytes.ts';
import type { Call, Caller, Interface } from './interface.ts';
import { NdrReader } from './ndr.ts';
import {
  type Bind,
  bindAnswerBody,
  bindNakBody,
  CALL_HEADER,
  type Context,
  type ContextResult,
  faultBody,
  faults,
  NDR32,
  NotRpc,
  nakReasons,
  type Pdu,
  type PduHead,
  pduFlags,
  readBind,
  readPdu,
  readRequest,
  responseStart,
  type Syntax,
  sameSyntax,
  types,
  writePdu,
} from './pdu.ts';
import { Fault, type RpcSecurity, tokenVerifier } from './security.ts';

/** How calls are bent. */
export interface CallBend {
  /** The longest fragment that is sent; without it as long as both sides take. */
  fragments?: number;
  /** Every call of these names ends with such a fault. */
  faults?: Readonly<Record<string, number>>;
  /** Every call does, as if nobody had a right to anything. */
  denied?: true;
  /** Other arguments of an answer than the right ones. */
  answers?: (call: string, stub: Buffer) => Buffer;
  /** The answer to this call has no last fragment. */
  endless?: string;
}

/** A PDU on its way to the client, and what it is called in a conversation. */
export interface Outgoing {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What Windows takes and sends at most. */
const MOST_FRAGMENT = 5840;
/** All arguments of a call together. */
const MOST_STUB = 4 * 1024 * 1024;
const BOTH_ENDS = pduFlags.first | pduFlags.last;

interface Accepted {
  readonly context: Context;
  readonly spoken: Interface;
}

interface Pending {
  readonly callId: number;
  readonly contextId: number;
  readonly opnum: number;
  readonly parts: Buffer[];
}

export class Association {
  readonly #port: number;
  readonly #interfaces: readonly Interface[];
  readonly #security: RpcSecurity;
  readonly #bend: CallBend;
  readonly #caller: Omit<Caller, 'level'>;
  readonly #contexts = new Map<number, Accepted>();
  #pending: Pending | null = null;
  #mostSent = MOST_FRAGMENT;
  #group: number;

  constructor(
    { port, interfaces }: { port: number; interfaces: readonly Interface[] },
    security: RpcSecurity,
    place: Place,
    random: Random,
    bend: CallBend,
  ) {
    this.#port = port;
    this.#interfaces = interfaces;
    this.#security = security;
    this.#bend = bend;
    this.#caller = { place, port, kept: { stores: new Map(), books: new Map() } };
    this.#group = 1 + random.below(0xffff);
  }

  /** What the client gets for a PDU: made while it is sent, as each one is sealed behind the one before. */
  receive(bytes: Buffer): Iterable<Outgoing> {
    const pdu = readPdu(bytes);
    switch (pdu.type) {
      case types.bind:
        return this.#bind(pdu, 'bind_ack');
      case types.alterContext:
        return this.#bind(pdu, 'alter_context_resp');
      case types.auth3:
        if (pdu.verifier) this.#security.step(pdu.verifier);
        return [];
      case types.request:
        return this.#request(pdu);
      case types.cancel:
      case types.orphaned:
        this.#pending = null;
        return [];
      default:
        throw new NotRpc(`A client does not send type ${pdu.type}.`);
    }
  }

  #bind(pdu: Pdu, name: 'bind_ack' | 'alter_context_resp'): Iterable<Outgoing> {
    const isFirst = name === 'bind_ack';
    const { callId, verifier } = pdu;
    if (verifier && !this.#security.takes(verifier)) return [this.#nak(callId, nakReasons.authType)];
    const asked = readBind(pdu);
    this.#mostSent = Math.min(this.#bend.fragments ?? MOST_FRAGMENT, isFirst ? asked.mostReceived : this.#mostSent);
    if (isFirst && asked.group !== 0) this.#group = asked.group;
    const results = this.#results(asked);
    const body = bindAnswerBody({
      mostReceived: MOST_FRAGMENT,
      group: this.#group,
      port: isFirst ? this.#port : null,
      results,
    });
    const token = verifier && this.#security.step(verifier);
    const head: PduHead = {
      type: isFirst ? types.bindAck : types.alterContextResponse,
      flags: BOTH_ENDS | (pdu.flags & pduFlags.headerSign),
      callId,
    };
    return [{ name, bytes: writePdu(head, body, verifier && token?.length ? tokenVerifier(verifier, token) : null) }];
  }

  #nak(callId: number, reason: number): Outgoing {
    return {
      name: 'bind_nak',
      bytes: writePdu({ type: types.bindNak, flags: BOTH_ENDS, callId }, bindNakBody(reason)),
    };
  }

  #results({ contexts }: Bind): ContextResult[] {
    return contexts.map((context) => {
      const features = context.transfers.map(featuresIn).find((each) => each !== null);
      if (features) return { result: 'features', features };
      const spoken = this.#interfaces.find(({ syntax }) => isServed(syntax, context.wanted));
      if (!spoken) return { result: 'refused', reason: 1 };
      if (!context.transfers.some((transfer) => sameSyntax(transfer, NDR32))) return { result: 'refused', reason: 2 };
      this.#contexts.set(context.id, { context, spoken });
      return { result: 'accepted', transfer: NDR32 };
    });
  }

  #request(pdu: Pdu): Iterable<Outgoing> {
    const { callId } = pdu;
    const { contextId, opnum } = readRequest(pdu);
    try {
      const stub = this.#security.open(pdu);
      const whole = this.#collect(pdu, { contextId, opnum }, stub);
      if (whole === null) return [];
      const { call, answer } = this.#answer(contextId, opnum, whole);
      return this.#response(call, { callId, contextId }, answer);
    } catch (error) {
      const status = error instanceof Fault ? error.status : error instanceof NotReadable ? faults.badStub : null;
      if (status === null) throw error;
      this.#pending = null;
      return [{ name: 'fault', bytes: faultPdu(callId, contextId, status) }];
    }
  }

  /** The arguments of a call, as soon as its last fragment is there. */
  #collect({ flags, callId }: Pdu, { contextId, opnum }: Pick<Pending, 'contextId' | 'opnum'>, stub: Buffer) {
    if (flags & pduFlags.first) this.#pending = { callId, contextId, opnum, parts: [] };
    const pending = this.#pending;
    if (pending?.callId !== callId || pending.opnum !== opnum) throw new Fault(faults.protocolError);
    pending.parts.push(stub);
    const whole = Buffer.concat(pending.parts);
    if (whole.length > MOST_STUB) throw new Fault(faults.protocolError);
    if (!(flags & pduFlags.last)) return null;
    this.#pending = null;
    return whole;
  }

  #answer(contextId: number, opnum: number, stub: Buffer): { call: Call; answer: Buffer } {
    const accepted = this.#contexts.get(contextId);
    if (!accepted) throw new Fault(faults.noSuchContext);
    if (this.#bend.denied) throw new Fault(faults.accessDenied);
    const call = accepted.spoken.calls[opnum];
    if (!call) throw new Fault(faults.noSuchCall);
    const fault = this.#bend.faults?.[call.name];
    if (fault !== undefined) throw new Fault(fault);
    // What stands behind the arguments is nobody's business: a verification trailer, or what a client adds by mistake.
    const right = call.answer(new NdrReader(stub), { ...this.#caller, level: this.#security.level });
    return { call, answer: this.#bend.answers?.(call.name, right) ?? right };
  }

  *#response(
    { name }: Call,
    { callId, contextId }: { callId: number; contextId: number },
    stub: Buffer,
  ): Generator<Outgoing> {
    const room = this.#mostSent - CALL_HEADER - this.#security.overhead;
    const most = room - (room % 8);
    const endless = this.#bend.endless === name;
    for (let at = 0; at === 0 || at < stub.length || endless; at += most) {
      const part = endless ? Buffer.alloc(most) : stub.subarray(at, at + most);
      const isLast = !endless && at + most >= stub.length;
      const flags = (at === 0 ? pduFlags.first : 0) | (isLast ? pduFlags.last : 0);
      const start = responseStart(endless ? most : stub.length - at, contextId);
      const bytes = this.#security.seal({ type: types.response, flags, callId }, start, part);
      yield { name: isLast ? name : `part of ${name}`, bytes };
    }
  }
}

const faultPdu = (callId: number, contextId: number, status: number): Buffer =>
  writePdu({ type: types.fault, flags: BOTH_ENDS, callId }, faultBody(contextId, status));

/** A newer client may speak to an older server: only the major version counts, and that the minor one is there. C706 6.1.2 */
const isServed = (served: Syntax, wanted: Syntax): boolean =>
  served.uuid === wanted.uuid && served.major === wanted.major && served.minor >= wanted.minor;

/** What a client asks for at bind time beside an interface: several calls at a time, and orphans that do no harm. [MS-RPCE] 2.2.2.14 */
function featuresIn({ uuid }: Syntax): number | null {
  const [, flags] = /^6cb71c2c-9812-4540-([0-9a-f]{2})/.exec(uuid) ?? [];
  return flags === undefined ? null : Number.parseInt(flags, 16) & 3;
}
