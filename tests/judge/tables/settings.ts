/** The judge of the settings that Outlook asks for. */
import { expect } from 'vitest';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { autodiscoverSettings, type SettingsInput } from '#lib/probes/autodiscover-settings.ts';
import { MAX_DEPTH, MAX_ELEMENTS } from '#lib/wire/xml/reader.ts';
import { bare, exch, forPhones, mapi, response, rpc, settings } from '../documents.ts';
import { answer, HOST, type Row, SUBJECT, table } from '../table.ts';

const mailbox = 'alice@example.test';
const error = (number: number, message = 'Oh') =>
  response(`<Error Time="1" Id="2"><ErrorCode>${number}</ErrorCode><Message>${message}</Message></Error>`);
const expr = rpc('EXPR', HOST);
const ews = (url: string) => `<EwsUrl>${url}</EwsUrl>`;

const input: SettingsInput = {
  ...{ ...SUBJECT, mailbox, foundBy: 'the domain', signedIn: true, answer: answer() },
  asker: 'outlook',
};
const ok = true;

type SettingsRow = Row<HttpAnswer, SettingsInput>;

const whole: readonly SettingsRow[] = [
  ['MAPI over HTTP beside the older ones', settings(exch(), expr, mapi()), []],
  ['MAPI over HTTP alone', settings(mapi()), []],
  [
    'MAPI over HTTP inside alone, under a public name',
    settings(mapi({ inside: `https://${HOST}` })),
    ['autodiscover.url-internal-only', 'autodiscover.url-internal-only'],
    { ok },
  ],
  [
    'the older shape, RPC alone',
    settings(exch(), expr),
    ['autodiscover.no-mapi-http'],
    { ok, args: { host: HOST, protocols: 'EXCH, EXPR' } },
  ],
  ['EXHTTP alone', settings(rpc('EXHTTP', HOST)), ['autodiscover.no-mapi-http'], { ok }],
  [
    'nothing that works outside',
    settings(exch()),
    ['autodiscover.no-mapi-http', 'autodiscover.no-expr'],
    { ok, args: { protocols: 'EXCH' } },
  ],
  [
    'IMAP only',
    settings(bare('IMAP'), bare('SMTP')),
    ['autodiscover.other-product-answers'],
    { args: { protocols: 'IMAP, SMTP' } },
  ],
  ['calendars only', settings(bare('CalDAV')), ['autodiscover.other-product-answers']],
  ['IMAP beside Exchange', settings(bare('IMAP'), mapi()), []],
  ['no protocol', settings(), ['autodiscover.no-exch'], { args: { protocols: 'none' } }],
  [
    'a protocol that nobody knows',
    settings(bare('WEB'), bare('NEW')),
    ['autodiscover.no-exch'],
    { args: { protocols: 'WEB, NEW' } },
  ],
  [
    'more protocols, with longer names, than anybody wants to read',
    settings(...Array.from({ length: 40 }, () => bare('x'.repeat(200)))),
    ['autodiscover.no-exch'],
    { args: { protocols: Array.from({ length: 20 }, () => 'x'.repeat(100)).join(', ') } },
  ],
  ['settings for anybody', settings(mapi()), ['auth.anonymous-allowed'], { input: { signedIn: false }, ok }],
  [
    'old settings for anybody',
    settings(expr),
    ['auth.anonymous-allowed', 'autodiscover.no-mapi-http'],
    { input: { signedIn: false }, ok },
  ],
];

