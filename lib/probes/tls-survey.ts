/**
 * What a server offers beyond the connection that was used: every version of TLS, weak suites, no SNI, a wish for a client
 * certificate. Ordinary handshakes first; what a guard before the server could take for an attack comes last.
 */
import type { Dialed } from '#lib/net/dialer.ts';
import type { Net } from '#lib/net/door.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { VersionName } from '#lib/wire/tls/versions.ts';
import { judgeSurvey } from './judging/tls-survey.ts';
import { tryClientCertificate } from './survey/client-certificate.ts';
import type { SurveySeen, VersionTried } from './survey/seen.ts';
import { settleVersions, trySsl3, tryVersions } from './survey/versions.ts';
import { Way } from './survey/way.ts';
import { settleWeakSuites, tryWeakSuites } from './survey/weak-suites.ts';
import { tryWithoutSni } from './survey/without-sni.ts';

export interface TlsSurveyInput extends Subject {
  /** The connection that was made before; only its address is used. */
  readonly dialed: Dialed;
  /** What came of it; null where the handshake failed. */
  readonly session: TlsSession | null;
  /** Shown to the server if it asks for one. */
  readonly clientCertificate?: ClientCertificate | null;
}

export const tlsSurvey: Probe<Net, TlsSurveyInput, SurveySeen, void> = {
  id: 'tls-survey',
  titles: {
    planned: ({ host }) => title('tls-survey.planned', { host }),
    failed: ({ host }) => title('tls-survey.failed', { host }),
  },
  emits: ['tls.old-protocol-enabled', 'tls.weak-cipher', 'tls.no-sni-default', 'tool.not-tested'],
  observe: (net, input, signal) => survey(net, input, signal),
  judge: (seen, { host }) => judgeSurvey(seen, host),
};

async function survey(net: Net, input: TlsSurveyInput, signal: AbortSignal): Promise<SurveySeen> {
  const started = performance.now();
  const { dialed, session } = input;
  const way = new Way(net, dialed, signal, input.clientCertificate);
  const [ordinary, withoutSni, clientCertificate] = await Promise.all([
    tryVersions(way, session),
    tryWithoutSni(way, session),
    tryClientCertificate(way),
  ]);
  const [ssl3, suites] = await Promise.all([trySsl3(way), tryWeakSuites(way, newestOf(ordinary))]);
  const versions = await settleVersions(way, [ssl3, ...ordinary]);
  const weak = await settleWeakSuites(way, suites);
  return {
    address: dialed.address.address,
    handshakes: way.handshakes,
    elapsedMs: Math.round(performance.now() - started),
    ...{ versions, weak, withoutSni, clientCertificate },
  };
}

/** Weak suites are offered up to TLS 1.2; where TLS 1.0 is spoken also by that, as some ended with it. RFC 4346 A.5 */
function newestOf(versions: readonly VersionTried[]): VersionName[] {
  const isOld = versions.some(({ version, answer }) => version === 'TLS 1.0' && answer === 'accepted');
  return isOld ? ['TLS 1.2', 'TLS 1.0'] : ['TLS 1.2'];
}
