/** The HTTP around the two channels: addresses, heads of requests, and the echo. [MS-RPCH] 2.1.2.1, 2.2.2 */

/** The verb of a channel. */
export const CHANNEL_METHOD = { in: 'RPC_IN_DATA', out: 'RPC_OUT_DATA' } as const;

export type Channel = keyof typeof CHANNEL_METHOD;

/** Where Exchange and everybody who speaks like it has the proxy. */
export const RPC_PROXY_PATH = '/rpc/rpcproxy.dll';

/** Between 128 KiB and 2 GiB; what Windows declares. [MS-RPCH] 2.1.2.1.1 */
export const CHANNEL_BYTES = 1_073_741_824;

/** What goes up the OUT channel: CONN/A1. [MS-RPCH] 2.1.2.1.2 */
export const OUT_REQUEST_BYTES = 76;

/** What Windows sends to be echoed; a proxy looks at the length alone. [MS-RPCH] 2.1.2.1.5 */
export const ECHO_BODY: Readonly<Uint8Array> = Uint8Array.of(0xf8, 0xe8, 0x18, 0x08);

/** A host, an address, or `<mailbox guid>@<domain>`. [MS-RPCH] 2.2.2 */
const SERVER = /^[\w.@:[\]-]{1,1023}$/;

/** Whether a name may stand in the address of a channel. Autodiscover brings it, so anybody may have written it. */
export const isServerName = (name: string): boolean => SERVER.test(name);

/**
 * The path and query of a channel's address.
 * @throws RangeError where the server's name cannot stand there
 */
export function channelPath(server: string, port: number, proxy: string = RPC_PROXY_PATH): string {
  if (!isServerName(server)) throw new RangeError('this cannot be the name of an RPC server');
  return `${proxy}?${server}:${port}`;
}

/** What the head of a request says besides host and credentials. [MS-RPCH] 2.1.2.1.1, 2.1.2.1.2 */
export function channelHeaders(contentLength: number): (readonly [name: string, value: string])[] {
  return [
    ['Cache-Control', 'no-cache'],
    ['Connection', 'Keep-Alive'],
    ['Pragma', 'No-cache'],
    ['Accept', 'application/rpc'],
    ['User-Agent', 'MSRPC'],
    ['Content-Length', String(contentLength)],
  ];
}
