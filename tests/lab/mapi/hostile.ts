/** Answers of a server that is broken, or means ill. */

import type { Random } from '../random.ts';
import { join, u32 } from '../store/bytes.ts';
import type { RequestType } from './request.ts';
import type { MapiBend } from './service.ts';

type Change = NonNullable<MapiBend['change']>;
type Body = NonNullable<MapiBend['body']>;

const only =
  (type: RequestType, change: (binary: Buffer) => Buffer): Change =>
  (asked, binary) =>
    asked === type ? change(binary) : binary;

/** Ends too early. */
export const truncated = (type: RequestType, missing: number): Change =>
  only(type, (binary) => binary.subarray(0, -missing));

/** Fails as a whole: StatusCode, and no auxiliary buffer. */
export const withStatus = (type: RequestType, status: number): Change => only(type, () => join(u32(status), u32(0)));

/** Says of a field that it has nearly 4 GB, or of a list that it has as many entries. */
export const endlessAt = (type: RequestType, offset: number): Change =>
  only(type, (binary) => {
    const changed = Buffer.from(binary);
    changed.writeUInt32LE(0xffffffff, offset);
    return changed;
  });

/** Another word where PROCESSING should stand, as long as that. */
export const wrongPreamble: Body = (_type, usual) =>
  usual instanceof Uint8Array
    ? Buffer.from(Buffer.from(usual).toString('latin1').replace('PROCESSING', 'INPROGRESS'), 'latin1')
    : usual;

/** The same sign of life again and again, as fast as the client reads. */
export const flood =
  (type: RequestType, tag: 'PROCESSING' | 'PENDING'): Body =>
  (asked, usual, random) =>
    asked === type ? { stream: again(tag, random) } : usual;

function* again(tag: string, random: Random): Generator<Uint8Array> {
  yield Buffer.from('PROCESSING\r\n');
  const line = `${tag}\r\n`;
  for (;;) yield Buffer.from(line.repeat(1 + random.below(1_000)));
}
