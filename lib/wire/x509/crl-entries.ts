/** The entries of a CRL without what is in them: a list may have a million, and one is asked for. RFC 5280 5.1.2.6, 5.3 */
import {
  BOOLEAN,
  badValue,
  type DerHeader,
  type DerValue,
  GENERALIZED_TIME,
  INTEGER,
  OBJECT_IDENTIFIER,
  readHeader,
  SEQUENCE,
  UTC_TIME,
  wholeValue,
} from '../der/reader.ts';
import { oidOf, sameOctets } from '../der/values.ts';
import { WireError, type WirePlace } from '../error.ts';
import { MAX_CRL_ENTRY } from './limits.ts';

export interface CrlEntries {
  /** The entries one after the other, without the tag of the list. */
  readonly raw: Uint8Array;
  /** Where they begin in the outermost buffer. */
  readonly offset: number;
  readonly count: number;
  /**
   * OIDs of critical entry extensions, each once, at most 20. One that is not understood makes the whole list useless, whichever
   * entry has it (RFC 5280 5.3).
   */
  readonly criticalExtensions: readonly string[];
  /** Whether an entry names the issuer of its certificate, as those of indirect CRLs do. RFC 5280 5.3.3 */
  readonly nameIssuers: boolean;
}

export const noEntries: CrlEntries = {
  raw: new Uint8Array(),
  offset: 0,
  count: 0,
  criticalExtensions: [],
  nameIssuers: false,
};

/** Where the parts of an entry are, within the octets of all. */
export interface CrlEntry {
  readonly at: number;
  readonly end: number;
  readonly serialNumber: DerHeader;
  /** Where the extensions begin; null without any. */
  readonly extensions: number | null;
  /** The path is that of this entry, the offset that of the first one. */
  readonly place: WirePlace;
}

const MAX_CRITICAL = 20;
/** Content octets of 2.5.29.29. */
const CERTIFICATE_ISSUER = new Uint8Array([0x55, 0x1d, 0x1d]);

/**
 * Goes through all entries once, as far as their parts can be told apart.
 * @param list the SEQUENCE of them
 * @throws WireError
 */
export function surveyEntries(list: DerValue): CrlEntries {
  const [raw, offset] = [list.content, list.contentOffset];
  const critical = new Set<string>();
  let count = 0;
  let nameIssuers = false;
  for (const entry of entriesIn({ raw, offset })) {
    count++;
    for (const { type, isCritical } of extensionsIn(raw, entry)) {
      nameIssuers ||= sameOctets(raw.subarray(type.content, type.end), CERTIFICATE_ISSUER);
      if (isCritical && critical.size < MAX_CRITICAL) critical.add(oidOf(type.value()));
    }
  }
  return { raw, offset, count, criticalExtensions: [...critical], nameIssuers };
}

/** Plain numbers instead of values with places: that is what makes a million entries cheap. */
export function* entriesIn({ raw, offset }: Pick<CrlEntries, 'raw' | 'offset'>): Generator<CrlEntry> {
  for (let at = 0, index = 0; at < raw.length; index++) {
    const place = new EntryPlace(index, offset);
    const { end, content } = expected([SEQUENCE], raw, at, place);
    if (end - at > MAX_CRL_ENTRY)
      throw new WireError('too-large', further(place, at), `an entry of ${end - at} octets`);
    const serialNumber = expected([INTEGER], raw, content, place, end);
    const date = expected([UTC_TIME, GENERALIZED_TIME], raw, serialNumber.end, place, end);
    yield { at, end, serialNumber, extensions: date.end < end ? date.end : null, place };
    at = end;
  }
}

/** A place that writes its path only when somebody reads it. */
class EntryPlace implements WirePlace {
  readonly spec = 'RFC 5280 5.1.2.6';
  readonly offset: number;
  readonly #index: number;

  constructor(index: number, offset: number) {
    this.#index = index;
    this.offset = offset;
  }

  get path(): string {
    return `crl.revokedCertificates[${this.#index}]`;
  }
}

function expected(tags: readonly number[], raw: Uint8Array, at: number, place: WirePlace, end = raw.length): DerHeader {
  const header = readHeader(raw, at, place, end);
  if (!tags.includes(header.tag)) throw badValue(further(place, at), 'another kind of value belongs here');
  return header;
}

const further = ({ path, spec, offset }: WirePlace, by: number): WirePlace => ({ path, spec, offset: offset + by });

interface EntryExtension {
  readonly type: DerHeader & { value(): DerValue };
  readonly isCritical: boolean;
}

function* extensionsIn(raw: Uint8Array, { extensions, end, place }: CrlEntry): Generator<EntryExtension> {
  if (extensions === null) return;
  const list = expected([SEQUENCE], raw, extensions, place, end);
  if (list.end < end) throw new WireError('trailing', further(place, list.end), 'more than an entry has');
  for (let at = list.content; at < list.end; ) {
    const extension = expected([SEQUENCE], raw, at, place, list.end);
    const type = expected([OBJECT_IDENTIFIER], raw, extension.content, place, extension.end);
    const next = readHeader(raw, type.end, place, extension.end);
    const value = () =>
      wholeValue(raw.subarray(extension.content, type.end), further(place, extension.content), type.tag);
    yield { type: { ...type, value }, isCritical: next.tag === BOOLEAN && raw[next.content] !== 0 };
    at = extension.end;
  }
}
