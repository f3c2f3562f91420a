/** GeneralName: the names of hosts, addresses, mailboxes and directories in extensions. RFC 5280 4.2.1.6 */
import {
  badValue,
  contextConstructed,
  contextPrimitive,
  type DerValue,
  inside,
  OBJECT_IDENTIFIER,
  SEQUENCE,
  unwrap,
} from '../der/reader.ts';
import { asciiOf, oidOf } from '../der/values.ts';
import { type Name, readName } from './name.ts';

export type GeneralName =
  /** As written, neither lowered nor converted; ASCII. */
  | { readonly type: 'dns' | 'email' | 'uri'; readonly value: string }
  /** 4 or 16 octets in names, 8 or 32 (address and mask) in name constraints. Other lengths are kept: a judge may name them. */
  | { readonly type: 'ip'; readonly bytes: Uint8Array }
  | { readonly type: 'directory'; readonly name: Name }
  | { readonly type: 'registered'; readonly oid: string }
  /** `value` is the DER below the explicit tag: a UTF8String for a user principal name (1.3.6.1.4.1.311.20.2.3). */
  | { readonly type: 'other'; readonly oid: string; readonly value: Uint8Array }
  | { readonly type: 'x400' | 'edi'; readonly value: Uint8Array };

/** Reads names one after the other, whatever is around them; there may be none. */
export function readGeneralNames(value: DerValue): GeneralName[] {
  return Array.from(inside(value, { spec: SPEC }).rest(), readGeneralName);
}

const SPEC = 'RFC 5280 4.2.1.6';

/** Reads one name; its tag says of what kind. */
export function readGeneralName(value: DerValue): GeneralName {
  switch (value.tag) {
    case contextConstructed(0):
      return readOtherName(value);
    case contextPrimitive(1):
      return { type: 'email', value: asciiOf(value) };
    case contextPrimitive(2):
      return { type: 'dns', value: asciiOf(value) };
    case contextConstructed(3):
      return { type: 'x400', value: value.raw };
    case contextConstructed(4):
      // A CHOICE has no tag to put another in place of, so this one is around it. X.680 31.2.7
      return { type: 'directory', name: readName(unwrap(value, SEQUENCE)) };
    case contextConstructed(5):
      return { type: 'edi', value: value.raw };
    case contextPrimitive(6):
      return { type: 'uri', value: asciiOf(value) };
    case contextPrimitive(7):
      return { type: 'ip', bytes: value.content };
    case contextPrimitive(8):
      return { type: 'registered', oid: oidOf(value) };
    default:
      throw badValue(value, 'no kind of name has this tag', SPEC);
  }
}

function readOtherName(value: DerValue): GeneralName {
  const reader = inside(value);
  const oid = oidOf(reader.take('typeId', OBJECT_IDENTIFIER));
  const content = unwrap(reader.take('value', contextConstructed(0)));
  reader.end();
  return { type: 'other', oid, value: content.raw };
}

/** Those of the names that are URIs. */
export function urisOf(names: readonly GeneralName[]): string[] {
  return names.flatMap((name) => (name.type === 'uri' ? name.value : []));
}
