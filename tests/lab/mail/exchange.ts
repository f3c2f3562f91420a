import { answerJson, JSON_PATH } from '../autodiscover/json.ts';
import { answerAutodiscover, type PoxBend } from '../autodiscover/pox.ts';
import { servicePage, webClientPage } from '../autodiscover/services.ts';
import { answerSoap } from '../autodiscover/soap.ts';
import { type Handler, type HttpAnswer, pathOf, silence } from '../http/message.ts';
import { healthPage, type MapiBend, mapiService } from '../mapi/service.ts';
import type { Place } from '../place.ts';
import { isRpc, type RpcBend, rpcProxy } from '../rpc/proxy.ts';
import type { AddressBookBend } from '../store/address-book.ts';
import type { StoreBend } from '../store/session.ts';
import { backEndHeaders, frontEndHeaders } from './headers.ts';
import { notFound } from './not-found.ts';
import { admit, basicAndWindows, type SignInBend } from './sign-in.ts';

export { notFound } from './not-found.ts';

/** How a mail server's web service is bent. */
export interface ExchangeBend extends SignInBend {
  /** Lets everyone in. */
  anonymous?: boolean;
  /** What the settings say, in all formats. */
  settings?: PoxBend;
  /** Answers Autodiscover requests in plain XML before any sign-in. */
  beforeSignIn?: Handler;
  /** Answers Autodiscover requests of someone who has signed in, in plain XML and in SOAP. */
  autodiscover?: Handler;
  soap?: Handler;
  /** Answers Autodiscover requests in JSON, which need no sign-in. */
  json?: Handler;
  /** How signing in to the services of the mailbox differs from that to Autodiscover. */
  services?: SignInBend;
  /** How MAPI over HTTP differs, or what answers at its paths before any sign-in. */
  mapi?: MapiBend | Handler;
  /** How RPC over HTTP differs, or that it was never installed. */
  rpc?: RpcBend | 'absent';
  /** What is in the mailbox and in the address book, by whatever protocol they are reached. */
  store?: StoreBend;
  addressBook?: AddressBookBend;
}

const POX = '/autodiscover/autodiscover.xml';
const SOAP = '/autodiscover/autodiscover.svc';

/** The web service of a mail server that looks like Exchange. */
export function exchange(bend: ExchangeBend = {}): Handler {
  const { anonymous = false, beforeSignIn, services } = bend;
  const settings = { authPackage: packageFor({ ...bend, ...services }), ...bend.settings };
  const {
    autodiscover = answerAutodiscover(settings),
    soap = answerSoap(settings),
    json = answerJson(settings),
  } = bend;
  const behindSignIn = new Map<string, Handler>([
    [POX, autodiscover],
    [SOAP, soap],
  ]);
  const inFront = typeof bend.mapi === 'function' ? bend.mapi : null;
  const mapi = mapiService(typeof bend.mapi === 'function' ? {} : bend.mapi, bend);
  const rpc = rpcHandler(bend);
  return (request, place, random) => {
    const path = pathOf(request);
    const channel = isRpc(request) ? rpc : null;
    const refusal = channel?.gateway?.(request);
    if (refusal) return refusal;
    if (inFront && path.startsWith('/mapi/')) return inFront(request, place, random);
    const health = healthPage(path);
    if (health) return withHeaders(health, frontEndHeaders());
    if (path.startsWith(JSON_PATH)) return json(request, place, random);
    if (path === POX && beforeSignIn) return beforeSignIn(request, place, random);
    const service = servicePage(path);
    const handler: Handler | null =
      channel?.handler ?? behindSignIn.get(path) ?? (service && ((...about) => mapi(...about) ?? service));
    if (!handler) return webClientPage(path, place) ?? notFound();
    const signIn = service ? { ...bend, ...services } : bend;
    const admission = anonymous ? { headers: [] } : admit(request, place, random, signIn);
    if ('answer' in admission) return admission.answer;
    const answer = handler(request, place, random);
    return answer === silence ? silence : withHeaders(answer, [...admission.headers, ...backEndHeaders(place, path)]);
  };
}

interface RpcHandler extends Pick<RpcBend, 'gateway'> {
  readonly handler: Handler;
}

function rpcHandler({ rpc = {}, store, addressBook }: ExchangeBend): RpcHandler {
  if (rpc === 'absent') return { gateway: notFound, handler: notFound };
  const { gateway } = rpc;
  const handler = rpcProxy({
    ...rpc,
    mailbox: { ...store, ...rpc.mailbox },
    addressBook: { ...addressBook, ...rpc.addressBook },
  });
  return { ...(gateway && { gateway }), handler };
}

/** What the settings say of the sign-in to the services, so that they agree with what is offered there. */
function packageFor({ offers = basicAndWindows }: SignInBend): (place: Place) => string {
  return (place) => {
    const methods = offers(place).join(', ').toLowerCase();
    if (methods.includes('basic')) return 'Basic';
    return methods.includes('ntlm') ? 'Ntlm' : 'Negotiate';
  };
}

/** An answer of the front end itself: a status, perhaps with headers of its own. */
export function frontEnd(status: number, headers: HttpAnswer['headers'] = []): Handler {
  return () => ({ status, headers: [...frontEndHeaders(), ...headers] });
}

function withHeaders(answer: HttpAnswer, headers: HttpAnswer['headers'] = []): HttpAnswer {
  return { ...answer, headers: [...(answer.headers ?? []), ...headers] };
}
