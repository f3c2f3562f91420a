/** Opens a PKCS #12 file. Nothing is judged yet: a file that stays closed is not the certificate's fault. RFC 7292 */
import type { OpenedFile } from '#lib/auth/pkcs12/open.ts';
import type { LockedFile } from '#lib/auth/secret.ts';
import type { Net } from '#lib/net/door.ts';
import { draft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { encodePem } from '#lib/wire/x509/pem.ts';
import { givenName, inIssuingOrder } from './judging/given.ts';

export interface LockedFileInput extends Subject {
  readonly file: LockedFile;
}

export interface OpenedCertificates {
  /** PEM, the server's first, each issuer behind what it has issued. */
  readonly chain: readonly string[];
  readonly key: (OpenedFile & { state: 'open' })['key'];
}

export const lockedFile: Probe<Net, LockedFileInput, OpenedFile, OpenedCertificates> = {
  id: 'locked-file',
  titles: {
    planned: () => title('locked-file.planned', {}),
    failed: () => title('locked-file.failed', {}),
  },
  emits: ['tool.not-tested'],
  observe: async (_net, { file }, signal) => {
    // Loaded here, because few runs open such a file and the library behind it is large.
    const { openPkcs12 } = await import('#lib/auth/pkcs12/open.ts');
    return openPkcs12(file, signal);
  },
  judge: (seen, { file }) => {
    if (seen.state === 'wrong-pass-phrase')
      return closed(
        file.passPhrase.isEmpty
          ? 'the file has a pass phrase, and none was given'
          : 'this pass phrase does not open the file',
      );
    if (seen.state === 'unreadable') return closed(`the file cannot be opened: ${seen.reason}`);
    // In such a file the order means nothing: whoever installs it sorts.
    const chain = inIssuingOrder(seen.certificates.map((der) => encodePem('CERTIFICATE', der)));
    const name = givenName(chain[0] ?? '') ?? 'a certificate that cannot be read';
    const passed = title('locked-file.passed', { name, others: chain.length - 1 });
    return { ok: true, value: { chain, key: seen.key }, title: passed };
  },
};

function closed(reason: string): Judgement<never> {
  return { ok: false, findings: [draft('tool.not-tested', { what: 'The certificate', reason })] };
}
