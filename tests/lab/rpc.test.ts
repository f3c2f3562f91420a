/** RPC over HTTP of the lab, spoken by hand. What foreign clients make of it is in `tests/oracle`. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { handshake, mailHost } from './client.ts';
import { type Lab, startLab } from './lab.ts';
import { RpcClient, type RpcOptions, readHead, rpcHead } from './rpc/client.ts';
import type { Syntax } from './rpc/pdu.ts';
import { silentAfter } from './rpc/silences.ts';
import { asciiz, join, Reader, u16, u32 } from './store/bytes.ts';
import { ecClientVerDisallowed, ecNotEncrypted, ecRpcHttpDisallowed } from './store/codes.ts';
import { USER_DN } from './store/owner.ts';

const EMSMDB: Syntax = { uuid: 'a4f1db00-ca47-1067-b31f-00dd010662da', major: 0, minor: 81 };
const NSPI: Syntax = { uuid: 'f5cc5a18-4264-101a-8c59-08002b2f8426', major: 56, minor: 0 };
const STRANGER: Syntax = { uuid: '4c414221-0000-4000-8000-000000000000', major: 1, minor: 0 };
const FEATURES: Syntax = { uuid: '6cb71c2c-9812-4540-0300-000000000000', major: 1, minor: 0 };

const SILENT = silentAfter('bind_ack');

let lab: Lab;
beforeAll(async () => {
  const healthy = ['healthy', 'rpc-odd', 'rpc-held-back', 'rpc-two-servers', 'rpc-recycled', 'rpc-access-denied'];
  const refusing = ['rpc-encryption-required', 'rpc-http-blocked', 'rpc-client-blocked', 'rpc-exchange-2010'];
  const gateways = ['rpc-proxy-absent', 'rpc-verbs-refused', 'rpc-bodies-limited', 'rpc-proxy-stopped'];
  lab = await startLab({ port: 'any', worlds: [...healthy, ...refusing, ...gateways], beside: [SILENT] });
});
afterAll(() => lab.stop());

/** What the proxy says to one request that opens no channel. */
async function ask(world: string, request: string, body: Uint8Array = new Uint8Array()) {
  const socket = await handshake(lab, mailHost(world));
  onTestFinished(() => void socket.destroy());
  socket.write(request);
  socket.write(body);
  const pieces: AsyncIterator<Buffer> = socket.iterator();
  const { head, rest } = await readHead(pieces);
  return { head, status: head.slice(9).split('\r\n')[0], body: rest, more: pieces };
}

async function opened(world: string, port: number, options?: RpcOptions): Promise<RpcClient> {
  const client = await RpcClient.open(lab, world, port, options);
  onTestFinished(() => client.close());
  return client;
}

const ECHO = '0500140310000000140000000000000040000000';

