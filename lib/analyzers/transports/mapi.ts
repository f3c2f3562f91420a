/** MAPI over HTTP: the mailbox and the address book, side by side. */
import type { Net } from '#lib/net/door.ts';
import type { Person } from '#lib/probes/judging/address-book.ts';
import type { LoggedOn } from '#lib/probes/judging/logon.ts';
import type { MapiInput, MapiPlace } from '#lib/probes/judging/mapi-input.ts';
import { mapiAffinity } from '#lib/probes/mapi-affinity.ts';
import { type Connected, mapiConnect } from '#lib/probes/mapi-connect.ts';
import { mapiDisconnect } from '#lib/probes/mapi-disconnect.ts';
import { mapiFolders } from '#lib/probes/mapi-folders.ts';
import { mapiLogon } from '#lib/probes/mapi-logon.ts';
import { mapiResponseTimes } from '#lib/probes/mapi-response-times.ts';
import { mapiServer } from '#lib/probes/mapi-server.ts';
import { mapiWait } from '#lib/probes/mapi-wait.ts';
import { nspiBind } from '#lib/probes/nspi-bind.ts';
import { nspiPerson } from '#lib/probes/nspi-person.ts';
import { nspiResolve } from '#lib/probes/nspi-resolve.ts';
import { nspiTables } from '#lib/probes/nspi-tables.ts';
import { nspiUnbind } from '#lib/probes/nspi-unbind.ts';
import { nspiUrls } from '#lib/probes/nspi-urls.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { mapiClient } from '../clients.ts';
import type { Context } from '../context.ts';
import type { Looking } from '../mapi-request.ts';
import { planGroup, planStep } from '../plan.ts';
import type { Inside } from './enter.ts';

export interface MapiTarget {
  readonly mailbox: string;
  readonly user: string;
  readonly looking: Looking;
  /** As they were handed out or typed in. */
  readonly urls: { readonly mailbox: string; readonly addressBook: string };
  /** Whether Autodiscover has said so. */
  readonly isAnnounced: boolean;
  /** The legacy DN; null where the address book has to be asked for it. */
  readonly dn: string | null;
  /** How the owner of the mailbox is called; null where nobody has said so. */
  readonly displayName: string | null;
}

/** How the two are entered; the address book may be on a host of its own. */
export interface MapiEntrances {
  readonly mailbox: Promise<StepResult<Inside>>;
  readonly addressBook: Promise<StepResult<Inside>>;
}

/** The plan. The address book goes first where it has to say by what name the mailbox is opened. */
export function planMapi(mailbox: Subject, addressBook: Subject, { looking, dn }: MapiTarget): PlannedNode[] {
  const book = planGroup('address-book', title('mapi.address-book', { host: addressBook.host }), [
    planStep(nspiBind, addressBook, 'bind'),
    planStep(nspiTables, addressBook, 'tables'),
    planStep(nspiResolve, addressBook, 'resolve'),
    planStep(nspiPerson, addressBook, 'person'),
    planStep(nspiUrls, addressBook, 'urls'),
    planStep(nspiUnbind, addressBook, 'unbind'),
  ]);
  const box = planGroup('mailbox', title('mapi.mailbox', { host: mailbox.host }), [
    planStep(mapiConnect, mailbox, 'connect'),
    planStep(mapiServer, mailbox, 'server'),
    planStep(mapiLogon, mailbox, 'logon'),
    ...(looking.hideFolders ? [] : [planStep(mapiFolders, mailbox, 'folders')]),
    planStep(mapiAffinity, mailbox, 'affinity'),
    planStep(mapiWait, mailbox, 'wait'),
    planStep(mapiResponseTimes, mailbox, 'times'),
    planStep(mapiDisconnect, mailbox, 'disconnect'),
  ]);
  return dn === null ? [book, box] : [box, book];
}

/** Runs both. Ends well where the mailbox was opened. */
export async function runMapi(
  scope: Scope<Net>,
  target: MapiTarget,
  entrances: MapiEntrances,
  context: Context,
): Promise<StepResult<null>> {
  const person = Promise.withResolvers<Person | null>();
  const book = scope
    .group('address-book', (group) => addressBook(group, target, entrances.addressBook, context, person.resolve))
    .finally(() => person.resolve(null));
  const opening = target.dn === null ? book.then(() => person.promise) : null;
  const [box, looked] = await Promise.all([
    scope.group('mailbox', (group) => openMailbox(group, target, entrances.mailbox, context, opening)),
    book,
  ]);
  return box.ok && !looked.ok ? looked : box;
}

function placeAt(inside: Inside, url: string, { mailbox, user }: MapiTarget, { client }: Context): MapiPlace {
  const { name, version } = mapiClient(client);
  return { ...inside, url, mailbox, user, client: { name, version } };
}

/** @param found waits for the address book where that has to say by what name the mailbox is opened */
async function openMailbox(
  scope: Scope<Net>,
  target: MapiTarget,
  entrance: Promise<StepResult<Inside>>,
  context: Context,
  found: Promise<Person | null> | null,
): Promise<StepResult<null>> {
  const [inside, person] = await Promise.all([entrance, found]);
  if (!inside.ok) return inside;
  const dn = target.dn ?? person?.dn ?? null;
  if (dn === null || !(await inside.value.firstUse.take())) return skipped(scope);
  const place = { ...placeAt(inside.value, target.urls.mailbox, target, context), dn };
  const application = Promise.withResolvers<string | null>();
  const server = scope.step(
    mapiServer,
    { ...place, path: pathOf(place.url), application: application.promise, now: context.now },
    'server',
  );
  try {
    const connected = await scope.step(mapiConnect, place, 'connect');
    inside.value.firstUse.settle(proofBy(connected));
    application.resolve(connected.ok ? (connected.value?.application ?? null) : null);
    if (!connected.ok) return connected;
    if (connected.value === null) return closed(scope, AFTER_CONNECT);
    const names = { opened: connected.value.displayName, expected: target.displayName ?? person?.displayName ?? null };
    return await logOn(scope, { ...place, names }, connected.value, target.looking);
  } finally {
    application.resolve(null);
    await server;
  }
}

