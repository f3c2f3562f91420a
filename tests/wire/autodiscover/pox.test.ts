/** Plain XML Autodiscover: what Outlook asks, and what servers of several makes answer. [MS-OXDSCLI] 2.2.3, 2.2.4 */
import { describe, expect, test } from 'vitest';
import {
  decodePoxResponse,
  encodePoxRequest,
  type PoxProtocol,
  type PoxResponse,
  type PoxSettings,
  poxErrorMeaning,
} from '#lib/wire/autodiscover/pox.ts';
import { serverVersionOf } from '#lib/wire/autodiscover/pox-protocol.ts';
import { MAX_PROTOCOLS, MAX_ROWS } from '#lib/wire/autodiscover/settings.ts';
import { child, childText, readXml } from '#lib/wire/xml/reader.ts';
import { leavesOf, recorded, utf8 } from './recorded.ts';

const ENVELOPE = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006';
const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

function decode(body: string | Uint8Array): PoxResponse {
  const result = decodePoxResponse(typeof body === 'string' ? utf8(body) : body);
  if (!result.ok) throw new Error(`refused: ${result.fault.reason}`);
  return result.response;
}

function settings(body: string | Uint8Array): PoxSettings {
  const response = decode(body);
  if (response.kind !== 'settings') throw new Error(`no settings, but ${response.kind}`);
  return response;
}

const answer = (inside: string): string =>
  `<Autodiscover xmlns="${ENVELOPE}"><Response xmlns="${RESPONSE}">${inside}</Response></Autodiscover>`;
const account = (inside: string): string => answer(`<Account><Action>settings</Action>${inside}</Account>`);

function only(body: string): PoxProtocol {
  const { protocols } = settings(body);
  const [first] = protocols;
  if (first === undefined || protocols.length > 1) throw new Error(`${protocols.length} protocols`);
  return first;
}

function codes(body: string): readonly string[] {
  const result = decodePoxResponse(utf8(body));
  return result.ok ? result.untidy.map(({ code }) => code) : [result.fault.kind];
}

describe('the request', () => {
  const requestOf = (document: string) => {
    const read = readXml(utf8(document));
    return read.ok ? child(read.root, 'Request') : undefined;
  };

  test.each([
    ['outlook', 'outlook/requestschema/2006', 'outlook/responseschema/2006a'],
    ['mobilesync', 'mobilesync/requestschema/2006', 'mobilesync/responseschema/2006'],
  ] as const)('asks for %s in its own namespace, without a prefix', (schema, namespace, wanted) => {
    const document = encodePoxRequest('alice@example.test', schema);
    const request = requestOf(document);
    expect(request?.namespace).toBe(`http://schemas.microsoft.com/exchange/autodiscover/${namespace}`);
    expect(childText(request, 'EMailAddress')).toBe('alice@example.test');
    expect(childText(request, 'AcceptableResponseSchema')).toBe(
      `http://schemas.microsoft.com/exchange/autodiscover/${wanted}`,
    );
    expect(document).not.toMatch(/<\w+:/);
  });

  test.each([
    "o'neil&sons@example.test",
    'a<b>@example.test',
    'x&amp;y@example.test',
    'grüße@example.test',
    '"a b"]]>@example.test',
    'two\r\n\tlines@example.test',
    '𝔞@example.test',
  ])('carries the address %j as it is', (address) => {
    expect(childText(requestOf(encodePoxRequest(address)), 'EMailAddress')).toBe(address);
  });

  test('what XML cannot write is replaced, and the document stays one', () => {
    const address = 'a\u0000b\ud800c\uffffd@example.test';
    expect(childText(requestOf(encodePoxRequest(address)), 'EMailAddress')).toBe('a\ufffdb\ufffdc\ufffdd@example.test');
  });

  test.each([
    ['outlook', 'pox.request.xml'],
    ['mobilesync', 'mobilesync.request.xml'],
  ] as const)('%s reads like the one that an independent server took', (schema, file) => {
    const shape = (bytes: Uint8Array) => {
      const read = readXml(bytes);
      return read.ok ? JSON.stringify(read.root, (key, value) => (key === 'padded' ? undefined : value)) : read.fault;
    };
    expect(shape(utf8(encodePoxRequest('alice@gromox.test', schema)))).toEqual(shape(recorded(file)));
  });
});

