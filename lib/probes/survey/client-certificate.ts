/** Whether a server asks for a client certificate during the handshake, and whether it insists. RFC 8446 4.3.2, RFC 5246 7.4.4 */
import type { NetFailure } from '#lib/net/failure.ts';
import { ordinarySuites, tls13Suites } from '#lib/wire/tls/suites.ts';
import { versionName } from '#lib/wire/tls/versions.ts';
import { HiddenFlight, OwnKeys } from './hidden-flight.ts';
import type { ClientCertificateSeen } from './seen.ts';
import { nodeNameOf } from './versions.ts';
import type { Way } from './way.ts';

interface Asking {
  readonly version: 'TLS 1.0' | 'TLS 1.1' | 'TLS 1.2' | 'TLS 1.3';
  /** How many issuers the server names; null where that was not looked at. */
  readonly issuers: number | null;
}
/** Null where nothing could be seen. */
type Wish = Asking | 'no' | null;

/** Two hellos made by hand, old and new, since servers may ask in one and not in the other; then a handshake, if one asks. */
export async function tryClientCertificate(way: Way): Promise<ClientCertificateSeen> {
  const wishes = await Promise.all([wishInTls13(way), wishBefore(way)]);
  const asking = wishes.find((wish): wish is Asking => wish !== null && wish !== 'no');
  if (asking !== undefined) return insistence(way, asking);
  if (wishes.includes('no'))
    return { answer: 'no', how: 'the server does not ask for one during the handshake', given: null };
  return { answer: 'unknown', how: 'no handshake went far enough to show it', given: null };
}

async function wishBefore(way: Way): Promise<Wish> {
  const heard = await way.say({ version: 'TLS 1.2', suites: ordinarySuites });
  if (heard.kind !== 'flight' || heard.flight.hello === null) return null;
  const { hello, certificateRequest } = heard.flight;
  if (certificateRequest === null) return 'no';
  const version = versionName(hello.version) as Asking['version'];
  return { version, issuers: certificateRequest.authorities.length };
}

async function wishInTls13(way: Way): Promise<Wish> {
  const keys = new OwnKeys();
  const hello = way.helloOf({ version: 'TLS 1.3', suites: tls13Suites, keyShares: keys.shares });
  const hidden = new HiddenFlight(keys, hello);
  await way.hear(hello, hidden);
  if (hidden.wantsCertificate === null) return null;
  return hidden.wantsCertificate ? { version: 'TLS 1.3', issuers: null } : 'no';
}

/** In TLS 1.3 the client is through before the server has looked: its refusal has to be waited for. */
async function insistence(way: Way, { version, issuers }: Asking): Promise<ClientCertificateSeen> {
  const [shaken, given] = await Promise.all([
    way.shake({ version: nodeNameOf(version), clientCertificate: null }, (session, signal) =>
      way.refusalAfter(session, signal),
    ),
    way.clientCertificate === null ? null : reception(way, version),
  ]);
  const refusal = shaken.kind === 'session' ? shaken.value : demandIn(shaken.failure);
  if (refusal !== null) return { answer: 'demanded', how: `in ${version}: ${refusal}`, given };
  const from = issuers === null || issuers === 0 ? '' : `, issued by one of ${issuers}`;
  return { answer: 'wished', how: `the server asks for one in ${version}${from}, and goes on without`, given };
}

/** How the server takes the certificate that the person has. */
async function reception(way: Way, version: Asking['version']): Promise<ClientCertificateSeen['given']> {
  const shaken = await way.shake({ version: nodeNameOf(version) }, () => null);
  if (shaken.kind === 'session') return { answer: 'taken', how: `the server goes on with it in ${version}` };
  const { code, details } = shaken.failure;
  const how = details.detail ?? code;
  return { answer: code === 'client-certificate' ? 'refused' : 'unknown', how };
}

const demandIn = ({ code, details }: NetFailure): string | null =>
  code === 'client-certificate' ? (details.detail ?? '') : null;
