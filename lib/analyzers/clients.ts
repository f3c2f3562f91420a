/**
 * The one list of mail clients: how each finds its settings, which documents it asks for, and what it can do with them. It
 * serves `--client`, the form, the order of the tree, and the prediction in `clients/predict.ts`.
 *
 * Where a statement has one source, or an old one, its comment says so. What no source tells is not in the list: a way that a client
 * may or may not go is `unsure`, a scheme that it may or may not know is in `maybe`, and the prediction then promises nothing.
 *
 * Outlook for Windows on a computer that has joined a domain asks the directory (SCP) before anything else, and Outlook 2010 and
 * later keep the address that worked last. [MS-OXDISCO] 3.1.5.1, Microsoft's article 2612922. Neither can be seen from outside, so
 * both are left out: what follows is a new profile on a computer of somebody's own.
 */
import type { OutlookAsker } from '#lib/probes/judging/pox-request.ts';
import type { DocumentId, MethodId, ProtocolId } from './clients/facts.ts';

export const clientIds = [
  'outlook-2003',
  'outlook-2007',
  'outlook-2010',
  'outlook-2010-updated',
  'outlook-2013',
  'outlook-2013-sp1',
  'outlook-2016',
  'outlook-2019',
  'outlook-365-classic',
  'outlook-new',
  'outlook-mac',
  'outlook-mobile',
  'ios-mail',
  'android-mail',
  'thunderbird',
] as const;
export type ClientId = (typeof clientIds)[number];

/** The client whose order the tree has unless somebody asks for another. */
export const usualClient = 'outlook-365-classic' satisfies ClientId;

/** One way to the settings, as a client goes it. */
export interface Attempt {
  readonly method: MethodId;
  /** What it asks for there; the first that it can use is enough. */
  readonly reads: readonly DocumentId[];
  /** No source says for certain that it goes this way today. */
  readonly unsure?: true;
}

export type Scheme = 'basic' | 'ntlm' | 'negotiate' | 'bearer';

/** A client that asks the mail system by itself, so that what it will find can be told from what a run has found. */
export interface EmulatedClient {
  readonly kind: 'emulated';
  readonly name: string;
  readonly order: readonly Attempt[];
  /** Some ask everywhere at once, and then take the first of their order that works. */
  readonly pace: 'one after the other' | 'all at once';
  /** Says X-MapiHttpCapability. [MS-OXDSCLI] 2.2.2.1 */
  readonly mapiHttp: boolean;
  /** With what it opens the mailbox from outside, best first. */
  readonly speaks: readonly ProtocolId[];
  readonly signIn: readonly Scheme[];
  readonly maybe: readonly Scheme[];
  /** Binds NTLM and Negotiate to the TLS connection; null where no source says so. */
  readonly binds: boolean | null;
  /** A refused sign-in ends the search; others go on to the next way. */
  readonly stopsWhenRefused?: true;
  /** Null for one that speaks no MAPI. */
  readonly mapi: MapiFacts | null;
  /** What its users should know of the prediction. */
  readonly note: string;
}

/** How a client behaves towards a server of MAPI, over whichever transport. */
export interface MapiFacts {
  /** What it says of itself; servers can bar some. */
  readonly version: string;
  /** Encrypts RPC unless it is told not to: since Outlook 2007 (Microsoft, "RPC encryption requirement"). */
  readonly encryptsRpc: boolean;
}

/** A client whose settings are typed in: it finds nothing by itself, but what it would meet then can be told. */
export interface ByHandClient {
  readonly kind: 'by-hand';
  readonly name: string;
  readonly why: string;
  readonly speaks: readonly ProtocolId[];
  readonly mapi: MapiFacts;
}

/** A client of which a run cannot say anything. */
export interface UntestedClient {
  readonly kind: 'untested';
  readonly name: string;
  readonly why: string;
}

export type Client = EmulatedClient | ByHandClient | UntestedClient;

const each = (methods: readonly MethodId[], ...reads: DocumentId[]): Attempt[] =>
  methods.map((method) => ({ method, reads }));

