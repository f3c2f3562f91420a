/** Auxiliary blocks: every layout, and those that are broken beside those that are not. */
import { describe, expect, test } from 'vitest';
import { ByteReader } from '#lib/wire/bytes/reader.ts';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { type AuxiliaryBlock, readAuxiliaryBuffer } from '#lib/wire/extended-buffer/auxiliary.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { hex } from '#tests/wire/ntlm/published.ts';
import { complaintOf, refuses } from '#tests/wire/x509/complaint.ts';
import { auxiliary, block, joined, u16, utf16z } from './blocks.ts';

function read(payload: Uint8Array, trace?: Trace): AuxiliaryBlock[] {
  const bytes = block(payload);
  const reader = new ByteReader(bytes, { path: 'connect.response', spec: 'test', trace });
  return readAuxiliaryBuffer(reader, 'auxiliaryBuffer', bytes.length);
}

const GUID_TEXT = '11111111-2222-3333-4444-555555555555';
const guid = hex('11111111 2222 3333 4444 555555555555');

test('what an independent server tells in its answer to Connect', () => {
  const aux = hex('0800 01 17 03000000 0c00 01 0a 0c000000 00840c24 0800 01 48 01000000');
  expect(read(aux)).toEqual([
    { kind: 'organization', flags: 3, hasPublicFolders: true },
    { kind: 'client-control', enableFlags: 0x0c, expiryMs: 0x240c8400 },
    { kind: 'endpoint-capabilities', flags: 1 },
  ]);
});

describe('layouts', () => {
  const one = (version: number, type: number, ...parts: readonly Uint8Array[]): AuxiliaryBlock | undefined =>
    read(auxiliary(version, type, joined(...parts)))[0];

  test('of fixed size', () => {
    expect(one(1, 0x01, hex('0700 0900'))).toEqual({ kind: 'request-id', sessionId: 7, requestId: 9 });
    expect(one(1, 0x04, hex('0700 0000'), guid)).toMatchObject({
      ...{ kind: 'session-info', sessionId: 7, sessionGuid: GUID_TEXT, connectionId: null },
    });
    expect(one(2, 0x04, hex('0700 0000'), guid, hex('10000000'))).toMatchObject({ connectionId: 16 });
    expect(one(1, 0x18, hex('0700 0000'), guid)).toEqual({ kind: 'account-info', clientId: 7, account: GUID_TEXT });
    expect(one(1, 0x46, hex('0b000000'))).toEqual({ kind: 'server-capabilities', flags: 11 });
    const os = [hex('9c000000 0a000000 00000000 7c4f0000'), new Uint8Array(132), hex('0100 0200 00000000')];
    expect(one(1, 0x16, ...os)).toEqual({ kind: 'os-version', version: '10.0.20348', servicePack: '1.2' });
    expect(one(2, 0x43, hex('02 04'), Buffer.from('EX01'))).toEqual({
      ...{ kind: 'mapi-endpoint', processType: 2, server: 'EX01' },
    });
  });

  test('with offsets, in an order of their own', () => {
    const [dn, name] = [utf16z('/o=x/cn=s'), utf16z('EX01')];
    const at = 4 + 8;
    expect(one(1, 0x03, hex('0100 0200'), u16(at + name.length), u16(at), name, dn)).toEqual({
      ...{ kind: 'server-info', serverId: 1, serverType: 2, serverDn: '/o=x/cn=s', serverName: 'EX01' },
    });
    expect(one(1, 0x4b, u16(6), utf16z('ConnectionID=16'))).toEqual({
      ...{ kind: 'server-session', context: 'ConnectionID=16' },
    });
    expect(one(1, 0x4b, u16(0))).toEqual({ kind: 'server-session', context: '' });
    expect(one(1, 0x0b, u16(3), u16(0), guid, u16(4 + 24), u16(0), utf16z('OUTLOOK.EXE'))).toEqual({
      ...{ kind: 'process-info', processId: 3, processGuid: GUID_TEXT, processName: 'OUTLOOK.EXE' },
    });
    expect(one(1, 0x4a, guid, u16(4 + 28), u16(0), hex('02000000 01000000'), utf16z('context'))).toEqual({
      ...{ kind: 'client-connection', connectionGuid: GUID_TEXT, attempts: 2, flags: 1, context: 'context' },
    });
    const device = [u16(14), u16(0), u16(14), u16(0), u16(14), utf16z('Maker')];
    expect(one(1, 0x4e, ...device)).toMatchObject({
      ...{ kind: 'device-id', manufacturer: 'Maker', model: '', serialNumber: 'Maker', firmware: 'Maker' },
    });
  });

  test('of a client and its network', () => {
    const texts = joined(utf16z('PC01'), utf16z('alice'), utf16z('LAN'));
    const at = 4 + 28;
    const fields = [
      ...[hex('40420f00'), u16(1), u16(at), u16(at + 10), u16(4), u16(at + texts.length)],
      ...[u16(0), u16(0), u16(at + 22), u16(2), u16(at + texts.length + 4), u16(2), u16(0)],
    ];
    expect(one(1, 0x02, ...fields, texts, hex('0a000001'), hex('aabb'))).toEqual({
      ...{ kind: 'client-info', adapterKilobits: 1_000_000, clientId: 1, clientMode: 2 },
      ...{ machineName: 'PC01', userName: 'alice', adapterName: 'LAN' },
      ...{ clientIp: hex('0a000001'), clientIpMask: new Uint8Array(), macAddress: hex('aabb') },
    });
  });
});

