/** Files that options name: read while the command line is parsed, so that a wrong one is a sentence there and not a result. */
import { closeSync, openSync, readSync } from 'node:fs';
import { isPkcs12, MOST_BYTES } from '#lib/analyzers/certificate-request.ts';

/** A sentence for the person at the command line. */
export class Mistake extends Error {}

/**
 * One octet more than is allowed, so that a file that never ends is not read for ever; the parser tells that it is too large.
 * @throws Mistake
 */
export function opened(option: string, file: string): Uint8Array {
  try {
    return upTo(MOST_BYTES + 1, file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Mistake(`${option} ${file}: ${REASONS[code] ?? `the file cannot be read (${code})`}.`);
  }
}

/**
 * A PKCS #12 file, unopened.
 * @param instead what to do with another file
 * @throws Mistake
 */
export function openedPkcs12(option: string, file: string, instead: string): Uint8Array {
  const bytes = opened(option, file);
  if (bytes.length > MOST_BYTES) throw new Mistake(`${option} ${file}: the file is larger than 1 MiB.`);
  if (!isPkcs12(bytes)) throw new Mistake(`${option} ${file}: this is no PKCS #12 file; ${instead}.`);
  return bytes;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder',
  EACCES: 'the file may not be read',
};

function upTo(most: number, file: string): Uint8Array {
  const buffer = new Uint8Array(most);
  const handle = openSync(file, 'r');
  try {
    let length = 0;
    for (let got = -1; got !== 0 && length < most; length += got)
      got = readSync(handle, buffer, length, most - length, null);
    return buffer.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}