describe('a recorded answer', () => {
  const document = recorded('pox.xml');
  const { user, account, protocols, rows, unknown } = settings(document);

  test('is read to the last element', () => {
    const types = protocols.filter(({ key }) => key !== 'mapihttp').map(({ type }) => ['Type', type]);
    const read = [...rows, ...protocols.flatMap((one) => one.rows)].map(({ path, value }) => [
      path.split('/').at(-1),
      value,
    ]);
    const leaves = leavesOf(document);
    expect(leaves.length).toBe(49);
    expect([...read, ...types].sort()).toEqual([...leaves].sort());
    expect(unknown).toEqual([]);
  });

  test('has nothing untidy about it', () => {
    expect(decodePoxResponse(document, 'text/xml')).toMatchObject({ ok: true, untidy: [] });
  });

  test('says who it is for', () => {
    expect(user).toEqual({
      displayName: 'Alice Example',
      legacyDn: '/o=Gromox/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0100000001000000-alice',
      address: 'alice@gromox.test',
      deploymentId: 'eeeeeeee-eeee-eeee-eeee-eeeeeeeeeeee',
    });
    expect(account).toEqual({
      ...{ type: 'email', action: 'settings', microsoftOnline: false, consumerMailbox: false, serviceHome: null },
      ...{ alternativeMailboxes: [], publicFolderAddress: 'public.folder.root@gromox.test' },
    });
  });

  test('names its protocols in their order, each with its place', () => {
    expect(protocols.map(({ type, version, path }) => [type, version, path])).toEqual([
      ['EXHTTP', null, 'Account/Protocol[1]'],
      ['mapiHttp', '1', 'Account/Protocol[2]'],
      ['EXCH', null, 'Account/Protocol[3]'],
      ['EXPR', null, 'Account/Protocol[4]'],
    ]);
  });

  test('its addresses know their service, their side and their element', () => {
    const [exhttp, mapi, exch, expr] = protocols;
    const shapes = (one: PoxProtocol | undefined) => one?.urls.map(({ service, side }) => `${service} ${side}`);
    expect(shapes(exhttp)).toEqual(
      ['Oof', 'Oab', 'Availability', 'Ews', 'EwsManagement', 'Ecp'].map((service) => `${service} unstated`),
    );
    expect(shapes(exch)).toContain('Ews internal');
    expect(shapes(expr)).toEqual(['Oof external', 'Oab external']);
    expect(mapi?.urls.map(({ service, side, path }) => [service, side, path])).toEqual([
      ['MapiMailStore', 'internal', 'Account/Protocol[2]/MailStore/InternalUrl'],
      ['MapiMailStore', 'external', 'Account/Protocol[2]/MailStore/ExternalUrl'],
      ['MapiAddressBook', 'internal', 'Account/Protocol[2]/AddressBook/InternalUrl'],
      ['MapiAddressBook', 'external', 'Account/Protocol[2]/AddressBook/ExternalUrl'],
    ]);
  });

  test('has typed fields', () => {
    const [exhttp, , exch] = protocols;
    expect(exhttp).toMatchObject({
      ...{ server: 'mail.gromox.test', ssl: true, authPackage: 'basic', certPrincipalName: 'None' },
      ...{ serverExclusiveConnect: true, ttl: null, port: null, domainRequired: null },
    });
    expect(serverVersionOf(exch?.serverVersion ?? null)).toBe('15.0.847');
  });
});

