/** ept_map: where an interface is served. C706 appendix O, [MS-RPCE] 2.2.1.2.5 */
import type { ByteReader } from '../bytes/reader.ts';
import type { Trace } from '../bytes/trace.ts';
import type { ByteWriter } from '../bytes/writer.ts';
import { NULL_HANDLE } from '../ndr/handle.ts';
import type { RpcInterface } from '../ndr/interface.ts';
import { readStub } from '../ndr/reader.ts';
import { type NdrWriter, writeStub } from '../ndr/writer.ts';
import { readTower, type Tower, towerLength, writeTower } from './tower.ts';

export const EPM = {
  name: 'EPM',
  uuid: 'e1af8308-5d1f-11c9-91a4-08002b14a0fa',
  major: 3,
  minor: 0,
  opnums: { map: 3 },
} as const satisfies RpcInterface;

export interface EptMapRequest {
  readonly tower: Tower;
  readonly mostTowers: number;
}

export interface EptMapResponse {
  /** All zero where there is nothing more to be asked for. */
  readonly handle: Uint8Array;
  readonly towers: readonly Tower[];
  /** 0, or such as `NOT_REGISTERED`. */
  readonly status: number;
}

/** ept_s_not_registered: nobody serves the interface in this way. C706 appendix E */
export const NOT_REGISTERED = 0x16c9a0d6;

const SPEC = 'C706 appendix O';
const NO_OBJECT = '00000000-0000-0000-0000-000000000000';
/** Both pointers are full ones, whose ids old servers want to be small. */
const REFERENTS = { first: 1, step: 1 };

export function encodeEptMapRequest({ tower, mostTowers }: EptMapRequest, trace?: Trace): Uint8Array {
  const write = (ndr: NdrWriter): void => {
    ndr.pointer('object', NO_OBJECT, (object) => ndr.aligned((fields) => fields.guid('uuid', object)));
    ndr.pointer('mapTower', tower, () => ndr.aligned((fields) => writeTwr(fields, tower)));
    ndr.handle('entryHandle', NULL_HANDLE).u32('maxTowers', mostTowers);
  };
  return writeStub(trace, write, REFERENTS);
}

export function decodeEptMapRequest(stub: Uint8Array, trace?: Trace): EptMapRequest {
  return readStub(stub, { path: 'epm.map.request', spec: SPEC, trace }, (ndr) => {
    ndr.pointer('object', () => ndr.aligned((fields) => fields.guid('uuid')));
    const tower = ndr.pointer('mapTower', () => ndr.aligned(readTwr))();
    if (tower === null) throw ndr.fault('mapTower', 'a question without a tower');
    ndr.handle('entryHandle');
    return { tower, mostTowers: ndr.u32('maxTowers') };
  });
}

export function decodeEptMapResponse(stub: Uint8Array, trace?: Trace): EptMapResponse {
  return readStub(stub, { path: 'epm.map.response', spec: SPEC, trace }, (ndr) => {
    const handle = ndr.handle('entryHandle');
    const count = ndr.u32('numTowers');
    const towers = ndr.construct(() => {
      if (ndr.variance() !== count) throw ndr.fault('actualCount', `not the ${count} towers of before`);
      return ndr.array('towers', count, 4, () => ndr.pointer('tower', () => ndr.aligned(readTwr)));
    });
    return {
      handle,
      towers: towers.map((tower) => tower()).filter((tower) => tower !== null),
      status: ndr.status(statusWords),
    };
  });
}

/** twr_t: a tower behind its length, which stands there twice. */
function writeTwr(fields: ByteWriter, tower: Tower): void {
  const length = towerLength(tower);
  fields.u32('maxCount', length).u32('towerLength', length);
  writeTower(fields, tower);
}

function readTwr(fields: ByteReader): Tower {
  const most = fields.u32('maxCount');
  const length = fields.u32('towerLength');
  if (length !== most) throw fields.fault('bad-value', 'towerLength', `another place says ${most}`, fields.offset - 4);
  return readTower(fields, length);
}

const statusWords = (status: number): string => (status === NOT_REGISTERED ? 'ept_s_not_registered' : '');
