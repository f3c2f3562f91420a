/** Which services the settings lead to, and what their addresses are worth to somebody outside. */
import { describe, expect, test } from 'vitest';
import { leftOut, namedServices } from '#lib/probes/judging/named-services.ts';
import { readServiceUrl } from '#lib/probes/judging/service-url.ts';
import type { SettingsDocument } from '#lib/probes/judging/settings-document.ts';
import { documentWith, exch, mapi, rpc } from './documents.ts';
import { HOST } from './table.ts';

const ews = (url: string): string => `<EwsUrl>${url}</EwsUrl>`;
const secured = (more: string): string => `<AuthPackage>Ntlm</AuthPackage>${more}`;

/** Host by host: what it is asked for. */
const asked = (...documents: readonly SettingsDocument[]) =>
  namedServices(documents).map(({ key, isEssential, services }) => ({
    host: isEssential ? `${key}!` : key,
    services: services.map(({ name, path }) => `${name} ${path}`),
  }));

describe('named services', () => {
  test('stand at their hosts, each path once, with what the mailbox cannot do without marked', () => {
    const one = documentWith(
      mapi(),
      rpc('EXPR', HOST.toUpperCase(), secured(ews(`https://${HOST}/EWS/Exchange.asmx`))),
    );
    const other = documentWith(rpc('EXPR', 'old.example.test', secured(ews(`https://${HOST}/ews/exchange.asmx`))));
    expect(asked(one, other)).toEqual([
      {
        host: `${HOST}!`,
        services: [
          'MAPI over HTTP (mailbox) /mapi/emsmdb/',
          'MAPI over HTTP (address book) /mapi/nspi/',
          'Exchange Web Services /EWS/Exchange.asmx',
          'Outlook Anywhere /rpc/rpcproxy.dll',
        ],
      },
      { host: 'old.example.test', services: ['Outlook Anywhere /rpc/rpcproxy.dll'] },
    ]);
  });

  test('make Outlook Anywhere essential where there is no MAPI over HTTP to be reached', () => {
    expect(asked(documentWith(rpc('EXPR', HOST)))[0]?.host).toBe(`${HOST}!`);
    expect(asked(documentWith(rpc('EXPR', HOST), mapi({ inside: `https://${HOST}` })))[0]?.host).toBe(`${HOST}!`);
    expect(asked(documentWith(rpc('EXHTTP', HOST)))[0]?.host).toBe(HOST);
  });

  test('at another port are another host', () => {
    expect(asked(documentWith(mapi(), rpc('EXPR', HOST, secured(ews(`https://${HOST}:8443/ews`)))))[1]).toEqual({
      host: `${HOST}:8443`,
      services: ['Exchange Web Services /ews'],
    });
  });

  test.each<[string, string]>([
    ['inside', mapi({ outside: 'https://ex01.contoso.local' })],
    ['without encryption', mapi({ outside: `http://${HOST}` })],
    ['said to be for inside', mapi({ inside: `https://${HOST}` })],
    ['of RPC over TCP', exch()],
    ['of a proxy inside', rpc('EXPR', 'ex01')],
    ['of a proxy without TLS', rpc('EXPR', HOST).replace('<SSL>On</SSL>', '<SSL>Off</SSL>')],
    ['of a proxy that is no name', rpc('EXPR', `${HOST}/x?y`)],
    ['of pages for people', rpc('EXCH', HOST, `<OWAUrl>https://${HOST}/owa</OWAUrl>`)],
  ])('%s are asked by nobody outside', (_name, protocol) => {
    expect(asked(documentWith(protocol))).toEqual([]);
  });

  test('keep the promise and the principal of the protocol that they belong to', () => {
    const withPrincipal = (name: string) => secured(`<CertPrincipalName>${name}</CertPrincipalName>`);
    const [host] = namedServices([documentWith(rpc('EXPR', HOST, withPrincipal('msstd:mail.test')))]);
    expect(host).toMatchObject({ principal: 'msstd:mail.test', services: [{ promised: 'Ntlm' }] });
    expect(namedServices([documentWith(rpc('EXPR', HOST, withPrincipal('None')))])[0]?.principal).toBeNull();
    expect(namedServices([documentWith(rpc('EXHTTP', HOST, withPrincipal('msstd:x')))])[0]?.principal).toBeNull();
  });

  test('are no more than a mail system has', () => {
    const many = Array.from({ length: 30 }, (_, at) => rpc('EXPR', `host${at}.example.test`));
    const paths = Array.from({ length: 30 }, (_, at) => rpc('EXPR', HOST, secured(ews(`https://${HOST}/${at}`))));
    expect(namedServices([documentWith(...many)])).toHaveLength(8);
    expect([leftOut([documentWith(...many)]), leftOut([documentWith(...paths)])]).toEqual([many.length - 8, 0]);
    expect(namedServices([documentWith(...paths)])[0]?.services).toHaveLength(8);
  });
});

test('a document offers what a client outside can use, and what it cannot', () => {
  const { offers } = documentWith(exch(), rpc('EXPR', HOST), rpc('EXHTTP', 'ex01.local'), mapi());
  expect(offers.map(({ protocol, outside }) => `${protocol} ${outside}`)).toEqual([
    'exch false',
    'expr true',
    'exhttp false',
    'mapiHttp true',
  ]);
});

test.each<[string, string | object]>([
  ['https://mail.example.test/ews?x=1', { host: 'mail.example.test', port: 443, path: '/ews?x=1' }],
  [' HTTPS://Mail.Example.test.:8443 ', { host: 'mail.example.test', port: 8443, path: '/' }],
  ['https://münchen.example/', { host: 'xn--mnchen-3ya.example' }],
  ['', 'is not a URL'],
  ['mail.example.test', 'is not a URL'],
  ['http://mail.example.test/', 'is not encrypted'],
  ['ldap://mail.example.test/', 'does not begin with https'],
  ['https://ex01/', 'leads to a name that exists inside only: it is a single word, without a domain'],
  ['http://ex01/', 'leads to a name that exists inside only: it is a single word, without a domain'],
  ['https://192.168.1.1/', 'leads to an address for inside only (private)'],
  ['https://[::1]/', 'leads to an address for inside only (loopback)'],
])('%j, read as a service URL', (written, expected) => {
  const read = readServiceUrl(written);
  expect(read.ok ? read : read.reason).toEqual(
    typeof expected === 'string' ? expected : expect.objectContaining(expected),
  );
});
