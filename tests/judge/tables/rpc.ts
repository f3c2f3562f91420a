/** The judges of RPC over HTTP: whether it is offered, the proxy, what is behind it, and what is made of both. */
import { expect } from 'vitest';
import { NetFailure } from '#lib/net/failure.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { rpcServices } from '#lib/probes/judging/rpc-services.ts';
import { type RpcAddressBookInput, rpcAddressBook } from '#lib/probes/rpc-address-book.ts';
import { type RpcEncryptionInput, rpcEncryption } from '#lib/probes/rpc-encryption.ts';
import { type RpcEndpointInput, rpcEndpoint } from '#lib/probes/rpc-endpoint.ts';
import { type RpcMailboxInput, rpcMailbox } from '#lib/probes/rpc-mailbox.ts';
import { type RpcOfferInput, rpcOffer } from '#lib/probes/rpc-offer.ts';
import { rpcPlainHttp } from '#lib/probes/rpc-plain-http.ts';
import { rpcProxy } from '#lib/probes/rpc-proxy.ts';
import { type RpcReferralInput, rpcReferral } from '#lib/probes/rpc-referral.ts';
import type { Bound, Called, Failed, RpcConnection } from '#lib/sessions/rpc-http/connection.ts';
import type { Echoed } from '#lib/sessions/rpc-http/echo.ts';
import type { RpcFailure } from '#lib/sessions/rpc-http/failure.ts';
import type { EcDoConnectExResponse } from '#lib/wire/emsmdb/connect.ts';
import type { MapiVersion } from '#lib/wire/emsmdb/version.ts';
import type { PropertyList } from '#lib/wire/nspi/row.ts';
import type { RopReplies } from '#lib/wire/rop/replies.ts';
import { NOW } from '../certificates.ts';
import { documentWith, exch, mapi, rpc } from '../documents.ts';
import { answer, HOST, type Row, SUBJECT, table } from '../table.ts';
import { offer } from './http.ts';
import { block, logonRows, openedAs } from './mapi.ts';
import { client, DN, ID, IN_CACHED_MODE, refusalRows } from './mapi-replies.ts';
import { entry, personRows } from './nspi.ts';
import { asSeen, channelFailures, faults, neverAtTheProxy, rpcPlace, SERVER } from './rpc-failures.ts';
import { obstacles } from './sign-in.ts';

const ok = true;
const connection = {} as RpcConnection;
const version: MapiVersion = { major: 15, minor: 2, build: 2562, revision: 17 };

const failed = (failure: RpcFailure): Failed => ({ kind: 'failed', failure });
const returned = <T>(value: T): Called<T> => ({ kind: 'returned', value, stub: new Uint8Array(), elapsedMs: 1 });

const offerInput: RpcOfferInput = {
  ...{ ...SUBJECT, documents: [], client: { name: 'Outlook 2007', isOnlyWay: true } },
  typed: { server: null, principal: null },
};
const offering = (...protocols: string[]) => ({ input: { documents: [documentWith(...protocols)] } });
const NOT_OFFERED = ['rpc.not-offered'] as const;

export const rpcOfferTable = table(rpcOffer, offerInput, [
  ['EXPR', null, [], offering(exch(), rpc('EXPR', HOST))],
  ['EXHTTP', null, [], offering(rpc('EXHTTP', HOST))],
  ['nothing', null, NOT_OFFERED, { args: { client: 'Outlook 2007', why: expect.stringContaining('no RPC proxy') } }],
  ['nothing that this client needs', null, NOT_OFFERED, { input: { client: { name: 'Outlook', isOnlyWay: false } } }],
  ['MAPI over HTTP in its place', null, NOT_OFFERED, offering(mapi())],
  ['RPC over TCP in its place', null, NOT_OFFERED, offering(exch())],
  ['a proxy inside', null, NOT_OFFERED, offering(rpc('EXPR', 'ex01'))],
  ['a proxy without TLS', null, NOT_OFFERED, offering(rpc('EXPR', HOST).replace('<SSL>On</SSL>', '<SSL>Off</SSL>'))],
  ['a proxy that is no name', null, NOT_OFFERED, offering(rpc('EXPR', `${HOST}/x?y`))],
]);

const notEchoed = (failure: RpcFailure): Echoed => ({ kind: 'failed', failure, isProven: false, legs: [] });
const other = (seen: HttpAnswer): Echoed => ({
  ...{ kind: 'other', answer: seen, error: null },
  isProven: false,
  legs: [],
});
const httpOf = (failure: RpcFailure): number | null => (failure.kind === 'http' ? failure.answer.status : null);
const status = (code: number): Echoed => notEchoed({ kind: 'http', channel: 'in', answer: answer({ status: code }) });
const NOBODY = ['rpc.proxy-not-answering'] as const;

