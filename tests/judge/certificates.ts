/** Certificates for judges: any names, dates to the second, any chain. Made at test time, so that none is ever out of date. */
import { type ChainInput, judgeSent, type Presented } from '#lib/probes/judging/presented.ts';
import type { ShownCertificates } from '#lib/probes/judging/shown.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { type KeyKind, type KeyPair, newKey as newPair, pooledKey, privatePem } from '#tests/lab/pki/keys.ts';
import { makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';
import { SUBJECT } from './table.ts';

/** Noon of the day on which these judges live. */
export const NOW = Date.parse('2026-11-20T12:00:00Z');
export const DAY = 86_400_000;

interface Key {
  readonly pair: KeyPair;
  readonly privatePem: string;
}

export interface Made {
  readonly name: string;
  readonly key: Key;
  readonly pem: string;
  readonly made: Certificate;
}

interface Content {
  readonly name?: string;
  readonly dns?: readonly string[];
  readonly addresses?: readonly string[];
  readonly mail?: readonly string[];
  /** Without an issuer it signs itself. */
  readonly issuer?: Pick<Made, 'name' | 'key' | 'made'>;
  readonly key?: Key;
  readonly from?: number;
  readonly to?: number;
  readonly authority?: boolean;
  /** Whatever else is wished of it. */
  readonly wish?: Wish;
}

/** Makes a certificate of a server, or of an authority. */
export function make(content: Content = {}): Made {
  const { name = 'mail.example.test', key = newKey(), authority = false, issuer } = content;
  const { dns = [], addresses = [], mail = [] } = content;
  const made = makeCertificate({
    ...{ subject: { CN: name }, key: key.pair, authority },
    ...{ from: new Date(content.from ?? NOW - 100 * DAY), to: new Date(content.to ?? NOW + 300 * DAY) },
    names: [...mail.map((address) => ({ mail: address })), ...dns, ...addresses.map((ip) => ({ ip }))],
    ...(issuer && { issuer: issuer.made }),
    ...content.wish,
  });
  return { name, key, pem: made.pem, made };
}

let keys: Key | undefined;

/** One key for whoever does not care; making keys takes longest. */
export function commonKey(): Key {
  keys ??= toKey(pooledKey('rsa-2048'));
  return keys;
}

export const newKey = (kind: KeyKind = 'rsa-2048'): Key => toKey(newPair(kind));

const toKey = (pair: KeyPair): Key => ({ pair, privatePem: privatePem(pair) });

/** What a handshake has shown: these certificates in this order, and the roots that the run trusts. */
export function shown(chain: readonly Made[], roots: readonly Made[] = []): ShownCertificates {
  const pems = (made: readonly Made[]): string[] => made.map(({ pem }) => pem);
  return { chain: pems(chain), roots: pems(roots) };
}

/** The chain of what was shown, without a network: nothing is fetched. */
export function presented(shownOnes: ShownCertificates, now = NOW): Presented {
  const sent = judgeSent({ ...SUBJECT, shown: shownOnes, now });
  if (sent === null) throw new Error('the leaf cannot be read');
  return { bare: sent, full: sent, fetched: [], vain: [], evidence: [] };
}

/** Input of the judges that know the chain. */
export function chainInput(chain: readonly Made[], roots: readonly Made[] = []): ChainInput {
  const shownOnes = shown(chain, roots);
  return { ...SUBJECT, shown: shownOnes, now: NOW, presented: presented(shownOnes) };
}
