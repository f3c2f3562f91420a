/** The judges of the address book over MAPI over HTTP; what it says of a person has the same rows over either transport. */
import { expect } from 'vitest';
import type { Person } from '#lib/probes/judging/address-book.ts';
import type { MapiInput, MapiPlace } from '#lib/probes/judging/mapi-input.ts';
import { nspiBind } from '#lib/probes/nspi-bind.ts';
import { type NspiPersonInput, nspiPerson } from '#lib/probes/nspi-person.ts';
import { nspiResolve } from '#lib/probes/nspi-resolve.ts';
import { nspiTables } from '#lib/probes/nspi-tables.ts';
import { nspiUnbind } from '#lib/probes/nspi-unbind.ts';
import { type NspiUrlsInput, nspiUrls } from '#lib/probes/nspi-urls.ts';
import type { MapiContext, MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import { PROPERTY_TAG } from '#lib/wire/nspi/property-tags.ts';
import type { PropertyList } from '#lib/wire/nspi/row.ts';
import { HOST, type Row, table } from '../table.ts';
import {
  answered,
  DN,
  failed,
  failures,
  MAILBOX,
  neverFirst,
  neverLater,
  place,
  URL_OF_MAILBOX,
} from './mapi-replies.ts';

const ok = true;
const context = {} as MapiContext;
const input: MapiInput = { ...place, context };

/** The properties could not all be had: the rest is there all the same. */
const ERRORS_RETURNED = 0x0004_0380;
const GENERAL_FAILURE = 0x8000_4005;

type Body<T> = MapiReply<ResponseBody<T>>;
interface Alone<T> {
  readonly reply: Body<T>;
  readonly messages: null;
}

/** What every request to the address book may come to. @param usual fields of an answer, whatever its code is */
function bookRows<T extends object>(usual: T, when: 'first' | 'later'): Row<Alone<T>, MapiPlace>[] {
  const alone = (reply: Body<T>): Alone<T> => ({ reply, messages: null });
  return [
    ['it went well', alone(answered(usual)), []],
    ['it went well but for some properties', alone(answered(usual, ERRORS_RETURNED)), []],
    [
      'refused',
      alone(answered(usual, GENERAL_FAILURE)),
      ['nspi.failed'],
      { args: { host: HOST, call: 'PING', code: expect.stringContaining('80004005') } },
    ],
    ['not even begun', alone(failed(GENERAL_FAILURE)), ['nspi.failed']],
    ...failures(when).map(([name, reply, ...rest]): Row<Alone<T>, MapiPlace> => [name, alone(reply), ...rest]),
  ];
}

export const nspiBindTable = table(
  nspiBind,
  place,
  bookRows({ serverGuid: '' }, 'first').map(([name, seen, ...rest]) => [name, { context, ...seen }, ...rest]),
  neverFirst,
);

const list = (name: string): PropertyList => [
  { tag: PROPERTY_TAG.displayName, value: { type: 'string', value: name } },
];
const lists = { codePage: 1_200, version: 1, rows: [list(''), list('All Users'), []] };

export const nspiTablesTable = table(nspiTables, input, bookRows(lists, 'later'), neverLater);

export const nspiUnbindTable = table(
  nspiUnbind,
  input,
  [
    ['closed, as the specification has it', { reply: answered({}, 1), messages: null }, []],
    ...bookRows<object>({}, 'later'),
  ],
  neverLater,
);

/** The entry of a person. */
export const entry = (dn: string, name = 'Alice Example'): PropertyList => [
  ...list(name),
  { tag: PROPERTY_TAG.emailAddress, value: { type: 'string8', value: dn } },
  { tag: PROPERTY_TAG.homeMessageDatabase, value: { type: 'error', code: 0x8004_010f } },
];

/** What Check Name may find, whichever transport carries it. */
export const personRows = <Seen, Input>(
  see: (results: readonly number[] | null, rows: readonly PropertyList[]) => Seen,
): Row<Seen, Input>[] => [
  ['found', see([2], [entry(DN)]), []],
  ['somebody of whom nothing is known', see([2], [[]]), []],
  ['found, and no row', see([2], []), ['nspi.name-not-found'], { args: { host: HOST, mailbox: MAILBOX } }],
  ['not found', see([0], []), ['nspi.name-not-found']],
  ['found more than once', see([1], []), ['nspi.name-not-found']],
  ['a word of nobody', see([7], [entry(DN)]), ['nspi.name-not-found']],
  ['no word at all', see(null, []), ['nspi.name-not-found']],
];

const resolved = (results: readonly number[] | null, rows: readonly PropertyList[]) => ({
  reply: answered({ codePage: 1_200, results, table: { columns: [], rows } }),
  messages: null,
});

export const nspiResolveTable = table(
  nspiResolve,
  input,
  [
    ...personRows<ReturnType<typeof resolved>, MapiInput>(resolved),
    ...bookRows({ codePage: 1_200, results: [2], table: { columns: [], rows: [entry(DN)] } }, 'later'),
  ],
  neverLater,
);

const person: Person = { displayName: 'Alice Example', address: MAILBOX, dn: DN, homeMdb: null };
const personInput: NspiPersonInput = {
  ...{ ...input, person, announced: { displayName: 'Alice Example', dn: DN } },
};
type PersonSeen = Parameters<typeof nspiPerson.judge>[0];
const mid = answered({ mids: [0x10] });
const read = (values: PropertyList | null, code = 0): PersonSeen => ({
  ...{ mid, props: answered({ codePage: 1_200, values }, code), messages: null },
});
const announced = (displayName: string | null, dn: string | null) => ({ input: { announced: { displayName, dn } } });
const DIFFER = 'nspi.answers-differ';

export const nspiPersonTable = table(
  nspiPerson,
  personInput,
  [
    ['the same as announced, in other letters', read(entry(DN.toUpperCase())), []],
    ['nobody to be asked for', { mid: null, props: null, messages: null }, []],
    ['an entry without a number', { mid, props: null, messages: null }, []],
    ['nothing in the entry', read(null), []],
    ['nothing announced', read(entry(DN)), [], announced(null, null)],
    ['nobody asked Autodiscover', read(entry(DN, 'Bob')), [], { input: { announced: null } }],
    [
      'another name',
      read(entry(DN, 'Alice Sample')),
      [DIFFER],
      { ok, args: { what: 'display name', one: 'Alice Example', other: 'Alice Sample' } },
    ],
    ['another name and another DN', read(entry(DN)), [DIFFER, DIFFER], { ok, ...announced('A.', '/cn=a') }],
    ["somebody else's entry", read(entry('/cn=bob', 'Bob')), []],
    ['the entry refused', read([], GENERAL_FAILURE), ['nspi.failed']],
    ...bookRows({ mids: [0] }, 'later').map(
      ([name, { reply, messages }, ...rest]): Row<PersonSeen, NspiPersonInput> => [
        name,
        { mid: reply, props: null, messages },
        ...rest,
      ],
    ),
  ],
  neverLater,
);

const BOOK = `https://${HOST}/mapi/nspi/?MailboxId=1@example.test`;
const urlsInput: NspiUrlsInput = {
  ...{ ...input, person, announced: { mailbox: URL_OF_MAILBOX, addressBook: BOOK } },
};
const found = (mailbox: string | null, addressBook: string | null = null) => ({
  ...{ replies: [answered({ serverUrl: mailbox ?? '' })], mailbox, addressBook, messages: null },
});
const MISMATCH = 'mapi.url-mismatch';
const ELSEWHERE = `https://ex02.example.test/mapi/emsmdb/?MailboxId=1@example.test`;

export const nspiUrlsTable = table(
  nspiUrls,
  urlsInput,
  [
    ['the same', found(URL_OF_MAILBOX, BOOK), []],
    ['the same in other letters', found(URL_OF_MAILBOX.replace('/mapi/emsmdb/', '/MAPI/emsmdb'), BOOK), []],
    ['the same with the port that it has anyway', found(URL_OF_MAILBOX.replace(HOST, `${HOST}:443`)), []],
    ['nothing', found(null), []],
    ['nobody asked', { replies: [], mailbox: null, addressBook: null, messages: null }, []],
    ['nothing announced', found(ELSEWHERE), [], { input: { announced: null } }],
    [
      'another host',
      found(ELSEWHERE),
      [MISMATCH],
      { ok, args: { what: 'mailbox', one: URL_OF_MAILBOX, other: ELSEWHERE } },
    ],
    ['another mailbox', found(URL_OF_MAILBOX.replace('4c41', '5d52')), [MISMATCH], { ok }],
    ['both elsewhere', found(ELSEWHERE, ELSEWHERE), [MISMATCH, MISMATCH], { ok, args: { what: 'mailbox' } }],
    ...failures('later').map(
      ([name, reply, ...rest]): Row<Parameters<typeof nspiUrls.judge>[0], NspiUrlsInput> => [
        name,
        { ...found(null), replies: [answered({ serverUrl: '' }), reply] },
        ...rest,
      ],
    ),
  ],
  neverLater,
);