/**
 * [MS-OXDISCO] 3.1.5 lists the ways; Microsoft's articles 2612922 and 3211279 have Outlook's order: domain, `autodiscover` host, redirect, SRV.
 * gromox once saw SRV before the redirect. SRV came to Outlook 2007 with an update (article 940881).
 */
const windowsOrder = ['https-root', 'https-autodiscover', 'http-redirect', 'srv'] as const;

/**
 * Since build 16.0.6741.2017 Outlook asks Microsoft 365 before all others ("direct connect"; articles 2612922 and 3211279). That it asks there
 * once more when everything else has failed is told by 3211279 alone and changes no outcome.
 */
const cloudFirst = ['cloud', ...windowsOrder] as const;

/**
 * Without MAPI over HTTP there is Outlook Anywhere: EXPR. EXHTTP came with Exchange 15.0.995.14 ("Type (POX)"); which Outlook understands it
 * no source says, so it is taken to be the one of the same generation, 2013, and later ones. EXCH alone is RPC over TCP, which reaches no
 * further than the network of the office.
 */
const rpcOnly: readonly ProtocolId[] = ['expr'];
const rpcOf2013: readonly ProtocolId[] = ['exhttp', 'expr'];
/** Microsoft's table for MAPI over HTTP: Outlook 2013 SP1 and later speak both, on premises. */
const both: readonly ProtocolId[] = ['mapiHttp', 'exhttp', 'expr'];

/**
 * Office 2010 knows no modern authentication, Office 2013 only where EnableADAL was set, later ones do (Microsoft 365, "How modern
 * authentication works for Office client apps"). Channel binding is the work of Windows: Outlook 2010, 2013 and 2016 have been seen to get in
 * with it (a report of 2022 to a maker of proxies, where they failed only behind one that ends TLS).
 */
const olderOutlook = {
  kind: 'emulated',
  order: each(windowsOrder, 'outlookPlain'),
  pace: 'one after the other',
  mapiHttp: false,
  speaks: rpcOnly,
  signIn: ['basic', 'ntlm', 'negotiate'],
  maybe: [],
  binds: true,
  note: '',
} as const satisfies Omit<EmulatedClient, 'name' | 'mapi'>;

const currentOutlook = {
  ...olderOutlook,
  order: each(cloudFirst, 'outlook'),
  mapiHttp: true,
  speaks: both,
  signIn: ['basic', 'ntlm', 'negotiate', 'bearer'],
} as const satisfies Omit<EmulatedClient, 'name' | 'mapi'>;

/** Every Outlook that looks for its settings by itself encrypts as well. Builds from Microsoft's lists of updates. */
const encrypting = (version: string): MapiFacts => ({ version, encryptsRpc: true });

