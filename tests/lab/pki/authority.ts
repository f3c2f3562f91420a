import type { Certificate } from './certificate.ts';
import { type KeyPair, pooledKey } from './keys.ts';
import { makeCertificate, type Wish } from './usual.ts';

/** A root with one intermediate, as a public certificate authority has them. */
export interface Hierarchy {
  readonly root: Certificate;
  readonly intermediate: Certificate;
}

/** Everything that the lab's certificates are made of. Nothing is made before somebody asks for it. */
export interface Authority {
  readonly trusted: Hierarchy;
  /** Looks as good as the other, but its root is not in the trust file. */
  readonly unknown: Hierarchy;
  /** Issues the certificates of clients; servers that ask for one know no other. */
  readonly clients: Certificate;
  /** Servers share it, because making keys takes longest. */
  readonly serverKey: KeyPair;
  /** Makes something when it is first asked for under this label, and gives the same from then on. */
  once<T>(label: string, make: () => T): T;
}

/** The lab's certificate authorities. Each has its own key, so that none passes for another. */
export function createAuthority(): Authority {
  const once = memory();
  return {
    trusted: hierarchy('Throughline Lab', once),
    unknown: hierarchy('Unknown Lab', once),
    get clients() {
      return once('clients', () => issuer('Throughline Lab Client CA'));
    },
    get serverKey() {
      return pooledKey('rsa-2048', 'server');
    },
    once,
  };
}

function memory(): Authority['once'] {
  const made = new Map<string, unknown>();
  return <T>(label: string, make: () => T): T => {
    if (!made.has(label)) made.set(label, make());
    return made.get(label) as T;
  };
}

function hierarchy(owner: string, once: Authority['once']): Hierarchy {
  const rootName = `${owner} Root CA`;
  const root = () => once(rootName, () => issuer(rootName, { days: [-400, 3650] }));
  const name = `${owner} Issuing CA`;
  return {
    get root() {
      return root();
    },
    get intermediate() {
      return once(name, () => issuer(name, { issuer: root() }));
    },
  };
}

/** An authority of the lab with a key of its own, which its name stands for. */
export function issuer(commonName: string, wish: Wish = {}): Certificate {
  const subject = { O: 'Throughline Lab', CN: commonName };
  return makeCertificate({ authority: true, subject, key: pooledKey('rsa-2048', commonName), ...wish });
}
