import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { mailHost, resolverOf } from './client.ts';
import { encodeRecordData, recordTypes } from './dns/records.ts';
import { answerFrom, type Zone } from './dns/zone.ts';
import { type Lab, startLab } from './lab.ts';

let lab: Lab;
beforeAll(async () => {
  const worlds = ['healthy', 'name-not-found', 'servfail', 'dns-refused', 'dns-silent', 'one-dead-address'];
  lab = await startLab({ port: 'any', worlds });
});
afterAll(() => lab.stop());

test('a host has the address that the lab gave to it', async () => {
  expect(await resolverOf(lab).resolve4('autodiscover.HEALTHY.lab.test')).toEqual(['127.77.1.2']);
  expect(await resolverOf(lab).resolve4(mailHost('one-dead-address'))).toHaveLength(2);
});

test.each([
  ['a name with others below it, but without address', 'healthy.lab.test', 'ENODATA'],
  ['a name that has an address, but not of this family', mailHost('healthy'), 'ENODATA'],
  ['a name that does not exist', 'name-not-found.lab.test', 'ENOTFOUND'],
  ['a name server that fails', 'servfail.lab.test', 'ESERVFAIL'],
  ['a name server that refuses', 'dns-refused.lab.test', 'EREFUSED'],
  ['a name server that is silent', 'dns-silent.lab.test', 'ETIMEOUT'],
  ['a name outside the lab', 'example.org', 'EREFUSED'],
])('%s', async (_what, name, code) => {
  await expect(resolverOf(lab).resolve6(name)).rejects.toMatchObject({ code });
});

test('names are bent as their worlds say', async () => {
  const worlds = ['alias-chain', 'alias-to-nowhere', 'dns-large-answer', 'ipv6-servfail', 'many-addresses', 'wildcard'];
  const bent = await startLab({ port: 'any', worlds });
  onTestFinished(() => bent.stop());
  const resolver = resolverOf(bent);
  expect(await resolver.resolve4(mailHost('alias-chain'))).toHaveLength(1);
  expect(await resolver.resolveCname(mailHost('alias-chain'))).toEqual(['mail.alias-chain.lab.test']);
  await expect(resolver.resolve4(mailHost('alias-to-nowhere'))).rejects.toMatchObject({ code: 'ENOTFOUND' });
  expect(await resolver.resolve4(mailHost('dns-large-answer'))).toHaveLength(1);
  expect(await resolver.resolve4(mailHost('ipv6-servfail'))).toHaveLength(1);
  await expect(resolver.resolve6(mailHost('ipv6-servfail'))).rejects.toMatchObject({ code: 'ESERVFAIL' });
  expect(await resolver.resolve4(mailHost('many-addresses'))).toHaveLength(20);
  expect(await resolver.resolve4('any.wildcard.lab.test')).toEqual(await resolver.resolve4(mailHost('wildcard')));
  await expect(resolver.resolve4('exchange.contoso.local')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

test('a datagram that gets lost has to be sent again', async () => {
  const bent = await startLab({ port: 'any', worlds: ['dns-lossy'] });
  onTestFinished(() => bent.stop());
  const once = resolverOf(bent);
  await expect(once.resolve4(mailHost('dns-lossy'))).rejects.toMatchObject({ code: 'ETIMEOUT' });
  expect(await once.resolve4(mailHost('dns-lossy'))).toHaveLength(1);
});

test('the zone has a start of authority and a name server', async () => {
  expect(await resolverOf(lab).resolveSoa('lab.test')).toMatchObject({ nsname: 'ns.lab.test' });
  expect(await resolverOf(lab).resolveNs('lab.test')).toEqual(['ns.lab.test']);
});

test('TCP gives the same answers, also to two questions in pieces', async () => {
  const socket = connect({ host: '127.0.0.1', port: lab.ports.dns });
  const question = questionFor(mailHost('healthy'), recordTypes.A);
  const message = Buffer.concat([Uint8Array.of(0, question.length), question]);
  const both = Buffer.concat([message, message]);
  socket.write(both.subarray(0, 7));
  socket.write(both.subarray(7));
  let received = Buffer.alloc(0);
  for await (const bytes of socket) {
    received = Buffer.concat([received, bytes]);
    if (received.length >= 2 * (2 + received.readUInt16BE(0))) break;
  }
  const answer = received.subarray(0, received.length / 2);
  expect([...answer.subarray(-4)]).toEqual([127, 77, 1, 2]);
  expect(received.subarray(received.length / 2)).toEqual(answer);
});

test('nonsense gets no answer, and does no harm', async () => {
  const socket = createSocket('udp4');
  const question = questionFor(mailHost('healthy'), recordTypes.A);
  for (let length = 0; length < question.length; length++) {
    socket.send(question.subarray(0, length), lab.ports.dns, '127.0.0.1');
  }
  socket.send(question, lab.ports.dns, '127.0.0.1');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  expect(answer.readUInt16BE(6)).toBe(1);
  socket.close();
});

test('an alias is followed inside the zone', () => {
  const zone: Zone = new Map([
    ['alias.lab.test', [{ type: 'CNAME', target: 'real.lab.test' }]],
    ['real.lab.test', [{ type: 'A', address: '127.0.0.1' }]],
  ]);
  const query = { id: 1, recursionDesired: true, name: 'alias.lab.test', type: recordTypes.A, class: 1 };
  expect(answerFrom(zone, query)).toMatchObject({ answers: [{ data: { type: 'CNAME' } }, { data: { type: 'A' } }] });
});

test.each([
  [{ type: 'A', address: '127.77.1.2' }, '7f4d0102'],
  [{ type: 'AAAA', address: '2001:db8::1' }, '20010db8000000000000000000000001'],
  [{ type: 'AAAA', address: '::1' }, '00000000000000000000000000000001'],
  [{ type: 'TXT', texts: ['v=spf1', 'x'] }, '06763d737066310178'],
  [{ type: 'SRV', priority: 1, weight: 2, port: 443, target: 'a.b' }, '0001000201bb0161016200'],
] as const)('record data %j', (data, hex) => {
  expect(Buffer.from(encodeRecordData(data)).toString('hex')).toBe(hex);
});

function questionFor(name: string, type: number): Buffer {
  const labels = name.split('.').map((label) => `${String.fromCharCode(label.length)}${label}`);
  const header = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
  return Buffer.from([...header, ...Buffer.from(`${labels.join('')}\0`, 'latin1'), 0, type, 0, 1]);
}
