/** Answers that send the client on: with a status of HTTP, or with a document. */
import type { Handler } from '../http/message.ts';
import type { Place } from '../place.ts';
import { poxAt } from './json.ts';
import { redirectDocument, xmlAnswer } from './pox.ts';
import { readAutodiscoverRequest } from './request.ts';

type Status = 301 | 302 | 303 | 307 | 308;

/** Sends whoever asks to this place; nowhere, if it is empty. */
export function redirectTo(location: (place: Place) => string, status: Status = 302): Handler {
  return (_request, place) => {
    const to = location(place);
    const headers = to === '' ? [] : ([['Location', to]] as const);
    return {
      status,
      headers: [['Server', 'Microsoft-IIS/10.0'], ['Content-Type', 'text/html'], ...headers],
      body: moved,
    };
  };
}

const moved = '<head><title>Document Moved</title></head>\n<body><h1>Object Moved</h1></body>';

/** Sends whoever asks to Autodiscover at this host. */
export function redirectToHost(host: (place: Place) => string, status: Status = 302): Handler {
  return redirectTo((place) => poxAt(host(place)), status);
}

/** Sends everybody on to another address of the same host, for ever. */
export const endlessRedirects: Handler = (request, place, random) => {
  const [, number = '0'] = /[?&]n=(\d{1,9})$/.exec(request.target) ?? [];
  return redirectTo(({ host }) => `${poxAt(host)}?n=${Number(number) + 1}`)(request, place, random);
};

/** Settings of a mailbox that has another address now. */
export function movedTo(address: (place: Place) => string): Handler {
  return (request, place) => {
    const asked = readAutodiscoverRequest(request);
    return xmlAnswer(redirectDocument('redirectAddr', 'email' in asked ? address(place) : ''));
  };
}

/** Settings that are somewhere else. */
export function settingsAt(url: (place: Place) => string): Handler {
  return (_request, place) => xmlAnswer(redirectDocument('redirectUrl', url(place)));
}
