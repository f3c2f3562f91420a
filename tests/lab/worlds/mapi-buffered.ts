import { mailServerBehind } from '../hosts.ts';
import { holding } from '../http/gateways.ts';
import { defineWorld } from '../world.ts';

export const mapiBuffered = defineWorld({
  name: 'mapi-buffered',
  title: 'A proxy holds answers back until they are complete.',
  analyzer: 'mapi-http',
  must: ['mapi.response-buffered'],
  hosts: { autodiscover: mailServerBehind(holding) },
});