export const rpcProxyTable = table(
  rpcProxy,
  rpcPlace,
  [
    ['an echo', { kind: 'echoed', answer: answer(), isProven: true, legs: [] }, []],
    [
      'nothing in its place',
      other(answer()),
      NOBODY,
      { args: { what: '200, but an empty answer in place of an echo' } },
    ],
    [
      'a page in its place',
      other(answer({ body: '<html>' })),
      NOBODY,
      { args: { what: expect.stringContaining('a web page') } },
    ],
    [
      'a document in its place',
      other(answer({ body: '<a/>' })),
      NOBODY,
      { args: { what: expect.stringContaining('XML') } },
    ],
    ['nothing there', status(404), NOBODY, { args: { what: 'nothing is at its address (404)' } }],
    ['stopped', status(503), NOBODY, { args: { what: 'the service is stopped (503)' } }],
    ...asSeen(
      channelFailures.filter(([, failure]) => ![404, 503].includes(httpOf(failure) ?? 0)),
      'no echo',
      notEchoed,
    ),
  ],
  neverAtTheProxy,
);

const unencrypted = (more: number, type = 'application/rpc') =>
  answer({ status: more, headers: [['Content-type', type]] });
const OPEN = ['rpc.plain-http-accepted'] as const;

export const rpcPlainHttpTable = table(rpcPlainHttp, SUBJECT, [
  ['nobody there', new NetFailure('refused', { host: HOST }), []],
  ['a redirect', answer({ status: 301 }), []],
  ['a web page', answer({ body: '<html>' }), []],
  ['nothing at this place', unencrypted(404, 'text/html'), []],
  ['a demand for a password', offer('NTLM'), OPEN, { ok, args: { host: HOST, status: '401' } }],
  ['the protocol itself', unencrypted(200), OPEN, { ok, args: { status: '200' } }],
]);

const endpointInput: RpcEndpointInput = { ...rpcPlace, service: rpcServices.addressBook, level: 'privacy' };
type EndpointSeen = Parameters<typeof rpcEndpoint.judge>[0];
const unopened = (failure: RpcFailure, isHeldBack = false, passes: number | null = null): EndpointSeen => ({
  ...{ kind: 'failed', failure, isHeldBack, passes, evidence: [] },
});
const bound = (seen: Bound): EndpointSeen => ({ kind: 'bound', connection, bound: seen, evidence: [] });
const silence: RpcFailure = { kind: 'no-answer', awaited: 'CONN/A3', hasHead: false, waitedMs: 5_000 };
const tooLong: RpcFailure = { kind: 'http', channel: 'in', answer: answer({ status: 413 }) };
const UNAVAILABLE = ['rpc.endpoint-unavailable'] as const;

export const rpcEndpointTable = table(rpcEndpoint, endpointInput, [
  ['bound', bound({ kind: 'bound', secondaryAddress: '6004', challenge: null }), []],
  [
    'the interface is not served',
    bound({ kind: 'refused', result: 2, reason: 1, why: 'abstract syntax not supported' }),
    UNAVAILABLE,
    {
      args: {
        ...{ host: HOST, port: '6004', service: 'address book', server: SERVER },
        why: 'the bind is refused: abstract syntax not supported',
      },
    },
  ],
  ['the bind is not taken', bound({ kind: 'nak', reason: 0, why: 'no reason', errorInfo: null }), UNAVAILABLE],
  [
    'the bind is taken without its sign-in',
    bound({ kind: 'obstacle', obstacle: { kind: 'no-challenge' } }),
    ['rpc.access-denied'],
    { args: { level: 'as it begins no sign-in' } },
  ],
  ...obstacles.flatMap(([obstacle, code, { path: _path, ...args }]): Row<EndpointSeen, RpcEndpointInput>[] =>
    obstacle.kind === 'malformed' || obstacle.kind === 'wants-ntlmv1' || obstacle.kind === 'names-missing'
      ? [[`the bind: ${obstacle.kind}`, bound({ kind: 'obstacle', obstacle }), [code], { args }]]
      : [],
  ),
  [
    'silence that ends once the request does',
    unopened(silence, true),
    ['rpc.proxy-buffers'],
    { args: { how: expect.stringContaining('holds them back'), waited: 5_000 } },
  ],
  [
    'a request that is too long, and one that is not',
    unopened(tooLong, false, 8 * 1024 * 1024),
    ['rpc.proxy-buffers'],
    { args: { how: expect.stringContaining('(413), and lets through one of 8') } },
  ],
  [
    'a request that is too long, however short',
    unopened(tooLong),
    ['rpc.proxy-buffers'],
    { args: { how: expect.stringContaining('however short') } },
  ],
  ...asSeen(channelFailures, 'not open', unopened),
  ...asSeen(channelFailures, 'not bound', (failure) => bound(failed(failure))),
  ...asSeen(faults, 'not bound', bound),
]);

