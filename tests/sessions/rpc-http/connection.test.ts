/** Everything that can happen on the way from two requests to the last answer, each told as what it is. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { RpcSecurity } from '#lib/auth/rpc-security.ts';
import { Secret } from '#lib/auth/secret.ts';
import type { SignInMethod } from '#lib/auth/signed-request.ts';
import { limits } from '#lib/net/limits.ts';
import type { RpcConnection, RpcPatience } from '#lib/sessions/rpc-http/connection.ts';
import { askEcho } from '#lib/sessions/rpc-http/echo.ts';
import { type Opened, openConnection } from '#lib/sessions/rpc-http/open.ts';
import { decodeRpc } from '#lib/wire/dce-rpc/pdu.ts';
import { WireError } from '#lib/wire/error.ts';
import { rtsName } from '#lib/wire/rts/names.ts';
import { decodeRts } from '#lib/wire/rts/pdu.ts';
import { recorded } from '#tests/auth/ntlm/recorded-rpc.ts';
import { failureOf, never } from '#tests/net/servers.ts';
import { HTTP, hex } from '#tests/wire/ntlm/published.ts';
import {
  A3,
  BIND_ACK,
  C2,
  type FakeProxy,
  fault,
  type Manners,
  OPENING,
  proxyWith,
  response,
  SUCCESS,
} from './proxy.ts';

const NSPI = { name: 'NSPI', uuid: 'f5cc5a18-4264-101a-8c59-08002b2f8426', major: 56, minor: 0, opnums: {} };
const TARGET = { server: 'ex01.contoso.example', port: 6_004 };
/** Nobody has to wait for it where all is well. */
const LONG: RpcPatience = { a3Ms: 10_000, c2Ms: 10_000, answerMs: 10_000 };
/** What is waited for in vain. */
const VAIN_MS = 100;
const PING = Buffer.from('0500140310000000140000000000000001000000', 'hex');
const RECYCLE = Buffer.from('05001403100000001c00000000000000040001000d00000000000000', 'hex');
const BASIC: SignInMethod = { scheme: 'Basic', user: 'alice', password: Secret.of('correct horse') };

const ntlm = (): SignInMethod => ({
  ...{ scheme: 'Negotiate', wrapping: 'bare', user: 'alice', password: Secret.of('correct horse') },
  binding: 'right',
  hide: () => undefined,
});

async function opening(
  manners: Manners,
  method: SignInMethod | null = null,
  patience = LONG,
): Promise<[Opened, FakeProxy]> {
  const proxy = await proxyWith(manners);
  const opened = await openConnection(proxy.net, proxy.way, method, TARGET, never, patience);
  if (opened.kind === 'open') onTestFinished(() => opened.connection.close());
  return [opened, proxy];
}

async function failing(manners: Manners, method: SignInMethod | null = null, patience = LONG) {
  const [opened] = await opening(manners, method, patience);
  if (opened.kind === 'open') throw new Error('it was opened');
  return opened;
}

async function open(manners: Manners, patience = LONG): Promise<[RpcConnection, FakeProxy]> {
  const [opened, proxy] = await opening(manners, null, patience);
  if (opened.kind !== 'open') throw new Error(JSON.stringify(opened.failure));
  return [opened.connection, proxy];
}

const bindOperation = (length = 60) => ({
  ...{ name: 'NspiBind', opnum: 0, encode: () => new Uint8Array(length).fill(7) },
  decode: (stub: Uint8Array) => stub.length,
});

/** What comes of one call after a bind, where the server answers the call like this. */
async function calling(answer: Manners['answer'], waitMs: number = LONG.answerMs) {
  const [connection, proxy] = await open({
    answer: (pdu, at) => (at === 0 ? [BIND_ACK] : (answer?.(pdu, at) ?? null)),
  });
  expect((await connection.bind(NSPI, null)).kind).toBe('bound');
  return { called: await connection.call({ ...bindOperation(), waitMs }), connection, proxy };
}

