/** Opens TLS over the connection that is there. The certificate is judged by other probes: here every one is accepted. */
import type { Dialed } from '#lib/net/dialer.ts';
import type { Net } from '#lib/net/door.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import type { Message } from '#lib/result/message.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';

export interface TlsHandshakeInput extends Subject {
  readonly dialed: Dialed;
  /** Shown to the server if it asks for one. */
  readonly clientCertificate?: ClientCertificate | null;
}

export const tlsHandshake: Probe<Net, TlsHandshakeInput, TlsSession, TlsSession> = {
  id: 'tls-handshake',
  titles: {
    planned: ({ host }) => title('tls-handshake.planned', { host }),
    failed: ({ host }) => title('tls-handshake.failed', { host }),
  },
  emits: [],
  observe: (net, { dialed, clientCertificate = null }, signal) => net.handshake(dialed, signal, { clientCertificate }),
  judge: (seen, { host }) => ({
    ok: true,
    value: seen,
    title: passed(seen, host),
    evidence: [seen.evidence],
  }),
};

function passed({ protocol: version, offer, asksForCertificate }: TlsSession, host: string): Message {
  const protocol = version.replace('TLSv', 'TLS ');
  const name = asksForCertificate ? offer.clientCertificate?.name : undefined;
  return name === undefined
    ? title('tls-handshake.passed', { host, protocol })
    : title('tls-handshake.shown', { host, protocol, name });
}