describe('a protocol', () => {
  test('says its type as an element (older) or as an attribute (MAPI over HTTP)', () => {
    const { protocols } = settings(
      account(`<Protocol><Server>mail.example.test</Server><Type>EXCH</Type></Protocol>
        <Protocol Type="mapiHttp" Version="1"><MailStore><ExternalUrl>https://m/</ExternalUrl></MailStore></Protocol>`),
    );
    expect(protocols.map(({ type, version, rows }) => ({ type, version, rows }))).toEqual([
      { type: 'EXCH', version: null, rows: [{ path: 'Server', value: 'mail.example.test', known: true }] },
      { type: 'mapiHttp', version: '1', rows: [{ path: 'MailStore/ExternalUrl', value: 'https://m/', known: true }] },
    ]);
  });

  test('mapiHttp named by an element is read, and said to be overlooked by clients', () => {
    const body = account(
      '<Protocol><Type>mapiHttp</Type><AddressBook><InternalUrl>https://n/</InternalUrl></AddressBook></Protocol>',
    );
    expect(only(body)).toMatchObject({ key: 'mapihttp', urls: [{ service: 'MapiAddressBook', side: 'internal' }] });
    expect(codes(body)).toEqual(['mapi-http-type-element']);
  });

  const mapi =
    '<Protocol Type="mapiHttp" Version="1"><MailStore><ExternalUrl>https://m/</ExternalUrl></MailStore></Protocol>';

  test.each([
    [
      'Account/Protocol/External/Protocol',
      account(`<Protocol><Type>WEB</Type><External>${mapi}</External></Protocol>`),
    ],
    ['Account/Protocol/Protocol', account(`<Protocol><Type>EXPR</Type>${mapi}</Protocol>`)],
    ['Protocol', answer(`<Account><Action>settings</Action></Account>${mapi}`)],
  ])('mapiHttp at %s is found, and said to be in the wrong place', (path, body) => {
    const found = settings(body).protocols.filter(({ key }) => key === 'mapihttp');
    expect(found.map((one) => [one.path, one.urls.length])).toEqual([[path, 1]]);
    expect(settings(body).protocols.flatMap(({ urls }) => urls)).toHaveLength(1);
    expect(codes(body)).toEqual(['mapi-http-misplaced']);
  });

  test('WEB nests, repeats and keeps how to sign in', () => {
    const web = only(
      account(`<Protocol><Type>WEB</Type><Internal>
        <OWAUrl AuthenticationMethod="Ntlm, WindowsIntegrated">https://in/owa</OWAUrl>
        <OWAUrl AuthenticationMethod="Basic, Fba">https://mail/owa</OWAUrl>
        <Protocol><Type>EXCH</Type><ASUrl>https://in/ews</ASUrl></Protocol></Internal>
        <External><OWAUrl>https://mail/owa</OWAUrl></External></Protocol>`),
    );
    expect(web.urls.map(({ service, side, path, authentication }) => [service, side, path, authentication])).toEqual([
      ['Owa', 'internal', 'Account/Protocol/Internal/OWAUrl[1]', 'Ntlm, WindowsIntegrated'],
      ['Owa', 'internal', 'Account/Protocol/Internal/OWAUrl[2]', 'Basic, Fba'],
      ['Availability', 'internal', 'Account/Protocol/Internal/Protocol/ASUrl', null],
      ['Owa', 'external', 'Account/Protocol/External/OWAUrl', null],
    ]);
    expect(web.rows.map(({ path }) => path)).toEqual([
      'Internal/OWAUrl[1]',
      'Internal/OWAUrl[1]@AuthenticationMethod',
      'Internal/OWAUrl[2]',
      'Internal/OWAUrl[2]@AuthenticationMethod',
      'Internal/Protocol/Type',
      'Internal/Protocol/ASUrl',
      'External/OWAUrl',
    ]);
  });

  test.each([
    ['', true],
    ['<SSL>On</SSL>', true],
    ['<SSL>off</SSL>', false],
    ['<SSL>False</SSL>', false],
    ['<SSL/>', true],
  ])('with %j speaks SSL: %s', (inside, ssl) => {
    expect(only(account(`<Protocol><Type>EXPR</Type>${inside}</Protocol>`)).ssl).toBe(ssl);
  });

  test('of POP and IMAP has numbers and switches', () => {
    const imap = only(
      account(`<Protocol><Type>IMAP</Type><Port>993</Port><TTL>24</TTL><DomainRequired>off</DomainRequired>
        <LoginName>alice</LoginName><DomainName>example.test</DomainName></Protocol>`),
    );
    expect(imap).toMatchObject({
      ...{ port: 993, ttl: 24, domainRequired: false, loginName: 'alice', domainName: 'example.test' },
    });
    expect(only(account('<Protocol><Type>IMAP</Type><Port>143; drop</Port></Protocol>')).port).toBeNull();
  });

  test('offers nothing by an empty element, nor by the word for public folders', () => {
    const body = account(
      '<Protocol><Type>EXCH</Type><EwsUrl/><OABUrl>Public Folder</OABUrl><OOFUrl> </OOFUrl></Protocol>',
    );
    expect(only(body).urls).toEqual([]);
    expect(only(body).rows).toHaveLength(3);
  });

  test.each([
    ['738180DA', '14.1.218'],
    ['73C2845E', '15.2.1118'],
    ['73c0834f', '15.0.847'],
    ['73C0834', null],
    [null, null],
  ])('version %s is %s', (text, version) => {
    expect(serverVersionOf(text)).toBe(version);
  });
});

