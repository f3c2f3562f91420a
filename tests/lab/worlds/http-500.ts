import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const internalError = () => ({ status: 500, headers: [['X-CasErrorCode', 'ServerNotFound'] as const] });

export const http500 = defineWorld({
  name: 'http-500',
  title: 'The mail server fails as soon as someone has signed in.',
  must: ['http.server-error'],
  hosts: { autodiscover: mailServer({ autodiscover: internalError }) },
});
