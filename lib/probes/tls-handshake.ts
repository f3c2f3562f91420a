/** Opens TLS over the connection that is there. The certificate is judged by other probes: here every one is accepted. */
import type { Dialed } from '#lib/net/dialer.ts';
import type { Net } from '#lib/net/door.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';

export interface TlsHandshakeInput extends Subject {
  readonly dialed: Dialed;
}

export const tlsHandshake: Probe<Net, TlsHandshakeInput, TlsSession, TlsSession> = {
  id: 'tls-handshake',
  titles: {
    planned: ({ host }) => title('tls-handshake.planned', { host }),
    failed: ({ host }) => title('tls-handshake.failed', { host }),
  },
  emits: [],
  observe: (net, { dialed }, signal) => net.handshake(dialed, signal),
  judge: (seen, { host }) => ({
    ok: true,
    value: seen,
    title: title('tls-handshake.passed', { host, protocol: seen.protocol.replace('TLSv', 'TLS ') }),
    evidence: [seen.evidence],
  }),
};
