/** Remote operations on the mailbox: a buffer with several of them and a table of handles, answered as Exchange does. [MS-OXCROPS] */
import { asciiz, guid, join, NotReadable, Reader, u8, u16, u32, u64, utf16z } from './bytes.ts';
import {
  ecBufferTooSmall,
  ecInvalidObject,
  ecInvalidParameter,
  ecLoginPerm,
  ecNotFound,
  ecNotSupported,
  ecNullObject,
  ecRpcFormat,
  ecUnknownUser,
  ecWrongServer,
  SUCCESS,
} from './codes.ts';
import { type Folder, findFolder, type StoreMailbox } from './mailbox.ts';
import { ORGANIZATION_DN, sameDn } from './owner.ts';
import { TAG } from './tags.ts';

/** What a logon gets in place of the mailbox. */
export type LogonBend =
  | { readonly error: number }
  /** Another server has the mailbox: its DN. */
  | { readonly redirect: string }
  /** The client shall leave the mailbox alone for so long. */
  | { readonly backOffMs: number }
  /** The rows of each table are said to be so many. */
  | { readonly rows: number };

const ROP = {
  release: 0x01,
  openFolder: 0x02,
  getHierarchyTable: 0x04,
  setColumns: 0x12,
  queryRows: 0x15,
  backoff: 0xf9,
  logon: 0xfe,
} as const;

const REPLICA = 1;

type Opened =
  | { readonly kind: 'logon' }
  | { readonly kind: 'folder'; readonly folder: Folder }
  | { readonly kind: 'table'; readonly rows: readonly Folder[]; columns: readonly number[]; at: number };

/** An operation was refused alone: its number goes into its own answer. */
class RopError extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`0x${code.toString(16)}`);
    this.code = code;
  }
}

/** The whole buffer was refused. */
class BufferError extends RopError {}

export type RopAnswer = { readonly payload: Buffer } | { readonly errorCode: number };

export class RopEngine {
  readonly #mailbox: StoreMailbox;
  readonly #logon: LogonBend | undefined;
  readonly #opened = new Map<number, Opened>();
  #nextHandle = 0;
  #handles: number[] = [];

  constructor(mailbox: StoreMailbox, logon: LogonBend | undefined) {
    this.#mailbox = mailbox;
    this.#logon = logon;
  }

