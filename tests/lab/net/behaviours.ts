import { createServer, type Socket } from 'node:net';
import type { Listener, Talk } from '../place.ts';
import { listen } from './listen.ts';

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

/** Answers the ClientHello with the fatal alert "handshake failure". RFC 8446 6, 6.2 */
export const refuseHandshake: Talk = (socket) => {
  const alertRecord = Uint8Array.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28);
  onFirstBytes(socket, () => socket.end(alertRecord));
};

/** Answers in plain HTTP, as a web server does whose port was never switched to TLS. */
export const answerWithoutTls: Talk = (socket) => {
  const answer = 'HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
  onFirstBytes(socket, () => socket.end(answer));
};

/** Says something that no HTTP server would say, and hangs up. */
export const talkNonsense: Talk = (socket) => {
  const nonsense = Uint8Array.from({ length: 256 }, (_, index) => (index * 73 + 11) & 0xff);
  onFirstBytes(socket, () => socket.end(nonsense));
};

function onFirstBytes(socket: Socket, act: () => void): void {
  socket.once('data', act);
}
