/** The lab's RPC over HTTP, used by impacket, which nobody here wrote; what both of them say is taken apart by tshark. */
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { mailServer } from '#tests/lab/hosts.ts';
import { asciiz, guid, join, u16, u32 } from '#tests/lab/store/bytes.ts';
import { ecNotEncrypted } from '#tests/lab/store/codes.ts';
import { writePayload } from '#tests/lab/store/extended-buffer.ts';
import { MAILBOX_GUID, SERVER_FQDN, serverDn, USER_DN } from '#tests/lab/store/owner.ts';
import { defineWorld } from '#tests/lab/world.ts';
import { needs, output } from './foreign.ts';
import { pcapOf, type Segment } from './pcap.ts';
import { labAtRealPorts } from './rpc-clients.ts';
import { TemporaryFolder } from './temporary.ts';

const heard: Segment[] = [];

const recorded = defineWorld({
  name: 'rpc-recorded',
  title: 'All is well, and every PDU is written down.',
  hosts: { autodiscover: mailServer({ rpc: { heard: (from, pdu) => heard.push({ from, bytes: pdu }) } }) },
});

const lab = labAtRealPorts({
  worlds: ['healthy', 'healthy-ntlm', 'rpc-odd', 'rpc-encryption-required', 'rpc-exchange-2010', 'rpc-plain-http'],
  beside: [recorded],
});

beforeEach((context) => needs(context, 'impacket'));

interface Question {
  readonly what: 'address book' | 'referral' | 'mailbox';
  readonly http?: 'basic' | 'ntlm';
  readonly level?: 'connect' | 'integrity' | 'privacy' | null;
  readonly user?: string;
  readonly domain?: string;
  /** Inside RPC, where it is another one than at the proxy. */
  readonly rpcPassword?: string;
  readonly server?: string;
  readonly plain?: true;
  /** The longest fragment that is sent. */
  readonly fragment?: number;
}

const ports = { mailbox: 6001, referral: 6002, 'address book': 6004 } as const;

async function ask(world: string, { what, plain, fragment, ...more }: Question): Promise<Record<string, unknown>> {
  const target = await lab.targetOf(world);
  const question = {
    ...{
      what,
      port: ports[what],
      httpPort: plain ? 80 : 443,
      http: 'basic',
      level: null,
      domain: '',
      fragment: fragment ?? null,
    },
    ...target,
    ...{ rpcPassword: target.password, dn: USER_DN, serverDn: serverDn({ domain: `${world}.lab.test` }) },
    names: [`=SMTP:alice@${world}.lab.test`, 'nosuch', 'Ali'],
    ...{ version: [0x0f00, 0x92cf, 0x03ea], rops: logon().toString('hex') },
    ...more,
  };
  const program = fileURLToPath(new URL('rpc-impacket.py', import.meta.url));
  return JSON.parse(await output('/usr/bin/python3', [program], JSON.stringify(question)));
}

/** RopLogon, as a client writes it. [MS-OXCROPS] 2.2.3.1 */
function logon(): Buffer {
  const dn = asciiz(USER_DN);
  const rop = join(Buffer.of(0xfe, 0, 0, 1), u32(0x0100000c), u32(0), u16(dn.length), dn);
  return writePayload(join(u16(rop.length + 2), rop, u32(0xffffffff)));
}

const levels = [null, 'connect', 'integrity', 'privacy'] as const;

describe.each(levels)('level inside RPC: %s', (level) => {
  test('the address book', async () => {
    const world = 'healthy';
    const alice = { '3001001f': 'Alice Example', '39fe001f': `alice@${world}.lab.test`, '3003001f': USER_DN };
    expect(await ask(world, { what: 'address book', level })).toEqual({
      table: [
        expect.objectContaining({ '0fff0102': '/', '3001001f': '' }),
        expect.objectContaining({ '3001001f': 'All Lab Users', '30050003': 0 }),
      ],
      // Resolved, not found, ambiguous.
      mids: [2, 0, 1],
      resolved: [alice],
      listed: expect.arrayContaining([alice, expect.objectContaining({ '3001001f': 'Дмитрий Примеров' })]),
      columns: 11,
      unbound: 1,
    });
  });

  test('the referral', async () => {
    const { server } = await lab.targetOf('healthy');
    expect(await ask('healthy', { what: 'referral', level })).toEqual({ server, name: server });
  });

  test('the mailbox', async () => {
    expect(await ask('healthy', { what: 'mailbox', level })).toEqual({
      ...{ connect: 0, name: 'Alice Example\0', execute: 0, disconnect: 0 },
      // Success, and the GUID of the mailbox.
      rgbOut: expect.stringMatching(
        new RegExp(`^00000400ac00ac00a800fe0000000000.*${guid(MAILBOX_GUID).toString('hex')}`),
      ),
    });
  });

  test('NTLM at the proxy', async () => {
    const { server } = await lab.targetOf('healthy-ntlm');
    const question = { what: 'referral', http: 'ntlm', level, user: 'alice', domain: 'LAB' } as const;
    expect(await ask('healthy-ntlm', question)).toEqual({ server, name: server });
  });

  test('a proxy that sends chunks, short fragments both ways', async () => {
    const { table, listed } = await ask('rpc-odd', { what: 'address book', level, fragment: 64 });
    expect(table).toHaveLength(2);
    expect(listed).toHaveLength(5);
  });
});

