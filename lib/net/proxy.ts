/** CONNECT through the organisation's outbound proxy, to an address that the policy has allowed. RFC 9110 9.3.6 */
import { connect, type Socket } from 'node:net';
import { NetFailure } from './failure.ts';
import { limits } from './limits.ts';

/**
 * Asks the proxy for a tunnel.
 * @param authority `address:port`, brackets around IPv6
 * @returns the connected socket, nothing read beyond the proxy's answer
 * @throws NetFailure proxy-refused
 */
export function tunnel(proxy: URL, authority: string, host: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: proxy.hostname.replaceAll(/[[\]]/g, ''), port: Number(proxy.port || 80) });
    const fail = (detail: string): void => {
      socket.destroy();
      reject(new NetFailure('proxy-refused', { host, proxy: proxy.host, detail }));
    };
    const timer = setTimeout(() => fail('no answer'), limits.connectMs);
    const onAbort = (): void => fail('cancelled');
    signal.addEventListener('abort', onAbort, { once: true });
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      then();
    };
    // Stays for good: between two owners of the socket, an error that nobody hears would end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => settle(() => fail(error.code ?? error.message)));
    socket.once('close', () => settle(() => fail('closed the connection')));
    socket.once('connect', () => socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`));
    readHead(socket, (head) => {
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
      if (status?.startsWith('2')) settle(() => resolve(socket));
      else settle(() => fail(status === undefined ? 'not an HTTP proxy' : `status ${status}`));
    });
  });
}

/** Reads up to the empty line and puts back what came after it. */
function readHead(socket: Socket, done: (head: string) => void): void {
  let seen = Buffer.alloc(0);
  socket.on('readable', function collect() {
    for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) seen = Buffer.concat([seen, chunk]);
    const end = seen.indexOf('\r\n\r\n');
    if (end < 0 && seen.length < limits.proxyHeaderBytes) return;
    socket.off('readable', collect);
    if (end >= 0 && seen.length > end + 4) socket.unshift(seen.subarray(end + 4));
    done(seen.subarray(0, Math.max(0, end)).toString('latin1'));
  });
}
