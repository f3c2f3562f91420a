/** Interfaces and transfer syntaxes, which a bind names in the same way: a UUID and a version. C706 12.6.3.1, [MS-RPCE] 2.2.4.12 */
import type { ByteReader } from '../bytes/reader.ts';
import type { ByteWriter } from '../bytes/writer.ts';

export interface SyntaxId {
  readonly uuid: string;
  readonly major: number;
  readonly minor: number;
}

/** How arguments are written: the one that everybody speaks. C706 14 */
export const NDR32: SyntaxId = { uuid: '8a885d04-1ceb-11c9-9fe8-08002b104860', major: 2, minor: 0 };

/** What a mail client meets. */
const KNOWN: Readonly<Record<string, string>> = {
  [NDR32.uuid]: 'NDR with 32 bits',
  '71710533-beba-4937-8319-b5dbef9ccc36': 'NDR with 64 bits',
  'e1af8308-5d1f-11c9-91a4-08002b14a0fa': 'EPM, the endpoint mapper',
  'afa8bd80-7d8a-11c9-bef4-08002b102989': 'MGMT, remote management',
  'f5cc5a18-4264-101a-8c59-08002b2f8426': 'NSPI, the address book',
  '1544f5e0-613c-11d1-93df-00c04fd7bd09': 'RFRI, the referral',
  'a4f1db00-ca47-1067-b31f-00dd010662da': 'EMSMDB, the mailbox',
  '5261574a-4572-206e-b268-6b199213b4e4': 'AsyncEMSMDB, notifications of the mailbox',
};

/** [MS-RPCE] 3.3.1.5.3: the rest of the UUID holds flags. */
const FEATURES = '6cb71c2c-9812-4540-';

/** What stands behind a UUID, in words; empty where nobody knows it. */
export const syntaxWords = (uuid: string): string =>
  KNOWN[uuid] ?? (uuid.startsWith(FEATURES) ? 'features of the bind' : '');

export function readSyntax(reader: ByteReader, name: string): SyntaxId {
  return reader.group(name, () => ({
    uuid: reader.guid('if_uuid'),
    major: reader.u16('if_version'),
    minor: reader.u16('if_version_minor'),
  }));
}

export function writeSyntax(writer: ByteWriter, name: string, { uuid, major, minor }: SyntaxId): void {
  writer.group(name, () => writer.guid('if_uuid', uuid).u16('if_version', major).u16('if_version_minor', minor));
}
