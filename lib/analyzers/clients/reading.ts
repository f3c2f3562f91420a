/** What a client makes of one way to the settings. Pure. */
import { readServiceUrl } from '#lib/probes/judging/service-url.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { Attempt, EmulatedClient } from '../clients.ts';
import {
  type DocumentId,
  documentFor,
  type MethodFacts,
  type Offer,
  type ProtocolId,
  type SettingsSummary,
} from './facts.ts';

export type Reading =
  /** Offers that it can use, best first. */
  | { readonly kind: 'settings'; readonly knows: readonly Offer[] }
  /** Settings without anything for it: it looks no further. [MS-OXDISCO] 3.1.5: the first answer counts */
  | { readonly kind: 'useless'; readonly because: readonly FindingCode[] }
  /** It is asked for a sign-in that it does not know, as if it were refused. */
  | { readonly kind: 'locked-out'; readonly because: readonly FindingCode[] }
  | { readonly kind: 'nothing'; readonly because: readonly FindingCode[] }
  /** The run did not see what it would get here. `answers`: but it would get something. `open`: what is not known. */
  | {
      readonly kind: 'unknown';
      readonly because: readonly FindingCode[];
      readonly answers: boolean;
      readonly open: 'method' | 'sign-in' | 'document' | 'address';
    };

/** The first document that says something decides, in the order in which it asks for them. */
export function readAttempt(client: EmulatedClient, attempt: Attempt, facts: MethodFacts): Reading {
  const readings = attempt.reads.map((document) => readDocument(client, document, facts));
  const decisive = readings.find(({ kind }) => kind === 'settings' || kind === 'useless' || kind === 'unknown');
  return decisive ?? readings.find(({ kind }) => kind === 'locked-out') ?? readings.at(-1) ?? nothing(facts.because);
}

const nothing = (because: readonly FindingCode[]): Reading => ({ kind: 'nothing', because });

function readDocument(client: EmulatedClient, id: DocumentId, facts: MethodFacts): Reading {
  if (id === 'json') return readJson(client, facts);
  const found = facts.documents[id];
  // Who got nowhere near a sign-in is not kept out by it.
  if (!found && facts.outcome === 'fails' && wasAskedFor(id, facts))
    return nothing(facts.missing?.[id] ?? facts.because);
  const door = doorFor(client, facts);
  if (door === 'closed') return { kind: 'locked-out', because: lockedOutBy(client, facts) };
  if (door === 'unknown') return unknown(facts, 'sign-in');
  if (found) return readSettings(client, found);
  return wasAskedFor(id, facts) ? nothing(facts.missing?.[id] ?? facts.because) : unknown(facts, 'document');
}

/**
 * Whether a document that is not there was looked for. Microsoft 365 gives XML after a sign-in only. A server that has no XML at all
 * has it in no form; but where the XML that was asked for first is of no use, a run does not ask for the other forms.
 */
function wasAskedFor(id: DocumentId, facts: MethodFacts): boolean {
  if (facts.outcome === 'not-tested' || facts.method === 'cloud') return false;
  if (facts.documents[id] === null) return true;
  if (hasDocument(facts) || facts.because.some((code) => UNTESTED.includes(code))) return false;
  return id === documentFor[facts.asker] || !facts.because.some((code) => OF_THE_SETTINGS.includes(code));
}

const UNTESTED: readonly FindingCode[] = ['tool.not-tested', 'auth.password-not-usable'];
const OF_THE_SETTINGS: readonly FindingCode[] = [
  'autodiscover.no-exch',
  'autodiscover.other-product-answers',
  'autodiscover.url-internal-only',
  'autodiscover.url-not-https',
];

/** XML with settings came of it. */
const hasDocument = ({ documents: { outlook, outlookPlain, mobilesync, soap } }: MethodFacts): boolean =>
  [outlook, outlookPlain, mobilesync, soap].some((document) => document !== null && document !== undefined);

/** Microsoft 365 says in JSON that it has the mailbox, and gives its settings after a sign-in only. */
export const cloudAnswers = ({ method, outcome, documents: { json } }: MethodFacts): boolean =>
  method === 'cloud' && (outcome === 'works' || (json !== null && json !== undefined));

function unknown(facts: MethodFacts, open: 'sign-in' | 'document'): Reading {
  const answers = hasDocument(facts) || cloudAnswers(facts);
  return { kind: 'unknown', because: facts.because, answers, open: answers ? open : 'method' };
}

/**
 * Anybody may ask for JSON; it leads to one address for each protocol. What it is worth is open where nobody got past the sign-in: at
 * Microsoft 365, and where the run was refused.
 */
