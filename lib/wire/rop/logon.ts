/** RopLogon: opens a store, and says which folders it has. [MS-OXCROPS] 2.2.3.1, [MS-OXCSTOR] 2.2.1.1 */
import type { ByteReader } from '../bytes/reader.ts';
import type { ByteWriter } from '../bytes/writer.ts';
import { folderIdWords } from './folder-id.ts';

/** [MS-OXCSTOR] 2.2.1.1.1 */
export const LOGON_FLAG = { private: 0x01, underCover: 0x02, ghosted: 0x04, spoolerProcess: 0x08 } as const;
/** [MS-OXCSTOR] 2.2.1.1.1 */
export const OPEN_FLAG = {
  useAdminPrivilege: 0x0000_0001,
  public: 0x0000_0002,
  homeLogon: 0x0000_0004,
  takeOwnership: 0x0000_0008,
  alternateServer: 0x0000_0100,
  ignoreHomeMdb: 0x0000_0200,
  noMail: 0x0000_0400,
  usePerMdbReplidMapping: 0x0100_0000,
  supportProgress: 0x2000_0000,
} as const;
/** How Outlook opens the mailbox of its user. */
export const OWN_MAILBOX_FLAGS = OPEN_FLAG.usePerMdbReplidMapping | OPEN_FLAG.takeOwnership | OPEN_FLAG.homeLogon;
/** [MS-OXCSTOR] 2.2.1.1.3 */
export const RESPONSE_FLAG = { reserved: 0x01, ownerRight: 0x02, sendAsRight: 0x04, outOfOffice: 0x10 } as const;
/** ecWrongServer: the mailbox is on another server, which the reply names. [MS-OXCSTOR] 2.2.1.1.2 */
export const WRONG_SERVER = 0x478;

const SUCCESS_SPEC = '[MS-OXCSTOR] 2.2.1.1.3';
const PUBLIC_SPEC = '[MS-OXCSTOR] 2.2.1.1.4';
const REDIRECT_SPEC = '[MS-OXCSTOR] 2.2.1.1.2';

export interface LogonRequest {
  readonly rop: 'logon';
  readonly logonId: number;
  /** Slot of the handle that it makes. */
  readonly output: number;
  /** Bits of `LOGON_FLAG`. */
  readonly logonFlags: number;
  /** Bits of `OPEN_FLAG`. */
  readonly openFlags: number;
  /** Legacy DN of the mailbox; null for public folders. */
  readonly essdn: string | null;
}

/** What follows the head that all ROPs have. 2.2.1.1.1 */
export function writeLogon(writer: ByteWriter, { output, logonFlags, openFlags, essdn }: LogonRequest): void {
  writer
    .u8('outputHandleIndex', output)
    .u8('logonFlags', logonFlags, logonFlagWords)
    .u32('openFlags', openFlags, openFlagWords)
    .u32('storeState', 0);
  const setSize = writer.later('essdnSize', 2);
  const start = writer.offset;
  if (essdn !== null) writer.asciiz('essdn', essdn);
  setSize(writer.offset - start);
}

/** The folders of a mailbox, in the order of the reply. 2.2.1.1.3 */
export const PRIVATE_FOLDERS = [
  'root',
  'deferredAction',
  'spoolerQueue',
  'ipmSubtree',
  'inbox',
  'outbox',
  'sentItems',
  'deletedItems',
  'commonViews',
  'schedule',
  'search',
  'views',
  'shortcuts',
] as const;
export type PrivateFolder = (typeof PRIVATE_FOLDERS)[number];

/** The folders of a public folder store; behind them there is room for three that nobody uses. 2.2.1.1.4 */
export const PUBLIC_FOLDERS = [
  'root',
  'ipmSubtree',
  'nonIpmSubtree',
  'eformsRegistry',
  'freeBusy',
  'offlineAddressBook',
  'eformsLocale',
  'localFreeBusy',
  'localOfflineAddressBook',
  'nntpArticleIndex',
] as const;
export type PublicFolder = (typeof PUBLIC_FOLDERS)[number];

/** As the fields stand on the wire, UTC. [MS-OXCROPS] 2.2.3.1.2.1 */
export interface LogonTime {
  readonly seconds: number;
  readonly minutes: number;
  readonly hour: number;
  /** 0 is Sunday. */
  readonly dayOfWeek: number;
  readonly day: number;
  readonly month: number;
  readonly year: number;
}