const referralInput: RpcReferralInput = { ...rpcPlace, connection, dn: DN, serverDn: null };
type ReferralSeen = Parameters<typeof rpcReferral.judge>[0];
const dsa = (server: string | null, code = 0) => returned({ server, status: code });
const referred = (seen: ReferralSeen['dsa'], fqdn: ReferralSeen['fqdn'] = null): ReferralSeen => ({
  ...{ dsa: seen, fqdn, evidence: [] },
});
const NO_REFERRAL = ['rpc.referral-failed'] as const;

export const rpcReferralTable = table(rpcReferral, referralInput, [
  ['a server', referred(dsa('EX01')), []],
  ['a server and its name', referred(dsa('EX01'), returned({ fqdn: 'ex01.contoso.local', status: 0 })), []],
  ['a name that cannot be written', referred(null), NO_REFERRAL, { args: { call: 'RfrGetNewDSA' } }],
  ['no server', referred(dsa(null)), NO_REFERRAL, { args: { why: 'it names none' } }],
  ['an empty name', referred(dsa('')), NO_REFERRAL],
  ['refused', referred(dsa(null, 0x8004_010f)), NO_REFERRAL, { args: { why: expect.stringContaining('8004010F') } }],
  [
    'the name refused',
    referred(dsa('EX01'), returned({ fqdn: null, status: 0x8004_0111 })),
    NO_REFERRAL,
    { args: { call: 'RfrGetFQDNFromServerDN' } },
  ],
  // Whatever a fault of this service means, nothing else is to be had of it.
  ...asSeen(
    faults.map(([name, fault]): (typeof faults)[number] => [name, fault, NO_REFERRAL]),
    'the call',
    referred,
  ),
  ...asSeen(
    faults.map(([name, fault]): (typeof faults)[number] => [name, fault, NO_REFERRAL]),
    'the name',
    (fault) => referred(dsa('EX01'), fault),
  ),
  ...asSeen(channelFailures, 'the call', (failure) => referred(failed(failure))),
  ...asSeen(channelFailures, 'the name', (failure) => referred(dsa('EX01'), failed(failure))),
]);

type BookSeen = Parameters<typeof rpcAddressBook.judge>[0];
const bookInput: RpcAddressBookInput = { ...rpcPlace, connection };
const some = { evidence: [], lists: [entry('', '')] } as const;
const resolved = (results: readonly number[] | null, rows: readonly PropertyList[]): BookSeen => ({
  ...some,
  ...{ kind: 'resolved', results, rows },
});
const ended = (called: (BookSeen & { readonly kind: 'ended' })['called']): BookSeen => ({
  ...some,
  ...{ kind: 'ended', call: 'NspiBind', called },
});

export const rpcAddressBookTable = table(rpcAddressBook, bookInput, [
  ...personRows<BookSeen, RpcAddressBookInput>(resolved),
  [
    'a call refused',
    { ...some, lists: [], kind: 'refused', call: 'NspiBind', status: 0x8004_0111 },
    ['nspi.failed'],
    { args: { host: HOST, call: 'NspiBind', code: expect.stringContaining('80040111') } },
  ],
  ...asSeen(channelFailures, 'in the middle', (failure) => ended(failed(failure))),
  ...asSeen(faults, 'in the middle', ended),
]);

