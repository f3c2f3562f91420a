/** The endpoint mapper: the tower and the question as other implementations write them, and answers of every kind. */
import { expect, test } from 'vitest';
import { decodeEptMapRequest, decodeEptMapResponse, encodeEptMapRequest, NOT_REGISTERED } from '#lib/wire/epm/map.ts';
import { portOf, towerLength, towerOverHttp } from '#lib/wire/epm/tower.ts';
import { NSPI } from '#lib/wire/nspi/rpc/interface.ts';
import { REPLIES } from '#tests/wire/ndr/replies.ts';
import { complaintOf, expectStrict, expectWholeTrace } from '#tests/wire/ndr/stubs.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';

const { uuid, major, minor } = NSPI;
const question = { tower: towerOverHttp({ uuid, major, minor }), mostTowers: 4 };
const TOWER = `0500 1300 0d185accf564421a108c5908002b2f84263800 0200 0000 1300 0d045d888aeb1cc9119fe808002b1048600200
  0200 0000 0100 0b 0200 0000 0100 1f 0200 0000 0100 09 0400 00000000`;

test('the question for the address book over HTTP', () => {
  const stub = encodeEptMapRequest(question);
  const bytes = `01000000 ${'00'.repeat(16)} 02000000 4b000000 4b000000 ${TOWER} 00 ${'00'.repeat(20)} 04000000`;
  expect(digits(stub)).toBe(digits(hex(bytes)));
  expect(towerLength(question.tower)).toBe(75);
  expect(decodeEptMapRequest(stub)).toEqual(question);
  expectStrict(stub, decodeEptMapRequest);
  expectWholeTrace(stub, decodeEptMapRequest);
});

test('an answer with a port', () => {
  const { towers, status } = decodeEptMapResponse(hex(REPLIES.towers));
  expect([towers.length, status]).toEqual([1, 0]);
  expect(towers.map(portOf)).toEqual([6004]);
  expect(towers[0]?.interface).toEqual({ uuid, major, minor });
  expect(towers[0]?.below.at(-1)?.value).toEqual(Uint8Array.of(192, 0, 2, 5));
});

test('an answer without towers, and one with a null pointer', () => {
  const none = `${'00'.repeat(20)} 00000000 04000000 00000000 00000000 d6a0c916`;
  expect(decodeEptMapResponse(hex(none))).toMatchObject({ towers: [], status: NOT_REGISTERED });
  const empty = `${'00'.repeat(20)} 01000000 04000000 00000000 01000000 00000000 00000000`;
  expect(decodeEptMapResponse(hex(empty)).towers).toEqual([]);
});

/** The recorded reply with another tower of the same length. */
const withTower = (from: string, to: string): Uint8Array => hex(REPLIES.towers.replaceAll(/\s/g, '').replace(from, to));

test('towers of other protocols have no port', () => {
  const { towers } = decodeEptMapResponse(withTower('01001f', '010010'));
  expect(towers.map(portOf)).toEqual([null]);
});

test.each([
  ['too few floors', '05001300', '01001300', 'bad-value epm.map.response.towers[0].tower.floors.count 48'],
  ['floors without end', '05001300', 'ffff1300', 'bad-value epm.map.response.towers[0].tower.floors.count 48'],
  ['no interface', '05001300', '05001400', 'bad-value epm.map.response.towers[0].tower.floors[0].lhsLength 50'],
  [
    'a floor without a protocol',
    '01000b',
    '00000b',
    'bad-value epm.map.response.towers[0].tower.floors[2].lhsLength 100',
  ],
  ['a floor too few', '05001300', '04001300', 'trailing epm.map.response.towers[0].tower.floors 114'],
  ['a floor too many', '05001300', '06001300', 'truncated epm.map.response.towers[0].tower.floors[5].lhsLength 123'],
])('%s', (_what, from, to, complaint) => {
  expect(complaintOf(() => decodeEptMapResponse(withTower(from, to)))).toBe(complaint);
});
