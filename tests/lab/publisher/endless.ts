/** Documents that never come to their end. They are made while they are sent, as fast as the client reads. */
import type { Handler } from '../http/message.ts';
import { type Publisher, publishers } from '../pki/branch.ts';
import type { Issuer } from '../pki/certificate.ts';
import { encodeEntry } from '../pki/crl.ts';
import { integer, joined, time } from '../pki/der.ts';
import { signatureAlgorithm } from '../pki/signatures.ts';
import { daysFromNow } from '../pki/usual.ts';

/** A SEQUENCE that announces nearly four gigabytes. */
const HUGE_SEQUENCE = Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0x00);

/** A revocation list that begins as it should, with one entry after the other and no last one. */
export function endlessList(publisher: Publisher): Handler {
  return (_request, { authority, domain }) => ({
    status: 200,
    headers: [['Content-Type', 'application/pkix-crl']],
    body: { stream: endlessCrl(publishers[publisher](authority, domain)) },
  });
}

function* endlessCrl({ subject, key }: Issuer): Generator<Uint8Array> {
  const head = [integer(1), signatureAlgorithm(key), subject, time(daysFromNow(-1)), time(daysFromNow(6))];
  // The list, its signed part, and in that the entries.
  yield joined([HUGE_SEQUENCE, HUGE_SEQUENCE, ...head, HUGE_SEQUENCE]);
  // The same ones again and again: to make new ones would keep the whole lab from its work.
  const entries = joined(thousandEntries());
  for (;;) yield entries;
}

function thousandEntries(): Uint8Array[] {
  const at = daysFromNow(-30);
  return Array.from({ length: 1000 }, (_, index) => {
    const serial = integer(index + 1).subarray(2);
    return encodeEntry({ serial, at });
  });
}

/** An OCSP answer that announces four gigabytes and holds zeros. */
export const endlessOcsp: Handler = () => ({
  status: 200,
  headers: [['Content-Type', 'application/ocsp-response']],
  body: { stream: zerosBehind(HUGE_SEQUENCE) },
});

function* zerosBehind(head: Uint8Array): Generator<Uint8Array> {
  yield head;
  const zeros = new Uint8Array(16 * 1024);
  for (;;) yield zeros;
}
