/** Headers of every answer: what a page may load and run, and that nothing is indexed, cached or told to other hosts. */
import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';

export const config = {
  // Files of the build are public, the same for everybody, and cached for ever.
  matcher: '/((?!_next/static|_next/image).*)',
};

/** Next finds the nonce in the request's policy and puts it on its scripts. */
export function proxy(request: NextRequest): NextResponse {
  if (!isOurName(request.headers.get('host') ?? '')) return new NextResponse(STRANGE_NAME, { status: 421 });
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of always(request.nextUrl.pathname)) response.headers.set(name, value);
  return response;
}

const STRANGE_NAME =
  'Throughline does not know this name. Whoever runs it can allow it in THROUGHLINE_ALLOWED_ORIGINS.\n';

/**
 * A page elsewhere can give its own name this machine's address, and then speak to a server that listens for this machine alone.
 * So such a server answers only to names that nobody can take: addresses, `localhost`, and what was allowed.
 */
function isOurName(host: string): boolean {
  const listensOn = process.env.THROUGHLINE_HOST ?? '127.0.0.1';
  if (!/^(localhost|127\.|::1$)/.test(listensOn)) return true;
  const name = host.toLowerCase().replace(/:\d+$/, '');
  const allowed = (process.env.THROUGHLINE_ALLOWED_ORIGINS ?? '').toLowerCase().split(',');
  const isAddress = /^[\d.]+$/.test(name) || /^\[[\da-f:.]+\]$/.test(name);
  return isAddress || name === 'localhost' || allowed.some((each) => each.trim().replace(/:\d+$/, '') === name);
}

function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'none'",
    // React's development build evaluates code to show where an error came from.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // Next's error overlay styles itself.
    `style-src 'self'${development ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

function always(path: string): [string, string][] {
  return [
    ['referrer-policy', referrerPolicy(path)],
    ['x-content-type-options', 'nosniff'],
    ['x-robots-tag', 'noindex, nofollow'],
    // The stream says more than this about itself.
    ...(path.endsWith('/events') ? [] : [['cache-control', 'no-store'] as [string, string]]),
  ];
}

/**
 * Other hosts are told nothing either way. Where there are forms it is not `no-referrer`: a browser would then send them
 * without JavaScript as coming from nowhere, and Next refuses such a form. An address that is a capability is told to nobody.
 */
function referrerPolicy(path: string): string {
  return path.startsWith('/r/') ? 'no-referrer' : 'same-origin';
}
