/** Plain XML Autodiscover: what Outlook asks, and what servers of several makes answer. [MS-OXDSCLI] 2.2.3, 2.2.4 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { decodePoxResponse, encodePoxRequest, type PoxProtocol, type PoxResponse } from '#lib/wire/autodiscover/pox.ts';
import { child, childText, readXml } from '#lib/wire/xml/reader.ts';

const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';
const recorded = fileURLToPath(new URL('../../../shared/fixtures/independent-server/autodiscover/', import.meta.url));

function decode(body: string | Uint8Array): PoxResponse {
  const result = decodePoxResponse(typeof body === 'string' ? new TextEncoder().encode(body) : body);
  if (!result.ok) throw new Error(`refused: ${result.fault.reason}`);
  return result.response;
}

const answer = (inside: string): string =>
  `<Autodiscover><Response xmlns="${RESPONSE}">${inside}</Response></Autodiscover>`;

function protocolsOf(response: PoxResponse): readonly PoxProtocol[] {
  if (response.kind !== 'settings') throw new Error(`no settings, but ${response.kind}`);
  return response.protocols;
}

describe('the request', () => {
  const requestOf = (address: string) => {
    const document = readXml(new TextEncoder().encode(encodePoxRequest(address)));
    return document.ok ? child(document.root, 'Request') : undefined;
  };

  test('asks for the 2006a answer in the request namespace, without a prefix', () => {
    const request = requestOf('alice@example.test');
    expect(request?.namespace).toBe('http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006');
    expect(childText(request, 'EMailAddress')).toBe('alice@example.test');
    expect(childText(request, 'AcceptableResponseSchema')).toBe(RESPONSE);
    expect(encodePoxRequest('a@b.test')).not.toMatch(/<\w+:/);
  });

  test.each(["o'neil&sons@example.test", 'a<b>@example.test', 'x&amp;y@example.test', 'grüße@example.test'])(
    'carries the address %s as it is',
    (address) => {
      expect(childText(requestOf(address), 'EMailAddress')).toBe(address);
    },
  );
});

describe('settings', () => {
  test('a protocol says its type as an element (older) or as an attribute (MAPI over HTTP)', () => {
    const response = decode(
      answer(`<User><DisplayName>Alice</DisplayName></User><Account><Action>settings</Action>
        <Protocol><Server>mail.example.test</Server><Type>EXCH</Type></Protocol>
        <Protocol Type="mapiHttp" Version="1"><MailStore><ExternalUrl>https://m/</ExternalUrl></MailStore></Protocol>
      </Account>`),
    );
    expect(response).toEqual({
      kind: 'settings',
      displayName: 'Alice',
      protocols: [
        { type: 'EXCH', version: null, rows: [{ path: 'Server', value: 'mail.example.test' }] },
        { type: 'mapiHttp', version: '1', rows: [{ path: 'MailStore/ExternalUrl', value: 'https://m/' }] },
      ],
    });
  });

  test('unknown elements, their attributes and nested protocols are kept in order', () => {
    const [web] = protocolsOf(
      decode(
        answer(`<Account><Protocol><Type>WEB</Type><External>
          <OWAUrl AuthenticationMethod="Basic, Fba">https://owa/</OWAUrl>
          <Protocol><Type>EXPR</Type><ASUrl>https://as/</ASUrl></Protocol></External><New/></Protocol></Account>`),
      ),
    );
    expect(web?.rows).toEqual([
      { path: 'External/OWAUrl', value: 'https://owa/' },
      { path: 'External/OWAUrl@AuthenticationMethod', value: 'Basic, Fba' },
      { path: 'External/Protocol/Type', value: 'EXPR' },
      { path: 'External/Protocol/ASUrl', value: 'https://as/' },
      { path: 'New', value: '' },
    ]);
  });

  test('an answer without an account offers nothing', () => {
    expect(decode(answer('<User/>'))).toEqual({ kind: 'settings', displayName: null, protocols: [] });
  });
});

describe('other answers', () => {
  test.each([
    ['inside the response', answer('<Error Time="1"><ErrorCode>600</ErrorCode><Message>Invalid</Message></Error>')],
    [
      'beside an empty response',
      '<Autodiscover><Response/><Error><Message>Invalid</Message><ErrorCode>600</ErrorCode></Error></Autodiscover>',
    ],
  ])('an error %s', (_where, body) => {
    expect(decode(body)).toEqual({ kind: 'error', number: '600', message: 'Invalid', debug: '' });
  });

  test('a redirect to another address, and one to another URL', () => {
    const redirect = (inside: string) => decode(answer(`<Account>${inside}</Account>`));
    expect(redirect('<Action>redirectAddr</Action><RedirectAddr>b@other.test</RedirectAddr>')).toEqual({
      kind: 'redirect',
      to: 'address',
      target: 'b@other.test',
    });
    expect(redirect('<RedirectUrl>https://other.test/</RedirectUrl><Action>redirectUrl</Action>')).toEqual({
      kind: 'redirect',
      to: 'url',
      target: 'https://other.test/',
    });
  });

  test.each([
    ['<html><Response/></html>', 'html'],
    ['<Autodiscover/>', 'Autodiscover'],
    ['<rss><channel/></rss>', 'rss'],
  ])('%s is no response', (body, root) => {
    expect(decode(body)).toEqual({ kind: 'other', root });
  });

  test('a document that cannot be read keeps its fault', () => {
    expect(decodePoxResponse(new TextEncoder().encode('<a>'))).toMatchObject({ ok: false, fault: { line: 1 } });
  });
});

describe('answers recorded from an independent server', () => {
  const recordedTest = (title: string, file: string, check: (body: Buffer) => void): void =>
    test(title, (context) => {
      if (!existsSync(recorded)) context.skip('the recorded answers (../shared/fixtures) are not on this machine');
      check(readFileSync(`${recorded}${file}`));
    });

  recordedTest('settings are read to the last element', '02-pox-mapi.response.bin', (body) => {
    const response = decode(body);
    expect(response).toMatchObject({ displayName: 'Alice Example' });
    const protocols = protocolsOf(response);
    expect(protocols.map(({ type, version, rows }) => [type, version, rows.length])).toEqual([
      ['EXHTTP', null, 12],
      ['mapiHttp', '1', 4],
      ['EXCH', null, 14],
      ['EXPR', null, 7],
    ]);
    expect(protocols[1]?.rows.map(({ path }) => path)).toEqual([
      'MailStore/InternalUrl',
      'MailStore/ExternalUrl',
      'AddressBook/InternalUrl',
      'AddressBook/ExternalUrl',
    ]);
    expect(protocols.at(-1)?.rows.at(-1)).toEqual({ path: 'OABUrl', value: 'https://mail.gromox.test/OAB/' });
  });

  recordedTest('settings for phones hold no Outlook protocol', '03-mobilesync.response.bin', (body) => {
    expect(protocolsOf(decode(body))).toEqual([]);
  });

  for (const [file, number, message] of [
    ['04-pox-unknown', '404', 'Not Found'],
    ['05-pox-badschema', '601', 'Provider is not available'],
    ['06-pox-emptybody', '600', 'Invalid Request'],
  ] as const) {
    recordedTest(`${file} is error ${number}`, `${file}.response.bin`, (body) => {
      expect(decode(body)).toEqual({ kind: 'error', number, message, debug: '' });
    });
  }

  recordedTest('our request reads like the one that server took', '01-pox-plain.request.bin', (body) => {
    expect(readXml(new TextEncoder().encode(encodePoxRequest('alice@gromox.test')))).toEqual(readXml(body));
  });
});
