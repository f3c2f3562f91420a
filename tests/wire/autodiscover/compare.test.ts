/** Documents laid side by side: what differs, and what only looks different. */
import { describe, expect, test } from 'vitest';
import { type Comparable, differences, sameUrl } from '#lib/wire/autodiscover/compare.ts';
import { decodeJsonResponse } from '#lib/wire/autodiscover/json.ts';
import { decodePoxResponse } from '#lib/wire/autodiscover/pox.ts';
import { decodeGetUserSettings } from '#lib/wire/autodiscover/soap.ts';
import { recorded, utf8 } from './recorded.ts';

const OUTLOOK = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

/** A document, and what was asked for it. */
type Asked = readonly [document: Comparable, question: string];

function pox(inside: string, question = 'plain'): Asked {
  const body = `<Autodiscover><Response xmlns="${OUTLOOK}">${inside}</Response></Autodiscover>`;
  return [settings(decodePoxResponse(utf8(body))), question];
}

const account = (inside: string, question?: string): Asked => pox(`<Account>${inside}</Account>`, question);

const protocol = (type: string, values: Readonly<Record<string, string>>): string =>
  `<Protocol><Type>${type}</Type>${Object.entries(values)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</Protocol>`;

function soap(values: Readonly<Record<string, string>>, missing: readonly string[] = []): Asked {
  const given = Object.entries(values).map(
    ([name, value]) => `<UserSetting><Name>${name}</Name><Value>${value}</Value></UserSetting>`,
  );
  const failed = missing.map(
    (name) =>
      `<UserSettingError><ErrorCode>SettingIsNotAvailable</ErrorCode><SettingName>${name}</SettingName></UserSettingError>`,
  );
  const body = `<Envelope><Body><GetUserSettingsResponseMessage><Response><UserResponses><UserResponse>
    <UserSettingErrors>${failed.join('')}</UserSettingErrors><UserSettings>${given.join('')}</UserSettings>
    </UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></Body></Envelope>`;
  return [settings(decodeGetUserSettings(utf8(body))), 'soap'];
}

function json(name: string, url: string): Asked {
  return [settings(decodeJsonResponse(utf8(JSON.stringify({ Protocol: name, Url: url })))), 'json'];
}

function settings(result: { readonly ok: boolean; readonly response?: unknown }): Comparable {
  const { response } = result;
  if (!isComparable(response)) throw new Error('nothing to compare');
  return response;
}

function isComparable(response: unknown): response is Comparable {
  const kind = typeof response === 'object' && response !== null && 'kind' in response ? response.kind : '';
  return ['settings', 'user-settings', 'mobile-sync', 'endpoint'].includes(String(kind));
}

const compare = (...documents: readonly Asked[]) =>
  differences(documents.map(([document, question], index) => ({ label: String(index), document, question })));

const EWS = 'https://mail.example.test/EWS/Exchange.asmx';
const OTHER = 'https://other.example.test/EWS/Exchange.asmx';

describe('no difference', () => {
  test('between a document and itself', () => {
    const document = settings(decodePoxResponse(recorded('pox.xml')));
    expect(compare([document, 'plain'], [document, 'plain'])).toEqual([]);
  });

  test.each([
    [EWS, 'https://MAIL.example.test:443/EWS/Exchange.asmx'],
    ['https://mail.example.test/oab/', 'https://mail.example.test/oab'],
    ['https://mail.example.test/oab', 'https://mail.example.test./oab'],
    ['https://m.test/mapi/emsmdb/?MailboxId=1', 'https://m.test/mapi/emsmdb?MailboxId=1'],
    ['http://m.test', 'HTTP://M.test:80/'],
    [' not a URL', 'not a URL '],
  ])('between %s and %s', (one, other) => {
    expect(sameUrl(one)).toBe(sameUrl(other));
  });

  test.each([
    [EWS, 'http://mail.example.test/EWS/Exchange.asmx'],
    [EWS, 'https://mail.example.test:8443/EWS/Exchange.asmx'],
    ['https://m.test/?a=1', 'https://m.test/?a=2'],
    ['https://m.test/a', 'https://m.test/b'],
  ])('but between %s and %s', (one, other) => {
    expect(sameUrl(one)).not.toBe(sameUrl(other));
  });

  test('between plain XML and SOAP that say the same in their own ways', () => {
    const plain = pox(`<User><DisplayName>Alice</DisplayName><LegacyDN>/o=A/cn=alice</LegacyDN></User>
      <Account><MicrosoftOnline>False</MicrosoftOnline>
      ${protocol('EXCH', { Server: 'id@Example.test', EwsUrl: EWS, ASUrl: EWS, OOFUrl: EWS, MdbDN: '/o=A/cn=mdb' })}
      ${protocol('EXPR', { Server: 'mail.example.test', AuthPackage: 'Ntlm', EwsUrl: EWS, CertPrincipalName: 'None' })}
      </Account>`);
    const program = soap({
      ...{ UserDisplayName: 'Alice', UserDN: '/O=a/CN=alice', UserMSOnline: 'false', InternalEwsUrl: EWS },
      ...{ InternalRpcClientServer: 'ID@example.test', MailboxDN: '/o=A/cn=mdb', ExternalEwsUrl: EWS.toUpperCase() },
      ...{ ExternalMailboxServer: 'mail.example.test.', ExternalMailboxServerRequiresSSL: 'True' },
      ...{ ExternalMailboxServerAuthenticationMethods: 'ntlm', EwsSupportedSchemas: 'Exchange2007' },
    });
    // The path of a URL has capitals that count.
    expect(compare(plain, program).map(({ setting }) => setting)).toEqual(['Exchange Web Services (external)']);
  });

  test('where one format has no word for it', () => {
    const mapi = `<Protocol Type="mapiHttp" Version="1"><MailStore><ExternalUrl>https://m/</ExternalUrl></MailStore></Protocol>`;
    const plain = account(mapi + protocol('EXPR', { EwsUrl: EWS, OOFUrl: EWS, UMUrl: EWS }));
    expect(compare(plain, soap({ ExternalEwsUrl: EWS }), json('ActiveSync', 'https://m/eas'))).toEqual([]);
  });

  test('where another question got other protocols', () => {
    const old = account(
      protocol('EXCH', { EwsUrl: EWS, Server: 'a' }) + protocol('EXPR', { EwsUrl: EWS, Server: 'b' }),
    );
    const modern = account(protocol('EXHTTP', { EwsUrl: EWS, Server: 'b' }), 'capable');
    expect(compare(old, modern)).toEqual([]);
  });

  test('where nobody says for which side an address is, if one of both fits', () => {
    const two = account(protocol('EXCH', { EwsUrl: OTHER }) + protocol('EXPR', { EwsUrl: EWS }));
    expect(compare(two, json('Ews', EWS))).toEqual([]);
    expect(compare(two, account(protocol('EXHTTP', { EwsUrl: OTHER }), 'capable'))).toEqual([]);
    // Two such addresses that are not the same have nothing in common.
    expect(compare(two, json('Ews', EWS), account(protocol('EXHTTP', { EwsUrl: OTHER }), 'capable'))).toEqual([
      { setting: 'Exchange Web Services', values: [`${EWS}, ${OTHER}`, EWS, OTHER] },
    ]);
  });

  test('between addresses of protocols that nobody knows', () => {
    expect(compare(json('New', 'https://a/'), json('Newer', 'https://b/'))).toEqual([]);
  });
});