describe('what nobody knows', () => {
  test('is kept where it stands, and marked', () => {
    const { protocols, rows, unknown } = settings(
      account(`<New a="1"><Deep>2</Deep></New>
        <Protocol><Type>EXCH</Type><Newer>3</Newer><Server x="4">s</Server></Protocol>
        <x:Action xmlns:x="urn:other">5</x:Action>`),
    );
    expect(unknown.map(({ path, value }) => [path, value])).toEqual([
      ['Account/New@a', '1'],
      ['Account/New/Deep', '2'],
      ['Account/Protocol/Newer', '3'],
      ['Account/Protocol/Server@x', '4'],
      ['Account/Action[2]', '5'],
    ]);
    expect(rows.map(({ path }) => path)).toContain('Account/New/Deep');
    expect(protocols[0]?.rows.filter(({ known }) => !known)).toHaveLength(2);
  });

  test('other mailboxes are read, each of them', () => {
    const archive = `<AlternativeMailbox><Type>Archive</Type><DisplayName>A</DisplayName><LegacyDN>/o=x</LegacyDN>
      <Server>g@example.test</Server><OwnerSmtpAddress>alice@example.test</OwnerSmtpAddress></AlternativeMailbox>`;
    const shared =
      '<AlternativeMailbox><Type>Delegate</Type><SmtpAddress>info@example.test</SmtpAddress></AlternativeMailbox>';
    expect(settings(account(archive + shared)).account.alternativeMailboxes).toEqual([
      {
        ...{ type: 'Archive', displayName: 'A', legacyDn: '/o=x', server: 'g@example.test', address: null },
        ownerAddress: 'alice@example.test',
      },
      {
        ...{ type: 'Delegate', displayName: null, legacyDn: null, server: null, address: 'info@example.test' },
        ownerAddress: null,
      },
    ]);
  });

  test('an answer without an account offers nothing', () => {
    expect(settings(answer('<User/>'))).toMatchObject({ user: { displayName: null }, protocols: [], unknown: [] });
  });
});

