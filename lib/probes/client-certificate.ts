/**
 * Opens the client's own certificate, before anything is dialled: a wrong pass phrase is no fault of the server's, and a test without
 * the certificate would be another one than was asked for. RFC 7292
 */
import type { OpenedClientCertificate } from '#lib/auth/client-certificate.ts';
import type { LockedFile } from '#lib/auth/secret.ts';
import type { Net } from '#lib/net/door.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import { draft } from '#lib/result/finding.ts';
import type { Message } from '#lib/result/message.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { shortName } from '#lib/wire/x509/name.ts';
import { encodePem } from '#lib/wire/x509/pem.ts';
import { isoDate, nameOf } from './judging/certificate-facts.ts';
import { issuingPath, readGiven } from './judging/given.ts';

export interface ClientCertificateInput extends Subject {
  readonly file: LockedFile;
}

/** `objection`: why our own side would not show it; null where it would. */
type Seen =
  | { readonly state: 'open'; readonly certificate: ClientCertificate; readonly objection: string | null }
  | (OpenedClientCertificate & { readonly state: 'wrong-pass-phrase' | 'unreadable' });

export const clientCertificate: Probe<Net, ClientCertificateInput, Seen, ClientCertificate> = {
  id: 'client-certificate',
  titles: {
    planned: () => title('client-certificate.planned', {}),
    failed: () => title('client-certificate.failed', {}),
  },
  emits: ['tool.not-tested'],
  observe: open,
  judge: (seen) => {
    if (seen.state === 'wrong-pass-phrase') return closed('the pass phrase does not open the client certificate');
    if (seen.state === 'unreadable') return closed(`the client certificate cannot be used: ${seen.reason}`);
    const { certificate, objection } = seen;
    if (objection !== null) return closed(`the client certificate cannot be used: OpenSSL says "${objection}"`);
    return { ok: true, value: certificate, title: passed(certificate) };
  },
};

function passed({ chain: [own = ''] }: ClientCertificate): Message {
  const read = readGiven(own);
  if (read === null) return title('client-certificate.unread', {});
  const { issuer, notAfter } = read;
  const facts = { name: nameOf(read), issuer: shortName(issuer), notAfter: isoDate(notAfter.at) };
  return title('client-certificate.passed', facts);
}

async function open(net: Net, { file }: ClientCertificateInput, signal: AbortSignal): Promise<Seen> {
  // Loaded here, because few runs open such a file and the library behind it is large.
  const { openClientCertificate } = await import('#lib/auth/client-certificate.ts');
  const opened = await openClientCertificate(file, signal);
  if (opened.state !== 'open') return opened;
  const chain = issuingPath(opened.certificates.map((der) => encodePem('CERTIFICATE', der)));
  const own = readGiven(chain[0] ?? '');
  const name = own === null ? 'a certificate that cannot be read' : nameOf(own);
  const certificate = { name, chain, withKey: opened.withKey };
  return { state: 'open', certificate, objection: net.objectionTo(certificate) };
}

function closed(reason: string): Judgement<never> {
  return { ok: false, findings: [draft('tool.not-tested', { what: 'The server', reason })] };
}
