import { mailServerBehind } from '../hosts.ts';
import { cuttingAfter } from '../http/gateways.ts';
import { defineWorld } from '../world.ts';

export const mapiLongWaitCut = defineWorld({
  name: 'mapi-long-wait-cut',
  title: 'Something cuts requests that take longer than two seconds.',
  analyzer: 'mapi-http',
  longWait: 5,
  must: ['mapi.long-wait-cut'],
  hosts: { autodiscover: mailServerBehind((server) => cuttingAfter(2_000, server)) },
});
