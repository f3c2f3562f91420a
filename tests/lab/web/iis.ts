import type { Handler, HttpAnswer } from '../http/message.ts';

/** What IIS answers where a client certificate is missing or not good enough: it has looked only after the request. */
export function wantsClientCertificate(substatus: 7 | 16): Handler {
  return () => forbidden(substatus);
}

/** What it answers over plain HTTP where TLS is wanted, whatever somebody in front has taken off. */
export const wantsTls: Handler = () => forbidden(4);

function forbidden(substatus: keyof typeof WORDS): HttpAnswer {
  return {
    status: 403,
    headers: [
      ['Server', 'Microsoft-IIS/10.0'],
      ['X-Powered-By', 'ASP.NET'],
      ['Content-Type', 'text/html; charset=utf-8'],
    ],
    body: errorPage(`403.${substatus}`, WORDS[substatus]),
  };
}

const WORDS = {
  4: 'The page you are trying to access is secured with Secure Sockets Layer (SSL).',
  7: 'The page you are attempting to access requires your browser to have a Secure Sockets Layer (SSL) client certificate.',
  16: 'Your client certificate is either not trusted or is invalid.',
} as const;

function errorPage(number: string, words: string): string {
  const head = `<title>IIS 10.0 Detailed Error - ${number} - Forbidden</title>`;
  const body = `<h1>HTTP Error ${number} - Forbidden</h1><p>${words}</p>`;
  return `<!DOCTYPE html>\n<html lang="en"><head>${head}</head><body>${body}</body></html>\n`;
}