const REFUSED: readonly FindingCode[] = ['auth.inconsistent'];

/** Whatever the server says of the mailbox, somebody had to be let in for it. */
function proofBy(connected: StepResult<unknown>): 'proven' | 'refused' | 'unknown' {
  if (connected.ok) return 'proven';
  if (connected.codes.some((code) => REFUSED.includes(code))) return 'refused';
  return connected.codes.some((code) => /^(mailbox|mapi|nspi)\./.test(code)) ? 'proven' : 'unknown';
}

/** Nothing can be asked any more in a session that the server has lost. */
const isLost = (result: StepResult<unknown>): result is StepResult<never> =>
  !result.ok && result.codes.includes('mapi.session-lost');

/** A server that is still at work on a request takes no other one in the same session. */
const isAtWork = (result: StepResult<unknown>): result is StepResult<never> =>
  !result.ok && result.codes.includes('http.timeout');

const AFTER_LOGON = ['folders', 'affinity', 'wait', 'times'];
const AFTER_CONNECT = ['logon', ...AFTER_LOGON, 'disconnect'];

/** A mailbox for cached mode alone is as good as any; this test just cannot look into it. */
function closed(scope: Scope<Net>, keys: readonly string[]): StepResult<null> {
  for (const key of keys) if (scope.has(key)) scope.notNeeded(key);
  return { ok: true, node: scope.id, value: null };
}

const skipped = ({ id }: Scope<Net>): StepResult<never> => ({ ok: false, node: id, state: 'skipped', codes: [] });

type Named = MapiPlace & {
  readonly dn: string;
  readonly names: { readonly opened: string; readonly expected: string | null };
};

async function logOn(
  scope: Scope<Net>,
  place: Named,
  { context, isPacked }: Connected,
  looking: Looking,
): Promise<StepResult<null>> {
  const input = { ...place, context };
  const logon = await scope.step(mapiLogon, input, 'logon');
  if (isLost(logon) || isAtWork(logon)) return logon;
  const [looked, measured] =
    logon.ok && logon.value !== null
      ? await Promise.all([
          lookAround(scope, { ...input, logon: logon.value, isPacked }, looking),
          // In a session of its own: it must not wait for the others, nor they for it.
          scope.step(mapiResponseTimes, place, 'times'),
        ])
      : [logon, logon];
  const ended = await scope.step(mapiDisconnect, input, 'disconnect');
  if (logon.ok && logon.value === null) return closed(scope, AFTER_LOGON);
  const failed = [looked, measured, ended].find((result) => !result.ok);
  return failed !== undefined && !failed.ok ? failed : { ok: true, node: scope.id, value: null };
}

async function lookAround(
  scope: Scope<Net>,
  input: Named & MapiInput & { readonly logon: LoggedOn; readonly isPacked: boolean },
  { hideFolders, longWaitMs }: Looking,
): Promise<StepResult<unknown>> {
  const folders = hideFolders ? null : await scope.step(mapiFolders, input, 'folders');
  // One after the other: a context takes one request at a time, and not every server leaves the waiting one out of account.
  const affinity = await scope.step(mapiAffinity, input, 'affinity');
  if (isLost(affinity)) return affinity;
  const wait = await scope.step(mapiWait, { ...input, longMs: longWaitMs === 0 ? null : longWaitMs }, 'wait');
  return [folders, affinity, wait].find((result) => result?.ok === false) ?? wait;
}

async function addressBook(
  scope: Scope<Net>,
  target: MapiTarget,
  entrance: Promise<StepResult<Inside>>,
  context: Context,
  found: (person: Person | null) => void,
): Promise<StepResult<null>> {
  const inside = await entrance;
  if (!inside.ok) return inside;
  if (!(await inside.value.firstUse.take())) return skipped(scope);
  const place = placeAt(inside.value, target.urls.addressBook, target, context);
  const bound = await scope.step(nspiBind, place, 'bind');
  inside.value.firstUse.settle(proofBy(bound));
  if (!bound.ok) return bound;
  const input = { ...place, context: bound.value };
  const tables = await scope.step(nspiTables, input, 'tables');
  if (isLost(tables)) return tables;
  const person = await scope.step(nspiResolve, input, 'resolve');
  found(person.ok ? person.value : null);
  const [known, urls] = person.ok ? await readEntry(scope, target, input, person.value) : [person, person];
  const unbound = await scope.step(nspiUnbind, input, 'unbind');
  const failed = [tables, person, known, urls, unbound].find((result) => !result.ok);
  return failed !== undefined && !failed.ok ? failed : { ok: true, node: scope.id, value: null };
}

async function readEntry(
  scope: Scope<Net>,
  { urls, dn, displayName, isAnnounced }: MapiTarget,
  input: MapiInput,
  person: Person,
): Promise<[StepResult<Person>, StepResult<string | null>]> {
  const announced = isAnnounced ? { dn, displayName } : null;
  const known = await scope.step(nspiPerson, { ...input, person, announced }, 'person');
  const named = await scope.step(nspiUrls, { ...input, person, announced: isAnnounced ? urls : null }, 'urls');
  return [known, named];
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
