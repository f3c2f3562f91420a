/** What stands between clients and a mail server, and what it does to requests and answers that pass. */
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { constants, createGzip, gzipSync } from 'node:zlib';
import type { Body, BodyStream, Connection, Handler, Header, HttpAnswer } from './message.ts';
import { headerOf, pathOf, silence } from './message.ts';

/** Only what lies below this path goes another way. */
export function below(path: string, changed: Handler, others: Handler): Handler {
  return (request, place, random) => (pathOf(request).startsWith(path) ? changed : others)(request, place, random);
}

/** Passes the path on, and forgets what stands behind it. */
export function losingQuery(handler: Handler): Handler {
  return (request, place, random) => handler({ ...request, target: request.target.split('?')[0] ?? '' }, place, random);
}

/** Lets no cookie pass, in either direction. */
export function droppingCookies(handler: Handler): Handler {
  return (request, place, random) => {
    const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'cookie');
    return changing(handler({ ...request, headers }, place, random), withoutHeaders(/^set-cookie$/));
  };
}

/** Keeps these headers of the answers to itself. */
export function strippingAnswers(names: RegExp, handler: Handler): Handler {
  return (...about) => changing(handler(...about), withoutHeaders(names));
}

/** Keeps these headers of the requests to itself. @param names in lower case */
export function strippingRequests(names: RegExp, handler: Handler): Handler {
  return (request, place, random) => {
    const headers = request.headers.filter(([name]) => !names.test(name.toLowerCase()));
    return handler({ ...request, headers }, place, random);
  };
}

/** Gives every connection a server of its own, each of which knows nothing of what the others were told. */
export function withoutAffinity(make: () => Handler): Handler {
  const servers = new WeakMap<Connection, Handler>();
  return (request, place, random) => {
    const server = servers.get(request.connection) ?? make();
    servers.set(request.connection, server);
    return server(request, place, random);
  };
}

const AFFINITY = 'LabAffinity';

/** Spreads clients over two servers; who sends the balancer's cookie back comes to the same one again. */
export function balancing(make: () => Handler): Handler {
  const servers: readonly [Handler, Handler] = [make(), make()];
  let next = 0;
  return (request, place, random) => {
    const [, known] = new RegExp(`${AFFINITY}=([01])`).exec(headerOf(request, 'cookie') ?? '') ?? [];
    const chosen = known === undefined ? next++ % 2 : Number(known);
    const [first, second] = servers;
    const cookie = [['Set-Cookie', `${AFFINITY}=${chosen}; path=/; secure`]] as const;
    return changing((chosen === 0 ? first : second)(request, place, random), (answer) => ({
      ...answer,
      headers: [...(answer.headers ?? []), ...(known === undefined ? cookie : [])],
    }));
  };
}

/** Sends nothing on before it has all of it. */
export function holding(handler: Handler): Handler {
  return (...about) => changing(handler(...about), (answer) => ({ ...answer, held: true }));
}

/** Ends the connection if an answer takes longer than this. */
export function cuttingAfter(ms: number, handler: Handler): Handler {
  return (...about) =>
    changing(handler(...about), (answer) => ({ ...answer, ...(answer.body && { body: cutAfter(ms, answer.body) }) }));
}

/** Compresses what passes, though nobody asked for it. */
export function compressing(handler: Handler): Handler {
  return (...about) =>
    changing(handler(...about), (answer) =>
      answer.status !== 200 || !answer.body
        ? answer
        : {
            ...answer,
            headers: [...(answer.headers ?? []), ['Content-Encoding', 'gzip'], ['Via', '1.1 gateway (lab)']],
            body: compressed(answer.body),
          },
    );
}

function changing(answer: ReturnType<Handler>, change: (answer: HttpAnswer) => HttpAnswer): ReturnType<Handler> {
  return answer === silence ? silence : change(answer);
}

const withoutHeaders =
  (names: RegExp) =>
  (answer: HttpAnswer): HttpAnswer => ({
    ...answer,
    headers: (answer.headers ?? []).filter(([name]: Header) => !names.test(name.toLowerCase())),
  });

function cutAfter(ms: number, body: Body): Body {
  return typeof body === 'string' || body instanceof Uint8Array
    ? body
    : { ...body, stream: cutStream(ms, body.stream) };
}

/** Whoever sends the stream closes the connection when it fails. */
async function* cutStream(ms: number, stream: BodyStream): AsyncGenerator<Uint8Array> {
  const whole = Readable.from(stream);
  const stop = new AbortController();
  delay(ms, undefined, { ref: false, signal: stop.signal }).then(
    () => whole.destroy(new Error('The gateway has waited long enough.')),
    () => {},
  );
  try {
    yield* whole;
  } finally {
    stop.abort();
  }
}

function compressed(body: Body): Body {
  if (typeof body === 'string' || body instanceof Uint8Array) return gzipSync(body);
  const packer = createGzip({ flush: constants.Z_SYNC_FLUSH });
  return { stream: Readable.from(body.stream).pipe(packer) };
}
