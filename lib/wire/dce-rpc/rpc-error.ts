/** How a proxy says that RPC does not get through: in the reason of a 503, and in its body. [MS-RPCH] 2.1.2.1.3, 2.1.2.1.4 */
import { decodeBase64 } from '../base64.ts';
import { WireError } from '../error.ts';

export interface RpcError {
  /** A Win32 code. */
  readonly code: number;
  /** Extended error information [MS-EERR], from the body if it has one; null where none was sent, or where it cannot be read. */
  readonly errorInfo: Uint8Array | null;
}

/** Servers in other languages have other words before the number; all of them name RPC. */
const REASON = /: ?(?:0x)?([0-9a-f]{1,8})(?:, EEInfo: ?([\w+/=]{0,1024}))?[ \t]*$/i;
const IN_BODY = 'RPC EEInfo:';
/** Some records of a chain of servers, a name in each. */
const MOST_BODY = 16 * 1024;

/**
 * Reads what stands behind the status of an answer; null where it is no error of RPC.
 * @param body the beginning will do
 */
export function readRpcError(status: number, reason: string, body: Uint8Array): RpcError | null {
  const found = status === 503 && /RPC/i.test(reason) ? REASON.exec(reason.slice(0, 1_200)) : null;
  if (found === null) return null;
  const [, code = '', inReason = ''] = found;
  return { code: Number.parseInt(code, 16), errorInfo: infoIn(body) ?? decoded(inReason) };
}

function infoIn(body: Uint8Array): Uint8Array | null {
  const text = new TextDecoder('latin1').decode(body.subarray(0, MOST_BODY));
  const at = text.indexOf(IN_BODY);
  return at < 0 ? null : decoded(/^\s*([\w+/=]*)/.exec(text.slice(at + IN_BODY.length))?.[1] ?? '');
}

function decoded(base64: string): Uint8Array | null {
  if (base64 === '') return null;
  try {
    return decodeBase64(base64, { path: 'eeinfo', offset: 0 });
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}
