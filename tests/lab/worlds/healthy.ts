import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const healthy = defineWorld({
  name: 'healthy',
  title: 'Everything is well.',
  hosts: { autodiscover: mailServer() },
});
