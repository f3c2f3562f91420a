import { mailServer } from '../hosts.ts';
import { silence } from '../http/message.ts';
import { defineWorld } from '../world.ts';

export const httpSilent = defineWorld({
  name: 'http-silent',
  title: 'The mail server accepts the request, but never answers it.',
  must: ['http.timeout'],
  hosts: { autodiscover: mailServer({ beforeSignIn: () => silence }) },
});
