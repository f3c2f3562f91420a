/** Where the address book says that the mailbox and itself are, compared with what Autodiscover says. [MS-OXCMAPIHTTP] 2.2.5.18, 2.2.5.19 */
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MapiContext, MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { Trace } from '#lib/wire/bytes/trace.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import {
  decodeGetAddressBookUrlResponse,
  decodeGetMailboxUrlResponse,
  encodeGetAddressBookUrlRequest,
  encodeGetMailboxUrlRequest,
  type UrlResponse,
} from '#lib/wire/nspi/http/urls.ts';
import { type Person, serverDn } from './judging/address-book.ts';
import { mapiEvidence } from './judging/mapi-evidence.ts';
import type { MapiInput } from './judging/mapi-input.ts';
import { askedBy } from './judging/mapi-input.ts';
import { failedReply, replyCodes } from './judging/mapi-reply.ts';

export interface NspiUrlsInput extends MapiInput {
  readonly person: Person;
  /** As Autodiscover has them; null where it was not asked. */
  readonly announced: { readonly mailbox: string; readonly addressBook: string } | null;
}

type UrlReply = MapiReply<ResponseBody<UrlResponse>>;

interface Seen {
  readonly replies: readonly UrlReply[];
  /** What the answers say; null where they say nothing that could be an address. */
  readonly mailbox: string | null;
  readonly addressBook: string | null;
  readonly messages: Evidence | null;
}

export const nspiUrls: Probe<Net, NspiUrlsInput, Seen, string | null> = {
  id: 'nspi-urls',
  titles: {
    planned: () => title('nspi-urls.planned', {}),
    failed: () => title('nspi-urls.failed', {}),
  },
  emits: [...replyCodes, 'mapi.url-mismatch'],
  observe: async (_net, { context, person }, signal) => {
    const { homeMdb, dn } = person;
    const replies: UrlReply[] = [];
    const ask = async (send: () => Promise<UrlReply>): Promise<string | null> => {
      const reply = await send();
      replies.push(reply);
      return urlIn(reply);
    };
    // The specification wants the server's DN; others than Exchange want that of the database.
    const names = homeMdb === null ? [] : [serverDn(homeMdb), homeMdb];
    let mailbox: string | null = null;
    for (const name of names) mailbox ??= await ask(() => askMailbox(context, name, signal));
    const addressBook = dn === null ? null : await ask(() => askAddressBook(context, dn, signal));
    return { replies, mailbox, addressBook, messages: context.takeMessages() };
  },
  judge: ({ replies, mailbox, addressBook, messages }, input) => {
    const [first] = replies;
    const evidence = first === undefined ? [] : mapiEvidence(first, messages);
    const failed = replies.find(({ outcome }) => outcome.kind !== 'answered');
    if (failed !== undefined && failed.outcome.kind !== 'answered') {
      const finding = failedReply(failed, failed.outcome, askedBy(input, true));
      return { ok: false, findings: [finding], evidence: mapiEvidence(failed, messages) };
    }
    const { announced, host } = input;
    const found = { mailbox, addressBook };
    const rows = Object.entries(found).map(([name, value]) => ({ name, value: value?.slice(0, 500) ?? 'nothing' }));
    const facts: Evidence = { kind: 'facts', body: { host, groups: [{ title: 'Addresses', rows }] } };
    return {
      ok: true,
      value: mailbox,
      title: titleFor(mailbox, announced?.mailbox ?? null),
      findings: announced === null ? [] : mismatches(found, announced),
      evidence: [facts, ...evidence],
    };
  },
};

function titleFor(found: string | null, announced: string | null) {
  if (found === null) return title('nspi-urls.nothing', {});
  if (announced !== null && isSame(found, announced)) return title('nspi-urls.passed', {});
  return title('nspi-urls.other', { url: found });
}

const askMailbox = (context: MapiContext, dn: string, signal: AbortSignal): Promise<UrlReply> =>
  context.send(
    {
      type: 'GetMailboxUrl',
      encode: (trace: Trace) => encodeGetMailboxUrlRequest({ serverDn: dn }, trace),
      decode: decodeGetMailboxUrlResponse,
    },
    signal,
  );

const askAddressBook = (context: MapiContext, dn: string, signal: AbortSignal): Promise<UrlReply> =>
  context.send(
    {
      type: 'GetAddressBookUrl',
      encode: (trace: Trace) => encodeGetAddressBookUrlRequest({ userDn: dn }, trace),
      decode: decodeGetAddressBookUrlResponse,
    },
    signal,
  );

/** The address that it gives, if it is one that names a mailbox: some servers make one of whatever they were asked with. */
function urlIn({ outcome }: UrlReply): string | null {
  if (outcome.kind !== 'answered' || outcome.value.kind !== 'answered' || outcome.value.errorCode !== 0) return null;
  const url = outcome.value.serverUrl.slice(0, 2_000);
  if (!/^https:\/\//i.test(url) || !URL.canParse(url)) return null;
  const id = new URL(url).searchParams.get('MailboxId');
  return id === null || /^[0-9a-f-]{36}@[^@\s]+$/i.test(id) ? url : null;
}

function mismatches(
  found: Pick<Seen, 'mailbox' | 'addressBook'>,
  announced: NonNullable<NspiUrlsInput['announced']>,
): FindingDraft[] {
  const compare = (what: string, other: string | null, one: string): FindingDraft[] =>
    other === null || isSame(one, other) ? [] : [draft('mapi.url-mismatch', { what, one, other })];
  return [
    ...compare('mailbox', found.mailbox, announced.mailbox),
    ...compare('address book', found.addressBook, announced.addressBook),
  ];
}

/** By what leads somewhere else: scheme, host, port, path and mailbox, in whatever case. */
function isSame(one: string, other: string): boolean {
  const parts = (text: string): string => {
    if (!URL.canParse(text)) return text;
    const { protocol, host, pathname, searchParams } = new URL(text);
    const path = pathname.replace(/\/$/, '').toLowerCase();
    return [protocol, host, path, (searchParams.get('MailboxId') ?? '').toLowerCase()].join(' ');
  };
  return parts(one) === parts(other);
}
