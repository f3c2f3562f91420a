import { mailServerBehind } from '../hosts.ts';
import { strippingRequests } from '../http/gateways.ts';
import { defineWorld } from '../world.ts';

export const mapiRequestHeadersLost = defineWorld({
  name: 'mapi-request-headers-lost',
  title: 'A proxy lets no header pass that it does not know, so the server cannot tell what is asked for.',
  analyzer: 'mapi-http',
  must: ['mapi.response-code'],
  hosts: { autodiscover: mailServerBehind((server) => strippingRequests(/^x-/, server)) },
});