  /** @param limit of the answer's length */
  execute(payload: Uint8Array, limit: number): RopAnswer {
    try {
      return { payload: this.#executeAll(payload, limit) };
    } catch (error) {
      if (error instanceof BufferError) return { errorCode: error.code };
      if (error instanceof NotReadable) return { errorCode: ecRpcFormat };
      throw error;
    }
  }

  #executeAll(payload: Uint8Array, limit: number): Buffer {
    const reader = new Reader(payload);
    const size = reader.u16();
    const rops = new Reader(reader.take(size - 2));
    this.#handles = [];
    while (reader.left > 0) this.#handles.push(reader.u32());
    const answers: Buffer[] = [];
    while (rops.left > 0) answers.push(this.#one(rops));
    const all = join(...answers);
    const answer = join(u16(all.length + 2), all, ...this.#handles.map(u32));
    if (answer.length > limit) throw new BufferError(ecBufferTooSmall);
    return answer;
  }

  #one(rops: Reader): Buffer {
    const id = rops.u8();
    // Of which logon: there is one.
    rops.u8();
    switch (id) {
      case ROP.release:
        this.#release(rops.u8());
        return Buffer.alloc(0);
      case ROP.logon:
        return this.#logOn(rops);
      case ROP.openFolder:
        return this.#openFolder(rops);
      case ROP.getHierarchyTable:
        return this.#getHierarchyTable(rops);
      case ROP.setColumns:
        return this.#setColumns(rops);
      case ROP.queryRows:
        return this.#queryRows(rops);
      default:
        throw new BufferError(ecRpcFormat);
    }
  }

  #logOn(rops: Reader): Buffer {
    const [output, logonFlags, openFlags, storeState] = [rops.u8(), rops.u8(), rops.u32(), rops.u32()];
    const dn = rops.take(rops.u16()).toString('latin1');
    const bend = this.#logon;
    if (bend && 'backOffMs' in bend) return backOff(bend.backOffMs);
    if (bend && 'redirect' in bend) return redirect(output, logonFlags, bend.redirect);
    return this.#answer(ROP.logon, output, () => {
      if (bend && 'error' in bend) throw new RopError(bend.error);
      // A private mailbox, with the mapping of replicas that Exchange insists on. [MS-OXCSTOR] 3.2.5.1.3
      if (logonFlags !== 1) throw new RopError(ecNotSupported);
      if (!(openFlags & 0x0100_0000) || storeState !== 0 || !dn.endsWith('\0')) throw new RopError(ecInvalidParameter);
      this.#checkOwner(dn.slice(0, -1));
      this.#open(output, { kind: 'logon' });
      return logonAnswer(this.#mailbox, logonFlags);
    });
  }

  #checkOwner(dn: string): void {
    if (sameDn(dn, this.#mailbox.dn)) return;
    throw new RopError(sameDn(dn.slice(0, ORGANIZATION_DN.length), ORGANIZATION_DN) ? ecLoginPerm : ecUnknownUser);
  }

  #openFolder(rops: Reader): Buffer {
    const [input, output] = [rops.u8(), rops.u8()];
    const id = readFolderId(rops.take(8));
    rops.u8();
    return this.#answer(ROP.openFolder, output, () => {
      this.#at(input, 'logon');
      const folder = findFolder(this.#mailbox.root, id);
      if (!folder) throw new RopError(ecNotFound);
      this.#open(output, { kind: 'folder', folder });
      // Neither rules nor ghosts.
      return join(u8(0), u8(0));
    });
  }

  #getHierarchyTable(rops: Reader): Buffer {
    const [input, output, flags] = [rops.u8(), rops.u8(), rops.u8()];
    return this.#answer(ROP.getHierarchyTable, output, () => {
      const { folder } = this.#at(input, 'folder');
      const rows = flags & 4 ? wholeDepth(folder) : folder.children;
      this.#open(output, { kind: 'table', rows, columns: [], at: 0 });
      return u32(this.#rowCount(rows.length));
    });
  }

  #setColumns(rops: Reader): Buffer {
    const input = rops.u8();
    rops.u8();
    const columns = rops.times(rops.u16(), () => rops.u32());
    return this.#answer(ROP.setColumns, input, () => {
      const table = this.#at(input, 'table');
      if (columns.length === 0) throw new RopError(ecInvalidParameter);
      table.columns = columns;
      return u8(0);
    });
  }

  #queryRows(rops: Reader): Buffer {
    const [input] = [rops.u8(), rops.u8()];
    const [forward, wanted] = [rops.u8(), rops.u16()];
    return this.#answer(ROP.queryRows, input, () => {
      const table = this.#at(input, 'table');
      if (table.columns.length === 0 || forward !== 1) throw new RopError(ecNullObject);
      const rows = table.rows.slice(table.at, table.at + wanted);
      table.at += rows.length;
      // Where the table stands now: at its end, or behind these rows.
      const origin = table.at === table.rows.length ? 2 : 1;
      const written = rows.map((folder) => rowOf(folder, table.columns));
      return join(u8(origin), u16(Math.min(this.#rowCount(rows.length), 0xffff)), ...written);
    });
  }

  #rowCount(real: number): number {
    return this.#logon && 'rows' in this.#logon ? this.#logon.rows : real;
  }

  /** The answer of one operation: what it says, or the number of its mistake alone. */
  #answer(id: number, index: number, act: () => Buffer): Buffer {
    if (index >= this.#handles.length) throw new BufferError(ecInvalidObject);
    try {
      return join(u8(id), u8(index), u32(SUCCESS), act());
    } catch (error) {
      if (!(error instanceof RopError) || error instanceof BufferError) throw error;
      return join(u8(id), u8(index), u32(error.code));
    }
  }

  #open(index: number, what: Opened): void {
    const handle = this.#nextHandle++;
    this.#opened.set(handle, what);
    this.#handles[index] = handle;
  }

  #release(index: number): void {
    const handle = this.#handles[index];
    if (handle === undefined) throw new BufferError(ecInvalidObject);
    this.#opened.delete(handle);
  }

  #at<K extends Opened['kind']>(index: number, kind: K): Opened & { kind: K } {
    const handle = this.#handles[index];
    if (handle === undefined) throw new BufferError(ecInvalidObject);
    const found = this.#opened.get(handle);
    if (found?.kind !== kind) throw new RopError(ecNullObject);
    return found as Opened & { kind: K };
  }
}

