/** The referral: as it was recorded with an independent server. */
import { expect, test } from 'vitest';
import {
  decodeRfrGetFqdnRequest,
  decodeRfrGetFqdnResponse,
  decodeRfrGetNewDsaRequest,
  decodeRfrGetNewDsaResponse,
  encodeRfrGetFqdnRequest,
  encodeRfrGetNewDsaRequest,
} from '#lib/wire/rfr/calls.ts';
import { expectStrict, expectWholeTrace, stubOf } from '#tests/wire/ndr/stubs.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { recorded } from '#tests/wire/shared-fixtures.ts';

const GROUP = '/o=Gromox/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)';
const DN = `${GROUP}/cn=Recipients/cn=0100000001000000-alice`;
const SERVER = '616c6963-6540-6772-6f6d-6f7801000000@gromox.test';
const SERVER_DN = `${GROUP}/cn=Configuration/cn=Servers/cn=${SERVER}`;
const FOLDER = 'independent-server/rpc-rfr-noauth';

test('RfrGetNewDSA', (context) => {
  const request = stubOf(recorded(context, `${FOLDER}/07-rfr-getnewdsa.request.bin`));
  const response = stubOf(recorded(context, `${FOLDER}/08-rfr-getnewdsa.response.bin`));
  expect(digits(encodeRfrGetNewDsaRequest({ userDn: DN }))).toBe(digits(request));
  expect(decodeRfrGetNewDsaRequest(request)).toEqual({ userDn: DN });
  expectStrict(request, decodeRfrGetNewDsaRequest);
  expectWholeTrace(request, decodeRfrGetNewDsaRequest);
  expect(decodeRfrGetNewDsaResponse(response)).toEqual({ server: SERVER, status: 0 });
});

test.for([
  ['09-rfr-getfqdnfromserverdn', SERVER_DN, '10-rfr-getfqdnfromserverdn', 'Servers'],
  [
    '11-rfr-getfqdnfromserverdn-mdb-dn',
    `${SERVER_DN}/cn=Microsoft Private MDB`,
    '12-rfr-getfqdnfromserverdn-mdb-dn',
    SERVER,
  ],
] as const)('RfrGetFQDNFromServerDN: %s', ([asked, serverDn, answered, fqdn], context) => {
  const request = stubOf(recorded(context, `${FOLDER}/${asked}.request.bin`));
  const response = stubOf(recorded(context, `${FOLDER}/${answered}.response.bin`));
  expect(digits(encodeRfrGetFqdnRequest({ serverDn }))).toBe(digits(request));
  expect(decodeRfrGetFqdnRequest(request)).toEqual({ serverDn });
  expectStrict(request, decodeRfrGetFqdnRequest);
  expectWholeTrace(request, decodeRfrGetFqdnRequest);
  expect(decodeRfrGetFqdnResponse(response)).toEqual({ fqdn, status: 0 });
});

test.each([
  ['nothing', '00000000 00000000 11010480', null],
  ['a pointer to nothing', '00000000 01000000 00000000 11010480', null],
  ['an empty name', '00000000 01000000 02000000 01000000 00000000 01000000 00bfbfbf 11010480', ''],
  [
    'both names',
    '01000000 02000000 02000000 00000000 02000000 61000000 03000000 04000000 02000000 00000000 02000000 62000000 00000000',
    'b',
  ],
])('a server is answered by %s', (_what, bytes, server) => {
  expect(decodeRfrGetNewDsaResponse(hex(bytes)).server).toBe(server);
});

test('a refusal has no name', () => {
  expect(decodeRfrGetFqdnResponse(hex('00000000 57000780'))).toEqual({ fqdn: null, status: 0x80070057 });
});
