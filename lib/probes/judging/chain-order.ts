/**
 * What is untidy about the list that a server sends. RFC 8446 4.4.2 wants each certificate to certify the one before it; most clients
 * sort for themselves, some do not.
 */
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { sameName } from '#lib/wire/x509/name.ts';
import { fingerprint, nameOf } from './certificate-facts.ts';

export interface Untidiness {
  readonly reason: string;
  /** Names of the certificates that are meant. */
  readonly names: readonly string[];
}

/**
 * Null for a list with nothing wrong. A root that is sent needlessly is not untidy, and neither is a cross-sign beside the path:
 * clients with an older trust list need it.
 * @param sent as sent, leaf first
 * @param path as built, leaf first
 */
export function untidiness(sent: readonly Certificate[], path: readonly Certificate[]): Untidiness | null {
  const prints = sent.map((certificate) => fingerprint(certificate));
  const repeated = sent.filter((_, at) => prints.indexOf(prints[at] ?? '') < at);
  if (repeated.length > 0) return { reason: 'a certificate is sent twice', names: names(repeated) };
  const strangers = sent.filter((one, at) => at > 0 && isStranger(one, sent, path));
  if (strangers.length > 0) {
    const reason = strangers.length === 1 ? 'one does not belong to it' : `${strangers.length} do not belong to it`;
    return { reason, names: names(strangers) };
  }
  return inOrder(prints, path) ? null : { reason: 'the order is wrong', names: names(sent) };
}

/** Neither in the path nor the issuer of anything that was sent. */
function isStranger(one: Certificate, sent: readonly Certificate[], path: readonly Certificate[]): boolean {
  const print = fingerprint(one);
  if (path.some((other) => fingerprint(other) === print)) return false;
  return ![...sent, ...path].some((other) => other !== one && sameName(other.issuer, one.subject));
}

/** Whether those that are in the path were sent in its order. */
function inOrder(prints: readonly string[], path: readonly Certificate[]): boolean {
  const places = path.map((certificate) => prints.indexOf(fingerprint(certificate))).filter((place) => place >= 0);
  return places.every((place, at) => at === 0 || place > (places[at - 1] ?? -1));
}

const names = (certificates: readonly Certificate[]): string[] => certificates.slice(0, 5).map(nameOf);
