/**
 * Damaged Autodiscover documents of every format: whatever comes is a value, with a place where there is a fault, and no larger than
 * what it was made of. A document never differs from itself.
 */

import { type Comparable, differences } from '#lib/wire/autodiscover/compare.ts';
import type { Decoded } from '#lib/wire/autodiscover/document.ts';
import { decodeJsonResponse, type JsonResponse } from '#lib/wire/autodiscover/json.ts';
import { decodePoxResponse, type PoxResponse } from '#lib/wire/autodiscover/pox.ts';
import { MAX_PROTOCOLS, MAX_ROWS, type ServiceUrl } from '#lib/wire/autodiscover/settings.ts';
import { decodeGetUserSettings, type SoapResponse } from '#lib/wire/autodiscover/soap.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import { type Recorded, recorded } from '#tests/wire/autodiscover/recorded.ts';
import { demand } from './complaint.ts';
import { mutateBytes, one } from './mutate.ts';

type Response = PoxResponse | SoapResponse | JsonResponse;

const DECODERS: readonly ((body: Uint8Array, type: string | null) => Decoded<Response>)[] = [
  decodePoxResponse,
  decodeGetUserSettings,
  decodeJsonResponse,
];

const FILES: readonly Recorded[] = [
  ...(['pox.xml', 'mobilesync.xml', 'pox-unknown-address.xml'] as const),
  ...(['v2-autodiscover.json', 'v2-no-protocol.json'] as const),
];

const SOAP = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage
 xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover"><Response xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
<ErrorCode>NoError</ErrorCode><UserResponses><UserResponse><RedirectTarget i:nil="true"/><UserSettingErrors><UserSettingError>
<ErrorCode>InvalidSetting</ErrorCode><SettingName>X</SettingName></UserSettingError></UserSettingErrors><UserSettings>
<UserSetting i:type="StringSetting"><Name>ExternalEwsUrl</Name><Value>https://m/</Value></UserSetting>
<UserSetting><Name>InternalWebClientUrls</Name><WebClientUrls><WebClientUrl><Url>https://o/</Url></WebClientUrl></WebClientUrls>
</UserSetting></UserSettings></UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`;

const SAMPLES: readonly string[] = [...FILES.map((file) => new TextDecoder().decode(recorded(file))), SOAP];

const TYPES = [
  null,
  'text/xml',
  'text/xml; charset=utf-16',
  'application/json; charset=x',
  'text/html;charset=iso-8859-1',
];

/** Damages documents until it is told to stop. */
export function fuzzAutodiscover(seed: number, until: () => boolean): { readonly rounds: number } {
  const random = seededRandom(`autodiscover ${seed}`);
  let rounds = 0;
  do {
    const bytes = damaged(random);
    const type = one(random, TYPES);
    try {
      for (const decode of DECODERS) check(decode(bytes, type), bytes.length);
    } catch (error) {
      throw new Error(`round ${rounds}, ${type}: ${Buffer.from(bytes).toString('base64')}`, { cause: error });
    }
    rounds += 1;
  } while (!until());
  return { rounds };
}

/** Some changes to the marks of a document, and some to its bytes. */
function damaged(random: Random): Uint8Array {
  let text = one(random, SAMPLES);
  for (let change = random.below(4); change > 0; change--) text = mutateMarks(text, random);
  let bytes = encoded(text, random);
  for (let change = random.below(3); change > 0; change--) bytes = mutateBytes(bytes, random);
  return bytes;
}

function encoded(text: string, random: Random): Uint8Array {
  const wide = random.below(8) === 0;
  const mark = random.below(8) === 0 ? '\ufeff' : '';
  return new Uint8Array(Buffer.from(mark + text, wide ? 'utf16le' : 'utf8'));
}

/** What breaks readers, or is easily taken for something else. */
const FRAGMENTS = [
  ...[
    '&amp;',
    '&l0;',
    '&#0;',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?xml version="1.0" encoding="utf-16"?>',
    '<html>',
    '</html>',
  ],
  ...[
    '<!DOCTYPE a [<!ENTITY l0 "x">]>',
    ' xmlns=""',
    ' xmlns:p="urn:p"',
    'p:',
    ' a="1" a="2"',
    ' Type="mapiHttp"',
    '\0',
    '{',
    '"',
  ],
  ...[
    '<Protocol Type="mapiHttp">',
    '</Protocol>',
    '<External>',
    '</External>',
    '<Error/>',
    '<Action>',
    '__proto__',
    '\u2028',
  ],
];

function mutateMarks(text: string, random: Random): string {
  const parts = text.split(/(?=<)/);
  const at = random.below(parts.length);
  const part = parts[at] ?? '';
  const changes: readonly (() => readonly string[])[] = [
    () => parts.toSpliced(at, 1),
    () => parts.toSpliced(at, 0, ...Array<string>(one(random, [1, 3, 200])).fill(part)),
    () => parts.toSpliced(at, 0, one(random, parts)),
    () => parts.toSpliced(at, 1, part + one(random, FRAGMENTS)),
    () => parts.toSpliced(at, 1, insert(part, one(random, FRAGMENTS), random)),
    () =>
      parts.toSpliced(at, 1, one(random, [part.toUpperCase(), part.toLowerCase(), part.replace('http:', 'https:')])),
  ];
  return one(random, changes)().join('').slice(0, 100_000);
}

function insert(text: string, fragment: string, random: Random): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + fragment + text.slice(at);
}

/** A path is at most 300 characters, and there is one for each row and each address; the rest is made of what came. */
const largest = (bytes: number): number => 10_000 + bytes * 60;

function check(result: Decoded<Response>, size: number): void {
  demand(JSON.stringify(result).length < largest(size), 'no larger than what it was made of');
  if (!result.ok) {
    const { line, column, reason } = result.fault;
    demand(line >= 1 && column >= 1, 'a place');
    demand(reason.length > 0 && reason.length <= 200, 'a short reason');
    return;
  }
  demand(new Set(result.untidy.map(({ code }) => code)).size === result.untidy.length, 'each note once');
  demand(
    result.untidy.every(({ words }) => words.length <= 1_200),
    'short notes',
  );
  checkResponse(result.response);
}

function checkResponse(response: Response): void {
  switch (response.kind) {
    case 'settings':
      demand(response.protocols.length <= MAX_PROTOCOLS && response.rows.length <= MAX_ROWS, 'within limits');
      for (const { urls } of response.protocols) checkUrls(urls);
      checkSame(response);
      return;
    case 'user-settings':
    case 'endpoint':
      checkUrls(response.urls);
      checkSame(response);
      return;
    case 'mobile-sync':
      checkSame(response);
      return;
    case 'redirect':
    case 'error':
    case 'fault':
    case 'not-offered':
    case 'other':
      return;
  }
}

function checkUrls(urls: readonly ServiceUrl[]): void {
  demand(
    urls.every(({ url, path }) => url !== '' && url === url.trim() && path !== ''),
    'an address has a place',
  );
}

function checkSame(document: Comparable): void {
  const twice = [document, document].map((each) => ({ label: '', document: each, question: 'same' }));
  demand(differences(twice).length === 0, 'a document is like itself');
}