type MailboxSeen = Parameters<typeof rpcMailbox.judge>[0];
const mailboxInput: RpcMailboxInput = {
  ...{ ...rpcPlace, connection, dn: DN, version: { ...version, major: 16 }, displayName: 'Alice', isTrial: false },
  now: () => NOW,
};
const session = (code = 0, serverVersion = version): EcDoConnectExResponse => ({
  ...{ handle: new Uint8Array(20), pollsMaxMs: 60_000, retries: 6, retryDelayMs: 10_000, sessionIndex: 1 },
  ...{ dnPrefix: '', displayName: 'Alice', serverVersion, bestVersion: version, timeStamp: 0, aux: [], status: code },
});
const connected = (seen: MailboxSeen['connected'], logon: MailboxSeen['logon'] = null): MailboxSeen => ({
  ...{ connected: seen, logon, evidence: [] },
});
const logonOf = (payloads: readonly RopReplies[], code = 0, serverVersion = version): MailboxSeen =>
  connected(
    returned(session(0, serverVersion)),
    returned({ handle: new Uint8Array(20), flags: 0, payloads, aux: [], transferMs: 0, status: code }),
  );
const opened = [block([openedAs(ID)])];
const EXCHANGE_2016: MapiVersion = { major: 15, minor: 1, build: 2507, revision: 6 };
const trial = { input: { isTrial: true } } as const;

export const rpcMailboxTable = table(
  rpcMailbox,
  mailboxInput,
  [
    ['opened', logonOf(opened), []],
    [
      'opened by a product of the past',
      logonOf(opened, 0, EXCHANGE_2016),
      ['server.out-of-support'],
      { ok, args: { date: '2025-10-14' } },
    ],
    ['a name that cannot be written', connected(null), ['mailbox.unknown'], { args: { dn: DN } }],
    ...refusalRows<MailboxSeen, RpcMailboxInput>(
      (code) => connected(returned(session(code))),
      'EcDoConnectEx refused with',
      IN_CACHED_MODE,
    ),
    ...refusalRows<MailboxSeen, RpcMailboxInput>(
      (code) => logonOf([], code),
      'EcDoRpcExt2 refused with',
      IN_CACHED_MODE,
    ),
    ...logonRows<MailboxSeen, RpcMailboxInput>((...rops) => logonOf(rops)),
    ...asSeen(channelFailures, 'EcDoConnectEx', (failure) => connected(failed(failure))),
    ...asSeen(channelFailures, 'EcDoRpcExt2', (failure) => connected(returned(session()), failed(failure))),
    ...asSeen(faults, 'EcDoConnectEx', connected),
    ...asSeen(faults, 'EcDoRpcExt2', (fault) => connected(returned(session()), fault)),
    // To see whether the server minds: what it says to that is no fault of anybody, what ends the connection is.
    ['tried, and opened by a product of the past', logonOf(opened, 0, EXCHANGE_2016), [], trial],
    ['tried, and not to be had without encryption', connected(returned(session(0x970))), [], trial],
    ['tried, and refused for another reason', connected(returned(session(0x3eb))), [], trial],
    ['tried, and denied', connected({ kind: 'fault', status: 5, errorInfo: null }), [], trial],
    ['tried, and ended by a fault', connected({ kind: 'fault', status: 0x6f7, errorInfo: null }), ['rpc.fault'], trial],
    ['tried, and ended by silence', connected(failed(silence)), ['rpc.no-answer'], trial],
  ],
  {
    'mailbox.other-opened':
      'the name that EcDoConnectEx gives is whole in ASCII alone, so that it is compared with none',
  },
);

const encryptionInput: RpcEncryptionInput = {
  ...{ ...SUBJECT, unencrypted: 'not-encrypted', encrypted: true, isUsed: false, lockedOut: ['Outlook 2003'] },
  client: { name: client.name, encrypts: true },
};
const REQUIRED = 'rpc.encryption-required';
const OPTIONAL = 'rpc.encryption-not-enforced';
const LEGACY = 'rpc.legacy-transport';

export const rpcEncryptionTable = table(rpcEncryption, encryptionInput, [
  ['required', null, [REQUIRED], { ok, args: { host: HOST, clients: ['Outlook 2003'] } }],
  [
    'required, for a client that does not',
    null,
    [REQUIRED],
    { ok, input: { client: { name: 'Outlook 2003', encrypts: false } } },
  ],
  ['optional', null, [OPTIONAL], { ok, input: { unencrypted: 'opened' } }],
  ['not to be told', null, [], { input: { unencrypted: null } }],
  ['refused in either way', null, [], { ok: false, input: { unencrypted: 'not-opened', encrypted: false } }],
  ['used', null, [REQUIRED, LEGACY], { ok, input: { isUsed: true } }],
  [
    'used, and open without alone',
    null,
    [OPTIONAL, LEGACY],
    { ok, input: { isUsed: true, unencrypted: 'opened', encrypted: false } },
  ],
  ['used, and open in neither way', null, [REQUIRED], { ok, input: { isUsed: true, encrypted: false } }],
]);
