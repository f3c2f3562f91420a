import type { Handler } from '../http/message.ts';

/** An ordinary website that has nothing to do with mail: a front page, and 404 for everything else. */
export const website: Handler = ({ target }) => {
  const isFrontPage = target === '/';
  return {
    status: isFrontPage ? 200 : 404,
    headers: [
      ['Server', 'nginx'],
      ['Content-Type', 'text/html; charset=utf-8'],
    ],
    body: page(isFrontPage ? 'Welcome to our bakery' : '404 Not Found'),
  };
};

/** A sign-in form where a service should be, as gateways put it there. */
export const signInPage: Handler = () => ({
  status: 200,
  headers: [
    ['Server', 'gateway'],
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Set-Cookie', 'gateway-session=lab; path=/; secure; HttpOnly'],
  ],
  body: page('Please sign in', '<form method="post"><input name="user"><input name="password" type="password"></form>'),
});

function page(title: string, inside = `<h1>${title}</h1>`): string {
  return `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body>${inside}</body></html>\n`;
}
