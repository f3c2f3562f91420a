/** The judges of everything that is asked once somebody is let in, and of what is laid side by side at the end. */
import { expect } from 'vitest';
import { Secret } from '#lib/auth/secret.ts';
import type { BasicMethod } from '#lib/auth/signed-request.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { autodiscoverClients, type ClientsInput } from '#lib/probes/autodiscover-clients.ts';
import { autodiscoverComparison } from '#lib/probes/autodiscover-comparison.ts';
import { autodiscoverJson, type JsonInput } from '#lib/probes/autodiscover-json.ts';
import { autodiscoverNewer } from '#lib/probes/autodiscover-newer.ts';
import { autodiscoverOlder, type OlderInput } from '#lib/probes/autodiscover-older.ts';
import { autodiscoverPhone, type PhoneInput } from '#lib/probes/autodiscover-phone.ts';
import { autodiscoverSoap } from '#lib/probes/autodiscover-soap.ts';
import { type CloudInput, cloudAutodiscover } from '#lib/probes/cloud-autodiscover.ts';
import type { GenerationInput } from '#lib/probes/judging/other-generation.ts';
import { readPoxAnswer } from '#lib/probes/judging/pox-document.ts';
import type { SecondLookInput } from '#lib/probes/judging/second-look.ts';
import type { SettingsDocument } from '#lib/probes/judging/settings-document.ts';
import { MAX_ELEMENTS } from '#lib/wire/xml/reader.ts';
import { exch, forPhones, mapi, response, rpc, settings } from '../documents.ts';
import { answer, HOST, type Row, SUBJECT, table } from '../table.ts';
import { offer, PATH, session } from './http.ts';

const mailbox = 'alice@example.test';
const way = { session, accept: () => false };
const signIn: BasicMethod = { scheme: 'Basic', user: mailbox, password: Secret.of('never looked at') };
const asked: SecondLookInput = { ...SUBJECT, mailbox, foundBy: 'the domain', way, signIn };
const ok = true;

const expr = rpc('EXPR', HOST);
const refusedHere = { args: { accepted: `Autodiscover on ${HOST}`, refused: `${HOST}${PATH}`, method: 'Basic' } };

/** What both further questions in plain XML have in common. */
const plain = <Input extends SecondLookInput>(): Row<HttpAnswer, Input>[] => [
  ['is not there', answer({ status: 404 }), []],
  ['leads elsewhere', answer({ status: 302 }), []],
  ['is refused, and the same method is offered', offer('Basic realm="x"'), ['auth.inconsistent'], refusedHere],
  ['is refused, and other methods are offered', offer('NTLM'), []],
  ['is refused where nobody signed in', offer('Basic realm="x"'), [], { input: { signIn: null } as Partial<Input> }],
  ['is an error', response('<Error><ErrorCode>601</ErrorCode></Error>'), []],
  ['is broken', answer({ body: '<Autodiscover><a></b>' }), ['autodiscover.invalid-xml'], { args: { line: 1 } }],
  ['is a web page', answer({ body: '<html>' }), ['http.unexpected-answer']],
  ['is a web page about an error', answer({ status: 500, body: '<html>' }), ['http.unexpected-answer']],
  ['never ends', answer({ body: `<a>${'<b/>'.repeat(MAX_ELEMENTS)}</a>` }), ['net.limit-reached']],
];

const nothingNeeded = { ok: false };
const notNeeded = <Input>([name, seen, codes, more]: Row<HttpAnswer, Input>): Row<HttpAnswer, Input> => [
  name,
  seen,
  codes,
  { ...nothingNeeded, ...more },
];

const olderInput: OlderInput = { ...asked, path: PATH, hasMapi: true };
export const olderTable = table(autodiscoverOlder, olderInput, [
  ...plain<OlderInput>().map(notNeeded),
  ['offers Outlook Anywhere', settings(exch(), expr), []],
  ['offers it as newer servers write it', settings(rpc('EXHTTP', HOST)), []],
  [
    'offers none, and nobody needs it',
    settings(exch(), mapi()),
    ['autodiscover.no-expr'],
    { ok, args: { host: HOST, protocols: 'EXCH, mapiHttp' } },
  ],
  [
    'offers none to a client that knows nothing else',
    settings(exch()),
    ['autodiscover.no-expr'],
    { ok, input: { hasMapi: false } },
  ],
  ['offers it without a server', settings('<Protocol><Type>EXPR</Type></Protocol>'), ['autodiscover.no-expr'], { ok }],
  [
    'is not as it should be',
    answer({ body: `<Autodiscover><Response><Account>${expr}</Account></Response></Autodiscover>` }),
    ['autodiscover.untidy-document'],
    { ok, args: { host: HOST } },
  ],
  ['is for phones', forPhones('<Action><Settings/></Action>'), [], nothingNeeded],
]);