export const clients: Readonly<Record<ClientId, Client>> = {
  // The products that [MS-OXDSCLI] and [MS-OXDISCO] apply to begin with Outlook 2007.
  'outlook-2003': {
    kind: 'by-hand',
    name: 'Outlook 2003',
    why: 'It knows no Autodiscover: the names of the servers are typed in by hand.',
    speaks: rpcOnly,
    // SP3.
    mapi: { version: '11.0.8161.0', encryptsRpc: false },
  },
  'outlook-2007': { ...olderOutlook, name: 'Outlook 2007', mapi: encrypting('12.0.6425.1000'), binds: null },
  'outlook-2010': { ...olderOutlook, name: 'Outlook 2010', mapi: encrypting('14.0.7015.1000') },
  // SP2 with KB2956191 and KB2965295 of April 2015 speaks MAPI over HTTP (Microsoft's table for it).
  'outlook-2010-updated': {
    ...olderOutlook,
    name: 'Outlook 2010 with the updates of 2015',
    mapi: encrypting('14.0.7147.5001'),
    order: each(windowsOrder, 'outlook'),
    mapiHttp: true,
    speaks: ['mapiHttp', 'expr'],
  },
  'outlook-2013': { ...olderOutlook, name: 'Outlook 2013', mapi: encrypting('15.0.4420.1017'), speaks: rpcOf2013 },
  // [MS-OXCMAPIHTTP] appendix A: not in the initial release, but since SP1.
  'outlook-2013-sp1': {
    ...olderOutlook,
    name: 'Outlook 2013 SP1',
    mapi: encrypting('15.0.4569.1506'),
    order: each(windowsOrder, 'outlook'),
    mapiHttp: true,
    speaks: both,
    maybe: ['bearer'],
    note: 'It takes a modern sign-in only where that was switched on (EnableADAL).',
  },
  'outlook-2016': { ...currentOutlook, name: 'Outlook 2016', mapi: encrypting('16.0.4266.1001') },
  'outlook-2019': { ...currentOutlook, name: 'Outlook 2019', mapi: encrypting('16.0.10336.20039') },
  'outlook-365-classic': {
    ...currentOutlook,
    name: 'Outlook (classic) of Microsoft 365',
    mapi: encrypting('16.0.17928.20114'),
  },
  // Microsoft, "Supported account types in new Outlook": on-premises Exchange accounts are not supported.
  'outlook-new': {
    kind: 'untested',
    name: 'New Outlook for Windows',
    why: 'It takes no account of a mail server on premises, and reaches all others through Microsoft’s cloud.',
  },
  // A description of 2012 of how Mac clients ask: POX with Basic or NTLM, at the `autodiscover` host, its port 80, then the domain. Its
  // setting TrustO365AutodiscoverRedirect shows that it follows redirects. Logs of 2020 hold the question for `Protocol=EWS` as Microsoft's
  // service passes it on (RedirectCount=1), so Macs ask there first today. Whether it reads the SRV record no source says, nor what
  // became of its sign-in since. A report on the address book (2023) shows it failing where channel binding is required.
  'outlook-mac': {
    kind: 'emulated',
    name: 'Outlook for Mac',
    mapi: null,
    order: [
      { method: 'cloud', reads: ['json'] },
      { method: 'https-autodiscover', reads: ['json', 'outlookPlain'] },
      { method: 'http-redirect', reads: ['outlookPlain'] },
      { method: 'https-root', reads: ['outlookPlain'] },
      { method: 'srv', reads: ['outlookPlain'], unsure: true },
    ],
    pace: 'one after the other',
    mapiHttp: false,
    speaks: ['ews'],
    signIn: ['basic', 'ntlm'],
    maybe: ['negotiate', 'bearer'],
    binds: false,
    note: 'This is legacy Outlook, which speaks EWS; the new one goes through Microsoft’s cloud.',
  },
  // Microsoft, "Outlook for iOS and Android in Exchange Server": the app's cloud service fetches the mail, with Basic as well as with
  // hybrid modern authentication.
  'outlook-mobile': {
    kind: 'untested',
    name: 'Outlook for iOS and Android',
    why: 'The app does not ask the mail server itself: a service in Microsoft’s cloud does, from addresses of its own.',
  },
  // Since iOS 11 the first question goes to Microsoft 365, as JSON (Ivanti, "iOS 11's OAuth 2.0"); that service passes it on to the
  // `autodiscover` host. POX after it, in the order that Microsoft gave to makers of ActiveSync clients (hh352638): Apple says only that
  // Autodiscover is used. Makers of servers say that it reads the SRV record (GroupWise), others that it does not.
  'ios-mail': {
    kind: 'emulated',
    name: 'Mail on iPhone and iPad',
    mapi: null,
    order: [
      { method: 'cloud', reads: ['json'] },
      { method: 'https-root', reads: ['mobilesync'] },
      { method: 'https-autodiscover', reads: ['json', 'mobilesync'] },
      { method: 'http-redirect', reads: ['mobilesync'] },
      { method: 'srv', reads: ['mobilesync'], unsure: true },
    ],
    pace: 'one after the other',
    mapiHttp: false,
    speaks: ['activesync'],
    // Apple's guide for ActiveSync names Basic and certificates; OAuth since iOS 11.
    signIn: ['basic', 'bearer'],
    maybe: ['ntlm', 'negotiate'],
    binds: null,
    note: '',
  },
  // Android's own Exchange service (AOSP, EasAutoDiscover and EasService): no SRV, Basic alone, and a refused password ends it. What Gmail
  // and the apps of the phones' makers have added since is not public; one of them has been seen to ask for JSON.
  'android-mail': {
    kind: 'emulated',
    name: 'Mail on Android',
    mapi: null,
    order: each(['https-root', 'https-autodiscover', 'http-redirect'], 'mobilesync'),
    pace: 'one after the other',
    mapiHttp: false,
    speaks: ['activesync'],
    signIn: ['basic'],
    maybe: ['bearer'],
    binds: null,
    stopsWhenRefused: true,
    note: 'This is Android’s own Exchange service; apps of other makers may know more ways.',
  },
  // comm-central, ExchangeAutoDiscover.sys.mjs: four questions at once, of which the first in this order wins. It reads the EWS address out of
  // EXHTTP and EXCH. Basic, OAuth for providers that it knows; what its network layer does with NTLM beside that was not looked into.
  thunderbird: {
    kind: 'emulated',
    name: 'Thunderbird',
    mapi: null,
    order: each(['https-autodiscover', 'https-root', 'http-redirect', 'srv'], 'outlookPlain'),
    pace: 'all at once',
    mapiHttp: false,
    speaks: ['ews'],
    signIn: ['basic'],
    maybe: ['bearer', 'ntlm', 'negotiate'],
    binds: null,
    note: 'This is its Exchange account; IMAP is found in other ways and not looked at here.',
  },
};