test('over plain HTTP', async () => {
  const { server } = await lab.targetOf('rpc-plain-http');
  expect(await ask('rpc-plain-http', { what: 'referral', plain: true })).toEqual({ server, name: server });
});

test('a server of 2010, by its own name', async () => {
  const { table } = await ask('rpc-exchange-2010', { what: 'address book', server: SERVER_FQDN });
  expect(table).toHaveLength(2);
});

test('where encryption is required nothing less will do', async () => {
  const connects = levels.map(async (level) => {
    const { connect } = await ask('rpc-encryption-required', { what: 'mailbox', level });
    return connect;
  });
  expect(await Promise.all(connects)).toEqual([ecNotEncrypted, ecNotEncrypted, ecNotEncrypted, 0]);
});

test.each(['connect', 'integrity', 'privacy'] as const)('a wrong password inside RPC, level %s', async (level) => {
  lab.running.resetCounts('healthy');
  const { error } = await ask('healthy', { what: 'referral', level, rpcPassword: 'Falsch:Wör7' });
  expect(error).toMatch(/rpc_s_access_denied/);
  expect(lab.running.counts('healthy').reasons).toEqual(['wrong-password']);
});

describe('tshark', () => {
  beforeEach((context) => needs(context, 'tshark'));

  /** What tshark says of everything that went over one connection: in a line for each PDU, and in full. */
  async function dissected(question: Question): Promise<{ lines: string[]; text: string }> {
    heard.length = 0;
    const { error } = await ask('rpc-recorded', question);
    expect(error).toBeUndefined();
    const folder = new TemporaryFolder();
    // It takes a ping, which has no commands, for malformed.
    const pdus = heard.filter(({ bytes }) => bytes.length > 20);
    const file = folder.write('capture.pcap', pcapOf(ports[question.what], pdus));
    // With the password it opens what is sealed. It makes UTF-16 of it byte by byte, so that only Latin-1 comes out right.
    const { password } = await lab.targetOf('rpc-recorded');
    const secret = folder.write('password', Buffer.from(password, 'latin1'));
    const command = `exec tshark -o "ntlmssp.nt_password:$(cat '${secret}')" "$@"`;
    const decode = (...how: readonly string[]) =>
      output('sh', ['-c', command, 'sh', '-r', file, '-d', `tcp.port==${ports[question.what]},dcerpc`, ...how]);
    return { lines: (await decode()).trim().split('\n'), text: await decode('-V') };
  }

  /** It does not know all arguments of these calls; and impacket's own request has a pointer too many. */
  const KNOWN = /Nspi(ResolveNamesW|QueryColumns) re|NspiGetHierarchyInfo request/;

  describe.each(levels)('level inside RPC: %s', (level) => {
    test.each([
      ['address book', 'NSPI V56.0', 'All Lab Users'],
      ['referral', 'RFR V1.0', 'a11c@rpc-recorded.lab.test'],
      ['mailbox', 'MAPI V0.81', 'EcDoDisconnect'],
    ] as const)('%s: every PDU of both sides', async (what, name, inside) => {
      const { lines, text } = await dissected({ what, level });
      expect(text).not.toMatch(/Malformed|Short frame|Expert Info \(Error/);
      expect(lines.filter((line) => /Long frame/.test(line) && !KNOWN.test(line))).toEqual([]);
      for (const pdu of ['CONN/A1', 'CONN/A3', 'CONN/B1', 'CONN/C2', `${name} (32bit NDR)`, 'Bind_ack'])
        expect(lines.some((line) => line.includes(pdu))).toBe(true);
      expect(text.match(/Packet type: Response/g)?.length).toBe(text.match(/Packet type: Request/g)?.length);
      if (level !== null) expect(text).toContain('User name: alice@rpc-recorded.lab.test');
      // Out of the arguments, where they are known; sealed or not.
      expect(text).toContain(inside);
    });
  });
});