const protocolsWithFlaws: readonly SettingsRow[] = [
  [
    'no word of how to sign in',
    settings(mapi(), rpc('EXPR', HOST, ''), rpc('EXPR', HOST, ''), rpc('EXHTTP', HOST, '')),
    ['autodiscover.no-auth-package'],
    { ok, args: { protocols: ['EXPR', 'EXHTTP'] } },
  ],
  ['no such word where nobody signs in over the web', settings(mapi(), exch(), bare('EXPR')), []],
  [
    'MAPI over HTTP without encryption',
    settings(mapi({ outside: `http://${HOST}` }), expr),
    ['autodiscover.url-not-https', 'autodiscover.url-not-https'],
    {
      ok,
      args: { service: 'MAPI over HTTP (mailbox)', url: `http://${HOST}/mapi/emsmdb/`, reason: 'is not encrypted' },
    },
  ],
  [
    'another service without encryption',
    settings(mapi(), rpc('EXPR', HOST, `<AuthPackage>Ntlm</AuthPackage>${ews(`http://${HOST}/ews/exchange.asmx`)}`)),
    ['autodiscover.url-not-https'],
    { ok, args: { service: 'Exchange Web Services' } },
  ],
  [
    'an address that is none',
    settings(mapi({ outside: 'mail' }), expr),
    ['autodiscover.url-not-https', 'autodiscover.url-not-https'],
    { ok, args: { reason: 'is not a URL' } },
  ],
  [
    'a name from inside, said to be for outside',
    settings(mapi({ outside: 'https://ex01.contoso.local' }), expr),
    ['autodiscover.url-internal-only', 'autodiscover.url-internal-only'],
    {
      ok,
      args: { url: 'https://ex01.contoso.local/mapi/emsmdb/', reason: expect.stringContaining('.local is an ending') },
    },
  ],
  [
    'a private address, said to be for outside',
    settings(mapi({ outside: 'https://10.1.2.3' }), expr),
    ['autodiscover.url-internal-only', 'autodiscover.url-internal-only'],
    { ok, args: { reason: expect.stringContaining('an address for inside only') } },
  ],
  [
    'a name from inside, and nothing for outside',
    settings(mapi({ inside: 'https://ex01.contoso.local' })),
    ['autodiscover.url-internal-only', 'autodiscover.url-internal-only'],
    { ok, args: { reason: 'is all there is, and no address for outside is published' } },
  ],
  [
    'a name from inside beside one for outside',
    settings(mapi({ inside: 'https://ex01.contoso.local', outside: `https://${HOST}` })),
    [],
  ],
  [
    'a service that stands in EXCH and in EXPR',
    settings(
      mapi(),
      exch(ews('https://ex01.local/ews')),
      rpc('EXPR', HOST, `<AuthPackage>Ntlm</AuthPackage>${ews(`https://${HOST}/ews`)}`),
    ),
    [],
  ],
  [
    'a service that stands in EXCH alone',
    settings(mapi(), expr, exch(ews('https://ex01.local/ews'))),
    ['autodiscover.url-internal-only'],
    { ok, args: { service: 'Exchange Web Services' } },
  ],
  [
    'the same flaw wherever one looks, told only so often',
    settings(
      mapi(),
      ...Array.from({ length: 30 }, (_, at) =>
        rpc('EXPR', HOST, `<AuthPackage>Ntlm</AuthPackage>${ews(`http://${HOST}/${at}`)}`),
      ),
    ),
    Array.from({ length: 12 }, () => 'autodiscover.url-not-https' as const),
    { ok },
  ],
  [
    'a namespace that is missing',
    answer({ body: `<Autodiscover><Response><Account>${mapi()}</Account></Response></Autodiscover>` }),
    ['autodiscover.untidy-document'],
    { ok, args: { host: HOST, what: expect.arrayContaining([expect.stringContaining('namespace')]) } },
  ],
];

const others: readonly SettingsRow[] = [
  [
    'an unknown address, as Exchange says it',
    error(500),
    ['autodiscover.address-unknown'],
    {
      args: { host: HOST, mailbox, number: '500' },
    },
  ],
  ['an unknown address, the other way', error(501), ['autodiscover.address-unknown']],
  ['an unknown address, as gromox says it', error(404), ['autodiscover.address-unknown']],
  [
    'another error',
    error(600, 'Invalid Request'),
    ['autodiscover.provider-error'],
    {
      args: { number: '600', message: 'Invalid Request', meaning: 'the request was not understood' },
    },
  ],
  [
    'an error without words',
    error(603, ''),
    ['autodiscover.provider-error'],
    { args: { message: 'the server failed inside' } },
  ],
  [
    'an error that nobody knows, without words',
    error(777, ''),
    ['autodiscover.provider-error'],
    { args: { message: 'its meaning is not known' } },
  ],
  // Where it leads is judged by another step.
  [
    'another address',
    response('<Account><Action>redirectAddr</Action><RedirectAddr>b@c.test</RedirectAddr></Account>'),
    [],
  ],
  [
    'another URL',
    response('<Account><Action>redirectUrl</Action><RedirectUrl>https://c.test/</RedirectUrl></Account>'),
    [],
  ],
  ['a redirect to nowhere', response('<Account><Action>redirectUrl</Action></Account>'), []],
  ['a redirect of HTTP', answer({ status: 302, headers: [['Location', 'https://c.test/']] }), []],
  [
    'a document for phones',
    forPhones('<Action><Settings/></Action>'),
    ['autodiscover.invalid-xml'],
    { args: { reason: 'it is one for phones' } },
  ],
  [
    'a foreign document',
    answer({ body: '<rss><channel/></rss>' }),
    ['autodiscover.invalid-xml'],
    {
      args: { reason: 'the root element is <rss>' },
    },
  ],
  [
    'broken XML',
    answer({ body: '<Autodiscover>\n<a></b>' }),
    ['autodiscover.invalid-xml'],
    {
      args: { line: 2, column: 7 },
    },
  ],
  [
    'an empty document that claims to be XML',
    answer({ headers: [['Content-Type', 'text/xml']] }),
    ['http.unexpected-answer'],
  ],
  [
    'a web page',
    answer({ body: '<!DOCTYPE html><p>' }),
    ['http.unexpected-answer'],
    { args: { what: expect.stringContaining('a web page') } },
  ],
  ['JSON', answer({ body: '{}' }), ['http.unexpected-answer']],
  [
    'a document that is too deep',
    answer({ body: '<a>'.repeat(MAX_DEPTH + 1) }),
    ['net.limit-reached'],
    {
      args: { what: 'XML nesting', limit: `${MAX_DEPTH} levels` },
    },
  ],
  ['a document of too many elements', answer({ body: `<a>${'<b/>'.repeat(MAX_ELEMENTS)}</a>` }), ['net.limit-reached']],
];

/** What an Outlook is given that has not said that it speaks MAPI over HTTP. */
const olderRows: readonly SettingsRow[] = [
  ['RPC, as an older Outlook is given it', settings(exch(), expr), []],
  ['EXHTTP alone, for an older Outlook', settings(rpc('EXHTTP', HOST)), []],
  [
    'nothing that works outside, for an older Outlook',
    settings(exch()),
    ['autodiscover.no-expr'],
    { ok, args: { host: HOST, protocols: 'EXCH' } },
  ],
  ['MAPI over HTTP, unasked, beside what an older Outlook knows', settings(exch(), expr, mapi()), []],
  [
    'MAPI over HTTP, unasked, and nothing that an older Outlook knows',
    settings(mapi()),
    ['autodiscover.no-expr'],
    { ok, args: { protocols: 'mapiHttp' } },
  ],
  [
    'a service for inside alone, beside nothing else that works outside',
    settings(exch(ews('https://ex01.local/ews')), mapi({ inside: 'https://ex01.contoso.local' })),
    ['autodiscover.no-expr'],
    { ok },
  ],
  [
    'addresses of MAPI over HTTP that an older Outlook does not need',
    settings(exch(), expr, mapi({ outside: 'https://ex01.contoso.local' })),
    ['autodiscover.url-internal-only', 'autodiscover.url-internal-only'],
    { ok, args: { service: 'MAPI over HTTP (mailbox)' } },
  ],
  ['no protocol for an older Outlook', settings(bare('WEB')), ['autodiscover.no-exch'], { args: { protocols: 'WEB' } }],
];
const older = olderRows.map(
  ([name, seen, codes, more]): SettingsRow => [name, seen, codes, { ...more, input: { asker: 'older-outlook' } }],
);

/** Outlook Anywhere at a host that nobody outside can reach. */
const inside = rpc('EXPR', 'ex01.contoso.local');
const proxies: readonly SettingsRow[] = [
  [
    'Outlook Anywhere inside alone, for an older Outlook',
    settings(exch(), inside, mapi()),
    ['autodiscover.url-internal-only'],
    {
      ok,
      input: { asker: 'older-outlook' },
      args: { service: 'Outlook Anywhere', url: 'ex01.contoso.local', reason: expect.stringContaining('.local is an') },
    },
  ],
  [
    'Outlook Anywhere inside alone, and no MAPI over HTTP',
    settings(exch(), inside, inside),
    ['autodiscover.no-mapi-http', 'autodiscover.url-internal-only'],
    { ok },
  ],
  ['Outlook Anywhere inside, beside MAPI over HTTP', settings(inside, mapi()), []],
];

export const settingsTable = table(autodiscoverSettings, input, [
  ...whole,
  ...protocolsWithFlaws,
  ...others,
  ...older,
  ...proxies,
]);