describe('the proxy', () => {
  test.for(['RPC_IN_DATA', 'RPC_OUT_DATA'])('%s: an echo, for whoever has signed in', async (verb) => {
    for (const length of [0, 4, 16]) {
      const answer = await ask('healthy', rpcHead(lab, 'healthy', verb, 6001, length), Buffer.alloc(length, 0xf8));
      expect(answer.head).toMatch(/^HTTP\/1\.1 200 Success\r\n/);
      expect(answer.head).toMatch(/content-type: application\/rpc/i);
      expect(answer.head).not.toMatch(/transfer-encoding/i);
      const body = answer.body.length > 0 ? answer.body : (await answer.more.next()).value;
      expect(body.toString('hex')).toBe(ECHO);
    }
    const anonymous = rpcHead(lab, 'healthy', verb, 6001, 0).replace(/Authorization.*\r\n/, '');
    expect((await ask('healthy', anonymous)).status).toBe('401 Unauthorized');
  });

  test.for([
    ['healthy', 6001, 'nobody', '404 Not Found'],
    ['healthy', 6003, undefined, '503 RPC Error: 6ba'],
    ['healthy', 593, undefined, '503 RPC Error: 6ba'],
    ['rpc-proxy-absent', 6001, undefined, '404 Not Found'],
    ['rpc-proxy-stopped', 6001, undefined, '503 Service Unavailable'],
    ['rpc-verbs-refused', 6001, undefined, '405 Method Not Allowed'],
    ['rpc-bodies-limited', 6001, undefined, '413 Payload Too Large'],
  ] as const)('%s, port %i, server %s: %s', async ([world, port, server, status]) => {
    expect((await ask(world, rpcHead(lab, world, 'RPC_IN_DATA', port, 1024 ** 3, server))).status).toBe(status);
  });

  test('whoever waits to be told to go on is told once he has signed in', async () => {
    const head = rpcHead(lab, 'healthy', 'RPC_OUT_DATA', 6001, 76).replace('\r\n', '\r\nExpect: 100-continue\r\n');
    expect((await ask('healthy', head)).status).toBe('100 Continue');
    expect((await ask('healthy', head.replace(/(Basic ).*/, '$1eDp5'))).status).toBe('401 Unauthorized');
  });

  test('a plain GET is answered as before', async () => {
    const request = rpcHead(lab, 'healthy', 'GET', 6001, 0).replace(/Authorization.*\r\n/, '');
    expect((await ask('healthy', request)).status).toBe('401 Unauthorized');
  });
});

describe('a connection', () => {
  test('both channels are joined, and end together', async () => {
    const client = await opened('healthy', 6001);
    expect((await client.next())?.toString('hex')).toMatch(/^05001403100000001c00000000000000000001000200000/);
    expect((await client.next())?.toString('hex')).toMatch(
      /^05001403100000002c000000000000000000030006000000010000000000000/,
    );
    client.send(Buffer.alloc(16));
    expect(await client.next()).toBeNull();
  });

  test.for(['rpc-held-back', 'rpc-two-servers'])('%s: nobody joins them', async (world) => {
    const client = await opened(world, 6001);
    expect((await client.next())?.length).toBe(28);
    // A whole conversation later there is still nothing.
    const other = await opened('healthy', 6001);
    await other.bind(EMSMDB);
    expect(await Promise.race([client.next(), other.call(6, Buffer.alloc(0))])).not.toBeNull();
    expect(client.conversation.filter(({ from }) => from === 'server')).toHaveLength(1);
  });

  test('what is held back is passed on once it is complete', async () => {
    const client = await opened('rpc-held-back', 6001, { length: 104 });
    expect([(await client.next())?.length, (await client.next())?.length]).toEqual([28, 44]);
  });

  test('the server stops when the window is used up, and goes on when it is told', async () => {
    const client = await opened('rpc-odd', 6004, { window: 600 });
    await client.bind(NSPI);
    const bound = await client.call(0, bindStub());
    const handle = stubOf(bound).subarray(20, 40);
    const received = () =>
      client.conversation
        .filter(({ from, bytes }) => from === 'server' && bytes[2] !== 20)
        .reduce((sum, { bytes }) => sum + bytes.length, 0);
    const before = received();
    const answer = client.call(12, join(handle, u32(4), STAT, u32(0)));
    // Nothing else can come before the window is opened again.
    const other = await opened('healthy', 6001);
    await other.bind(EMSMDB);
    expect(received() - before).toBeLessThanOrEqual(600 - before);
    client.acknowledge(received(), 65_536);
    const fragments = await answer;
    expect(fragments.length).toBeGreaterThan(1);
    for (const fragment of fragments) expect(fragment.length).toBeLessThanOrEqual(256);
    expect(stubOf(fragments).includes(Buffer.from('All Lab Users', 'utf16le'))).toBe(true);
  });

  test('silence after a PDU', async () => {
    const client = await opened(SILENT.name, 6001);
    await client.bind(EMSMDB);
    const other = await opened('healthy', 6001);
    await other.bind(EMSMDB);
    const first = await Promise.race([
      client.call(6, Buffer.alloc(0)).then(() => 'silent'),
      other.call(6, Buffer.alloc(0)).then(() => 'healthy'),
    ]);
    expect(first).toBe('healthy');
  });

  test('a new channel is asked for', async () => {
    const client = await opened('rpc-recycled', 6001);
    await client.bind(EMSMDB);
    await client.call(10, connectStub());
    expect((await client.next())?.toString('hex')).toBe(
      '05001403100000001c0000000000000004000100' + '0d00000000000000',
    );
  });
});

