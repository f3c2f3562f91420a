/** Our client against what an independent server said, replayed: it sends what was sent then, and understands every answer. */
import { expect, onTestFinished, test } from 'vitest';
import { type RpcLevel, RpcSecurity } from '#lib/auth/rpc-security.ts';
import { Secret } from '#lib/auth/secret.ts';
import type { MessagesEvidence } from '#lib/result/evidence.ts';
import { openConnection } from '#lib/sessions/rpc-http/open.ts';
import { decodeRpc } from '#lib/wire/dce-rpc/pdu.ts';
import type { RpcInterface } from '#lib/wire/ndr/interface.ts';
import { decodeAuthenticate, decodeNtlmV2Response } from '#lib/wire/ntlm/authenticate.ts';
import { decodeFileTime } from '#lib/wire/ntlm/file-time.ts';
import { type Recording, recorded } from '#tests/auth/ntlm/recorded-rpc.ts';
import { never } from '#tests/net/servers.ts';
import { ntlmProtection } from '#tests/wire/dce-rpc/protections.ts';
import { digits, hex, SESSION_KEY } from '#tests/wire/ntlm/published.ts';
import { recorded as fixture, recordedFiles } from '#tests/wire/shared-fixtures.ts';
import { proxyWith } from './proxy.ts';

const TARGET = { server: '0f9b6be5@gromox.test', port: 6_004 };

/** What the bind of a recording asks for. */
function interfaceIn(bind: Uint8Array): RpcInterface {
  const pdu = decodeRpc(bind);
  if (pdu.type !== 'bind' || pdu.contexts[0] === undefined) throw new Error('no bind');
  return { ...pdu.contexts[0].abstractSyntax, name: 'recorded', opnums: {} };
}

interface Exchange {
  readonly name: string;
  readonly sent: Uint8Array;
  readonly received: Uint8Array | null;
}

/** Goes through a recording: its calls with the arguments that were sent then. */
async function replay(
  exchanges: readonly Exchange[],
  security: RpcSecurity | null,
  stubOf: (sent: Uint8Array) => Uint8Array,
) {
  const answers = exchanges.map(({ received }) => (received === null ? [] : [received]));
  const proxy = await proxyWith({ answer: (_pdu, at) => answers[at] ?? null, dribbles: true });
  const opened = await openConnection(proxy.net, proxy.way, null, TARGET, never);
  if (opened.kind !== 'open') throw new Error(opened.failure.kind);
  const { connection } = opened;
  onTestFinished(() => connection.close());
  const [bind, ...rest] = exchanges;
  const bound = await connection.bind(interfaceIn(bind?.sent ?? new Uint8Array()), security);
  const stubs: string[] = [];
  for (const { name, sent } of rest.filter((one) => one.name !== 'auth3')) {
    const opnum = new DataView(sent.buffer, sent.byteOffset).getUint16(22, true);
    const stub = stubOf(sent);
    const called = await connection.call({ name, opnum, encode: () => stub, decode: (answer) => answer });
    stubs.push(called.kind === 'returned' ? digits(called.value) : called.kind);
  }
  return { proxy, connection, bound, stubs };
}

/** Requests with their answers. */
function paired(
  pdus: readonly { readonly name: string; readonly isSent: boolean; readonly bytes: Uint8Array }[],
): Exchange[] {
  return pdus.flatMap(({ name, isSent, bytes }, at) => {
    const next = pdus[at + 1];
    return isSent ? [{ name, sent: bytes, received: next === undefined || next.isSent ? null : next.bytes }] : [];
  });
}

for (const folder of ['rpc-nspi-noauth', 'rpc-rfr-noauth', 'rpc-emsmdb-noauth', 'rpc-emsmdb-denied'])
  test(`${folder}: without a sign-in within RPC`, async (context) => {
    const files = recordedFiles(context, `independent-server/${folder}`).slice(4);
    const pdus = files.map((file) => ({
      name: file.replace(/^\d+-/, '').replace(/\..*$/, ''),
      isSent: file.includes('.request.'),
      bytes: fixture(context, `independent-server/${folder}/${file}`),
    }));
    const { proxy, connection, bound, stubs } = await replay(paired(pdus), null, (sent) => sent.subarray(24));
    expect(bound).toMatchObject({ kind: 'bound', challenge: null });
    expect(proxy.heard.map(digits)).toEqual(pdus.filter(({ isSent }) => isSent).map(({ bytes }) => digits(bytes)));
    const answers = pdus.filter(({ isSent }) => !isSent).slice(1);
    expect(stubs).toEqual(answers.map(({ bytes }) => digits(bytes.subarray(24))));
    expect(connection.credentials).toEqual({ proxy: 'none', rpc: 'none' });
  });

