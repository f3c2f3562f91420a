import { createServer, type Socket } from 'node:net';
import type { Listener, Talk } from '../place.ts';
import { listen } from './listen.ts';
import { fatalAlert, message, record, serverHello } from './tls-bytes.ts';

/** A port that accepts TCP connections and leaves the rest to `talk`. */
export function overTcp(talk: Talk): Listener {
  return (place) => {
    const server = createServer({ noDelay: true }, (socket) => talk(socket, place));
    return listen(server, place.address, place.port);
  };
}

/** Accepts, reads, and never says a word. */
export const staySilent: Talk = (socket) => {
  socket.resume();
};

/** Resets the connection as soon as the client has said something. */
export const resetOnFirstBytes: Talk = (socket) => {
  onFirstBytes(socket, () => socket.resetAndDestroy());
};

/** Answers the ClientHello with this fatal alert. RFC 8446 6, 6.2 */
export function refuseWith(alert: number): Talk {
  return (socket) => onFirstBytes(socket, () => socket.end(fatalAlert(alert)));
}

/** The alert is "handshake failure". */
export const refuseHandshake = refuseWith(40);

/** Hangs up in the middle of the ServerHello. */
export const hangUpInHello: Talk = (socket) => {
  const hello = record(22, 0x0303, serverHello(0x0303, 0xc02f));
  onFirstBytes(socket, () => socket.end(hello.subarray(0, hello.length / 2)));
};

/** A record of TLS that holds nothing of the kind. */
export const nonsenseInRecord: Talk = (socket) => {
  onFirstBytes(socket, () => socket.end(record(22, 0x0303, nonsense)));
};

/** Announces a ServerHello of 16 MiB, and begins with it. */
export const announceTooMuch: Talk = (socket) => {
  const beginning = Buffer.concat([Buffer.of(2, 0xff, 0xff, 0xff), Buffer.alloc(8_000)]);
  onFirstBytes(socket, () => socket.write(record(22, 0x0303, beginning)));
};

/** Begins anew for ever: one HelloRequest after the other, as fast as the client takes them. RFC 5246 7.4.1.1 */
export const beginForEver: Talk = (socket) => {
  const requests = Buffer.concat(Array.from({ length: 1_000 }, () => record(22, 0x0303, message(0, Buffer.alloc(0)))));
  const more = (): void => {
    while (!socket.destroyed && socket.write(requests));
  };
  socket.on('drain', more);
  onFirstBytes(socket, more);
};

/** One byte of a ServerHello per second. */
export const dribble: Talk = (socket) => {
  const hello = record(22, 0x0303, serverHello(0x0303, 0xc02f));
  let sent = 0;
  const timer = setInterval(() => socket.write(hello.subarray(sent, ++sent)), 1_000);
  socket.once('close', () => clearInterval(timer));
  socket.resume();
};

/** Answers in plain HTTP, as a web server does whose port was never switched to TLS. */
export const answerWithoutTls: Talk = (socket) => {
  const answer = 'HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
  onFirstBytes(socket, () => socket.end(answer));
};

const nonsense = Uint8Array.from({ length: 256 }, (_, index) => (index * 73 + 11) & 0xff);

/** Says something that no HTTP server would say, and hangs up. */
export const talkNonsense: Talk = (socket) => {
  onFirstBytes(socket, () => socket.end(nonsense));
};

function onFirstBytes(socket: Socket, act: () => void): void {
  socket.once('data', act);
}
