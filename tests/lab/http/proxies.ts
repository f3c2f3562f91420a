/** What stands between clients and a mail server, and what it does to a sign-in that belongs to a connection. */
import { healthy } from '../pki/identities.ts';
import type { Place } from '../place.ts';
import type { Connection, Handler, Header, HttpAnswer } from './message.ts';
import { silence } from './message.ts';

/**
 * Ends TLS, and opens it anew to the server behind: what the client sees is the proxy's certificate, what the server binds a sign-in
 * to is its own. So the binding never fits.
 */
export function endingTls(handler: Handler): Handler {
  return (request, place, random) => {
    const connection = behind(request.connection, () => ({ encrypted: true, certificate: inner(place) }));
    return handler({ ...request, connection }, place, random);
  };
}

/** Sends each request over another of its connections to the servers behind. */
export function spreadingLegs(handler: Handler): Handler {
  return (request, place, random) => handler({ ...request, connection: { ...request.connection } }, place, random);
}

/** Lets the methods of sign-in pass, but not what stands behind their names. */
export function strippingTokens(handler: Handler): Handler {
  return changingChallenges(handler, (value) => (/^(ntlm|negotiate) /i.test(value) ? value.split(' ')[0] : value));
}

/** Lets no method pass that it does not know. */
export function strippingWindows(handler: Handler): Handler {
  return changingChallenges(handler, (value) => (/^(ntlm|negotiate)( |$)/i.test(value) ? undefined : value));
}

/** Closes the connection as soon as a sign-in has begun; all else it leaves open. */
export function closingBetweenLegs(handler: Handler): Handler {
  return (...about) => {
    const answer = handler(...about);
    return answer === silence || !challenges(answer).some(hasToken) ? answer : { ...answer, close: true };
  };
}

const hasToken = ([, value]: Header): boolean => /^(ntlm|negotiate) /i.test(value);

const isChallenge = ([name]: Header): boolean => name.toLowerCase() === 'www-authenticate';

const challenges = ({ headers = [] }: HttpAnswer): Header[] => headers.filter(isChallenge);

function changingChallenges(handler: Handler, change: (value: string) => string | undefined): Handler {
  return (...about) => {
    const answer = handler(...about);
    if (answer === silence) return silence;
    const headers = (answer.headers ?? []).flatMap((header): Header[] => {
      const value = isChallenge(header) ? change(header[1]) : header[1];
      return value === undefined ? [] : [[header[0], value]];
    });
    return { ...answer, headers };
  };
}

const connectionsBehind = new WeakMap<Connection, Connection>();

/** The connection to the server behind that belongs to one in front. */
function behind(front: Connection, make: () => Connection): Connection {
  const known = connectionsBehind.get(front) ?? make();
  connectionsBehind.set(front, known);
  return known;
}

/** The certificate that the server behind shows to the proxy alone. */
function inner({ authority, host, domain }: Place): Uint8Array {
  const { chain } = authority.once(`behind the proxy of ${host}`, () =>
    healthy(authority, `lab-ex01.${domain}`, domain),
  );
  const [, body = ''] = /-----BEGIN CERTIFICATE-----([^-]*)/.exec(chain) ?? [];
  return Buffer.from(body, 'base64');
}
