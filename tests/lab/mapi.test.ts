/** The MAPI over HTTP server, seen by Node's own client: layouts as Exchange has them, and strictness. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, mailHost } from './client.ts';
import { type Lab, startLab } from './lab.ts';
import { asciiz, join, Reader, sized32, u8, u16, u32, utf16z } from './store/bytes.ts';
import { readPayload, writePayload } from './store/extended-buffer.ts';
import { compress, decompress } from './store/lz77.ts';
import { MAILBOX_GUID, ORGANIZATION_DN, USER_DN } from './store/owner.ts';
import { TAG } from './store/tags.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly headers: IncomingMessage['headers'];
  /** The page, where the request was refused. */
  readonly page: string;
  /** Behind the signs of life. */
  readonly binary: Buffer;
  readonly stream: string;
}

/** One conversation with a world's server, cookies and all; each request on a connection of its own. */
class Client {
  readonly cookies = new Map<string, string>();
  readonly #world: string;
  readonly #endpoint: string;
  readonly #counter = `{${randomUUID()}}`;
  #number = 1;

  constructor(world: string, endpoint: 'emsmdb' | 'nspi' = 'emsmdb') {
    this.#world = world;
    this.#endpoint = endpoint;
  }

  async send(type: string, body: Uint8Array = Buffer.alloc(0), change: Change = {}): Promise<Answer> {
    const answer = await this.open(type, body, change);
    return read(answer, await buffer(answer));
  }