export const isClientId = (text: string): text is ClientId => (clientIds as readonly string[]).includes(text);

/** What people call it. */
export const clientName = (id: ClientId): string => clients[id].name;

export const isEmulated = (id: ClientId): boolean => clients[id].kind === 'emulated';

/** Those in whose order a run can be made. */
export const emulatedClients: readonly ClientId[] = clientIds.filter(isEmulated);

/** The ways that it goes, in its order; none where it does not go by itself. */
export function methodOrder(id: ClientId): readonly MethodId[] {
  const client = clients[id];
  return client.kind === 'emulated' ? client.order.map(({ method }) => method) : [];
}

/** Whether its request says X-MapiHttpCapability. */
export function offersMapiHttp(id: ClientId): boolean {
  const client = clients[id];
  return client.kind === 'emulated' && client.mapiHttp;
}

/**
 * As whom the settings for Outlook are asked for on its behalf. One that knows no Autodiscover is an old Outlook all the same; for one that
 * is no Outlook for Windows they are asked for as Outlook of today does.
 */
export function outlookAsker(id: ClientId): OutlookAsker {
  const client = clients[id];
  const isOutlook = client.kind !== 'untested' && client.mapi !== null;
  return isOutlook && !offersMapiHttp(id) ? 'older-outlook' : 'outlook';
}

/** Whether it can open a mailbox by RPC over HTTP. Outlook 2003 brought it, with settings that are typed in (Microsoft's article 831050). */
export function speaksRpcHttp(id: ClientId): boolean {
  const client = clients[id];
  return client.kind !== 'untested' && client.speaks.some((protocol) => protocol === 'expr' || protocol === 'exhttp');
}

/** How it calls itself to a server of MAPI; one that speaks no MAPI is taken for the usual one. */
export function mapiClient(id: ClientId): MapiFacts & { readonly name: string } {
  const client = clients[id];
  const facts = client.kind === 'untested' ? null : client.mapi;
  return facts === null ? mapiClient(usualClient) : { name: client.name, ...facts };
}

/** Whether it is known to bind its sign-in to the TLS connection. */
export function bindsChannel(id: ClientId): boolean {
  const client = clients[id];
  return client.kind === 'emulated' && client.binds === true;
}
