import { mailServerBehind } from '../hosts.ts';
import { droppingCookies } from '../http/gateways.ts';
import { defineWorld } from '../world.ts';

export const mapiCookiesLost = defineWorld({
  name: 'mapi-cookies-lost',
  title: 'A proxy drops cookies, and every session with them.',
  analyzer: 'mapi-http',
  must: ['mapi.session-lost'],
  hosts: { autodiscover: mailServerBehind(droppingCookies) },
});
