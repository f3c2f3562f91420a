/** The properties of one object: their values, or which of them it has. */
import type { Trace } from '../../bytes/trace.ts';
import {
  type Auxiliary,
  decodeRequestBody,
  decodeResponseBody,
  encodeRequestBody,
  type ResponseBody,
} from '../../mapi-http/body.ts';
import type { PropertyList } from '../row.ts';
import { codePageWords, type Stat } from '../stat.ts';
import { readOptional, readState, writeOptional, writeState } from './optional.ts';
import { readList, readTags, writeTags } from './rows.ts';

const GET_PROPS = '[MS-OXCMAPIHTTP] 2.2.5.7';
const GET_PROP_LIST = '[MS-OXCMAPIHTTP] 2.2.5.6';

/** 2.2.5.7.1 */
export interface GetPropsRequest {
  /** Bits of `RETRIEVE_FLAG`. */
  readonly flags: number;
  /** `currentRec` is the minimal entry id of the object. */
  readonly state: Stat | null;
  /** All that it has, where there are none. */
  readonly tags: readonly number[] | null;
}

export function encodeGetPropsRequest({ flags, state, tags }: GetPropsRequest, trace?: Trace): Uint8Array {
  return encodeRequestBody(trace, (writer) => {
    writeState(writer.u32('flags', flags), state);
    writeOptional(writer, 'hasPropertyTags', tags, (some) => writeTags(writer, 'propertyTags', some));
  });
}

export function decodeGetPropsRequest(bytes: Uint8Array, trace?: Trace): GetPropsRequest & Auxiliary {
  return decodeRequestBody(bytes, { path: 'getProps.request', spec: GET_PROPS, trace }, (reader) => ({
    flags: reader.u32('flags'),
    state: readState(reader),
    tags: readOptional(reader, 'hasPropertyTags', () => readTags(reader, 'propertyTags')),
  }));
}

/** 2.2.5.7.2; with the error ErrorsReturned (00040380h) some of the values are errors, and all else is there. */
export interface GetPropsResponse {
  readonly codePage: number;
  readonly values: PropertyList | null;
}

export function decodeGetPropsResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<GetPropsResponse> {
  return decodeResponseBody(bytes, { path: 'getProps.response', spec: GET_PROPS, trace }, (reader) => ({
    codePage: reader.u32('codePage', codePageWords),
    values: readOptional(reader, 'hasPropertyValues', () => readList(reader, 'propertyValues')),
  }));
}

/** 2.2.5.6.1 */
export interface GetPropListRequest {
  /** 0, or 1 to leave out objects. */
  readonly flags: number;
  readonly mid: number;
  readonly codePage: number;
}

export function encodeGetPropListRequest({ flags, mid, codePage }: GetPropListRequest, trace?: Trace): Uint8Array {
  return encodeRequestBody(trace, (writer) =>
    writer.u32('flags', flags).u32('minimalId', mid).u32('codePage', codePage, codePageWords),
  );
}

export function decodeGetPropListRequest(bytes: Uint8Array, trace?: Trace): GetPropListRequest & Auxiliary {
  return decodeRequestBody(bytes, { path: 'getPropList.request', spec: GET_PROP_LIST, trace }, (reader) => ({
    flags: reader.u32('flags'),
    mid: reader.u32('minimalId'),
    codePage: reader.u32('codePage', codePageWords),
  }));
}

/** 2.2.5.6.2 */
export interface GetPropListResponse {
  readonly tags: readonly number[] | null;
}

export function decodeGetPropListResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<GetPropListResponse> {
  return decodeResponseBody(bytes, { path: 'getPropList.response', spec: GET_PROP_LIST, trace }, (reader) => ({
    tags: readOptional(reader, 'hasPropertyTags', () => readTags(reader, 'propertyTags')),
  }));
}
