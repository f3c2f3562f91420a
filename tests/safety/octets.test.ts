/**
 * Protocols of octets whose servers send the password back: it is in no event, in no evidence and in no report, and not in the octets
 * that evidence keeps in Base64 either.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RunSecrets } from '#lib/auth/bearer/run-secrets.ts';
import { RpcSecurity } from '#lib/auth/rpc-security.ts';
import { Secret } from '#lib/auth/secret.ts';
import { reportJson } from '#lib/report/json.ts';
import { reportText } from '#lib/report/tree.ts';
import type { MessagesEvidence } from '#lib/result/evidence.ts';
import { Conversation } from '#lib/sessions/conversation.ts';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { cli } from '#tests/cli/cli.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { echoed } from '#tests/lab/mail/echo.ts';
import { hex, NTLM_V2 } from '#tests/wire/ntlm/published.ts';
import { codesIn, runWorld } from '#tests/worlds/run-world.ts';

const WORLDS = ['echo-mapi', 'echo-rpc'];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: WORLDS });
});
afterAll(() => lab.stop());

describe.each(WORLDS)('%s', (name) => {
  test('in this process', async () => {
    const { report, events, evidence } = await runWorld(lab.world(name));
    expect(codesIn(report.root).some((code) => code.endsWith('.malformed-response'))).toBe(true);
    expect(echoed.size).toBeGreaterThan(10);
    const written = {
      events: JSON.stringify(events),
      evidence: JSON.stringify([...evidence.values()]),
      json: reportJson(report, new Map(evidence)),
      text: reportText(report),
    };
    for (const [where, text] of Object.entries(written)) expectClean(text, where, lab.world(name).password);
    const octets = [...evidence.values()].flatMap(octetsIn);
    expect(octets.length).toBeGreaterThan(20);
    for (const each of octets) expectNoPassword(each, lab.world(name).password);
  });

  test.each(['tree', 'json'])('on the command line, as %s', async (format) => {
    const { analyzer, email, username, options, password } = lab.world(name);
    const args = [analyzer, '--email', email, '--username', username, ...options, '--format', format];
    const ended = await cli(args, { env: { THROUGHLINE_PASSWORD: password } });
    expect(ended.out).toContain('malformed-response');
    expectClean(ended.out + ended.err, format, password);
  });
});

function expectClean(text: string, where: string, password: string): void {
  expect(
    [...echoed, password].filter((secret) => text.includes(secret)),
    where,
  ).toEqual([]);
}

/** Whatever stands in evidence as Base64: messages, and what they hold unpacked. */
function octetsIn(value: unknown): Buffer[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'base64' && typeof part === 'string' ? [Buffer.from(part, 'base64')] : octetsIn(part),
  );
}

function expectNoPassword(octets: Buffer, password: string): void {
  for (const encoding of ['utf8', 'utf16le'] as const) expect(octets.indexOf(password, 0, encoding)).toBe(-1);
  // Beyond the first letters, of which half a password would be left.
  expect(octets.indexOf(password.slice(-6), 0, 'utf16le')).toBe(-1);
}

