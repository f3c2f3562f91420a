/** What can go wrong with a connection of RPC over HTTP, from its requests to its last answer: a closed list. */
import type { WindowsObstacle } from '#lib/auth/windows-sign-in.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { readRpcError } from '#lib/wire/dce-rpc/rpc-error.ts';
import type { WireError } from '#lib/wire/error.ts';
import type { Channel } from '#lib/wire/rts/http.ts';

/** `awaited`: the PDU that should have come: `CONN/A3`, `bind_ack`, `NspiBind`. */
export type RpcFailure =
  /** An answer that is none of RPC. On the IN channel every answer is. */
  | { readonly kind: 'http'; readonly channel: Channel; readonly answer: HttpAnswer }
  /** The proxy's own error. `code`: Win32. */
  | {
      readonly kind: 'rpc-error';
      readonly channel: Channel;
      readonly code: number;
      readonly errorInfo: Uint8Array | null;
      readonly answer: HttpAnswer;
    }
  /** The sign-in to the proxy did not come to its end. `last`: the answer before it stopped. */
  | {
      readonly kind: 'sign-in';
      readonly channel: Channel;
      readonly obstacle: WindowsObstacle;
      readonly last: HttpAnswer;
    }
  /** `hasHead`: whether an HTTP answer had come on the OUT channel. */
  | {
      readonly kind: 'closed';
      readonly channel: Channel;
      readonly awaited: string;
      readonly hasHead: boolean;
      readonly how: 'closed' | 'reset';
    }
  | { readonly kind: 'no-answer'; readonly awaited: string; readonly hasHead: boolean; readonly waitedMs: number }
  /** What came instead can be read, and has no place there. */
  | { readonly kind: 'unexpected'; readonly awaited: string; readonly got: string }
  /** The server wants a new channel in place of the old one. That is its right, and ends the test. */
  | { readonly kind: 'recycling'; readonly awaited: string; readonly got: string }
  | { readonly kind: 'malformed'; readonly awaited: string; readonly error: WireError }
  | { readonly kind: 'too-much'; readonly awaited: string; readonly limit: string };

/** What an HTTP answer means where a channel should have been opened. */
export function failureOf(channel: Channel, answer: HttpAnswer): RpcFailure {
  const error = readRpcError(answer.status, answer.reason ?? '', answer.body);
  return error === null ? { kind: 'http', channel, answer } : { kind: 'rpc-error', channel, ...error, answer };
}