describe('a difference', () => {
  test('in an address names its service and side, and shows what each says', () => {
    const one = account(protocol('EXPR', { EwsUrl: EWS, OABUrl: 'https://a/' }));
    const other = account(protocol('EXPR', { EwsUrl: OTHER, OABUrl: 'https://a/' }));
    expect(compare(one, soap({ ExternalEwsUrl: EWS }), other)).toEqual([
      { setting: 'Exchange Web Services (external)', values: [EWS, EWS, OTHER] },
    ]);
  });

  test('is an address that is missing where it would be', () => {
    const one = account(protocol('EXPR', { EwsUrl: EWS }));
    expect(compare(one, account(protocol('EXPR', {})))).toEqual([
      { setting: 'Exchange Web Services (external)', values: [EWS, null] },
    ]);
    expect(compare(one, soap({}, ['ExternalEwsUrl']))).toEqual([
      { setting: 'Exchange Web Services (external)', values: [EWS, null] },
    ]);
    expect(compare(one, soap({}))).toEqual([]);
  });

  test('in MAPI over HTTP counts each side', () => {
    const mapi = (inside: string) => account(`<Protocol Type="mapiHttp" Version="1">${inside}</Protocol>`);
    const store = (side: string, url: string) => `<MailStore><${side}Url>${url}</${side}Url></MailStore>`;
    expect(compare(mapi(store('External', 'https://a/')), mapi(store('Internal', 'https://a/')))).toEqual([
      { setting: 'MAPI over HTTP (mailbox) (internal)', values: [null, 'https://a/'] },
      { setting: 'MAPI over HTTP (mailbox) (external)', values: ['https://a/', null] },
    ]);
  });

  test('between two answers to the same question is every one', () => {
    const one = account(protocol('EXHTTP', { EwsUrl: OTHER }));
    const other = account(protocol('EXHTTP', { EwsUrl: EWS }) + protocol('EXPR', {}));
    expect(compare(one, other).map(({ setting }) => setting)).toEqual(['the protocols', 'Exchange Web Services']);
  });

  test('in servers, sign-in, SSL and names', () => {
    const one = pox(`<User><DisplayName>Alice</DisplayName></User><Account>
      ${protocol('EXPR', { Server: 'a.test', AuthPackage: 'Basic', CertPrincipalName: 'msstd:a.test' })}</Account>`);
    const other = pox(`<User><DisplayName>alice</DisplayName></User><Account>
      ${protocol('EXPR', { Server: 'b.test', AuthPackage: 'Ntlm', SSL: 'Off', CertPrincipalName: 'none' })}</Account>`);
    expect(compare(one, other)).toEqual([
      { setting: 'the display name', values: ['Alice', 'alice'] },
      { setting: 'the server of EXPR', values: ['a.test', 'b.test'] },
      { setting: 'the sign-in method of EXPR', values: ['Basic', 'Ntlm'] },
      { setting: 'SSL of EXPR', values: ['on', 'off'] },
      { setting: 'the name in the certificate of EXPR', values: ['msstd:a.test', 'none'] },
    ]);
  });

  test('between the answer for phones and version 2', () => {
    const phones: Asked = [settings(decodePoxResponse(recorded('mobilesync.xml'))), 'phones'];
    const same = [settings(decodeJsonResponse(recorded('v2-activesync.json'))), 'json'] as const;
    expect(compare(phones, same)).toEqual([]);
    expect(compare(phones, json('ActiveSync', 'https://other.test/eas'))).toEqual([
      {
        setting: 'Exchange ActiveSync',
        values: ['https://mail.gromox.test/Microsoft-Server-ActiveSync', 'https://other.test/eas'],
      },
    ]);
  });
});