describe('a conversation', () => {
  const PASSWORD = 'Kanarie:"<&>\u00fc7%q-2f9c1b';
  const secrets = new RunSecrets('alice', Secret.of(PASSWORD));

  function noted(bytes: Uint8Array, trace?: Trace): MessagesEvidence['messages'][number] {
    const conversation = new Conversation('of a test', 'mail.contoso.example', secrets.findIn);
    conversation.note({ name: 'said', direction: 'received', bytes, ...(trace && { trace }) });
    const [message] = bodyOf(conversation).messages;
    if (message === undefined) throw new Error('nothing was kept');
    return message;
  }

  function bodyOf(conversation: Conversation): MessagesEvidence {
    const taken = conversation.take();
    if (taken?.kind !== 'messages') throw new Error('nothing was kept');
    return taken.body;
  }

  test.each([
    ['UTF-8', Buffer.from(PASSWORD)],
    ['UTF-16', Buffer.from(PASSWORD, 'utf16le')],
    ['Base64 of Basic', Buffer.from(Buffer.from(`alice:${PASSWORD}`).toString('base64'))],
    ['an address', Buffer.from(encodeURIComponent(PASSWORD))],
    ['HTML', Buffer.from('Kanarie:&quot;&lt;&amp;&gt;ü7%q-2f9c1b')],
  ])('keeps nothing of %s, at any place', (_name, secret) => {
    for (const before of [0, 1, 2, 3]) {
      const bytes = Buffer.concat([Buffer.alloc(before, 0xff), secret, Buffer.from([0xff, 1, 2])]);
      const { base64, hidden } = noted(bytes);
      expect(Buffer.from(base64, 'base64')).toEqual(
        Buffer.concat([Buffer.alloc(before, 0xff), Buffer.alloc(secret.length), Buffer.from([0xff, 1, 2])]),
      );
      expect(hidden).toEqual([{ offset: before, length: secret.length }]);
    }
  });

  test('keeps no half of it where it cuts', () => {
    const long = Buffer.concat([Buffer.alloc(64 * 1024 - 20, 0x20), Buffer.from(PASSWORD, 'utf16le')]);
    expect(Buffer.from(noted(long).base64, 'base64').subarray(-20)).toEqual(Buffer.alloc(20));
  });

  test('shows no field that has a part in it, and none that holds it unpacked', () => {
    const plain = Buffer.concat([Buffer.from('name: '), Buffer.from(PASSWORD, 'utf16le')]);
    const bytes = plain.map((octet) => octet ^ 0xa5);
    const trace = new Trace();
    const payload = trace.field('payload', 0, bytes.length, 'packed');
    const inner = trace.inner();
    inner.field('label', 0, 6, '"name: "');
    inner.field('value', 6, plain.length - 6, `"${PASSWORD.slice(0, 9)}…"`);
    if (payload !== null) payload.layer = { name: 'unpacked', bytes: plain, fields: inner.fields };
    const { base64, fields } = noted(bytes, trace);
    expect(Buffer.from(base64, 'base64').every((octet) => octet === 0)).toBe(true);
    expect(fields[0]?.value).toBe('[hidden]');
    expect(fields[0]?.layer?.fields.map(({ value }) => value)).toEqual(['"name: "', '[hidden]']);
    expect(
      Buffer.from(fields[0]?.layer?.base64 ?? '', 'base64')
        .subarray(6)
        .every((octet) => octet === 0),
    ).toBe(true);
  });

  test('keeps no proof of NTLM that comes back', () => {
    const identity = { user: 'alice', domain: '', password: Secret.of(PASSWORD) };
    const security = new RpcSecurity({ ...identity, level: 'privacy', onSecrets: secrets.keepSpellings });
    const reply = security.answer({ ...security.begin(), token: hex(NTLM_V2.challenge) });
    if (!reply.ok) throw new Error(reply.obstacle.kind);
    const { token } = reply.verifier;
    const offset = new DataView(token.buffer, token.byteOffset).getUint32(24, true);
    const proof = Buffer.from(token.subarray(offset, offset + 16));
    const { base64 } = noted(Buffer.concat([Buffer.from('echo'), token]));
    expect(Buffer.from(base64, 'base64').indexOf(proof)).toBe(-1);
  });

  test('with answers of any size stays below what is kept of evidence', () => {
    const conversation = new Conversation('of a test', 'mail.contoso.example', secrets.findIn);
    for (let at = 0; at < 500; at++) {
      const trace = new Trace();
      for (let field = 0; field < 5_000; field++) trace.field('name', field, 1, '\u0001'.repeat(300));
      conversation.note({
        name: 'said',
        direction: 'received',
        bytes: Buffer.alloc(100_000, at),
        ...(at % 50 === 3 && { trace }),
      });
    }
    const taken = bodyOf(conversation);
    expect(JSON.stringify(taken).length).toBeLessThan(1_000_000);
    expect(taken.dropped).toBeGreaterThan(400);
  });
});
