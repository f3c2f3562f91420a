/** Our Autodiscover request, read by `xmllint` and compared with the one that exchangelib sends. */
import { beforeEach, expect, test } from 'vitest';
import { encodePoxRequest } from '#lib/wire/autodiscover/pox.ts';
import { needs, output } from './foreign.ts';

beforeEach((context) => needs(context, 'xmllint'));

const REQUEST = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006';
const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

const xpath = async (path: string, document: string): Promise<string> =>
  (await output('xmllint', ['--nonet', '--xpath', path, '-'], document)).trimEnd();

const addresses = ['alice@contoso.example', "o'brien+a&b<c>@contoso.example", 'jörg@contoso.example'];

test.for(addresses)('%s: well-formed, in the namespace, and the address comes out as it went in', async (address) => {
  const request = encodePoxRequest(address);
  expect(await xpath('namespace-uri(/*)', request)).toBe(REQUEST);
  expect(await xpath('name(/*)', request)).toBe('Autodiscover');
  const part = (name: string) => `string(/*/*[local-name()="Request"]/*[local-name()="${name}"])`;
  expect(await xpath(part('EMailAddress'), request)).toBe(address);
  expect(await xpath(part('AcceptableResponseSchema'), request)).toBe(RESPONSE);
});

test.for(addresses)('%s: the same request as exchangelib’s', async (address, context) => {
  needs(context, 'exchangelib');
  const program =
    'import sys; from exchangelib.autodiscover.properties import Autodiscover as A; sys.stdout.buffer.write(A.payload(sys.argv[1]))';
  const theirs = await output('/usr/bin/python3', ['-c', program, address]);
  const canonical = (document: string) => output('xmllint', ['--nonet', '--c14n', '-'], document);
  expect(await canonical(encodePoxRequest(address))).toBe(await canonical(theirs));
});
