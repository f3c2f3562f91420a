/** Chains out of the lab's writer, well but for what is wished, and what the judge says of them in short. */
import { type ChainJudgement, type ChainQuestion, judgeChain } from '#lib/pki/chain.ts';
import type { Problem } from '#lib/pki/problem.ts';
import { type Certificate as Decoded, decodeCertificate } from '#lib/wire/x509/certificate.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';

/** The host that everything here is about. */
export const HOST = 'mail.example.test';
export const NOW = Date.now();
export const DAY = 86_400_000;

/** An authority with a key of its own: one for each name. */
export function authority(name: string, wish: Wish = {}): Certificate {
  return makeCertificate({ authority: true, subject: { O: 'Test', CN: name }, key: pooledKey('p-256', name), ...wish });
}

/** A server's certificate. */
export function server(issuer: Certificate, wish: Wish = {}): Certificate {
  return makeCertificate({ names: [HOST], subject: { CN: HOST }, issuer, ...wish });
}

export interface Wishes {
  readonly root?: Wish;
  readonly issuing?: Wish;
  readonly leaf?: Wish;
}

/** Leaf, issuing authority and root. */
export function chainOf({ root = {}, issuing = {}, leaf = {} }: Wishes): [Certificate, Certificate, Certificate] {
  const top = authority('Root', root);
  const middle = authority('Issuing', { issuer: top, ...issuing });
  return [server(middle, leaf), middle, top];
}

export const read = ({ der }: Certificate): Decoded => decodeCertificate(der);

export interface Given {
  readonly leaf: Certificate;
  readonly others?: readonly Certificate[];
  readonly anchors?: readonly Certificate[];
}

/** Judges for a server named `HOST`, now. */
export function judge({ leaf, others = [], anchors = [] }: Given, change: Partial<ChainQuestion> = {}): ChainJudgement {
  const given = { leaf: read(leaf), others: others.map(read), anchors: anchors.map(read) };
  return judgeChain({ ...given, time: NOW, usage: 'server', hosts: [HOST], ...change });
}

/** Judges a chain that is given in order, the last one of it as the anchor. */
export function judgeOrdered(chain: readonly Certificate[], change: Partial<ChainQuestion> = {}): ChainJudgement {
  const [leaf, ...above] = chain;
  const anchor = above.at(-1);
  if (leaf === undefined || anchor === undefined) throw new RangeError('A chain has two certificates at least.');
  return judge({ leaf, others: above.slice(0, -1), anchors: [anchor] }, change);
}

/** `expired at 0`; for what not every client refuses with who does: `serial-number at 1 (strict)`. */
export function brief({ kind, at, enforcedBy }: Problem): string {
  return `${kind} at ${at}${enforcedBy === 'clients' ? '' : ` (${enforcedBy})`}`;
}

/** All problems of a chain in short. */
export const problemsOf = (wishes: Wishes, change: Partial<ChainQuestion> = {}): string[] =>
  judgeOrdered(chainOf(wishes), change).problems.map(brief);

/** A row of a table: what is wished, and which problems that makes. */
export type Row = readonly [what: string, wishes: Wishes, problems: readonly string[]];
