import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolverOf } from './client.ts';
import { type Lab, startLab } from './lab.ts';

let lab: Lab;
beforeAll(async () => {
  const worlds = ['healthy-revocation', 'crl-without-end', 'ocsp-without-end', 'issuers-without-end'];
  lab = await startLab({ port: 'any', worlds });
});
afterAll(() => lab.stop());

const publisherOf = (world: string): string => `pki.${world}.lab.test`;

async function addressOf(world: string): Promise<string> {
  const [address = ''] = await resolverOf(lab).resolve4(publisherOf(world));
  return address;
}

/** The answer of a world's publisher, with the body still to be read. */
async function ask(world: string, path: string, options: { method?: string; body?: string } = {}) {
  const { method = 'GET', body = '' } = options;
  const to = { host: await addressOf(world), port: lab.ports.http, path, method };
  const outgoing = request({ ...to, headers: { Host: publisherOf(world), 'Content-Type': 'text/plain' } });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return answer;
}

test.each([
  ['crl-without-end', '/issuing.crl', 'application/pkix-crl', '3084ffffff00'],
  ['ocsp-without-end', '/ocsp/issuing', 'application/ocsp-response', '3084ffffff00'],
])('%s sends as much as anybody reads', async (world, path, type, beginning) => {
  const answer = await ask(world, path);
  expect(answer.headers['content-type']).toBe(type);
  const parts: Buffer[] = [];
  for await (const part of answer) if (parts.push(part) > 200) break;
  const read = Buffer.concat(parts);
  expect(read.toString('hex', 0, 6)).toBe(beginning);
  expect(read.length).toBeGreaterThan(1_000_000);
});

test('each number of an endless line is made when it is asked for; what is no number is not there', async () => {
  const status = async (path: string) => (await ask('issuers-without-end', path)).resume().statusCode;
  expect(await status(`/endless/${Number.MAX_SAFE_INTEGER}`)).toBe(200);
  expect(await status('/endless/-1')).toBe(404);
  expect(await status('/endless/1e400')).toBe(404);
  expect(await status('/endless/x')).toBe(404);
});

test('a question that does not say what it is gets no answer', async () => {
  const answer = await ask('healthy-revocation', '/ocsp/branch', { method: 'POST', body: 'hello' });
  expect(answer.resume().statusCode).toBe(415);
});

test('a client that speaks HTTP/1.0 gets no chunks', async () => {
  for (let attempt = 0; attempt < 8; attempt++) {
    const socket = connect({ host: await addressOf('healthy-revocation'), port: lab.ports.http });
    socket.write('GET /root.cer HTTP/1.0\r\n\r\n');
    const answer = (await text(socket)).toLowerCase();
    expect(answer).toMatch(/^content-length: \d+\r$/m);
    expect(answer).not.toContain('transfer-encoding');
  }
});
