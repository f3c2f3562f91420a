/** The address book, as both of its protocols show it: what is asked and answered here is in nobody's layout. [MS-OXNSPI] 3.1.4.1 */

import type { Place } from '../place.ts';
import { asciiz, guid, join, u32 } from './bytes.ts';
import { ERRORS_RETURNED, ecNotFound, ecNotSupported, INVALID_CODE_PAGE, SUCCESS } from './codes.ts';
import { DISPLAY_NAME, databaseDn, MAILBOX_GUID, sameDn, USER_DN } from './owner.ts';
import { COLLEAGUES } from './people.ts';
import { asError, TAG, type Value } from './tags.ts';

/** [MS-OXNSPI] 2.3.7 */
export interface Stat {
  readonly sortType: number;
  readonly containerId: number;
  readonly currentRec: number;
  readonly delta: number;
  readonly numPos: number;
  readonly totalRecs: number;
  readonly codePage: number;
  readonly templateLocale: number;
  readonly sortLocale: number;
}

/** A tag with what stands behind it; `null` where a row has no value for a column. */
export interface Property {
  readonly tag: number;
  readonly value: Value | null;
}

export type Row = readonly Property[];

/** What of several calls the answer has in common. */
interface Rows {
  readonly status: number;
  readonly columns: readonly number[];
  /** Each with all columns. */
  readonly rows: readonly Row[];
}

/** How the address book is bent. */
export interface AddressBookBend {
  /** The owner of the mailbox is hidden from it, or somebody else has his address as well. */
  owner?: 'hidden' | 'ambiguous';
  /** The status with which a call fails, by its name in MAPI over HTTP. */
  failing?: Readonly<Partial<Record<'Bind' | 'GetSpecialTable' | 'ResolveNames' | 'QueryRows' | 'GetProps', number>>>;
  /** The home database of the owner says that his mailbox is at another server. */
  homeDatabase?: (place: Pick<Place, 'domain'>) => string;
  /** The host in the addresses that it gives out. */
  urlHost?: (place: Place) => string;
}

/** Results of name resolution, in place of an id. */
const UNRESOLVED = 0;
const AMBIGUOUS = 1;

export const SERVER_GUID = '4c414221-0a6b-4000-8000-414464426f6b';

/** Windows code pages and Teletex; Unicode is none of them. */
const knownCodePages = [1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 932, 936, 949, 950, 20261];

interface Person {
  readonly mid: number;
  readonly isHidden: boolean;
  readonly properties: ReadonlyMap<number, Value>;
}

const FIRST_MID = 0x10;

export class AddressBook {
  readonly #people: readonly Person[];
  readonly #bend: AddressBookBend;
  #version = 1;

  constructor(place: Place, bend: AddressBookBend = {}) {
    this.#bend = bend;
    this.#people = peopleOf(place, bend);
  }

  bind(stat: Pick<Stat, 'codePage'> | null): number {
    const failing = this.#bend.failing?.Bind;
    if (failing !== undefined) return failing;
    const codePage = stat?.codePage ?? 0;
    if (knownCodePages.includes(codePage)) return SUCCESS;
    return codePage === 0x4b0 ? ecNotSupported : INVALID_CODE_PAGE;
  }

