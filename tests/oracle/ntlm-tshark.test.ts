/** Every message of ours that carries NTLM, taken apart by tshark: in HTTP, in SPNEGO, in DCE/RPC. */
import { beforeEach, describe, expect, test } from 'vitest';
import { NegotiateClient, type NegotiateOptions } from '#lib/auth/negotiate.ts';
import { Secret } from '#lib/auth/secret.ts';
import { mechanismOids } from '#lib/wire/spnego/mechanisms.ts';
import { encodeNegTokenResp } from '#lib/wire/spnego/token.ts';
import { partsOf, recorded } from '#tests/auth/ntlm/recorded-rpc.ts';
import { HTTP, hex } from '#tests/wire/ntlm/published.ts';
import { needs } from './foreign.ts';
import type { Segment } from './pcap.ts';
import { dissect, OBJECTIONS } from './tshark.ts';

beforeEach((context) => needs(context, 'tshark'));

const BINDING = '85037b57f2e6bfd064e9ac40949a29a8';

const client = (more: Partial<NegotiateOptions>): NegotiateClient =>
  new NegotiateClient({
    ...{ user: 'alice', domain: 'GROMOX', workstation: 'WORKSTN', password: Secret.of('Pa$$w0rd') },
    ...{ target: 'HTTP/mail.example.test', channelBinding: { kind: 'right', hash: hex(BINDING) }, wrapping: 'bare' },
    random: (length) => new Uint8Array(length).fill(length === 8 ? 0xaa : 0x55),
    ...more,
  });

/** The two tokens of a sign-in, with the server's between them. */
function tokensOf(ours: NegotiateClient, challenge: Uint8Array): readonly [Uint8Array, Uint8Array, Uint8Array] {
  const first = ours.begin();
  const step = ours.next(challenge);
  if (step.kind !== 'send') throw new Error(JSON.stringify(step));
  return [first, challenge, step.token];
}

/** What tshark prints of a capture to which it has no objection. */
async function dissected(port: number, segments: readonly Segment[], as: 'http' | 'dcerpc'): Promise<string> {
  const text = await dissect(port, segments, as);
  expect(text).not.toMatch(OBJECTIONS);
  return text;
}

describe.each([
  ['NTLM', 'bare'],
  ['Negotiate', 'bare'],
  ['Negotiate', 'spnego'],
] as const)('in HTTP: %s, %s', (scheme, wrapping) => {
  function conversation(): Segment[] {
    const inside = { negState: 'accept-incomplete', supportedMech: mechanismOids.ntlmssp, mechListMic: null } as const;
    const type2 = hex(HTTP.challenge);
    const challenge = wrapping === 'spnego' ? encodeNegTokenResp({ ...inside, responseToken: type2 }) : type2;
    const [first, second, last] = tokensOf(client({ wrapping }), challenge);
    const header = (name: string, token: Uint8Array): string =>
      `${name}: ${scheme} ${Buffer.from(token).toString('base64')}`;
    const asked = (token: Uint8Array): Uint8Array =>
      Buffer.from(`GET / HTTP/1.1\r\nHost: mail.example.test\r\n${header('Authorization', token)}\r\n\r\n`);
    const refused = `HTTP/1.1 401 Unauthorized\r\n${header('WWW-Authenticate', second)}\r\nContent-Length: 0\r\n\r\n`;
    return [
      { from: 'client', bytes: asked(first) },
      { from: 'server', bytes: Buffer.from(refused) },
      { from: 'client', bytes: asked(last) },
    ];
  }

  test('all of it is understood', async () => {
    const text = await dissected(8080, conversation(), 'http');
    expect(text).toContain('NTLM Message Type: NTLMSSP_NEGOTIATE (0x00000001)');
    expect(text).toContain('NTLM Message Type: NTLMSSP_AUTH (0x00000003)');
    for (const said of ['User name: alice', 'Domain name: GROMOX', 'Host name: WORKSTN']) expect(text).toContain(said);
    expect(text).toContain('Attribute: Target Name: HTTP/mail.example.test');
    expect(text).toMatch(new RegExp(`Attribute: Channel Bindings[^]*?${BINDING}`));
    expect(text).toMatch(/MIC: [0-9a-f]{32}/);
    if (wrapping === 'spnego') {
      expect(text).toContain('NTLMSSP - Microsoft NTLM Security Support Provider');
      expect(text).toMatch(/mechListMIC: 01000000[0-9a-f]{16}00000000/);
    }
  });
});

test('in DCE/RPC: bind, and the answer to its challenge', async () => {
  const [bind, ack, auth3] = recorded('nspiPrivacy');
  if (bind === undefined || ack === undefined || auth3 === undefined) throw new Error('three PDUs');
  const ours = client({
    protection: 'privacy',
    channelBinding: { kind: 'none' },
    user: 'alice@gromox.test',
    domain: '',
  });
  const [first, , last] = tokensOf(ours, partsOf(ack).token);
  /** The recorded PDU with our token at its end. */
  const withToken = (pdu: typeof bind, token: Uint8Array): Uint8Array => {
    const bytes = Buffer.concat([partsOf(pdu).signed, token]);
    bytes.writeUInt16LE(bytes.length, 8);
    bytes.writeUInt16LE(token.length, 10);
    return bytes;
  };
  const text = await dissected(
    6004,
    [
      { from: 'client', bytes: withToken(bind, first) },
      { from: 'server', bytes: ack.bytes },
      { from: 'client', bytes: withToken(auth3, last) },
    ],
    'dcerpc',
  );
  expect(text).toContain('NTLM Message Type: NTLMSSP_NEGOTIATE (0x00000001)');
  expect(text).toContain('User name: alice@gromox.test');
  expect(text).toContain('Negotiate Seal: Set');
});

test('it would object to what is wrong', async () => {
  const [first] = tokensOf(client({}), hex(HTTP.challenge));
  const cut = Buffer.from(first.subarray(0, 20)).toString('base64');
  const bytes = Buffer.from(`GET / HTTP/1.1\r\nHost: mail.example.test\r\nAuthorization: NTLM ${cut}\r\n\r\n`);
  await expect(dissected(8080, [{ from: 'client', bytes }], 'http')).rejects.toThrow(/Malformed/);
});