export const newerTable = table(autodiscoverNewer, { ...asked, path: PATH } satisfies GenerationInput, [
  ...plain<GenerationInput>().map(notNeeded),
  ['offers MAPI over HTTP', settings(mapi(), rpc('EXHTTP', HOST)), []],
  [
    'offers none, which the client in question does not speak',
    settings(exch(), expr),
    ['autodiscover.no-mapi-http'],
    { ok, args: { host: HOST, protocols: 'EXCH, EXPR' } },
  ],
  [
    'is not as it should be',
    answer({ body: `<Autodiscover><Response><Account>${mapi()}</Account></Response></Autodiscover>` }),
    ['autodiscover.untidy-document'],
    { ok, args: { host: HOST } },
  ],
  ['is for phones', forPhones('<Action><Settings/></Action>'), [], nothingNeeded],
]);

const server = (url: string) =>
  forPhones(`<Action><Settings><Server><Type>MobileSync</Type><Url>${url}</Url></Server></Settings></Action>`);
export const phoneTable = table(autodiscoverPhone, { ...asked, path: PATH } satisfies PhoneInput, [
  ...plain<PhoneInput>().map(notNeeded),
  ['names ActiveSync', server(`https://${HOST}/Microsoft-Server-ActiveSync`), []],
  [
    'is not as it should be',
    { ...server(`https://${HOST}/`), headers: [['Content-Type', 'text/plain']] },
    ['autodiscover.untidy-document'],
    { ok, args: { what: ['it comes as text/plain'] } },
  ],
  ['names none', forPhones('<Action><Settings/></Action>'), [], nothingNeeded],
  ['is an error for phones', forPhones('<Action><Error><Status>1</Status></Error></Action>'), [], nothingNeeded],
  ['is for Outlook', settings(expr), [], nothingNeeded],
]);

const MESSAGES = 'http://schemas.microsoft.com/exchange/2010/Autodiscover';
const soap = (inside: string, status = 200) =>
  answer({
    status,
    headers: [['Content-Type', 'text/xml']],
    body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inside}</s:Body></s:Envelope>`,
  });
const users = (error: string, inside = '') =>
  soap(`<GetUserSettingsResponseMessage xmlns="${MESSAGES}"><Response><ErrorCode>NoError</ErrorCode>
    <ErrorMessage/><UserResponses><UserResponse><ErrorCode>${error}</ErrorCode><ErrorMessage>No.</ErrorMessage>
    <RedirectTarget>b@c.test</RedirectTarget><UserSettingErrors/><UserSettings>${inside}</UserSettings>
    </UserResponse></UserResponses></Response></GetUserSettingsResponseMessage>`);
const fault = '<s:Fault><faultcode>s:Client</faultcode><faultstring>Not here</faultstring></s:Fault>';

export const soapTable = table(autodiscoverSoap, asked, [
  [
    'settings',
    users(
      'NoError',
      '<UserSetting><Name>ExternalEwsUrl</Name><Value>https://mail.example.test/ews</Value></UserSetting>',
    ),
    [],
  ],
  ['is not there', answer({ status: 404 }), ['autodiscover.no-soap'], { args: { host: HOST, answer: 'status 404' } }],
  ['is refused, and the same method is offered', offer('Basic realm="x"'), ['auth.inconsistent'], refusedHere],
  [
    'is refused, and other methods are offered',
    offer('NTLM'),
    ['autodiscover.no-soap'],
    { args: { answer: 'it wants another sign-in' } },
  ],
  ['is a fault', soap(fault, 500), ['autodiscover.no-soap'], { args: { answer: 'a fault of SOAP: Not here' } }],
  ['is a server error without a word', answer({ status: 500 }), ['autodiscover.no-soap']],
  ['is a web page', answer({ body: '<html><title>Hi</title>' }), ['autodiscover.no-soap']],
  [
    'is another document',
    settings(mapi()),
    ['autodiscover.no-soap'],
    { args: { answer: expect.stringContaining('<Autodiscover>') } },
  ],
  [
    'leads elsewhere',
    users('RedirectAddress'),
    ['autodiscover.no-soap'],
    { args: { answer: 'it sends programs on to b@c.test' } },
  ],
  [
    'does not know the address',
    users('InvalidUser'),
    ['autodiscover.provider-error'],
    { args: { number: 'InvalidUser', message: 'No.', meaning: 'the address is not known' } },
  ],
  [
    'is longer than anybody wants to read',
    soap(`<s:Fault><faultcode>x</faultcode><faultstring>${'x'.repeat(900)}</faultstring></s:Fault>`),
    ['autodiscover.no-soap'],
    { args: { answer: `a fault of SOAP: ${'x'.repeat(483)}` } },
  ],
]);

const json = (value: unknown, status = 200): HttpAnswer =>
  answer({ status, headers: [['Content-Type', 'application/json']], body: JSON.stringify(value) });
const endpoint = (protocol: string, url: string) => json({ Protocol: protocol, Url: url });
const PROTOCOLS = ['AutodiscoverV1', 'ActiveSync', 'Ews', 'MapiHttp', 'Rest', 'Throughline'];
const toAll = (one: HttpAnswer) => PROTOCOLS.map((protocol) => ({ protocol, answer: one }));
const unknownProtocol = json({ ErrorCode: 'ProtocolNotSupported', ErrorMessage: 'No.' }, 400);

const jsonInput: JsonInput = { ...SUBJECT, mailbox, foundBy: 'the domain', way, expected: true };
export const jsonTable = table(autodiscoverJson, jsonInput, [
  ['addresses for all', toAll(endpoint('Ews', `https://${HOST}/ews/exchange.asmx`)), []],
  [
    'an address for one',
    toAll(unknownProtocol).with(2, { protocol: 'Ews', answer: endpoint('Ews', `https://${HOST}/ews`) }),
    [],
  ],
  [
    'none for any',
    toAll(unknownProtocol),
    ['autodiscover.no-json'],
    { args: { host: HOST, answer: 'ProtocolNotSupported: No.' } },
  ],
  ['not there', toAll(answer({ status: 404 })), ['autodiscover.no-json'], { args: { answer: 'status 404' } }],
  [
    'a mailbox in another cloud',
    toAll(answer({ status: 302, headers: [['Location', 'https://autodiscover.example.test/']] })),
    ['autodiscover.no-json'],
    { args: { answer: 'status 302, to https://autodiscover.example.test/' } },
  ],
  ['empty addresses', toAll(endpoint('Ews', '')), ['autodiscover.no-json'], { args: { answer: 'not offered' } }],
  ['something else', toAll(json([1])), ['autodiscover.no-json'], { args: { answer: 'a list' } }],
  [
    'nothing, where nobody expects it',
    toAll(answer({ status: 404 })),
    [],
    { ...nothingNeeded, input: { expected: false } },
  ],
]);

