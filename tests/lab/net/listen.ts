import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Ends what was started, and resolves when it has ended. */
export type Stop = () => Promise<unknown>;

/** Something that listens on a port. */
export interface Listening {
  port: number;
  stop: Stop;
}

/** Opens a server at one address and port; 0 is any free port. Stopping it also cuts the open connections. */
export async function listen(server: Server, host: string, port: number): Promise<Listening> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // A client may vanish at any moment; whoever reads from the socket learns of it there.
    socket.on('error', () => {});
  });
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  const stop = () => {
    for (const socket of open) socket.destroy();
    server.close();
    return once(server, 'close');
  };
  return { port: (server.address() as AddressInfo).port, stop };
}

/** Whether something failed because another program has the port. */
export function isPortTaken(error: unknown): error is Error & { port?: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
