import { createServer, type Socket } from 'node:net';
import type { Server } from 'node:tls';
import { healthy } from '../pki/identities.ts';
import type { Listener, Place, Talk } from '../place.ts';
import type { Random } from '../random.ts';
import { listen } from './listen.ts';
import { serverFor, type TlsBend } from './tls.ts';
import {
  certificateMessage,
  fatalAlert,
  type HelloSeen,
  missingBytes,
  readHello,
  record,
  serverHello,
  serverHelloDone,
} from './tls-bytes.ts';

/** Answers a hello in place of the server behind him; `null` lets it in. */
export type Doorman = (hello: HelloSeen, place: Place) => Buffer | null;

/** A port that speaks TLS, with a doorman who reads each hello before the server does. */
export function behindDoorman(doorman: Doorman, talk: Talk, bend: TlsBend = {}): Listener {
  return (place) => {
    const behind = serverFor(talk, bend, place);
    const server = createServer({ noDelay: true }, (socket) => receive(socket, behind, place, doorman));
    return listen(server, place.address, place.port);
  };
}

function receive(socket: Socket, behind: Server, place: Place, doorman: Doorman): void {
  let seen = Buffer.alloc(0);
  socket.on('readable', function read() {
    for (let piece = socket.read(); piece !== null; piece = socket.read()) seen = Buffer.concat([seen, piece]);
    if (missingBytes(seen) > 0) return;
    socket.off('readable', read);
    const hello = readHello(seen);
    const answer = hello && doorman(hello, place);
    if (answer) {
      // He has nothing more to say, and hears no more: the client hangs up.
      socket.resume();
      socket.write(answer);
      return;
    }
    socket.unshift(seen);
    behind.emit('connection', socket);
  });
}

/** Lets nobody in who does not name a host: the alert is "unrecognized name". RFC 6066 3 */
export const namesOnly: Doorman = ({ serverName }) => (serverName === null ? fatalAlert(112) : null);

/** Takes a suite of old from those who offer nothing better. A client that has a better one never meets it. */
export function takesSuite(suite: number, version: number): Doorman {
  return (hello, place) => {
    const better = hello.suites.some((one) => ORDINARY.has(one));
    if (better || hello.version < version || !hello.suites.includes(suite)) return null;
    return flight(version, suite, place);
  };
}

/** Speaks SSL 3.0 with those who speak nothing newer. */
export const takesSsl3: Doorman = (hello, place) =>
  hello.version === 0x0300 && hello.suites.includes(RSA_AES_128) ? flight(0x0300, RSA_AES_128, place) : null;

const RSA_AES_128 = 0x002f;

/** Suites of today, and those of the last ten years. */
const ORDINARY = new Set([
  ...[0x1301, 0x1302, 0x1303, 0xc02b, 0xc02c, 0xc02f, 0xc030, 0xcca8, 0xcca9, 0x009c, 0x009d, 0x009e, 0x009f],
  ...[0xc013, 0xc014, 0xc027, 0xc028, 0x002f, 0x0035, 0x003c, 0x003d],
]);

/** All that a server says before it is the client's turn. */
function flight(version: number, suite: number, place: Place): Buffer {
  const { chain } = healthy(place.authority, place.host, place.domain);
  const messages = [serverHello(version, suite), certificateMessage(inDer(chain)), serverHelloDone];
  const random = place.nextRandom();
  return Buffer.concat(cut(Buffer.concat(messages), random).map((part) => record(22, version, part)));
}

function inDer(pem: string): Buffer[] {
  const bodies = pem.split('-----BEGIN CERTIFICATE-----').slice(1);
  return bodies.map((body) => Buffer.from(body.split('-----END')[0] ?? '', 'base64'));
}

// Records end where it pleases them: a message may fill many, and a record may hold many.
function cut(whole: Buffer, random: Random): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < whole.length; ) {
    const length = 1 + random.below(whole.length - at);
    parts.push(whole.subarray(at, at + length));
    at += length;
  }
  return parts;
}