/** 160 bytes behind the code that says that all is well. [MS-OXCROPS] 2.2.3.1.2 */
function logonAnswer({ special, guid: mailboxGuid }: StoreMailbox, logonFlags: number): Buffer {
  const now = new Date();
  const time = [
    ...[u8(now.getUTCSeconds()), u8(now.getUTCMinutes()), u8(now.getUTCHours())],
    ...[u8(now.getUTCDay()), u8(now.getUTCDate()), u8(now.getUTCMonth() + 1), u16(now.getUTCFullYear())],
  ];
  return join(
    u8(logonFlags),
    ...special.map(writeFolderId),
    // Reserved, owner, may send as the mailbox.
    u8(0x07),
    guid(mailboxGuid),
    u16(5),
    guid('4c414221-0005-4000-8000-5265706c6961'),
    ...time,
    u64(BigInt(now.getTime() - Date.UTC(1601, 0)) * 10_000n),
    u32(0),
  );
}

/** [MS-OXCROPS] 2.2.3.1.4 */
function redirect(output: number, logonFlags: number, server: string): Buffer {
  const name = asciiz(server);
  return join(u8(ROP.logon), u8(output), u32(ecWrongServer), u8(logonFlags), u8(name.length), name);
}

/** In place of any answer. [MS-OXCROPS] 2.2.15.2 */
const backOff = (ms: number): Buffer => join(u8(ROP.backoff), u8(0), u32(ms), u8(0), u16(0));

/** The replica's number, and a counter whose bytes come in the other order. */
function writeFolderId(id: number): Buffer {
  const counter = Buffer.alloc(6);
  counter.writeUIntBE(id, 0, 6);
  return join(u16(REPLICA), counter);
}

function readFolderId(bytes: Buffer): number {
  return bytes.readUInt16LE() === REPLICA ? bytes.readUIntBE(2, 6) : 0;
}

const wholeDepth = (folder: Folder): Folder[] => folder.children.flatMap((child) => [child, ...wholeDepth(child)]);

/** What a table knows of a folder, by tag. */
const COLUMNS: Readonly<Record<number, (folder: Folder) => Buffer>> = {
  [TAG.folderId]: ({ id }) => writeFolderId(id),
  [TAG.displayName]: ({ name }) => utf16z(name),
  [TAG.contentCount]: ({ items }) => u32(items),
  [TAG.subfolders]: ({ children }) => u8(children.length > 0 ? 1 : 0),
};

/** All values in the order of the columns; if one of them is not there, each behind a flag. [MS-OXCDATA] 2.8.1 */
function rowOf(folder: Folder, columns: readonly number[]): Buffer {
  const values = columns.map((tag) => COLUMNS[tag]?.(folder) ?? null);
  if (values.every((value) => value !== null)) return join(u8(0), ...values);
  return join(u8(1), ...values.map((value) => (value === null ? join(u8(0x0a), u32(ecNotFound)) : join(u8(0), value))));
}
