/** Autodiscover by SOAP: the request, and every kind of answer. [MS-OXWSADISC] */
import { describe, expect, test } from 'vitest';
import {
  decodeGetUserSettings,
  encodeGetUserSettings,
  SOAP_ACTION,
  type SoapResponse,
  type SoapSettings,
  soapErrorMeaning,
} from '#lib/wire/autodiscover/soap.ts';
import { SETTING_NAMES } from '#lib/wire/autodiscover/soap-schema.ts';
import { child, childText, readXml, type XmlElement } from '#lib/wire/xml/reader.ts';
import { utf8 } from './recorded.ts';

const MESSAGES = 'http://schemas.microsoft.com/exchange/2010/Autodiscover';
const url = 'https://mail.example.test/autodiscover/autodiscover.svc';

const within = (root: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined =>
  names.reduce((one, name) => child(one, name), root);

describe('the request', () => {
  const requestOf = (options: Partial<Parameters<typeof encodeGetUserSettings>[0]> = {}) => {
    const read = readXml(utf8(encodeGetUserSettings({ address: 'alice@example.test', url, ...options })));
    if (!read.ok) throw new Error(read.fault.reason);
    return read.root;
  };
  const message = (root: XmlElement) => within(root, 'Body', 'GetUserSettingsRequestMessage', 'Request');

  test('has its parts in their namespaces', () => {
    const root = requestOf();
    expect(root.namespace).toBe('http://schemas.xmlsoap.org/soap/envelope/');
    const header = child(root, 'Header');
    expect(header?.children.map(({ name, namespace, text }) => [name, namespace, text])).toEqual([
      ['RequestedServerVersion', MESSAGES, 'Exchange2013'],
      ['Action', 'http://www.w3.org/2005/08/addressing', SOAP_ACTION],
      ['To', 'http://www.w3.org/2005/08/addressing', url],
    ]);
    expect(SOAP_ACTION).toBe(`${MESSAGES}/Autodiscover/GetUserSettings`);
    expect(childText(within(message(root), 'Users', 'User'), 'Mailbox')).toBe('alice@example.test');
    expect(message(root)?.namespace).toBe(MESSAGES);
  });

  test('asks for everything that is known, each once, or for what it is told to', () => {
    const asked = (root: XmlElement) => within(message(root), 'RequestedSettings')?.children.map(({ text }) => text);
    expect(asked(requestOf())).toEqual(SETTING_NAMES);
    expect(new Set(SETTING_NAMES).size).toBe(SETTING_NAMES.length);
    expect(asked(requestOf({ settings: ['ExternalEwsUrl'] }))).toEqual(['ExternalEwsUrl']);
  });

  test('carries address and place as they are', () => {
    const root = requestOf({ address: `o'b&<c>"@example.test`, url: `${url}?a=1&b=2`, version: 'Exchange2010_SP1' });
    expect(childText(within(message(root), 'Users', 'User'), 'Mailbox')).toBe(`o'b&<c>"@example.test`);
    expect(childText(child(root, 'Header'), 'To')).toBe(`${url}?a=1&b=2`);
    expect(childText(child(root, 'Header'), 'RequestedServerVersion')).toBe('Exchange2010_SP1');
  });
});

/** As Exchange lays it out, prefixes and all. */
const envelope = (body: string): string => `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
  xmlns:a="http://www.w3.org/2005/08/addressing"><s:Header>
  <a:Action s:mustUnderstand="1">${SOAP_ACTION}Response</a:Action>
  <h:ServerVersionInfo xmlns:h="${MESSAGES}"><h:MajorVersion>15</h:MajorVersion><h:MinorVersion>2</h:MinorVersion>
  <h:MajorBuildNumber>1118</h:MajorBuildNumber><h:MinorBuildNumber>7</h:MinorBuildNumber>
  <h:Version>Exchange2015</h:Version></h:ServerVersionInfo></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
const answer = (inside: string, code = 'NoError', namespace = MESSAGES): string =>
  envelope(`<GetUserSettingsResponseMessage xmlns="${namespace}">
  <Response xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><ErrorCode>${code}</ErrorCode><ErrorMessage>said</ErrorMessage>
  <UserResponses>${inside}</UserResponses></Response></GetUserSettingsResponseMessage>`);
const user = (inside: string, code = 'NoError'): string =>
  answer(`<UserResponse><ErrorCode>${code}</ErrorCode><ErrorMessage>No.</ErrorMessage>${inside}</UserResponse>`);
const given = (inside: string, errors = ''): string =>
  user(
    `<RedirectTarget i:nil="true"/><UserSettingErrors>${errors}</UserSettingErrors><UserSettings>${inside}</UserSettings>`,
  );

function decode(body: string): SoapResponse {
  const result = decodeGetUserSettings(utf8(body), 'text/xml; charset=utf-8');
  if (!result.ok) throw new Error(result.fault.reason);
  return result.response;
}

function settings(body: string): SoapSettings {
  const response = decode(body);
  if (response.kind !== 'user-settings') throw new Error(`no settings, but ${response.kind}`);
  return response;
}

describe('settings', () => {
  test('of text, and those that failed', () => {
    const {
      settings: found,
      errors,
      serverVersion,
      unknown,
    } = settings(
      given(
        `<UserSetting i:type="StringSetting"><Name>UserDisplayName</Name><Value>Alice</Value></UserSetting>
        <UserSetting i:type="StringSetting"><Name>ExternalEwsUrl</Name><Value/></UserSetting>`,
        `<UserSettingError><ErrorCode>SettingIsNotAvailable</ErrorCode><ErrorMessage>none</ErrorMessage>
        <SettingName>ExternalUMUrl</SettingName></UserSettingError>`,
      ),
    );
    expect(found).toEqual([
      { name: 'UserDisplayName', type: 'StringSetting', value: { kind: 'text', text: 'Alice' } },
      { name: 'ExternalEwsUrl', type: 'StringSetting', value: { kind: 'text', text: '' } },
    ]);
    expect(errors).toEqual([{ name: 'ExternalUMUrl', code: 'SettingIsNotAvailable', message: 'none' }]);
    expect(serverVersion).toBe('15.2.1118.7');
    expect(unknown).toEqual([]);
  });

  test('of the four kinds of lists, with or without their type', () => {
    const { settings: found } = settings(
      given(`<UserSetting i:type="b:WebClientUrlCollectionSetting"><Name>ExternalWebClientUrls</Name><WebClientUrls>
        <WebClientUrl><AuthenticationMethods>Basic, Fba</AuthenticationMethods><Url>https://m/owa/</Url></WebClientUrl>
        <WebClientUrl><Url>https://n/owa/</Url></WebClientUrl></WebClientUrls></UserSetting>
        <UserSetting><Name>ExternalImap4Connections</Name><ProtocolConnections><ProtocolConnection>
        <Hostname>imap.example.test</Hostname><Port>993</Port><EncryptionMethod>SSL</EncryptionMethod>
        </ProtocolConnection></ProtocolConnections></UserSetting>
        <UserSetting i:type="AlternateMailboxCollectionSetting"><Name>AlternateMailboxes</Name><AlternateMailboxes>
        <AlternateMailbox><Type>Archive</Type><DisplayName>A</DisplayName><LegacyDN>/o=x</LegacyDN><Server>g@x.test</Server>
        </AlternateMailbox></AlternateMailboxes></UserSetting>
        <UserSetting i:type="DocumentSharingLocationCollectionSetting"><Name>D</Name><DocumentSharingLocations>
        <DocumentSharingLocation><ServiceUrl>https://s/</ServiceUrl><LocationUrl>https://l/</LocationUrl>
        <DisplayName>Docs</DisplayName><SupportedFileExtensions><FileExtension>docx</FileExtension></SupportedFileExtensions>
        </DocumentSharingLocation></DocumentSharingLocations></UserSetting>`),
    );
    expect(found.map(({ type, value }) => [type, value])).toEqual([
      [
        'WebClientUrlCollectionSetting',
        {
          kind: 'web-client-urls',
          urls: [
            { authentication: 'Basic, Fba', url: 'https://m/owa/' },
            { authentication: null, url: 'https://n/owa/' },
          ],
        },
      ],
      [null, { kind: 'connections', connections: [{ host: 'imap.example.test', port: 993, encryption: 'SSL' }] }],
      [
        'AlternateMailboxCollectionSetting',
        {
          kind: 'alternate-mailboxes',
          mailboxes: [
            {
              ...{ type: 'Archive', displayName: 'A', legacyDn: '/o=x', server: 'g@x.test' },
              ...{ address: null, ownerAddress: null },
            },
          ],
        },
      ],
      [
        'DocumentSharingLocationCollectionSetting',
        { kind: 'document-sharing', locations: [{ name: 'Docs', service: 'https://s/', location: 'https://l/' }] },
      ],
    ]);
  });

  test('of a type that nobody knows are kept as they came', () => {
    const { settings: found, unknown } = settings(
      given('<UserSetting i:type="NewSetting"><Name>New</Name><Things><Thing a="1">x</Thing></Things></UserSetting>'),
    );
    const rows = [
      { path: 'Things/Thing', value: 'x', known: false },
      { path: 'Things/Thing@a', value: '1', known: false },
    ];
    expect(found).toEqual([{ name: 'New', type: 'NewSetting', value: { kind: 'other', rows } }]);
    expect(unknown.map(({ path }) => path)).toEqual([
      'UserSettings/UserSetting/Things/Thing',
      'UserSettings/UserSetting/Things/Thing@a',
    ]);
  });

  test('that are addresses stand in the words of every format', () => {
    const text = (name: string, value: string) =>
      `<UserSetting><Name>${name}</Name><Value>${value}</Value></UserSetting>`;
    const { urls } = settings(
      given(
        [
          text('InternalEwsUrl', 'https://in/ews'),
          text('ExternalOABUrl', 'public'),
          text('ExternalEcpUrl', ''),
          text('ExternalEcpVoicemailUrl', '?p=1'),
          text('UserDN', 'https://no/'),
          '<UserSetting><Name>InternalWebClientUrls</Name><WebClientUrls><WebClientUrl><Url/></WebClientUrl>',
          '<WebClientUrl><AuthenticationMethods>Ntlm</AuthenticationMethods><Url>https://in/owa</Url></WebClientUrl>',
          '</WebClientUrls></UserSetting>',
        ].join(''),
      ),
    );
    expect(urls).toEqual([
      {
        ...{ service: 'Ews', side: 'internal', url: 'https://in/ews', authentication: null },
        path: 'UserSettings/UserSetting[Name="InternalEwsUrl"]/Value',
      },
      {
        ...{ service: 'Owa', side: 'internal', url: 'https://in/owa', authentication: 'Ntlm' },
        path: 'UserSettings/UserSetting[Name="InternalWebClientUrls"]/WebClientUrls/WebClientUrl[2]/Url',
      },
    ]);
  });
});

describe('other answers', () => {
  const serverVersion = '15.2.1118.7';

  test.each([
    ['RedirectAddress', 'address', 'b@other.test'],
    ['RedirectUrl', 'url', 'https://other.test/autodiscover/autodiscover.svc'],
  ])('%s sends on', (code, to, target) => {
    expect(decode(user(`<RedirectTarget>${target}</RedirectTarget>`, code))).toEqual({
      ...{ kind: 'redirect', to, target, serverVersion },
    });
  });

  test('errors say whom they concern', () => {
    expect(decode(user('', 'InvalidUser'))).toEqual({
      ...{ kind: 'error', of: 'user', code: 'InvalidUser', message: 'No.', serverVersion },
    });
    expect(decode(answer('', 'ServerBusy'))).toEqual({
      ...{ kind: 'error', of: 'request', code: 'ServerBusy', message: 'said', serverVersion },
    });
    expect(decode(answer(''))).toMatchObject({ kind: 'error', of: 'request', code: '' });
    expect(soapErrorMeaning('InvalidUser')).toBe('the address is not known');
    expect(soapErrorMeaning('Else')).toBeNull();
  });

  test('faults of both versions of SOAP', () => {
    const fault = `<s:Fault><faultcode xmlns:a="urn:x">a:InternalServiceFault</faultcode><faultstring xml:lang="en">Oh</faultstring>
      <detail><e:ResponseCode xmlns:e="urn:e">ErrorInvalid</e:ResponseCode><e:Message xmlns:e="urn:e">more</e:Message></detail></s:Fault>`;
    expect(decode(envelope(fault))).toEqual({
      ...{ kind: 'fault', code: 'a:InternalServiceFault', message: 'Oh', detail: 'ErrorInvalid; more' },
    });
    const newer =
      '<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang="en">No</s:Text></s:Reason></s:Fault>';
    expect(decode(envelope(newer))).toEqual({ kind: 'fault', code: 's:Sender', message: 'No', detail: '' });
  });

  test('another document is one', () => {
    expect(decode('<definitions/>')).toEqual({ kind: 'other', root: 'definitions' });
    expect(decode(envelope('<GetDomainSettingsResponseMessage/>'))).toEqual({
      ...{ kind: 'other', root: 'GetDomainSettingsResponseMessage' },
    });
    expect(decodeGetUserSettings(utf8('<html><p></html>'))).toMatchObject({ ok: false, fault: { kind: 'html' } });
  });

  test('prefixes are as usual; namespaces have to be right', () => {
    const codes = (namespace: string) => {
      const result = decodeGetUserSettings(utf8(answer('', 'NoError', namespace)), 'text/xml');
      return result.ok ? result.untidy.map(({ code }) => code) : null;
    };
    expect(codes(MESSAGES)).toEqual([]);
    expect(codes(MESSAGES.replace('http:', 'https:'))).toEqual(['namespace-https']);
    expect(codes('urn:schemas.microsoft.com/exchange/autodiscover')).toEqual(['namespace-wrong']);
  });

  test('an answer for two people is taken for the first', () => {
    const one = (name: string) =>
      `<UserResponse><UserSettings><UserSetting><Name>UserDN</Name><Value>${name}</Value></UserSetting></UserSettings></UserResponse>`;
    const result = decodeGetUserSettings(utf8(answer(one('a') + one('b'))));
    expect(result).toMatchObject({
      response: { settings: [{ value: { text: 'a' } }] },
      untidy: [{ code: 'repeated-user' }],
    });
  });
});
