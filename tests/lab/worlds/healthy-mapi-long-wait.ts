import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const healthyMapiLongWait = defineWorld({
  name: 'healthy-mapi-long-wait',
  title: 'A request that waits is left alone for as long as it likes.',
  analyzer: 'mapi-http',
  longWait: 2,
  hosts: { autodiscover: mailServer() },
});
