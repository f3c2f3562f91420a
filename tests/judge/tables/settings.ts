import { autodiscoverSettings } from '#lib/probes/autodiscover-settings.ts';
import { MAX_DEPTH, MAX_ELEMENTS } from '#lib/wire/xml/reader.ts';
import { answer, HOST, SUBJECT, table } from '../table.ts';

const mailbox = 'alice@example.test';
const response = (inside: string) => answer({ body: `<Autodiscover><Response>${inside}</Response></Autodiscover>` });
const account = (inside: string) => response(`<Account>${inside}</Account>`);
const offering = (...types: string[]) =>
  account(types.map((type) => `<Protocol><Type>${type}</Type></Protocol>`).join(''));
const error = (number: number, message = 'Oh') =>
  response(`<Error><ErrorCode>${number}</ErrorCode><Message>${message}</Message></Error>`);

export const settingsTable = table(autodiscoverSettings, { ...SUBJECT, mailbox, signedIn: true, answer: answer() }, [
  ['MAPI over HTTP beside the older ones', offering('EXCH', 'EXPR', 'mapiHttp'), []],
  ['types in any case', offering('exch', 'MAPIHTTP'), []],
  [
    'the older shape, RPC alone',
    offering('EXCH', 'EXPR'),
    ['autodiscover.no-mapi-http'],
    {
      ok: true,
      args: { protocols: 'EXCH, EXPR' },
    },
  ],
  ['EXHTTP alone', offering('EXHTTP'), ['autodiscover.no-mapi-http'], { ok: true }],
  [
    'IMAP only',
    offering('IMAP', 'SMTP'),
    ['autodiscover.other-product-answers'],
    { args: { protocols: 'IMAP, SMTP' } },
  ],
  ['calendars only', offering('CalDAV'), ['autodiscover.other-product-answers']],
  ['IMAP beside Exchange', offering('IMAP', 'mapiHttp'), []],
  ['no protocol', offering(), ['autodiscover.no-exch'], { args: { protocols: 'none' } }],
  [
    'a protocol that nobody knows',
    offering('WEB', 'NEW'),
    ['autodiscover.no-exch'],
    { args: { protocols: 'WEB, NEW' } },
  ],
  ['settings for anybody', offering('mapiHttp'), ['auth.anonymous-allowed'], { input: { signedIn: false }, ok: true }],
  [
    'old settings for anybody',
    offering('EXCH'),
    ['auth.anonymous-allowed', 'autodiscover.no-mapi-http'],
    { input: { signedIn: false }, ok: true },
  ],
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
      args: { number: '600', message: 'Invalid Request' },
    },
  ],
  ['an error without words', error(603, ''), ['autodiscover.provider-error'], { args: { message: 'no message' } }],
  [
    'a redirect',
    account('<Action>redirectAddr</Action><RedirectAddr>b@c.test</RedirectAddr>'),
    ['tool.not-tested'],
    {
      args: { what: 'The redirect to b@c.test' },
    },
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
    ['autodiscover.invalid-xml'],
  ],
  ['a web page', answer({ body: '<!DOCTYPE html><p>' }), ['http.unexpected-answer'], { args: { what: 'a web page' } }],
  [
    'a document that is too deep',
    answer({ body: '<a>'.repeat(MAX_DEPTH + 1) }),
    ['net.limit-reached'],
    {
      args: { what: 'XML nesting', limit: `${MAX_DEPTH} levels` },
    },
  ],
  ['a document of too many elements', answer({ body: `<a>${'<b/>'.repeat(MAX_ELEMENTS)}</a>` }), ['net.limit-reached']],
]);
