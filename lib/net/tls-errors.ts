/** What it means when a TLS connection fails: the peer's alert by its number, or OpenSSL's own complaint by its code. */
import type { Socket } from 'node:net';
import {
  alertOf,
  CERTIFICATE_REQUIRED,
  CLIENT_CERTIFICATE_ALERTS,
  describeAlert,
  PROTOCOL_VERSION,
} from '#lib/wire/tls/alerts.ts';
import { errorCode, type FailureCode, type FailureDetails } from './failure.ts';

/** How far a handshake had come: before both sides had keys, or after. */
export type HandshakePhase = 'hello' | 'keys';

export type Meaning = readonly [code: FailureCode, details: Partial<FailureDetails>];

/**
 * The failure behind an error during the handshake. Specific before generic.
 * @param isShown whether the client has shown a certificate of its own
 */
export function meaningOf(error: Error, phase: HandshakePhase, isShown: boolean): Meaning {
  const code = errorCode(error);
  const number = alertNumber(error);
  if (number !== null) return meaningOfAlert(number, phase, isShown);
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|BAD_RECORD_TYPE|RECORD_TOO_/.test(code))
    return ['not-tls', { detail: code }];
  if (/UNSUPPORTED_PROTOCOL|WRONG_SSL_VERSION/.test(code)) return ['tls-too-old', { detail: code }];
  if (/EXCESSIVE_MESSAGE_SIZE/.test(code))
    return ['too-large', { detail: code, limit: { what: 'a message of the TLS handshake', value: '100 KiB' } }];
  // Node reports a peer that closes politely in mid-handshake as ECONNRESET with this sentence.
  if (/disconnected before secure/.test(error.message)) return meaningOfClose(phase, isShown);
  if (code === 'ECONNRESET' || code === 'EPIPE') return ['reset', { detail: code }];
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return ['tls-alert', { detail: ownComplaint(code) }];
  return ['unknown', { detail: code }];
}

export const REFUSED_SILENTLY = 'the one that was given is refused without an alert';

/** What a peer means that closes the connection in mid-handshake and says nothing. */
export function meaningOfClose(phase: HandshakePhase, isShown: boolean): Meaning {
  if (phase === 'hello' || !isShown) return ['tls-alert', { detail: 'closed without an alert' }];
  return ['client-certificate', { detail: REFUSED_SILENTLY }];
}

/** Once both have keys, nothing but the client's certificate is left that a server could refuse. RFC 5246 7.4.6 */
function meaningOfAlert(number: number, phase: HandshakePhase, isShown: boolean): Meaning {
  const isAboutClient = phase === 'keys' && CLIENT_CERTIFICATE_ALERTS.includes(number);
  if (number === CERTIFICATE_REQUIRED || isAboutClient)
    return ['client-certificate', { alert: number, detail: describeDemand(number, isShown) }];
  return [number === PROTOCOL_VERSION ? 'tls-too-old' : 'tls-alert', { alert: number, detail: describeAlert(number) }];
}

function describeDemand(number: number, isShown: boolean): string {
  const alert = `alert ${alertOf(number).name} (${number})`;
  return isShown ? `the one that was given is refused with ${alert}` : `it ends the handshake with ${alert}`;
}

/** It was our side that gave up: what the server did is too weak, or against the rules. */
const ownComplaint = (code: string): string =>
  `this side gave up: ${code.replace('ERR_SSL_', '').toLowerCase().replaceAll('_', ' ')}`;

/** OpenSSL puts the alert's number behind its own words for it; those differ from version to version. */
function alertNumber(error: Error): number | null {
  const number = /SSL alert number (\d{1,3})/.exec(error.message)?.[1];
  return number === undefined ? null : Number(number);
}

const refusals = new WeakMap<Socket, string>();

/**
 * Notes an error of a connection whose handshake is over. In TLS 1.3 the client is through before the server has looked at its
 * certificate: the refusal comes with the first bytes that are read. RFC 8446 4.4.2.4
 */
export function noteLateError(socket: Socket, error: Error, isShown: boolean): void {
  const number = alertNumber(error);
  if (number !== null && CLIENT_CERTIFICATE_ALERTS.includes(number))
    refusals.set(socket, describeDemand(number, isShown));
}

/** How the server said, after the handshake, that it wants a client certificate; null where it did not. */
export function lateDemand(socket: Socket): string | null {
  return refusals.get(socket) ?? null;
}
