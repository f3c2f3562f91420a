import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { ClientName, ClientTable } from './clients.ts';
import type { RecordData } from './dns/records.ts';
import type { LookupFault, NameAnswer } from './dns/zone.ts';
import { hostName, type Ports } from './layout.ts';
import type { ClientKind } from './pki/client.ts';
import type { Listener } from './place.ts';

/** A host of a world: what DNS says about it, and what listens there. A port without listener is closed. */
export interface Host {
  /** By default the address that the lab gave to the host. */
  dns?: LookupFault | ((ownAddress: string) => readonly RecordData[]);
  /** In place of `dns`, all that DNS says because of this host, by the names below the domain; `*` is whatever is not there. */
  names?: (ownAddress: string, domain: string) => Readonly<Record<string, NameAnswer>>;
  /** Where it listens beside its own address, if it can. */
  alsoAt?: (ownAddress: string) => readonly string[];
  https?: Listener;
  http?: Listener;
}

/**
 * The names below a world's domain; `root` is the domain itself. A name without host does not exist. At `pki` certificates say
 * that their issuer, revocation list and OCSP responder are; at `login` tokens are to be had; `xn--bcher-kva` is a name that people
 * write with an umlaut: bücher.
 */
type OwnLabel = 'root' | 'autodiscover' | 'mail' | 'login' | 'pki' | 'xn--bcher-kva';

/** `other` and what is below it are in the world's other domain; `cloud` stands in for Microsoft 365, under its real name. */
export type HostLabel = OwnLabel | 'other' | 'other-autodiscover' | 'other-mail' | 'cloud';

/** One mail domain with its mail system, healthy or broken in exactly one way. */
export interface World {
  name: string;
  /** One sentence for a person who picks a world. */
  title: string;
  analyzer: 'outlook' | 'autodiscover' | 'mapi-http' | 'rpc-http' | 'tls';
  /** The host to test, where that is not the mailbox: for the analyzer `tls`, by default `autodiscover`. */
  target?: string;
  /** What the network of whoever tests this world is like, as more command line arguments. */
  network?: (ports: Ports, addressOf: (label: HostLabel) => string) => readonly string[];
  hosts: Partial<Record<HostLabel, Host>>;
  /** What DNS says beside the hosts' own names, by the names below the domain; a dot at the end makes a name a whole one. */
  records?: (domain: string, addressOf: (label: HostLabel) => string) => Readonly<Record<string, NameAnswer>>;
  /** Codes that a test of this world must find. */
  must: readonly FindingCode[];
  /** Codes that may be found beside them. Every other error or warning would be wrong. */
  may: readonly FindingCode[];
  /** What has to be said about the clients, of whom `others` are all that are not named. */
  clients?: ClientTable;
  /** The password that people are told, where it is wrong on purpose. */
  toldPassword?: string;
  /** The user name that people are told, where it is not the address. */
  toldUsername?: (email: string) => string;
  /** How they sign in, where it is not by password: with a code that they type in at another device. */
  signInWith?: 'device-code';
  /** Whom Outlook was told to expect in the certificate, for the analyzers `tls` and `rpc-http`. */
  principal?: string;
  /** SHA-256 of the certificates that were seen from elsewhere, for the analyzer `tls`: one of them is the lab's root, or none. */
  pins?: 'root' | 'stranger';
  /** The address of the mailbox service that is typed in, for the analyzer `mapi-http`; for `rpc-http` the host of the proxy. */
  server?: (domain: string) => string;
  /** The name of the server behind the proxy, if it is typed in, and how to sign in at the proxy: for the analyzer `rpc-http`. */
  rpcServer?: (domain: string) => string;
  rpcAuth?: 'basic' | 'ntlm' | 'negotiate';
  /** The endpoint mapper is asked as well. */
  endpointMapper?: true;
  /** For how many seconds a request that waits is watched. */
  longWait?: number;
  /** Names of folders, and how much is in them, are not to be shown. */
  hideFolders?: true;
  /** Hosts outside the domain to which redirects may lead without a question. */
  redirectTo?: readonly HostLabel[];
  /** Microsoft 365 may be asked about the address. */
  askMicrosoft?: true;
  /** Whose eyes it is looked at with; by default those of a current Outlook. */
  client?: ClientName;
  /** What the client shows if it is asked: a certificate of the lab's authority for clients, or of another one. */
  clientCertificate?: ClientKind;
}

/** What a world's file says; the rest is as usual. */
export type WorldInput = Omit<World, 'analyzer' | 'must' | 'may'> & Partial<Pick<World, 'analyzer' | 'must' | 'may'>>;

/**
 * Completes a world. That one of the two hosts does not exist is nothing to complain about, but stays visible in the
 * tree; so every world allows this finding.
 */
export function defineWorld({ must = [], may = [], ...rest }: WorldInput): World {
  const target = rest.analyzer === 'tls' ? { target: hostName(rest, 'autodiscover') } : {};
  return { analyzer: 'outlook', must, may: ['dns.host-not-found', ...may], ...target, ...rest };
}