describe('what is not known or not right', () => {
  const fine = auxiliary(1, 0x48, hex('01000000'));
  const known: AuxiliaryBlock = { kind: 'endpoint-capabilities', flags: 1 };

  test('unknown types and versions are kept', () => {
    const strange = joined(auxiliary(1, 0x52, hex('aabb')), auxiliary(9, 0x48, hex('01000000')), fine);
    expect(read(strange)).toEqual([
      { kind: 'unknown', version: 1, type: 0x52, octets: hex('aabb') },
      { kind: 'unknown', version: 9, type: 0x48, octets: hex('01000000') },
      known,
    ]);
  });

  test.each([
    ['too short', auxiliary(1, 0x48, hex('0100')), 'truncated', '[0].endpointCapabilityFlag'],
    ['an offset beyond its end', auxiliary(1, 0x4b, u16(500)), 'bad-value', '[0].serverSessionContextInfo'],
    ['a text without an end', auxiliary(1, 0x4b, joined(u16(6), hex('41004200'))), 'truncated', 'ContextInfo'],
    ['a name longer than itself', auxiliary(2, 0x43, hex('02 ff 41')), 'truncated', '[0].server'],
  ] as const)('%s: unreadable, and the next one is not', (_what, broken, code, path) => {
    const [first, second] = read(joined(broken, fine));
    if (first?.kind !== 'unreadable') throw new Error('it could be read');
    expect(first.error).toMatchObject({ code });
    expect(first.error.path.endsWith(path)).toBe(true);
    expect(first.octets).toEqual(broken.subarray(4));
    expect(second).toEqual(known);
  });

  test('more than the layout says is skipped, and shown', () => {
    const trace = new Trace();
    expect(read(joined(auxiliary(1, 0x48, hex('01000000 aabb')), fine), trace)).toEqual([known, known]);
    const payload = trace.fields[0]?.children[0]?.children.at(-1);
    expect(payload?.children[0]?.children.at(-1)).toMatchObject({ name: 'rest', value: 'aabb' });
  });

  test('sizes that do not fit leave nothing to read', () => {
    expect(refuses(() => read(joined(fine, hex('0300 01 48'))), 'bad-value', '[1].size').offset).toBe(8 + 8);
    refuses(() => read(joined(fine, hex('0900 01 48 01000000'))), 'truncated', '[1]');
    refuses(() => read(joined(fine, hex('0800'))), 'truncated', '[1]');
    refuses(() => read(joined(...Array(1_001).fill(fine))), 'too-large');
  });

  test('any octets: an error, or blocks', () => {
    const random = seededRandom('auxiliary');
    const types = [0x01, 0x02, 0x03, 0x04, 0x0a, 0x0b, 0x16, 0x17, 0x18, 0x43, 0x46, 0x48, 0x4a, 0x4b, 0x4e] as const;
    const noise = (): Uint8Array => new Uint8Array(random.below(60)).map(() => random.below(64));
    for (let round = 0; round < 2_000; round++) {
      const made = () => auxiliary(1 + random.below(2), random.pick(types), noise());
      expect(read(joined(made(), made(), fine)).at(-1)).toEqual(known);
      const bytes = noise();
      try {
        expect(read(bytes).length).toBeLessThanOrEqual(bytes.length / 4);
      } catch (error) {
        complaintOf(() => {
          throw error;
        });
      }
    }
  });
});
