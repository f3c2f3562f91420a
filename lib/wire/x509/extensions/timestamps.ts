/** Signed certificate timestamps: logs of certificate transparency say that they know a certificate. RFC 6962 3.2, 3.3 */
import { type DerValue, OCTET_STRING } from '../../der/reader.ts';
import { WireError, type WireErrorCode } from '../../error.ts';
import { type Extension, openExtension } from '../extension.ts';

export interface SignedCertificateTimestamp {
  /** 0 for v1. */
  readonly version: number;
  /** SHA-256 of the log's key. */
  readonly logId: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Vectors in TLS notation inside of an OCTET STRING; signatures are passed over. RFC 6962 3.3 */
export function decodeTimestamps(extension: Extension): SignedCertificateTimestamp[] {
  const list = openExtension(extension, 'timestamps', 'RFC 6962 3.3', OCTET_STRING);
  const [from, to] = vectorAt(list, 0, list.content.length);
  if (to < list.content.length) throw fault('trailing', list, to, 'more than the list');
  const timestamps: SignedCertificateTimestamp[] = [];
  for (let at = from; at < to; ) {
    const [begin, end] = vectorAt(list, at, to);
    timestamps.push(readTimestamp(list, begin, end));
    at = end;
  }
  return timestamps;
}

/** Where the content of a vector begins and ends, whose length is written in two octets. RFC 8446 3.4 */
function vectorAt(list: DerValue, at: number, end: number): [from: number, to: number] {
  if (at + 2 > end) throw fault('truncated', list, at, 'it ends inside a length');
  const from = at + 2;
  const to = from + viewOf(list).getUint16(at);
  if (to > end) throw fault('truncated', list, at, `it says ${to - from} octets, ${end - from} are left`);
  return [from, to];
}

/** Version, log and time, 41 octets; extensions and a signature follow. RFC 6962 3.2 */
function readTimestamp(list: DerValue, at: number, end: number): SignedCertificateTimestamp {
  if (end - at < 41) throw fault('truncated', list, at, `a timestamp of ${end - at} octets`);
  const view = viewOf(list);
  const time = Number(view.getBigUint64(at + 33));
  if (!Number.isSafeInteger(time)) throw fault('bad-value', list, at + 33, 'a time that does not exist');
  return { version: view.getUint8(at), logId: list.content.subarray(at + 1, at + 33), at: time };
}

const viewOf = ({ content }: DerValue): DataView =>
  new DataView(content.buffer, content.byteOffset, content.byteLength);

function fault(code: WireErrorCode, { path, spec, contentOffset }: DerValue, at: number, reason: string): WireError {
  return new WireError(code, { path, spec, offset: contentOffset + at }, reason);
}