describe('limits', () => {
  test(`${MAX_PROTOCOLS} protocols are kept, the rest is said to be left out`, () => {
    const many = (count: number) => account('<Protocol><Type>EXCH</Type></Protocol>'.repeat(count));
    expect(codes(many(MAX_PROTOCOLS))).toEqual([]);
    expect(settings(many(MAX_PROTOCOLS + 1)).protocols).toHaveLength(MAX_PROTOCOLS);
    expect(codes(many(MAX_PROTOCOLS + 1))).toEqual(['cut-short']);
  });

  test(`${MAX_ROWS} values are kept, the rest is said to be left out`, () => {
    const many = (count: number) => answer('<New/>'.repeat(count));
    expect(codes(many(MAX_ROWS))).toEqual([]);
    expect(settings(many(MAX_ROWS + 1)).rows).toHaveLength(MAX_ROWS);
    expect(codes(many(MAX_ROWS + 1))).toEqual(['cut-short']);
  });

  test('paths do not grow with the depth', () => {
    const name = 'N'.repeat(200);
    const { unknown } = settings(answer(`${`<${name}>`.repeat(90)}${`</${name}>`.repeat(90)}`));
    expect(unknown).toHaveLength(1);
    expect(unknown[0]?.path.length).toBeLessThan(310);
  });
});

describe('other answers', () => {
  test.each([
    ['inside the response', answer('<Error Time="1" Id="2"><ErrorCode>600</ErrorCode><Message>Oh</Message></Error>')],
    [
      'inside the account',
      answer('<Account><Error Time="1" Id="2"><ErrorCode>600</ErrorCode><Message>Oh</Message></Error></Account>'),
    ],
    [
      'beside an empty response',
      '<Autodiscover><Response/><Error Id="2" Time="1"><Message>Oh</Message><ErrorCode>600</ErrorCode></Error></Autodiscover>',
    ],
  ])('an error %s', (_where, body) => {
    expect(decode(body)).toEqual({ kind: 'error', number: '600', message: 'Oh', debug: '', time: '1', id: '2' });
  });

  test.each([
    ['pox-unknown-address.xml', '404', 'Not Found'],
    ['pox-unknown-schema.xml', '601', 'Provider is not available'],
    ['pox-empty-request.xml', '600', 'Invalid Request'],
  ] as const)('%s, as recorded, is error %s', (file, number, message) => {
    expect(decode(recorded(file))).toEqual({
      ...{ kind: 'error', number, message, debug: '', time: '18:12:50', id: '571988440' },
    });
    expect(decodePoxResponse(recorded(file))).toMatchObject({ untidy: [] });
    expect(poxErrorMeaning(number)).not.toBeNull();
  });

  test('a code that nobody knows has no meaning', () => {
    expect(poxErrorMeaning('999')).toBeNull();
    expect(poxErrorMeaning('constructor')).toBeNull();
  });

  test.each([
    ['<Action>redirectAddr</Action><RedirectAddr>b@other.test</RedirectAddr>', 'address', 'b@other.test'],
    ['<RedirectUrl>https://other.test/</RedirectUrl><Action>redirectUrl</Action>', 'url', 'https://other.test/'],
    ['<Action>RedirectURL</Action><RedirectURL>https://other.test/</RedirectURL>', 'url', 'https://other.test/'],
    ['<RedirectAddr>b@other.test</RedirectAddr>', 'address', 'b@other.test'],
    ['<Action>redirectUrl</Action>', 'url', ''],
  ])('%s sends on', (inside, to, target) => {
    expect(decode(answer(`<Account>${inside}</Account>`))).toEqual({ kind: 'redirect', to, target });
  });

  test('settings that also name a place to be redirected to are settings', () => {
    expect(decode(account('<RedirectUrl>https://other.test/</RedirectUrl>')).kind).toBe('settings');
  });

  test.each([
    ['<Autodiscover/>', 'Autodiscover'],
    ['<rss><channel/></rss>', 'rss'],
    ['<s:Envelope xmlns:s="urn:x"><s:Body/></s:Envelope>', 'Envelope'],
  ])('%s is no response', (body, root) => {
    expect(decode(body)).toEqual({ kind: 'other', root });
  });
});

