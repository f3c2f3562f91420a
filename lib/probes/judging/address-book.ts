/** What the address book says, whichever protocol carried it: its lists, and whom an address stands for. [MS-OXNSPI] */
import type { FactsEvidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { nameOfCode } from '#lib/wire/mapi-codes.ts';
import { PROPERTY_TAG } from '#lib/wire/nspi/property-tags.ts';
import { numberOf, textOf, textsOf } from '#lib/wire/nspi/property-value.ts';
import { type PropertyList, propertyOf } from '#lib/wire/nspi/row.ts';
import { NAME_RESULT } from '#lib/wire/nspi/stat.ts';

type Group = FactsEvidence['groups'][number];
type Table = NonNullable<FactsEvidence['tables']>[number];

/** Success; and that some of the properties are missing, while all others are there. [MS-OXNSPI] 2.2.1.2 */
export const isSuccess = (code: number): boolean => code === 0 || code === 0x0004_0380;

/** A call that the server refuses. */
export function nspiRefusal(host: string, call: string, code: number): FindingDraft {
  return draft('nspi.failed', { host, call, code: nameOfCode(code) });
}

/** What is wanted of the person: the columns of the row. */
export const PERSON_TAGS = [
  PROPERTY_TAG.displayName,
  PROPERTY_TAG.smtpAddress,
  PROPERTY_TAG.emailAddress,
  PROPERTY_TAG.account,
  PROPERTY_TAG.homeMessageDatabase,
  PROPERTY_TAG.proxyAddresses,
] as const;

export interface Person {
  readonly displayName: string;
  readonly address: string | null;
  /** The legacy DN, by which mailboxes are opened. */
  readonly dn: string | null;
  /** DN of the database: `…/cn=Servers/cn=EX01/cn=Microsoft Private MDB`. */
  readonly homeMdb: string | null;
}

/** Looked up as an address and as nothing else. */
export const smtpName = (mailbox: string): string => `=SMTP:${mailbox}`;

/** The person; or the finding that says how it was not found. */
export function resolvedPerson(
  { results, rows }: { readonly results: readonly number[] | null; readonly rows: readonly PropertyList[] },
  { host, mailbox }: { readonly host: string; readonly mailbox: string },
): Person | FindingDraft {
  const result = results?.[0] ?? NAME_RESULT.unresolved;
  const row = rows[0];
  if (result === NAME_RESULT.resolved && row !== undefined) return personIn(row);
  // Servers say "ambiguous" of names that they do not know as well, so that this is no word to be built on.
  const how = 'it is hidden from the address list, not there, or there more than once';
  return draft('nspi.name-not-found', { host, mailbox, how });
}

/** The person of a row. */
export function personIn(row: PropertyList): Person {
  const text = (tag: number): string | null => textOf(propertyOf(row, tag))?.slice(0, 1_000) ?? null;
  return {
    displayName: text(PROPERTY_TAG.displayName) ?? '',
    address: text(PROPERTY_TAG.smtpAddress),
    dn: text(PROPERTY_TAG.emailAddress),
    homeMdb: text(PROPERTY_TAG.homeMessageDatabase),
  };
}

/** The server behind a database: its DN without the last part. */
export function serverDn(homeMdb: string): string {
  const at = homeMdb.toLowerCase().lastIndexOf('/cn=');
  return at <= 0 ? homeMdb : homeMdb.slice(0, at);
}

/** What the address book knows of the person. */
export function personGroup(person: Person, row: PropertyList): Group {
  const addresses = textsOf(propertyOf(row, PROPERTY_TAG.proxyAddresses));
  const shown = [
    ['Display name', person.displayName],
    ['Address', person.address],
    ['Account', textOf(propertyOf(row, PROPERTY_TAG.account))],
    ['Legacy DN', person.dn],
    ['Home server', person.homeMdb],
    ['Other addresses', addresses.slice(0, 20).join(', ')],
  ] as const;
  const rows = shown.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [{ name, value: value.slice(0, 1_000) }],
  );
  return { title: 'In the address book', rows };
}

/** The lists that there are, as a table. */
export function listsTable(lists: readonly PropertyList[]): Table {
  const rows = lists.slice(0, 100).map((row) => {
    const name = textOf(propertyOf(row, PROPERTY_TAG.displayName)) ?? '';
    // The Global Address List is the one without a name: clients have one for it in their own language.
    const depth = numberOf(propertyOf(row, PROPERTY_TAG.depth)) ?? 0;
    return [name === '' ? 'Global Address List' : name.slice(0, 200), String(depth)];
  });
  return { title: 'Address lists', columns: ['List', 'Depth'], rows };
}