describe('opening', () => {
  test('both channels, whatever the server does between', async () => {
    const [opened, proxy] = await opening({ opening: [SUCCESS, A3, PING, PING, C2], dribbles: true });
    expect(opened.kind).toBe('open');
    expect(proxy.heads.map((head) => head.split('\r\n')[0]).toSorted()).toEqual([
      'RPC_IN_DATA /rpc/rpcproxy.dll?ex01.contoso.example:6004 HTTP/1.1',
      'RPC_OUT_DATA /rpc/rpcproxy.dll?ex01.contoso.example:6004 HTTP/1.1',
    ]);
    const lengths = proxy.heads.map((head) => /Content-Length: (\d+)/.exec(head)?.[1]).toSorted();
    expect(lengths).toEqual(['1073741824', '76']);
    expect(proxy.opened.map((bytes) => rtsName(decodeRts(bytes))).toSorted()).toEqual(['CONN/A1', 'CONN/B1']);
  });

  test('in chunks, as proxies send it', async () => {
    const chunk = (bytes: Uint8Array): Buffer =>
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
    const head = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    const [opened] = await opening({
      opening: [head, chunk(Buffer.concat([A3, C2.subarray(0, 9)])), chunk(C2.subarray(9))],
    });
    expect(opened.kind).toBe('open');
  });

  test('with other cookies each time', async () => {
    const [, one] = await opening({});
    const [, other] = await opening({});
    const cookies = [...one.opened, ...other.opened].map((bytes) => bytes.subarray(32, 48).toString('hex'));
    expect(new Set(cookies).size).toBe(2);
  });

  test.each([
    ['401', 'out', 'HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n', { kind: 'http', channel: 'out' }],
    ['404', 'out', 'HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone', { kind: 'http', channel: 'out' }],
    ['413', 'in', 'HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n', { kind: 'http', channel: 'in' }],
    ['200', 'in', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', { kind: 'http', channel: 'in' }],
    [
      ...(['503', 'out', 'HTTP/1.1 503 RPC Error: 6ba\r\nContent-Length: 0\r\n\r\n'] as const),
      { kind: 'rpc-error', channel: 'out', code: 0x6ba, errorInfo: null },
    ],
    [
      ...(['503', 'in', 'HTTP/1.1 503 RPC Error: 5\r\nContent-Length: 15\r\n\r\nRPC EEInfo:q83v'] as const),
      { kind: 'rpc-error', channel: 'in', code: 5, errorInfo: hex('abcdef') },
    ],
  ] as const)('is answered %s on %s', async (status, side, said, expected) => {
    const { failure, evidence, credential } = await failing({ head: (verb) => (verb === side ? said : null) }, BASIC);
    expect(failure).toMatchObject({ ...expected, answer: { status: Number(status) } });
    expect(credential).toBe(status === '401' ? 'refused' : 'sent');
    expect(evidence.filter(({ kind }) => kind === 'exchange')).toHaveLength(2);
    expect(JSON.stringify(evidence)).not.toMatch(/correct horse|Y29ycmVjdCBob3JzZ|YWxpY2U6/);
  });

  const without = (...said: readonly (string | Uint8Array)[]): Manners => ({ opening: said });

  test.each([
    ['no head', without(), { kind: 'no-answer', awaited: 'CONN/A3', hasHead: false }],
    ['no CONN/A3', without(SUCCESS), { kind: 'no-answer', awaited: 'CONN/A3', hasHead: true }],
    ['half of CONN/A3', without(SUCCESS, A3.subarray(0, 20)), { kind: 'no-answer', awaited: 'CONN/A3' }],
    ['no CONN/C2', without(SUCCESS, A3), { kind: 'no-answer', awaited: 'CONN/C2', hasHead: true }],
    ['another channel', without(SUCCESS, A3, RECYCLE), { kind: 'recycling', awaited: 'CONN/C2', got: 'OUT_R1/A2' }],
    ['CONN/A3 twice', without(SUCCESS, A3, A3), { kind: 'unexpected', awaited: 'CONN/C2', got: 'CONN/A3' }],
    ['a PDU of RPC', without(SUCCESS, A3, BIND_ACK), { kind: 'unexpected', awaited: 'CONN/C2', got: 'bind_ack' }],
    ['a page', without(SUCCESS, '<html>'), { kind: 'malformed', awaited: 'CONN/A3' }],
    [
      'an odd PDU',
      without(SUCCESS, Buffer.concat([A3.subarray(0, 27), Buffer.of(0, 0)]).fill(9, 20, 21)),
      { kind: 'malformed' },
    ],
  ] as const)('comes to %s', async (_what, manners, expected) => {
    const isFirst = expected.kind === 'no-answer' && expected.awaited === 'CONN/A3';
    const patience = { ...LONG, ...(isFirst ? { a3Ms: VAIN_MS } : { c2Ms: VAIN_MS }) };
    const { failure, evidence } = await failing(manners, null, patience);
    expect(failure).toMatchObject(expected);
    expect(evidence.at(-1)?.kind).toBe('messages');
  });

  test('ends where the server closes', async () => {
    const [one] = await opening({
      head: (side) => (side === 'out' ? 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n' : null),
    });
    expect(one).toMatchObject({ failure: { kind: 'closed', channel: 'out', awaited: 'CONN/A3', hasHead: true } });
  });

  test('says nothing of a name that cannot stand in an address', async () => {
    const proxy = await proxyWith();
    const target = { server: 'a b\r\nX: y', port: 6_001 };
    await expect(openConnection(proxy.net, proxy.way, null, target, never)).rejects.toThrow(RangeError);
    expect(proxy.heads).toEqual([]);
  });

  test('stops when it is told to', async () => {
    const proxy = await proxyWith({ opening: [SUCCESS] });
    const stop = new AbortController();
    const opened = openConnection(proxy.net, proxy.way, null, TARGET, stop.signal);
    setTimeout(() => stop.abort(), 50);
    expect(await failureOf(opened)).toMatchObject({ code: 'unknown', details: { detail: 'cancelled' } });
  });

  test('speaks no HTTP', async () => {
    const proxy = await proxyWith({ head: (side) => (side === 'out' ? 'SSH-2.0-x\r\n' : null) });
    const failure = await failureOf(openConnection(proxy.net, proxy.way, null, TARGET, never, LONG));
    expect(failure.code).toBe('not-http');
  });
});

describe('signing in at the proxy', () => {
  const challenge = `HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nWWW-Authenticate: Negotiate ${Buffer.from(
    hex(HTTP.challenge),
  ).toString('base64')}\r\nContent-Length: 5\r\n\r\nplain`;
  const NO = 'HTTP/1.1 401 No\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n';

  test('by NTLM, each channel over its own connection', async () => {
    const [opened, proxy] = await opening({ head: (_side, _head, at) => (at === 0 ? challenge : null) }, ntlm());
    if (opened.kind !== 'open') throw new Error(JSON.stringify(opened.failure));
    const said = proxy.heads.map((head) => [
      /Content-Length: (\d+)/.exec(head)?.[1],
      /Negotiate (\S{16})/.exec(head)?.[1],
    ]);
    expect(said.toSorted()).toEqual([
      ['0', 'TlRMTVNTUAABAAAA'],
      ['0', 'TlRMTVNTUAABAAAA'],
      ['1073741824', 'TlRMTVNTUAADAAAA'],
      ['76', 'TlRMTVNTUAADAAAA'],
    ]);
    expect(opened.connection.credentials.proxy).toBe('accepted');
    const evidence = opened.connection.takeEvidence();
    expect(evidence.map(({ kind }) => kind)).toEqual([...Array(4).fill('exchange'), 'messages']);
    expect(JSON.stringify(evidence)).not.toContain('TlRMTVNTUA');
    expect(opened.connection.takeEvidence()).toEqual([]);
  });

  test('is refused', async () => {
    const { failure, credential } = await failing({ head: (_side, _head, at) => (at === 0 ? challenge : NO) }, ntlm());
    expect(failure).toMatchObject({ kind: 'http', answer: { status: 401 } });
    expect(credential).toBe('refused');
  });

  test('is not offered: the password was not used', async () => {
    const { failure, credential } = await failing({ head: () => NO }, ntlm());
    expect(failure).toMatchObject({ kind: 'sign-in', obstacle: { kind: 'no-challenge' } });
    expect(credential).toBe('none');
  });

  test('is broken off', async () => {
    const closing = challenge.replace('Content-Length', 'Connection: close\r\nContent-Length');
    const { failure } = await failing({ head: () => closing }, ntlm());
    expect(failure).toMatchObject({ kind: 'sign-in', obstacle: { kind: 'closed' } });
  });

  test('goes with every request where it is Basic', async () => {
    const [opened, proxy] = await opening({}, BASIC);
    expect(opened.kind).toBe('open');
    expect(proxy.heads.every((head) => head.includes('Authorization: Basic YWxpY2U6Y29ycmVjdCBob3JzZQ=='))).toBe(true);
  });
});

describe('a bind', () => {
  const bound = async (answer: readonly Uint8Array[] | null, answerMs: number = LONG.answerMs) => {
    const [connection] = await open({ answer: () => answer }, { ...LONG, answerMs });
    return connection.bind(NSPI, null);
  };

  test('is accepted', async () => {
    expect(await bound([BIND_ACK])).toEqual({ kind: 'bound', secondaryAddress: '6004', challenge: null });
  });

  test('is refused', async () => {
    const refused = Buffer.from(BIND_ACK);
    refused.writeUInt32LE(0x0001_0002, 36);
    expect(await bound([refused])).toMatchObject({ kind: 'refused', why: 'abstract syntax not supported' });
    const nothing = Buffer.from(BIND_ACK.subarray(0, 36));
    nothing.writeUInt16LE(36, 8);
    nothing[32] = 0;
    expect(await bound([nothing])).toMatchObject({ kind: 'refused', why: 'reason not specified' });
    const nak = Buffer.from('05000d0310000000140000000100000008000000', 'hex');
    expect(await bound([nak])).toMatchObject({ kind: 'nak', reason: 8, why: 'authentication type not recognized' });
    expect(await bound([fault(1, 5)])).toEqual({ kind: 'fault', status: 5, errorInfo: null });
  });

  test('comes to nothing', async () => {
    expect(await bound([], VAIN_MS)).toMatchObject({ failure: { kind: 'no-answer', awaited: 'bind_ack' } });
    expect(await bound(null)).toMatchObject({ failure: { kind: 'closed', awaited: 'bind_ack' } });
    expect(await bound(response(1, Buffer.of(1)))).toMatchObject({ failure: { kind: 'unexpected', got: 'response' } });
  });

  test('with a sign-in that the server says nothing of', async () => {
    const [connection] = await open({ answer: () => [BIND_ACK] });
    const options = { user: 'alice', domain: '', password: Secret.of('x'), level: 'privacy' } as const;
    expect(await connection.bind(NSPI, new RpcSecurity(options))).toEqual({
      kind: 'obstacle',
      obstacle: { kind: 'no-challenge' },
    });
    expect(connection.credentials.rpc).toBe('none');
  });

  test('needs a connection of its own', async () => {
    const [connection] = await open({ answer: () => [BIND_ACK] });
    await expect(connection.call(bindOperation())).rejects.toThrow(TypeError);
    await connection.bind(NSPI, null);
    await expect(connection.bind(NSPI, null)).rejects.toThrow(TypeError);
  });
});

describe('a call', () => {
  test('is answered, with pings in between', async () => {
    const { called } = await calling(() => [PING, ...response(2, Buffer.alloc(40), Buffer.alloc(4)), PING]);
    expect(called).toMatchObject({ kind: 'returned', value: 44 });
  });

  test('ends with a fault, and the next one is made all the same', async () => {
    const { called, connection } = await calling((pdu) => [fault(pdu.readUInt32LE(12), 0x6f7)]);
    expect(called).toEqual({ kind: 'fault', status: 0x6f7, errorInfo: null });
    expect((await connection.call(bindOperation())).kind).toBe('fault');
  });

  test('hears late answers to others', async () => {
    const { called } = await calling(() => [
      fault(1, 5),
      ...response(1, Buffer.of(1)),
      ...response(2, Buffer.of(1, 2)),
    ]);
    expect(called).toMatchObject({ kind: 'returned', value: 2 });
  });

  type End = readonly [
    what: string,
    answer: () => readonly Uint8Array[] | null,
    expected: { kind: string; [more: string]: unknown },
  ];

  test.each<End>([
    ['silence', () => [], { kind: 'no-answer', awaited: 'NspiBind', hasHead: true }],
    ['one fragment of two', () => response(2, Buffer.of(1), Buffer.of(2)).slice(0, 1), { kind: 'no-answer' }],
    ['an end', () => null, { kind: 'closed', awaited: 'NspiBind', hasHead: true }],
    ['another channel', () => [RECYCLE], { kind: 'recycling', awaited: 'NspiBind' }],
    ['an answer to a call that was never made', () => response(9, Buffer.of(1)), { kind: 'malformed' }],
    ['a bind_ack', () => [BIND_ACK], { kind: 'unexpected', got: 'bind_ack' }],
    [
      'a shutdown',
      () => [Buffer.from('05001103100000001000000000000000', 'hex')],
      { kind: 'unexpected', got: 'shutdown' },
    ],
    ['no PDU', () => [Buffer.from('HTTP/1.1 200 OK')], { kind: 'malformed', awaited: 'NspiBind' }],
    ['pings without end', () => Array<Buffer>(limits.rpcPdus + 1).fill(PING), { kind: 'too-much' }],
    [
      'fragments without end',
      () => response(2, ...Array<Buffer>(100).fill(Buffer.alloc(60_000))).slice(0, -1),
      expect.objectContaining({ kind: 'malformed', error: expect.objectContaining({ code: 'too-large' }) }),
    ],
  ])('comes to %s', async (_what, answer, expected) => {
    const waitMs = expected.kind === 'no-answer' ? VAIN_MS : LONG.answerMs;
    const { called, connection } = await calling(answer, waitMs);
    expect(called).toMatchObject({ kind: 'failed', failure: expected });
    expect(await connection.call(bindOperation())).toEqual(called);
    const messages = connection.takeEvidence().at(-1);
    expect(messages?.kind).toBe('messages');
  });

  test('gets an answer that says nothing', async () => {
    const [connection] = await open({ answer: (_pdu, at) => (at === 0 ? [BIND_ACK] : response(2, Buffer.of(1, 2))) });
    await connection.bind(NSPI, null);
    const error = new WireError('truncated', { path: 'nspi.bind', offset: 2, spec: 'x' }, 'nothing is left');
    const decode = (): never => {
      throw error;
    };
    expect(await connection.call({ ...bindOperation(), decode })).toEqual({
      kind: 'failed',
      failure: { kind: 'malformed', awaited: 'NspiBind', error },
    });
    const messages = connection.takeEvidence().at(-1);
    expect(messages?.kind === 'messages' && messages.body.messages.at(-1)?.problem).toMatchObject({ offset: 2 });
  });

  test('of many octets goes in fragments, as long as the server takes them', async () => {
    const ack = Buffer.from(BIND_ACK);
    ack.writeUInt16LE(2_000, 18);
    const [connection, proxy] = await open({
      answer: (pdu, at) => (at === 0 ? [ack] : (pdu[3] ?? 0) & 2 ? response(2, Buffer.of(0)) : []),
    });
    await connection.bind(NSPI, null);
    expect((await connection.call(bindOperation(10_000))).kind).toBe('returned');
    const fragments = proxy.heard.slice(1);
    expect(fragments.map(({ length }) => length)).toEqual([...Array(5).fill(1_992), 24 + 10_000 - 5 * 1_968]);
    expect(fragments.map((pdu) => pdu[3])).toEqual([1, 0, 0, 0, 0, 2]);
  });
});

describe('flow control', () => {
  test('what came is acknowledged, RPC alone', async () => {
    const stubs = Array.from({ length: 36 }, () => Buffer.alloc(5_816));
    const { called, proxy } = await calling(() => response(2, ...stubs).flatMap((pdu) => [PING, pdu]));
    expect(called).toMatchObject({ kind: 'returned', value: 36 * 5_816 });
    const acks = proxy.heard.filter((pdu) => pdu[2] === 20).map((pdu) => decodeRts(pdu));
    expect(acks.length).toBe(6);
    expect(acks.map(rtsName)).toEqual(Array(6).fill('FlowControlAckWithDestination'));
    const outCookie = proxy.opened.find((pdu) => pdu.length === 76)?.subarray(52, 68);
    expect(acks[0]?.commands).toEqual([
      { kind: 'Destination', destination: 'out-proxy' },
      // bind_ack, and six fragments.
      { kind: 'FlowControlAck', received: 60 + 6 * 5_840, window: 65_536, channel: outCookie },
    ]);
  });

  const ack = (received: number, window: number): Buffer => {
    const pdu = Buffer.from(
      `05001403100000003800000000000000020002000d0000000000000001000000${'00'.repeat(24)}`,
      'hex',
    );
    pdu.writeUInt32LE(received, 32);
    pdu.writeUInt32LE(window, 36);
    return pdu;
  };

  test('nothing is sent that the server has no room for', async () => {
    const small = Buffer.from(C2);
    small.writeUInt32LE(8_192, 32);
    let octets = 0;
    const [connection, proxy] = await open({
      opening: [SUCCESS, A3, small],
      answer: (pdu, at) => {
        octets += pdu.length;
        if (at === 0) return [BIND_ACK];
        return (pdu[3] ?? 0) & 2 ? response(2, Buffer.of(0)) : [ack(octets, 8_192)];
      },
    });
    await connection.bind(NSPI, null);
    expect((await connection.call(bindOperation(30_000))).kind).toBe('returned');
    expect(proxy.heard).toHaveLength(7);
  });

  test.each([
    ['a window of nothing', 0, 'FlowControlAck'],
    ['a window that is never moved', 8_192, 'FlowControlAck'],
  ])('%s', async (_what, window, awaited) => {
    const small = Buffer.from(C2);
    small.writeUInt32LE(window, 32);
    const [connection] = await open(
      {
        opening: [SUCCESS, A3, small],
        answer: (_p, at) => (at === 0 ? [BIND_ACK] : []),
      },
      { ...LONG, answerMs: 500 },
    );
    const bound = await connection.bind(NSPI, null);
    const last = bound.kind === 'bound' ? await connection.call(bindOperation(30_000)) : bound;
    expect(last).toMatchObject({ kind: 'failed', failure: { kind: 'no-answer', awaited } });
  });
});

test('a server that wants signs of life gets them', async () => {
  const hasty = Buffer.from(C2);
  hasty.writeUInt32LE(10, 40);
  let pings = 0;
  const [connection, proxy] = await open(
    {
      opening: [SUCCESS, A3, hasty],
      answer: (_pdu, at) => (at === 0 ? [BIND_ACK] : []),
      rts: (pdu) => {
        pings += rtsName(decodeRts(pdu)) === 'Ping' ? 1 : 0;
        return response(2, Buffer.of(1));
      },
    },
    LONG,
  );
  await connection.bind(NSPI, null);
  expect((await connection.call(bindOperation())).kind).toBe('returned');
  expect([pings, proxy.heard.length]).toEqual([1, 3]);
});

describe('signing in within RPC', () => {
  const [, challenge] = recorded('nspiPrivacy');
  const security = (level: 'connect' | 'privacy') =>
    new RpcSecurity({ user: 'alice', domain: '', password: Secret.of('correct horse'), level });

  /** @param answer to the call, whose number is 2 */
  async function signing(level: 'connect' | 'privacy', answer: readonly Uint8Array[]) {
    const ack = Buffer.from(challenge?.bytes ?? Buffer.of());
    const [connection] = await open({ answer: (_pdu, at) => [[ack], [], answer][at] ?? [] });
    expect((await connection.bind(NSPI, security(level))).kind).toBe('bound');
    expect(connection.credentials.rpc).toBe('sent');
    const called = await connection.call(bindOperation());
    expect(JSON.stringify(connection.takeEvidence())).not.toMatch(/correct horse/);
    return [called, connection.credentials.rpc] as const;
  }

  test('is refused by the answer to the first call', async () => {
    expect(await signing('privacy', [fault(2, 5)])).toEqual([{ kind: 'fault', status: 5, errorInfo: null }, 'refused']);
    expect((await signing('connect', [fault(2, 0x721)]))[1]).toBe('refused');
    expect((await signing('connect', [fault(2, 0x6f7)]))[1]).toBe('sent');
  });

  test('an answer that is not protected as was agreed upon is none', async () => {
    const [called, fate] = await signing('privacy', response(2, Buffer.alloc(4)));
    expect(called).toMatchObject({ failure: { kind: 'malformed', error: { path: 'rpc.header.auth_length' } } });
    expect(fate).toBe('sent');
  });

  test('at the level connect nothing is protected', async () => {
    expect((await signing('connect', response(2, Buffer.alloc(4))))[1]).toBe('accepted');
  });
});

describe('the echo', () => {
  const ECHO = Buffer.from('0500140310000000140000000000000040000000', 'hex').toString('latin1');
  const says = (body: string, status = '200 Success'): string =>
    `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

  async function echoing(head: string, method: SignInMethod | null = null) {
    const proxy = await proxyWith({ head: () => head });
    return [await askEcho(proxy.net, proxy.way, method, TARGET, never), proxy] as const;
  }

  test('comes back', async () => {
    const [seen, proxy] = await echoing(says(ECHO), BASIC);
    expect(seen).toMatchObject({ kind: 'echoed', isProven: true, answer: { status: 200 } });
    expect(seen.legs).toHaveLength(1);
    expect(proxy.heads[0]).toContain('RPC_IN_DATA /rpc/rpcproxy.dll?ex01.contoso.example:6004');
    expect(proxy.heads[0]).toContain('Content-Length: 4');
  });

  test.each([
    ['a page', says('<html>'), { kind: 'other', error: { path: 'rts.header.rpc_vers' } }],
    ['another PDU', says(PING.toString('latin1')), { kind: 'other', error: null }],
    ['401', says('', '401 No'), { kind: 'failed', failure: { kind: 'http', answer: { status: 401 } } }],
    ['503', says('', '503 RPC Error: 5'), { kind: 'failed', failure: { kind: 'rpc-error', code: 5 } }],
  ])('is answered by %s', async (_what, head, expected) => {
    expect((await echoing(head))[0]).toMatchObject({ ...expected, isProven: false });
  });

  test('is asked for by somebody whose method is not offered', async () => {
    const [seen] = await echoing(says('', '401 No'), ntlm());
    expect(seen).toMatchObject({ failure: { kind: 'sign-in', obstacle: { kind: 'no-challenge' } }, isProven: false });
  });
});

test('what is sent can be read by anybody who knows RPC', async () => {
  const { proxy } = await calling(() => response(2, Buffer.of(1)));
  expect(proxy.heard.map((pdu) => decodeRpc(pdu).type)).toEqual(['bind', 'request']);
  expect(OPENING).toHaveLength(3);
});