describe('DCE/RPC', () => {
  test('results of a bind', async () => {
    const client = await opened('healthy', 6001);
    const ack = await client.bind(EMSMDB, STRANGER, EMSMDB, NSPI);
    const reader = new Reader(ack.subarray(16));
    expect([reader.u16(), reader.u16()]).toEqual([5840, 5840]);
    expect(reader.u32()).not.toBe(0);
    expect(reader.take(reader.u16()).toString()).toBe('6001\0');
    reader.take(1);
    expect([reader.u8(), reader.take(3).length]).toEqual([4, 3]);
    const results = reader.times(4, () => {
      const result = [reader.u16(), reader.u16()];
      reader.take(20);
      return result;
    });
    expect(results).toEqual([
      [0, 0],
      [2, 1],
      [0, 0],
      [2, 1],
    ]);
    reader.end();
  });

  test('calls, whole and in fragments', async () => {
    const client = await opened('healthy', 6001);
    await client.bind(EMSMDB);
    expect(stubOf(await client.call(6, Buffer.alloc(0))).toString('hex')).toBe('00000000');
    for (const pieces of [5_000, 24, 32, 8]) {
      const answer = stubOf(await client.call(10, connectStub(), { pieces }));
      expect(answer.subarray(-4).toString('hex')).toBe('00000000');
      expect(answer.includes('Alice Example\0')).toBe(true);
    }
  });

  test.for([
    ['no such operation', 99, '', 0, 0x1c010002],
    ['no such context', 6, '', 7, 0x1c00001c],
    ['arguments that end too early', 10, '0a000000', 0, 0x6f7],
    ['a string without end', 10, 'ffffff7f00000000ffffff7f41', 0, 0x6f7],
  ] as const)('%s', async ([_what, opnum, stub, contextId, status]) => {
    const client = await opened('healthy', 6001);
    await client.bind(EMSMDB);
    const [fault] = await client.call(opnum, Buffer.from(stub, 'hex'), { contextId });
    expect([fault?.[2], fault?.readUInt32LE(24)]).toEqual([3, status]);
    // The connection goes on.
    expect(stubOf(await client.call(6, Buffer.alloc(0)))).toHaveLength(4);
  });

  test('access denied', async () => {
    const client = await opened('rpc-access-denied', 6001);
    await client.bind(EMSMDB);
    const [fault] = await client.call(6, Buffer.alloc(0));
    expect(fault?.readUInt32LE(24)).toBe(5);
  });

  test('features of a bind are no interface', async () => {
    const client = await opened('healthy', 6001);
    await client.bind(EMSMDB);
    client.send(featureBind());
    const ack = await client.next();
    expect(ack?.subarray(-24).toString('hex')).toBe(`03000300${'00'.repeat(20)}`);
  });
});