  /** Resolves with the head. */
  async open(type: string, body: Uint8Array, change: Change = {}): Promise<IncomingMessage> {
    const { username, password } = lab.world(this.#world);
    const headers: Record<string, string> = {
      'Content-Type': 'application/mapi-http',
      'X-RequestType': type,
      'X-RequestId': `${this.#counter}:${this.#number++}`,
      'X-ClientInfo': `{${MAILBOX_GUID}}:7`,
      'X-ClientApplication': 'Outlook/16.0.17932.20000',
      ...(this.cookies.size > 0 && { Cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') }),
      ...change.headers,
    };
    for (const name of change.without ?? []) delete headers[name];
    const query = change.query ?? `?MailboxId=${MAILBOX_GUID}@${this.#world}.lab.test`;
    const path = `/mapi/${this.#endpoint}/${query}`;
    const options = { method: change.method ?? 'POST', path, headers, auth: `${username}:${password}` };
    const answer = await ask(lab, mailHost(this.#world), options, body);
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return answer;
  }
}

interface Change {
  headers?: Record<string, string>;
  without?: readonly string[];
  query?: string;
  method?: string;
}

function read({ statusCode = 0, headers }: IncomingMessage, whole: Buffer): Answer {
  const code = headers['x-responsecode'];
  const end = whole.indexOf('\r\n\r\n') + 4;
  return {
    status: statusCode,
    ...{ code: typeof code === 'string' ? code : undefined, headers },
    page: whole.toString(),
    binary: whole.subarray(end),
    stream: whole.toString('latin1', 0, end),
  };
}

const NO_AUX = u32(0);
const connect = (dn = USER_DN, codePage = 1252) =>
  join(asciiz(dn), u32(0), u32(codePage), u32(0x409), u32(0x409), NO_AUX);
const execute = (payload: Uint8Array, limit = 0x10008) =>
  join(u32(3), sized32(writePayload(payload)), u32(limit), NO_AUX);

const payload = (rops: Uint8Array, ...handles: number[]) => join(u16(rops.length + 2), rops, ...handles.map(u32));

const logon = (dn = USER_DN) =>
  payload(join(u8(0xfe), u8(0), u8(0), u8(1), u32(0x0100_000c), u32(0), u16(dn.length + 1), asciiz(dn)), 0xffffffff);

const folders = payload(
  join(
    ...[u8(0x02), u8(0), u8(0), u8(1), Buffer.from('0100000000000209', 'hex'), u8(0)],
    ...[u8(0x04), u8(0), u8(1), u8(2), u8(0)],
    ...[
      u8(0x12),
      u8(0),
      u8(2),
      u8(0),
      u16(4),
      u32(TAG.folderId),
      u32(TAG.displayName),
      u32(TAG.contentCount),
      u32(TAG.subfolders),
    ],
    ...[u8(0x15), u8(0), u8(2), u8(0), u8(1), u16(25)],
  ),
  ...[0, 0xffffffff, 0xffffffff],
);

/** ErrorCode and payload out of an answer to Execute. */
function ropsIn({ binary }: Answer): { error: number; payload: Buffer | null } {
  const reader = new Reader(binary);
  expect(reader.u32()).toBe(0);
  const error = reader.u32();
  reader.u32();
  const rops = reader.take(reader.u32());
  reader.take(reader.u32());
  reader.end();
  return { error, payload: rops.length === 0 ? null : readPayload(rops) };
}

async function loggedOn(world = 'healthy'): Promise<Client> {
  const client = new Client(world);
  await client.send('Connect', connect());
  await client.send('Execute', execute(logon()));
  return client;
}

describe('the mailbox', () => {
  test('Connect has the length that its strings and blocks give it', async () => {
    const { status, code, headers, stream, binary } = await new Client('healthy').send('Connect', connect());
    expect([status, code, headers['x-requesttype']]).toEqual([200, '0', 'Connect']);
    expect(headers['x-serverapplication']).toMatch(/^Exchange\/15\.02\./);
    expect(stream).toMatch(/^PROCESSING\r\nDONE\r\n(X-(StartTime|ElapsedTime): [^\r]*\r\n){2}\r\n$/);
    const reader = new Reader(binary);
    const numbers = Array.from({ length: 5 }, () => reader.u32());
    expect([numbers, reader.asciiz(), reader.utf16z()]).toEqual([[0, 0, 60_000, 6, 10_146], '', 'Alice Example']);
    const blocks = readPayload(reader.take(reader.u32()));
    reader.end();
    expect(typesOf(blocks)).toEqual(expect.arrayContaining([0x43, 0x46, 0x48, 0x17, 0x4b, 0x0a]));
  });

  test.for([
    ['of nobody', connect('/o=Nobody/cn=x'), 0x3eb],
    ['of somebody else', connect(USER_DN.replace('a11ce-alice', 'bob')), 0x80070005],
    ['in a code page that nobody knows', connect(USER_DN, 4711), 0x3ef],
  ] as const)('Connect %s is refused with zeros', async ([, body, code]) => {
    const client = new Client('healthy');
    const { binary } = await client.send('Connect', body);
    expect(binary.subarray(0, 23).toString('hex')).toBe(join(u32(0), u32(code), Buffer.alloc(15)).toString('hex'));
    expect([...client.cookies.keys()]).toEqual(['X-BackEndCookie']);
  });

  test('a logon is answered with 166 bytes, and its handle is 0', async () => {
    const client = new Client('healthy');
    await client.send('Connect', connect());
    const { error, payload } = ropsIn(await client.send('Execute', execute(logon())));
    const reader = new Reader(payload ?? Buffer.alloc(0));
    expect([error, reader.u16()]).toEqual([0, 168]);
    const answer = reader.take(166);
    expect([reader.u32(), reader.left]).toEqual([0, 0]);
    expect(answer.subarray(0, 15).toString('hex')).toBe('fe0000000000010100000000000201');
    expect(answer.subarray(112, 128).toString('hex')).toBe('2142414c01000040800000000000a11c');
  });

  test('the folders are listed as Exchange lists them', async () => {
    const client = await loggedOn();
    const { payload } = ropsIn(await client.send('Execute', execute(folders)));
    const written = '02010000000000000402000000000f00000012020000000000 15020000000002 0f00'.replaceAll(' ', '');
    expect(payload?.subarray(2, 36).toString('hex')).toBe(written);
    expect(payload?.includes(utf16z('Projekte für Zürich €'))).toBe(true);
  });

  test('what is wrong with one operation stands in its answer, what is wrong with all in the answer to Execute', async () => {
    const client = await loggedOn();
    const strange = payload(join(u8(2), u8(0), u8(0), u8(1), Buffer.alloc(8), u8(0)), 0x1234, 0xffffffff);
    expect(ropsIn(await client.send('Execute', execute(strange))).payload?.toString('hex')).toBe(
      '08000201b904000034120000ffffffff',
    );
    expect(ropsIn(await client.send('Execute', execute(Buffer.from('ffffff', 'hex'))))).toEqual({
      error: 0x4b6,
      payload: null,
    });
    expect(ropsIn(await client.send('Execute', execute(folders, 100)))).toEqual({ error: 0x47d, payload: null });
    const release = payload(Buffer.from('010000', 'hex'), 0);
    expect(ropsIn(await client.send('Execute', execute(release))).payload?.toString('hex')).toBe('020000000000');
  });

  test('a request that waits ends when the client says goodbye, who then is unknown', async () => {
    const client = await loggedOn();
    const waiting = client.send('NotificationWait', join(u32(0), NO_AUX));
    await client.send('PING');
    const goodbye = await client.send('Disconnect', NO_AUX);
    expect(goodbye.binary.toString('hex')).toBe('000000000000000000000000');
    const { stream, binary } = await waiting;
    expect(stream).toMatch(/^PROCESSING\r\n(PENDING(\r\n)?)*DONE\r\n/);
    expect(binary.toString('hex')).toBe('00000000000000000000000000000000');
    expect((await client.send('PING')).code).toBe('10');
  });
});

describe('strictness', () => {
  test.for([
    ['another method', { method: 'PUT' }, '2'],
    ['no mailbox', { query: '' }, '3'],
    ['another kind of body', { headers: { 'Content-Type': 'application/octet-stream' } }, '4'],
    ['a request id that counts nothing', { headers: { 'X-RequestId': 'one' } }, '4'],
    ['a type that is not there', { headers: { 'X-RequestType': 'Connects' } }, '5'],
    ['a type of the other endpoint', { headers: { 'X-RequestType': 'Bind' } }, '5'],
    ['no client application', { without: ['X-ClientApplication'] }, '7'],
    ['no request id', { without: ['X-RequestId'] }, '7'],
  ] as const)('%s', async ([, change, code]) => {
    const answer = await new Client('healthy').send('Connect', connect(), change as Change);
    expect([answer.status, answer.code, answer.headers['content-type']]).toEqual([200, code, 'text/html']);
    expect(answer.page).toMatch(/<p>The request .*\.<\/p>/);
    expect(answer.headers).not.toHaveProperty('x-requesttype');
  });

  test('a mailbox that is not here is not found by the front end', async () => {
    const query = '?MailboxId=00000000-0000-4000-8000-000000000000@healthy.lab.test';
    const { status, headers } = await new Client('healthy').send('Connect', connect(), { query });
    expect([status, headers['x-caserrorcode']]).toEqual([404, 'MailboxGuidWithDomainNotFound']);
  });

  test('bodies are read to their end', async () => {
    const codeOf = async (body: Uint8Array) => (await new Client('healthy').send('Connect', body)).code;
    const whole = connect();
    expect([
      await codeOf(whole.subarray(1)),
      await codeOf(whole.subarray(0, -1)),
      await codeOf(join(whole, u8(0))),
    ]).toEqual(['0', '12', '12']);
  });

  test('cookies, their order, and the counter', async () => {
    const codeOf = async (change: Change, prepare?: (client: Client) => Promise<unknown>) => {
      const client = await loggedOn();
      await prepare?.(client);
      return (await client.send('Execute', execute(folders), change)).code;
    };
    expect(await codeOf({})).toBe('0');
    expect(await codeOf({ without: ['Cookie'] })).toBe('13');
    expect(await codeOf({ headers: { Cookie: 'MapiContext=x; MapiSequence=y' } })).toBe('6');
    expect(await codeOf({ headers: { Cookie: `MapiContext=${'A'.repeat(24)}; MapiSequence=y` } })).toBe('10');
    expect(await codeOf({}, async (client) => client.cookies.set('MapiSequence', '1-old'))).toBe('15');
    expect(await codeOf({ headers: { 'X-RequestId': `{${randomUUID()}}:9` } })).toBe('4');
  });
});

const STAT = join(...[0, 0, 0, 0, 0, 0, 1252, 0x409, 0x409].map(u32));
const HAS = u8(0xff);

async function bound(world = 'healthy'): Promise<Client> {
  const client = new Client(world, 'nspi');
  expect((await client.send('Bind', join(u32(0), HAS, STAT, NO_AUX))).binary).toHaveLength(28);
  return client;
}

/** Without StatusCode and the empty auxiliary buffer. */
async function call(client: Client, type: string, ...body: readonly Uint8Array[]): Promise<string> {
  const { code, binary } = await client.send(type, join(...body, NO_AUX));
  expect([code, binary.readUInt32LE(), binary.readUInt32LE(binary.length - 4)]).toEqual(['0', 0, 0]);
  return binary.subarray(4, -4).toString('hex');
}

const written = (...parts: readonly Uint8Array[]): string => join(...parts).toString('hex');

describe('the address book', () => {
  test('Bind knows no Unicode, and wants a code page', async () => {
    const statusFor = async (codePage: number) => {
      const stat = Buffer.from(STAT);
      stat.writeUInt32LE(codePage, 24);
      const { binary } = await new Client('healthy', 'nspi').send('Bind', join(u32(0), HAS, stat, NO_AUX));
      return binary.readUInt32LE(4);
    };
    expect([await statusFor(1252), await statusFor(0x4f25), await statusFor(1200), await statusFor(0)]).toEqual([
      0, 0, 0x80040102, 0x8004011e,
    ]);
  });

  test('the list of all has a slash for a name, and counts its version on', async () => {
    const client = await bound();
    const table = await call(client, 'GetSpecialTable', u32(4), HAS, STAT, HAS, u32(0));
    const first = `060000000201ff0fff1e00000000000000dca740c8c042101ab4b908002b2fe18201000000000100002f00
      0300003609000000030005300000000003 00fdff000000001f000130000b00fbff00`.replaceAll(/\s/g, '');
    expect(table).toContain(`ff02000000${first}`);
    expect(await call(client, 'GetSpecialTable', u32(4), HAS, STAT, HAS, u32(0))).not.toBe(table);
  });

  test('one id for each name, one row for each that is resolved', async () => {
    const names = ['=SMTP:alice@healthy.lab.test', 'nobody', 'ali', USER_DN].map(utf16z);
    const asked = [u32(0), HAS, STAT, HAS, u32(1), u32(TAG.smtpAddress), HAS, u32(names.length), ...names];
    const row = join(u8(0), HAS, utf16z('alice@healthy.lab.test'));
    expect(await call(await bound(), 'ResolveNames', ...asked)).toBe(
      written(
        ...[u32(0), u32(1252), HAS, u32(4), u32(2), u32(0), u32(1), u32(2)],
        ...[HAS, u32(1), u32(TAG.smtpAddress), u32(2), row, row],
      ),
    );
  });

  test('what is missing stands as an error in its place', async () => {
    const client = await bound();
    const stat = Buffer.from(STAT);
    stat.writeUInt32LE(0x10, 8);
    const tags = [HAS, u32(2), u32(TAG.objectType), u32(0x0037001f)];
    expect(await call(client, 'GetProps', u32(0), HAS, stat, ...tags)).toBe(
      `80030400e4040000ff020000000300fe0f060000000a0037000f010480`,
    );
    const rows = await call(client, 'QueryRows', u32(0), HAS, STAT, u32(1), u32(0x10), u32(1), ...tags);
    expect(rows).toMatch(/^00000000ff.{72}ff020000000300fe0f1f003700010000000100060000000a0f010480$/);
  });

  test('a mailbox is where the settings say, whether the name of its server is cut or not', async () => {
    const client = await bound();
    const server = `${ORGANIZATION_DN}/cn=Configuration/cn=Servers/cn=${MAILBOX_GUID}@healthy.lab.test`;
    const url = `https://${mailHost('healthy')}/mapi/emsmdb/?MailboxId=${MAILBOX_GUID}@healthy.lab.test`;
    for (const dn of [server, `${server}/cn=Microsoft Private MDB`])
      expect(await call(client, 'GetMailboxUrl', u32(0), utf16z(dn))).toBe(written(u32(0), utf16z(url)));
    expect(await call(client, 'GetMailboxUrl', u32(0), utf16z('/o=x'))).toBe(written(u32(0x8004010f), utf16z('')));
  });

  test('Unbind says 1, and is the end', async () => {
    const client = await bound();
    expect(await call(client, 'Unbind', u32(0))).toBe('01000000');
    expect((await client.send('PING')).code).toBe('10');
  });
});

describe('worlds', () => {
  test.for([
    ['mailbox-unknown', 0x3eb],
    ['mailbox-protocol-disabled', 0x7d8],
    ['mailbox-server-busy', 0x480],
    ['mailbox-client-blocked', 0x4df],
    ['mailbox-cached-mode', 0x4e1],
  ] as const)('%s says so at Connect', async ([world, error]) => {
    expect((await new Client(world).send('Connect', connect())).binary.readUInt32LE(4)).toBe(error);
  });

  test.for([
    ['mailbox-none', 'fe001c010000'],
    ['mailbox-dismounted', 'fe0076040000'],
    ['mailbox-quarantined', 'fe00330a0000'],
    ['mailbox-wrong-server', 'fe007804000001'],
    ['mailbox-back-off', 'f90010270000000000'],
  ] as const)('%s says so at the logon', async ([world, rop]) => {
    const client = new Client(world);
    await client.send('Connect', connect());
    const { error, payload } = ropsIn(await client.send('Execute', execute(logon())));
    expect([error, payload?.subarray(2).toString('hex').startsWith(rop)]).toEqual([0, true]);
  });

  test.for([
    ['mapi-absent', [404, undefined]],
    ['mapi-back-end-down', [503, undefined]],
    ['mapi-tls-required', [403, undefined]],
    ['mapi-sign-in-form', [302, undefined]],
    ['mapi-id-changed', [404, undefined]],
    ['mapi-switched-off', [200, '16']],
    ['mapi-query-lost', [200, '3']],
    ['mapi-unknown-failure', [200, '1']],
    ['mapi-request-headers-lost', [200, '7']],
    ['mapi-headers-stripped', [200, undefined]],
  ] as const)('%s', async ([world, expected]) => {
    const { status, code } = await new Client(world).send('Connect', connect());
    expect([status, code]).toEqual(expected);
  });

  test.for([
    ['healthy-mapi-balanced', '0'],
    ['mapi-cookies-lost', '13'],
    ['mapi-without-affinity', '10'],
    ['mapi-other-numbers', '5'],
  ] as const)('%s: what the second request gets', async ([world, code]) => {
    const client = new Client(world);
    await client.send('Connect', connect());
    expect((await client.send('Execute', execute(logon()))).code).toBe(code);
  });

  test('a slow server says how long it took, and that it still works', async () => {
    const { stream } = await new Client('mapi-slow').send('Connect', connect());
    expect(stream).toMatch(/^PROCESSING\r\n(PENDING(\r\n)?){2}DONE\r\n/);
    expect(Number(/X-ElapsedTime: (\d+)/.exec(stream)?.[1])).toBeGreaterThanOrEqual(700);
  });

  test('a refusal that comes late stands behind DONE', async () => {
    const { code, stream, page } = await new Client('mapi-late-failure').send('Connect', connect());
    expect([code, /X-ResponseCode: (\d+)/.exec(stream)?.[1]]).toEqual(['0', '1']);
    expect(page).toContain('<p>');
  });

  test('a gateway that compresses', async () => {
    const { headers } = await new Client('mapi-compressed').send('Connect', connect());
    expect([headers['content-encoding'], headers.via]).toEqual(['gzip', '1.1 gateway (lab)']);
  });

  test('a gateway that buffers does not even send a head before all of it is there', async () => {
    const wait = join(u32(0), NO_AUX);
    const [direct, held] = [await loggedOn(), await loggedOn('mapi-buffered')];
    await direct.open('NotificationWait', wait);
    let isThere = false;
    const opened = held.open('NotificationWait', wait).then(() => {
      isThere = true;
    });
    await held.send('PING');
    expect(isThere).toBe(false);
    await Promise.all([opened, held.send('Disconnect', NO_AUX)]);
  });

  test('a gateway that waits no longer hangs up', async () => {
    const client = await loggedOn('mapi-long-wait-cut');
    await expect(client.send('NotificationWait', join(u32(0), NO_AUX))).rejects.toThrow('aborted');
  });

  test('wrong bytes', async () => {
    const executed = async (world: string) => {
      const client = new Client(world);
      await client.send('Connect', connect());
      return (await client.send('Execute', execute(logon()))).binary;
    };
    expect((await executed('mapi-size-of-4-gb')).readUInt32LE(12)).toBe(0xffffffff);
    expect((await executed('mapi-answer-truncated')).length).toBeLessThan((await executed('mapi-no-version')).length);
    expect((await new Client('mapi-preamble-wrong').send('Connect', connect())).stream).toMatch(/^INPROGRESS\r\nDONE/);
  });
});

test('a health page that needs no sign-in', async () => {
  const answer = await ask(lab, mailHost('healthy'), { path: '/mapi/healthcheck.htm' });
  expect([answer.statusCode, (await buffer(answer)).toString()]).toEqual([200, '200 OK<br/>LAB-EX01.CORP.LAB.TEST']);
});

describe('packing', () => {
  test.for([
    ['nothing', ''],
    ['too short to gain', 'abc'],
    ['itself again and again', 'abc'.repeat(100)],
    [
      'lengths of every form',
      ['x'.repeat(9), 'y'.repeat(10), 'z'.repeat(24), 'v'.repeat(40), 'w'.repeat(300), 'u'.repeat(20_000)].join('-'),
    ],
    ['a text', readFileSync(new URL('./README.md', import.meta.url), 'latin1').slice(0, 30_000)],
  ] as const)('%s', ([, text]) => {
    const plain = Buffer.from(text, 'latin1');
    expect(decompress(compress(plain), plain.length).equals(plain)).toBe(true);
    for (const packing of ['plain', 'compressed', 'xor', 'both'] as const)
      expect(readPayload(writePayload(plain, packing))?.equals(plain)).toBe(true);
  });

  test('the published vectors', () => {
    const open = (hex: string, size: number) => decompress(Buffer.from(hex, 'hex'), size).toString();
    expect(open(`3f000000${Buffer.from('abcdefghijklmnopqrstuvwxyz').toString('hex')}`, 26)).toBe(
      'abcdefghijklmnopqrstuvwxyz',
    );
    expect(open('ffffff1f61626317000fff2601', 300)).toBe('abc'.repeat(100));
    expect(compress(Buffer.from('abc'.repeat(100))).toString('hex')).toBe('ffffff1f61626317000fff2601');
  });
});

function typesOf(blocks: Buffer | null): number[] {
  const reader = new Reader(blocks ?? Buffer.alloc(0));
  const types: number[] = [];
  while (reader.left > 0) {
    const size = reader.u16();
    reader.u8();
    types.push(reader.u8());
    reader.take(size - 4);
  }
  return types;
}