const cloudInput: CloudInput = { ...SUBJECT, mailbox, way };
export const cloudTable = table(cloudAutodiscover, cloudInput, [
  ['has it', endpoint('AutodiscoverV1', 'https://outlook.office365.com/autodiscover/autodiscover.xml'), []],
  ['has it not', endpoint('AutodiscoverV1', `https://${HOST}/autodiscover/autodiscover.xml`), []],
  ['sends on', answer({ status: 302, headers: [['Location', `https://${HOST}/`]] }), []],
  ['says nothing', answer({ status: 500 }), []],
]);

function documentOf(seen: HttpAnswer, host = HOST, form = 'POX'): SettingsDocument {
  const read = readPoxAnswer(seen);
  if (!read.ok || read.response.kind !== 'settings') throw new Error('no settings');
  const { protocols, user } = read.response;
  return { host, form, offers: [], urls: [], protocols, comparable: read.response, user };
}
const one = documentOf(settings(rpc('EXPR', HOST)));
const says = (name: string) => documentOf(settings(rpc('EXPR', name)), 'other.example.test');
const many = (at: number) =>
  documentOf(
    settings(
      ...['EwsUrl', 'OABUrl', 'EcpUrl', 'UMUrl', 'OOFUrl', 'ASUrl'].map((name) =>
        rpc('EXPR', HOST, `<AuthPackage>Ntlm</AuthPackage><${name}>https://${HOST}/${at}</${name}>`),
      ),
    ),
    `host${at}.example.test`,
  );
export const comparisonTable = table(autodiscoverComparison, { ...SUBJECT, documents: [] }, [
  ['nothing to compare', [], [], nothingNeeded],
  ['one document', [one], [], nothingNeeded],
  ['one document, and one that says too little', [one, { ...one, comparable: null }], [], nothingNeeded],
  ['the same twice', [one, says(HOST.toUpperCase())], []],
  [
    'two that differ',
    [one, one, says('proxy.example.test')],
    ['autodiscover.answers-differ'],
    { ok, args: { first: `${HOST} (POX): ${HOST}`, second: 'other.example.test (POX): proxy.example.test' } },
  ],
  [
    'two that differ in everything',
    [many(1), many(2)],
    Array.from({ length: 4 }, () => 'autodiscover.answers-differ' as const),
    { ok },
  ],
]);

const leftOut = { host: HOST, client: 'Outlook 2010', offered: ['MAPI over HTTP'] };
const clientsInput: ClientsInput = { ...SUBJECT, table: { rows: [] }, cloudFirst: null, leftOut: null, asking: [] };
export const clientsTable = table(autodiscoverClients, clientsInput, [
  ['nobody', { rows: [] }, [], { ok }],
  ['a host that asks for a sign-in', { rows: [] }, [], { ok, input: { asking: [HOST] } }],
  [
    'a client that can do nothing with the settings',
    { rows: [] },
    ['autodiscover.client-left-out'],
    { input: { leftOut }, args: leftOut },
  ],
  [
    'the cloud answers first',
    { rows: [] },
    ['autodiscover.cloud-first'],
    {
      ok,
      input: { cloudFirst: { mailbox, host: HOST, cloud: 'outlook.office365.com' } },
      args: { mailbox, host: HOST, cloud: 'outlook.office365.com' },
    },
  ],
]);
