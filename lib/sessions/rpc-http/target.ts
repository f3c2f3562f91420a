/** What a channel is asked for, and how. */
import type { HttpRequest } from '#lib/net/http-message.ts';
import { CHANNEL_METHOD, type Channel, channelHeaders, channelPath } from '#lib/wire/rts/http.ts';

export interface RpcTarget {
  /** The server behind the proxy, as Autodiscover names it: `<mailbox guid>@<domain>`, or a host. See `isServerName`. */
  readonly server: string;
  readonly port: number;
  /** The proxy's path; without it that of Exchange. */
  readonly proxyPath?: string;
}

/** @param contentLength as it is declared, whatever is sent at once */
export function channelRequest(
  { server, port, proxyPath }: RpcTarget,
  channel: Channel,
  contentLength: number,
  body: Uint8Array,
): HttpRequest {
  return {
    method: CHANNEL_METHOD[channel],
    path: channelPath(server, port, proxyPath),
    headers: channelHeaders(contentLength),
    body,
    binary: true,
  };
}
