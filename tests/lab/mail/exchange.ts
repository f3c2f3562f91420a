import { answerAutodiscover } from '../autodiscover/pox.ts';
import { type Handler, type HttpAnswer, pathOf, silence } from '../http/message.ts';
import { backEndHeaders, frontEndHeaders } from './headers.ts';
import { basicAndWindows, challenge, type Offers, signIn } from './sign-in.ts';

/** How a mail server's web service is bent. */
export interface ExchangeBend {
  /** The sign-in methods that it offers. */
  offers?: Offers;
  /** Lets everyone in. */
  anonymous?: boolean;
  /** Answers Autodiscover requests before any sign-in. */
  beforeSignIn?: Handler;
  /** Answers Autodiscover requests of someone who has signed in. */
  autodiscover?: Handler;
}

/** The web service of a mail server that looks like Exchange. */
export function exchange(bend: ExchangeBend = {}): Handler {
  const { offers = basicAndWindows, anonymous = false, beforeSignIn, autodiscover = answerAutodiscover() } = bend;
  return (request, place, random) => {
    if (pathOf(request) !== '/autodiscover/autodiscover.xml') return notFound();
    if (beforeSignIn) return beforeSignIn(request, place, random);
    if (!anonymous && !signIn(request, place, offers)) return challenge(place, offers);
    const answer = autodiscover(request, place, random);
    return answer === silence ? silence : withHeaders(answer, backEndHeaders(place));
  };
}

/** An answer of the front end itself: a status, perhaps with headers of its own. */
export function frontEnd(status: number, headers: HttpAnswer['headers'] = []): Handler {
  return () => ({ status, headers: [...frontEndHeaders(), ...headers] });
}

/** What IIS says where nothing is. */
export const notFound = (): HttpAnswer => ({
  status: 404,
  headers: [
    ['Server', 'Microsoft-IIS/10.0'],
    ['X-Powered-By', 'ASP.NET'],
    ['Content-Type', 'text/html'],
  ],
  body: '<!DOCTYPE html><html><head><title>404 - File or directory not found.</title></head><body></body></html>',
});

function withHeaders(answer: HttpAnswer, headers: HttpAnswer['headers'] = []): HttpAnswer {
  return { ...answer, headers: [...(answer.headers ?? []), ...headers] };
}