describe('the mailbox', () => {
  async function connect(world: string, version?: readonly number[]): Promise<Buffer> {
    const client = await opened(world, 6001);
    await client.bind(EMSMDB);
    return stubOf(await client.call(10, connectStub(version)));
  }

  test.for([
    ['rpc-encryption-required', [0x0b00, 0x8000, 0], ecNotEncrypted],
    ['rpc-http-blocked', [0x0f00, 0x92cf, 0x3ea], ecRpcHttpDisallowed],
    // What came with Outlook 2007 an older one is not told.
    ['rpc-http-blocked', [0x0b00, 0x8000, 0], ecClientVerDisallowed],
    ['rpc-client-blocked', [0x0e00, 0x9b52, 0], ecClientVerDisallowed],
    ['rpc-client-blocked', [0x0f00, 0x92cf, 0x3ea], 0],
    // Three words, as clients wrote them before Outlook 2007.
    ['rpc-client-blocked', [12, 4228, 0], ecClientVerDisallowed],
  ] as const)('%s, version %o', async ([world, version, status]) => {
    const answer = await connect(world, version);
    expect(answer.readUInt32LE(answer.length - 4)).toBe(status);
    expect(answer.subarray(0, 20).equals(Buffer.alloc(20))).toBe(status !== 0);
  });

  test('an older server says which one it is', async () => {
    const client = await opened('rpc-exchange-2010', 6001, { server: 'LAB-EX01' });
    await client.bind(EMSMDB);
    expect(stubOf(await client.call(10, connectStub())).includes(join(u16(0x0e03), u16(0x807b), u16(4)))).toBe(true);
  });

  test('the endpoint mapper of an older server', async () => {
    const EPM: Syntax = { uuid: 'e1af8308-5d1f-11c9-91a4-08002b14a0fa', major: 3, minor: 0 };
    const client = await opened('rpc-exchange-2010', 593, { server: 'LAB-EX01' });
    await client.bind(EPM);
    const tower =
      '050013000d185accf564421a108c5908002b2f84263800020000001300' +
      '0d045d888aeb1cc9119fe808002b10486002000200000001000b020000000100' +
      '1f0200000001000904000000000000';
    const octets = Buffer.from(tower, 'hex').subarray(0, 75);
    const stub = join(u32(0), u32(0x20000), u32(75), u32(75), octets, Buffer.alloc(1), Buffer.alloc(20), u32(4));
    const answer = stubOf(await client.call(3, stub));
    expect(answer.readUInt32LE(20)).toBe(2);
    expect(answer.includes(Buffer.from('01001f02001772', 'hex'))).toBe(true);
    expect(answer.includes(Buffer.from('01001f02001774', 'hex'))).toBe(true);
  });
});

/** The arguments of a whole answer. */
const stubOf = (pdus: readonly Buffer[]): Buffer => Buffer.concat(pdus.map((pdu) => pdu.subarray(24)));

const STAT = join(Buffer.alloc(24), u32(0x4e4), u32(0x409), u32(0x409));
const bindStub = (): Buffer => join(u32(0), STAT, u32(0x20000), Buffer.alloc(16));

function connectStub(version: readonly number[] = [0x0f00, 0x92cf, 0x3ea]): Buffer {
  const dn = asciiz(USER_DN);
  const string = join(u32(dn.length), u32(0), u32(dn.length), dn, Buffer.alloc((4 - (dn.length % 4)) % 4));
  const numbers = [0, 0x4711, 0, 0x4e4, 0x409, 0x409, 0xffffffff].map(u32);
  return join(string, ...numbers, u16(1), ...version.map(u16), u32(0), u32(0), u32(0), u32(0x1008));
}

/** An alter_context that asks for features. */
function featureBind(): Buffer {
  const syntax = ({ uuid, major, minor }: Syntax) =>
    join(
      ...[uuid.slice(0, 8), uuid.slice(9, 13), uuid.slice(14, 18)].map(reversed),
      tail(uuid),
      u16(major),
      u16(minor),
    );
  const context = join(u16(1), Buffer.of(1, 0), syntax(EMSMDB), syntax(FEATURES));
  const body = join(u16(5840), u16(5840), u32(0), Buffer.of(1, 0, 0, 0), context);
  const head = Buffer.from('05000e0310000000000000000200000000', 'hex').subarray(0, 16);
  head.writeUInt16LE(16 + body.length, 8);
  head.writeUInt32LE(2, 12);
  return join(head, body);
}

const reversed = (hex: string): Buffer => Buffer.from(hex, 'hex').reverse();
const tail = (uuid: string): Buffer => Buffer.from(uuid.slice(19).replaceAll('-', ''), 'hex');
