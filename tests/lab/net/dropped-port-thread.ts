import { createServer } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

interface Order {
  address: string;
  port: number;
  backlog: number;
  /** Stays 0 for as long as the port is to be dropped. */
  release: Int32Array<SharedArrayBuffer>;
}

const { address, port, backlog, release } = workerData as Order;

const server = createServer((socket) => socket.destroy());
server.listen({ host: address, port, backlog, exclusive: true }, () => {
  parentPort?.postMessage('listening');
  Atomics.wait(release, 0, 0);
  server.close();
});
