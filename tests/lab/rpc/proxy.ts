/** The RPC proxy of a mail server, and the server behind it in one: RPC over HTTP version 2. [MS-RPCH] */
import { type ChannelBody, type Handler, type HttpAnswer, type HttpRequest, pathOf, silence } from '../http/message.ts';
import { notFound } from '../mail/not-found.ts';
import type { Place } from '../place.ts';
import type { Random } from '../random.ts';
import { NotReadable } from '../store/bytes.ts';
import { mailboxId, SERVER_FQDN } from '../store/owner.ts';
import { Association, type CallBend } from './association.ts';
import { apart, type InterfaceBend, type MakeEndpoints } from './endpoints.ts';
import { ECHO } from './rts.ts';
import { RpcSecurity, type RpcSignInBend } from './security.ts';
import { type ConnectionBend, openingOf, pdusIn, VirtualConnection } from './virtual-connection.ts';

/** How RPC over HTTP is bent. */
export interface RpcBend extends InterfaceBend, CallBend, ConnectionBend {
  /** Answers in place of the proxy, before anybody signs in; null lets a request through. */
  gateway?: (request: HttpRequest) => HttpAnswer | null;
  endpoints?: MakeEndpoints;
  /** The names of servers, in front of the colon, that the proxy knows. */
  servers?: (place: Place) => readonly string[];
  /** Signing in to RPC itself. */
  signIn?: RpcSignInBend;
  /** Something in front keeps what comes in until it is complete, which a channel never is. */
  holdsBack?: true;
  /** Two servers behind one name: what comes in reaches the one, what goes out comes from the other. */
  apart?: true;
  /** How the answer of the OUT channel tells its length. */
  framing?: 'length' | 'chunks';
}

/** Whether a request is for the proxy: it has methods of its own. [MS-RPCH] 2.1.2.1 */
export function isRpc(request: HttpRequest): boolean {
  return /^RPC_(IN|OUT)_DATA$/.test(request.method) && PATHS.includes(pathOf(request));
}

const PATHS = ['/rpc/rpcproxy.dll', '/rpcwithcert/rpcproxy.dll'];

/** As long as a channel may become: 1 GiB, as Windows says. */
const CHANNEL_LENGTH = 1024 ** 3;

/** Answers whoever has signed in. */
export function rpcProxy(bend: RpcBend = {}): Handler {
  const { servers = usualServers, endpoints = apart } = bend;
  const interfaces = endpoints(bend);
  const sides = bend.apart ? { in: new Backend(bend), out: new Backend(bend) } : sameSide(new Backend(bend));
  return (request, place, random) => {
    const { channel } = request;
    if (!channel) return echo();
    const [, server = '', port = ''] = /\?(.{1,1023}):(\d{1,5})$/.exec(request.target) ?? [];
    const known = servers(place).some((name) => name.toLowerCase() === server.toLowerCase());
    if (!known) return notFound();
    const called = interfaces[Number(port)];
    if (!called) return unavailable();
    const endpoint: Endpoint = { port: Number(port), interfaces: called, place, random };
    if (request.method === 'RPC_OUT_DATA') return outAnswer(sides.out.out(channel, endpoint), bend);
    void sides.in.in(bend.holdsBack ? heldBack(channel) : channel, endpoint);
    return silence;
  };
}

const sameSide = (one: Backend) => ({ in: one, out: one });

/** By the name of the mailbox, which is what the settings say; the server's own is known for old clients. */
const usualServers = (place: Place): string[] => [mailboxId(place), SERVER_FQDN, SERVER_FQDN.split('.')[0] ?? ''];

const echo = (): HttpAnswer => ({
  ...{ status: 200, reason: 'Success', body: { stream: [ECHO], length: ECHO.length } },
  headers: [['Content-Type', 'application/rpc']],
});

/** The proxy knows no such port, or nobody answers there: RPC_S_SERVER_UNAVAILABLE. [MS-RPCH] 2.1.2.1.3 */
const unavailable = (): HttpAnswer => ({ status: 503, reason: 'RPC Error: 6ba' });

function outAnswer(said: ReturnType<Backend['out']>, { framing = 'length' }: RpcBend): HttpAnswer {
  const body = framing === 'length' ? { ...said, length: CHANNEL_LENGTH } : said;
  return { status: 200, reason: 'Success', headers: [['Content-Type', 'application/rpc']], body };
}

/** What comes in is passed on once all of it is there. */
function heldBack(channel: ChannelBody): ChannelBody {
  return { ...channel, accept: () => whole(channel) };
}

async function* whole(channel: ChannelBody): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of channel.accept()) {
    length += piece.length;
    if (length <= MOST_HELD_BACK) pieces.push(piece);
  }
  if (length === channel.length) yield Buffer.concat(pieces);
}

const MOST_HELD_BACK = 1024 * 1024;

interface Endpoint extends Pick<ConstructorParameters<typeof Association>[0], 'port' | 'interfaces'> {
  readonly place: Place;
  readonly random: Random;
}

/** One of the servers behind the proxy: it knows the channels that have come to it. */
class Backend {
  readonly #connections = new Map<string, VirtualConnection>();
  readonly #bend: RpcBend;

  constructor(bend: RpcBend) {
    this.#bend = bend;
  }

  /** The body of the answer. Nothing of it comes before CONN/A1: some clients lose what follows 100 Continue too closely. */
  out(channel: ChannelBody, endpoint: Endpoint): { stream: AsyncGenerator<Uint8Array>; after: Promise<unknown> } {
    const after = pdusIn(channel.accept()).next();
    const opened = (first: Buffer) => this.#connectionFor(first, 'out', endpoint)?.out(channel, first);
    const stream = (async function* () {
      const { value: first } = await after;
      const spoken = first && opened(first);
      if (spoken) yield* spoken;
    })();
    return { stream, after };
  }

  async in(channel: ChannelBody, endpoint: Endpoint): Promise<void> {
    const pdus = pdusIn(channel.accept());
    try {
      const { value: first } = await pdus.next();
      const connection = first && this.#connectionFor(first, 'in', endpoint);
      if (connection) return await connection.receive(channel, first, pdus);
    } catch (error) {
      if (!(error instanceof NotReadable)) throw error;
    }
    channel.hangUp();
  }

  /** The connection to which a channel belongs: it begins with whichever channel comes first. */
  #connectionFor(first: Buffer, side: 'in' | 'out', endpoint: Endpoint): VirtualConnection | null {
    const opening = openingOf(first);
    if (opening?.channel !== side) return null;
    const known = this.#connections.get(opening.connection);
    if (known) {
      this.#connections.delete(opening.connection);
      return known;
    }
    const made = this.#make(endpoint);
    this.#connections.set(opening.connection, made);
    return made;
  }

  #make({ place, random, ...endpoint }: Endpoint): VirtualConnection {
    const security = new RpcSecurity(place, random, this.#bend.signIn ?? {});
    const association = new Association(endpoint, security, place, random, this.#bend);
    return new VirtualConnection(association, random, this.#bend);
  }
}
