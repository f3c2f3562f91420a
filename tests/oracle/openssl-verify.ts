/** Certificates out of the lab's own writer, handed to `openssl verify`. */
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';
import { run } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

/** The host that everything here is about. */
export const HOST = 'mail.oracle.test';

/** Makes an authority with a key of its own. */
export function authority(name: string, wish: Wish = {}): Certificate {
  return makeCertificate({
    authority: true,
    subject: { O: 'Oracle', CN: name },
    key: pooledKey('p-256', name),
    ...wish,
  });
}

/** A chain that is well: `root`, `issuing` below it, and `leaf`. */
export const root = authority('Oracle Root');
export const issuing = authority('Oracle Issuing', { issuer: root });
export const leaf = makeCertificate({ names: [HOST], issuer: issuing });

/** The files of one test. */
export class Files extends TemporaryFolder {
  #count = 0;

  /** Certificates as PEM, in this order. */
  pem(...certificates: readonly Certificate[]): string {
    return this.write(`${++this.#count}.pem`, certificates.map(({ pem }) => pem).join(''));
  }

  der(bytes: Uint8Array): string {
    return this.write(`${++this.#count}.der`, bytes);
  }
}

/**
 * What OpenSSL objects to; `OK` where it does not.
 * @param chain the certificate that is judged, and behind it those that may be used on the way to the root
 * @param options more for the command line
 */
export async function objectionTo(
  [first = leaf, ...between]: readonly Certificate[],
  trust: Certificate = root,
  options: readonly string[] = [],
): Promise<string | undefined> {
  const files = new Files();
  const others = between.length === 0 ? [] : ['-untrusted', files.pem(...between)];
  const trusted = ['-CAfile', files.pem(trust), '-no-CApath', '-no-CAstore'];
  const { stdout, stderr } = await run('openssl', ['verify', ...trusted, ...others, ...options, files.pem(first)]);
  return /error \d+ at \d+ depth lookup: (.+)/.exec(stdout + stderr)?.[1] ?? stdout.split(': ').at(-1)?.trim();
}
