/** The tokens of SPNEGO, by the bytes of others. */
import { describe, expect, test } from 'vitest';
import { WireError } from '#lib/wire/error.ts';
import { mechanismName, mechanismOids } from '#lib/wire/spnego/mechanisms.ts';
import {
  decodeNegotiationToken,
  encodeMechTypes,
  encodeNegTokenInit,
  encodeNegTokenResp,
  isSpnego,
  MAX_TOKEN,
  type NegTokenResp,
} from '#lib/wire/spnego/token.ts';
import { digits, HTTP, hex } from '../ntlm/published.ts';

const NTLM = '060a2b06010401823702020a';
const KERBEROS = '06092a864886f712010202';
const MS_KERBEROS = '06092a864882f712010202';
const NEGOEX = '060a2b06010401823702021e';

/** One DER value by its tag and the digits of its content. */
function der(tag: string, ...content: readonly string[]): string {
  const inner = digits(hex(content.join('')));
  const length = inner.length / 2;
  const octets = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return tag + digits(Uint8Array.from(octets)) + inner;
}

const init = (...fields: readonly string[]): string => der('60', '06062b0601050502', der('a0', der('30', ...fields)));
const mechTypes = (...oids: readonly string[]): string => der('a0', der('30', ...oids));

function complaint(token: string | Uint8Array): string | null {
  try {
    decodeNegotiationToken(typeof token === 'string' ? hex(token) : token);
    return null;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return `${error.code} ${error.path}`;
  }
}

describe('the first token', () => {
  test('of a client with NTLM', () => {
    const token = init(mechTypes(NTLM), der('a2', der('04', HTTP.negotiate)));
    const value = { mechTypes: [mechanismOids.ntlmssp], mechToken: hex(HTTP.negotiate), mechListMic: null };
    expect(digits(encodeNegTokenInit(value))).toBe(token);
    expect(decodeNegotiationToken(hex(token))).toEqual({ kind: 'init', ...value, hintName: null });
  });

  test('with flags that nobody reads, and a MIC', () => {
    const token = init(mechTypes(KERBEROS, NTLM), 'a104030204f0', der('a3', '0402beef'));
    expect(decodeNegotiationToken(hex(token))).toMatchObject({ mechToken: null, mechListMic: hex('beef') });
    expect(digits(encodeMechTypes([mechanismOids.kerberos, mechanismOids.ntlmssp]))).toBe(der('30', KERBEROS, NTLM));
  });

  test('of a Windows server has hints', () => {
    const hint = Buffer.from('not_defined_in_RFC4178@please_ignore').toString('hex');
    const hints = der('a3', der('30', der('a0', der('1b', hint))));
    const token = init(mechTypes(NEGOEX, MS_KERBEROS, KERBEROS, NTLM), hints);
    const read = decodeNegotiationToken(hex(token));
    expect(read).toMatchObject({ hintName: 'not_defined_in_RFC4178@please_ignore', mechListMic: null });
    expect(read.kind === 'init' && read.mechTypes.map(mechanismName)).toEqual([
      ...['negoex', 'ms-kerberos', 'kerberos', 'ntlmssp'],
    ]);
    expect(decodeNegotiationToken(hex(init(hints, der('a4', '0402beef'))))).toMatchObject({ mechListMic: hex('beef') });
  });
});

describe('a later token', () => {
  const nothing: NegTokenResp = { negState: null, supportedMech: null, responseToken: null, mechListMic: null };

  test.each<[token: string, value: Partial<NegTokenResp>]>([
    ['a1073005a0030a0100', { negState: 'accept-completed' }],
    ['a1073005a0030a0102', { negState: 'reject' }],
    ['a1023000', {}],
    [`a1153013a0030a0101a10c${NTLM}`, { negState: 'accept-incomplete', supportedMech: mechanismOids.ntlmssp }],
    ['a1083006a2040402beef', { responseToken: hex('beef') }],
    ['a10d300ba0030a0103a3040402beef', { negState: 'request-mic', mechListMic: hex('beef') }],
  ])('%s', (token, value) => {
    expect(decodeNegotiationToken(hex(token))).toEqual({ kind: 'response', ...nothing, ...value });
    expect(digits(encodeNegTokenResp({ ...nothing, ...value }))).toBe(token);
  });

  test('as a server of GSS-API sends it, with a type 2 of 132 bytes', () => {
    const head = 'a181a030819da0030a0101a10c060a2b06010401823702020aa28187048184';
    const token = hex(head + '4e'.repeat(132));
    const read = decodeNegotiationToken(token);
    expect(read).toMatchObject({ negState: 'accept-incomplete', responseToken: new Uint8Array(132).fill(0x4e) });
    if (read.kind === 'response') expect(digits(encodeNegTokenResp(read))).toBe(digits(token));
  });
});

test.each([
  ['nothing', '', 'truncated spnego'],
  ['NTLM without a wrapper', HTTP.negotiate, 'bad-value spnego'],
  ['Kerberos without a wrapper', der('60', KERBEROS, '0100'), 'bad-value spnego.mech'],
  ['a state that is not known', 'a1073005a0030a0104', 'bad-value spnego.negTokenResp.negState'],
  ['something behind it', 'a1073005a0030a010000', 'trailing spnego.negTokenResp'],
  ['fields in another order', 'a10d300ba3040402beefa0030a0100', 'trailing spnego.negTokenResp'],
  [
    'a list without end',
    init(mechTypes(...Array<string>(51).fill(NTLM))),
    'too-large spnego.negTokenInit.mechTypes[50]',
  ],
])('%s is told with its place', (_what, token, expected) => {
  expect(complaint(token)).toBe(expected);
});

test('1 MB is not read', () => {
  expect(complaint(new Uint8Array(1_000_000).fill(0xa1))).toBe('too-large spnego');
  expect(complaint(new Uint8Array(MAX_TOKEN).fill(0xa1))).not.toBe('too-large spnego');
});

test('cut at any byte says so', () => {
  const token = hex(init(mechTypes(NTLM), der('a2', der('04', HTTP.negotiate))));
  for (let end = 0; end < token.length; end++) expect(complaint(token.subarray(0, end))).toMatch(/^truncated /);
});

test('is told from other tokens by its first byte', () => {
  expect([isSpnego(hex('60')), isSpnego(hex('a1')), isSpnego(hex(HTTP.negotiate))]).toEqual([true, true, false]);
});
