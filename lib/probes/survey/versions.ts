/** Which versions a server accepts: one handshake for each, with everything that our OpenSSL still has; SSL 3.0 by a hello made by hand. */
import type { NetFailure } from '#lib/net/failure.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { describeAlert } from '#lib/wire/tls/alerts.ts';
import { ordinarySuites, suiteName, tls13Suites, WEAK_KINDS, weakSuites } from '#lib/wire/tls/suites.ts';
import { VERSIONS, type VersionName, versionName } from '#lib/wire/tls/versions.ts';
import { cutOff, isCutOff, settle } from './cut-off.ts';
import type { Tried, VersionTried } from './seen.ts';
import type { Heard, Way, Words } from './way.ts';

const NODE_NAMES = { 'TLS 1.0': 'TLSv1', 'TLS 1.1': 'TLSv1.1', 'TLS 1.2': 'TLSv1.2', 'TLS 1.3': 'TLSv1.3' } as const;
type Ordinary = keyof typeof NODE_NAMES;

/** What Node calls a version. */
export const nodeNameOf = (version: Ordinary) => NODE_NAMES[version];

/** TLS 1.0 to 1.3, side by side. What the first session of the run has shown is not tried again. */
export function tryVersions(way: Way, session: TlsSession | null): Promise<VersionTried[]> {
  const names = Object.keys(NODE_NAMES) as Ordinary[];
  return Promise.all(
    names.map(async (version) => {
      if (session?.protocol === NODE_NAMES[version])
        return { version, answer: 'accepted', detail: suiteOf(session), elapsedMs: session.tlsMs };
      return timed(version, () => tryVersion(way, version));
    }),
  );
}

/** SSL 3.0 with every suite that there is, weak ones too: at its time these were the usual ones. */
export function trySsl3(way: Way): Promise<VersionTried> {
  return timed('SSL 3.0', () => byHello(way, 'SSL 3.0'));
}

/** The rows again, those that were cut off tried once more, one after the other. */
export async function settleVersions(way: Way, tried: readonly VersionTried[]): Promise<VersionTried[]> {
  const settled: VersionTried[] = [];
  for (const one of tried) {
    const { version } = one;
    const again = isCutOff(one) ? await settle(way, wordsFor(version), (heard) => meaning(version, heard)) : one;
    settled.push({ ...one, ...again });
  }
  return settled;
}

async function timed(version: VersionName, work: () => Promise<Tried>): Promise<VersionTried> {
  const started = performance.now();
  const tried = await work();
  return { version, ...tried, elapsedMs: Math.round((performance.now() - started) * 10) / 10 };
}

/** Where no alert says what the server thinks, a hello decides that OpenSSL has no part in. */
async function tryVersion(way: Way, version: Ordinary): Promise<Tried> {
  const shaken = await way.shake({ version: NODE_NAMES[version] }, suiteOf);
  if (shaken.kind === 'session') return { answer: 'accepted', detail: shaken.value };
  return fromFailure(shaken.failure) ?? byHello(way, version);
}

function fromFailure({ code, details: { alert, detail = '' } }: NetFailure): Tried | null {
  if (code === 'client-certificate') return { answer: 'accepted', detail: 'wants a client certificate' };
  return alert === undefined ? null : { answer: 'refused', detail };
}

async function byHello(way: Way, version: VersionName): Promise<Tried> {
  return meaning(version, await way.say(wordsFor(version)));
}

function meaning(version: VersionName, heard: Heard): Tried {
  if (heard.kind === 'cut-off') return cutOff;
  if (heard.kind === 'nothing') return { answer: 'not tested', detail: heard.detail };
  const { hello, alert } = heard.flight;
  if (hello === null) return { answer: 'refused', detail: describeAlert(alert ?? 0) };
  if (hello.version === VERSIONS[version]) return { answer: 'accepted', detail: suiteName(hello.suite) };
  return { answer: 'refused', detail: `answers with ${versionName(hello.version)}` };
}

function wordsFor(version: VersionName): Words {
  if (version === 'TLS 1.3') return { version, suites: tls13Suites };
  const old = version === 'SSL 3.0' ? WEAK_KINDS.flatMap(weakSuites) : [];
  return { version, suites: [...ordinarySuites, ...old] };
}

function suiteOf({ evidence }: TlsSession): string {
  return (evidence.kind === 'tls' ? evidence.body.cipher : null) ?? 'unknown';
}
