/** Servers that send back whatever secret they are given, as debugging aids do, and write it in every way that there is. */
import { xmlAnswer } from '../autodiscover/pox.ts';
import { readAuthorization } from '../http/authorization.ts';
import { readBasic } from '../http/basic.ts';
import { type Handler, type Header, type HttpRequest, headerOf } from '../http/message.ts';
import { md4 } from '../ntlm/ciphers.ts';
import { exportedKey, hmacMd5, passwordKey } from '../ntlm/keys.ts';
import { messageType, readAuthenticate } from '../ntlm/message.ts';
import { openIdProvider } from '../oauth/provider.ts';
import type { Place } from '../place.ts';
import { admit, type SignInBend } from './sign-in.ts';

/** Pieces of all that was sent back since the lab began: a client that takes care shows none of them. */
export const echoed = new Set<string>();

/** Signing in works as elsewhere; whoever is let in gets an error with everything in it. */
export function parrot(bend: SignInBend = {}): Handler {
  return (request, place, random) => {
    const admission = admit(request, place, random, bend);
    const secrets = secretsIn(request, place);
    if ('answer' in admission) {
      const { answer } = admission;
      const body = secrets.length === 0 ? (answer.body ?? '') : secrets.join('\n');
      return { ...answer, headers: [...(answer.headers ?? []), ...debugHeaders(secrets)], body };
    }
    const text = [headerOf(request, 'authorization'), ...secrets]
      .join(' ')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;');
    const answer = xmlAnswer(
      `<?xml version="1.0"?><Autodiscover><Response><Error><ErrorCode>603</ErrorCode><Message>No logon with ${text}</Message><DebugData>${text}</DebugData></Error></Response></Autodiscover>`,
    );
    return { ...answer, headers: [...(answer.headers ?? []), ...admission.headers, ...debugHeaders(secrets)] };
  };
}

/** A sign-in service that repeats the code in every answer, and gives more tokens than anybody asked for. */
export function parrotProvider(): Handler {
  const provider = openIdProvider();
  return (request, place, random) => {
    const answer = provider(request, place, random);
    if (typeof answer === 'symbol' || typeof answer.body !== 'string' || request.method !== 'POST') return answer;
    const said: Record<string, unknown> = JSON.parse(answer.body);
    if ('access_token' in said) {
      said.refresh_token = `refresh.${Buffer.from(`${place.domain} to go on with`).toString('base64url')}`;
    }
    const code = new URLSearchParams(request.body.toString()).get('device_code');
    const secrets = [code, said.device_code, said.user_code, said.access_token, said.refresh_token];
    const all = secrets.flatMap((secret) => (typeof secret === 'string' ? asText(secret) : []));
    const body = JSON.stringify({ ...said, error_description: `it was ${all.join(' ')}` });
    return { ...answer, headers: [...(answer.headers ?? []), ...debugHeaders(all)], body };
  };
}

const debugHeaders = (secrets: readonly string[]): Header[] =>
  secrets.map((each, at) => [`X-Debug-${at}`, each] as const);

/** What the request gives away, as it may be written. */
function secretsIn(request: HttpRequest, place: Place): string[] {
  const { scheme, token = '' } = readAuthorization(request) ?? {};
  const basic = readBasic(request);
  if (basic) return [...asText(basic.password), ...hashesOf(basic.password)];
  if (scheme === 'bearer') return asText(token);
  const message = Buffer.from(token, 'base64');
  return messageType(message) === 3 ? ofProof(message, place) : [];
}

function ofProof(message: Buffer, { mailbox }: Place): string[] {
  const { nt, lm, user, domain, sessionKey, flags } = readAuthenticate(message);
  const proof = nt.subarray(0, 16);
  const base = hmacMd5(passwordKey(mailbox.password, user, domain), proof);
  const secrets = [proof, base, exportedKey(base, sessionKey, flags)];
  // Zeros where the server has told its time.
  if (lm.some((byte) => byte !== 0)) secrets.push(lm.subarray(0, 16));
  const whole = [nt, message].flatMap((each) => asBytes(each, proof));
  return [...whole, ...secrets.flatMap((each) => asBytes(each)), ...hashesOf(mailbox.password)];
}

const hashesOf = (password: string): string[] => asBytes(md4(Buffer.from(password, 'utf16le')));

/** Whole, in part, and as bytes. */
function asText(secret: string): string[] {
  if (secret === '') return [];
  echoed.add(secret.slice(0, 200));
  const part = secret.length < 60 ? [] : [secret.slice(20, 60)];
  for (const piece of part) echoed.add(piece.slice(8, 32));
  return [secret, ...part, ...asBytes(Buffer.from(secret))];
}

/** In digits, and in Base64 behind other bytes. @param secret the part of it that has to be hidden */
function asBytes(bytes: Uint8Array, secret = bytes): string[] {
  for (const piece of written(secret).map((each) => each.slice(6, 18))) if (piece.length >= 8) echoed.add(piece);
  return written(bytes);
}

function written(bytes: Uint8Array): string[] {
  const hex = Buffer.from(bytes).toString('hex');
  const behind = ['', 'x', 'xy'].map((before) => Buffer.concat([Buffer.from(before), bytes]));
  return [hex, hex.toUpperCase(), ...behind.flatMap((each) => [each.toString('base64'), each.toString('base64url')])];
}