  /** The hierarchy of address lists. Exchange counts its version on with every call. */
  specialTable(): { status: number; version: number; rows: readonly Row[] } {
    const status = this.#bend.failing?.GetSpecialTable ?? SUCCESS;
    this.#version += 1;
    return { status, version: this.#version, rows: status === SUCCESS ? containers : [] };
  }

  /** One id for each name, and a row for each that is resolved. */
  resolveNames(names: readonly string[], tags: readonly number[]): Rows & { mids: readonly number[] } {
    const status = this.#bend.failing?.ResolveNames ?? SUCCESS;
    if (status !== SUCCESS) return { status, mids: [], columns: [], rows: [] };
    const found = names.map((name) => this.#matches(name));
    const mids = found.map((people) => (people.length === 1 ? 2 : people.length === 0 ? UNRESOLVED : AMBIGUOUS));
    const resolved = found.flatMap((people) => (people.length === 1 ? people : []));
    return { status, mids, columns: tags, rows: resolved.map((person) => rowOf(person, tags)) };
  }

  /** @param table ids of those that are asked for; without it as many as asked for from the place on where STAT is */
  queryRows(
    stat: Stat,
    table: readonly number[] | null,
    count: number,
    tags: readonly number[] | null,
  ): Rows & { stat: Stat } {
    const status = this.#bend.failing?.QueryRows ?? SUCCESS;
    const columns = tags ?? usualColumns;
    if (status !== SUCCESS) return { status, stat, columns, rows: [] };
    const all = this.#people.filter(({ isHidden }) => !isHidden);
    const from = Math.max(
      0,
      all.findIndex(({ mid }) => mid === stat.currentRec),
    );
    const asked = table?.map((mid) => this.#person(mid)) ?? all.slice(from, from + count);
    const next = table === null ? all[from + asked.length]?.mid : stat.currentRec;
    // Whoever is not there has a row all the same, with nothing in it.
    const rows = asked.map((person) => rowOf(person, columns));
    const numPos = table === null ? from + asked.length : stat.numPos;
    return { status, stat: { ...stat, delta: 0, currentRec: next ?? 2, numPos, totalRecs: all.length }, columns, rows };
  }

  /** A property that is missing comes back as an error in its place, and the status tells of it. */
  getProps(stat: Pick<Stat, 'currentRec'>, tags: readonly number[] | null): { status: number; properties: Row } {
    const failing = this.#bend.failing?.GetProps;
    if (failing !== undefined) return { status: failing, properties: [] };
    const person = this.#person(stat.currentRec);
    if (!person) return { status: ecNotFound, properties: [] };
    const row = rowOf(person, tags ?? [...person.properties.keys()]);
    const properties = row.map(({ tag, value }) =>
      value === null ? { tag: asError(tag), value: ecNotFound } : { tag, value },
    );
    return { status: row.some(({ value }) => value === null) ? ERRORS_RETURNED : SUCCESS, properties };
  }

  getPropList(mid: number): { status: number; tags: readonly number[] } {
    const person = this.#person(mid);
    return person ? { status: SUCCESS, tags: [...person.properties.keys()] } : { status: ecNotFound, tags: [] };
  }

  dnToMid(dns: readonly string[]): readonly number[] {
    const midOf = (dn: string) =>
      this.#people.find(({ properties }) => sameDn(String(properties.get(TAG.emailAddress)), dn))?.mid ?? 0;
    return dns.map(midOf);
  }

  queryColumns(): readonly number[] {
    return usualColumns;
  }

  /** Moves by so many rows. */
  updateStat(stat: Stat): { stat: Stat; delta: number } {
    const all = this.#people.filter(({ isHidden }) => !isHidden);
    const at = Math.max(
      0,
      all.findIndex(({ mid }) => mid === stat.currentRec),
    );
    const goal = Math.min(Math.max(at + stat.delta, 0), all.length);
    const moved = { ...stat, delta: 0, currentRec: all[goal]?.mid ?? 2, numPos: goal, totalRecs: all.length };
    return { stat: moved, delta: goal - at };
  }

  /** The host in the addresses of services that it gives out. */
  urlHost(place: Place): string {
    return this.#bend.urlHost?.(place) ?? place.host;
  }

  #person(mid: number): Person | undefined {
    return this.#people.find((person) => person.mid === mid);
  }

  /** By address, by DN, by account, or by the beginning of any word of a name. */
  #matches(name: string): Person[] {
    const seen = this.#people.filter(({ isHidden }) => !isHidden);
    const [, address] = /^=?SMTP:(.*)$/i.exec(name) ?? [];
    if (name === '') return [];
    if (address !== undefined) return seen.filter((person) => hasAddress(person, address));
    const exact = seen.filter((person) => isCalled(person, name));
    return exact.length > 0 ? exact : seen.filter((person) => beginsWith(person, name));
  }
}

const text = ({ properties }: Person, tag: number): string => String(properties.get(tag) ?? '').toLowerCase();

function hasAddress({ properties }: Person, address: string): boolean {
  const all = properties.get(TAG.proxyAddresses);
  return Array.isArray(all) && all.some((each) => String(each).toLowerCase() === `smtp:${address.toLowerCase()}`);
}

function isCalled(person: Person, name: string): boolean {
  const exact = [TAG.account, TAG.displayName, TAG.emailAddress];
  return hasAddress(person, name) || exact.some((tag) => text(person, tag) === name.toLowerCase());
}

function beginsWith(person: Person, name: string): boolean {
  const words = [text(person, TAG.account), ...text(person, TAG.displayName).split(' '), text(person, TAG.displayName)];
  return words.some((word) => word.startsWith(name.toLowerCase()));
}

function rowOf(person: Person | undefined, tags: readonly number[]): Row {
  return tags.map((tag) => ({ tag, value: person?.properties.get(tag) ?? null }));
}

const usualColumns: readonly number[] = [
  ...[TAG.entryId, TAG.objectType, TAG.displayType, TAG.displayName, TAG.addressType, TAG.emailAddress],
  ...[TAG.smtpAddress, TAG.account, TAG.homeDatabase, TAG.proxyAddresses, TAG.objectGuid],
];

const MAIL_USER = 6;
const DISPLAY_TYPE_USER = 0;

function peopleOf(place: Place, { owner, homeDatabase = databaseDn }: AddressBookBend): Person[] {
  const [account = ''] = place.mailbox.email.split('@');
  const own = { account, displayName: DISPLAY_NAME, dn: USER_DN, guid: MAILBOX_GUID, address: place.mailbox.email };
  const others = COLLEAGUES.map((each, at) => ({
    ...each,
    guid: `4c414221-00${10 + at}-4000-8000-000000000b0b`,
    // Somebody who has left, and whose address went to the owner, but was never taken from him.
    address: owner === 'ambiguous' && at === 0 ? place.mailbox.email : `${each.account}@${place.domain}`,
  }));
  return [own, ...others].map((each, at) => ({
    mid: FIRST_MID + at,
    isHidden: at === 0 && owner === 'hidden',
    properties: new Map<number, Value>([
      [TAG.entryId, entryId(DISPLAY_TYPE_USER, each.dn)],
      [TAG.objectType, MAIL_USER],
      [TAG.displayType, DISPLAY_TYPE_USER],
      [TAG.displayName, each.displayName],
      [TAG.addressType, 'EX'],
      [TAG.emailAddress, each.dn],
      [TAG.smtpAddress, each.address],
      [TAG.account, each.account],
      [TAG.homeDatabase, homeDatabase(place)],
      [TAG.proxyAddresses, [`SMTP:${each.address}`, `smtp:${each.account}@${place.otherDomain}`]],
      [TAG.objectGuid, guid(each.guid)],
    ]),
  }));
}

const DISPLAY_TYPE_CONTAINER = 0x100;

/** A permanent one. [MS-OXNSPI] 2.2.9.3 */
export function entryId(displayType: number, dn: string): Buffer {
  const provider = Buffer.from('dca740c8c042101ab4b908002b2fe182', 'hex');
  return join(u32(0), provider, u32(1), u32(displayType), asciiz(dn));
}

/** The global address list has no name in Exchange's answer, and no DN but the slash; below it one list that has both. */
const containers: readonly Row[] = [
  containerRow({ dn: '/', flags: 9, depth: 0, id: 0, name: null }),
  containerRow({
    dn: '/guid=4C41422100A14000800000000A11C000',
    flags: 0x0b,
    depth: 0,
    id: 0x4000_0011,
    name: 'All Lab Users',
  }),
];

interface Container {
  dn: string;
  flags: number;
  depth: number;
  id: number;
  name: string | null;
}

function containerRow({ dn, flags, depth, id, name }: Container): Row {
  return [
    { tag: TAG.entryId, value: entryId(DISPLAY_TYPE_CONTAINER, dn) },
    { tag: TAG.containerFlags, value: flags },
    { tag: TAG.depth, value: depth },
    { tag: TAG.containerId, value: id },
    { tag: TAG.displayName, value: name },
    { tag: TAG.isMaster, value: false },
  ];
}