export type LogonReply =
  | {
      readonly kind: 'private-logon';
      readonly handleIndex: number;
      readonly logonFlags: number;
      /** As on the wire; `folderIdWords` says them. */
      readonly folders: Readonly<Record<PrivateFolder, bigint>>;
      /** Bits of `RESPONSE_FLAG`. */
      readonly responseFlags: number;
      readonly mailboxGuid: string;
      readonly replicaId: number;
      readonly replicaGuid: string;
      readonly logonTime: LogonTime;
      /** Much like a FILETIME; nobody needs it. */
      readonly gwartTime: bigint;
    }
  | {
      readonly kind: 'public-logon';
      readonly handleIndex: number;
      readonly logonFlags: number;
      readonly folders: Readonly<Record<PublicFolder, bigint>>;
      readonly replicaId: number;
      readonly replicaGuid: string;
      readonly perUserGuid: string;
    }
  | {
      readonly kind: 'wrong-server';
      readonly handleIndex: number;
      readonly logonFlags: number;
      /** Legacy DN of the server. */
      readonly serverName: string;
    };

/** What follows the return value 0. */
export function readLogonSuccess(reader: ByteReader, handleIndex: number): LogonReply {
  const logonFlags = reader.u8('logonFlags', logonFlagWords);
  return (logonFlags & LOGON_FLAG.private) === 0
    ? readPublic(reader, handleIndex, logonFlags)
    : readPrivate(reader, handleIndex, logonFlags);
}

function readPrivate(reader: ByteReader, handleIndex: number, logonFlags: number): LogonReply {
  return reader.group(
    'privateMailbox',
    () => {
      const folders = readFolders(reader, PRIVATE_FOLDERS);
      const responseFlags = reader.u8('responseFlags', responseFlagWords);
      const mailboxGuid = reader.guid('mailboxGuid');
      const replicaId = reader.u16('replId');
      const replicaGuid = reader.guid('replGuid');
      const logonTime = readLogonTime(reader);
      const gwartTime = reader.u64('gwartTime');
      reader.u32('storeState');
      return {
        ...{ kind: 'private-logon', handleIndex, logonFlags, folders, responseFlags },
        ...{ mailboxGuid, replicaId, replicaGuid, logonTime, gwartTime },
      };
    },
    SUCCESS_SPEC,
  );
}

function readPublic(reader: ByteReader, handleIndex: number, logonFlags: number): LogonReply {
  return reader.group(
    'publicFolders',
    () => {
      const folders = readFolders(reader, PUBLIC_FOLDERS);
      reader.bytes('unusedFolderIds', 3 * 8);
      const replicaId = reader.u16('replId');
      const replicaGuid = reader.guid('replGuid');
      const perUserGuid = reader.guid('perUserGuid');
      return { kind: 'public-logon', handleIndex, logonFlags, folders, replicaId, replicaGuid, perUserGuid };
    },
    PUBLIC_SPEC,
  );
}

/** What follows the return value `WRONG_SERVER`. */
export function readRedirect(reader: ByteReader, handleIndex: number): LogonReply {
  // Some servers leave it at the code, and name no other server.
  if (reader.isEmpty) return { kind: 'wrong-server', handleIndex, logonFlags: 0, serverName: '' };
  return reader.group(
    'redirect',
    () => {
      const logonFlags = reader.u8('logonFlags', logonFlagWords);
      const size = reader.u8('serverNameSize');
      const serverName = size === 0 ? '' : reader.window('serverName', size, () => reader.asciiz('text'));
      return { kind: 'wrong-server', handleIndex, logonFlags, serverName };
    },
    REDIRECT_SPEC,
  );
}

function readFolders<Folder extends string>(
  reader: ByteReader,
  names: readonly Folder[],
): Readonly<Record<Folder, bigint>> {
  const ids = reader.group('folderIds', () =>
    names.map((name): [Folder, bigint] => [name, reader.u64(name, folderIdWords)]),
  );
  return Object.fromEntries(ids) as Record<Folder, bigint>;
}

const readLogonTime = (reader: ByteReader): LogonTime =>
  reader.group('logonTime', () => ({
    seconds: reader.u8('seconds'),
    minutes: reader.u8('minutes'),
    hour: reader.u8('hour'),
    dayOfWeek: reader.u8('dayOfWeek', (day) => WEEK_DAYS[day] ?? ''),
    day: reader.u8('day'),
    month: reader.u8('month'),
    year: reader.u16('year'),
  }));

const WEEK_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `2026-11-20T18:14:53.000Z`; null where the fields are no time. */
export function logonTimeText({ year, month, day, hour, minutes, seconds }: LogonTime): string | null {
  const time = new Date(Date.UTC(year, month - 1, day, hour, minutes, seconds));
  // Date takes a month 13 for the next January.
  const isSame = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && time.getUTCHours() === hour;
  return isSame && minutes < 60 && seconds < 60 && year >= 100 ? time.toISOString() : null;
}

/** Names of the bits that are set. */
const bitWords =
  (bits: Readonly<Record<string, number>>) =>
  (value: number): string =>
    Object.keys(bits)
      .filter((name) => (value & (bits[name] ?? 0)) !== 0)
      .join(', ');

const logonFlagWords = bitWords(LOGON_FLAG);
const openFlagWords = bitWords(OPEN_FLAG);
const responseFlagWords = bitWords(RESPONSE_FLAG);
