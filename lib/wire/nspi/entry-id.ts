/** Entry ids of the address book: what names an object for good, and what names it for one session. [MS-OXNSPI] 2.2.9 */
import { ByteReader } from '../bytes/reader.ts';
import type { Trace } from '../bytes/trace.ts';

export type EntryId =
  /** Named by its DN, the same on every server. 2.2.9.3 */
  | { readonly kind: 'permanent'; readonly displayType: number; readonly dn: string }
  /** Named by a minimal entry id, which one server knows for one session. 2.2.9.2 */
  | { readonly kind: 'ephemeral'; readonly displayType: number; readonly serverGuid: string; readonly mid: number };

/** GUID_NSPI: what makes a permanent entry id one of the address book. [MS-OXNSPI] 2.2.1.7 */
export const NSPI_PROVIDER = 'c840a7dc-42c0-1a10-b4b9-08002b2fe182';

/** What stands behind an entry id. [MS-OXNSPI] 2.2.1.3 */
export const DISPLAY_TYPE = {
  mailUser: 0x0000,
  distributionList: 0x0001,
  forum: 0x0002,
  agent: 0x0003,
  organization: 0x0004,
  privateDistributionList: 0x0005,
  remoteMailUser: 0x0006,
  container: 0x0100,
  template: 0x0101,
  addressTemplate: 0x0102,
  search: 0x0200,
} as const;
const DISPLAY_TYPE_WORDS = new Map<number, string>([
  [DISPLAY_TYPE.mailUser, 'mail user'],
  [DISPLAY_TYPE.distributionList, 'distribution list'],
  [DISPLAY_TYPE.forum, 'public folder'],
  [DISPLAY_TYPE.agent, 'agent'],
  [DISPLAY_TYPE.organization, 'organization'],
  [DISPLAY_TYPE.privateDistributionList, 'private distribution list'],
  [DISPLAY_TYPE.remoteMailUser, 'remote mail user'],
  [DISPLAY_TYPE.container, 'container'],
  [DISPLAY_TYPE.template, 'template'],
  [DISPLAY_TYPE.addressTemplate, 'address template'],
  [DISPLAY_TYPE.search, 'search'],
]);

export const displayTypeWords = (value: number): string => DISPLAY_TYPE_WORDS.get(value) ?? '';

const PERMANENT = 0x00;
const EPHEMERAL = 0x87;
const SPEC = '[MS-OXNSPI] 2.2.9';

/**
 * Reads an entry id of either kind. Its reserved fields are not looked at.
 * @throws WireError, also for the entry id of another provider
 */
export function decodeEntryId(bytes: Uint8Array, trace?: Trace): EntryId {
  const reader = new ByteReader(bytes, { path: 'entryId', spec: SPEC, trace });
  const id = readEntryId(reader);
  reader.end();
  return id;
}

export function readEntryId(reader: ByteReader): EntryId {
  const offset = reader.offset;
  const type = reader.u8('idType', (value) =>
    value === PERMANENT ? 'permanent' : value === EPHEMERAL ? 'ephemeral' : '',
  );
  if (type !== PERMANENT && type !== EPHEMERAL)
    throw reader.fault('bad-value', 'idType', 'neither a permanent nor an ephemeral entry id', offset);
  reader.bytes('reserved', 3);
  const provider = reader.guid('providerUid');
  reader.u32('version');
  const displayType = reader.u32('displayType', displayTypeWords);
  if (type === EPHEMERAL) return { kind: 'ephemeral', displayType, serverGuid: provider, mid: reader.u32('mid') };
  if (provider !== NSPI_PROVIDER)
    throw reader.fault('bad-value', 'providerUid', 'not the entry id of an address book', offset + 4);
  return { kind: 'permanent', displayType, dn: reader.asciiz('distinguishedName') };
}