const LEVELS: readonly (readonly [Recording, RpcLevel])[] = [
  ['nspiPrivacy', 'privacy'],
  ['emsmdbPrivacy', 'privacy'],
  ['nspiConnect', 'connect'],
];

test.each(LEVELS)('%s: with NTLM at the level %s', async (name, level) => {
  const pdus = recorded(name).map((pdu) => ({ ...pdu, isSent: pdu.way === 'sent' }));
  const exchanges = paired(pdus);
  const proof = decodeRpc(exchanges[1]?.sent ?? new Uint8Array()).verifier?.token ?? new Uint8Array();
  const { ntResponse, flags } = decodeAuthenticate(proof);
  const security = new RpcSecurity({
    ...{ user: 'alice@gromox.test', domain: '', workstation: 'WORKSTN', level },
    // Not the one of then, which nobody wrote down: the key that is exchanged does not depend on it.
    password: Secret.of('not the password'),
    random: (length) =>
      new Uint8Array(length)
        .fill(length === 8 ? 0xaa : 0x55)
        .map((octet, at) => (length === 4 ? ([0x44, 0x33, 0x22, 0x11][at] ?? 0) : octet)),
    now: () => decodeFileTime(decodeNtlmV2Response(ntResponse).time),
  });
  const server = ntlmProtection(hex(SESSION_KEY), flags, 'server');
  const stubOf = (sent: Uint8Array): Uint8Array => {
    const pdu = decodeRpc(sent, { protection: level === 'privacy' ? server : null });
    return pdu.type === 'request' ? pdu.stub : new Uint8Array();
  };
  const { proxy, connection, bound, stubs } = await replay(exchanges, security, stubOf);
  expect(bound).toMatchObject({ kind: 'bound', challenge: { targetName: 'mail.gromox.test' } });
  const [bind, auth3, ...calls] = exchanges;
  expect([digits(proxy.heard[0] ?? Buffer.of()), proxy.heard.slice(2).map(digits)]).toEqual([
    digits(bind?.sent ?? Buffer.of()),
    calls.map(({ sent }) => digits(sent)),
  ]);
  expect(proxy.heard[1]).toHaveLength(auth3?.sent.length ?? 0);
  expect(stubs).toHaveLength(calls.length);
  expect(stubs.every((stub) => /^[0-9a-f]{48,}$/.test(stub))).toBe(true);
  expect(connection.credentials.rpc).toBe('accepted');

  const messages = connection.takeEvidence().at(-1);
  if (messages?.kind !== 'messages') throw new Error('no messages');
  shows(messages.body, proxy.heard[1] ?? Buffer.of(), level);
});

/** Every PDU is there, the proof is not, and what was sealed is opened. */
function shows({ messages }: MessagesEvidence, auth3: Buffer, level: RpcLevel): void {
  const names = messages.map(({ name, direction }) => `${direction} ${name}`);
  expect(names.slice(0, 7)).toEqual([
    ...['sent CONN/A1', 'sent CONN/B1', 'received CONN/A3', 'received CONN/C2'],
    ...['sent bind', 'received bind_ack', 'sent rpc_auth_3'],
  ]);
  const proof = auth3.subarray(28 + 64, 28 + 200);
  const third = messages[6];
  expect(third?.bytes).toBe(auth3.length);
  const kept = Buffer.from(third?.base64 ?? '', 'base64');
  expect(kept.subarray(28).every((octet) => octet === 0)).toBe(true);
  expect(third?.hidden).toEqual([{ offset: 28, length: auth3.length - 28 }]);
  expect(JSON.stringify(messages)).not.toContain(proof.subarray(0, 90).toString('base64').slice(4, 60));
  const call = messages[7];
  const fields = JSON.stringify(call?.fields);
  expect(fields).toContain('arguments of');
  expect(fields.includes('decrypted')).toBe(level === 'privacy');
  expect(JSON.stringify(messages.at(-1)?.fields)).toContain('results of');
}
