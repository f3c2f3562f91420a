/** Our sign-ins with NTLM, taken apart and computed again by impacket. */
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { NegotiateClient, type NegotiateOptions } from '#lib/auth/negotiate.ts';
import { Secret } from '#lib/auth/secret.ts';
import { decodeAuthenticate } from '#lib/wire/ntlm/authenticate.ts';
import { type AvPair, encodeAvPairs, textPair } from '#lib/wire/ntlm/av-pairs.ts';
import { encodeFileTime } from '#lib/wire/ntlm/file-time.ts';
import { encodeMessage } from '#lib/wire/ntlm/message.ts';
import { encodeUtf16 } from '#lib/wire/ntlm/text.ts';
import { mechanismOids } from '#lib/wire/spnego/mechanisms.ts';
import { decodeNegotiationToken, encodeNegTokenResp } from '#lib/wire/spnego/token.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { needs, output } from './foreign.ts';

beforeEach((context) => needs(context, 'impacket'));

interface Theirs {
  readonly flags: readonly [offered: number, agreed: number];
  readonly mechanisms: readonly string[];
  readonly user: string;
  readonly domain: string;
  readonly workstation: string;
  readonly pairs: Readonly<Record<string, string>>;
  readonly time: number;
  readonly sentProof: string;
  readonly proof: string;
  readonly lm: string;
  readonly mic: string;
  readonly sealed: readonly (readonly [sealed: string, signature: string])[];
}

const NAMES = [textPair('netbiosDomain', 'CONTOSO'), textPair('netbiosComputer', 'EX01')];
const AT = Date.UTC(2026, 10, 20, 12);
const TIME: AvPair = { id: 7, value: encodeFileTime(AT) };
const BINDING = hex('85037b57f2e6bfd064e9ac40949a29a8');
const PLAINTEXTS = ['50006c00610069006e007400650078007400', '', '00'.repeat(300)];

function challengeWith(pairs: readonly AvPair[], flags: number): Uint8Array {
  return encodeMessage('challenge', 56, [
    { at: 12, field: encodeUtf16('CONTOSO') },
    { at: 20, u32: flags },
    { at: 24, bytes: hex('0123456789abcdef') },
    { at: 40, field: encodeAvPairs(pairs) },
  ]);
}

/** A sign-in as we do it, and as impacket sees it. */
async function both(more: Partial<NegotiateOptions>, password: string, challenge: Uint8Array) {
  const options: NegotiateOptions = {
    ...{ user: 'alice', domain: 'CONTOSO', workstation: 'CLIENT', password: Secret.of(password), now: () => AT },
    ...{ target: 'HTTP/mail.contoso.example', channelBinding: { kind: 'right', hash: BINDING }, wrapping: 'bare' },
    ...{ protection: 'privacy' },
    ...more,
  };
  const client = new NegotiateClient(options);
  const first = client.begin();
  const inside = { negState: 'accept-incomplete', supportedMech: mechanismOids.ntlmssp, mechListMic: null } as const;
  const isWrapped = options.wrapping === 'spnego';
  const step = client.next(isWrapped ? encodeNegTokenResp({ ...inside, responseToken: challenge }) : challenge);
  if (step.kind !== 'send') throw new Error(JSON.stringify(step));
  const { user, domain } = options;
  const said = { first: digits(first), challenge: digits(challenge), last: digits(step.token) };
  const question = JSON.stringify({ ...said, user, domain, password, plaintexts: PLAINTEXTS });
  const program = fileURLToPath(new URL('read-ntlm.py', import.meta.url));
  const theirs = JSON.parse(await output('/usr/bin/python3', [program], question)) as Theirs;
  const last = isWrapped ? decodeNegotiationToken(step.token) : null;
  const type3 = last?.kind === 'response' ? last.responseToken : step.token;
  const message = decodeAuthenticate(type3 ?? new Uint8Array());
  return { client, theirs, message };
}

const ALL = 0xe28982b5;

test.each<[what: string, more: Partial<NegotiateOptions>, password: string, flags: number]>([
  ['as usual', {}, 'Pa$$w0rd', ALL],
  ['every plane of Unicode', {}, 'pä\u4e2d\u{1f600}\u{10fffd}: 100 %', ALL],
  ['a zero in the password', {}, 'a\0b', ALL],
  ['256 characters', {}, 'ü'.repeat(256), ALL],
  ['no password', {}, '', ALL],
  ['an address as user name', { user: 'alice@contoso.example', domain: '' }, 'Pa$$w0rd', ALL],
  ['letters beyond ASCII', { user: 'zoë.жук', domain: 'Größe' }, 'Pa$$w0rd', ALL],
  ['no exchange of keys', {}, 'Pa$$w0rd', ALL & ~0x40000000],
  ['56 bits', { protection: 'integrity' }, 'Pa$$w0rd', ALL & ~0x20000000],
  ['40 bits', { protection: 'integrity' }, 'Pa$$w0rd', ALL & ~0xa0000000],
])('%s: proof, keys, MIC and sealed messages are the same', async (_what, more, password, flags) => {
  const { client, theirs, message } = await both(more, password, challengeWith([...NAMES, TIME], flags >>> 0));
  expect(theirs.sentProof).toBe(theirs.proof);
  expect(theirs.mic).toBe(digits(message.mic ?? new Uint8Array()));
  expect(theirs.flags[1]).toBe(message.flags);
  const sealed = PLAINTEXTS.map((text) => {
    const { sealed: text2, signature } = client.security().seal(hex(text));
    return [digits(text2), digits(signature)];
  });
  expect(sealed).toEqual(theirs.sealed);
});

test('names and pairs are read as they were meant', async () => {
  const { theirs } = await both({}, 'Pa$$w0rd', challengeWith([...NAMES, TIME], ALL));
  expect(theirs).toMatchObject({ user: 'alice', domain: 'CONTOSO', workstation: 'CLIENT' });
  expect(theirs.time).toBe(AT / 1_000 + 11_644_473_600);
  expect(theirs.pairs).toMatchObject({
    1: digits(encodeUtf16('EX01')),
    6: '02000000',
    7: digits(TIME.value),
    9: digits(encodeUtf16('HTTP/mail.contoso.example')),
    10: digits(BINDING),
  });
});

test('without the server’s time LMv2 is the same', async () => {
  const { theirs, message } = await both({}, 'Pa$$w0rd', challengeWith(NAMES, ALL));
  expect(theirs.sentProof).toBe(theirs.proof);
  expect(theirs.lm).toBe(digits(message.lmResponse.subarray(0, 16)));
});

test('SPNEGO is read, and what is in it', async () => {
  const { theirs } = await both({ wrapping: 'spnego' }, 'Pa$$w0rd', challengeWith([...NAMES, TIME], ALL));
  expect(theirs.mechanisms).toEqual(['2b06010401823702020a']);
  expect(theirs).toMatchObject({ user: 'alice', flags: [0xe20882b7, expect.any(Number)] });
  expect(theirs.sentProof).toBe(theirs.proof);
});
