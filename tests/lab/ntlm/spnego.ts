/** How NTLM is wrapped up in Negotiate. RFC 4178, [MS-SPNG] */
import { element, enumerated, explicit, octetString, oid, sequence } from '../pki/der.ts';
import { contentOf, type Element, elementsIn, inside } from '../publisher/der-reader.ts';

export const NTLM = oid('1.3.6.1.4.1.311.2.2.10');
export const KERBEROS = oid('1.2.840.113554.1.2.2');
const SPNEGO = oid('1.3.6.1.5.5.2');

/** What a client sends: first with the list of what it knows, then without. */
export interface ClientToken {
  /** The list as it was sent, for its signature; null in all tokens but the first. */
  mechanisms: Buffer | null;
  token: Buffer | null;
  listSignature: Buffer | null;
}

const [APPLICATION, SEQUENCE, OCTETS, OID] = [0x60, 0x30, 0x04, 0x06];
const context = (number: number): number => 0xa0 | number;

/** @throws NotDer where it cannot be read */
export function readClientToken(bytes: Buffer): ClientToken {
  const [whole] = elementsIn(bytes);
  if (whole?.tag !== APPLICATION) return fieldsOf(inside(whole, context(1))[0]);
  const [, initial] = inside(whole, APPLICATION);
  const fields = inside(initial, context(0))[0];
  const list = parts(fields).find(({ tag }) => tag === context(0));
  return { ...fieldsOf(fields), mechanisms: Buffer.from(contentOf(list, context(0))) };
}

/** Whether a list of mechanisms has this one. */
export function lists(mechanisms: Buffer, mechanism: Uint8Array): boolean {
  return inside(elementsIn(mechanisms)[0], SEQUENCE).some(
    (each) => Buffer.compare(element(OID, contentOf(each, OID)), mechanism) === 0,
  );
}

function fieldsOf(fields: Element | undefined): ClientToken {
  const octets = (number: number): Buffer | null => {
    const found = parts(fields).find(({ tag }) => tag === context(number));
    return found ? Buffer.from(contentOf(inside(found, context(number))[0], OCTETS)) : null;
  };
  return { mechanisms: null, token: octets(2), listSignature: octets(3) };
}

const parts = (fields: Element | undefined): Element[] => inside(fields, SEQUENCE);

/** RFC 4178 4.2.2 */
export const states = { completed: 0, incomplete: 1, reject: 2 } as const;

export interface ServerToken {
  state: keyof typeof states;
  mechanism?: Uint8Array;
  token?: Uint8Array;
  listSignature?: Uint8Array;
}

export function serverToken({ state, mechanism, token, listSignature }: ServerToken): Uint8Array {
  return explicit(
    1,
    sequence(
      explicit(0, enumerated(states[state])),
      ...(mechanism ? [explicit(1, mechanism)] : []),
      ...(token ? [explicit(2, octetString(token))] : []),
      ...(listSignature ? [explicit(3, octetString(listSignature))] : []),
    ),
  );
}

/** A first token as clients write it. */
export function clientToken(mechanisms: readonly Uint8Array[], token: Uint8Array): Uint8Array {
  const fields = sequence(explicit(0, sequence(...mechanisms)), explicit(2, octetString(token)));
  return element(APPLICATION, SPNEGO, explicit(0, fields));
}