function readJson(client: EmulatedClient, facts: MethodFacts): Reading {
  const { json } = facts.documents;
  if (facts.method === 'cloud') return facts.outcome === 'fails' ? nothing(facts.because) : unknown(facts, 'document');
  // Not asked for, it decides nothing: the next document does.
  if (!json) return nothing(facts.missing?.json ?? facts.because);
  const knows = client.speaks.flatMap((protocol) => offersOf(json, protocol));
  if (knows.length === 0) return nothing([]);
  const isLocked = facts.signIn.length > 0 && !hasDocument(facts);
  return isLocked
    ? { kind: 'unknown', because: facts.because, answers: true, open: 'sign-in' }
    : { kind: 'settings', knows };
}

/** Names of protocols match in any case, and an empty URL is none. */
function offersOf(json: Readonly<Record<string, string>>, protocol: ProtocolId): Offer[] {
  const urls = Object.entries(json).flatMap(([name, url]) => (name.toLowerCase() === protocol ? [url] : []));
  return urls.filter((url) => readServiceUrl(url).ok).map((address) => ({ protocol, address, outside: true }));
}

/** The best protocol that is offered decides: no source says that a client falls back to an older one where its addresses are of no use. */
function readSettings({ speaks, mapiHttp }: EmulatedClient, { offers }: SettingsSummary): Reading {
  const best = speaks.find((protocol) => offers.some((offer) => offer.protocol === protocol));
  const spoken = offers.filter(({ protocol }) => protocol === best);
  if (spoken.some(({ outside }) => outside)) return { kind: 'settings', knows: usable(speaks, offers) };
  // Clients take an address for inside as well, and a name that looks public may be one.
  if (spoken.some(({ address }) => readServiceUrl(address).ok))
    return { kind: 'unknown', because: ['autodiscover.url-internal-only'], answers: true, open: 'address' };
  if (spoken.length > 0) return { kind: 'useless', because: codes(spoken.map(whyUseless)) };
  if (!speaks.includes('expr')) return { kind: 'useless', because: [] };
  const isExchange = offers.some(({ protocol }) => protocol === 'mapiHttp' || protocol === 'exch');
  if (!isExchange) return { kind: 'useless', because: ['autodiscover.no-exch'] };
  return {
    kind: 'useless',
    because: mapiHttp ? ['autodiscover.no-mapi-http', 'autodiscover.no-expr'] : ['autodiscover.no-expr'],
  };
}

const usable = (speaks: readonly ProtocolId[], offers: readonly Offer[]): Offer[] =>
  speaks.flatMap((protocol) => offers.filter((offer) => offer.protocol === protocol && offer.outside));

/** Outlook Anywhere is named by its host alone. */
function whyUseless({ protocol, address }: Offer): FindingCode {
  const read = readServiceUrl(protocol === 'expr' || protocol === 'exhttp' ? `https://${address}` : address);
  return read.ok || read.inside ? 'autodiscover.url-internal-only' : 'autodiscover.url-not-https';
}

/** Each code once, in its first place. */
export const codes = (all: readonly FindingCode[]): FindingCode[] => [...new Set(all)];

/** Whether the client can sign in with what is offered: channel binding touches NTLM and Negotiate alone. RFC 5929, [MS-NLMP] 3.1.5.1.2 */
function doorFor({ signIn, maybe, binds }: EmulatedClient, facts: MethodFacts): 'open' | 'closed' | 'unknown' {
  if (facts.signIn.length === 0) return 'open';
  const bound = (scheme: string) => facts.channelBindingRequired && (scheme === 'ntlm' || scheme === 'negotiate');
  const offered = (known: readonly string[]) => facts.signIn.filter((scheme) => known.includes(scheme));
  const sure = offered(signIn);
  if (sure.some((scheme) => !bound(scheme) || binds === true)) return 'open';
  const perhaps = offered(maybe).some((scheme) => !bound(scheme) || binds !== false);
  return perhaps || (sure.length > 0 && binds === null) ? 'unknown' : 'closed';
}

function lockedOutBy({ signIn }: EmulatedClient, facts: MethodFacts): FindingCode[] {
  if (facts.signIn.some((scheme) => (signIn as readonly string[]).includes(scheme)))
    return ['auth.channel-binding-required'];
  const onlyBearer = facts.signIn.every((scheme) => scheme === 'bearer');
  return [onlyBearer ? 'auth.password-not-usable' : 'auth.required-method-missing'];
}
