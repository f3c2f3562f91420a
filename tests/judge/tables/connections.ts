/** The judges of name, port and handshake: failures have their own codes, so that little is left to judge. */
import { expect } from 'vitest';
import type { Attempt, Dialed, DialOutcome } from '#lib/net/dialer.ts';
import type { Resolution, Trouble } from '#lib/net/resolver.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { dnsLookup } from '#lib/probes/dns-lookup.ts';
import { tcpConnect } from '#lib/probes/tcp-connect.ts';
import { tlsHandshake } from '#lib/probes/tls-handshake.ts';
import { answer, HOST, SUBJECT, table } from '../table.ts';

const evidence = answer().evidence;
const address = { address: '192.0.2.1', family: 4, ttl: 60 } as const;
const resolution: Resolution = { host: HOST, addresses: [address], evidence };

const attempt = (outcome: DialOutcome, at: number): Attempt => ({
  address: `192.0.2.${at + 1}`,
  port: 443,
  outcome,
  elapsedMs: 1,
});

const dialed = (...outcomes: DialOutcome[]) =>
  ({ ...SUBJECT, address, connectMs: 1, attempts: outcomes.map(attempt), evidence }) as unknown as Dialed;

const trouble = (silent: boolean): Trouble => {
  return { family: 6, word: 'SERVFAIL', silent, resolver: '192.0.2.53:53', waitedMs: 3_000 };
};

const judged = { forbidden: [], troubles: [], untried: [] };
const ok = true;

export const dnsTable = table(dnsLookup, SUBJECT, [
  ['an address', resolution, []],
  ['an address, and nothing to say beside it', { ...resolution, ...judged }, []],
  [
    'a private address beside a public one',
    { ...resolution, forbidden: [{ address: '10.0.0.1', rule: 'private' }] },
    ['dns.internal-address'],
    { ok, args: { host: HOST, addresses: ['10.0.0.1'], rule: 'private' } },
  ],
  [
    'more private addresses than anybody wants to read',
    { ...resolution, forbidden: Array.from({ length: 40 }, (_, at) => ({ address: `10.0.0.${at}`, rule: 'private' })) },
    ['dns.internal-address'],
    { ok, args: { addresses: Array.from({ length: 8 }, (_, at) => `10.0.0.${at}`), rule: 'private' } },
  ],
  [
    'name servers that fail for IPv6',
    { ...resolution, troubles: [trouble(false)] },
    ['dns.lookup-failed'],
    { ok, args: { what: 'IPv6 addresses', answer: 'SERVFAIL', resolver: '192.0.2.53:53' } },
  ],
  [
    'name servers that are silent for IPv6',
    { ...resolution, troubles: [trouble(true)] },
    ['dns.lookup-timeout'],
    { ok, args: { what: 'IPv6 addresses', waited: 3_000 } },
  ],
  [
    'a wildcard',
    { ...resolution, wildcard: '*.example.test' },
    ['dns.wildcard-answer'],
    { ok, args: { host: HOST, wildcard: '*.example.test' } },
  ],
  [
    'more addresses than are tried',
    { ...resolution, untried: [address, address] },
    ['tool.not-tested'],
    { ok, args: { what: `Connecting to 2 of the 3 addresses of ${HOST}` } },
  ],
]);

export const tcpTable = table(tcpConnect, { ...SUBJECT, resolution }, [
  ['one address', dialed('connected'), []],
  ['two addresses', dialed('connected', 'connected'), []],
  [
    'one of two is dead',
    dialed('refused', 'connected'),
    ['tcp.one-address-fails'],
    {
      ok,
      args: {
        host: HOST,
        failing: ['192.0.2.1'],
        total: 2,
        reason: 'connection refused',
        effect: expect.stringContaining('go on at once'),
      },
    },
  ],
  [
    'three are dead in two ways: the worse one says what a client suffers',
    dialed('no route', 'connected', 'no answer', 'no answer'),
    ['tcp.one-address-fails'],
    {
      ok,
      args: {
        failing: ['192.0.2.1', '192.0.2.3', '192.0.2.4'],
        total: 4,
        reason: 'no route, no answer',
        effect: expect.stringContaining('21 s'),
      },
    },
  ],
  [
    'one fails in a way that nobody foresaw',
    dialed('connected', 'failed (EWHATEVER)'),
    ['tcp.one-address-fails'],
    { ok, args: { reason: 'failed (EWHATEVER)', effect: expect.stringContaining('may wait or fail') } },
  ],
  [
    'one is out of our reach',
    dialed('connected', 'not tested'),
    ['tool.not-tested'],
    { ok, args: { what: expect.stringContaining('192.0.2.2') } },
  ],
  [
    'one is dead, and one is out of our reach',
    dialed('connected', 'not tested', 'reset'),
    ['tcp.one-address-fails', 'tool.not-tested'],
    { ok, args: { failing: ['192.0.2.3'], total: 2 } },
  ],
]);

export const tlsTable = table(tlsHandshake, { ...SUBJECT, dialed: dialed('connected') }, [
  ['a handshake', { protocol: 'TLSv1.3', evidence } as TlsSession, []],
]);
