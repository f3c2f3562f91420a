/** The path of what was shown: from what was sent alone, and with the issuers that had to be fetched. */
import type { Net } from '#lib/net/door.ts';
import { type ChainJudgement, judgeChain } from '#lib/pki/chain.ts';
import { issuerAddresses, issuersOut } from '#lib/pki/issuers.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { fetchSource } from './fetched.ts';
import { type CertificateInput, readShown } from './shown.ts';

export interface FetchedIssuer {
  readonly certificate: Certificate;
  readonly url: string;
}

export interface Presented {
  /** From what was sent. */
  readonly bare: ChainJudgement;
  /** With what was fetched; the same where nothing had to be. */
  readonly full: ChainJudgement;
  readonly fetched: readonly FetchedIssuer[];
  /** Addresses that were asked in vain, each with the reason in a few words. */
  readonly vain: readonly { readonly url: string; readonly reason: string }[];
  /** The exchanges. */
  readonly evidence: readonly Evidence[];
}

/** Input of the judges that come once the chain is known. */
export interface ChainInput extends CertificateInput {
  readonly presented: Presented;
}

/** A chain lacks one intermediate, seldom two; a hostile one could lead us on for ever. */
const MOST_FETCHES = 3;

const bareOf = new WeakMap<object, ChainJudgement>();

/** Judges what was sent, without the network. Null where the leaf cannot be read. `now` counts from its first use. */
export function judgeSent(input: CertificateInput): ChainJudgement | null {
  const known = bareOf.get(input.shown);
  if (known !== undefined) return known;
  const judged = judgeWith(input, []);
  if (judged !== null) bareOf.set(input.shown, judged);
  return judged;
}

/** The same with missing issuers fetched from where the certificates say they are. Null where the leaf cannot be read. */
export async function complete(net: Net, input: CertificateInput, signal: AbortSignal): Promise<Presented | null> {
  const bare = judgeSent(input);
  if (bare === null) return null;
  const fetched: FetchedIssuer[] = [];
  const vain: { url: string; reason: string }[] = [];
  const evidence: Evidence[] = [];
  let full = bare;
  const asked = new Set<string>();
  while (input.fetchIssuers !== false && full.ending === 'issuer-missing' && asked.size < MOST_FETCHES) {
    const last = full.path.at(-1);
    const [url] = last === undefined ? [] : issuerAddresses(last).filter((address) => !asked.has(address));
    if (url === undefined) break;
    asked.add(url);
    // What goes wrong here is no fault of the server under test: it is told as a reason, not as a finding.
    const source = await fetchSource(net, url, { kind: 'issuer' }, signal);
    evidence.push(...source.evidence);
    const { certificates, fault } = source.ok ? issuersOut(source.body) : { certificates: [], fault: source.reason };
    fetched.push(...certificates.map((certificate) => ({ certificate, url })));
    if (certificates.length === 0) vain.push({ url, reason: fault ?? 'nothing came' });
    full = judgeWith(input, fetched) ?? full;
  }
  return { bare, full, fetched, vain, evidence };
}

function judgeWith(input: CertificateInput, fetched: readonly FetchedIssuer[]): ChainJudgement | null {
  const { shown, now, usage = 'server', hosts = [input.host] } = input;
  const { leaf, others, anchors, publicRoots } = readShown(shown);
  if (leaf instanceof WireError) return null;
  const all = [...others, ...fetched.map(({ certificate }) => certificate)];
  return judgeChain({ leaf, others: all, anchors, publicRoots, time: now, usage, hosts });
}
