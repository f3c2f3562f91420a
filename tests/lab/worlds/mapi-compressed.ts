import { mailServerBehind } from '../hosts.ts';
import { compressing } from '../http/gateways.ts';
import { defineWorld } from '../world.ts';

export const mapiCompressed = defineWorld({
  name: 'mapi-compressed',
  title: 'A gateway compresses answers, though nobody asked for it.',
  analyzer: 'mapi-http',
  must: ['http.proxy-interferes'],
  hosts: { autodiscover: mailServerBehind(compressing) },
});
