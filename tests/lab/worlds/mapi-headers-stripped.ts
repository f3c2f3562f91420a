import { mailServerBehind } from '../hosts.ts';
import { strippingAnswers } from '../http/gateways.ts';
import { defineWorld } from '../world.ts';

export const mapiHeadersStripped = defineWorld({
  name: 'mapi-headers-stripped',
  title:
    'A proxy keeps all headers of its own kind to itself: X-ResponseCode, X-ServerApplication and whatever else begins with X.',
  analyzer: 'mapi-http',
  must: ['http.proxy-interferes', 'mapi.no-server-header'],
  hosts: { autodiscover: mailServerBehind((server) => strippingAnswers(/^x-/, server)) },
});