describe('settings for phones', () => {
  const mobile = (inside: string) =>
    decode(answer(inside).replace('outlook/responseschema/2006a', 'mobilesync/responseschema/2006'));

  test('as recorded, are read to the last element', () => {
    const response = decode(recorded('mobilesync.xml'));
    const url = 'https://mail.gromox.test/Microsoft-Server-ActiveSync';
    expect(response).toMatchObject({
      ...{ kind: 'mobile-sync', culture: 'en:us', displayName: 'Alice Example', address: 'alice@gromox.test' },
      action: { kind: 'settings', servers: [{ type: 'MobileSync', url, name: url, serverData: null }] },
      unknown: [],
    });
    const rows = response.kind === 'mobile-sync' ? response.rows : [];
    expect(rows.map(({ path, value }) => [path.split('/').at(-1), value])).toEqual(
      leavesOf(recorded('mobilesync.xml')),
    );
    expect(decodePoxResponse(recorded('mobilesync.xml'))).toMatchObject({ untidy: [] });
  });

  test('may name two servers', () => {
    const response = mobile(`<Action><Settings><Server><Type>MobileSync</Type><Url>https://a/</Url></Server>
      <Server><Type>CertEnroll</Type><Url>https://b/</Url><Name/><ServerData>Template</ServerData></Server>
      </Settings></Action>`);
    expect(response).toMatchObject({
      action: {
        servers: [{ type: 'MobileSync' }, { type: 'CertEnroll', name: null, serverData: 'Template' }],
        urls: [
          { service: 'ActiveSync', path: 'Action/Settings/Server[1]/Url' },
          { service: 'CertEnroll', path: 'Action/Settings/Server[2]/Url' },
        ],
      },
    });
  });

  test('may redirect, or fail inside', () => {
    expect(mobile('<Action><Redirect>b@other.test</Redirect></Action>')).toMatchObject({
      action: { kind: 'redirect', target: 'b@other.test' },
    });
    expect(
      mobile('<Action><Error><Status>2</Status><Message>No</Message><DebugData>MailUser</DebugData></Error></Action>'),
    ).toMatchObject({ action: { kind: 'error', status: '2', message: 'No', debug: 'MailUser' } });
    expect(mobile('<User/>')).toMatchObject({ action: { kind: 'none' } });
  });

  test('are known by their shape where the namespace is missing', () => {
    const body = '<Autodiscover><Response><Action><Redirect>b@other.test</Redirect></Action></Response></Autodiscover>';
    expect(decode(body).kind).toBe('mobile-sync');
  });

  test('have errors of Autodiscover itself like all the others', () => {
    expect(mobile('<Error><ErrorCode>601</ErrorCode></Error>')).toMatchObject({ kind: 'error', number: '601' });
  });
});

/** As Exchange 2013 and later write it for a mailbox that is reached from inside and from outside. */
test('EXHTTP that stands there twice is for clients inside first, and then for those outside', () => {
  const section = (server: string): string =>
    `<Protocol><Type>EXHTTP</Type><Server>${server}</Server><EwsUrl>https://${server}/EWS/Exchange.asmx</EwsUrl></Protocol>`;
  const account = `<AccountType>email</AccountType><Action>settings</Action>${section('ex01.corp.example.test')}${section('mail.example.test')}`;
  const document = `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><Account>${account}</Account></Response></Autodiscover>`;
  const read = decodePoxResponse(new TextEncoder().encode(document), 'text/xml');
  const protocols = read.ok && read.response.kind === 'settings' ? read.response.protocols : [];
  expect(protocols.map(({ server, side, urls }) => [server, side, urls.map((url) => url.side)])).toEqual([
    ['ex01.corp.example.test', 'internal', ['internal']],
    ['mail.example.test', 'external', ['external']],
  ]);
});
